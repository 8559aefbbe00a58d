//! Plain text for a terminal: numbers to six digits, lines no wider than a hundred.

/// No line is wider than this.
pub(super) const WIDTH: usize = 100;

/// To six digits, enough to do the sums by hand; nine decimals at most.
pub(super) fn six(value: f64) -> String {
    let size = value.abs();
    let before = if size > 0.0 { libm::floor(libm::log10(size)) + 1.0 } else { 1.0 };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 9")]
    let decimals = (6.0 - before).clamp(0.0, 9.0) as usize;
    let text = format!("{value:.decimals$}");
    let short = match text.split_once('.') {
        Some(_) => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        None => text,
    };
    if short == "-0" { "0".to_owned() } else { short }
}

/// The same, or a dash where there is none.
pub(super) fn maybe(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), six)
}

/// Words on lines no wider than [`WIDTH`]: the first after `first`, the others after as many blanks.
pub(super) fn wrapped(first: &str, words: &str) -> String {
    let indent = first.chars().count();
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut empty = true;
    for word in words.split_whitespace() {
        let longer = line.chars().count() + usize::from(!empty) + word.chars().count();
        if !empty && longer > WIDTH {
            lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    lines.push(line.trim_end().to_owned());
    lines.join("\n")
}

/// A name and its value on one line or more; nothing for an empty value.
pub(super) fn named(name: &str, value: &str) -> String {
    if value.is_empty() {
        return String::new();
    }
    wrapped(&format!("  {name:<34} "), value) + "\n"
}

/// A table under headings: the first column and the last set left, the others right with their
/// decimal points below each other.
pub(super) fn table(headings: &[&str], rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> = aligned(rows, headings.len());
    let widest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| count(cell));
        cells.chain([count(headings[column])]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..headings.len()).map(widest).collect();
    let line = |cells: &[&str]| {
        let mut line = String::new();
        for (at, (cell, width)) in cells.iter().zip(&widths).enumerate() {
            let blanks = " ".repeat(width.saturating_sub(count(cell)));
            line.push_str("  ");
            if at == 0 || at + 1 == widths.len() {
                line.extend([*cell, blanks.as_str()]);
            } else {
                line.extend([blanks.as_str(), *cell]);
            }
        }
        line.trim_end().to_owned() + "\n"
    };
    let body = rows.iter().map(|row| line(&row.iter().map(String::as_str).collect::<Vec<_>>()));
    std::iter::once(line(headings)).chain(body).collect()
}

/// The inner columns with as many blanks after each number as its decimals are fewer.
fn aligned(rows: &[Vec<String>], columns: usize) -> Vec<Vec<String>> {
    let decimals = |cell: &str| cell.split_once('.').map_or(0, |(_, decimals)| decimals.len() + 1);
    let most = |column: usize| rows.iter().map(|row| decimals(&row[column])).max().unwrap_or(0);
    let inner: Vec<usize> = (0..columns)
        .map(|column| if column == 0 || column + 1 == columns { 0 } else { most(column) })
        .collect();
    let cell = |(cell, most): (&String, &usize)| {
        let blanks = if *most == 0 { 0 } else { most.saturating_sub(decimals(cell)) };
        cell.clone() + &" ".repeat(blanks)
    };
    rows.iter().map(|row| row.iter().zip(&inner).map(cell).collect()).collect()
}

fn count(text: &str) -> usize {
    text.chars().count()
}
