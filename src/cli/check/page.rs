//! A feed on a page of its own, and each of its files on one.

use std::collections::{BTreeMap, BTreeSet};

use concordat::area::Areas;
use concordat::error::Error;
use concordat::feeds::Feed;
use concordat::feeds::drift::{Drift, Stage};
use concordat::feeds::form::Form;
use concordat::feeds::history::{Filled, completeness, new_codes};
use concordat::period::Period;
use concordat::quality::{FeedQuality, FileQuality, Revised};

use super::feed::{over_time, span, state, unread};
use super::rows;

/// The pages, one below the other.
pub(super) fn lines(
    quality: &FeedQuality,
    feed: Option<&Feed>,
    drifts: &[Drift],
    areas: &Areas,
) -> Result<Vec<String>, Error> {
    let mut lines = vec![format!("{}: {}", quality.feed, quality.title)];
    lines.push(format!("  {}", state(quality)));
    lines.extend(over_time(quality, feed, areas)?);
    if let Some(feed) = feed {
        lines.extend(filled(&completeness(feed)?));
    }
    lines.extend(drifts.iter().map(drift));
    let new = feed.map_or_else(|| Ok(BTreeMap::new()), new_codes)?;
    for (position, file) in quality.files.iter().enumerate() {
        lines.push(String::new());
        lines.extend(file_lines(file, new.get(&position)));
    }
    Ok(lines)
}

/// The share of rows with a value by year, of the columns that lack some.
fn filled(columns: &BTreeMap<String, BTreeMap<Period, Filled>>) -> Vec<String> {
    let years: BTreeSet<Period> =
        columns.values().flat_map(|years| years.keys().copied()).collect();
    let lacking = |years: &&BTreeMap<Period, Filled>| years.values().any(|(some, all)| some < all);
    let lacking: Vec<_> = columns.iter().filter(|(_, years)| lacking(years)).collect();
    let Some(width) = lacking.iter().map(|(name, _)| name.chars().count()).max() else {
        return vec!["  every column has a value in every row".to_owned()];
    };
    let title = "rows with a value";
    let width = width.max(title.len());
    let line = |name: &str, cell: &dyn Fn(&Period) -> String| {
        years
            .iter()
            .fold(format!("  {name:width$}"), |line, year| format!("{line}{:>9}", cell(year)))
    };
    let mut lines = vec![line(title, &|year: &Period| year.to_string())];
    for (name, of) in lacking {
        lines.push(line(name, &|year| of.get(year).map_or_else(|| "–".to_owned(), share)));
    }
    lines
}

/// In per cent, rounded down: 100% means every row.
fn share((some, all): &Filled) -> String {
    format!("{}%", some * 100 / (*all).max(1))
}

/// How the cells of a column looked from file to file.
fn drift(drift: &Drift) -> String {
    let number = drift.stages.len();
    let stages = drift.stages.iter().enumerate();
    let stages: Vec<String> =
        stages.map(|(at, one)| stage(one, at == 0, at + 1 == number)).collect();
    format!("  drift of types: {}: {}", drift.column, stages.join("; "))
}

fn stage(stage: &Stage, first: bool, last: bool) -> String {
    let form = |(form, cells): &(Form, u64)| match stage.forms.len() {
        1 => form.to_string(),
        _ => format!("{form} ({cells} of {})", stage.cells),
    };
    let forms: Vec<String> = stage.forms.iter().map(form).collect();
    let name = |file: &str| file.rsplit('/').next().unwrap_or(file).to_owned();
    let (from, to) = (name(&stage.first), name(&stage.last));
    let files = match (first, last) {
        (true, _) => format!("until {to}"),
        (false, true) => format!("since {from}"),
        (false, false) if from == to => format!("in {from}"),
        (false, false) => format!("from {from} to {to}"),
    };
    format!("{} {files}", forms.join(" and "))
}

fn file_lines(file: &FileQuality, new: Option<&BTreeMap<String, BTreeSet<String>>>) -> Vec<String> {
    let came = file.delivered.map_or(String::new(), |delivered| {
        let status = if delivered.provisional { ", provisional" } else { "" };
        format!("; came {}{status}", delivered.day)
    });
    let mut lines = vec![
        file.file.clone(),
        format!(
            "  {} rows read, {} used, {} set aside{came}",
            file.rows_read,
            file.rows_used,
            file.rows_set_aside()
        ),
    ];
    lines.extend(span(&file.months).map(|months| format!("  months: {months}")));
    lines.extend(rows::lines(std::slice::from_ref(file)));
    for (column, codes) in new.into_iter().flatten() {
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        lines.push(format!("  not met before: {column} {}", codes.join(", ")));
    }
    let change = |one: &Revised| match one.filled {
        0 => format!("{} {}", one.column, one.rows),
        filled => format!("{} {} (of which {filled} had no value)", one.column, one.rows),
    };
    let changes: Vec<String> = file.revised.iter().map(change).collect();
    if !changes.is_empty() {
        lines.push(format!("  changed in rows of earlier files: {}", changes.join(", ")));
    }
    lines.extend(unread(file));
    lines
}
