//! Every feed's files side by side: one month of one area at a time.

use std::path::Path;

use chrono::NaiveDate;

use super::clock::{self, financial_year, first_day};
use super::county::{COUNTIES, County};
use super::delivery::Delivery;
use super::detention::{self, Taken};
use super::dice::Dice;
use super::people::People;
use super::{Written, conveyance, custody, linked, placements, responses, returns, s136};
use crate::error::Error;

/// What an area remembers from month to month.
pub(super) struct Area {
    /// People detained or arrested.
    people: People,
    /// People placed out of area.
    placed: People,
    /// Ends of the placements that are open.
    open: Vec<NaiveDate>,
}

impl Area {
    /// Nobody yet, in the area at this place of the list.
    pub(super) fn new(place: usize) -> Self {
        let all = COUNTIES.len() * 2;
        Self {
            people: People::new(place, all),
            placed: People::new(place + COUNTIES.len(), all),
            open: Vec::new(),
        }
    }
}

/// One area in one month.
pub(super) struct Month {
    /// The area.
    pub(super) county: &'static County,
    /// The month, counted from January 2014.
    pub(super) when: i32,
    /// The last month of all.
    pub(super) last: i32,
    /// Millionths of the ordinary number of events.
    pub(super) scale: u64,
    /// Where chance starts.
    pub(super) seed: u64,
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
pub(super) struct Feeds {
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
    /// Folders for every feed under `out`.
    pub(super) fn new(out: &Path) -> Result<Self, Error> {
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

    /// Writes the detentions of a month, and keeps what their partners tell of them.
    pub(super) fn detentions(&mut self, month: &Month, area: &mut Area) -> Result<(), Error> {
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

    /// Writes the custody records of a month.
    pub(super) fn custody(&mut self, month: &Month, area: &mut Area) -> Result<(), Error> {
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

    /// Writes the journeys of a month.
    pub(super) fn conveyance(&mut self, month: &Month) -> Result<(), Error> {
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

    /// Writes the responses of a month.
    pub(super) fn responses(&mut self, month: &Month) -> Result<(), Error> {
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

    /// Writes the stays that start in a month, as far as the file knows them.
    pub(super) fn placements(&mut self, month: &Month, area: &mut Area) -> Result<(), Error> {
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

    /// Writes the returns of a month, of all areas.
    pub(super) fn returns(&mut self, when: i32, last: bool, seed: u64) -> Result<(), Error> {
        let provisional = last || financial_year(when + 1) != financial_year(when);
        for returned in returns::month(when, provisional, seed) {
            self.returns.plain(when, &returned.row)?;
            if let Some(later) = returned.later {
                self.returns.push_later(later);
            }
        }
        Ok(())
    }

    /// Closes every file and tells what was written, feed by feed.
    pub(super) fn finish(self) -> Result<Vec<Written>, Error> {
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
