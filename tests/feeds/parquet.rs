//! Parquet deliveries: columns with types of their own, or text as in CSV.

use std::io::Cursor;

use concordat::feeds::Feed;
use polars::prelude::{
    Column, DataFrame, DataType, IntoColumn, NamedFrom, ParquetWriter, Series, TimeUnit,
};

use super::{EVENTS, Workspace, said, said_of};

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
    let values = |feed: &Feed| feed.rows.whole().unwrap().drop("@line").unwrap();
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

/// The file with another number of rows at one of the places that say 3: a Thrift field of 64 bits,
/// one after the field before it.
fn claiming(bytes: &[u8], rows: i64, place: impl Fn(&[usize]) -> usize) -> Vec<u8> {
    let end = bytes.len() - 8;
    let length: [u8; 4] = bytes[end..end + 4].try_into().unwrap();
    let start = end - u32::from_le_bytes(length) as usize;
    let says = [0x16, 2 * 3];
    let places: Vec<usize> =
        (start..end - 1).filter(|at| bytes[*at..].starts_with(&says)).collect();
    let mut left = rows.cast_unsigned() << 1;
    let mut number = Vec::new();
    while left > 0x7F {
        number.push(u8::try_from(left & 0x7F).unwrap() | 0x80);
        left >>= 7;
    }
    number.push(u8::try_from(left).unwrap());
    let at = place(&places) + 1;
    let footer = [&bytes[start..at], &number, &bytes[at + 1..end]].concat();
    let length = u32::try_from(footer.len()).unwrap().to_le_bytes();
    [&bytes[..start], &footer, &length, b"PAR1"].concat()
}

/// The file with the first of some bytes changed.
pub(super) fn changed<const N: usize>(bytes: &[u8], from: [u8; N], to: [u8; N]) -> Vec<u8> {
    let at = bytes.windows(N).position(|here| here == from).unwrap();
    [&bytes[..at], &to, &bytes[at + N..]].concat()
}

/// A page of -3 values. A reader that believes it asks for 2 EiB, and there the program ends.
#[test]
fn pages_of_less_than_nothing_are_not_read() {
    let bytes = changed(&typed(), [0x2C, 0x15, 2 * 3], [0x2C, 0x15, 2 * 3 - 1]);
    let opened = Workspace::new().deliver("a.parquet", bytes).open(EVENTS);
    let said = "data/feed/a.parquet: the file is damaged: a page has less than nothing (open it and \
        save it again, or ask for the delivery again)";
    assert_eq!(opened.problems.iter().map(said_of).collect::<Vec<_>>(), [said]);
}

/// What a file of 3 rows says it has is believed before anything is made for it: of the file, and of
/// its one group of rows. The greatest number would need 32 EiB for a column of times alone.
#[test]
fn rows_are_bounded_by_what_the_file_says_of_itself() {
    let said = "data/feed/a.parquet: the file has more than 100000000 rows (deliver it in several \
        files, a month or a year in each)";
    for rows in [100_000_001, i64::MAX >> 1] {
        let of_file = claiming(&typed(), rows, |places| places[0]);
        let of_group = claiming(&typed(), rows, |places| places[places.len() - 1]);
        for bytes in [of_file, of_group] {
            assert!(bytes.len() < 8_000);
            let opened = Workspace::new().deliver("a.parquet", bytes).open(EVENTS);
            let problems: Vec<String> = opened.problems.iter().map(said_of).collect();
            assert_eq!(problems, [said]);
        }
    }
}
