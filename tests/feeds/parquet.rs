//! Parquet deliveries: columns with types of their own, or text as in CSV.

use std::io::Cursor;

use concordat::feeds::Feed;
use polars::prelude::{
    Column, DataFrame, DataType, IntoColumn, NamedFrom, ParquetWriter, Series, TimeUnit,
};

use super::{EVENTS, Workspace, said};

pub(super) fn parquet(columns: Vec<Column>) -> Vec<u8> {
    let rows = columns[0].len();
    let mut frame = DataFrame::new(rows, columns).unwrap();
    let mut bytes = Cursor::new(Vec::new());
    ParquetWriter::new(&mut bytes).finish(&mut frame).unwrap();
    bytes.into_inner()
}

fn column(name: &str, values: &[Option<&str>]) -> Column {
    Series::new(name.into(), values).into_column()
}

pub(super) fn typed() -> Vec<u8> {
    // 2017-02-01 10:00 local; 2017-03-26 01:30 is skipped.
    let detained = [1_485_943_200_000_000i64, 1_490_491_800_000_000, 1_485_943_200_000_000];
    let detained = Series::new("Detained at".into(), detained)
        .cast(&DataType::Datetime(TimeUnit::Microseconds, None))
        .unwrap();
    parquet(vec![
        Series::new("Ref".into(), [1i32, 2, 3]).into_column(),
        column("Force", &[Some("Derbyshire"), Some("Derbyshire"), None]),
        detained.into_column(),
        column("Ended", &[Some("01/02/2017 12:00"), None, Some("NK")]),
        Series::new("age".into(), [Some(34i16), None, Some(121)]).into_column(),
        column("place", &[Some("Suite"), None, None]),
        Series::new("extended".into(), [Some(true), None, None]).into_column(),
    ])
}

#[test]
fn typed_and_text_columns_are_read_alike() {
    let workspace = Workspace::new();
    let opened = workspace.deliver("a.parquet", typed()).open(EVENTS);
    assert_eq!(opened.problems, []);
    let expected = [
        "a.parquet:2: detained: not a time: the clocks skip this hour when summer time begins",
        "a.parquet:3: age: outside the range 0 to 120",
    ];
    assert_eq!(said(&opened.quality, |file| &file.set_aside), expected);
    let from_parquet = opened.feed.unwrap();

    let workspace = Workspace::new();
    let csv = "Ref,Force,Detained at,Ended,age,place,extended\n\
        1,Derbyshire,01/02/2017 10:00,01/02/2017 12:00,34,Suite,Y\n";
    let from_csv = workspace.deliver("a.csv", csv).open(EVENTS).feed.unwrap();
    let values = |feed: &Feed| feed.rows.drop("@line").unwrap();
    assert!(values(&from_parquet).equals_missing(&values(&from_csv)));
    assert_eq!(from_parquet.coverage, from_csv.coverage);
}

#[test]
fn what_is_not_parquet_stops_the_feed() {
    let workspace = Workspace::new();
    let opened = workspace.deliver("a.parquet", "Ref,Force\n").open(EVENTS);
    assert!(opened.feed.is_none());
    let said = opened.problems[0].to_string();
    assert!(said.starts_with("data/feed/a.parquet: not a Parquet file that can be read"), "{said}");
}
