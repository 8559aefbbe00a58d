//! How periods are written: `2017/02`, `April 2021`, `Q1 2017/18`, `July to September 2020`.

use chrono::NaiveDate;

use crate::feeds::timestamp::{Field, Parts, Token, beginning, tokens};
use crate::period::{Grain, Month, Period};

/// A declared format of periods of one length.
///
/// Understood: `%d %m %Y %y %b %B` as in dates, `%q` the number of a quarter, `%f` a financial year
/// such as 2017/18, 2017-18 or 2017/2018. With `%f`, quarter 1 begins in April; with `%Y`, in
/// January. Written twice, as in `%B to %B %Y` or `%d/%m/%Y to %d/%m/%Y`, months name the first and
/// the last of the period; where only the last has a year, the first is the nearest before it.
///
/// A text that is not exactly one period is none: for a quarter or a year, one month alone must be
/// its first or its last ("year ending March 2018"), and a first and a last must be its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodFormat {
    text: String,
    grain: Grain,
    /// All of it, or the part up to where the last month, day or year begins.
    first: Vec<Token>,
    /// The rest, where there is a last.
    last: Vec<Token>,
}

impl PeriodFormat {
    /// Compiles a format; the error says what is wrong with it, as a sentence.
    pub fn compile(text: &str, grain: Grain) -> Result<Self, String> {
        let all = tokens(text, true)?;
        let mut seen: Vec<Part> = Vec::new();
        let mut split = None;
        for (at, token) in all.iter().enumerate() {
            let Some(part) = part(*token) else {
                if matches!(token, Token::Literal(_)) {
                    continue;
                }
                return Err(format!("the format `{text}` has a time of day, which no period has"));
            };
            if seen.contains(&part) {
                if split.is_some() {
                    return Err(format!("the format `{text}` has {} more than twice", part.name()));
                }
                split = Some(at);
                seen.clear();
            }
            seen.push(part);
        }
        let (first, last) = all.split_at(split.unwrap_or(all.len()));
        let format =
            Self { text: text.to_owned(), grain, first: first.to_vec(), last: last.to_vec() };
        format.check()?;
        Ok(format)
    }

    /// The format as declared.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn check(&self) -> Result<(), String> {
        let text = &self.text;
        let has =
            |tokens: &[Token], part: Part| tokens.iter().any(|t| self::part(*t) == Some(part));
        let (first, last) = (|part| has(&self.first, part), |part| has(&self.last, part));
        if !self.last.is_empty() {
            let whole = first(Part::Month) && last(Part::Month) && last(Part::Year);
            let plain = |part| !first(part) && !last(part);
            let fits = whole && plain(Part::Quarter) && plain(Part::FinancialYear);
            return if fits && first(Part::Day) == last(Part::Day) {
                Ok(())
            } else {
                Err(format!("the format `{text}` lacks a month or a year of its first or its last"))
            };
        }
        if first(Part::FinancialYear) && first(Part::Year) {
            return Err(format!("the format `{text}` has two years: %Y and %f"));
        }
        if !first(Part::FinancialYear) && !first(Part::Year) {
            return Err(format!("the format `{text}` lacks a year (%Y or %f)"));
        }
        let month = first(Part::Month) && first(Part::Year);
        let (tells, what) = match self.grain {
            Grain::FinancialYear => (
                first(Part::FinancialYear) || first(Part::Month),
                "a financial year (%f) or a month",
            ),
            Grain::Quarter => (first(Part::Quarter) || month, "a quarter (%q) or a month"),
            // a contract's periods are of no other length
            Grain::Month | Grain::Day | Grain::Week | Grain::CalendarYear => {
                (month, "a month (%m or %b)")
            }
        };
        if tells && !(first(Part::Month) && first(Part::Quarter)) {
            Ok(())
        } else {
            Err(format!("the format `{text}` lacks {what}"))
        }
    }

    /// The period that a whole text names; `None` when it is not one.
    pub fn period(&self, text: &str) -> Option<Period> {
        let mut first = Parts::new();
        let read = beginning(&self.first, text, &mut first)?;
        let rest = text.get(read..)?;
        if self.last.is_empty() {
            return rest.is_empty().then(|| self.alone(&first)).flatten();
        }
        let mut last = Parts::new();
        if beginning(&self.last, rest, &mut last)? != rest.len() {
            return None;
        }
        self.span(first, &last)
    }

    /// A period named by one month, quarter or year.
    fn alone(&self, parts: &Parts) -> Option<Period> {
        if self.has(Part::Quarter) {
            let first = if self.has(Part::FinancialYear) { 4 } else { 1 };
            let quarter = (1..=4).contains(&parts.quarter).then(|| parts.quarter - 1)?;
            let months = i32::try_from(quarter * 3).ok()?;
            return Some(Period::of(self.grain, month(parts.year, first)?.plus(months)));
        }
        if self.has(Part::FinancialYear) {
            return Some(Period::of(self.grain, month(parts.year, 4)?));
        }
        parts.days().ok()?;
        whole(self.grain, month(parts.year, parts.month)?)
    }

    fn has(&self, wanted: Part) -> bool {
        self.first.iter().any(|token| part(*token) == Some(wanted))
    }

    /// A period named by its first and its last month, or its first and last day.
    fn span(&self, mut first: Parts, last: &Parts) -> Option<Period> {
        if !self.has(Part::Year) {
            first.year = last.year.checked_sub(u32::from(first.month > last.month))?;
        }
        let to = month(last.year, last.month)?;
        if self.has(Part::Day) {
            let day = |parts: &Parts| {
                NaiveDate::from_ymd_opt(i32::try_from(parts.year).ok()?, parts.month, parts.day)
            };
            return between(self.grain, day(&first)?, day(last)?);
        }
        between(self.grain, month(first.year, first.month)?.first_day(), to.last_day())
    }
}

/// The period that a month stands for: for quarters and years, its first or its last.
pub(super) fn whole(grain: Grain, month: Month) -> Option<Period> {
    let period = Period::of(grain, month);
    (month == period.first_month() || month == period.last_month()).then_some(period)
}

/// The period that begins and ends on two days; `None` when no period of the length does.
pub(super) fn between(grain: Grain, first: NaiveDate, last: NaiveDate) -> Option<Period> {
    let period = Period::of(grain, Month::containing(first));
    (period.start == first && period.last_day() == last).then_some(period)
}

fn month(year: u32, month: u32) -> Option<Month> {
    Month::new(i32::try_from(year).ok()?, month)
}

/// What a token tells of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Day,
    Month,
    Quarter,
    Year,
    FinancialYear,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Day => "a day",
            Self::Month => "a month",
            Self::Quarter => "a quarter",
            Self::Year => "a year",
            Self::FinancialYear => "a financial year",
        }
    }
}

fn part(token: Token) -> Option<Part> {
    match token {
        Token::Number { field: Field::Day, .. } => Some(Part::Day),
        Token::Number { field: Field::Month, .. } | Token::MonthName { .. } => Some(Part::Month),
        Token::Number { field: Field::Year | Field::ShortYear, .. } => Some(Part::Year),
        Token::Number { field: Field::Quarter, .. } => Some(Part::Quarter),
        Token::FinancialYear => Some(Part::FinancialYear),
        Token::Number { .. } | Token::Noon | Token::Literal(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(grain: Grain, format: &str, text: &str) -> Option<String> {
        let format = PeriodFormat::compile(format, grain).unwrap();
        format.period(text).map(|period| period.to_string())
    }

    #[test]
    fn periods_as_they_are_written() {
        use Grain::{FinancialYear, Month, Quarter};
        for (grain, format, text, expected) in [
            (Month, "%B %Y", "April 2021", Some("2021-04")),
            (Month, "%Y/%m", "2017/02", Some("2017-02")),
            (Month, "%Y-%m-%d", "2016-04-30", Some("2016-04")),
            (Month, "%Y-%m-%d", "2016-04-31", None),
            (Month, "%b-%y", "oct-16", Some("2016-10")),
            (Month, "%B %Y", "Apr 2021", None),
            (Month, "%B %Y", "April 2021 ", None),
            (Quarter, "Q%q %f", "Q1 2017/18", Some("2017/18 Q1")),
            (Quarter, "%f Q%q", "2017-18 Q4", Some("2017/18 Q4")),
            (Quarter, "Q%q %Y", "Q1 2018", Some("2017/18 Q4")),
            (Quarter, "Q%q %f", "Q5 2017/18", None),
            (Quarter, "Q%q %f", "Q1 2017/19", None),
            (Quarter, "%B to %B %Y", "July to September 2020", Some("2020/21 Q2")),
            (Quarter, "%B to %B %Y", "July to October 2020", None),
            (Quarter, "%B to %B %Y", "June to August 2020", None),
            (Quarter, "quarter ending %B %Y", "quarter ending June 2019", Some("2019/20 Q1")),
            (Quarter, "quarter ending %B %Y", "quarter ending May 2019", None),
            (FinancialYear, "%f", "2023/24", Some("2023/24")),
            (FinancialYear, "%f", "2023/2024", Some("2023/24")),
            (FinancialYear, "%f", "1999-00", Some("1999/00")),
            (FinancialYear, "%f", "2023/25", None),
            (FinancialYear, "%f", "2023", None),
            (FinancialYear, "year ending %B %Y", "year ending March 2018", Some("2017/18")),
            (FinancialYear, "year ending %B %Y", "year ending June 2018", None),
            (FinancialYear, "%b%y to %b%y", "Apr16 to Mar17", Some("2016/17")),
            (FinancialYear, "%b%y to %b%y", "Nov16 to Oct17", None),
            (FinancialYear, "%B to %B %Y", "April to March 2018", Some("2017/18")),
            (Month, "%d/%m/%Y to %d/%m/%Y", "01/04/2024 to 30/04/2024", Some("2024-04")),
            (Month, "%d/%m/%Y to %d/%m/%Y", "01/02/2024 to 30/04/2024", None),
            (Month, "%d/%m/%Y to %d/%m/%Y", "02/04/2024 to 30/04/2024", None),
        ] {
            assert_eq!(read(grain, format, text).as_deref(), expected, "{format}: {text}");
        }
    }

    #[test]
    fn formats_of_periods_are_checked() {
        use Grain::{FinancialYear, Month, Quarter};
        for (grain, format, problem) in [
            (Month, "%Y", "lacks a month"),
            (Month, "%m", "lacks a year"),
            (Month, "%f", "lacks a month"),
            (Quarter, "%f", "lacks a quarter"),
            (Quarter, "Q%q", "lacks a year"),
            (Quarter, "Q%q %Y %f", "two years"),
            (FinancialYear, "%Y", "lacks a financial year"),
            (Month, "%m %m %m %Y", "more than twice"),
            (Month, "%Y to %m %Y", "its first or its last"),
            (Month, "%d/%m/%Y to %m/%Y", "its first or its last"),
            (Month, "%m/%Y %H", "a time of day"),
            (Month, "%x", "`%x`"),
        ] {
            let error = PeriodFormat::compile(format, grain).unwrap_err();
            assert!(error.contains(problem), "{format}: {error}");
        }
    }
}
