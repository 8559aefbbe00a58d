//! A large file is read by parts, side by side: nothing of it may differ from reading it in one go.

use std::collections::BTreeSet;
use std::fmt::Write;

use concordat::feeds::drift::drifts;
use concordat::feeds::history::completeness;
use concordat::feeds::{Feed, How, Opened, open_for};

use super::{EVENTS, Workspace, areas, contract_of};

/// More bytes than three parts hold, of rows with every kind of fault. Texts at fault come in an order
/// in which later parts meet new ones, and ones that only earlier parts name.
fn rows() -> String {
    let mut text = String::new();
    for row in 0..230_000_u32 {
        let (day, month, hour) = (row % 28 + 1, row / 28 % 12 + 1, row % 24);
        let force = match row {
            _ if row % 991 == 0 => format!("Nowhere {}", row / 20_000),
            _ if row % 997 == 0 => format!("Nowhere {}", row % 25),
            _ => "Derbyshire".to_owned(),
        };
        let month = if row % 4_001 == 0 { 13 } else { month };
        let torn = if row % 5_003 == 0 { ",torn" } else { "" };
        let blank = if row % 7_001 == 0 { "\n" } else { "" };
        // a copy of a row of another part, and a correction of one
        let (key, age) = match row {
            200_000 => (1, 35),
            200_001 => (2, 99),
            _ => (row, 34 + row % 2),
        };
        let day = if row == 200_000 { 2 } else { day };
        writeln!(
            text,
            "{key},{force},{day:02}/{month:02}/2017 {hour:02}:30,,{age},Suite,Y{torn}{blank}"
        )
        .unwrap();
    }
    text
}

fn read(headings: &str, rows: &str) -> Opened {
    Workspace::new().deliver("a.csv", format!("{headings}\n{rows}")).open(EVENTS)
}

#[test]
fn a_file_read_by_parts_is_the_file_read_whole() {
    let rows = rows();
    assert!(rows.len() > 9 << 20, "{}", rows.len());
    // One quote, and a file is read in one go.
    let by_parts = read("Ref,Force,Detained at,Ended,age,place,extended", &rows);
    let whole = read("\"Ref\",Force,Detained at,Ended,age,place,extended", &rows);
    assert_eq!(by_parts.problems, whole.problems);
    let (mut one, mut other) = (by_parts.quality, whole.quality);
    for quality in [&mut one, &mut other] {
        let file = quality.files.first_mut().unwrap();
        assert_eq!(file.rows_read, 230_000);
        assert_eq!(file.rows_read, file.rows_used + file.rows_set_aside());
        file.sha256.clear();
    }
    assert_eq!(one, other);
    let reasons: Vec<&str> =
        one.files[0].set_aside.iter().map(|note| note.reason.as_str()).collect();
    for reason in ["torn row: 8 fields where there are 7 headings", "a date that does not exist"] {
        assert!(reasons.contains(&reason), "{reasons:?}");
    }
    let (one, other) = (by_parts.feed.unwrap(), whole.feed.unwrap());
    assert_eq!(one.coverage, other.coverage);
    assert!(one.rows.whole().unwrap().equals_missing(&other.rows.whole().unwrap()));
}

/// Whoever reads few columns gets the same rows, counts and revisions, without the others.
#[test]
fn a_feed_without_columns_that_nobody_reads_is_the_same_feed() {
    let contract = contract_of(EVENTS);
    let headings = "Ref,Force,Detained at,Ended,age,place,extended";
    let workspace = Workspace::new();
    workspace.deliver("a.csv", format!("{headings}\n{}", rows()));
    // of a later file: a copy, a correction, one that fills an age, and a new row; by another route
    // where there is a quote
    let later = "10,Derbyshire,11/01/2017 10:30,,34,Suite,Y\n\
        11,Derbyshire,12/01/2017 11:30,,77,Suite,Y\n\
        11,Derbyshire,12/01/2017 11:30,,78,Suite,Y\n\
        new,Derbyshire,12/01/2017 11:30,,,\"Suite\",Y\n";
    workspace.deliver("b.csv", format!("{headings}\n{later}"));
    let whole = concordat::feeds::open(&contract, workspace.folder.path(), &areas());
    let (few, root) = (BTreeSet::from(["detained".to_owned()]), workspace.folder.path());
    let lean = open_for(&contract, root, &areas(), (&few, How::default()));
    assert_eq!(lean.problems, whole.problems);
    assert_eq!(lean.quality, whole.quality);
    let revised = &whole.quality.files[1].revised;
    assert!(revised.iter().any(|revised| revised.column == "age"), "{revised:?}");
    let (whole, lean) = (whole.feed.unwrap(), lean.feed.unwrap());
    assert_eq!(lean.coverage, whole.coverage);
    assert_eq!(completeness(&lean).unwrap(), completeness(&whole).unwrap());
    let kept = ["force", "detained", "detained@utc", "place", "@file", "@line"];
    let given = ["id@given", "ended@given", "age@given", "extended@given"];
    let mut names: Vec<&str> = kept.into_iter().chain(given).collect();
    let mut found = lean.rows.names();
    names.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, names);
    assert_eq!(lean.rows.column("id@given").unwrap().null_count(), 0);
    let (one, other) = (lean.rows.columns(&kept).unwrap(), whole.rows.columns(&kept).unwrap());
    assert!(one.equals_missing(&other));
}

/// Little enough for several rounds and for rows that come again to be compared in portions.
const LITTLE: How<'_> = How { memory: 4_000_000, progress: None };

/// Everything that two readings of a feed say is the same; of the rows these columns.
fn alike(one: &Opened, other: &Opened, columns: &[&str]) {
    assert_eq!(one.problems, other.problems);
    assert_eq!(one.quality, other.quality);
    assert_eq!(one.feed.is_some(), other.feed.is_some());
    let (Some(one), Some(other)) = (&one.feed, &other.feed) else { return };
    assert_eq!(one.coverage, other.coverage);
    assert_eq!(completeness(one).unwrap(), completeness(other).unwrap());
    assert_eq!(one.rows.height(), other.rows.height());
    let of = |feed: &Feed| feed.rows.columns(columns).unwrap();
    assert!(of(one).equals_missing(&of(other)));
}

/// Several files: copies, corrections and new rows, more of them than are compared at a time.
#[test]
fn feeds_are_settled_in_little_memory_as_in_much() {
    let headings = "Ref,Force,Detained at,Ended,age,place,extended";
    let workspace = Workspace::new();
    workspace.deliver("a.csv", format!("{headings}\n{}", rows()));
    let mut later = String::new();
    for row in (0..230_000_u32).step_by(97) {
        let (day, month, hour) = (row % 28 + 1, row / 28 % 12 + 1, row % 24);
        let (age, key) = (34 + row % 2 + row % 5 / 4, row + 400_000 * (row % 7 / 6));
        let place = ["Suite", "Custody"][row as usize % 11 / 10];
        let age = if row % 13 == 0 { String::new() } else { age.to_string() };
        writeln!(later, "{key},Derbyshire,{day:02}/{month:02}/2017 {hour:02}:30,,{age},{place},Y")
            .unwrap();
    }
    // one by parts is large; this one is read in one go, and so is its copy
    workspace.deliver("b.csv", format!("{headings}\n{later}"));
    workspace.deliver("c.csv", format!("{headings}\n{later}{later}"));
    let columns = BTreeSet::from(["detained".to_owned(), "age".to_owned()]);
    let shown = ["force", "detained", "detained@utc", "age", "place", "@file", "@line"];
    let root = workspace.folder.path();
    let stops = EVENTS.replace("\"warn\"", "\"stop\"");
    let grown = EVENTS.replace("key        = [\"id\"]", "key        = []");
    for text in [EVENTS, &stops, &grown] {
        let contract = contract_of(text);
        let whole = concordat::feeds::open(&contract, root, &areas());
        let lean = open_for(&contract, root, &areas(), (&columns, LITTLE));
        alike(&whole, &lean, &shown);
        let warned = whole.feed.map(|feed| feed.rows.height());
        assert_eq!(warned.is_some(), text != stops, "{:?}", whole.problems);
    }
    let whole = concordat::feeds::open(&contract_of(EVENTS), root, &areas()).quality;
    let revised = |at: usize| whole.files[at].revised.iter().map(|one| one.rows).sum::<u64>();
    assert!(revised(1) > 500 && revised(2) == 0, "{} {}", revised(1), revised(2));
    let reasons = |at: usize| {
        let notes = whole.files[at].set_aside.iter();
        notes.map(|note| (note.reason.clone(), note.rows)).collect::<Vec<_>>()
    };
    assert!(reasons(2).iter().any(|(_, rows)| *rows > 2_000), "{:?}", reasons(2));
    assert!(!root.join(".cache").exists() || root.join(".cache").read_dir().unwrap().count() == 0);
}

/// What cells look like is counted alike by parts and in one go: of a file with another after it.
#[test]
fn drift_is_seen_by_parts_as_in_one_go() {
    let contract = contract_of(EVENTS);
    let of = |ref_heading: &str| {
        let headings = format!("{ref_heading},Force,Detained at,Ended,age,place,extended");
        let workspace = Workspace::new();
        workspace.deliver("a.csv", format!("{headings}\n{}", rows()));
        let later = "x,Derbyshire,12/01/2017 11:30,,77.5,Suite,Y\n".repeat(3);
        workspace.deliver("b.csv", format!("{headings}\n{later}"));
        let root = workspace.folder.path();
        let files = concordat::feeds::open(&contract, root, &areas()).quality.files;
        drifts(&contract, root, &files)
    };
    let by_parts = of("Ref");
    assert_eq!(by_parts, of("\"Ref\""));
    let age = by_parts.iter().find(|drift| drift.column == "age").unwrap();
    // all rows but the torn ones, which are nobody's cells: 230,000 less one in 5,003
    assert_eq!(age.stages[0].cells, 230_000 - 46);
}
