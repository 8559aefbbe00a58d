//! One delivery in many ugly shapes and every format: the same rows each time, or the rows that are
//! not used are named.

use std::io::{Cursor, Write};
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Int16Array, StringArray, TimestampMillisecondArray};
use arrow::ipc::CompressionType;
use arrow::ipc::writer::{FileWriter, IpcWriteOptions, StreamWriter};
use arrow::record_batch::RecordBatch;
use flate2::Compression;
use flate2::write::GzEncoder;
use polars::prelude::DataFrame;
use serde::Deserialize;

use super::workbook::{Cell, ods, xlsx};
use super::{EVENTS, Workspace, replaced, said};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    plain: String,
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(default)]
    replace: Vec<(String, String)>,
    file: String,
    /// A column of the contract that the plain delivery has not.
    drop: Option<String>,
    #[serde(default)]
    said: Vec<String>,
    #[serde(default)]
    unknown: Vec<String>,
}

fn cases() -> Cases {
    toml::from_str(include_str!("../cases/feeds/ugly.toml")).unwrap()
}

/// What was read, without the lines it stood on; what was set aside; unknown headings.
fn read(
    name: &str,
    bytes: impl AsRef<[u8]>,
    contract: &str,
) -> (DataFrame, Vec<String>, Vec<String>) {
    let workspace = Workspace::new();
    let opened = workspace.deliver(name, bytes).open(contract);
    assert_eq!(opened.problems, [], "{name}");
    let file = &opened.quality.files[0];
    assert_eq!(file.rows_read, file.rows_used + file.rows_set_aside(), "{name}");
    let unknown =
        file.unknown_headings.iter().map(|heading| format!("{name}: {heading}")).collect();
    let set_aside = said(&opened.quality, |file| &file.set_aside);
    (opened.feed.unwrap().rows.whole().unwrap().drop("@line").unwrap(), set_aside, unknown)
}

fn plain() -> DataFrame {
    let (rows, set_aside, unknown) = read("a.csv", cases().plain, EVENTS);
    assert_eq!((rows.height(), set_aside.len(), unknown.len()), (4, 0, 0));
    rows
}

#[test]
fn ugly_deliveries_give_the_same_rows() {
    let cases = cases();
    let expected = plain();
    for case in cases.case {
        let contract = replaced(EVENTS, &case.replace);
        let (rows, set_aside, unknown) = read("a.csv", &case.file, &contract);
        let rows = match case.drop {
            Some(column) => rows.drop(&column).unwrap(),
            None => rows,
        };
        assert_eq!(set_aside, case.said, "{}", case.name);
        assert_eq!(unknown, case.unknown, "{}", case.name);
        assert!(rows.equals_missing(&expected), "{}: {rows}", case.name);
    }
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn every_kind_of_text_file_gives_the_same_rows() {
    let plain_text = cases().plain;
    let utf_16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(0xFEFF).chain(plain_text.encode_utf16()).flat_map(unit).collect()
    };
    let windows = plain_text.replace('\n', "\r\n");
    let files = [
        ("a.csv", format!("\u{FEFF}{plain_text}").into_bytes()),
        ("a.csv", windows.clone().into_bytes()),
        ("a.csv", plain_text.replace('\n', "\r").into_bytes()), // Macintosh, before 2001
        ("a.csv", plain_text.trim_end().into()),
        ("a.csv", utf_16(u16::to_le_bytes)),
        ("a.csv", utf_16(u16::to_be_bytes)),
        ("a.csv.gz", gzip(&windows)),
        ("a.CSV.GZ", [gzip(&plain_text[..60]), gzip(&plain_text[60..])].concat()),
    ];
    let contract = EVENTS.replace("\"*.parquet\"", "\"*.csv.gz\"");
    for (name, bytes) in files {
        let (rows, set_aside, _) = read(name, &bytes, &contract);
        assert_eq!(set_aside, Vec::<String>::new(), "{name}");
        assert!(rows.equals_missing(&plain()), "{name}: {rows}");
    }
}

fn rows(times: impl Fn(f64, &'static str, &'static str) -> Cell, first: Cell) -> Vec<Vec<Cell>> {
    use Cell::{Empty, Number, Text};
    let texts = |texts: [&'static str; 7]| texts.map(Text).to_vec();
    vec![
        texts(["Ref", "Force", "Detained at", "Ended", "age", "place", "extended"]),
        vec![
            first,
            Text("Derbyshire"),
            times(42_767.416_666_666_664, "2017-02-01T10:00:00", "01/02/2017 10:00"),
            times(42_767.520_833_333_336, "2017-02-01T12:30:00", "01/02/2017 12:30"),
            Number(34.0),
            Text("Suite"),
            Text("Y"),
        ],
        vec![
            Number(2.0),
            Text("Derbyshire"),
            times(42_779.993_055_555_555, "2017-02-13T23:50:00", "13/02/2017 23:50"),
            times(42_780.048_611_111_11, "2017-02-14T01:10:00", "14/02/2017 01:10"),
            Empty,
            Text("Custody"),
            Text("N"),
        ],
        vec![
            Number(3.0),
            Text("Nottinghamshire"),
            times(42_794.378_472_222_22, "2017-02-28T09:05:00", "28/02/2017 09:05"),
            Empty,
            Text("17"),
            Text("Suite"),
            Text("N"),
        ],
        vec![
            Number(4.0),
            Text("Nottinghamshire"),
            times(42_797.0, "2017-03-03T00:00:00", "03/03/2017 00:00"),
            times(42_797.322_916_666_664, "2017-03-03T07:45:00", "03/03/2017 07:45"),
            Number(120.0),
            Text("Custody"),
            Text("Y"),
        ],
    ]
}

/// Numbers as numbers or as text, dates as dates or as text; a whole number that is shown with a
/// time of day is a midnight.
#[test]
fn workbooks_give_the_same_rows() {
    let contract = EVENTS.replace("\"*.parquet\"", "\"*.xlsx\", \"*.ods\"");
    let typed = rows(|serial, iso, _| Cell::Moment(serial, iso), Cell::Number(1.0));
    let texts = rows(|_, _, text| Cell::Text(text), Cell::Text("1"));
    for rows in [&typed, &texts] {
        for (name, bytes) in
            [("a.xlsx", xlsx(&[("Data", rows)])), ("a.ods", ods(&[("Data", rows)]))]
        {
            let (rows, set_aside, _) = read(name, bytes, &contract);
            assert_eq!(set_aside, Vec::<String>::new(), "{name}");
            assert!(rows.equals_missing(&plain()), "{name}: {rows}");
        }
    }
}

/// A title, a gap, two rows of headings, merged cells, a sheet among others, a note below.
#[test]
fn workbooks_for_people_give_the_same_rows() {
    use Cell::{Empty, Text};
    let mut sheet = vec![
        vec![Text("Detentions under section 136"), Empty],
        vec![],
        vec![Empty, Text("Force"), Text("Detention"), Empty, Text("Person")],
        vec![
            Text("Ref"),
            Empty,
            Text("began"),
            Text("ended"),
            Text("age"),
            Text("place"),
            Text("extended"),
        ],
    ];
    let body = rows(|serial, iso, _| Cell::Moment(serial, iso), Cell::Number(1.0));
    sheet.extend(body.into_iter().skip(1));
    sheet[5][1] = Empty;
    sheet[7][1] = Empty;
    sheet.extend([vec![], vec![Text("Notes")], vec![Text("a"), Text("b")]]);
    let cover = vec![vec![Text("About this workbook")]];
    let changes = [
        ("\"*.parquet\"", "\"*.xlsx\", \"*.ods\""),
        (
            "[columns]",
            "[table]\nsheet = \"Table ?\"\nheadings = \"find\"\nheading_rows = 2\n\
             ends = { text = [\"notes\"] }\n[columns]",
        ),
        ("heading = [\"Force\"]", "heading = [\"Force\"], fill = \"down\""),
        ("heading = [\"Detained at\"]", "heading = [\"Detention began\"]"),
        ("heading = [\"Ended\"]", "heading = [\"Detention ended\"]"),
        ("age      = {", "age      = { heading = [\"Person age\"],"),
        ("place    = {", "place    = { heading = [\"Person place\"],"),
        ("extended = {", "extended = { heading = [\"Person extended\"],"),
    ];
    let contract = replaced(EVENTS, &changes.map(|(from, to)| (from.to_owned(), to.to_owned())));
    let sheets: [(&str, &[Vec<Cell>]); 2] = [("Cover", &cover), ("Table 1", &sheet)];
    for (name, bytes) in [("a.xlsx", xlsx(&sheets)), ("a.ods", ods(&sheets))] {
        let (rows, set_aside, unknown) = read(name, bytes, &contract);
        assert_eq!(set_aside, [format!("{name}:10,11: below the table")]);
        assert_eq!(unknown, Vec::<String>::new());
        assert!(rows.equals_missing(&plain()), "{name}: {rows}");
    }
}

fn batches() -> Vec<RecordBatch> {
    const MINUTE: i64 = 60_000;
    // 2017-02-01 00:00 is day 17,198.
    let at = |day: i64, hour: i64, minute: i64| {
        Some((17_198 + day) * 24 * 60 * MINUTE + (hour * 60 + minute) * MINUTE)
    };
    let column = |name: &str, array: ArrayRef| (name.to_owned(), array, true);
    let batch = |columns: Vec<(String, ArrayRef, bool)>| {
        RecordBatch::try_from_iter_with_nullable(columns).unwrap()
    };
    let text = |texts: Vec<&str>| Arc::new(StringArray::from(texts)) as ArrayRef;
    let time =
        |times: Vec<Option<i64>>| Arc::new(TimestampMillisecondArray::from(times)) as ArrayRef;
    vec![
        batch(vec![
            column("Ref", text(vec!["1", "2"])),
            column("Force", text(vec!["Derbyshire", "Derbyshire"])),
            column("Detained at", time(vec![at(0, 10, 0), at(12, 23, 50)])),
            column("Ended", time(vec![at(0, 12, 30), at(13, 1, 10)])),
            column("age", Arc::new(Int16Array::from(vec![Some(34), None]))),
            column("place", text(vec!["Suite", "Custody"])),
            column("extended", Arc::new(BooleanArray::from(vec![true, false]))),
        ]),
        batch(vec![
            column("Ref", text(vec!["3", "4"])),
            column("Force", text(vec!["Nottinghamshire", "Nottinghamshire"])),
            column("Detained at", time(vec![at(27, 9, 5), at(30, 0, 0)])),
            column("Ended", time(vec![None, at(30, 7, 45)])),
            column("age", Arc::new(Int16Array::from(vec![17, 120]))),
            column("place", text(vec!["Suite", "Custody"])),
            column("extended", Arc::new(BooleanArray::from(vec![false, true]))),
        ]),
    ]
}

/// An Arrow file, or a stream.
pub(super) fn arrow(stream: bool, compression: Option<CompressionType>) -> Vec<u8> {
    let batches = batches();
    let schema = batches[0].schema();
    let options = IpcWriteOptions::default().try_with_compression(compression).unwrap();
    let bytes = Cursor::new(Vec::new());
    let bytes = if stream {
        let mut writer = StreamWriter::try_new_with_options(bytes, &schema, options).unwrap();
        for batch in &batches {
            writer.write(batch).unwrap();
        }
        writer.into_inner().unwrap()
    } else {
        let mut writer = FileWriter::try_new_with_options(bytes, &schema, options).unwrap();
        for batch in &batches {
            writer.write(batch).unwrap();
        }
        writer.into_inner().unwrap()
    };
    bytes.into_inner()
}

#[test]
fn arrow_files_and_streams_give_the_same_rows() {
    let contract = EVENTS.replace("\"*.parquet\"", "\"*.arrow\", \"*.feather\"");
    for compression in [None, Some(CompressionType::LZ4_FRAME), Some(CompressionType::ZSTD)] {
        for (name, stream) in [("a.arrow", false), ("a.feather", true)] {
            let (rows, set_aside, _) = read(name, arrow(stream, compression), &contract);
            assert_eq!(set_aside, Vec::<String>::new(), "{name}");
            assert!(rows.equals_missing(&plain()), "{name}: {rows}");
        }
    }
}

/// The cells of workbooks that need no text to say what they are.
#[test]
fn what_workbooks_tell_of_their_cells() {
    use Cell::{Clock, Day, Empty, Error, Moment, Number, Share, Text};
    const CONTRACT: &str = r#"
title = "Cells"
files = ["*.xlsx", "*.ods"]
rows = "events"
key = ["id"]
event_time = "day"
missing = { "n/a" = "missing" }
[columns]
id = { type = "text" }
day = { type = "date", format = "%d/%m/%Y" }
seen = { type = "time", format = "%d/%m/%Y %H:%M" }
left = { type = "time", join = ["left on", "left at"], format = "%d/%m/%Y %H:%M" }
share = { type = "decimal", percent = true }
number = { type = "decimal" }
"#;
    let texts = |texts: [&'static str; 7]| texts.map(Text).to_vec();
    // 2017-02-01 is 42,767 days after the epoch of 1900, and 17,198 after 1970.
    let day = Day(42_767.0, "2017-02-01");
    let ten = Moment(42_767.416_666_666_664, "2017-02-01T10:00:00");
    let rows = [
        texts(["id", "day", "seen", "left on", "left at", "share", "number"]),
        vec![Text("typed"), day, ten, day, Clock(0.5, "PT12H00M00S"), Share(0.905), Number(0.1)],
        texts(["texts", "01/02/2017", "01/02/2017 10:00", "01/02/2017", "12:00", "90.5%", "1e-1"]),
        vec![Text("date alone"), ten, day, day, Empty, Number(0.905), Text("n/a")],
        vec![Text("error"), day, ten, day, Empty, Empty, Error("#DIV/0!")],
        vec![Text("number for a date"), Number(42_767.0), ten, day, Empty, Empty, Empty],
        vec![Number(1.0), day, ten, day, Empty, Text("0.905"), Empty],
        vec![Number(2_023_000_319_821_000.0), day, ten, day, Empty, Empty, Empty],
    ];
    for (name, bytes) in
        [("a.xlsx", xlsx(&[("Cells", &rows)])), ("a.ods", ods(&[("Cells", &rows)]))]
    {
        let (rows, set_aside, _) = read(name, bytes, CONTRACT);
        let expected = [
            format!("{name}:6: day: not of the format `%d/%m/%Y`: 42767"),
            format!("{name}:7: share: no per cent sign, which the contract declares: 0.905"),
            format!("{name}:5: number: an error of a spreadsheet, not a value: #DIV/0!"),
            format!(
                "{name}:8: id: a number that a spreadsheet has cut short: its last digits are lost: \
                 2023000319821000"
            ),
        ];
        assert_eq!(set_aside, expected);
        let column = |name: &str| rows.column(name).unwrap().as_materialized_series().clone();
        let numbers = |name: &str| column(name).i64().unwrap().iter().collect::<Vec<_>>();
        let ten = Some(17_198 * 86_400 + 36_000);
        assert_eq!(numbers("seen@utc"), [ten, ten, None]);
        let noon = Some(17_198 * 86_400 + 43_200);
        assert_eq!(numbers("left@utc"), [noon, noon, None]);
        let days = column("day").to_physical_repr().i32().unwrap().iter().collect::<Vec<_>>();
        assert_eq!(days, [Some(17_198); 3]);
        let decimals = |name: &str| column(name).f64().unwrap().iter().collect::<Vec<_>>();
        assert_eq!(decimals("share"), [Some(0.905); 3]);
        assert_eq!(decimals("number"), [Some(0.1), Some(0.1), None]);
    }
}
