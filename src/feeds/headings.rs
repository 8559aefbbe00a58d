//! Headings of a file to the columns of a contract.

use std::collections::BTreeMap;

use super::reading::Reading;
use super::texts::{fold, matches, shown};
use crate::error::nearest;

/// Which field of a row belongs to which column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Claims {
    /// Field of each column, in the contract's order; `None` when no heading claims it.
    pub(crate) columns: Vec<Option<usize>>,
    /// Fields of the year and, for months, of the month.
    pub(crate) period: Vec<usize>,
    /// Headings no column claims, with a suggestion where one is near.
    pub(crate) unknown: Vec<String>,
    /// What keeps the file from being read, as sentences.
    pub(crate) problems: Vec<String>,
}

/// Finds the field of every column; `needed` names those without which nothing can be read.
pub(crate) fn claim(reading: &Reading, needed: &[&str], headings: &[String]) -> Claims {
    let mut fields: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (field, heading) in headings.iter().enumerate() {
        fields.entry(fold(heading)).or_default().push(field);
    }
    let mut claims = Claims::default();
    let mut claimed = vec![false; headings.len()];
    for column in &reading.columns {
        let what = format!("column `{}`", column.name);
        let needed = needed.contains(&column.name.as_str());
        let field = find(&fields, &column.headings, &what, needed, headings, &mut claims.problems);
        claims.columns.push(field);
        mark(&mut claimed, field);
    }
    let period = reading.period.as_ref().map(|period| period.place.headings());
    for heading in period.into_iter().flatten() {
        let names = std::slice::from_ref(heading);
        let field = find(&fields, names, "the period", true, headings, &mut claims.problems);
        claims.period.extend(field);
        mark(&mut claimed, field);
    }
    claims.unknown = unknown(reading, headings, &claimed);
    claims
}

fn mark(claimed: &mut [bool], field: Option<usize>) {
    if let Some(claimed) = field.and_then(|field| claimed.get_mut(field)) {
        *claimed = true;
    }
}

fn find(
    fields: &BTreeMap<String, Vec<usize>>,
    names: &[String],
    what: &str,
    needed: bool,
    headings: &[String],
    problems: &mut Vec<String>,
) -> Option<usize> {
    let found: Vec<usize> =
        names.iter().filter_map(|name| fields.get(&fold(name))).flatten().copied().collect();
    match *found.as_slice() {
        [] if needed => {
            let folded: Vec<&str> = fields.keys().map(String::as_str).collect();
            let near = names.iter().find_map(|name| nearest(&fold(name), folded.iter().copied()));
            let near = near
                .and_then(|near| fields.get(near)?.first())
                .and_then(|field| headings.get(*field))
                .map_or_else(String::new, |heading| {
                    format!(" (there is `{}`: add it to the contract?)", shown(heading.trim()))
                });
            let names = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>();
            problems.push(format!("no heading {} for {what}{near}", names.join(" or ")));
            None
        }
        [] => None,
        [field] => Some(field),
        [first, second, ..] => {
            let heading = headings.get(first).map(|heading| heading.trim()).unwrap_or_default();
            problems.push(format!(
                "two headings for {what}: fields {} and {} (`{}`)",
                first + 1,
                second + 1,
                shown(heading)
            ));
            Some(first)
        }
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
