//! The contents: a column beside the page where there is room, folded away where there is not.

use maud::{Markup, html};

use crate::document::Block;

/// A section's heading and the headings of its parts.
struct Entry<'a> {
    text: &'a str,
    id: &'a str,
    parts: Vec<Part<'a>>,
}

struct Part<'a> {
    text: &'a str,
    id: &'a str,
    kicker: Option<&'a str>,
    /// Text and id of its own parts.
    pieces: Vec<(&'a str, &'a str)>,
}

/// Headings above which the parts of each section are folded away in the contents.
const MANY: usize = 120;

/// Links to every heading; nothing when there are none. The list stands twice, and style shows
/// one of the two: a folded list cannot be opened by style alone in every browser.
pub(super) fn contents(blocks: &[Block]) -> Markup {
    let entries = entries(blocks);
    if entries.is_empty() {
        return html! {};
    }
    html! {
        nav.contents.beside aria-label="Contents" {
            p.contents-title aria-hidden="true" { "Contents" }
            (list(&entries))
        }
        nav.contents.folded aria-label="Contents" {
            details {
                summary { "Contents" }
                (list(&entries))
            }
        }
    }
}

fn list(entries: &[Entry]) -> Markup {
    let fold = entries.iter().map(|entry| entry.parts.len()).sum::<usize>() > MANY;
    html! {
        ol role="list" {
            @for entry in entries {
                li {
                    a href={ "#" (entry.id) } { (entry.text) }
                    @if fold && !entry.parts.is_empty() {
                        details {
                            summary aria-label={ (entry.parts.len()) " parts of " (entry.text) } {
                                (entry.parts.len()) " parts"
                            }
                            (parts(&entry.parts))
                        }
                    } @else if !entry.parts.is_empty() {
                        (parts(&entry.parts))
                    }
                }
            }
        }
    }
}

fn parts(parts: &[Part]) -> Markup {
    html! {
        ol role="list" {
            @for part in parts {
                li {
                    a href={ "#" (part.id) } {
                        @if let Some(kicker) = part.kicker {
                            span.contents-kicker { (kicker) } " "
                        }
                        (part.text)
                    }
                    @if !part.pieces.is_empty() { (pieces(part)) }
                }
            }
        }
    }
}

/// The parts of a part, folded away.
fn pieces(part: &Part) -> Markup {
    let count = super::blocks::parts(part.pieces.len());
    html! {
        details {
            summary aria-label={ (count) " of " (part.text) } { (count) }
            ol role="list" {
                @for (text, id) in &part.pieces { li { a href={ "#" (id) } { (text) } } }
            }
        }
    }
}

fn entries(blocks: &[Block]) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry> = Vec::new();
    for block in blocks {
        let Block::Heading { level, text, id, kicker } = block else { continue };
        match (level, entries.last_mut()) {
            (4, Some(Entry { parts, .. })) if !parts.is_empty() => {
                parts.last_mut().into_iter().for_each(|part| part.pieces.push((text, id)));
            }
            (3, Some(entry)) => {
                let kicker = kicker.as_deref();
                entry.parts.push(Part { text, id, kicker, pieces: Vec::new() });
            }
            _ => entries.push(Entry { text, id, parts: Vec::new() }),
        }
    }
    entries
}
