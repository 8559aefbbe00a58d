//! Times whose blank cell means not ended: what was blank is told apart from what is unknown.

use std::fmt::Write;

use concordat::feeds::Feed;
use polars::prelude::{DataType, IntoColumn, NamedFrom, Series, TimeUnit};

use super::parquet::parquet;
use super::{Workspace, contract_of};

const CALLS: &str = r#"
title      = "Calls"
files      = ["*.csv", "*.parquet"]
rows       = "events"
key        = ["id"]
event_time = "called"
missing    = { "" = "not applicable", "NK" = "missing" }
[columns]
id     = { type = "text" }
called = { type = "time", format = "%d/%m/%Y %H:%M", required = true }
seen   = { type = "time", format = "%d/%m/%Y %H:%M", empty = "not ended" }
left   = { type = "time", format = "%d/%m/%Y %H:%M" }
"#;

fn open(files: &[(&str, Vec<u8>)]) -> Feed {
    let workspace = Workspace::new();
    for (name, bytes) in files {
        workspace.deliver(name, bytes);
    }
    let opened = workspace.open(CALLS);
    assert_eq!(opened.problems, []);
    opened.feed.unwrap()
}

/// Of each row: its id, whether it was seen at a known time, and whether the cell was blank.
fn seen(feed: &Feed) -> Vec<(String, bool, bool)> {
    let column = |name: &str| feed.rows.column(name).unwrap();
    let blank = column("seen@blank");
    let blank = blank.bool().unwrap();
    assert_eq!(blank.null_count(), 0, "blank or not, never unknown");
    let (ids, seen) = (column("id"), column("seen@utc"));
    let ids = ids.str().unwrap().iter().map(|id| id.unwrap().to_owned());
    let known = seen.i64().unwrap().iter().map(|at| at.is_some());
    ids.zip(known)
        .zip(blank.iter())
        .map(|((id, known), blank)| (id, known, blank.unwrap()))
        .collect()
}

fn row(id: &str, known: bool, blank: bool) -> (String, bool, bool) {
    (id.to_owned(), known, blank)
}

#[test]
fn only_a_blank_cell_is_blank() {
    let csv = "id,called,seen,left\n\
        time,01/02/2019 10:00,01/02/2019 12:00,\n\
        blank,01/02/2019 10:00,,\n\
        spaces,01/02/2019 10:00,  \t ,\n\
        quoted,01/02/2019 10:00,\"\u{a0}\",\n\
        marker,01/02/2019 10:00, nk ,\n\
        date,01/02/2019 10:00,01/02/2019,\n";
    let feed = open(&[("a.csv", csv.into())]);
    let expected = [
        row("time", true, false),
        row("blank", false, true),
        row("spaces", false, true),
        row("quoted", false, true),
        row("marker", false, false),
        row("date", false, false),
    ];
    assert_eq!(seen(&feed), expected);
    assert_eq!(contract_of(CALLS).open_ends, ["seen".to_owned()].into());
    let names = feed.rows.names();
    let marked: Vec<&String> = names.iter().filter(|name| name.ends_with("@blank")).collect();
    assert_eq!(marked, ["seen@blank"], "only where the contract says what blank means");
}

#[test]
fn a_later_delivery_ends_what_was_open_and_a_marker_is_no_copy_of_a_blank() {
    let first = "id,called,seen,left\n\
        1,01/02/2019 10:00,,\n2,01/02/2019 10:00,,\n3,01/02/2019 10:00,,\n4,01/02/2019 10:00,NK,\n";
    let second = "id,called,seen,left\n\
        1,01/02/2019 10:00,01/02/2019 11:00,\n2,01/02/2019 10:00,NK,\n3,01/02/2019 10:00,,\n\
        4,01/02/2019 10:00,,\n";
    let feed = open(&[("a.csv", first.into()), ("b.csv", second.into())]);
    let mut found = seen(&feed);
    found.sort();
    let expected = [
        row("1", true, false),
        row("2", false, false),
        row("3", false, true),
        row("4", false, true),
    ];
    assert_eq!(found, expected);
    let first = &feed.quality.files[0].set_aside;
    let reasons: Vec<_> = first.iter().map(|note| (note.reason.as_str(), note.rows)).collect();
    assert_eq!(reasons, [("revised by b.csv", 3)], "the third row is a copy in the second file");
}

#[test]
fn without_a_heading_nothing_is_blank() {
    let without = "id,called\n1,01/02/2019 10:00\n";
    let with = "id,called,seen\n2,01/02/2019 10:00,\n";
    let feed = open(&[("a.csv", without.into()), ("b.csv", with.into())]);
    assert_eq!(seen(&feed), [row("1", false, false), row("2", false, true)]);
}

#[test]
fn every_batch_of_a_long_file_is_marked() {
    const ROWS: usize = (1 << 17) + 3;
    let mut csv = String::from("id,called,seen,left\n");
    for id in 0..ROWS {
        let seen = ["", "NK", "01/02/2019 12:00"][id % 3];
        writeln!(csv, "{id},01/02/2019 10:00,{seen},").unwrap();
    }
    let feed = open(&[("a.csv", csv.into_bytes())]);
    assert_eq!(feed.rows.height(), ROWS);
    for (id, (_, known, blank)) in seen(&feed).into_iter().enumerate() {
        assert_eq!((known, blank), (id % 3 == 2, id % 3 == 0), "row {id}");
    }
}

#[test]
fn in_parquet_a_null_is_blank() {
    // 2019-02-01 10:00 and 12:00 local, which are UTC in winter.
    const CALLED: i64 = 1_549_015_200;
    let time = |name: &str, seconds: &[Option<i64>]| {
        let micros: Vec<_> = seconds.iter().map(|at| at.map(|at| at * 1_000_000)).collect();
        let series = Series::new(name.into(), micros);
        series.cast(&DataType::Datetime(TimeUnit::Microseconds, None)).unwrap().into_column()
    };
    let ids = |ids: &[&str]| Series::new("id".into(), ids).into_column();
    let typed = parquet(vec![
        ids(&["a1", "a2"]),
        time("called", &[Some(CALLED), Some(CALLED)]),
        time("seen", &[Some(CALLED + 7_200), None]),
    ]);
    let text = parquet(vec![
        ids(&["b1", "b2", "b3", "b4"]),
        time("called", &[Some(CALLED); 4]),
        Series::new("seen".into(), [Some("01/02/2019 12:00"), None, Some(" "), Some("NK")])
            .into_column(),
    ]);
    let days = parquet(vec![
        ids(&["c1", "c2"]),
        time("called", &[Some(CALLED); 2]),
        Series::new("seen".into(), [Some(17_928i32), None])
            .cast(&DataType::Date)
            .unwrap()
            .into_column(),
    ]);
    let nothing = parquet(vec![
        ids(&["d1"]),
        time("called", &[Some(CALLED)]),
        Series::new_null("seen".into(), 1).into_column(),
    ]);
    let files =
        [("a.parquet", typed), ("b.parquet", text), ("c.parquet", days), ("d.parquet", nothing)];
    let expected = [
        row("a1", true, false),
        row("a2", false, true),
        row("b1", true, false),
        row("b2", false, true),
        row("b3", false, true),
        row("b4", false, false),
        row("c1", false, false),
        row("c2", false, true),
        row("d1", false, true),
    ];
    assert_eq!(seen(&open(&files)), expected);
}
