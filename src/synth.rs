//! Synthetic feeds: rows with the shape and the disorder of real deliveries, about nobody.
//!
//! What is written is made up. Volumes and breaks follow what the plans print about themselves,
//! so that the packs made from it read like packs; agreement with a plan is no evidence of
//! anything. The same options give the same bytes on every machine: chance is `ChaCha8` and whole
//! numbers throughout, and rows are written month by month, so memory does not grow with time.

use std::path::Path;

use crate::error::{Error, Place};

mod clock;
mod conveyance;
mod county;
mod custody;
mod delivery;
mod detention;
mod dice;
mod feeds;
mod linked;
mod people;
mod placements;
mod responses;
mod returned;
mod returns;
mod s136;

use county::COUNTIES;
use feeds::{Area, Feeds, Month};

/// How much is made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Months from January 2014; 1 to 600.
    pub months: u32,
    /// Events and stays as a multiple of the ordinary number; above 0, up to 1,000,000.
    pub scale: f64,
    /// Where chance starts; another number gives other people and days in the same shape.
    pub seed: u64,
}

impl Default for Options {
    /// January 2014 to March 2019, once.
    fn default() -> Self {
        Self { months: 63, scale: 1.0, seed: 4 }
    }
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Path relative to the folder, with forward slashes.
    pub file: String,
    /// Rows below the headings.
    pub rows: u64,
}

/// Writes six synthetic feeds into `out`, a folder each and a file a financial year.
///
/// Files of the same name are replaced; contracts and other files stay.
///
/// # Errors
///
/// When an option is out of its range, or a file cannot be written.
pub fn write(out: &Path, options: Options) -> Result<Vec<Written>, Error> {
    let scale = millionths(options)?;
    let mut feeds = Feeds::new(out)?;
    let mut areas: Vec<Area> =
        COUNTIES.iter().enumerate().map(|(place, _)| Area::new(place)).collect();
    let months = options.months.cast_signed();
    for when in 0..months {
        for (county, area) in COUNTIES.iter().zip(&mut areas) {
            let month = Month { county, when, last: months - 1, scale, seed: options.seed };
            feeds.detentions(&month, area)?;
            feeds.custody(&month, area)?;
            feeds.conveyance(&month)?;
            feeds.responses(&month)?;
            feeds.placements(&month, area)?;
        }
        feeds.returns(when, when == months - 1, options.seed)?;
    }
    feeds.finish()
}

/// The scale in whole millionths, and a look at the options.
fn millionths(options: Options) -> Result<u64, Error> {
    let wrong = |problem: &str, help: &str| Error::run(Place::file("synth"), problem).help(help);
    if !(1..=600).contains(&options.months) {
        return Err(wrong("the number of months is out of range", "give 1 to 600 months"));
    }
    if !(options.scale > 0.0 && options.scale <= 1_000_000.0) {
        return Err(wrong("the scale is out of range", "give a number above 0, up to 1000000"));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 10 to the 12th, as checked above"
    )]
    let millionths = (options.scale * 1e6).round() as u64;
    Ok(millionths.max(1))
}
