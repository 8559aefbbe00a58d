//! People by year, area and age band: what rates are of.

use std::collections::BTreeMap;

use super::Areas;
use super::read::unknown;
use crate::definition::Source;
use crate::definition::lines::lines;
use crate::error::Error;

/// The people of one area in one age band, by year.
///
/// An area's people are those of its own lines: parts are never added up, since areas overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Population {
    years: BTreeMap<i32, Estimate>,
}

/// The people of a year, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    /// How many.
    pub people: i64,
    /// Where the number comes from.
    pub source: String,
}

impl Population {
    /// The people of a calendar year and the year they are of: the year itself, else the latest
    /// before it, since estimates come late. `None` before the first.
    pub fn of(&self, year: i32) -> Option<(i32, &Estimate)> {
        self.years.range(..=year).next_back().map(|(year, estimate)| (*year, estimate))
    }
}

impl FromIterator<(i32, Estimate)> for Population {
    fn from_iter<T: IntoIterator<Item = (i32, Estimate)>>(years: T) -> Self {
        Self { years: years.into_iter().collect() }
    }
}

impl Areas {
    /// Reads `population.csv` (year, area, age, people, source): one line for each calendar year,
    /// area and age band; the band is a name of its own, such as `all` or `18+`.
    ///
    /// Codes that are not areas, years and numbers that are none, lines without a source and
    /// repeated ones are errors; the rest is given all the same.
    pub fn read_populations(&mut self, source: &Source) -> Vec<Error> {
        let mut errors = Vec::new();
        let headings = ["year", "area", "age", "people", "source"];
        for (place, [year, area, age, people, from]) in lines(source, headings, &mut errors) {
            let said = |said: String| Error::definition(place.clone(), said);
            let before = errors.len();
            if self.get(&area).is_none() {
                errors.push(unknown(self, place.clone(), &area));
            }
            let Some(year) = year.parse().ok().filter(|year| (1801..=2200).contains(year)) else {
                let error = said(format!("`{year}` is not a year"));
                errors.push(error.help("write the calendar year of the estimate, such as 2017"));
                continue;
            };
            let Some(people) = people.parse().ok().filter(|people| *people > 0) else {
                let error = said(format!("`{people}` is not a number of people"));
                errors.push(error.help("write a whole number without separators"));
                continue;
            };
            if age.is_empty() || from.is_empty() {
                let error = said("a population needs its age band and its source".to_owned());
                errors.push(error.help("the band of everybody is `all`"));
            }
            if errors.len() > before {
                continue;
            }
            let years = &mut self.populations.entry((area.clone(), age.clone())).or_default().years;
            if years.insert(year, Estimate { people, source: from }).is_some() {
                let said = format!("the people of `{area}` aged `{age}` in {year} are there twice");
                errors.push(Error::definition(place, said).help("keep one of the two"));
            }
        }
        errors
    }

    /// The people of an area in an age band.
    pub fn population(&self, area: &str, age: &str) -> Option<&Population> {
        self.populations.get(&(area.to_owned(), age.to_owned()))
    }

    /// Every estimate: area, age band, calendar year, people and source, in that order.
    pub fn estimates(&self) -> impl Iterator<Item = (&str, &str, i32, &Estimate)> {
        self.populations.iter().flat_map(|((area, age), people)| {
            let years = people.years.iter();
            years.map(|(year, estimate)| (area.as_str(), age.as_str(), *year, estimate))
        })
    }

    /// The age bands that an area has people in.
    pub fn ages(&self, area: &str) -> impl Iterator<Item = &str> {
        self.populations.keys().filter(move |key| key.0 == area).map(|key| key.1.as_str())
    }
}
