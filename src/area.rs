//! Areas: codes, kinds, spellings and the overlapping, dated parents they have.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::dated::Dated;
use crate::definition::Source;
use crate::error::{Error, nearest};

mod holidays;
mod members;
mod population;
mod read;

pub use holidays::WorkingDays;
pub use members::{Days, Members};
pub use population::{Estimate, Population};

/// The kind of the areas that plans are made for.
const PLAN: &str = "plan";

/// One area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// ONS, ODS or own code: the key everywhere.
    pub code: String,
    /// Its name as printed.
    pub name: String,
    /// What it is: `plan`, `police force`, `trust`, `ambulance trust`, `ccg`, `local authority`, `country`.
    pub kind: String,
    /// The first day on which its code is in force; `None` for always before. Rows with it on a day
    /// on which it is not are used all the same, and named.
    pub from: Option<NaiveDate>,
    /// The first day on which it is no longer; `None` until further notice.
    pub to: Option<NaiveDate>,
    /// Code of the area that took its place when it ended.
    pub successor: Option<String>,
}

impl Area {
    /// The days on which its code is in force.
    pub fn in_force(&self) -> Days {
        Days::stretch(self.from, self.to)
    }
}

/// An area is part of another, for stretches of time.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Link {
    area: String,
    part_of: String,
    in_force: Dated<()>,
}

/// Every area of a workspace. An area may be part of several others at once, and of others later.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Areas {
    by_code: BTreeMap<String, Area>,
    links: Vec<Link>,
    /// Kind and folded spelling to code.
    names: BTreeMap<(String, String), String>,
    /// By area and age band.
    populations: BTreeMap<(String, String), Population>,
    /// Where the bank holidays are known.
    working_days: Option<Arc<WorkingDays>>,
}

impl Areas {
    /// Reads `areas.csv` (code, name, kind, and where codes come and go: from, to, successor),
    /// `area_links.csv` (area, `part_of`, from, to) and `area_names.csv` (spelling, kind, code).
    /// Stretches are half-open, empty for always and still.
    ///
    /// Repeated codes and spellings, codes that are not areas, stretches that run backwards,
    /// successors that are not there when they are needed, and links that overlap or run in a
    /// circle are errors; the rest is given all the same.
    pub fn read(areas: &Source, links: &Source, names: &Source) -> (Self, Vec<Error>) {
        read::all(areas, links, names)
    }

    /// The area of a code.
    pub fn get(&self, code: &str) -> Option<&Area> {
        self.by_code.get(code)
    }

    /// Every area, by code.
    pub fn all(&self) -> impl Iterator<Item = &Area> {
        self.by_code.values()
    }

    /// What an area is part of itself, and when, by code.
    pub fn parents<'a>(&'a self, area: &'a str) -> impl Iterator<Item = (&'a str, &'a Dated<()>)> {
        let own = self.links.iter().filter(move |link| link.area == area);
        own.map(|link| (link.part_of.as_str(), &link.in_force))
    }

    /// The spellings an area is known by besides its code and its name, folded, in order.
    pub fn spellings<'a>(&'a self, area: &'a Area) -> impl Iterator<Item = &'a str> {
        let own = [fold(&area.code), fold(&area.name)];
        let of =
            self.names.iter().filter(|((kind, _), code)| **code == area.code && *kind == area.kind);
        of.map(|((_, spelling), _)| spelling.as_str())
            .filter(move |said| !own.contains(&(*said).to_owned()))
    }

    /// The code that a spelling means among the areas of a kind: its code, its name, or a spelling
    /// of `area_names.csv`, whatever the case, the spaces, and `&` or `and`. With no kind given, a
    /// code as it is written wins over names; else the code the spelling means if it means the same
    /// one in every kind, else `None`.
    pub fn find(&self, spelling: &str, kind: Option<&str>) -> Option<&str> {
        let folded = fold(spelling);
        if let Some(kind) = kind {
            return self.names.get(&(kind.to_owned(), folded)).map(String::as_str);
        }
        if let Some((code, _)) = self.by_code.get_key_value(spelling.trim()) {
            return Some(code);
        }
        let mut found =
            self.names.iter().filter(|((_, name), _)| *name == folded).map(|(_, code)| code);
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }

    /// The name of the area that a spelling perhaps means: of the one whose code or spelling is
    /// nearest, among the areas of a kind where one is given.
    pub fn nearest(&self, spelling: &str, kind: Option<&str>) -> Option<&str> {
        let of_kind = |own: &str| kind.is_none_or(|kind| own == kind);
        let own = || self.names.iter().filter(move |((own, _), _)| of_kind(own));
        let meant = nearest(&fold(spelling), own().map(|((_, name), _)| name.as_str()))?;
        let (_, code) = own().find(|((_, name), _)| name == meant)?;
        self.get(code).map(|area| area.name.as_str())
    }

    /// The areas whose place an area took, by code.
    pub fn before(&self, code: &str) -> impl Iterator<Item = &Area> {
        self.all().filter(move |area| area.successor.as_deref() == Some(code))
    }

    /// The areas that plans are made for, by code.
    pub fn plans(&self) -> impl Iterator<Item = &Area> {
        self.all().filter(|area| area.kind == PLAN)
    }

    /// Every area that is ever part of a plan's, and when it is of any.
    pub fn of_plans(&self) -> Members {
        let mut found = Members::default();
        for plan in self.plans() {
            for (code, days) in self.parts(&plan.code).iter() {
                for stretch in days.stretches() {
                    found.add(code, *stretch);
                }
            }
        }
        found
    }

    /// The areas of a kind that are part of an area on a day, through any number of links, by
    /// code; the area itself when it is of that kind.
    pub fn members(&self, area: &str, kind: &str, day: NaiveDate) -> Vec<&str> {
        self.within(area, day)
            .into_iter()
            .filter(|code| self.get(code).is_some_and(|found| found.kind == kind))
            .collect()
    }

    /// Every area that is part of an area on a day, the area itself included.
    pub fn within(&self, area: &str, day: NaiveDate) -> BTreeSet<&str> {
        let members = self.parts(area);
        let on_day = members.iter().filter(|(_, days)| days.holds(day));
        on_day.filter_map(|(code, _)| Some(self.get(code)?.code.as_str())).collect()
    }

    /// Every area that is ever part of an area, through any number of links, the area itself
    /// included, and on which days: those on which all links of a way are in force.
    pub fn parts(&self, area: &str) -> Members {
        let mut found = Members::default();
        let mut next = Vec::new();
        if let Some(area) = self.get(area) {
            found.add(&area.code, Days::ALL);
            next.push((area.code.as_str(), Days::ALL));
        }
        while let Some((whole, (first, last))) = next.pop() {
            for link in self.links.iter().filter(|link| link.part_of == whole) {
                for entry in link.in_force.entries() {
                    let from = entry.from.unwrap_or(Days::ALL.0).max(first);
                    let to = entry.to.unwrap_or(Days::ALL.1).min(last);
                    if found.add(&link.area, (from, to)) {
                        next.push((&link.area, (from, to)));
                    }
                }
            }
        }
        found
    }
}

/// A spelling without what does not matter: case, runs of spaces, `&` for `and`.
fn fold(spelling: &str) -> String {
    let words = spelling.replace('&', " and ").to_lowercase();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
