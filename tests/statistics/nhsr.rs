//! `stats spc` against NHSRplotthedots 0.2.2, every cell of every table.

use std::collections::BTreeMap;
use std::path::Path;

use concordat::stats::Output;
use concordat::stats::spc::{Settings, spc};

use super::{Table, agree, own, reference};

#[test]
fn a_sample_of_every_family_agrees() {
    assert_eq!(compare(&own("nhsr")), 145);
}

#[test]
fn all_reference_cases_agree() {
    if let Some(folder) = reference() {
        assert_eq!(compare(&folder), 1454);
    }
}

/// Compares both tables of a folder's cases; returns how many cases there were.
fn compare(folder: &Path) -> usize {
    let cases = folder.join("cases.csv");
    let answer = spc(&folder.join("input.csv"), Some(&cases), &Settings::default()).unwrap();
    let unanswered =
        answer.problems.iter().filter(|problem| !problem.problem.contains("no new phase begins"));
    assert_eq!(unanswered.count(), 0, "{:?}", answer.problems);
    let number = Table::read(&cases).rows.len();
    for (file, ours) in
        ["expected_nhsr_points.csv", "expected_nhsr_series.csv"].iter().zip(&answer.tables)
    {
        let theirs = Table::read(&folder.join(file));
        let differing = differing(&read(ours), &theirs);
        println!("{file}: {} of {number} cases agree", number - differing.len());
        let shown: Vec<_> = differing.iter().take(20).collect();
        assert!(differing.is_empty(), "{file}: {} cases differ: {shown:#?}", differing.len());
    }
    number
}

/// A written table, read back.
pub(crate) fn read(output: &Output) -> Table {
    let mut reader = csv::Reader::from_reader(output.bytes());
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
    let headings = cells(reader.headers().unwrap());
    Table { headings, rows: reader.records().map(|record| cells(&record.unwrap())).collect() }
}

/// The first difference of each case that differs.
fn differing<'a>(ours: &Table, theirs: &'a Table) -> BTreeMap<&'a str, String> {
    assert_eq!(ours.headings, theirs.headings);
    assert_eq!(ours.rows.len(), theirs.rows.len(), "number of rows");
    let mut found = BTreeMap::new();
    for (ours, theirs) in ours.rows().zip(theirs.rows()) {
        let differs = |heading: &&String| !same(ours.text(heading), theirs.text(heading));
        if let Some(heading) = ours.table.headings.iter().find(differs) {
            let difference =
                format!("{heading}: {}, expected {}", ours.text(heading), theirs.text(heading));
            found.entry(theirs.text("case_id")).or_insert(difference);
        }
    }
    found
}

/// Numbers to nine digits, everything else exactly: `NaN` is not `NA`.
fn same(ours: &str, theirs: &str) -> bool {
    let number = |text: &str| text.parse().ok().filter(|number: &f64| number.is_finite());
    match (number(ours), number(theirs)) {
        (Some(ours), Some(theirs)) => agree(ours, theirs),
        _ => ours == theirs,
    }
}
