//! The page around the blocks: head, masthead, contents, main part, footer.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::index::Index;
use super::table::Tables;
use super::{blocks, contents, signs};
use crate::charts::font_face_css;
use crate::document::{Block, Document};
use crate::error::Error;

/// The look of the page: colours, page, blocks, tables, forms, paper. The font stands before it.
pub(super) const STYLE: &str = concat!(
    include_str!("style/colours.css"),
    include_str!("style/page.css"),
    include_str!("style/blocks.css"),
    include_str!("style/table.css"),
    include_str!("style/form.css"),
    include_str!("style/what_if.css"),
    include_str!("style/paper.css"),
);

/// What the page can do by itself, in the order in which the files need each other.
pub(super) const SCRIPT: &str = concat!(
    include_str!("script/page.js"),
    include_str!("script/sort.js"),
    include_str!("script/open.js"),
    include_str!("script/find.js"),
    include_str!("script/month.js"),
    include_str!("script/form.js"),
    include_str!("script/what_if.js"),
);

/// Whether there is something for the script to do: parts to find, or a what-if. The definitions
/// manual, for one, runs nothing.
fn scripted(document: &Document) -> bool {
    document.blocks.iter().any(|block| matches!(block, Block::Tags(_) | Block::WhatIf(_)))
}

pub(super) fn page(document: &Document) -> Result<Markup, Error> {
    let mut tables = Tables::new(Index::of(&document.blocks));
    let main = blocks::blocks(&document.blocks, &mut tables)?;
    let sheet = signs::sheet(&main.0);
    let contents = contents::contents(&document.blocks);
    Ok(html! {
        (DOCTYPE)
        html lang="en-GB" {
            (head(document))
            body {
                a.skip href="#_main" { "Skip to the content" }
                (sheet)
                (masthead(document))
                div.layout {
                    (contents)
                    main #_main tabindex="-1" { (main) }
                }
                (footer(document))
                @if scripted(document) { script { (PreEscaped(SCRIPT)) } }
            }
        }
    })
}

fn head(document: &Document) -> Markup {
    let style = font_face_css() + STYLE;
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(policy(&style, scripted(document)));
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="referrer" content="no-referrer";
            title { (document.title) @if !document.subtitle.is_empty() { " – " (document.subtitle) } }
            style { (PreEscaped(style)) }
        }
    }
}

/// Lets in this one style sheet and this one script, and pictures and fonts that stand in the page
/// itself. The script cannot make markup out of words: that takes a trusted type, and there is none.
fn policy(style: &str, scripted: bool) -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    let script =
        if scripted { format!("script-src 'sha256-{}'; ", hash(SCRIPT)) } else { String::new() };
    format!(
        "default-src 'none'; style-src 'sha256-{}'; {script}img-src data:; font-src data:; \
         base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; \
         trusted-types 'none'",
        hash(style),
    )
}

fn masthead(document: &Document) -> Markup {
    html! {
        header.masthead #_top {
            div.wrap {
                h1 { (document.title) }
                @if !document.subtitle.is_empty() { p.subtitle { (document.subtitle) } }
                @if !document.notes.is_empty() {
                    ul.notes role="list" { @for note in &document.notes { li { (note) } } }
                }
            }
        }
    }
}

fn footer(document: &Document) -> Markup {
    html! {
        footer.colophon {
            div.wrap {
                p { strong { (document.title) } @if !document.subtitle.is_empty() { br; (document.subtitle) } }
                p {
                    "This page is one file. It opens without a network and sends nothing. "
                    @if scripted(document) {
                        "Its one script sorts, finds and opens what stands here, and works out what if; \
                         without it everything can still be read."
                    } @else { "It runs no script." }
                }
                p { a href="#_top" { "Back to the top" } }
            }
        }
    }
}
