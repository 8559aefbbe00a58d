//! Every row is used or set aside, and values are what they should be.

use concordat::feeds::Feed;
use concordat::feeds::coded::texts;
use polars::prelude::DataType;
use proptest::prelude::*;

use super::{EVENTS, Workspace, said};

const HEADINGS: &str = "Ref,Force,Detained at,Ended,age,place,extended\n";

/// A cell: right, doubtful or wrong.
fn cell(texts: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        8 => proptest::sample::select(texts).prop_map(str::to_owned),
        1 => "[ -~]{0,6}".prop_map(|text| text),
        1 => Just(String::new()),
    ]
}

fn row() -> impl Strategy<Value = String> {
    let times = &[
        "01/02/2017 10:00",
        "29/10/2017 01:30",
        "26/03/2017 01:30",
        "31/02/2017 10:00",
        "01/02/2017",
    ];
    let cells = (
        cell(&["1", "2", "3", "4", "5"]),
        cell(&["Derbyshire", "Derbys", "Nottinghamshire", "Kent"]),
        cell(times),
        cell(times),
        cell(&["3", "34", "121", "NK", "12.0"]),
        cell(&["Suite", "custody", "Custdy"]),
        cell(&["Y", "no", "?"]),
    );
    let good = cells.prop_map(|(a, b, c, d, e, f, g)| {
        [a, b, c, d, e, f, g].map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).join(",")
    });
    prop_oneof![12 => good, 1 => "[a-z,\"\\r\\n]{0,12}".prop_map(|text| text), 1 => Just(",,,,,,".to_owned())]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_row_of_every_file_is_accounted_for(
        files in prop::collection::vec(prop::collection::vec(row(), 0..12), 1..4),
        torn in 0usize..40,
    ) {
        let workspace = Workspace::new();
        for (position, rows) in files.iter().enumerate() {
            let mut text = format!("{HEADINGS}{}\n", rows.join("\n"));
            if position == 0 {
                let keep = text.len().saturating_sub(torn).max(HEADINGS.len());
                text.truncate((0..=keep).rev().find(|end| text.is_char_boundary(*end)).unwrap());
            }
            workspace.deliver(&format!("{position}.csv"), text);
        }
        let opened = workspace.open(EVENTS);
        prop_assert_eq!(opened.quality.files.len(), files.len());
        let mut used = 0;
        for file in &opened.quality.files {
            prop_assert_eq!(file.rows_read, file.rows_used + file.rows_set_aside());
            used += file.rows_used;
        }
        match opened.feed {
            Some(feed) => {
                prop_assert_eq!(feed.rows.height() as u64, used);
                let keys = feed.rows.column("id").unwrap();
                prop_assert_eq!(keys.null_count(), 0);
                prop_assert_eq!(keys.n_unique().unwrap(), feed.rows.height());
                prop_assert_eq!(feed.rows.column("detained").unwrap().null_count(), 0);
            }
            None => prop_assert!(used == 0 && !opened.problems.is_empty()),
        }
    }
}

fn utc(feed: &Feed, column: &str) -> Vec<Option<i64>> {
    let column = feed.rows.column(&format!("{column}@utc")).unwrap();
    column.i64().unwrap().iter().collect()
}

/// 2017-10-29 00:00 UTC.
const MIDNIGHT: i64 = 1_509_235_200;

/// The clocks showed 01:00 to 02:00 twice on 29 October 2017: from 00:00 and from 01:00 UTC.
/// The first row ends after it begins, although its clock says otherwise: the check lets it pass.
#[test]
fn repeated_hours_take_the_earliest_reading_in_order() {
    let workspace = Workspace::new();
    let rows = "1,Derbyshire,29/10/2017 01:50,29/10/2017 01:10,34,Suite,Y\n\
        2,Derbyshire,29/10/2017 01:10,29/10/2017 01:50,34,Suite,Y\n\
        3,Derbyshire,29/10/2017 02:10,29/10/2017 02:50,34,Suite,Y\n";
    let feed = workspace.deliver("a.csv", format!("{HEADINGS}{rows}")).open(EVENTS).feed.unwrap();
    let at = |hour: i64, minute: i64| Some(MIDNIGHT + hour * 3_600 + minute * 60);
    assert_eq!(utc(&feed, "detained"), [at(0, 50), at(0, 10), at(2, 10)]);
    assert_eq!(utc(&feed, "ended"), [at(1, 10), at(0, 50), at(2, 50)]);
    assert_eq!(said(&feed.quality, |file| &file.warnings).len(), 2);
}

#[test]
fn columns_are_stored_as_they_are_documented() {
    let workspace = Workspace::new();
    let rows = "1,DERBYS, 01/02/2017 10:00 ,,34,Police cell,Y\n";
    let opened = workspace.deliver("a.csv", format!("{HEADINGS}{rows}")).open(EVENTS);
    let feed = opened.feed.unwrap();
    let types: Vec<String> = feed
        .rows
        .whole()
        .unwrap()
        .columns()
        .iter()
        .map(|c| format!("{}: {}", c.name(), c.dtype()))
        .collect();
    let expected = [
        "id: str",
        "force: cat",
        "detained: datetime[μs]",
        "detained@utc: i64",
        "ended: datetime[μs]",
        "ended@utc: i64",
        "age: i64",
        "place: cat",
        "extended: bool",
        "@file: u32",
        "@line: u32",
    ];
    assert_eq!(types, expected);
    let text = |name: &str| {
        texts(&feed.rows.column(name).unwrap()).unwrap().str().unwrap().get(0).unwrap().to_owned()
    };
    assert_eq!(text("force"), "E23000018");
    assert_eq!(text("place"), "cell");
    let detained = feed.rows.column("detained").unwrap().cast(&DataType::Int64).unwrap();
    assert_eq!(detained.i64().unwrap().get(0), Some(1_485_943_200_000_000));
    assert_eq!(utc(&feed, "ended"), [None]);
    let file = &feed.quality.files[0];
    assert_eq!(file.file, "data/feed/a.csv");
    assert_eq!(file.completeness["ended"].to_bits(), 0f64.to_bits());
    assert_eq!(file.completeness["age"].to_bits(), 1f64.to_bits());
    assert_eq!(file.latest, Some("2017-02".parse().unwrap()));
    assert_eq!(file.sha256.len(), 64);
}

const TOTALS: &str = r#"
title = "Counts"
files = ["*.csv"]
rows = "totals"
period = { grain = "month", column = "Month", format = "%Y-%m" }
key = ["period", "area"]
area = "area"
missing = { "*" = "suppressed", "n/a" = "not applicable" }
keep = "level = 'trust'"
[columns]
area = { type = "area" }
level = { type = "text" }
what = { type = "text" }
value = { type = "text" }
[spread]
names = "what"
values = "value"
people = { type = "integer", from = ["People seen", "persons seen"], thousands = "," }
"#;

/// Long rows: a total, a name nobody asked for, a bad value, a copy, a correction.
#[test]
fn long_rows_are_accounted_for_one_by_one() {
    let workspace = Workspace::new();
    let text = "Month,area,level,what,value\n\
        2017-01,Eng,all,People seen,99\n\
        2017-01,RXM,trust,people  SEEN,\"1,234\"\n\
        2017-01,RXM,trust,Beds,12\n\
        2017-01,RHA,trust,Persons seen,*\n\
        2017-02,RXM,trust,People seen,many\n\
        2017-03,RXM,trust,People seen,5\n\
        2017-03,RXM,trust,People seen,5\n\
        2017-03,RXM,trust,People seen,6\n\
        2017-13,RXM,trust,People seen,6\n";
    let opened = workspace.deliver("a.csv", text).open(TOTALS);
    let expected = [
        "a.csv:6: people: not a whole number: many",
        "a.csv:10: period: not a period",
        "a.csv:2: left out by keep: level = 'trust'",
        "a.csv:4: what: left out by spread: not a name that becomes a column",
        "a.csv:8: exact copy of an earlier row",
        "a.csv:7: same key as a later row of this file, which counts instead",
    ];
    assert_eq!(said(&opened.quality, |file| &file.set_aside), expected);
    let feed = opened.feed.unwrap();
    let people: Vec<Option<i64>> =
        feed.rows.column("people").unwrap().i64().unwrap().iter().collect();
    assert_eq!(people, [Some(1_234), None, Some(6)]);
    let suppressed: Vec<Option<bool>> =
        feed.rows.column("people@suppressed").unwrap().bool().unwrap().iter().collect();
    assert_eq!(suppressed, [Some(false), Some(true), Some(false)]);
    let file = &feed.quality.files[0];
    assert_eq!((file.rows_read, file.rows_used, file.rows_set_aside()), (9, 3, 6));
}

/// A later file with the same month and area replaces all that the earlier one said.
#[test]
fn a_revision_of_spread_rows_counts_every_delivered_row() {
    let workspace = Workspace::new();
    let contract = format!("{TOTALS}beds = {{ type = \"integer\", from = [\"Beds\"] }}\n");
    let first = "Month,area,level,what,value\n\
        2017-01,RXM,trust,People seen,5\n2017-01,RXM,trust,Beds,12\n";
    let second = "Month,area,level,what,value\n2017-01,RXM,trust,People seen,6\n";
    workspace.deliver("1.csv", first).deliver("2.csv", second);
    let opened = workspace.open(&contract);
    assert_eq!(
        said(&opened.quality, |file| &file.set_aside),
        ["1.csv:2: revised by 2.csv (2 rows)"]
    );
    let rows = opened.feed.unwrap().rows.whole().unwrap();
    assert_eq!(rows.column("people").unwrap().i64().unwrap().get(0), Some(6));
    assert_eq!(rows.column("beds").unwrap().i64().unwrap().get(0), None);
}

#[test]
fn a_check_may_stop_the_feed() {
    let workspace = Workspace::new();
    let contract = EVENTS.replace("then  = \"warn\"", "then  = \"stop\"");
    let rows = "1,Derbyshire,01/02/2017 10:00,,34,Suite,Y\n\
        2,Derbyshire,01/02/2017 11:00,,,Custody,Y\n";
    let opened = workspace.deliver("a.csv", format!("{HEADINGS}{rows}")).open(&contract);
    assert!(opened.feed.is_none());
    assert_eq!(opened.problems[0].to_string(), "data/feed/a.csv:3: cell and no age: 1 row");
    let file = &opened.quality.files[0];
    assert_eq!((file.rows_read, file.rows_used, file.rows_set_aside()), (2, 0, 2));
}

#[test]
fn declared_encodings_and_delimiters_are_read() {
    let workspace = Workspace::new();
    let contract = format!("encoding = \"windows-1252\"\ndelimiter = \";\"\n{EVENTS}");
    let text = format!("{HEADINGS}Caf\u{e9},Derbyshire,01/02/2017 10:00,,34,Suite,Y\n");
    let bytes: Vec<u8> = text.replace(',', ";").chars().map(|c| u8::try_from(c).unwrap()).collect();
    let feed = workspace.deliver("a.csv", bytes).open(&contract).feed.unwrap();
    assert_eq!(feed.rows.column("id").unwrap().str().unwrap().get(0), Some("Café"));
}
