//! Crisis care concordat records into explained, rated and charted indicator packs.

pub mod area;
pub mod dated;
pub mod definition;
pub mod error;
pub mod filter;
pub mod number;
pub mod period;
pub mod quality;
pub mod series;
pub mod unit;

pub mod feeds;
pub mod indicators;
pub mod measures;

pub mod statistics;

pub mod judgement;

pub mod disclosure;

pub mod charts;
pub mod wording;

pub mod document;

pub mod writers;

pub mod synth;

pub mod assess;
pub mod explain;
pub mod packs;
pub mod workspace;
