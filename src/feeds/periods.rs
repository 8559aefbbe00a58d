//! The period of each row of a feed of totals.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use regex::Regex;

use super::convert::Cells;
use super::fault::Fault;
use super::reading::{PeriodPlace, PeriodSource};
use super::timestamp::Format;
use super::written::Written;
use crate::period::{Grain, Month, Period};

mod format;

pub use format::PeriodFormat;

/// The period of a whole file, from its name; `Ok(None)` when it is found elsewhere.
pub(crate) fn in_name(source: &PeriodSource, file: &str) -> Result<Option<Period>, Fault> {
    let PeriodPlace::FileName { pattern, format } = &source.place else { return Ok(None) };
    let Some(text) = found(pattern, file)? else {
        let problem = format!("the file's name has no period: it does not match `{pattern}`");
        return Err(Fault::new(problem).help("give the file its name back, or widen `file_name`"));
    };
    let Some(period) = format.period(text.trim()) else {
        let format = format.text();
        let problem = format!("`{text}` in the file's name is not of the format `{format}`");
        return Err(Fault::new(problem).help("give the file its name back, or mend `format`"));
    };
    Ok(Some(period))
}

/// The period of a whole file, from the cells above its headings; `Ok(None)` when it is found
/// elsewhere.
pub(crate) fn in_titles(source: &PeriodSource, titles: &[String]) -> Result<Option<Period>, Fault> {
    let PeriodPlace::Title { pattern, format } = &source.place else { return Ok(None) };
    let mut periods = BTreeSet::new();
    for title in titles {
        let Some(text) = found(pattern, title)? else { continue };
        let Some(period) = format.period(text.trim()) else {
            let problem = format!("`{text}` in a title is not of the format `{}`", format.text());
            return Err(Fault::new(problem).help("mend `format`, or narrow `title`"));
        };
        periods.insert(period);
    }
    match periods.into_iter().collect::<Vec<_>>().as_slice() {
        [period] => Ok(Some(*period)),
        [] => {
            let problem =
                format!("no cell above the headings has a period: none matches `{pattern}`");
            Err(Fault::new(problem).help("look at the titles of the file, and mend `title`"))
        }
        [first, second, ..] => {
            let problem = format!("the titles name two periods: {first} and {second}");
            Err(Fault::new(problem).help("narrow `title`, so that it matches one of them"))
        }
    }
}

/// The first group of a match, or all of it.
fn found<'a>(pattern: &str, text: &'a str) -> Result<Option<&'a str>, Fault> {
    let regex = Regex::new(pattern).map_err(|error| Fault::new(error.to_string()))?;
    let captures = regex.captures(text);
    let group = captures.and_then(|found| found.get(1).or_else(|| found.get(0)));
    Ok(group.map(|group| group.as_str()))
}

/// What a row says of its period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// It is of this period.
    Period(Period),
    /// It is of a time that is not of the length the contract asks for.
    OtherLength,
    /// Nothing that can be read.
    Nothing,
}

/// The period of each row, from the cells under its headings.
pub(crate) fn in_rows<'a>(source: &PeriodSource, columns: &'a [Cells]) -> Vec<Said> {
    let mut known: HashMap<(Part, Part), Said> = HashMap::new();
    let mut read = |first: Part<'a>, second: Part<'a>| {
        *known.entry((first, second)).or_insert_with(|| said(source, first, second))
    };
    match columns {
        [first, second] => {
            pieces(first).zip(pieces(second)).map(|(first, second)| read(first, second)).collect()
        }
        [only] => pieces(only).map(|piece| read(piece, ("", Written::Text))).collect(),
        _ => Vec::new(),
    }
}

/// A cell: its text and what it was entered as.
type Part<'a> = (&'a str, Written);

fn pieces(cells: &Cells) -> impl Iterator<Item = Part<'_>> {
    let texts = cells.texts().into_iter().flat_map(super::texts::Texts::iter);
    texts.enumerate().map(|(row, text)| (text.trim(), cells.written(row)))
}

fn said(source: &PeriodSource, first: Part, second: Part) -> Said {
    let grain = source.grain;
    let period = match &source.place {
        PeriodPlace::YearMonth { .. } => year_month(grain, first.0, second.0),
        PeriodPlace::Heading { format, .. } => match first.1.day() {
            Some(day) => format::whole(grain, Month::containing(day)),
            None => format.period(first.0),
        },
        PeriodPlace::FromTo { format, .. } => {
            return match day(format, first).zip(day(format, second)) {
                Some((from, to)) => {
                    format::between(grain, from, to).map_or(Said::OtherLength, Said::Period)
                }
                None => Said::Nothing,
            };
        }
        PeriodPlace::FileName { .. } | PeriodPlace::Title { .. } => None,
    };
    period.map_or(Said::Nothing, Said::Period)
}

fn day(format: &Format, (text, written): Part) -> Option<NaiveDate> {
    written.day().or_else(|| NaiveDate::from_epoch_days(format.days(text).ok()?))
}

fn year_month(grain: Grain, year: &str, month: &str) -> Option<Period> {
    let (year, month) = (year.trim(), month.trim());
    if grain == Grain::FinancialYear && month.is_empty() {
        return financial_year(year);
    }
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || !digits(year) || !digits(month) {
        return None;
    }
    let month = Month::new(year.parse().ok()?, month.parse().ok()?)?;
    Some(Period::of(grain, month))
}

/// Reads `2017/18`, `2017-18`, `2017-2018` or the year it begins in, `2017`.
fn financial_year(text: &str) -> Option<Period> {
    let (first, second) = match text.split_once(['/', '-']) {
        Some((first, second)) => (first, Some(second)),
        None => (text, None),
    };
    let year: i32 = first.parse().ok().filter(|_| first.len() == 4)?;
    let follows = second.is_none_or(|second| {
        let next = (year + 1).to_string();
        second == next || (second.len() == 2 && next.ends_with(second))
    });
    follows
        .then(|| Month::new(year, 4))
        .flatten()
        .map(|april| Period::of(Grain::FinancialYear, april))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn named(pattern: &str, format: &str) -> PeriodSource {
        let format = PeriodFormat::compile(format, Grain::Month).unwrap();
        let place = PeriodPlace::FileName { pattern: pattern.to_owned(), format };
        PeriodSource { grain: Grain::Month, place, partial: BTreeMap::new() }
    }

    #[test]
    fn a_file_name_holds_the_month() {
        let source = named(r"([a-z]{3}-20\d\d)", "%b-%Y");
        for (name, expected) in [
            ("oaps-open-data-oct-2016.csv", Ok("2016-10".to_owned())),
            ("oaps-open-data-dec-20171.csv", Ok("2017-12".to_owned())),
            ("apr-2020-v2.csv", Ok("2020-04".to_owned())),
            ("2016.csv", Err("has no period")),
            ("xyz-2016.csv", Err("`xyz-2016` in the file's name is not of the format `%b-%Y`")),
        ] {
            match (in_name(&source, name), expected) {
                (Ok(Some(period)), Ok(month)) => assert_eq!(period.to_string(), month),
                (Err(fault), Err(words)) => {
                    let said = fault.error(name).to_string();
                    assert!(said.contains(words), "{said}");
                }
                (found, expected) => panic!("{name}: {found:?}, not {expected:?}"),
            }
        }
    }

    #[test]
    fn a_title_holds_one_period() {
        let format = PeriodFormat::compile("year ending %B %Y", Grain::FinancialYear).unwrap();
        let place = PeriodPlace::Title { pattern: r"(year ending \w+ \d{4})".to_owned(), format };
        let source = PeriodSource { grain: Grain::FinancialYear, place, partial: BTreeMap::new() };
        let read = |titles: &[&str]| {
            let titles: Vec<String> = titles.iter().map(ToString::to_string).collect();
            in_titles(&source, &titles).map_err(|fault| fault.error("a.ods").to_string())
        };
        let year = read(&["Table 8", "Outcomes, year ending March 2018"]).unwrap().unwrap();
        assert_eq!(year.to_string(), "2017/18");
        for (titles, words) in [
            (vec!["Table 8"], "no cell above the headings has a period"),
            (vec!["year ending June 2018"], "`year ending June 2018` in a title is not of the"),
            (
                vec!["year ending March 2018", "year ending March 2019"],
                "the titles name two periods: 2017/18 and 2018/19",
            ),
        ] {
            let said = read(&titles).unwrap_err();
            assert!(said.contains(words), "{said}");
        }
    }

    #[test]
    fn years_and_months_stand_in_columns() {
        for (grain, year, month, expected) in [
            (Grain::Month, "2017", "8", Some("2017-08")),
            (Grain::Month, "2017", "08", Some("2017-08")),
            (Grain::Month, "2017", "13", None),
            (Grain::Month, "17", "8", None),
            (Grain::FinancialYear, "2017/18", "", Some("2017/18")),
            (Grain::FinancialYear, "2017-2018", "", Some("2017/18")),
            (Grain::FinancialYear, "2017/19", "", None),
            (Grain::FinancialYear, "2018", "3", Some("2017/18")),
        ] {
            let period = year_month(grain, year, month).map(|period| period.to_string());
            assert_eq!(period.as_deref(), expected, "{year} {month}");
        }
    }
}
