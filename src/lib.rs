//! Crisis care concordat records into explained, rated and charted indicator packs.
//!
//! The whole way in one piece:
//!
//! ```no_run
//! use std::path::Path;
//! use concordat::packs::{self, Format};
//! use concordat::workspace::Workspace;
//!
//! # fn main() -> Result<(), concordat::error::Error> {
//! let workspace = Workspace::load(Path::new("."))?;
//! let plan = workspace.plan("derbyshire")?;
//! let opened = workspace.open(workspace.feeds_of(plan));
//! let packs = workspace.packs(&["monthly".to_owned()])?;
//! let formats = [Format::Html, Format::Csv, Format::Parquet];
//! let as_at = opened.as_at(None, &workspace.feeds_of(plan))?;
//! for pack in packs {
//!     let made = packs::make(&workspace, &opened, plan, pack, as_at, &formats)?;
//!     println!("{}", made.headline);
//! }
//! # Ok(())
//! # }
//! ```
#![doc = include_str!("../ARCHITECTURE.md")]

// Words: plain values everybody may use.
pub mod aggregate;
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

// Rows to series.
pub mod feeds;
pub mod indicators;
pub mod measures;

// What they mean.
pub mod judgement;
pub mod statistics;

// The wall.
pub mod disclosure;

// Showing: only what is released.
pub mod charts;
pub mod document;
pub mod wording;
pub mod writers;

// Above the layers.
pub mod assess;
pub mod explain;
pub mod manual;
pub mod packs;
mod parallel;
pub mod reconcile;
pub mod starter;
pub mod stats;
pub mod synth;
pub mod workspace;
