//! Text made safe and made to fit.

use super::font::{Weight, width};

/// One line of printable text: white space becomes single spaces; control characters, marks that
/// change the reading direction, invisible joiners and what XML forbids are dropped.
pub(crate) fn clean(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(|&c| allowed(c))
        .collect();
    spaced.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn allowed(letter: char) -> bool {
    let unseen = matches!(letter,
        '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}');
    let forbidden = u32::from(letter) & 0xFFFE == 0xFFFE;
    !(letter.is_control() || unseen || forbidden)
}

/// Text for the inside of an XML element or attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Lines no wider than `room` pixels, broken at spaces, inside a word only where the word alone
/// is too wide. What does not fit into `most` lines ends in an ellipsis.
pub(crate) fn wrap(text: &str, size: f64, weight: Weight, room: f64, most: usize) -> Vec<String> {
    let text = clean(text);
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer, size, weight) <= room {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let mut pieces = split_word(word, size, weight, room);
        line = pieces.pop().unwrap_or_default();
        lines.append(&mut pieces);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = shorten(&format!("{last}…"), size, weight, room);
        }
    }
    lines
}

/// The same number of lines as [`wrap`] needs, but of nearly the same width.
pub(crate) fn wrap_evenly(
    text: &str,
    size: f64,
    weight: Weight,
    room: f64,
    most: usize,
) -> Vec<String> {
    let lines = wrap(text, size, weight, room, most);
    if lines.len() < 2 || lines.last().is_some_and(|last| last.ends_with('…')) {
        return lines;
    }
    let longest_word = clean(text).split(' ').map(|w| width(w, size, weight)).fold(0.0, f64::max);
    let (mut narrow, mut wide) = (longest_word.min(room), room);
    while wide - narrow > 2.0 {
        let middle = f64::midpoint(narrow, wide);
        if wrap(text, size, weight, middle, most + 1).len() > lines.len() {
            narrow = middle;
        } else {
            wide = middle;
        }
    }
    wrap(text, size, weight, wide, most)
}

/// A word cut into pieces that fit; one piece when it fits whole.
fn split_word(word: &str, size: f64, weight: Weight, room: f64) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for letter in word.chars() {
        if let Some(piece) = pieces.last_mut() {
            piece.push(letter);
            if width(piece, size, weight) <= room || piece.chars().nth(1).is_none() {
                continue;
            }
            piece.pop();
        }
        pieces.push(letter.to_string());
    }
    pieces
}

/// One line no wider than `room` pixels, ended by an ellipsis where it had to be cut.
pub(crate) fn shorten(text: &str, size: f64, weight: Weight, room: f64) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.trim_end_matches('…').chars().collect();
    loop {
        let line: String = kept.iter().collect::<String>().trim_end().to_owned() + "…";
        if kept.is_empty() || width(&line, size, weight) <= room {
            return line;
        }
        kept.pop();
    }
}
