//! The pieces of a format, and reading a text piece by piece.

use chrono::NaiveDate;

use super::{DAY, EPOCH_DAYS, Fault};

/// Month names in English, as `%b` and `%B` read them, whatever their case.
pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// One piece of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    /// A number.
    Number {
        /// What it is.
        field: Field,
        /// Without leading zeros.
        short: bool,
    },
    /// The name of a month, or its first three letters.
    MonthName {
        /// The whole name.
        full: bool,
    },
    /// AM or PM.
    Noon,
    /// 2017/18: a year from April to March.
    FinancialYear,
    /// One byte of the text between the numbers.
    Literal(u8),
}

/// What a number of a format is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Day,
    Month,
    Year,
    ShortYear,
    Quarter,
    Hour,
    HourOfTwelve,
    Minute,
    Second,
}

/// What was read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Parts {
    pub(crate) year: u32,
    pub(crate) month: u32,
    pub(crate) day: u32,
    pub(crate) quarter: u32,
    hour: u32,
    minute: u32,
    second: u32,
    afternoon: Option<bool>,
}

impl Parts {
    /// Nothing yet; where a format has no day, it is the first.
    pub(crate) fn new() -> Self {
        Self { day: 1, ..Self::default() }
    }

    /// Seconds from 1970-01-01 00:00 to the local time.
    pub(crate) fn seconds(&self) -> Result<i64, Fault> {
        Ok(self.days()? * DAY + seconds_of_day(self)?)
    }

    /// Days since 1970.
    pub(crate) fn days(&self) -> Result<i64, Fault> {
        let day = |month, day| {
            i32::try_from(self.year)
                .ok()
                .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
                .map(|date| i64::from(chrono::Datelike::num_days_from_ce(&date)) - EPOCH_DAYS)
        };
        day(self.month, self.day).ok_or_else(|| match day(self.day, self.month) {
            Some(_) => Fault::Swapped,
            None => Fault::NoSuchDate,
        })
    }
}

/// The pieces of a format; `%q` and `%f` are pieces of periods alone.
pub(crate) fn tokens(text: &str, of_periods: bool) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if character != '%' {
            let mut bytes = [0; 4];
            tokens.extend(character.encode_utf8(&mut bytes).bytes().map(Token::Literal));
            continue;
        }
        let unknown = |letter: Option<char>| {
            let shown = letter.map_or_else(|| "%".to_owned(), |letter| format!("%{letter}"));
            let more = if of_periods { " %q %f" } else { " %H %I %M %S %p" };
            format!("the format `{text}` has `{shown}`, which is none of %d %m %Y %y %b %B{more}")
        };
        let mut letter = rest.next();
        let short = letter == Some('-');
        if short {
            letter = rest.next();
        }
        let number = |field| Token::Number { field, short };
        let token = match letter {
            Some('d') => number(Field::Day),
            Some('m') => number(Field::Month),
            Some('q') if of_periods && !short => number(Field::Quarter),
            Some('f') if of_periods && !short => Token::FinancialYear,
            Some('H') => number(Field::Hour),
            Some('I') => number(Field::HourOfTwelve),
            other if short => return Err(unknown(other)),
            Some('Y') => number(Field::Year),
            Some('y') => number(Field::ShortYear),
            Some('M') => number(Field::Minute),
            Some('S') => number(Field::Second),
            Some('b') => Token::MonthName { full: false },
            Some('B') => Token::MonthName { full: true },
            Some('p') => Token::Noon,
            Some('%') => Token::Literal(b'%'),
            other => return Err(unknown(other)),
        };
        tokens.push(token);
    }
    Ok(tokens)
}

/// One past the last token of the date, when nothing of the time of day comes before it.
pub(super) fn date_ends(tokens: &[Token]) -> Option<usize> {
    let of_date = |token: &Token| match token {
        Token::Number { field, .. } => {
            matches!(field, Field::Day | Field::Month | Field::Year | Field::ShortYear)
        }
        Token::MonthName { .. } | Token::FinancialYear => true,
        Token::Noon | Token::Literal(_) => false,
    };
    let end = tokens.iter().rposition(of_date)? + 1;
    let only_date =
        tokens[..end].iter().all(|token| of_date(token) || matches!(token, Token::Literal(_)));
    only_date.then_some(end)
}

/// Whether the whole text is of the tokens' form; fills the parts.
pub(super) fn read(tokens: &[Token], text: &str, parts: &mut Parts) -> bool {
    beginning(tokens, text, parts) == Some(text.len())
}

/// How many bytes at the beginning of a text are of the tokens' form; fills the parts.
pub(crate) fn beginning(tokens: &[Token], text: &str, parts: &mut Parts) -> Option<usize> {
    let text = text.as_bytes();
    let mut at = 0;
    for token in tokens {
        let rest = text.get(at..).unwrap_or_default();
        let length = match token {
            Token::Literal(byte) => (rest.first() == Some(byte)).then_some(1),
            Token::Number { field, short } => number(rest, *field, *short, parts),
            Token::MonthName { full } => month_name(rest, *full, parts),
            Token::Noon => noon(rest, parts),
            Token::FinancialYear => financial_year(rest, parts),
        };
        at += length?;
    }
    Some(at)
}

/// Reads a number into its part; gives how many bytes it has.
fn number(text: &[u8], field: Field, short: bool, parts: &mut Parts) -> Option<usize> {
    let digit = |at: usize| {
        let byte = *text.get(at)?;
        byte.is_ascii_digit().then(|| u32::from(byte - b'0'))
    };
    let (value, length) = match (field, digit(0)?, digit(1)) {
        (Field::Quarter, quarter, _) => (quarter, 1),
        (Field::Year, first, second) => {
            (first * 1_000 + second? * 100 + digit(2)? * 10 + digit(3)?, 4)
        }
        (_, first, Some(second)) => (first * 10 + second, 2),
        (_, first, None) if short => (first, 1),
        (_, _, None) => return None,
    };
    match field {
        Field::Day => parts.day = value,
        Field::Month => parts.month = value,
        Field::Quarter => parts.quarter = value,
        Field::Year => parts.year = value,
        Field::ShortYear => parts.year = if value < 70 { 2000 + value } else { 1900 + value },
        Field::Hour => parts.hour = value,
        Field::HourOfTwelve => {
            // 12 o'clock begins the half of the day; 0 and 13 are not on the clock.
            parts.hour = match value {
                12 => 0,
                1..=11 => value,
                _ => 99,
            };
        }
        Field::Minute => parts.minute = value,
        Field::Second => parts.second = value,
    }
    Some(length)
}

/// Reads `2017/18`, `2017-18` or `2017/2018`: two years that follow each other.
fn financial_year(text: &[u8], parts: &mut Parts) -> Option<usize> {
    let year = |from: usize, digits: usize| {
        let text = text.get(from..from + digits)?;
        text.iter().try_fold(0, |year: u32, byte| {
            byte.is_ascii_digit().then(|| year * 10 + u32::from(byte - b'0'))
        })
    };
    let first = year(0, 4)?;
    let parted = matches!(text.get(4), Some(b'/' | b'-'));
    parts.year = first;
    match (year(5, 4), year(5, 2)) {
        (Some(second), _) if parted && second == first + 1 => Some(9),
        (None, Some(second)) if parted && second == (first + 1) % 100 => Some(7),
        _ => None,
    }
}

fn month_name(text: &[u8], full: bool, parts: &mut Parts) -> Option<usize> {
    for (index, name) in (1..).zip(MONTHS) {
        let name = if full { name } else { &name[..3] };
        if text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes())) {
            parts.month = index;
            return Some(name.len());
        }
    }
    None
}

fn noon(text: &[u8], parts: &mut Parts) -> Option<usize> {
    let half = text.get(..2)?;
    let afternoon = half.eq_ignore_ascii_case(b"pm");
    if !afternoon && !half.eq_ignore_ascii_case(b"am") {
        return None;
    }
    parts.afternoon = Some(afternoon);
    Some(2)
}

fn seconds_of_day(parts: &Parts) -> Result<i64, Fault> {
    let hour = match parts.afternoon {
        Some(true) if parts.hour < 12 => parts.hour + 12,
        _ => parts.hour,
    };
    if hour > 23 || parts.minute > 59 || parts.second > 59 {
        return Err(Fault::NoSuchTime);
    }
    Ok(i64::from(hour) * 3_600 + i64::from(parts.minute) * 60 + i64::from(parts.second))
}
