//! What is said of workbooks that cannot be read, or not as the contract says.

use super::workbook::{Cell, archive, ods, xlsx};
use super::{EVENTS, Workspace, replaced, said_of};

fn said(name: &str, bytes: impl AsRef<[u8]>, table: &str) -> Vec<String> {
    let changes = [
        ("files      = [\"*.csv\", \"*.parquet\"]".to_owned(), "files = [\"*\"]".to_owned()),
        ("[columns]".to_owned(), format!("{table}[columns]")),
    ];
    let opened = Workspace::new().deliver(name, bytes).open(&replaced(EVENTS, &changes));
    assert!(opened.feed.is_none());
    opened.problems.iter().map(said_of).collect()
}

fn content(tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet>\
         </office:body></office:document-content>"
    );
    archive(&[("META-INF/manifest.xml", "<m/>"), ("content.xml", &content)])
}

#[test]
fn the_sheet_must_be_told() {
    let rows = [vec![Cell::Text("Ref")]];
    let sheets: [(&str, &[Vec<Cell>]); 2] = [("April", &rows), ("Notes", &[])];
    let help = "(name one of them in the contract: table = { sheet = \"…\" })";
    for (name, bytes) in [("a.xlsx", xlsx(&sheets)), ("a.ods", ods(&sheets))] {
        let list = "the workbook has `April`, `Notes`";
        for (table, problem) in [
            ("", "nothing says which sheet of the workbook"),
            ("[table]\nsheet = \"May\"\n", "no sheet is named `May`"),
            ("[table]\nsheet = \"*\"\n", "several sheets match `*`"),
            ("[table]\nsheet = 3\n", "the workbook has no sheet 3"),
        ] {
            let expected = format!("data/feed/{name}: {problem}: {list} {help}");
            assert_eq!(said(name, &bytes, table), [expected]);
        }
        let empty = said(name, &bytes, "[table]\nsheet = 2\n");
        assert!(empty[0].contains("the file is empty: it has not even headings"), "{empty:?}");
    }
}

/// What is said of a workbook of which only the reason differs.
fn unreadable(why: &str) -> String {
    let help = "open it and save it again as .xlsx or .ods, or as CSV UTF-8";
    format!("data/feed/a.ods: not a workbook that can be read: {why} ({help})")
}

#[test]
fn what_cannot_be_read_says_why() {
    let table = |rows: &str| content(&format!("<table:table table:name=\"A\">{rows}"));
    let row = |repeated: &str| {
        format!(
            "<table:table-row><table:table-cell table:number-columns-repeated=\"{repeated}\" \
             office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>"
        )
    };
    let open = "<office:spreadsheet><table:table table:name=\"A\">";
    for (bytes, why) in [
        (archive(&[("a", "b")]), "specified file not found in archive"),
        (
            table(&row("1")),
            "ill-formed document: expected `</table:table>`, but `</office:spreadsheet>` was found",
        ),
        (
            archive(&[("content.xml", open)]),
            "ill-formed document: start tag not closed: `</table:table>` not found before end of \
             input",
        ),
        (table(&format!("{}</table:table>", row("20000"))), "more than 16384 columns"),
        (table(&format!("{}</table:table>", row("ten"))), "`ten` is no number of repetitions"),
    ] {
        assert_eq!(said("a.ods", bytes, ""), [unreadable(why)]);
    }
}

#[test]
fn passwords_and_old_workbooks_are_named() {
    let locked = archive(&[("META-INF/manifest.xml", "<manifest:encryption-data/>")]);
    let problem = "the workbook has a password (save it without a password, or as CSV UTF-8)";
    assert_eq!(said("a.ods", locked, ""), [format!("data/feed/a.ods: {problem}")]);
    let problem = "the file is an old Excel workbook, or one with a password (save it as .xlsx \
        without a password, or as CSV UTF-8)";
    for name in ["a.ods", "a.xlsx", "a.csv"] {
        let said = said(name, b"\xD0\xCF\x11\xE0 and so on", "");
        let said = said[0].replace(", not text", "");
        assert_eq!(said, format!("data/feed/{name}: {problem}"));
    }
}
