//! What the cells of a column look like, whatever the contract makes of them.

use std::collections::BTreeMap;

use super::convert::Cells;
use super::number::{decimal, integer};
use super::reading::{CellKind, Marker, Number, Source};
use super::texts::fold;
use super::written::Written;

/// What a cell looks like. In files that keep a type for what they hold, numbers and dates are those
/// that were entered as such; a text there that reads as a number is a number kept as text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A whole number; decimals that are all zero do not count.
    Whole,
    /// A number with decimals, or in scientific notation.
    Decimal,
    /// A number with a per cent sign.
    PerCent,
    /// A number that its file keeps as text.
    NumberAsText,
    /// A date or time as it is written: 0 stands for any digit, a number of one digit for two.
    Written(String),
    /// A date that its file keeps as one.
    Day,
    /// A date and time of day that its file keeps as one.
    Moment,
    /// A time of day that its file keeps as one.
    Clock,
    /// Yes or no, in a file that keeps them as such.
    Flag,
    /// Any other text.
    Text,
}

impl std::fmt::Display for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Whole => "whole numbers",
            Self::Decimal => "decimals",
            Self::PerCent => "per cent",
            Self::NumberAsText => "numbers kept as text",
            Self::Written(shape) => return write!(f, "dates or times as {shape}"),
            Self::Day => "dates",
            Self::Moment => "dates with a time of day",
            Self::Clock => "times of day",
            Self::Flag => "yes and no",
            Self::Text => "texts",
        })
    }
}

/// What a file keeps the cells of a column as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// As text, as everything in a text file is.
    Plain,
    /// As text, where it could have been kept as a number or a date.
    Text,
    Number,
    Flag,
    Day,
    Moment,
    Clock,
}

/// How many cells of a column have each form; those without a value have none.
pub(crate) type Forms = BTreeMap<Form, u64>;

/// Adds some cells of a column; `kept` is what its file says of all of them, where it does.
pub(crate) fn add(
    forms: &mut Forms,
    source: &Source,
    missing: &[(String, Marker)],
    cells: &Cells,
    kept: Kept,
) {
    let Some(texts) = cells.texts() else { return };
    let zero: &[String] = match &source.kind {
        CellKind::Integer(number) | CellKind::Decimal(number) => &number.zero,
        _ => &[],
    };
    for (row, text) in texts.iter().enumerate() {
        let text = text.trim();
        let is_marker = |(marker, _): &(String, Marker)| marker.eq_ignore_ascii_case(text);
        let none = text.is_empty() || missing.iter().any(is_marker);
        if none || !zero.is_empty() && zero.contains(&fold(text)) {
            continue;
        }
        let kept = match cells {
            Cells::Sheet(..) => entered(cells.written(row)),
            _ => kept,
        };
        *forms.entry(form(text, kept)).or_default() += 1;
    }
}

fn entered(written: Written) -> Kept {
    match written {
        Written::Text => Kept::Text,
        Written::Number => Kept::Number,
        Written::Day(_) => Kept::Day,
        Written::Moment(_) => Kept::Moment,
        Written::Clock(_) => Kept::Clock,
    }
}

fn form(text: &str, kept: Kept) -> Form {
    match (kept, number(text)) {
        (Kept::Flag, _) => Form::Flag,
        (Kept::Day, _) => Form::Day,
        (Kept::Moment, _) => Form::Moment,
        (Kept::Clock, _) => Form::Clock,
        (Kept::Text, Some(_)) => Form::NumberAsText,
        (Kept::Plain | Kept::Number, Some(number)) => number,
        (_, None) => shape(text).map_or(Form::Text, Form::Written),
    }
}

fn number(text: &str) -> Option<Form> {
    let loose = Number { thousands: true, ..Number::default() };
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if digits || integer(text, &loose).is_ok() {
        return Some(Form::Whole);
    }
    match text.strip_suffix('%') {
        Some(share) => decimal(share.trim_end(), &loose, true).is_ok().then_some(Form::PerCent),
        None => decimal(text, &loose, true).is_ok().then_some(Form::Decimal),
    }
}

/// How a date, a time of day, or both are written: `01/02/2017 9:30` is `00/00/0000 00:00`.
fn shape(text: &str) -> Option<String> {
    const DATES: [&str; 6] =
        ["0000?00?00", "00?00?0000", "00?00?00", "00?Mon?0000", "00?Mon?00", ""];
    const CLOCKS: [&str; 5] = ["00:00:00.0", "00:00:00", "00:00", "00.00", ""];
    let shape = outline(text)?;
    let rest = DATES.iter().find_map(|date| strip(&shape, date))?;
    let clock = rest.trim_start_matches([' ', 'T', ',']);
    let rest = CLOCKS.iter().find_map(|form| strip(clock, form))?;
    let known = ["", " am", "am", "Z", "+00:00"].contains(&rest);
    (known && shape.contains("00")).then_some(shape)
}

/// Numbers of one or two digits as `00`, of four as `0000`, fractions of a second as `0`, names of
/// months as `Mon`, am and pm as `am`; `None` where there is another number or word.
fn outline(text: &str) -> Option<String> {
    let mut shape = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_alike = |next: char| match first {
            '0'..='9' => next.is_ascii_digit(),
            'a'..='z' | 'A'..='Z' => next.is_ascii_alphabetic(),
            _ => next == first,
        };
        let end = rest.find(|next| !is_alike(next)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        let month = |part: &str| {
            let months = "jan feb mar apr may jun jul aug sep oct nov dec";
            let head = part.get(..3).unwrap_or_default().to_ascii_lowercase();
            !head.is_empty() && months.split(' ').any(|month| month == head)
        };
        shape.push_str(match part.len() {
            _ if first.is_ascii_digit() && shape.ends_with("00:00:00.") => "0",
            1 | 2 if first.is_ascii_digit() => "00",
            4 if first.is_ascii_digit() => "0000",
            _ if first.is_ascii_digit() => return None,
            1 if matches!(first, '/' | '-' | '.' | ':' | ' ' | ',' | '+' | 'T' | 'Z') => part,
            2 if ["am", "pm"].contains(&part.to_ascii_lowercase().as_str()) => "am",
            3..=9 if month(part) => "Mon",
            _ => return None,
        });
        rest = after;
    }
    Some(shape)
}

/// What follows a form; `?` stands for one sign between the parts of a date, the same each time.
fn strip<'a>(shape: &'a str, form: &str) -> Option<&'a str> {
    let signs = ['/', '-', '.', ' '].iter();
    let rest = |sign: &char| shape.strip_prefix(&form.replace('?', &sign.to_string()));
    signs.clone().find_map(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_text_files_by_their_look() {
        let written = |shape: &str| Form::Written(shape.to_owned());
        for (text, expected) in [
            ("34", Form::Whole),
            ("-3", Form::Whole),
            ("7,365", Form::Whole),
            ("34.0", Form::Whole),
            ("20514220410000000000000", Form::Whole),
            ("34.5", Form::Decimal),
            ("5.03563e+006", Form::Decimal),
            ("90.5%", Form::PerCent),
            ("12 %", Form::PerCent),
            ("01/02/2017", written("00/00/0000")),
            ("1/2/2017 9:30", written("00/00/0000 00:00")),
            ("2017-02-01T10:00:30.123Z", written("0000-00-00T00:00:00.0Z")),
            ("01-Feb-17", written("00-Mon-00")),
            ("1 February 2017", written("00 Mon 0000")),
            ("01/02/2017 09:30 pm", written("00/00/0000 00:00 am")),
            ("23:50", written("00:00")),
            ("01/02-2017", Form::Text),
            ("2017/18", Form::Text),
            ("01234 567890", Form::Text),
            ("10.0.0.1", Form::Text),
            ("Market Place", Form::Text),
            ("unknown", Form::Text),
            ("%", Form::Text),
            ("5 %%", Form::Text),
            ("é/é", Form::Text),
        ] {
            assert_eq!(form(text, Kept::Plain), expected, "{text}");
        }
    }

    #[test]
    fn cells_that_are_kept_with_a_type() {
        assert_eq!(form("34", Kept::Text), Form::NumberAsText);
        assert_eq!(form("34", Kept::Number), Form::Whole);
        assert_eq!(form("34.5", Kept::Number), Form::Decimal);
        assert_eq!(form("2017-02-01", Kept::Day), Form::Day);
        assert_eq!(form("01/02/2017", Kept::Text), Form::Written("00/00/0000".to_owned()));
    }
}
