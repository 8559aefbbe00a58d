//! Synthetic feeds: rows with the shape and the disorder of real deliveries, about nobody.
//!
//! What is written is made up. Volumes and breaks follow what the plans print about themselves,
//! so that the packs made from it read like packs; agreement with a plan is no evidence of
//! anything. The same options give the same bytes on every machine: chance is `ChaCha8` and whole
//! numbers throughout, and rows are written month by month, so memory does not grow with time.

use std::path::Path;

use chrono::NaiveDate;

use crate::error::{Error, Place};

mod clock;
mod conveyance;
mod county;
mod custody;
mod delivery;
mod detention;
mod dice;
mod linked;
mod people;
mod placements;
mod responses;
mod returned;
mod returns;
mod s136;

use clock::{financial_year, first_day};
use county::{COUNTIES, County};
use delivery::Delivery;
use detention::Taken;
use dice::Dice;
use people::People;

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

/// What an area remembers from month to month.
struct Area {
    /// People detained or arrested.
    people: People,
    /// People placed out of area.
    placed: People,
    /// Ends of the placements that are open.
    open: Vec<NaiveDate>,
}

impl Area {
    fn new(place: usize) -> Self {
        let all = COUNTIES.len() * 2;
        Self {
            people: People::new(place, all),
            placed: People::new(place + COUNTIES.len(), all),
            open: Vec::new(),
        }
    }
}

/// One area in one month.
struct Month {
    county: &'static County,
    when: i32,
    last: i32,
    scale: u64,
    seed: u64,
}

impl Month {
    fn dice(&self, feed: &str) -> Dice {
        Dice::new(self.seed, feed, self.county.id, self.when)
    }

    /// Last day that the file with this month knows of.
    fn known_to(&self) -> NaiveDate {
        let year_end = (financial_year(self.when) + 1 - 2014) * 12 + 3;
        first_day(year_end.min(self.last + 1)).pred_opt().unwrap_or_default()
    }

    /// Months that an area never sent.
    fn not_sent(&self, feed: &str) -> bool {
        let gaps: &[(&str, &str, i32)] = &[
            ("s136", "hertfordshire", clock::at(2016, 8)),
            ("custody", "cambridgeshire", clock::at(2015, 12)),
            ("conveyance", "cambridgeshire", clock::at(2019, 3)),
            ("responses", "oxfordshire", clock::at(2017, 1)),
        ];
        gaps.contains(&(feed, self.county.id, self.when))
    }
}

/// Every feed's files, and the numbers given so far.
struct Feeds {
    s136: Delivery,
    custody: Delivery,
    conveyance: Delivery,
    responses: Delivery,
    placements: Delivery,
    returns: Delivery,
    given: [u64; 5],
    /// Detentions of this area and month as its partners tell of them; those in cells also say
    /// whether the plan's own sentences fix them.
    in_cells: Vec<(i64, Vec<String>, bool)>,
    journeys: Rows,
    calls: Rows,
}

/// Rows with their minute.
type Rows = Vec<(i64, Vec<String>)>;

const LETTERS: [char; 5] = ['S', 'C', 'J', 'R', 'P'];

impl Feeds {
    fn new(out: &Path) -> Result<Self, Error> {
        Ok(Self {
            s136: Delivery::new(&s136::SHAPE, out)?,
            custody: Delivery::new(&custody::SHAPE, out)?,
            conveyance: Delivery::new(&conveyance::SHAPE, out)?,
            responses: Delivery::new(&responses::SHAPE, out)?,
            placements: Delivery::new(&placements::SHAPE, out)?,
            returns: Delivery::new(&returns::SHAPE, out)?,
            given: [0; 5],
            in_cells: Vec::new(),
            journeys: Vec::new(),
            calls: Vec::new(),
        })
    }

    /// The next number of a feed: `SYN` says that nobody real is meant.
    fn number(&mut self, feed: usize) -> String {
        self.given[feed] += 1;
        format!("SYN{}{:06}", LETTERS[feed], self.given[feed])
    }

    fn detentions(&mut self, month: &Month, area: &mut Area) -> Result<(), Error> {
        let Month { county, when, scale, .. } = *month;
        let mut dice = month.dice("s136");
        let mut pen = month.dice("s136 rows");
        for told in detention::month(county, when, scale, &mut area.people, &mut dice) {
            let id = self.number(0);
            let row = s136::row(county, when, id, &told, &mut pen);
            if month.not_sent("s136") {
                // Nothing came from this force; its partners' feeds are as ever.
            } else if told.told {
                self.s136.plain(when, &row)?;
            } else {
                self.s136.push(when, row, &mut pen)?;
            }
            if told.taken == Taken::Cell {
                let row = linked::custody_row(county, when, &told, &mut pen);
                self.in_cells.push((told.arrived, row, told.told));
            }
            let row = linked::journey_row(county, when, &told, &mut pen);
            self.journeys.push((told.called.unwrap_or(told.detained), row));
            if let Some(row) = linked::response_row(county, when, &told, &mut pen) {
                self.calls.push((told.requested.unwrap_or(told.detained), row));
            }
        }
        Ok(())
    }

    fn custody(&mut self, month: &Month, area: &mut Area) -> Result<(), Error> {
        let mut dice = month.dice("custody");
        let mut rows = std::mem::take(&mut self.in_cells);
        let Month { county, when, scale, .. } = *month;
        let others = custody::month(county, when, scale, &mut area.people, &mut dice);
        rows.extend(others.into_iter().map(|(minute, row)| (minute, row, false)));
        rows.sort_by_key(|(minute, ..)| *minute);
        for (_, mut row, told) in rows {
            row[0] = self.number(1);
            if month.not_sent("custody") {
                // Nothing came from this force.
            } else if told {
                self.custody.plain(when, &row)?;
            } else {
                self.custody.push(when, row, &mut dice)?;
            }
        }
        Ok(())
    }

    fn conveyance(&mut self, month: &Month) -> Result<(), Error> {
        let mut dice = month.dice("conveyance");
        let mut rows = std::mem::take(&mut self.journeys);
        rows.extend(conveyance::month(month.county, month.when, month.scale, &mut dice));
        rows.sort_by_key(|(minute, _)| *minute);
        for (_, mut row) in rows {
            row[0] = self.number(2);
            if !month.not_sent("conveyance") {
                self.conveyance.push(month.when, row, &mut dice)?;
            }
        }
        Ok(())
    }

    fn responses(&mut self, month: &Month) -> Result<(), Error> {
        let mut dice = month.dice("responses");
        let mut rows = std::mem::take(&mut self.calls);
        rows.extend(responses::month(month.county, month.when, month.scale, &mut dice));
        rows.sort_by_key(|(minute, _)| *minute);
        for (_, mut row) in rows {
            row[0] = self.number(3);
            if !month.not_sent("responses") {
                self.responses.push(month.when, row, &mut dice)?;
            }
        }
        Ok(())
    }

    fn placements(&mut self, month: &Month, area: &mut Area) -> Result<(), Error> {
        let Month { county, when, scale, .. } = *month;
        let mut dice = month.dice("placements");
        let Area { placed, open, .. } = area;
        for mut stay in placements::month(county, when, scale, open, placed, &mut dice) {
            stay.row[0] = self.number(4);
            if stay.ended > month.known_to() {
                self.placements.plain(when, &stay.known_on(month.known_to()))?;
                self.placements.push_later(stay.row);
            } else {
                self.placements.push(when, stay.row, &mut dice)?;
            }
        }
        Ok(())
    }

    fn returns(&mut self, when: i32, last: bool, seed: u64) -> Result<(), Error> {
        let provisional = last || financial_year(when + 1) != financial_year(when);
        for returned in returns::month(when, provisional, seed) {
            self.returns.plain(when, &returned.row)?;
            if let Some(later) = returned.later {
                self.returns.push_later(later);
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<Vec<Written>, Error> {
        let mut written = Vec::new();
        for feed in [
            self.s136,
            self.custody,
            self.placements,
            self.conveyance,
            self.responses,
            self.returns,
        ] {
            written.extend(feed.finish()?);
        }
        Ok(written)
    }
}
