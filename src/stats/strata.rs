//! Age bands of areas: reading them, and what must hold before rates are standardised.

use std::collections::{BTreeMap, BTreeSet};

use super::areas::{Area, Areas, in_area, missing};
use super::single::{above_zero, at_least_zero};
use super::table::{Row, Table};
use crate::error::Error;
use crate::statistics::intervals::repeats::Repeats;
use crate::statistics::standardised::{Compared, Stratum};

/// The age bands that most areas have; of sets equally frequent the one that comes first.
pub(super) struct Bands<'a>(BTreeSet<&'a str>);

fn bands_of<'a>(area: &Area<'a>) -> BTreeSet<&'a str> {
    area.rows.iter().map(|row| row.text("ageband")).collect()
}

impl<'a> Bands<'a> {
    pub(super) fn of(areas: &Areas<'a>) -> Self {
        let mut sets: Vec<(BTreeSet<&str>, usize)> = Vec::new();
        let mut places = BTreeMap::new();
        for area in &areas.all {
            let set = bands_of(area);
            let place = *places.entry(set.clone()).or_insert_with(|| {
                sets.push((set, 0));
                sets.len() - 1
            });
            sets[place].1 += 1;
        }
        let most = sets.iter().map(|(_, areas)| *areas).max().unwrap_or(0);
        let usual = sets.into_iter().find(|(_, areas)| *areas == most);
        Self(usual.map(|(set, _)| set).unwrap_or_default())
    }

    /// A problem where the area's bands are not the usual ones.
    fn checked(&self, area: &Area<'_>) -> Result<(), Error> {
        let own = bands_of(area);
        let list = |bands: Vec<&str>| format!("`{}`", bands.join("`, `"));
        let lacking: Vec<&str> = self.0.difference(&own).copied().collect();
        let more: Vec<&str> = own.iter().copied().filter(|band| !self.0.contains(band)).collect();
        let problem = match (lacking.is_empty(), more.is_empty()) {
            (true, true) => return Ok(()),
            (false, true) => format!("lacks the age bands {}", list(lacking)),
            (true, false) => format!("has the age bands {}, the other areas not", list(more)),
            (false, false) => {
                format!("lacks the age bands {}, and has {} instead", list(lacking), list(more))
            }
        };
        Err(area.rows[0].problem(problem).help(
            "give every area the same bands, with x = 0 where there were no events; areas with \
             other bands cannot be compared",
        ))
    }
}

/// Collects the problems of an area's rows; nothing where there is any.
struct Reader<'a, 'b> {
    area: &'a Area<'a>,
    problems: &'b mut Vec<Error>,
    sound: bool,
}

impl<'a, 'b> Reader<'a, 'b> {
    fn new(area: &'a Area<'a>, problems: &'b mut Vec<Error>) -> Self {
        Self { area, problems, sound: true }
    }

    fn with(area: &'a Area<'a>, bands: &Bands<'_>, problems: &'b mut Vec<Error>) -> Self {
        let mut reader = Self::new(area, problems);
        reader.take(bands.checked(area));
        reader
    }

    fn take<T>(&mut self, read: Result<T, Error>) -> Option<T> {
        read.map_err(|problem| {
            self.problems.push(in_area(self.area.name, problem));
            self.sound = false;
        })
        .ok()
    }

    /// A count of events; an empty one is 0 and said to be.
    fn events(&mut self, row: Row<'_>) -> Option<f64> {
        let count = row.number("x").and_then(|count| match count {
            Some(count) => at_least_zero(row, "x", count).map(|()| Some(count)),
            None => Ok(None),
        });
        let count = self.take(count)?;
        if count.is_none() {
            self.problems.push(missing(self.area.name, row, "x").help(
                "it was counted as 0, as PHEindicatormethods does: write 0 where there were no \
                 events, and do not use the area's rate where the count is not known",
            ));
        }
        Some(count.unwrap_or(0.0))
    }

    fn above_zero(&mut self, row: Row<'_>, heading: &str) -> Option<f64> {
        let read = row
            .needed(heading)
            .and_then(|number| above_zero(row, heading, number).map(|()| number));
        self.take(read)
    }

    fn at_least_zero(&mut self, row: Row<'_>, heading: &str) -> Option<f64> {
        let read = row
            .needed(heading)
            .and_then(|number| at_least_zero(row, heading, number).map(|()| number));
        self.take(read)
    }

    /// A problem where a band comes a second time.
    fn once<K: Ord>(&mut self, seen: &mut BTreeMap<K, usize>, key: K, row: Row<'_>, what: &str) {
        if let Some(line) = seen.insert(key, row.line()) {
            let problem = row.problem(format!("{what} stands twice, first in line {line}")).help(
                "give it one row: add up its rows, or name age and sex together in `ageband`",
            );
            self.take::<()>(Err(problem));
        }
    }
}

/// The bands of an area for direct standardisation; `None` where a problem stops it.
pub(super) fn direct(
    table: &Table,
    area: &Area<'_>,
    bands: &Bands<'_>,
    problems: &mut Vec<Error>,
) -> Option<Vec<Stratum>> {
    let mut reader = Reader::with(area, bands, problems);
    let repeats = table.has("eventfreq");
    let mut order: Vec<&str> = Vec::new();
    let mut found: BTreeMap<&str, Band> = BTreeMap::new();
    let mut seen = BTreeMap::new();
    for &row in &area.rows {
        let name = row.text("ageband");
        let times = if repeats { reader.above_zero(row, "eventfreq") } else { Some(1.0) };
        let (x, n) = (reader.events(row), reader.above_zero(row, "n"));
        let standard = reader.at_least_zero(row, "stdpop");
        let (Some(times), Some(x), Some(n), Some(standard)) = (times, x, n, standard) else {
            continue;
        };
        let what = if repeats {
            format!("age band `{name}` with `eventfreq` {times}")
        } else {
            format!("age band `{name}`")
        };
        reader.once(&mut seen, (name, times.to_bits()), row, &what);
        let band = found.entry(name).or_insert_with(|| {
            order.push(name);
            Band { population: n, standard, persons: Vec::new() }
        });
        let same = |one: f64, other: f64| one.to_bits() == other.to_bits();
        if !(same(band.population, n) && same(band.standard, standard)) {
            let problem = row
                .problem(format!("age band `{name}` has another `n` or `stdpop` than before"))
                .help("the rows of a band are the same people: give them the same populations");
            reader.take::<()>(Err(problem));
        }
        band.persons.push((times, x));
    }
    if reader.sound && found.values().all(|band| band.standard <= 0.0) {
        let problem = area.rows[0]
            .problem("`stdpop` is 0 in every age band")
            .help("give the standard population, such as the European Standard Population 2013");
        reader.take::<()>(Err(problem));
    }
    let stratum = |band: &Band| {
        if repeats {
            Stratum::repeats(&band.persons, band.population, band.standard)
        } else {
            Stratum::independent(band.persons[0].1, band.population, band.standard)
        }
    };
    reader.sound.then(|| order.iter().map(|name| stratum(&found[name])).collect())
}

struct Band {
    population: f64,
    standard: f64,
    persons: Vec<(f64, f64)>,
}

/// The bands of an area beside the reference's; `None` where a problem stops it.
pub(super) fn compared(
    area: &Area<'_>,
    bands: &Bands<'_>,
    problems: &mut Vec<Error>,
) -> Option<Vec<Compared>> {
    let mut reader = Reader::with(area, bands, problems);
    let mut seen = BTreeMap::new();
    let mut found = Vec::new();
    for &row in &area.rows {
        let name = row.text("ageband");
        reader.once(&mut seen, name, row, &format!("age band `{name}`"));
        let events = reader.events(row);
        let population = reader.at_least_zero(row, "n");
        let reference_events = reader.at_least_zero(row, "xr");
        let reference_population = reader.above_zero(row, "nr");
        if let (
            Some(events),
            Some(population),
            Some(reference_events),
            Some(reference_population),
        ) = (events, population, reference_events, reference_population)
        {
            found.push(Compared { events, population, reference_events, reference_population });
        }
    }
    reader.sound.then_some(found)
}

/// The persons of an area by their number of events, and its population; `None` where a problem
/// stops it.
pub(super) fn repeats(area: &Area<'_>, problems: &mut Vec<Error>) -> Option<(Repeats, f64)> {
    let mut reader = Reader::new(area, problems);
    let mut seen = BTreeMap::new();
    let mut persons = Vec::new();
    let mut population: Option<f64> = None;
    for &row in &area.rows {
        let times = reader.above_zero(row, "eventfreq");
        let (x, n) = (reader.events(row), reader.above_zero(row, "n"));
        let (Some(times), Some(x), Some(n)) = (times, x, n) else { continue };
        reader.once(&mut seen, times.to_bits(), row, &format!("`eventfreq` {times}"));
        if population.is_some_and(|first| first.to_bits() != n.to_bits()) {
            let problem = row
                .problem(format!("`n` is {n}, another than before"))
                .help("the rows of an area are of the same population: give them the same `n`");
            reader.take::<()>(Err(problem));
        }
        population = Some(n);
        persons.push((times, x));
    }
    if !reader.sound {
        return None;
    }
    Repeats::of(&persons).zip(population)
}
