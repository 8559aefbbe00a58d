//! Judgement: from a series to facts, and from facts to a row of the table.

mod build;
mod chance;
mod chart;
mod outlook;
mod properties;
mod series;
mod table;
mod targets;
