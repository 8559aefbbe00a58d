//! Dates and times of a declared format, checked while they are read.
//!
//! A format is compiled once to a short list of tokens. Reading is strict: every character counts,
//! numbers have exactly the digits their token asks for, and a date that does not exist is not
//! moved to the next one that does. Stricter than `chrono`'s own parser in four ways: no sign and
//! no missing zeros (`1/2/2017` needs `%-d/%-m/%Y`), white space is matched character by character,
//! years have four digits, and a 60th second is not a time.

use chrono::NaiveDate;

/// Days from the first day of year 1 to 1 January 1970.
const EPOCH_DAYS: i64 = 719_163;

/// Seconds in a day without a clock change.
pub const DAY: i64 = 86_400;

/// Month names in English, as `%b` and `%B` read them, whatever their case.
const MONTHS: [&str; 12] = [
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

/// A declared format: `%d/%m/%Y %H:%M`.
///
/// Understood: `%d %m %Y %y %b %B %H %I %M %S %p`, `%-d %-m %-H %-I` for numbers without leading
/// zeros, `%%`; every other character stands for itself. `%y` reads 00–69 as 2000–2069.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    text: String,
    tokens: Vec<Token>,
    /// Where the date ends, if the time of day follows it.
    date_ends: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Number {
        field: Field,
        short: bool,
    },
    MonthName {
        full: bool,
    },
    Noon,
    /// One byte of the text between the numbers.
    Literal(u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Day,
    Month,
    Year,
    ShortYear,
    Hour,
    HourOfTwelve,
    Minute,
    Second,
}

/// What a format must be able to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Year and month.
    Month,
    /// Year, month and day, and no time of day.
    Date,
    /// Year, month, day, hour and minute.
    Time,
}

/// Why a text is not a date or time of the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is not written in the format.
    Form,
    /// The day is not in the calendar: 31 February.
    NoSuchDate,
    /// The time is not on the clock: 24:10.
    NoSuchTime,
    /// A date without its time of day: unknown, not 00:00.
    DateAlone,
}

#[derive(Default)]
struct Parts {
    year: u32,
    month: u32,
    day: u32,
    hour: u32,
    minute: u32,
    second: u32,
    afternoon: Option<bool>,
}

impl Format {
    /// Compiles a format for a purpose; the error says what is wrong with it, as a sentence.
    pub fn compile(text: &str, purpose: Purpose) -> Result<Self, String> {
        let tokens = tokens(text)?;
        let has = |fields: &[Field]| {
            tokens
                .iter()
                .filter(
                    |token| matches!(token, Token::Number { field, .. } if fields.contains(field)),
                )
                .count()
        };
        let names = tokens.iter().filter(|t| matches!(t, Token::MonthName { .. })).count();
        let noon = tokens.iter().filter(|t| matches!(t, Token::Noon)).count();
        let counts = [
            ("a year (%Y)", has(&[Field::Year, Field::ShortYear]), true),
            ("a month (%m or %b)", has(&[Field::Month]) + names, true),
            ("a day (%d)", has(&[Field::Day]), purpose != Purpose::Month),
            ("an hour (%H)", has(&[Field::Hour, Field::HourOfTwelve]), purpose == Purpose::Time),
            ("minutes (%M)", has(&[Field::Minute]), purpose == Purpose::Time),
            ("seconds (%S)", has(&[Field::Second]), false),
        ];
        for (what, count, needed) in counts {
            if needed && count == 0 {
                return Err(format!("the format `{text}` lacks {what}"));
            }
            if count > 1 {
                return Err(format!("the format `{text}` has {what} more than once"));
            }
        }
        if has(&[Field::HourOfTwelve]) != noon {
            return Err(format!("the format `{text}` needs %I and %p together"));
        }
        let with_time = has(&[Field::Hour, Field::HourOfTwelve, Field::Minute, Field::Second]) > 0;
        if with_time && purpose != Purpose::Time {
            return Err(format!("the format `{text}` has a time of day, which is not read here"));
        }
        let date_ends = date_ends(&tokens).filter(|_| with_time);
        Ok(Self { text: text.to_owned(), tokens, date_ends })
    }

    /// The format as declared.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Reads a whole text: seconds from 1970-01-01 00:00 to the local time it names, no zone.
    /// Without a time of day, the start of the day; without a day, the first of the month.
    pub fn seconds(&self, text: &str) -> Result<i64, Fault> {
        let mut parts = Parts { day: 1, ..Parts::default() };
        if read(&self.tokens, text, &mut parts) {
            return Ok(days(&parts)? * DAY + seconds_of_day(&parts)?);
        }
        if let Some(date) = self.date_ends.and_then(|end| self.tokens.get(..end)) {
            let mut parts = Parts { day: 1, ..Parts::default() };
            if read(date, text, &mut parts) {
                days(&parts)?;
                return Err(Fault::DateAlone);
            }
        }
        Err(Fault::Form)
    }

    /// Reads a whole text: days from 1970-01-01 to the day it names; the first of the month
    /// where the format has no day.
    pub fn days(&self, text: &str) -> Result<i32, Fault> {
        let seconds = self.seconds(text)?;
        i32::try_from(seconds.div_euclid(DAY)).map_err(|_| Fault::NoSuchDate)
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
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
            format!(
                "the format `{text}` has `{shown}`, which is none of %d %m %Y %y %b %B %H %I %M %S %p"
            )
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
fn date_ends(tokens: &[Token]) -> Option<usize> {
    let of_date = |token: &Token| match token {
        Token::Number { field, .. } => {
            matches!(field, Field::Day | Field::Month | Field::Year | Field::ShortYear)
        }
        Token::MonthName { .. } => true,
        Token::Noon | Token::Literal(_) => false,
    };
    let end = tokens.iter().rposition(of_date)? + 1;
    let only_date =
        tokens[..end].iter().all(|token| of_date(token) || matches!(token, Token::Literal(_)));
    only_date.then_some(end)
}

/// Whether the whole text is of the tokens' form; fills the parts.
fn read(tokens: &[Token], text: &str, parts: &mut Parts) -> bool {
    let text = text.as_bytes();
    let mut at = 0;
    for token in tokens {
        let rest = text.get(at..).unwrap_or_default();
        let length = match token {
            Token::Literal(byte) => (rest.first() == Some(byte)).then_some(1),
            Token::Number { field, short } => number(rest, *field, *short, parts),
            Token::MonthName { full } => month_name(rest, *full, parts),
            Token::Noon => noon(rest, parts),
        };
        match length {
            Some(length) => at += length,
            None => return false,
        }
    }
    at == text.len()
}

/// Reads a number into its part; gives how many bytes it has.
fn number(text: &[u8], field: Field, short: bool, parts: &mut Parts) -> Option<usize> {
    let digit = |at: usize| {
        let byte = *text.get(at)?;
        byte.is_ascii_digit().then(|| u32::from(byte - b'0'))
    };
    let (value, length) = match (field, digit(0)?, digit(1)) {
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

fn days(parts: &Parts) -> Result<i64, Fault> {
    i32::try_from(parts.year)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, parts.month, parts.day))
        .map(|date| i64::from(chrono::Datelike::num_days_from_ce(&date)) - EPOCH_DAYS)
        .ok_or(Fault::NoSuchDate)
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

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;
    use proptest::prelude::*;

    use super::*;

    fn seconds(format: &str, text: &str) -> Result<i64, Fault> {
        Format::compile(format, Purpose::Time).unwrap().seconds(text)
    }

    #[test]
    fn known_times_are_read() {
        // 951,782,400 s is 2000-02-29 00:00, counted by hand: 10,957 days to 2000, 59 more.
        let leap_day = (10_957 + 59) * DAY;
        assert_eq!(seconds("%d/%m/%Y %H:%M", "29/02/2000 00:00"), Ok(leap_day));
        assert_eq!(seconds("%d/%m/%Y %H:%M:%S", "29/02/2000 23:59:59"), Ok(leap_day + DAY - 1));
        assert_eq!(seconds("%-d %b %y %-I:%M %p", "29 feb 00 6:08 PM"), Ok(leap_day + 65_280));
        assert_eq!(seconds("%m/%d/%Y %I:%M %p", "02/29/2000 12:30 AM"), Ok(leap_day + 1_800));
        assert_eq!(seconds("%m/%d/%Y %I:%M %p", "02/29/2000 12:30 PM"), Ok(leap_day + 45_000));
        assert_eq!(seconds("%Y-%m-%dT%H:%M", "1969-12-31T23:59"), Ok(-60));
    }

    #[test]
    fn what_is_not_a_time_says_why() {
        let format = "%d/%m/%Y %H:%M";
        for (text, fault) in [
            ("31/02/2017 10:00", Fault::NoSuchDate),
            ("29/02/1900 10:00", Fault::NoSuchDate),
            ("00/01/2017 10:00", Fault::NoSuchDate),
            ("01/13/2017 10:00", Fault::NoSuchDate),
            ("01/02/2017 24:00", Fault::NoSuchTime),
            ("01/02/2017 10:60", Fault::NoSuchTime),
            ("01/02/2017", Fault::DateAlone),
            ("31/02/2017", Fault::NoSuchDate),
            ("1/2/2017 10:00", Fault::Form),
            ("01/02/2017 10:00:00", Fault::Form),
            ("01/02/2017  10:00", Fault::Form),
            ("01-02-2017 10:00", Fault::Form),
            ("01/02/17 10:00", Fault::Form),
            ("01/02/+017 10:00", Fault::Form),
            ("é", Fault::Form),
            ("", Fault::Form),
        ] {
            assert_eq!(seconds(format, text), Err(fault), "{text}");
        }
        assert_eq!(seconds("%d/%m/%Y %I:%M %p", "01/02/2017 13:00 PM"), Err(Fault::NoSuchTime));
        assert_eq!(seconds("%d/%m/%Y %I:%M %p", "01/02/2017 00:00 AM"), Err(Fault::NoSuchTime));
    }

    #[test]
    fn formats_are_checked() {
        for (format, purpose, problem) in [
            ("%d/%m", Purpose::Date, "lacks a year"),
            ("%m/%Y", Purpose::Date, "lacks a day"),
            ("%d/%m/%Y", Purpose::Time, "lacks an hour"),
            ("%d/%m/%Y %H:%M", Purpose::Date, "has a time of day"),
            ("%d/%d/%m/%Y", Purpose::Date, "more than once"),
            ("%d/%m/%Y %I:%M", Purpose::Time, "%I and %p together"),
            ("%d/%q/%Y", Purpose::Date, "`%q`"),
            ("%d/%m/%Y%", Purpose::Date, "`%`"),
        ] {
            let error = Format::compile(format, purpose).unwrap_err();
            assert!(error.contains(problem), "{format}: {error}");
        }
        assert!(Format::compile("%b-%Y", Purpose::Month).is_ok());
    }

    const STRICT: [&str; 4] =
        ["%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S", "%d %b %Y %H:%M", "%m/%d/%Y %I:%M:%S %p"];

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn agrees_with_chrono(
            which in 0..STRICT.len(), year in 1800i32..2200, month in 0u32..14, day in 0u32..33,
            hour in 0u32..26, minute in 0u32..62, second in 0u32..60, afternoon: bool,
        ) {
            let half = if afternoon { "PM" } else { "AM" };
            let name = MONTHS.get(month.max(1) as usize - 1).unwrap_or(&"xyz");
            let text = match which {
                0 => format!("{day:02}/{month:02}/{year} {hour:02}:{minute:02}"),
                1 => format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
                2 => format!("{day:02} {} {year} {hour:02}:{minute:02}", &name[..3]),
                _ => format!("{month:02}/{day:02}/{year} {hour:02}:{minute:02}:{second:02} {half}"),
            };
            let theirs = NaiveDateTime::parse_from_str(&text, STRICT[which]).ok();
            let ours = seconds(STRICT[which], &text).ok();
            prop_assert_eq!(ours, theirs.map(|time| time.and_utc().timestamp()), "{}", text);
        }

        #[test]
        fn never_reads_what_chrono_refuses(text in "[0-3][0-9]?/[01][0-9]/[0-9]{2,5} [0-9]{1,2}:[0-9]{2}(:60)?") {
            let format = "%d/%m/%Y %H:%M";
            if let Ok(ours) = seconds(format, &text) {
                let theirs = NaiveDateTime::parse_from_str(&text, format).unwrap();
                prop_assert_eq!(ours, theirs.and_utc().timestamp());
            }
        }
    }
}
