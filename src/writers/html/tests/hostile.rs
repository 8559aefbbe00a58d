use base64::Engine;
use sha2::{Digest, Sha256};

use super::markup::{Token, read};
use super::sample;
use crate::document::{Block, Cell, Column, Document, Fact, Table, Tag, TextStyle};
use crate::writers::html::html;

const HOSTILE: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;!--</style></title>{}=1+1\u{202e}";

/// A document with the hostile words in every place that holds words.
fn document() -> Document {
    let bad = || HOSTILE.to_owned();
    let column = |numeric| Column { heading: bad(), numeric };
    let stack =
        Cell::Stack(vec![Cell::Text(bad()), Cell::Link { text: bad(), to: "a".to_owned() }]);
    let heading = |level, id: &str| Block::Heading {
        level,
        text: bad(),
        id: id.to_owned(),
        kicker: Some(bad()),
    };
    let mut blocks = vec![heading(2, "a"), heading(3, "b"), Block::List(vec![bad()])];
    blocks.push(Block::Tags(vec![Tag { name: "Area", value: bad() }]));
    for style in
        [TextStyle::Lead, TextStyle::Body, TextStyle::Note, TextStyle::Quote, TextStyle::Code]
    {
        blocks.push(Block::Text { style, text: bad() });
    }
    blocks.push(Block::Facts(vec![Fact { name: bad(), value: stack.clone() }]));
    for folded in [false, true] {
        blocks.push(Block::Table(Table {
            caption: bad(),
            columns: vec![column(false), column(true)],
            rows: vec![vec![Cell::Text(bad()), stack.clone()]],
            folded,
        }));
    }
    blocks.extend(sample::document().blocks.into_iter().filter_map(|block| match block {
        Block::Chart(mut chart) if chart.id == "chart-0" => {
            for text in [&mut chart.title, &mut chart.subtitle, &mut chart.caption, &mut chart.alt]
            {
                *text = bad();
            }
            for annotation in &mut chart.annotations {
                annotation.1 = bad();
            }
            Some(Block::Chart(chart))
        }
        _ => None,
    }));
    blocks.extend([heading(3, "c"), heading(4, "d")]);
    Document { title: bad(), subtitle: bad(), notes: vec![bad()], blocks }
}

#[test]
fn hostile_words_are_only_words() {
    let page = html(&document()).expect("hostile words are still words");
    let tokens = read(&page);
    for token in &tokens {
        let Token::Open { name, attributes } = token else { continue };
        assert!(name != "script" && name != "img", "{name} came through");
        assert!(attributes.iter().all(|(key, _)| !key.starts_with("on")), "{attributes:?}");
    }
    let told = tokens
        .iter()
        .filter(|token| matches!(token, Token::Text(text) if text.contains(HOSTILE)))
        .count();
    assert!(told >= 20, "the words themselves are kept: {told}");
    assert_eq!(page.matches("<style>").count(), 1);
}

/// The hash is worked out again from the page as it was written.
#[test]
fn the_policy_lets_in_the_pages_own_style_and_nothing_else() {
    for document in [document(), sample::document()] {
        let page = html(&document).expect("a page");
        let (_, after) = page.split_once("<style>").expect("a style");
        let (style, _) = after.split_once("</style>").expect("its end");
        let digest = Sha256::digest(style.as_bytes());
        let hash = base64::prelude::BASE64_STANDARD.encode(digest);
        let policy = read(&page)
            .iter()
            .find(|token| token.attribute("http-equiv") == Some("Content-Security-Policy"))
            .and_then(|token| token.attribute("content").map(str::to_owned))
            .expect("a policy");
        let expected = format!(
            "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; font-src data:; \
             base-uri 'none'; form-action 'none'"
        );
        assert_eq!(policy, expected);
    }
}
