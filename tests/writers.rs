use concordat::document::{Block, Cell, Column, Document, Table};
use concordat::number::{clock, decimal, percent, pounds};
use concordat::writers::html::html;
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    r#as: String,
    value: f64,
    shown: String,
}

/// Every case in `tests/cases/writers/numbers.toml` was rounded by hand.
#[test]
fn numbers_are_shown_as_in_the_cases() {
    let cases: Cases = toml::from_str(include_str!("cases/writers/numbers.toml")).expect("cases");
    assert!(!cases.case.is_empty(), "no cases were read");
    for Case { r#as: format, value, shown } in cases.case {
        let (name, decimals) = format.split_once(' ').unwrap_or((&format, "0"));
        let decimals = decimals.parse().expect("decimals");
        let found = match name {
            "decimal" => decimal(value, decimals),
            "percent" => percent(value, decimals),
            "clock" => clock(value),
            "pounds" => pounds(value),
            other => panic!("unknown format {other}"),
        };
        assert_eq!(found, shown.replace('m', "\u{2212}"), "{value} as {format}");
    }
}

#[test]
fn what_is_not_finite_is_not_defined() {
    assert_eq!(decimal(f64::NAN, 1), "not defined");
    assert_eq!(percent(f64::INFINITY, 1), "not defined");
    assert_eq!(clock(f64::NEG_INFINITY), "not defined");
}

fn heading(level: u8, id: &str) -> Block {
    Block::Heading { level, text: "Heading".to_owned(), id: id.to_owned(), kicker: None }
}

fn document(blocks: Vec<Block>) -> Document {
    Document { title: "Title".to_owned(), subtitle: String::new(), notes: Vec::new(), blocks }
}

fn table(row: Vec<Cell>) -> Block {
    let column = |heading: &str| Column { heading: heading.to_owned(), numeric: false };
    Block::Table(Table {
        caption: "Table".to_owned(),
        columns: vec![column("A"), column("B")],
        rows: vec![row],
        folded: false,
    })
}

#[test]
fn a_document_that_does_not_hold_together_is_refused() {
    let link = |to: &str| Cell::Link { text: "words".to_owned(), to: to.to_owned() };
    let faults = [
        (vec![heading(3, "a")], "level 3 out of order"),
        (vec![heading(2, "a"), heading(4, "b")], "level 4 out of order"),
        (vec![heading(2, "a"), heading(2, "a")], "two headings have the id `a`"),
        (vec![heading(2, "a b")], "unusable id `a b`"),
        (vec![heading(2, "_a")], "unusable id `_a`"),
        (vec![heading(2, "")], "unusable id ``"),
        (vec![heading(2, "a"), table(vec![Cell::Empty])], "has 1 cells, not 2"),
        (vec![heading(2, "a"), table(vec![link("a"), link("b")])], "links to `b`"),
        (vec![heading(2, "a"), table(vec![link("a"), Cell::Stack(vec![link("c")])])], "to `c`"),
    ];
    for (blocks, expected) in faults {
        let error = html(&document(blocks)).expect_err(expected);
        assert!(error.problem.contains(expected), "{error} does not say: {expected}");
    }
    let whole = document(vec![heading(2, "a"), heading(3, "b"), table(vec![link("a"), link("b")])]);
    assert!(html(&whole).is_ok());
}

#[test]
fn an_empty_document_is_a_page() {
    let page = html(&document(Vec::new())).expect("a page");
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en-GB\">"));
    assert!(!page.contains("<nav"), "no contents without headings");
}
