//! Synthetic feeds: rows with the shape and the disorder of real deliveries, about nobody.
//!
//! What is written is made up. Volumes and breaks follow what the plans print about themselves,
//! so that the packs made from it read like packs; agreement with a plan is no evidence of
//! anything. The same options give the same bytes on every machine: chance is `ChaCha8` and whole
//! numbers throughout. Rows are written month by month, and of a large scale in parts (`feeds`), so
//! that memory does not grow with time, and hardly with the scale: by the people who may come back.

use std::path::Path;
use std::sync::mpsc::sync_channel;

use crate::error::{Error, Place};
use crate::parallel;

mod clock;
mod conveyance;
mod county;
mod custody;
mod delivery;
mod detention;
mod dice;
mod feeds;
mod field;
mod files;
mod linked;
mod people;
mod placements;
mod responses;
mod returned;
mod returns;
mod rows;
mod s136;

use delivery::{Page, Shape};
use feeds::World;
use files::{Aside, Delivery};

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

/// Writes six synthetic feeds into `out`, a folder each and a file a financial year; a year of more
/// than a gibibyte goes on in `…_02.csv`.
///
/// Files of the same name are replaced; contracts and other files stay. The files appear when all of
/// them are whole: when anything fails, those of an earlier run stand as they were.
///
/// # Errors
///
/// When an option is out of its range, or a file cannot be written.
pub fn write(out: &Path, options: Options) -> Result<Vec<Written>, Error> {
    let scale = millionths(options)?;
    let _aside = Aside::new(out)?;
    let feeds: Result<Vec<_>, Error> =
        SHAPES.iter().map(|shape| Delivery::new(shape, out)).collect();
    let mut feeds = feeds?;
    std::thread::scope(|scope| {
        let (send, made) = sync_channel(1);
        // ends with the last page, or when nobody takes one any more
        scope.spawn(move || make(scale, options, |pages| send.send(pages).is_ok()));
        made.iter().flatten().try_for_each(|page| take(&mut feeds, &page))
    })?;
    feeds.iter_mut().try_for_each(Delivery::close)?;
    let delivered: Result<Vec<_>, Error> = feeds.into_iter().map(Delivery::deliver).collect();
    Ok(delivered?.into_iter().flatten().collect())
}

/// Makes all pages in order of their months and gives them away, until they are not taken.
fn make(scale: u64, options: Options, mut give: impl FnMut(Vec<Page>) -> bool) {
    let mut worlds = World::all(scale, options.seed);
    let last = options.months.cast_signed() - 1;
    for when in 0..=last {
        for some in worlds.chunks_mut(AT_ONCE) {
            let made = parallel::map(some.iter_mut().collect(), |world| world.month(when, last));
            if !give(made.into_iter().flatten().collect()) {
                return;
            }
        }
        if !give(vec![feeds::returns(when, when == last, options.seed)]) {
            return;
        }
    }
}

/// Every feed, in the order in which its files are told.
const SHAPES: [&Shape; 6] = [
    &s136::SHAPE,
    &custody::SHAPE,
    &placements::SHAPE,
    &conveyance::SHAPE,
    &responses::SHAPE,
    &returns::SHAPE,
];

/// Worlds whose pages of a month are held at once, two megabytes each. Nothing that is written
/// depends on it.
const AT_ONCE: usize = 16;

fn take(feeds: &mut [Delivery], page: &Page) -> Result<(), Error> {
    feeds.iter_mut().filter(|feed| feed.is_of(page)).try_for_each(|feed| feed.take(page))
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
