//! Every feed side by side: one month of one area at a time.
//!
//! A large scale is made of many worlds, each with the five areas, people of its own and up to
//! twenty times the ordinary number of events. So a month needs no more memory in a hundred million
//! rows than in one, people come back as often as in the sample, and worlds are made at once.

use chrono::NaiveDate;

use super::clock::{self, financial_year, first_day};
use super::county::{COUNTIES, County};
use super::delivery::{Page, Shape};
use super::detention::{self, Taken};
use super::dice::Dice;
use super::field::Field;
use super::people::People;
use super::rows::Rows;
use super::{conveyance, custody, linked, placements, responses, returns, s136};

/// What an area remembers from month to month.
#[derive(Debug)]
struct Area {
    /// People detained or arrested.
    people: People,
    /// People placed out of area.
    placed: People,
    /// Ends of the placements that are open.
    open: Vec<NaiveDate>,
}

impl Area {
    /// Nobody yet, in the area at this place of the list of one of several worlds.
    fn new(place: usize, world: usize, worlds: usize) -> Self {
        let (each, all) = (COUNTIES.len() * 2, COUNTIES.len() * 2 * worlds);
        let place = place + world * each;
        Self {
            people: People::new(place, all),
            placed: People::new(place + COUNTIES.len(), all),
            open: Vec::new(),
        }
    }
}

/// One area in one month.
struct Month {
    /// The area.
    county: &'static County,
    /// The month, counted from January 2014.
    when: i32,
    /// The last month of all.
    last: i32,
    /// Millionths of the ordinary number of events.
    scale: u64,
    /// Where chance starts.
    seed: u64,
    /// Which world.
    world: u32,
}

impl Month {
    fn dice(&self, feed: &str) -> Dice {
        Dice::new(self.seed, self.world, feed, self.county.id, self.when)
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

/// The five areas, the people in them, and the numbers given so far.
#[derive(Debug)]
pub(super) struct World {
    number: u32,
    /// How many worlds there are: no two give the same number.
    worlds: u32,
    scale: u64,
    seed: u64,
    areas: Vec<Area>,
    given: [u64; 5],
}

/// Detentions of an area and month as its partners tell of them.
struct Partners {
    in_cells: Custody,
    journeys: Journeys,
    calls: Calls,
}

type Custody = Rows<{ custody::SHAPE.headings.len() }>;
type Journeys = Rows<{ conveyance::SHAPE.headings.len() }>;
type Calls = Rows<{ responses::SHAPE.headings.len() }>;

/// What a number begins with, by feed: `SYN` says that nobody real is meant.
const PREFIXES: [&str; 5] = ["SYNS", "SYNC", "SYNJ", "SYNR", "SYNP"];
/// Most of a world, in millionths of the ordinary number of events.
const MOST_SCALE: u64 = 20_000_000;

impl World {
    /// As many worlds as a scale needs, in millionths, which they share evenly.
    pub(super) fn all(scale: u64, seed: u64) -> Vec<Self> {
        let worlds = u32::try_from(scale.div_ceil(MOST_SCALE)).unwrap_or(u32::MAX);
        let (each, over) = (scale / u64::from(worlds), scale % u64::from(worlds));
        let one = |number: u32| {
            let scale = each + u64::from(u64::from(number) < over);
            Self::new(number, worlds, scale, seed)
        };
        (0..worlds).map(one).collect()
    }

    fn new(number: u32, worlds: u32, scale: u64, seed: u64) -> Self {
        let place = |world: u32| usize::try_from(world).unwrap_or_default();
        let area = |at| Area::new(at, place(number), place(worlds));
        let areas = (0..COUNTIES.len()).map(area).collect();
        Self { number, worlds, scale, seed, areas, given: [0; 5] }
    }

    /// The pages of a month, area by area.
    pub(super) fn month(&mut self, when: i32, last: i32) -> Vec<Page> {
        let mut pages = Vec::new();
        let mut areas = std::mem::take(&mut self.areas);
        for (county, area) in COUNTIES.iter().zip(&mut areas) {
            let (scale, seed, world) = (self.scale, self.seed, self.number);
            let month = Month { county, when, last, scale, seed, world };
            let mut partners =
                Partners { in_cells: Rows::new(), journeys: Rows::new(), calls: Rows::new() };
            pages.push(self.detentions(&month, area, &mut partners));
            pages.push(self.custody(&month, area, partners.in_cells));
            pages.push(self.conveyance(&month, partners.journeys));
            pages.push(self.responses(&month, partners.calls));
            pages.push(self.placements(&month, area));
        }
        self.areas = areas;
        pages
    }

    /// The next number of a feed.
    fn number(&mut self, feed: usize) -> Field {
        let number = self.given[feed] * u64::from(self.worlds) + u64::from(self.number) + 1;
        self.given[feed] += 1;
        Field::number(PREFIXES[feed], 6, number)
    }

    /// The detentions of a month; what their partners tell of them is kept.
    fn detentions(&mut self, month: &Month, area: &mut Area, partners: &mut Partners) -> Page {
        let mut page = Page::new(&s136::SHAPE, month.when);
        let Month { county, when, scale, .. } = *month;
        let mut dice = month.dice("s136");
        let mut pen = month.dice("s136 rows");
        for told in detention::month(county, when, scale, &mut area.people, &mut dice) {
            let id = self.number(0);
            let mut row = s136::row(county, when, id, &told, &mut pen);
            if month.not_sent("s136") {
                // Nothing came from this force; its partners' feeds are as ever.
            } else if told.told {
                page.now.add(&row);
            } else {
                page.push(&mut row, &mut pen);
            }
            if told.taken == Taken::Cell {
                let row = linked::custody_row(county, when, &told, &mut pen);
                partners.in_cells.keep(told.arrived, row, told.told);
            }
            let row = linked::journey_row(county, when, &told, &mut pen);
            partners.journeys.push(told.called.unwrap_or(told.detained), row);
            if let Some(row) = linked::response_row(county, when, &told, &mut pen) {
                partners.calls.push(told.requested.unwrap_or(told.detained), row);
            }
        }
        page
    }

    /// The custody records of a month, with those of detentions.
    fn custody(&mut self, month: &Month, area: &mut Area, mut rows: Custody) -> Page {
        let mut dice = month.dice("custody");
        let Month { county, when, scale, .. } = *month;
        custody::month(county, when, scale, &mut area.people, &mut rows, &mut dice);
        self.page(&custody::SHAPE, 1, month, rows, dice)
    }

    /// The journeys of a month, with those of detentions.
    fn conveyance(&mut self, month: &Month, mut rows: Journeys) -> Page {
        let mut dice = month.dice("conveyance");
        conveyance::month(month.county, month.when, month.scale, &mut rows, &mut dice);
        self.page(&conveyance::SHAPE, 2, month, rows, dice)
    }

    /// The responses of a month, with those to detentions.
    fn responses(&mut self, month: &Month, mut rows: Calls) -> Page {
        let mut dice = month.dice("responses");
        responses::month(month.county, month.when, month.scale, &mut rows, &mut dice);
        self.page(&responses::SHAPE, 3, month, rows, dice)
    }

    /// The rows of a month in order of time, each with its number.
    fn page<const COLUMNS: usize>(
        &mut self,
        shape: &'static Shape,
        feed: usize,
        month: &Month,
        rows: Rows<COLUMNS>,
        mut dice: Dice,
    ) -> Page {
        let mut page = Page::new(shape, month.when);
        for (mut row, told) in rows.in_order() {
            row[0] = self.number(feed);
            if month.not_sent(shape.feed) {
                // Nothing came from this body.
            } else if told {
                page.now.add(&row);
            } else {
                page.push(&mut row, &mut dice);
            }
        }
        page
    }

    /// The stays that start in a month, as far as the file knows them.
    fn placements(&mut self, month: &Month, area: &mut Area) -> Page {
        let mut page = Page::new(&placements::SHAPE, month.when);
        let Month { county, when, scale, .. } = *month;
        let mut dice = month.dice("placements");
        let Area { placed, open, .. } = area;
        for mut stay in placements::month(county, when, scale, open, placed, &mut dice) {
            stay.row[0] = self.number(4);
            if stay.ended > month.known_to() {
                page.now.add(&stay.known_on(month.known_to()));
                page.later.add(&stay.row);
            } else {
                page.push(&mut stay.row, &mut dice);
            }
        }
        page
    }
}

/// The returns of a month, of all areas; no scale changes them.
pub(super) fn returns(when: i32, last: bool, seed: u64) -> Page {
    let mut page = Page::new(&returns::SHAPE, when);
    let provisional = last || financial_year(when + 1) != financial_year(when);
    for returned in returns::month(when, provisional, seed) {
        page.now.add(&returned.row);
        if let Some(later) = returned.later {
            page.later.add(&later);
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The pseudonyms of a world, over three months.
    fn people(world: &mut World) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for page in (0..3).flat_map(|when| world.month(when, 2)) {
            let text = String::from_utf8(page.now.text).unwrap();
            let fields = text.lines().flat_map(|line| line.split(','));
            let pseudonyms = fields.filter(|field| {
                field.strip_prefix('P').is_some_and(|rest| rest.parse::<u64>().is_ok())
            });
            found.extend(pseudonyms.map(str::to_owned));
        }
        found
    }

    #[test]
    fn worlds_share_a_scale_and_nobody() {
        let mut worlds = World::all(41_000_001, 4);
        let scales: Vec<u64> = worlds.iter().map(|world| world.scale).collect();
        assert_eq!(scales, [13_666_667; 3]);
        let each: Vec<BTreeSet<String>> = worlds.iter_mut().map(people).collect();
        let all: BTreeSet<&String> = each.iter().flatten().collect();
        assert!(each.iter().all(|people| people.len() > 1_000));
        assert_eq!(all.len(), each.iter().map(BTreeSet::len).sum::<usize>());
    }
}
