//! Headings of a file to the columns of a contract.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::Fault;
use super::reading::{PeriodPlace, Reading};
use super::texts::{fold, matches, shown};
use crate::error::nearest;

/// Which field of a row belongs to which column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claims {
    /// Field of each column, in the contract's order; `None` when no heading claims it.
    pub(crate) columns: Vec<Option<usize>>,
    /// Fields of the year and, for months, of the month.
    pub(crate) period: Vec<usize>,
    /// Headings no column claims, with a suggestion where one is near.
    pub(crate) unknown: Vec<String>,
    /// What keeps the file from being read.
    pub(crate) problems: Vec<Fault>,
}

/// Finds the field of every column; `needed` names those without which nothing can be read.
pub(crate) fn claim(reading: &Reading, needed: &[&str], headings: &[String]) -> Claims {
    let mut search = Search {
        headings,
        fields: BTreeMap::new(),
        claimed: vec![false; headings.len()],
        problems: Vec::new(),
    };
    for (field, heading) in headings.iter().enumerate() {
        search.fields.entry(fold(heading)).or_default().push(field);
    }
    let columns = reading.columns.iter().map(|column| {
        let needed = needed.contains(&column.name.as_str());
        search.find(&column.headings, &format!("column `{}`", column.name), needed)
    });
    let columns = columns.collect();
    let place = reading.period.as_ref().map(|period| &period.place);
    let period = place.into_iter().flat_map(PeriodPlace::headings);
    let period = period
        .filter_map(|heading| search.find(std::slice::from_ref(heading), "the period", true))
        .collect();
    let unknown = unknown(reading, headings, &search.claimed);
    Claims { columns, period, unknown, problems: search.problems }
}

struct Search<'a> {
    headings: &'a [String],
    /// Fields by folded heading.
    fields: BTreeMap<String, Vec<usize>>,
    claimed: Vec<bool>,
    problems: Vec<Fault>,
}

impl Search<'_> {
    /// The field that stands under one of some names.
    fn find(&mut self, names: &[String], what: &str, needed: bool) -> Option<usize> {
        let found: BTreeSet<usize> = names
            .iter()
            .filter_map(|name| self.fields.get(&fold(name)))
            .flatten()
            .copied()
            .collect();
        for field in &found {
            if let Some(claimed) = self.claimed.get_mut(*field) {
                *claimed = true;
            }
        }
        let found: Vec<usize> = found.into_iter().collect();
        if let [first, second, ..] = *found.as_slice() {
            let heading = self.headings.get(first).map(String::as_str).unwrap_or_default();
            let (first, second) = (first + 1, second + 1);
            let problem = format!(
                "two headings for {what}: fields {first} and {second} (`{}`)",
                shown(heading)
            );
            let help = "take one of them out of the file, or out of the contract";
            self.problems.push(Fault::new(problem).on_line(1).help(help));
        }
        if found.is_empty() && needed {
            let near = self
                .near(names)
                .map_or_else(String::new, |heading| format!(" (there is `{}`)", shown(heading)));
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let problem = format!("no heading {} for {what}{near}", names.join(" or "));
            self.problems.push(Fault::new(problem).on_line(1).help(self.missing()));
        }
        found.first().copied()
    }

    /// What to do about a heading that is not there: where the whole line is one, its cells are
    /// parted by another sign.
    fn missing(&self) -> &'static str {
        match self.headings {
            [one] if one.contains(';') => {
                "the whole line is one heading: say delimiter = \";\" in the contract"
            }
            [one] if one.contains('\t') => {
                "the whole line is one heading: say delimiter = \"\\t\" in the contract"
            }
            [one] if one.contains(',') => {
                "the whole line is one heading: say delimiter = \",\" in the contract"
            }
            _ => "add the file's heading to the contract, or ask for the delivery again",
        }
    }

    fn near(&self, names: &[String]) -> Option<&str> {
        let folded = || self.fields.keys().map(String::as_str);
        let near = names.iter().find_map(|name| nearest(&fold(name), folded()))?;
        let field = self.fields.get(near)?.first()?;
        self.headings.get(*field).map(String::as_str)
    }
}

fn unknown(reading: &Reading, headings: &[String], claimed: &[bool]) -> Vec<String> {
    let known = reading.columns.iter().flat_map(|column| &column.headings);
    let known: Vec<(String, &String)> = known.map(|heading| (fold(heading), heading)).collect();
    headings
        .iter()
        .zip(claimed)
        .map(|(heading, claimed)| (heading.trim(), claimed))
        .filter(|(heading, claimed)| {
            !**claimed
                && !heading.is_empty()
                && !reading.ignore.iter().any(|pattern| matches(&fold(pattern), &fold(heading)))
        })
        .map(|(heading, _)| {
            let near = nearest(&fold(heading), known.iter().map(|(folded, _)| folded.as_str()));
            let near = near.and_then(|near| known.iter().find(|(folded, _)| folded == near));
            match near {
                Some((_, meant)) => format!("{} (did you mean `{meant}`?)", shown(heading)),
                None => shown(heading),
            }
        })
        .collect()
}
