//! XmR limits, signals and assurance against NHSRplotthedots 0.2.2, point by point.
//!
//! What lies outside the statistics layer is done here as the reference does it: sorting by date,
//! splitting at rebases, naming by the wanted direction, counting.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use concordat::statistics::assurance::{Assurance, assurance};
use concordat::statistics::limits::Limits;
use concordat::statistics::limits::xmr::{Options, xmr};
use concordat::statistics::signals::{Rules, Side, Signal, labels, signals};

use super::{Row, Table, agree_if_there, own, reference};

#[test]
fn a_sample_of_every_family_agrees() {
    assert_eq!(compare(&own("nhsr")), 31);
}

#[test]
fn all_reference_cases_agree() {
    if let Some(folder) = reference() {
        assert_eq!(compare(&folder), 1454);
    }
}

/// Compares every case of a folder; returns how many there were.
fn compare(folder: &Path) -> usize {
    let read = |name: &str| Table::read(&folder.join(name));
    let (input, cases) = (read("input.csv"), read("cases.csv"));
    let (points, series) = (read("expected_nhsr_points.csv"), read("expected_nhsr_series.csv"));
    let inputs = by(&input, "series_id");
    let points = by(&points, "case_id");
    let series = by(&series, "case_id");
    let mut differing = BTreeSet::new();
    for case in cases.rows() {
        let id = case.text("case_id");
        let mut differences = Vec::new();
        let groups = groups(case, &inputs[case.text("series_id")]);
        let all: Vec<Group> = groups.iter().map(|group| Group::of(case, group)).collect();
        let expected = &points[id];
        let count: usize = all.iter().map(|group| group.values.len()).sum();
        assert_eq!(count, expected.len(), "{id}: number of points");
        let mut at = 0;
        for group in &all {
            for position in 0..group.values.len() {
                differences.extend(group.point_differs(position, expected[at]));
                at += 1;
            }
        }
        let expected = &series[id];
        assert_eq!(all.len(), expected.len(), "{id}: number of phases");
        for (position, (group, row)) in all.iter().zip(expected).enumerate() {
            let last = position + 1 == all.len();
            differences.extend(group.summary_differs(last, *row));
        }
        if !differences.is_empty() {
            differing.insert(format!("{id}: {}", differences.join("; ")));
        }
    }
    let shown: Vec<&String> = differing.iter().take(20).collect();
    assert!(differing.is_empty(), "{} cases differ: {shown:#?}", differing.len());
    cases.rows.len()
}

fn by<'a>(table: &'a Table, heading: &str) -> BTreeMap<&'a str, Vec<Row<'a>>> {
    let mut found: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
    for row in table.rows() {
        found.entry(row.text(heading)).or_default().push(row);
    }
    found
}

/// The values of each phase: a new one begins where a date is a rebase date.
fn groups(case: Row, rows: &[Row]) -> Vec<(usize, Vec<Option<f64>>)> {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|row| row.text("date"));
    let rebases: BTreeSet<&str> = case.text("rebase").split(';').collect();
    let mut groups: Vec<(usize, Vec<Option<f64>>)> = Vec::new();
    let mut number = 0;
    for row in rows {
        number += usize::from(rebases.contains(row.text("date")));
        match groups.last_mut() {
            Some((same, values)) if *same == number => values.push(row.number("value")),
            _ => groups.push((number, vec![row.number("value")])),
        }
    }
    groups
}

struct Group<'a> {
    case: Row<'a>,
    number: usize,
    values: Vec<Option<f64>>,
    limits: Option<Limits>,
    found: Vec<Vec<Signal>>,
    labels: Vec<Option<Signal>>,
}

impl<'a> Group<'a> {
    #[expect(clippy::unwrap_used, reason = "a test stops at a cell it cannot read")]
    fn of(case: Row<'a>, (number, values): &(usize, Vec<Option<f64>>)) -> Self {
        let fix = case.text("fix_after_n_points");
        let baseline_points = (!fix.is_empty()).then(|| fix.parse().unwrap());
        let screen = case.text("screen_outliers") == "TRUE";
        let limits = xmr(values, Options { screen, baseline_points });
        let found = limits.map_or_else(
            || vec![Vec::new(); values.len()],
            |limits| signals(values, &limits, Rules::default()),
        );
        let labels = labels(values, &found);
        Self { case, number: *number, values: values.clone(), limits, found, labels }
    }

    fn point_differs(&self, at: usize, row: Row) -> Vec<String> {
        let (value, lines) = (self.values[at], self.limits.and_then(|limits| limits.lines));
        let side = value.zip(self.limits).map(|(value, limits)| Side::of(value - limits.mean));
        let outside = self.found[at].iter().any(|signal| matches!(signal, Signal::Outside(_)));
        let near = value.zip(lines).map(|(value, lines)| {
            !outside && (value < lines.near_lower || value > lines.near_upper)
        });
        let label = self.labels[at];
        let texts = [
            ("rebase_group", self.number.to_string()),
            ("n_mr_screened", self.limits.map_or(0, |limits| limits.screened).to_string()),
            ("outside_limits", logical(value.zip(lines).map(|_| outside))),
            ("close_to_limits", logical(near)),
            ("relative_to_mean", side.map_or("NA", relative).to_owned()),
            ("special_cause_type", name(label).to_owned()),
            ("special_cause_flag", logical(Some(label.is_some()))),
            ("point_type", kind(label, self.case)),
        ];
        let numbers = [
            ("mean", self.limits.map(|limits| limits.mean)),
            ("amr", self.limits.and_then(|limits| limits.average_moving_range)),
            ("lpl", lines.map(|lines| lines.lower)),
            ("upl", lines.map(|lines| lines.upper)),
            ("nlpl", lines.map(|lines| lines.near_lower)),
            ("nupl", lines.map(|lines| lines.near_upper)),
        ];
        differences(&texts, &numbers, row)
    }

    fn summary_differs(&self, last: bool, row: Row) -> Vec<String> {
        let lines = self.limits.and_then(|limits| limits.lines);
        let kinds: Vec<String> = self.labels.iter().map(|label| kind(*label, self.case)).collect();
        let count = |wanted: &str| kinds.iter().filter(|kind| *kind == wanted).count().to_string();
        let texts = [
            ("status", "ok".to_owned()),
            ("rebase_group", self.number.to_string()),
            ("n", self.values.len().to_string()),
            ("common_cause", count("common_cause")),
            ("special_cause_improvement", count("special_cause_improvement")),
            ("special_cause_concern", count("special_cause_concern")),
            ("variation_type", kinds.last().cloned().unwrap_or_default()),
            ("assurance_type", if last { self.assured() } else { "NA" }.to_owned()),
        ];
        let numbers = [
            ("mean", self.limits.map(|limits| limits.mean)),
            ("lpl", lines.map(|lines| lines.lower)),
            ("upl", lines.map(|lines| lines.upper)),
        ];
        differences(&texts, &numbers, row)
    }

    fn assured(&self) -> &'static str {
        let good = match self.case.text("improvement_direction") {
            "increase" => Side::High,
            "decrease" => Side::Low,
            _ => return "NA",
        };
        let Some(target) = self.case.number("target") else { return "NA" };
        match self.limits.map(|limits| assurance(&limits, target, good)) {
            Some(Assurance::Pass) => "consistent_pass",
            Some(Assurance::Fail) => "consistent_fail",
            Some(Assurance::HitOrMiss) | None => "inconsistent",
        }
    }
}

fn differences(texts: &[(&str, String)], numbers: &[(&str, Option<f64>)], row: Row) -> Vec<String> {
    let texts = texts
        .iter()
        .filter(|(heading, ours)| row.text(heading) != ours)
        .map(|(heading, ours)| format!("{heading} {ours}, expected {}", row.text(heading)));
    let numbers = numbers
        .iter()
        .filter(|(heading, ours)| !agree_if_there(*ours, row.number(heading)))
        .map(|(heading, ours)| format!("{heading} {ours:?}, expected {}", row.text(heading)));
    texts.chain(numbers).collect()
}

fn logical(value: Option<bool>) -> String {
    match value {
        Some(true) => "TRUE",
        Some(false) => "FALSE",
        None => "NA",
    }
    .to_owned()
}

fn relative(side: Option<Side>) -> &'static str {
    match side {
        Some(Side::High) => "1",
        Some(Side::Low) => "-1",
        None => "0",
    }
}

fn name(label: Option<Signal>) -> &'static str {
    match label {
        None => "Common Cause",
        Some(Signal::Outside(Side::High)) => "Above UCL",
        Some(Signal::Outside(Side::Low)) => "Below LCL",
        Some(Signal::Trend(Side::High)) => "7 Point Trend (Increasing)",
        Some(Signal::Trend(Side::Low)) => "7 Point Trend (Decreasing)",
        Some(Signal::TwoInThree(Side::High)) => "2 in 3 Above CL",
        Some(Signal::TwoInThree(Side::Low)) => "2 in 3 Below CL",
        Some(Signal::Shift(Side::High)) => "7 Points Above CL",
        Some(Signal::Shift(Side::Low)) => "7 Points Below CL",
    }
}

fn kind(label: Option<Signal>, case: Row) -> String {
    let Some(side) = label.map(Signal::side) else { return "common_cause".to_owned() };
    match (case.text("improvement_direction"), side) {
        ("increase", Side::High) | ("decrease", Side::Low) => "special_cause_improvement",
        ("increase" | "decrease", _) => "special_cause_concern",
        (_, Side::High) => "special_cause_neutral_high",
        (_, Side::Low) => "special_cause_neutral_low",
    }
    .to_owned()
}
