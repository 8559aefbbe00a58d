//! Wide publications: months or categories across, made long.

use chrono::NaiveDate;
use concordat::feeds::Opened;

use super::workbook::{Cell, ods, xlsx};
use super::{Workspace, replaced, said, said_of};

const MONTHS: &str = r#"
title = "Admissions"
files = ["*"]
rows = "totals"
period = { grain = "month", column = "Month", format = "%B %Y" }
key = ["period", "trust"]
missing = { "*" = "suppressed", "-" = "missing" }
[gather]
headings = '^\w+ \d{4}$'
names = ["Month"]
values = "Admissions"
[columns]
trust = { type = "text", heading = ["Trust"] }
admissions = { type = "integer", heading = ["Admissions"], thousands = ",", zero = ["nil"] }
"#;

fn open(name: &str, bytes: impl AsRef<[u8]>, contract: &str) -> Opened {
    let opened = Workspace::new().deliver(name, bytes).open(contract);
    for file in &opened.quality.files {
        assert_eq!(file.rows_read, file.rows_used + file.rows_set_aside());
    }
    opened
}

/// Each row as `period trust admissions`, in the order of reading.
fn rows(opened: &Opened, columns: &[&str]) -> Vec<String> {
    let feed = opened.feed.as_ref().unwrap_or_else(|| panic!("{:?}", opened.problems));
    let rows = feed.rows.whole().unwrap();
    let days = rows.column("period").unwrap().to_physical_repr();
    (0..rows.height())
        .map(|row| {
            let day = NaiveDate::from_epoch_days(days.i32().unwrap().get(row).unwrap()).unwrap();
            let cells = columns.iter().map(|name| {
                let cell = rows.column(name).unwrap().get(row).unwrap();
                cell.get_str().map_or_else(|| cell.to_string(), str::to_owned)
            });
            let cells: Vec<String> = cells.collect();
            format!("{} {}", day.format("%Y-%m"), cells.join(" "))
        })
        .collect()
}

#[test]
fn months_across() {
    let text = "Trust,April 2021,May 2021,Total 2021,Notes\n\
        A,\"1,200\",*,5,x\n\
        B,-,nil,5,\n\
        C,many,3,5,\n\
        D,1,2\n";
    let opened = open("a.csv", text, MONTHS);
    let expected =
        ["2021-04 A 1200", "2021-05 A null", "2021-04 B null", "2021-05 B 0", "2021-05 C 3"];
    assert_eq!(rows(&opened, &["trust", "admissions"]), expected);
    let suppressed = rows(&opened, &["admissions@suppressed"]);
    assert_eq!(suppressed.iter().filter(|row| row.ends_with("true")).count(), 1);
    // A torn row would have been three, one for each heading gathered; `Total 2021` is no month.
    let expected = [
        "a.csv:5: torn row: 3 fields where there are 5 headings (3 rows)",
        "a.csv:4: admissions: not a whole number: many",
        "a.csv:2,3,4: period: not a period",
    ];
    assert_eq!(said(&opened.quality, |file| &file.set_aside), expected);
    assert_eq!(opened.quality.files[0].rows_read, 4 * 3);
    assert_eq!(opened.quality.files[0].unknown_headings, ["Notes"]);
}

/// The headings are dates, as spreadsheets make of months.
#[test]
fn months_across_as_dates() {
    use Cell::{Day, Empty, Number, Text};
    let sheet = [
        vec![Text("Trust"), Day(44_287.0, "2021-04-01"), Day(44_317.0, "2021-05-01")],
        vec![Text("A"), Number(1_200.0), Text("*")],
        vec![Text("B"), Empty, Number(7.0)],
    ];
    let contract = MONTHS.replace(r"^\w+ \d{4}$", r"^\d{4}-\d\d-\d\d$");
    for (name, bytes) in [("a.xlsx", xlsx(&[("A", &sheet)])), ("a.ods", ods(&[("A", &sheet)]))] {
        let opened = open(name, bytes, &contract);
        let expected = ["2021-04 A 1200", "2021-05 A null", "2021-04 B null", "2021-05 B 7"];
        assert_eq!(rows(&opened, &["trust", "admissions"]), expected, "{name}");
    }
}

/// Two rows of headings: the month over its columns, what is counted below it; merged trusts.
#[test]
fn months_and_measures_across() {
    let text = "Published by somebody,,,,\n\
        Trust,April 2021,,May 2021,\n\
        ,Admissions,Bed days,Admissions,Bed days\n\
        A,1,10,2,20\n\
        B,3,30,4,40\n";
    let contract = replaced(
        MONTHS,
        &[
            (r"'^\w+ \d{4}$'".to_owned(), r"'^(\w+ \d{4}) (.*)$'".to_owned()),
            ("names = [\"Month\"]".to_owned(), "names = [\"Month\", \"What\"]".to_owned()),
            ("values = \"Admissions\"".to_owned(), "values = \"Value\"".to_owned()),
            (
                "admissions = { type = \"integer\", heading = [\"Admissions\"], thousands = \",\", \
                 zero = [\"nil\"] }"
                    .to_owned(),
                "what = { type = \"text\", heading = [\"What\"] }\nvalue = { type = \"text\", heading \
                 = [\"Value\"] }\n[table]\nheadings = 2\nheading_rows = 2\n[spread]\nnames = \
                 \"what\"\nvalues = \"value\"\nadmissions = { type = \"integer\", from = \
                 [\"Admissions\"] }\nbed_days = { type = \"integer\", from = [\"Bed days\"] }"
                    .to_owned(),
            ),
        ],
    );
    let opened = open("a.csv", text, &contract);
    let expected = ["2021-04 A 1 10", "2021-05 A 2 20", "2021-04 B 3 30", "2021-05 B 4 40"];
    assert_eq!(rows(&opened, &["trust", "admissions", "bed_days"]), expected);
    let file = &opened.quality.files[0];
    assert_eq!((file.rows_read, file.rows_used), (8, 8));
}

#[test]
fn nothing_to_gather_stops_the_feed() {
    let opened = open("a.csv", "Trust,Apr-21\nA,1\n", MONTHS);
    let problems: Vec<String> = opened.problems.iter().map(said_of).collect();
    let expected = "data/feed/a.csv:1: no heading to gather: none matches `^\\w+ \\d{4}$` (mend \
        `headings` of [gather], or ask for the delivery again)";
    assert_eq!(problems, [expected]);
}

/// Periods of another length, of another month, and no periods at all.
#[test]
fn periods_from_a_first_to_a_last_day() {
    let contract = r#"
title = "Waits"
files = ["*"]
rows = "totals"
period = { grain = "quarter", from = "From", to = "To", format = "%d/%m/%Y" }
key = ["period"]
[columns]
n = { type = "integer" }
"#;
    let text = "From,To,n\n\
        01/04/2021,30/06/2021,1\n\
        01/04/2021,30/04/2021,2\n\
        01/05/2021,31/07/2021,3\n\
        01/07/2021,31/09/2021,4\n";
    let opened = open("a.csv", text, contract);
    assert_eq!(rows(&opened, &["n"]), ["2021-04 1"]);
    let expected =
        ["a.csv:5: period: not a period", "a.csv:3,4: period: left out: not exactly one quarter"];
    assert_eq!(said(&opened.quality, |file| &file.set_aside), expected);
}
