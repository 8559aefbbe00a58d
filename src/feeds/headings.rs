//! Headings of a file to the columns of a contract.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::fault::Fault;
use super::reading::{Gather, PeriodPlace, Reading, Repeat, Source};
use super::table::Headings;
use super::texts::{fold, matches, shown};
use super::written::Written;
use crate::error::nearest;

/// Where the cells of a column are found in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pick {
    /// In a field.
    Field(usize),
    /// In several fields, put together.
    Join(Vec<usize>),
    /// In the heading gathered: the group of the pattern.
    Name(usize),
    /// In the cell under the heading gathered.
    Value,
}

/// A heading whose cells become rows of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gathered {
    /// Its field.
    pub(crate) field: usize,
    groups: Vec<String>,
    written: Written,
}

impl Gathered {
    /// What a group of the pattern says, and what the heading was entered as.
    pub(crate) fn name(&self, group: usize) -> (&str, Written) {
        (self.groups.get(group).map_or("", String::as_str), self.written)
    }
}

/// Which field of a row belongs to which column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claims {
    /// Where each column is found, in the contract's order; `None` when no heading claims it.
    pub(crate) columns: Vec<Option<Pick>>,
    /// Where the parts of the period are found.
    pub(crate) period: Vec<Pick>,
    /// The headings gathered, where the contract gathers any.
    pub(crate) gathered: Option<Vec<Gathered>>,
    /// Headings no column claims, with a suggestion where one is near.
    pub(crate) unknown: Vec<String>,
    /// What keeps the file from being read.
    pub(crate) problems: Vec<Fault>,
    /// Every column that cannot be done without is found.
    pub(crate) complete: bool,
}

/// Finds the field of every column; `needed` names those without which nothing can be read.
pub(crate) fn claim(reading: &Reading, needed: &[&str], headings: &Headings) -> Claims {
    let mut search = Search {
        headings: &headings.texts,
        line: headings.line,
        gather: reading.gather.as_ref(),
        fields: BTreeMap::new(),
        claimed: vec![false; headings.texts.len()],
        problems: Vec::new(),
        complete: true,
    };
    for (field, heading) in headings.texts.iter().enumerate() {
        search.fields.entry(fold(heading)).or_default().push(field);
    }
    let columns = reading.columns.iter().map(|column| {
        let needed = needed.contains(&column.name.as_str());
        search.column(column, needed)
    });
    let columns = columns.collect();
    let place = reading.period.as_ref().map(|period| &period.place);
    let period = place.into_iter().flat_map(PeriodPlace::headings);
    let period = period.filter_map(|heading| search.of_period(heading)).collect();
    let gathered = reading.gather.as_ref().map(|gather| search.gathered(gather, headings));
    let unknown = unknown(reading, &headings.texts, &search.claimed);
    let (problems, complete) = (search.problems, search.complete);
    Claims { columns, period, gathered, unknown, problems, complete }
}

struct Search<'a> {
    headings: &'a [String],
    line: usize,
    gather: Option<&'a Gather>,
    /// Fields by folded heading.
    fields: BTreeMap<String, Vec<usize>>,
    claimed: Vec<bool>,
    problems: Vec<Fault>,
    complete: bool,
}

impl Search<'_> {
    fn column(&mut self, column: &Source, needed: bool) -> Option<Pick> {
        let what = format!("column `{}`", column.name);
        if !column.join.is_empty() {
            return self.joined(&column.join, &what, needed);
        }
        if let Some(pick) = self.made(&column.headings) {
            return Some(pick);
        }
        match column.at {
            Some(field) => self.at(field, &column.headings, &what, needed).map(Pick::Field),
            None => self.find(&column.headings, column.repeat, &what, needed).map(Pick::Field),
        }
    }

    fn of_period(&mut self, heading: &String) -> Option<Pick> {
        let names = std::slice::from_ref(heading);
        self.made(names).or_else(|| self.find(names, None, "the period", true).map(Pick::Field))
    }

    /// A column that gathering makes.
    fn made(&self, names: &[String]) -> Option<Pick> {
        let gather = self.gather?;
        let is = |made: &String| names.iter().any(|name| fold(name) == fold(made));
        let group = gather.names.iter().position(is).map(Pick::Name);
        group.or_else(|| is(&gather.values).then_some(Pick::Value))
    }

    /// Several headings that are put together: all of them, or none.
    fn joined(&mut self, names: &[String], what: &str, needed: bool) -> Option<Pick> {
        let any = names.iter().any(|name| self.fields.contains_key(&fold(name)));
        let find = |name| self.find(std::slice::from_ref(name), None, what, needed || any);
        let fields: Vec<Option<usize>> = names.iter().map(find).collect();
        fields.into_iter().collect::<Option<Vec<usize>>>().map(Pick::Join)
    }

    /// The field at a place, which must carry one of the headings where any are named.
    fn at(&mut self, field: usize, names: &[String], what: &str, needed: bool) -> Option<usize> {
        let heading = self.headings.get(field);
        let is = heading.is_some_and(|heading| {
            names.is_empty() || names.iter().any(|name| fold(name) == fold(heading))
        });
        if is {
            self.claim(field);
            return Some(field);
        }
        self.complete &= !needed;
        let place = field + 1;
        let problem = match heading {
            Some(heading) => {
                let heading = shown(heading);
                format!("field {place} is not {what}: its heading is `{heading}`")
            }
            None if needed => format!("no field {place} for {what}"),
            None => return None,
        };
        self.problem(problem, "the columns have moved: mend `at` in the contract, or take it out");
        None
    }

    /// The field that stands under one of some names.
    fn find(
        &mut self,
        names: &[String],
        repeat: Option<Repeat>,
        what: &str,
        needed: bool,
    ) -> Option<usize> {
        let found: BTreeSet<usize> = names
            .iter()
            .filter_map(|name| self.fields.get(&fold(name)))
            .flatten()
            .copied()
            .collect();
        for field in &found {
            self.claim(*field);
        }
        let found: Vec<usize> = found.into_iter().collect();
        let text = |field: usize| self.headings.get(field).map(String::as_str).unwrap_or_default();
        let same =
            |field: &usize| found.first().is_some_and(|at| fold(text(*field)) == fold(text(*at)));
        if let [first, second, ..] = *found.as_slice() {
            match repeat.filter(|_| found.iter().all(same)) {
                Some(Repeat::First) => return Some(first),
                Some(Repeat::Last) => return found.last().copied(),
                None => {}
            }
            let heading = text(first);
            let (first, second) = (first + 1, second + 1);
            let problem = format!(
                "two headings for {what}: fields {first} and {second} (`{}`)",
                shown(heading)
            );
            self.problem(
                problem,
                "say which in the contract: `repeat = \"first\"` or \"last\" where they are the \
                 same, else take one of the headings out",
            );
        }
        if found.is_empty() && needed {
            self.complete = false;
            let near = self
                .near(names)
                .map_or_else(String::new, |heading| format!(" (there is `{}`)", shown(heading)));
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let problem = format!("no heading {} for {what}{near}", names.join(" or "));
            let help = self.missing();
            self.problem(problem, help);
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

    /// The headings that match the pattern and belong to no column.
    fn gathered(&mut self, gather: &Gather, headings: &Headings) -> Vec<Gathered> {
        let Ok(regex) = Regex::new(&gather.headings) else { return Vec::new() };
        let mut gathered = Vec::new();
        for (field, heading) in self.headings.iter().enumerate() {
            let free = !heading.is_empty() && self.claimed.get(field) == Some(&false);
            let Some(found) = regex.captures(heading).filter(|_| free) else { continue };
            let group = |at: usize| found.get(at).map_or("", |group| group.as_str()).to_owned();
            let (groups, written) = match regex.captures_len() {
                1 => (vec![heading.clone()], headings.written.get(field).copied()),
                groups => ((1..groups).map(group).collect(), None),
            };
            self.claim(field);
            gathered.push(Gathered { field, groups, written: written.unwrap_or_default() });
        }
        if gathered.is_empty() {
            self.complete = false;
            let problem = format!("no heading to gather: none matches `{}`", gather.headings);
            self.problem(problem, "mend `headings` of [gather], or ask for the delivery again");
        }
        gathered
    }

    fn claim(&mut self, field: usize) {
        if let Some(claimed) = self.claimed.get_mut(field) {
            *claimed = true;
        }
    }

    fn problem(&mut self, problem: String, help: &str) {
        self.problems.push(Fault::new(problem).on_line(self.line).help(help));
    }

    fn near(&self, names: &[String]) -> Option<&str> {
        let folded = || self.fields.keys().map(String::as_str);
        let near = names.iter().find_map(|name| nearest(&fold(name), folded()))?;
        let field = self.fields.get(near)?.first()?;
        self.headings.get(*field).map(String::as_str)
    }
}

fn unknown(reading: &Reading, headings: &[String], claimed: &[bool]) -> Vec<String> {
    let known =
        reading.columns.iter().flat_map(|column| column.headings.iter().chain(&column.join));
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
            let near = near.filter(|near| *near != fold(heading));
            let near = near.and_then(|near| known.iter().find(|(folded, _)| folded == near));
            match near {
                Some((_, meant)) => format!("{} (did you mean `{meant}`?)", shown(heading)),
                None => shown(heading),
            }
        })
        .collect()
}
