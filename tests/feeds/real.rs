//! Real files that nobody here shaped, read through contracts in `cases/feeds/real`.
//!
//! Expected figures are those of `FACTS.md`, or of the few lines of Python beside each test. `S` in
//! them is the folder of the shared data, and
//! `def rows(f): return list(csv.DictReader(open(S + f, newline='')))`.

use std::path::{Path, PathBuf};

use concordat::feeds::{Feed, coded};
use concordat::period::Month;
use concordat::quality::FileQuality;
use polars::prelude::{AnyValue, DataType};

use super::{Workspace, said, shared};

mod events;
mod health;
mod workbooks;

/// Reads the files of a folder that a contract takes; `None` where the folder is not there.
fn read(folder: &str, contract: &str) -> Option<Feed> {
    let folder = shared(folder)?;
    let workspace = Workspace::new();
    for path in files(&folder) {
        workspace.deliver(path.file_name()?.to_str()?, std::fs::read(&path).unwrap());
    }
    let opened = workspace.open(contract);
    assert_eq!(opened.problems, []);
    for file in &opened.quality.files {
        assert_eq!(file.rows_read, file.rows_used + file.rows_set_aside(), "{}", file.file);
        assert_eq!(file.unknown_headings, Vec::<String>::new(), "{}", file.file);
    }
    opened.feed
}

fn files(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// The only file of a feed.
fn file(feed: &Feed) -> &FileQuality {
    assert_eq!(feed.quality.files.len(), 1);
    &feed.quality.files[0]
}

/// Reasons with their rows.
fn reasons(feed: &Feed) -> Vec<(String, u64)> {
    let notes = feed.quality.files.iter().flat_map(|file| &file.set_aside);
    notes.map(|note| (note.reason.clone(), note.rows)).collect()
}

/// The texts of a column; empty where there is none.
fn texts(feed: &Feed, name: &str) -> Vec<String> {
    let column = coded::texts(&feed.rows.column(name).unwrap()).unwrap();
    let column = column.str().unwrap();
    column.iter().map(|text| text.unwrap_or_default().to_owned()).collect()
}

/// A column of whole numbers; flags are 0 and 1, dates days since 1970.
fn whole(feed: &Feed, name: &str) -> Vec<Option<i64>> {
    let column = feed.rows.column(name).unwrap();
    let column = column.to_physical_repr().cast(&DataType::Int64).unwrap();
    column.i64().unwrap().iter().collect()
}

/// A column of numbers with decimals.
fn decimals(feed: &Feed, name: &str) -> Vec<Option<f64>> {
    feed.rows.column(name).unwrap().f64().unwrap().iter().collect()
}

/// The period of each row, as its first month.
fn months(feed: &Feed) -> Vec<String> {
    let column = feed.rows.column("period").unwrap();
    (0..column.len())
        .map(|row| match column.get(row).unwrap() {
            AnyValue::Date(day) => {
                let day = chrono::NaiveDate::from_epoch_days(day).unwrap();
                Month::containing(day).to_string()
            }
            other => panic!("{other:?} is no period"),
        })
        .collect()
}

/// The sum of a column over the rows that are wanted; missing values are left out.
fn sum(feed: &Feed, name: &str, wanted: impl Fn(usize) -> bool) -> i64 {
    let values = whole(feed, name).into_iter().enumerate();
    values.filter(|(row, _)| wanted(*row)).filter_map(|(_, value)| value).sum()
}

/// The middle value, or the mean of the two middle ones, doubled so that it is whole.
fn median_twice(values: &mut [i64]) -> i64 {
    values.sort_unstable();
    let half = values.len() / 2;
    if values.len() % 2 == 1 { 2 * values[half] } else { values[half - 1] + values[half] }
}
