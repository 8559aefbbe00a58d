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
        assert!(name != "img" && name != "iframe", "{name} came through");
        assert!(attributes.iter().all(|(key, _)| !key.starts_with("on")), "{attributes:?}");
    }
    let told = tokens
        .iter()
        .filter(|token| matches!(token, Token::Text(text) if text.contains(HOSTILE)))
        .count();
    assert!(told >= 20, "the words themselves are kept: {told}");
    assert_eq!(page.matches("<style>").count(), 1);
    let scripts = tokens.iter().filter(|token| token.opens("script"));
    assert_eq!(scripts.count(), 1, "the page's own");
}

/// The hashes are worked out again from the page as it was written.
#[test]
fn the_policy_lets_in_the_pages_own_style_and_script_and_nothing_else() {
    for document in [document(), sample::document()] {
        let page = html(&document).expect("a page");
        let hash = |name: &str| {
            let (_, after) = page.split_once(&format!("<{name}>")).expect("its beginning");
            let (text, _) = after.split_once(&format!("</{name}>")).expect("its end");
            base64::prelude::BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()))
        };
        let policy = read(&page)
            .iter()
            .find(|token| token.attribute("http-equiv") == Some("Content-Security-Policy"))
            .and_then(|token| token.attribute("content").map(str::to_owned))
            .expect("a policy");
        let expected = format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; \
             font-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; \
             trusted-types 'none'",
            hash("style"),
            hash("script"),
        );
        assert_eq!(policy, expected);
    }
}
