use std::collections::BTreeSet;

use super::markup::{Token, read};
use super::sample;
use crate::disclosure::Figure;
use crate::document::{Block, Cell, Column, Document, Format, Table};
use crate::writers::html::html;

fn page() -> String {
    html(&sample::document()).expect("the sample can be written")
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(page(), page());
}

#[test]
fn every_id_is_unique_and_every_link_resolves() {
    let tokens = read(&page());
    let all: Vec<&str> = tokens.iter().filter_map(|token| token.attribute("id")).collect();
    let ids: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(all.len(), ids.len(), "an id stands twice");
    let mut links = 0;
    for token in &tokens {
        if let Some(target) = token.attribute("href").or(token.attribute("xlink:href")) {
            let id = target.strip_prefix('#').expect("only links inside the page");
            assert!(ids.contains(id), "#{id} leads nowhere");
            links += 1;
        }
        for name in ["aria-labelledby", "aria-describedby", "aria-controls", "for"] {
            for id in token.attribute(name).unwrap_or_default().split_whitespace() {
                assert!(ids.contains(id), "{name} names {id}, which is not there");
            }
        }
    }
    assert!(links > 18, "the contents and the summary link to every indicator");
}

#[test]
fn headings_skip_no_level() {
    let tokens = read(&page());
    let mut before = 0;
    for token in &tokens {
        let Token::Open { name, .. } = token else { continue };
        let Some(level) = name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()) else {
            continue;
        };
        assert!(level <= before + 1, "h{level} after h{before}");
        assert!(level > 1 || before == 0, "a second h1");
        before = level;
    }
    assert!(before > 1);
}

#[test]
fn every_row_has_a_heading_and_as_many_cells_as_columns() {
    let tokens = read(&page());
    let (mut columns, mut cells, mut headings, mut rows, mut in_head) = (0, 0, 0, 0, false);
    for token in &tokens {
        if token.opens("thead") {
            (in_head, columns) = (true, 0);
        } else if token.opens("tbody") {
            in_head = false;
        } else if token.opens("tr") {
            (cells, headings) = (0, 0);
        } else if token.opens("th") {
            let scope = token.attribute("scope");
            assert_eq!(scope, Some(if in_head { "col" } else { "row" }));
            if in_head {
                columns += 1;
            } else {
                headings += 1;
                cells += 1;
            }
        } else if token.opens("td") {
            cells += 1;
        } else if *token == Token::Close("tr".to_owned()) && !in_head {
            assert_eq!((headings, cells), (1, columns));
            rows += 1;
        }
    }
    assert!(rows >= 18 + 18 * 24);
}

#[test]
fn nothing_runs_but_the_pages_own_script_and_nothing_is_fetched() {
    let tokens = read(&page());
    assert_eq!(tokens.iter().filter(|token| token.opens("script")).count(), 1);
    for token in tokens {
        let Token::Open { name, attributes } = &token else { continue };
        assert!(name != "script" || attributes.is_empty(), "{attributes:?}");
        let banned = ["link", "iframe", "object", "embed", "form", "base", "image"];
        assert!(!banned.contains(&name.as_str()), "{name}");
        for (key, value) in attributes {
            assert!(!key.starts_with("on") && key != "style", "{name} has {key}");
            let fetches = ["href", "src", "srcset", "xlink:href", "action", "data"];
            if fetches.contains(&key.as_str()) {
                assert!(value.starts_with('#') || value.starts_with("data:"), "{key}={value}");
            }
        }
    }
}

#[test]
fn the_style_fetches_nothing() {
    let style = super::super::page::STYLE;
    assert!(!style.contains("@import") && !style.contains("http"));
    assert!(style.match_indices("url(").all(|(at, _)| style[at..].starts_with("url(data:")));
}

/// It asks nothing of the network, makes no markup and no code out of words, and holds nothing that
/// would end it.
#[test]
fn the_script_keeps_to_the_page() {
    let script = super::super::page::SCRIPT;
    let banned = [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "fetch(",
        "XMLHttpRequest",
        "WebSocket",
        "sendBeacon",
        "import(",
        "http:",
        "https:",
        "localStorage",
        "cookie",
        "</script",
        "<!--",
    ];
    for word in banned {
        assert!(!script.contains(word), "{word}");
    }
    assert!(script.starts_with("//") && script.contains("'use strict'"));
}

#[test]
fn a_number_is_rounded_for_the_reader_and_whole_for_the_machine() {
    let number = |value, format| Cell::Number { figure: Figure::for_test(value), format };
    let document = Document {
        title: "T".to_owned(),
        subtitle: String::new(),
        notes: Vec::new(),
        blocks: vec![Block::Table(Table {
            caption: "C".to_owned(),
            columns: ["A", "B", "C", "D", "E"]
                .map(|heading| Column { heading: heading.to_owned(), numeric: true })
                .to_vec(),
            rows: vec![vec![
                number(0.125, Format::Percent(0)),
                number(1234.5678, Format::Decimal(1)),
                number(90_061.4, Format::Clock),
                number(-0.0, Format::Pounds),
                number(1234.5, Format::Decimal(2)),
            ]],
            folded: false,
        })],
    };
    let tokens = read(&html(&document).expect("a page"));
    let cells: Vec<(&str, Option<&str>)> = tokens
        .windows(2)
        .filter_map(|pair| match pair {
            [open, Token::Text(text)]
                if open.opens("td") || open.attribute("scope") == Some("row") =>
            {
                Some((text.as_str(), open.attribute("data-value")))
            }
            _ => None,
        })
        .collect();
    let expected = [
        ("13%", Some("0.125")),
        ("1,234.6", Some("1234.5678")),
        ("25:01:01", Some("90061.4")),
        ("£0", Some("0")),
        ("1,234.50", None), // the very number, read without its comma
    ];
    assert_eq!(cells, expected);
}

#[test]
fn every_part_with_a_row_leads_back_to_it() {
    let tokens = read(&page());
    let rows: Vec<&str> = tokens
        .iter()
        .filter(|token| token.opens("tr"))
        .filter_map(|token| token.attribute("id"))
        .collect();
    assert_eq!(rows.len(), 18);
    for row in rows {
        let back = format!("#{row}");
        let links = tokens.iter().filter(|token| token.attribute("href") == Some(&back));
        assert_eq!(links.count(), 1, "{row}");
        let part = row.strip_prefix("_row-").expect("named by the heading it leads to");
        assert!(
            tokens.iter().any(|token| token.opens("h3") && token.attribute("id") == Some(part))
        );
    }
}

#[test]
fn the_parts_of_a_split_are_folded_under_their_whole() {
    let tokens = read(&page());
    let fold = tokens
        .iter()
        .position(|token| token.attribute("class") == Some("pieces"))
        .expect("a fold of parts");
    assert!(tokens[fold].opens("details"));
    assert_eq!(tokens[fold + 2], Token::Text("2 parts: Erewash, Hardwick".to_owned()));
    let ends = Token::Close("details".to_owned());
    let end = fold + tokens[fold..].iter().position(|token| *token == ends).expect("its end");
    let inside = |token: &&Token| token.opens("h4");
    assert_eq!(tokens[fold..end].iter().filter(inside).count(), 2);
    assert_eq!(tokens.iter().filter(inside).count(), 2);
}

/// A page holds thousands of cells: an attribute that does nothing costs its letters each time.
#[test]
fn nothing_is_written_that_does_nothing() {
    let page = page();
    assert!(!page.contains("class=\"\"") && !page.contains(" data-value=\"\""));
    let tokens = read(&page);
    let mut cards = false;
    for token in &tokens {
        if token.opens("table") {
            cards = token.attribute("class").is_some_and(|class| class.starts_with("cards"));
        }
        if token.opens("td") {
            assert_eq!(token.attribute("data-label").is_some(), cards);
            assert_eq!(token.attribute("role").is_some(), cards);
        }
    }
}

#[test]
fn behind_a_fold_a_column_without_an_entry_is_left_out() {
    let table = |folded| {
        Block::Table(Table {
            caption: "C".to_owned(),
            columns: ["A", "B", "C"]
                .map(|heading| Column { heading: heading.to_owned(), numeric: true })
                .to_vec(),
            rows: vec![vec![Cell::Text("a".to_owned()), Cell::Empty, Cell::Text("c".to_owned())]],
            folded,
        })
    };
    let document = |folded| Document {
        title: "T".to_owned(),
        subtitle: String::new(),
        notes: Vec::new(),
        blocks: vec![table(folded)],
    };
    let cells = |folded| {
        let tokens = read(&html(&document(folded)).expect("a page"));
        tokens.iter().filter(|token| token.opens("td")).count()
    };
    assert_eq!((cells(false), cells(true)), (2, 1));
}
