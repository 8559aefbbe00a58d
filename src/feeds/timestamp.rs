//! Dates and times of a declared format, checked while they are read.
//!
//! A format is compiled once to a short list of tokens. Reading is strict: every character counts,
//! numbers have exactly the digits their token asks for, and a date that does not exist is not
//! moved to the next one that does. Stricter than `chrono`'s own parser in four ways: no sign and
//! no missing zeros (`1/2/2017` needs `%-d/%-m/%Y`), white space is matched character by character,
//! years have four digits, and a 60th second is not a time.

mod fixed;
mod token;

use fixed::Fixed;
pub(crate) use token::{Field, Parts, Token, beginning, tokens};
use token::{date_ends, read};

use super::serial;

/// Days from the first day of year 1 to 1 January 1970.
const EPOCH_DAYS: i64 = 719_163;

/// Seconds in a day without a clock change.
pub const DAY: i64 = 86_400;

/// A declared format: `%d/%m/%Y %H:%M`.
///
/// Understood: `%d %m %Y %y %b %B %H %I %M %S %p`, `%-d %-m %-H %-I` for numbers without leading
/// zeros, `%%`; every other character stands for itself. `%y` reads 00–69 as 2000–2069.
///
/// `excel` and `excel 1904` read the numbers that spreadsheets keep for dates: days since 1900 or
/// 1904, the time of day as a fraction. A number without a fraction is a date alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    text: String,
    purpose: Purpose,
    how: How,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum How {
    Written {
        tokens: Vec<Token>,
        /// Where the date ends, if the time of day follows it.
        date_ends: Option<usize>,
        /// Day and month are both numbers: which is which can be told where one is over 12.
        ordered: bool,
        /// Where its numbers stand, if always at the same places.
        fixed: Option<Fixed>,
    },
    Serial {
        from_1904: bool,
    },
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
    /// The month is over 12, and it would be a date if day and month changed places.
    Swapped,
    /// The time is not on the clock: 24:10.
    NoSuchTime,
    /// A date without its time of day: unknown, not 00:00.
    DateAlone,
}

impl Format {
    /// Compiles a format for a purpose; the error says what is wrong with it, as a sentence.
    pub fn compile(text: &str, purpose: Purpose) -> Result<Self, String> {
        if let Some(from_1904) = serial::declared(text) {
            return Ok(Self { text: text.to_owned(), purpose, how: How::Serial { from_1904 } });
        }
        let tokens = tokens(text, false)?;
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
        let ordered = has(&[Field::Day]) > 0 && has(&[Field::Month]) > 0;
        let date_ends = date_ends(&tokens).filter(|_| with_time);
        let fixed = Fixed::new(&tokens);
        let how = How::Written { tokens, date_ends, ordered, fixed };
        Ok(Self { text: text.to_owned(), purpose, how })
    }

    /// The format as declared.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Reads a whole text: seconds from 1970-01-01 00:00 to the local time it names, no zone.
    /// Without a time of day, the start of the day; without a day, the first of the month.
    pub fn seconds(&self, text: &str) -> Result<i64, Fault> {
        self.moment(text).map(|(seconds, _)| seconds)
    }

    /// The same, and whether the text shows by itself which number is the day: it is over 12.
    pub(crate) fn moment(&self, text: &str) -> Result<(i64, bool), Fault> {
        let (tokens, date_ends, ordered) = match &self.how {
            How::Written { tokens, date_ends, ordered, fixed } => {
                if let Some((seconds, day)) = fixed.as_ref().and_then(|fixed| fixed.read(text)) {
                    return Ok((seconds, *ordered && day > 12));
                }
                (tokens, date_ends, *ordered)
            }
            How::Serial { from_1904 } => return Ok((self.serial(text, *from_1904)?, false)),
        };
        let mut parts = Parts::new();
        if read(tokens, text, &mut parts) {
            return Ok((parts.seconds()?, ordered && parts.day > 12));
        }
        if let Some(date) = date_ends.and_then(|end| tokens.get(..end)) {
            let mut parts = Parts::new();
            if read(date, text, &mut parts) {
                parts.days()?;
                return Err(Fault::DateAlone);
            }
        }
        Err(Fault::Form)
    }

    fn serial(&self, text: &str, from_1904: bool) -> Result<i64, Fault> {
        let plain = |byte: u8| byte.is_ascii_digit() || byte == b'.';
        let number = Some(text).filter(|text| text.bytes().all(plain));
        let number: f64 = number.and_then(|text| text.parse().ok()).ok_or(Fault::Form)?;
        let seconds = serial::seconds(number, from_1904).ok_or(Fault::NoSuchDate)?;
        match (self.purpose, number.fract() > 0.0) {
            (Purpose::Time, false) => Err(Fault::DateAlone),
            (Purpose::Date | Purpose::Month, true) => Err(Fault::Form),
            _ => Ok(seconds),
        }
    }

    /// Reads a whole text: days from 1970-01-01 to the day it names; the first of the month
    /// where the format has no day.
    pub fn days(&self, text: &str) -> Result<i32, Fault> {
        let seconds = self.seconds(text)?;
        i32::try_from(seconds.div_euclid(DAY)).map_err(|_| Fault::NoSuchDate)
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;
    use proptest::prelude::*;

    use super::token::MONTHS;
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
            ("01/13/2017 10:00", Fault::Swapped),
            ("13/13/2017 10:00", Fault::NoSuchDate),
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

    #[test]
    fn numbers_of_spreadsheets() {
        let read = |format, purpose, text| Format::compile(format, purpose).unwrap().seconds(text);
        // 17,198 days from 1970-01-01 to 2017-02-01: 47 years of 365, 12 leap days, 31.
        let february = 17_198 * DAY;
        assert_eq!(read("excel", Purpose::Date, "42767"), Ok(february));
        assert_eq!(read("excel", Purpose::Date, "42767.0"), Ok(february));
        assert_eq!(read("excel 1904", Purpose::Date, "41305"), Ok(february));
        assert_eq!(read("excel", Purpose::Date, "42767.5"), Err(Fault::Form));
        assert_eq!(read("excel", Purpose::Time, "42767.4166666667"), Ok(february + 36_000));
        assert_eq!(read("excel", Purpose::Time, "42767"), Err(Fault::DateAlone));
        // Before March 1900 its calendar has a day that never was.
        assert_eq!(read("excel", Purpose::Date, "60"), Err(Fault::NoSuchDate));
        assert_eq!(read("excel", Purpose::Date, "61"), Ok(-25_508 * DAY));
        for text in ["", "-1", "1e5", "42767,5", "01/02/2017", "nan"] {
            assert_eq!(read("excel", Purpose::Date, text), Err(Fault::Form), "{text}");
        }
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

        #[test]
        fn places_and_pieces_read_the_same(
            format in "%d[/ ]%m/%Y( %H:%M(:%S)?)?|%Y-%m-%d[T ]%H:%M", text in "[0-9]{2,4}[/ -][0-9]{2}[/ -][0-9]{2,4}([T ][0-9:]{5,8})?",
        ) {
            let purpose = if format.contains("%H") { Purpose::Time } else { Purpose::Date };
            let quick = Format::compile(&format, purpose).unwrap();
            let mut slow = quick.clone();
            if let How::Written { fixed, .. } = &mut slow.how {
                prop_assert!(fixed.take().is_some());
            }
            prop_assert_eq!(quick.moment(&text), slow.moment(&text));
        }
    }
}
