//! The charts of `concordat stats qic` against qicharts2 0.8.1, cell by cell. No cell differs;
//! `cases/statistics/qic/DIFFERENCES.md` says where we answer what the reference does not, or the
//! other way round, and `hand.rs` shows each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use concordat::stats::Answer;
use concordat::stats::qic::{Settings, qic};

mod bad;
mod hand;
mod properties;

use super::{Row, Table, agree_if_there, own, reference};

#[test]
fn a_sample_of_every_chart_and_family_agrees() {
    assert_eq!(compare(&own("qic")), 65);
}

#[test]
fn all_reference_cases_agree() {
    if let Some(folder) = reference() {
        assert_eq!(compare(&folder), 756);
    }
}

/// Columns that hold numbers; the others are compared as they are written.
const NUMBERS: [&str; 8] = ["x", "y", "n", "cl", "lcl", "lcl_95", "ucl_95", "ucl"];

/// Compares every case of a folder with its answer; returns how many there were.
fn compare(folder: &Path) -> usize {
    let (cases, input) = (folder.join("qic_cases.csv"), folder.join("qic_input.csv"));
    let answer = qic(&input, Some(&cases), &Settings::default()).unwrap();
    let ours = points(&answer);
    let expected = Table::read(&folder.join("expected_qic.csv"));
    assert_eq!(ours.headings, expected.headings);
    let status = Table::read(&folder.join("expected_qic_status.csv"));
    let (ours, expected) = (by_case(&ours), by_case(&expected));
    let mut differing = BTreeSet::new();
    let mut rows = 0;
    for case in status.rows() {
        let id = case.text("case_id");
        let problem =
            answer.problems.iter().any(|error| error.problem.contains(&format!("`{id}`")));
        if problem != case.text("status").starts_with("error") {
            differing.insert(format!("{id}: {}", case.text("status")));
        }
        let empty = Vec::new();
        let (ours, expected) = (ours.get(id).unwrap_or(&empty), expected.get(id).unwrap_or(&empty));
        rows += expected.len();
        if ours.len() != expected.len() {
            differing.insert(format!("{id}: {} points, expected {}", ours.len(), expected.len()));
        }
        for (ours, expected) in ours.iter().zip(expected) {
            for heading in &expected.table.headings {
                if !same(heading, *ours, *expected) {
                    let (x, theirs) = (expected.text("x"), expected.text(heading));
                    let ours = ours.text(heading);
                    differing.insert(format!("{id} at {x}: {heading} {ours}, expected {theirs}"));
                }
            }
        }
    }
    let shown: Vec<&String> = differing.iter().take(20).collect();
    assert!(differing.is_empty(), "{} differ: {shown:#?}", differing.len());
    println!("expected_qic.csv: {} cases, {rows} points agree", status.rows.len());
    status.rows.len()
}

fn same(heading: &str, ours: Row<'_>, expected: Row<'_>) -> bool {
    let undefined = |text: &str| matches!(text, "" | "NA" | "NaN");
    let said = undefined(ours.text(heading)) || undefined(expected.text(heading));
    if NUMBERS.contains(&heading) && !said {
        agree_if_there(ours.number(heading), expected.number(heading))
    } else {
        ours.text(heading) == expected.text(heading)
    }
}

fn by_case(table: &Table) -> BTreeMap<&str, Vec<Row<'_>>> {
    let mut found: BTreeMap<&str, Vec<Row<'_>>> = BTreeMap::new();
    for row in table.rows() {
        found.entry(row.text("case_id")).or_default().push(row);
    }
    found
}

/// The answer as a table of cells.
fn points(answer: &Answer) -> Table {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("points.csv");
    std::fs::write(&file, answer.tables[0].bytes()).unwrap();
    Table::read(&file)
}
