//! Judgement: from a series to facts, and from facts to a row of the table.

mod before;
mod build;
mod chance;
mod chart;
mod invariance;
mod kinds;
mod outlook;
mod properties;
mod proposal;
mod series;
#[path = "judgement/chance/simulation.rs"]
mod simulation;
mod table;
mod targets;
