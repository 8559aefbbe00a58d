//! One reconciliation, explained: the rows that each side counts step by step, how records are paired,
//! and every record of a month with what became of it.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::NaiveDate;

use super::text::{table, wrapped};
use super::{days_of, rows};
use crate::assess::Part;
use crate::disclosure::released::Released;
use crate::disclosure::{self, Profile, Subject};
use crate::error::Error;
use crate::indicators::Plan;
use crate::indicators::reconciliation::{Key, Reconciliation};
use crate::judgement::reconciled::Reconciled;
use crate::measures::matching::Record;
use crate::measures::trace::trace;
use crate::period::Month;
use crate::reconcile::{Met, State};
use crate::wording::{self, many, reconciliation as say};
use crate::workspace::{Opened, Workspace};

/// Explains a reconciliation for a plan's area as at a month, as plain text.
///
/// Its rows and records are those of the latest month that is summed up, else of the latest there is. A
/// record is named by file and line, never by its key, which may be a person.
pub(super) fn explain(
    workspace: &Workspace,
    opened: &Opened,
    plan: &Plan,
    asked: &Reconciliation,
    as_at: Month,
) -> Result<String, Error> {
    let id = &asked.id;
    let nothing = || {
        let said = format!("`{id}` compares nothing for `{}`: a side has no feed or rows", plan.id);
        let help = "`concordat check` says which feeds are there, and of which months";
        Error::run(asked.place.clone(), said).help(help)
    };
    let sides = workspace.sides(opened, asked, &plan.area, as_at).ok_or_else(nothing)?;
    let found = workspace.reconcile_one(opened, asked, &plan.area, as_at)?;
    let (reconciled, records) = found.ok_or_else(nothing)?;
    let summed: Vec<Month> = reconciled.latest().iter().map(|month| month.month).collect();
    let latest = reconciled.months.last().map(|month| month.month);
    let month = summed.last().copied().or(latest).ok_or_else(nothing)?;

    let window = if summed.is_empty() { vec![month] } else { summed };
    let released = inside(workspace, opened, plan, &reconciled, as_at);
    let mut out = head(plan, asked, &released);
    for (part, side) in sides.iter().zip(&asked.sides) {
        let counts = trace(&part.plan, part.feed, &part.request, Some(month.period()))?;
        let days = days_of(&part.plan, month.period());
        let of = format!(
            "`{}` for `{}`, counted by {}{days}",
            part.feed.contract.id, side.measure, side.by
        );
        rows(&mut out, &of, &counts);
    }
    out += &files(&sides, asked);
    if let Some(key) = &asked.key {
        out += &rules(asked, key);
        out += &states(&records, asked, &window);
        out += &apart(&records, &window);
        for side in 0..asked.sides.len() {
            out += &of_month(&records, side, month, &sides, asked);
        }
    }
    out += &months(&released);
    Ok(out)
}

/// What the people inside are told of it in the pack.
fn inside(
    workspace: &Workspace,
    opened: &Opened,
    plan: &Plan,
    reconciled: &Reconciled,
    as_at: Month,
) -> Released {
    let subject = Subject {
        plan,
        measures: &workspace.catalogue.measures,
        areas: &workspace.areas,
        findings: &[],
        rows: &BTreeMap::new(),
        actions: &[],
        reconciled: std::slice::from_ref(reconciled),
        feeds: &opened.quality,
        notes: None,
        as_at,
    };
    disclosure::release(&subject, Profile::Internal)
}

fn head(plan: &Plan, asked: &Reconciliation, released: &Released) -> String {
    let mut out = wrapped(&format!("{}/{}  ", plan.id, asked.id), &asked.title) + "\n";
    let month = wording::month(released.as_at);
    let _ = writeln!(out, "{} ({}), as at {month}", plan.title, plan.area);
    for one in &released.reconciliations {
        let _ = writeln!(out, "{}", wrapped("", &say::summary(one)));
        let _ = writeln!(out, "{}", wrapped("", &say::method(one)));
    }
    let _ = writeln!(out, "{}", wrapped("", &format!("Asked for by: {}", asked.source)));
    out
}

/// The files of each side.
fn files(sides: &[Part<'_>], asked: &Reconciliation) -> String {
    let lines = sides.iter().zip(&asked.sides).flat_map(|(part, side)| {
        let files = part.feed.quality.files.iter();
        files.map(|file| vec![file.file.clone(), file.rows_used.to_string(), side.by.clone()])
    });
    "\nFiles\n".to_owned() + &table(&["file", "rows used", "of"], &lines.collect::<Vec<_>>())
}

/// How two records come to be a pair.
fn rules(asked: &Reconciliation, key: &Key) -> String {
    let [first, other] = asked.sides.as_slice() else { return String::new() };
    let near = match key.days {
        0 => "They are of the same day.".to_owned(),
        days => {
            let days = many(usize::try_from(days).unwrap_or(0), "day");
            format!("They lie no more than {days} apart, counted from day to day.")
        }
    };
    let column = &key.column;
    let rules = [
        format!("Two records have the same text in `{column}`; one without it is in no pair."),
        near,
        "Each record is in one pair at most. Of one key the earliest two that lie near enough are a \
         pair, then the next: no other way gives more pairs."
            .to_owned(),
        format!(
            "A pair is of the month of {}'s record; any other record is of its own month.",
            first.by
        ),
        format!(
            "A record alone is only with {} or {} where the other reported every month in which its \
             partner may lie, with no record undecided; otherwise it cannot be told.",
            first.by, other.by
        ),
    ];
    let mut out = "\nHow records are paired\n".to_owned();
    for (at, rule) in rules.iter().enumerate() {
        let _ = writeln!(out, "{}", wrapped(&format!("  {} ", at + 1), rule));
    }
    out
}

/// How many records of each side there are of each state, and their sum: what each side counts.
fn states(records: &[Met], asked: &Reconciliation, of: &[Month]) -> String {
    type Is = fn(&State) -> bool;
    let wanted: [(&str, Is); 5] = [
        ("in a pair", |state| matches!(state, State::Paired(_))),
        ("only here", |state| *state == State::Only),
        ("cannot be told", |state| *state == State::Untold),
        ("without a key", |state| *state == State::WithoutKey),
        ("counted", |_| true),
    ];
    let number = |is: Is, side: usize| {
        let own = records.iter().filter(|one| one.side == side && of.contains(&one.month));
        own.filter(|one| is(&one.state)).count().to_string()
    };
    let row = |(name, is): &(&str, Is)| {
        let mut row = vec![(*name).to_owned()];
        row.extend((0..asked.sides.len()).map(|side| number(*is, side)));
        row.push(String::new());
        row
    };
    let mut headings = vec!["by each record's own month"];
    headings.extend(asked.sides.iter().map(|side| side.by.as_str()));
    headings.push("");
    let rows: Vec<Vec<String>> = wanted.iter().map(row).collect();
    format!("\nRecords, {}\n{}", span(of), table(&headings, &rows))
}

/// `February 2019`, or the first and the last of several months and their number.
fn span(months: &[Month]) -> String {
    match months {
        [one] => wording::month(*one),
        [first, .., last] => {
            let number = months.len();
            format!("{} to {}: {number} months", wording::month(*first), wording::month(*last))
        }
        [] => String::new(),
    }
}

/// How far the records of the pairs lie from each other.
fn apart(records: &[Met], summed: &[Month]) -> String {
    let mut found: BTreeMap<i32, u64> = BTreeMap::new();
    for one in records.iter().filter(|one| one.side == 0 && summed.contains(&one.month)) {
        if let State::Paired(partner) = &one.state {
            *found.entry(partner.day - one.record.day).or_default() += 1;
        }
    }
    let row = |(days, pairs): (&i32, &u64)| vec![later(*days), pairs.to_string(), String::new()];
    let rows: Vec<Vec<String>> = found.iter().map(row).collect();
    if rows.is_empty() {
        return String::new();
    }
    "\nPairs of these months\n".to_owned() + &table(&["the other record is", "pairs", ""], &rows)
}

/// `of the same day`, `1 day later`, `2 days earlier`.
fn later(days: i32) -> String {
    let number = many(usize::try_from(days.unsigned_abs()).unwrap_or(0), "day");
    match days {
        0 => "of the same day".to_owned(),
        1.. => format!("{number} later"),
        _ => format!("{number} earlier"),
    }
}

/// Every record of one side in a month, in order of day.
fn of_month(
    records: &[Met],
    side: usize,
    month: Month,
    sides: &[Part<'_>],
    asked: &Reconciliation,
) -> String {
    let mut own: Vec<&Met> =
        records.iter().filter(|one| one.side == side && one.month == month).collect();
    own.sort_by_key(|one| (one.record.day, one.record.file, one.record.line));
    let row = |one: &&Met| {
        let became = match &one.state {
            State::Paired(partner) => {
                let at = place(partner, sides, 1 - side);
                format!("pair with {at}, {}", later(partner.day - one.record.day))
            }
            State::Only => "only here".to_owned(),
            State::Untold => "cannot be told".to_owned(),
            State::WithoutKey => "without a key".to_owned(),
        };
        vec![place(&one.record, sides, side), day(one.record.day), became]
    };
    let rows: Vec<Vec<String>> = own.iter().map(row).collect();
    let by = asked.sides.get(side).map_or("", |side| side.by.as_str());
    let title = format!("\nRecords of {}, by {by}\n", wording::month(month));
    if rows.is_empty() {
        title + "  none\n"
    } else {
        title + &table(&["file and line", "day", "what became of it"], &rows)
    }
}

/// `2018.csv:41`: the file's own name, since its feed is named above.
fn place(record: &Record, sides: &[Part<'_>], side: usize) -> String {
    let files = sides.get(side).map(|part| part.feed.quality.files.as_slice());
    let file = files.and_then(|files| files.get(record.file)).map_or("", |file| file.file.as_str());
    format!("{}:{}", file.rsplit('/').next().unwrap_or(file), record.line)
}

fn day(day: i32) -> String {
    NaiveDate::from_epoch_days(day).map_or_else(String::new, |day| day.to_string())
}

/// Each month's counts and who reported.
fn months(released: &Released) -> String {
    let mut out = String::new();
    for one in &released.reconciliations {
        let mut headings = vec!["month"];
        headings.extend(one.sides.iter().map(|side| side.by.as_str()));
        headings.push("coverage");
        let row = |month: &crate::disclosure::released::reconciliation::Compared| {
            let mut row = vec![wording::month(month.month)];
            let count = |side: &crate::disclosure::released::reconciliation::Counted| {
                side.counted.map_or_else(|| "–".to_owned(), wording::count)
            };
            row.extend(month.counts.iter().map(count));
            row.push(say::reported(one, month));
            row
        };
        let rows: Vec<Vec<String>> = one.months.iter().map(row).collect();
        let _ = write!(out, "\nMonths\n{}", table(&headings, &rows));
    }
    out
}
