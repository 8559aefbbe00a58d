//! The period of each row of a feed of totals.

use std::collections::HashMap;

use chrono::NaiveDate;
use regex::Regex;

use super::fault::Fault;
use super::reading::{PeriodPlace, PeriodSource};
use super::texts::Texts;
use super::timestamp::{DAY, Format};
use crate::period::{Grain, Month, Period};

/// The period in a file's name; `Ok(None)` when periods stand in the rows.
pub(crate) fn in_name(source: &PeriodSource, file: &str) -> Result<Option<Period>, Fault> {
    let PeriodPlace::FileName { pattern, format } = &source.place else { return Ok(None) };
    let regex = Regex::new(pattern).map_err(|error| Fault::new(error.to_string()))?;
    let Some(captures) = regex.captures(file) else {
        let problem = format!("the file's name has no period: it does not match `{pattern}`");
        return Err(Fault::new(problem).help("give the file its name back, or widen `file_name`"));
    };
    let text = captures.get(1).or_else(|| captures.get(0)).map_or("", |found| found.as_str());
    let Some(period) = written(source.grain, format, text) else {
        let format = format.text();
        let problem = format!("`{text}` in the file's name is not of the format `{format}`");
        return Err(Fault::new(problem).help("give the file its name back, or mend `format`"));
    };
    Ok(Some(period))
}

/// The period of each row, from the texts under its headings; `None` where it is not a period.
pub(crate) fn in_rows(source: &PeriodSource, columns: &[Texts]) -> Vec<Option<Period>> {
    let mut known: HashMap<(&str, &str), Option<Period>> = HashMap::new();
    let mut read = |first, second| {
        *known.entry((first, second)).or_insert_with(|| match &source.place {
            PeriodPlace::YearMonth { .. } => year_month(source.grain, first, second),
            PeriodPlace::Heading { format, .. } => written(source.grain, format, first),
            PeriodPlace::FileName { .. } => None,
        })
    };
    match columns {
        [first, second] => first.iter().zip(second.iter()).map(|(a, b)| read(a, b)).collect(),
        [only] => only.iter().map(|text| read(text, "")).collect(),
        _ => Vec::new(),
    }
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

fn written(grain: Grain, format: &Format, text: &str) -> Option<Period> {
    let seconds = format.seconds(text.trim()).ok()?;
    let day = i32::try_from(seconds.div_euclid(DAY)).ok().and_then(NaiveDate::from_epoch_days)?;
    Some(Period::of(grain, Month::containing(day)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::feeds::timestamp::Purpose;

    fn named(pattern: &str, format: &str) -> PeriodSource {
        let format = Format::compile(format, Purpose::Month).unwrap();
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
