//! Drafts of contracts: what is found in a sample, every guess marked; the draft reads the sample.

use std::path::Path;

use concordat::feeds::draft::draft;
use concordat::filter::ColumnType;

use super::workbook::{Cell, xlsx};
use super::{Workspace, contract_of, said};

const SAMPLE: &str = "\
Street triage, April 2017;;;;;;\n\
Ref No;Police force;Called at;Outcome;Age;Seen on;Cost\n\
T1;Derbyshire;13/04/2017 21:10;Advice;34;13/04/2017;7,365.50\n\
T2;Derbyshire;03/04/2017 02:45;advice;NK;04/04/2017;12\n\
T3;Derbyshire;05/04/2017 02:45;Detained;17;04/05/2017;*\n\
T4;Derbyshire;06/04/2017 12:00;Detained;19;;3\n\
T5;Derbyshire;07/04/2017 12:00;Detained;60;01/02/2017;4\n\
T6;Derbyshire;08/04/2017 12:00;Advice;61;02/02/2017;5\n";

const DRAFT: &str = r#"# A draft, made from 6 rows of triage.csv. What says `guess` is one: settle it with
# whoever sends the file, and take the word away. No file says what its sender means.
title      = "triage"    # guess: the file's name
files      = ["*.csv"]    # guess: every file of this kind
rows       = "events"    # guess: "events", "stays" or "totals"
key        = ["ref_no"]    # guess: no two rows have the same
event_time = "called_at"    # guess: the first time, or date
# area     = "…"    # the column of type area that says where a row belongs
delimiter  = ";"
missing    = { "*" = "suppressed", "NK" = "missing" }    # guess: "missing", "suppressed" or "not applicable"

[table]
headings = 2    # guess: what stands above is a title

[columns]
ref_no = { type = "text", heading = "Ref No" }    # guess
# perhaps: police_force = { type = "area", kind = "…", heading = "Police force" }
police_force = { type = "code", codes = { derbyshire = ["Derbyshire"] }, heading = "Police force" }    # guess
called_at = { type = "time", format = "%d/%m/%Y %H:%M", heading = "Called at" }    # guess
outcome = { type = "code", codes = { advice = ["Advice"], detained = ["Detained"] }, heading = "Outcome" }    # guess
age = { type = "integer", heading = "Age" }    # guess
seen_on = { type = "date", format = "%d/%m/%Y", heading = "Seen on" }    # guess
cost = { type = "decimal", thousands = ",", heading = "Cost" }    # guess
"#;

#[test]
fn a_draft_says_what_it_found_and_what_it_guessed() {
    let made = draft("triage.csv", SAMPLE.into()).unwrap();
    assert_eq!(made, DRAFT);
    let opened = Workspace::new().deliver("triage.csv", SAMPLE).open(&made);
    assert_eq!(opened.problems, []);
    assert_eq!(said(&opened.quality, |file| &file.set_aside), [] as [String; 0]);
    assert_eq!(opened.feed.unwrap().rows.height(), 6);
}

#[test]
fn what_cannot_be_told_is_said() {
    let made = draft("a.csv", "Day,Value\n01/02/2017,1\n02/03/2017,1\n02/03/2017,x\n".into());
    let made = made.unwrap();
    for line in [
        "key        = []    # guess: no column alone tells the rows apart; name several if they do",
        "day = { type = \"date\", format = \"%d/%m/%Y\", heading = \"Day\" }    # guess: nothing \
         tells day from month here; it may be %m/%d/%Y",
        "value = { type = \"text\", heading = \"Value\" }    # guess",
    ] {
        assert!(made.lines().any(|found| found == line), "{line}\n{made}");
    }
    let made = draft("a.csv", "Name,\"a \"\"b\"\"\\\"\n,\n".into()).unwrap();
    assert!(
        made.contains("# event_time = \"…\"    # no column reads as a date or a time"),
        "{made}"
    );
    assert!(
        made.contains("heading = \"a \\\"b\\\"\\\\\" }    # guess: it holds nothing"),
        "{made}"
    );
    let made = draft("a.csv", "Day,A,a\n2017-02-01,1,2\n2017-02-01,1,2\n".into()).unwrap();
    let said = "a = { type = \"integer\", heading = \"A\", repeat = \"first\" }    # guess; the heading \
        comes 2 times: \"first\" or \"last\"";
    assert!(made.lines().any(|line| line == said), "{made}");
    let said = draft("a.csv", Vec::new()).unwrap_err().to_string();
    assert_eq!(said, "a.csv: the file is empty: it has not even headings");
    let said = draft("a.pdf", b"%PDF-1.7".to_vec()).unwrap_err().to_string();
    assert_eq!(said, "a.pdf: the file is a PDF, not text");
}

/// The draft of each sample feed reads its own file, and finds the types that its contract has.
#[test]
fn drafts_of_the_sample_feeds_read_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for (feed, file) in [
        ("s136", "s136-2014-15.csv"),
        ("custody", "custody-2014-15.csv"),
        ("placements", "placements-2014-15.csv"),
        ("responses", "responses-2014-15.csv"),
    ] {
        let bytes = std::fs::read(root.join(feed).join(file)).unwrap();
        let made = draft(file, bytes.clone()).unwrap();
        let drafted = contract_of(&made);
        let real = std::fs::read_to_string(root.join(feed).join("feed.toml")).unwrap();
        let real = contract_of(&real);
        let heading = |name: &str, contract: &concordat::feeds::contract::Contract| {
            let found = contract.reading.columns.iter().find(|column| column.name == name);
            found.map(|column| column.headings.clone()).unwrap_or_default()
        };
        let mut compared = 0;
        for (name, kind) in &drafted.columns {
            let own = heading(name, &drafted);
            let known = real.columns.iter().find(|(known, _)| {
                heading(known, &real).iter().any(|text| own.iter().any(|own| own == text))
            });
            let Some((_, known)) = known else { continue };
            let times = |kind: &ColumnType| matches!(kind, ColumnType::Time | ColumnType::Date);
            assert_eq!(times(kind), times(known), "{feed} {name}\n{made}");
            let number =
                |kind: &ColumnType| matches!(kind, ColumnType::Integer | ColumnType::Decimal);
            // Codes may be numbers: the draft says so, and cannot know.
            if !matches!(known, ColumnType::Code(_)) {
                assert_eq!(number(kind), number(known), "{feed} {name}\n{made}");
            }
            compared += 1;
        }
        assert!(compared >= 3, "{feed}: {compared}\n{made}");
        let opened = Workspace::new().deliver(file, bytes).open(&made);
        assert_eq!(opened.problems, [], "{feed}\n{made}");
        let quality = &opened.quality.files[0];
        assert!(
            quality.rows_used * 20 >= quality.rows_read * 19,
            "{feed}: {:?}",
            quality.set_aside
        );
    }
}

#[test]
fn a_workbook_of_several_sheets_names_the_first() {
    use Cell::{Day, Text};

    let rows = vec![
        vec![Text("Name"), Text("Day")],
        vec![Text("a"), Day(42_767.0, "2017-02-01")],
        vec![Text("b"), Day(42_768.0, "2017-02-02")],
    ];
    let notes = vec![vec![Text("Notes")]];
    let bytes = xlsx(&[("Data", &rows), ("Notes", &notes)]);
    let made = draft("a.xlsx", bytes.clone()).unwrap();
    assert!(made.contains("sheet = 1    # guess: the first of several"), "{made}");
    assert!(made.contains("day = { type = \"date\", format = \"%Y-%m-%d\""), "{made}");
    let opened = Workspace::new().deliver("a.xlsx", bytes).open(&made);
    assert_eq!(opened.problems, []);
    assert_eq!(opened.feed.unwrap().rows.height(), 2);
}
