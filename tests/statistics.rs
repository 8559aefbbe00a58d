//! The statistics layer against hand cases, published tables and reference answers.

#![expect(clippy::float_cmp, reason = "a test says where a figure is exact")]

use std::path::{Path, PathBuf};

mod assurance;
mod calibration;
mod forecast;
mod intervals;
mod limits;
mod nhsr;
mod phe;
mod properties;
mod qic;
mod quantiles;
mod rebase;
mod runs;
mod signals;
mod spc;
mod stocks;
mod sums;
mod trajectory;

/// A table with headings, as rows of cells found by heading.
struct Table {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    #[expect(clippy::unwrap_used, reason = "a test stops at a table it cannot read")]
    fn read(path: &Path) -> Self {
        let mut reader = csv::Reader::from_path(path).unwrap();
        let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
        let headings = cells(reader.headers().unwrap());
        let rows = reader.records().map(|record| cells(&record.unwrap())).collect::<Vec<_>>();
        assert!(!rows.is_empty(), "{} has no rows", path.display());
        Self { headings, rows }
    }

    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row { table: self, cells })
    }
}

#[derive(Clone, Copy)]
struct Row<'a> {
    table: &'a Table,
    cells: &'a [String],
}

impl<'a> Row<'a> {
    #[expect(clippy::unwrap_used, reason = "a test stops at a heading that is not there")]
    fn text(self, heading: &str) -> &'a str {
        let at = self.table.headings.iter().position(|name| name == heading);
        &self.cells[at.unwrap()]
    }

    /// A number; `None` for an empty cell, `NA` and `NaN`.
    #[expect(clippy::unwrap_used, reason = "a test stops at a cell it cannot read")]
    fn number(self, heading: &str) -> Option<f64> {
        match self.text(heading) {
            "" | "NA" | "NaN" => None,
            text => Some(text.parse().unwrap()),
        }
    }
}

/// Case data that is part of the project.
fn own(path: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/statistics")).join(path)
}

/// The folder with all reference answers, where this machine has it beside the project.
fn reference() -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/reference/spc/oracle"))
        .to_owned();
    let there = path.is_dir();
    if !there {
        crate::skipped("no ../shared/reference/spc/oracle beside the project");
    }
    there.then_some(path)
}

/// Equal to nine digits.
fn agree(ours: f64, theirs: f64) -> bool {
    within(ours, theirs, 1e-9)
}

fn within(ours: f64, theirs: f64, tolerance: f64) -> bool {
    (ours - theirs).abs() <= tolerance * theirs.abs().max(f64::MIN_POSITIVE)
}

fn agree_if_there(ours: Option<f64>, theirs: Option<f64>) -> bool {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => agree(ours, theirs),
        (None, None) => true,
        _ => false,
    }
}

fn some(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}
