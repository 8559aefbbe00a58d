//! The project's plans against the catalogue made from their texts (`cases/catalogue`): every row and
//! every column, each difference named with its reason, and every fact in its place.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use concordat::indicators::baseline::Baseline;
use concordat::indicators::target::{Goal, Path as Way, Target};
use concordat::indicators::{Asked, Better, Indicator};
use concordat::period::Grain;

use crate::catalogue::{Line, Readings, own, said, table, texts};

/// An amount as definitions write it, without what the unit adds.
fn amount(number: f64) -> String {
    number.to_string()
}

/// A target in short: what, from when, by when, when it was set, on which way, how near is near.
fn target(target: &Target) -> String {
    let goal = match &target.goal {
        Goal::AtMost(most) => format!("at most {}", amount(*most)),
        Goal::AtLeast(least) => format!("at least {}", amount(*least)),
        Goal::Between(least, most) => format!("{} to {}", amount(*least), amount(*most)),
        Goal::ReduceBy(share) => format!("reduce by {}", amount(*share)),
        Goal::IncreaseBy(share) => format!("increase by {}", amount(*share)),
        Goal::Never => "never".to_owned(),
        Goal::Direction => "direction".to_owned(),
        Goal::Monitor => "monitor".to_owned(),
        Goal::Milestone { .. } => "milestone".to_owned(),
        Goal::YearTotal { at_least, .. } => format!("{} in the year", amount(*at_least)),
    };
    let month = |word: &str, month: Option<_>| {
        month.map(|month: concordat::period::Month| format!("{word} {month}"))
    };
    let way = match &target.path {
        Way::None => None,
        Way::Straight => Some("straight".to_owned()),
        Way::Points(points) => Some(format!("{} points", points.len())),
    };
    let parts = [
        Some(goal),
        month("from", target.from),
        month("by", target.by),
        month("set", target.set),
        way,
        target.tolerance.map(|near| format!("near {}", amount(near))),
        target.allowance.map(|events| format!("allowing {events}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn baseline(baseline: &Baseline) -> String {
    match baseline {
        Baseline::Months { from, to } => format!("{from}/{to}"),
        Baseline::Value(value) => amount(*value),
    }
}

/// The month by which, or from which, a number is promised; nothing where none is.
fn dated(row: &Indicator) -> Option<String> {
    let number = |goal: &Goal| !matches!(goal, Goal::Direction | Goal::Monitor | Goal::Never);
    let last = row.targets.iter().rev().find(|target| number(&target.goal))?;
    last.by.or(last.from).map(|month| month.to_string())
}

/// What both tables say of one column, in the same words.
struct Cell {
    column: &'static str,
    theirs: Option<String>,
    ours: Option<String>,
}

fn cells(line: &Line, row: &Indicator, unit: Option<&str>) -> Vec<Cell> {
    let theirs = |name: &str| said(line, name).map(str::to_owned);
    let text = |text: &Option<String>| text.clone();
    let as_at = row.stated.as_at.map(|month| month.to_string());
    let date = theirs("stated_date_iso").map(|date| date[..date.len().min(7)].to_owned());
    // A year alone stands for a month of it, which the row's choices give.
    let length = date.as_ref().map_or(7, String::len);
    let better = match line["polarity"].split_whitespace().next() {
        Some("neutral" | "not") | None => "neither",
        Some(word) => word,
    };
    let frequency = match line["frequency"].as_str() {
        "quarterly" => "quarter",
        "annual (implied)" => "financial year",
        _ => "month",
    };
    let never = row.targets.iter().any(|target| target.goal == Goal::Never);
    let zero = row.targets.iter().any(|target| target.goal == Goal::AtMost(0.0));
    let never = match (never, zero, line["never_event"].as_str()) {
        (true, ..) => "yes",
        (false, true, "implied") => "implied",
        _ => "no",
    };
    let has_number = dated(row).is_some();
    let mut cells = vec![
        ("ref", theirs("ref"), Some(row.reference.clone())),
        ("title", theirs("title"), Some(row.title.clone())),
        ("owner", theirs("reporting_body"), text(&row.owner)),
        ("stated value", theirs("stated_value"), text(&row.stated.value)),
        ("stated rating", theirs("stated_rag"), text(&row.stated.rag)),
        ("stated as at", date, as_at.map(|month| month[..length].to_owned())),
        ("quote", theirs("exact_quote"), text(&row.stated.quote)),
        ("better", Some(better.to_owned()), Some(way(row.better).to_owned())),
        ("frequency", Some(frequency.to_owned()), Some(grain(row.grain).to_owned())),
        ("never event", theirs("never_event"), Some(never.to_owned())),
        ("target", theirs("target_read"), {
            let all: Vec<_> = row.targets.iter().map(target).collect();
            Some(all.join("; "))
        }),
        ("baseline", theirs("baseline_read"), row.baseline.as_ref().map(baseline)),
    ];
    if has_number {
        let by = theirs("target_date_iso").map(|day| day[..7].to_owned());
        cells.push(("date", by, dated(row)));
    }
    if let (Some(unit), Some(theirs)) = (unit, said(line, "unit")) {
        let kind = theirs.split_whitespace().next().unwrap_or_default();
        let kind = if kind == "percent" { "proportion" } else { kind };
        cells.push(("unit", Some(kind.to_owned()), Some(unit.to_owned())));
    }
    let cell = |(column, theirs, ours)| Cell { column, theirs, ours };
    cells.into_iter().map(cell).collect()
}

fn way(better: Better) -> &'static str {
    match better {
        Better::Lower => "lower",
        Better::Higher => "higher",
        Better::Neither => "neither",
    }
}

fn grain(grain: Grain) -> &'static str {
    match grain {
        Grain::Month => "month",
        Grain::Quarter => "quarter",
        Grain::FinancialYear => "financial year",
        other => panic!("no plan asks for {other:?}"),
    }
}

#[test]
fn every_column_of_every_row_is_the_catalogue_s_or_says_why_not() {
    let catalogue = own();
    let mut readings = Readings::of("indicators");
    let lines = table("indicators.csv");
    assert_eq!(lines.len(), 168);
    for line in &lines {
        let id = &line["indicator_id"];
        let mut rows = catalogue.plans.values().flat_map(|plan| &plan.indicators);
        let row = rows.find(|row| row.id == *id).unwrap_or_else(|| panic!("{id} is not defined"));
        let unit = match &row.asked {
            Asked::Measured { measure, .. } => Some(catalogue.measures[measure].unit.name()),
            Asked::NotReportable { .. } => None,
        };
        for Cell { column, theirs, ours } in cells(line, row, unit) {
            readings.compare(id, column, theirs.as_deref(), ours.as_deref());
        }
    }
    readings.finish();
}

/// Beside the printed rows stand only ours, whose ids say so.
#[test]
fn no_row_is_ours_without_a_suffix() {
    let printed: BTreeSet<String> =
        table("indicators.csv").into_iter().map(|line| line["indicator_id"].clone()).collect();
    for row in own().plans.values().flat_map(|plan| &plan.indicators) {
        if !printed.contains(&row.id) {
            let stem = row.id.splitn(3, '-').take(2).collect::<Vec<_>>().join("-");
            assert!(printed.contains(&stem) && row.id.len() > stem.len(), "{}", row.id);
            assert!(!row.choices.is_empty(), "{} does not say what it is", row.id);
        }
    }
}

#[test]
fn quotes_are_in_the_plan_s_own_words() {
    let Some(texts) = texts() else { return };
    let mut checked = 0;
    for (id, plan) in &own().plans {
        for row in &plan.indicators {
            let Some(quote) = &row.stated.quote else { continue };
            let quote = crate::catalogue::plain(quote);
            assert!(texts[id].contains(&quote), "not in the plan: {} {quote}", row.id);
            checked += 1;
        }
    }
    assert!(checked >= 168, "{checked} quotes");
}

/// Everything an indicator says in words, and its targets and baseline in short.
fn words(row: &Indicator) -> String {
    let mut words: Vec<String> = [&row.stated.value, &row.stated.quote, &row.stated.rag]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    words.extend(row.choices.iter().cloned());
    words.extend(row.rebases.iter().map(|rebase| format!("{} {}", rebase.from, rebase.why)));
    words.extend(row.targets.iter().map(target));
    words.extend(row.baseline.as_ref().map(baseline));
    if let Some((from, to)) = row.stated.months {
        words.push(format!("{from}/{to}"));
    }
    if let Asked::NotReportable { why, .. } = &row.asked {
        words.push(why.clone());
    }
    crate::catalogue::plain(&words.join(" | "))
}

/// Each fact that a plan states stands in the indicator or action it belongs to, or it is said why
/// it belongs to none.
#[test]
fn every_fact_has_its_place() {
    let catalogue = own();
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for plan in catalogue.plans.values() {
        said.extend(plan.indicators.iter().map(|row| (row.id.clone(), words(row))));
    }
    for register in catalogue.actions.values() {
        for row in &register.actions {
            let stated = [&row.due_stated, &row.status_stated, &row.evidence];
            let mut words: Vec<String> = stated.into_iter().flatten().cloned().collect();
            words.push(row.action.clone());
            words.extend(row.due.map(|day| day.to_string()));
            said.insert(format!("{} {}", register.plan, row.reference), words.join(" | "));
        }
    }
    let facts = table("facts.csv");
    assert_eq!(facts.len(), 77);
    for fact in &facts {
        let id = &fact["fact_id"];
        assert_ne!(fact["stands_in"].is_empty(), fact["why_not"].is_empty(), "{id}: one of them");
        for place in fact["stands_in"].split("; ").filter(|place| !place.is_empty()) {
            let words = said.get(place).unwrap_or_else(|| panic!("{id}: no `{place}`"));
            let wanted = crate::catalogue::plain(&fact["as"]);
            assert!(words.contains(&wanted), "{id}: `{wanted}` is not in {place}: {words}");
        }
    }
}

/// The copies carried here are the catalogue's own cells, where it lies beside the project.
#[test]
fn the_copies_are_the_catalogue_s() {
    for name in ["indicators.csv", "actions.csv", "facts.csv"] {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/plans").join(name);
        let Ok(mut reader) = csv::Reader::from_path(&path) else {
            crate::skipped("no ../shared/plans beside the project");
            return;
        };
        let theirs: Vec<Line> = reader.deserialize().map(Result::unwrap).collect();
        let copies = table(name);
        assert_eq!(copies.len(), theirs.len(), "{name}");
        for (copy, original) in copies.iter().zip(&theirs) {
            for (column, cell) in copy.iter().filter(|(column, _)| original.contains_key(*column)) {
                assert_eq!(*cell, original[column], "{name}, {column}");
            }
        }
    }
}
