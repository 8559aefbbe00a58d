//! Where a contract says that a row's period is found.

use std::collections::BTreeMap;

use super::{columns, place};
use crate::definition::{Spanned, Table};
use crate::error::Error;
use crate::feeds::periods::PeriodFormat;
use crate::feeds::reading::{PeriodPlace, PeriodSource};
use crate::feeds::timestamp::Purpose;
use crate::period::{Grain, Month};

/// Reads `period = { … }`.
pub(super) fn read(mut table: Table, errors: &mut Vec<Error>) -> Option<PeriodSource> {
    let grain = table.require::<Spanned<String>>("grain", errors).and_then(|grain| {
        match grain.value.as_str() {
            "month" => Some(Grain::Month),
            "quarter" => Some(Grain::Quarter),
            "financial year" => Some(Grain::FinancialYear),
            other => {
                errors.push(
                    grain
                        .error(format!("`{other}` is not a length of period"))
                        .help("`grain` is \"month\", \"quarter\" or \"financial year\""),
                );
                None
            }
        }
    });
    let place = place(&mut table, grain, errors);
    let partial = table.take::<Table>("partial", errors).map(|table| partial(table, errors));
    table.finish(errors);
    Some(PeriodSource { grain: grain?, place: place?, partial: partial.unwrap_or_default() })
}

/// The keys, one of which says where a period is found.
const WAYS: [&str; 5] = ["year", "column", "from", "file_name", "title"];

fn place(table: &mut Table, grain: Option<Grain>, errors: &mut Vec<Error>) -> Option<PeriodPlace> {
    if WAYS.iter().filter(|way| table.has(way)).count() != 1 {
        errors.push(table.error("a period is found in exactly one place").help(
            "give `year` and `month` (headings), or with a `format`: `column` (a heading), `from` \
             and `to` (headings), `file_name` or `title` (regular expressions)",
        ));
        for key in WAYS.iter().chain(&["month", "to", "format"]) {
            table.value(key);
        }
        return None;
    }
    if table.has("year") {
        let year = table.take::<String>("year", errors);
        let month = match grain {
            Some(Grain::Month | Grain::Quarter) => Some(table.require::<String>("month", errors)?),
            _ => table.take::<String>("month", errors),
        };
        return Some(PeriodPlace::YearMonth { year: year?, month });
    }
    if table.has("from") {
        let from = table.take::<String>("from", errors);
        let to = table.require::<String>("to", errors);
        let format = columns::format(table, Purpose::Date, errors)?;
        return Some(PeriodPlace::FromTo { from: from?, to: to?, format });
    }
    let heading = table.take::<String>("column", errors);
    let file_name = pattern(table, "file_name", errors);
    let title = pattern(table, "title", errors);
    let format = table.require::<Spanned<String>>("format", errors)?;
    let format = match PeriodFormat::compile(&format.value, grain?) {
        Ok(format) => format,
        Err(problem) => {
            errors.push(format.error(problem).help("such as %Y-%m, %B %Y, Q%q %f or %f"));
            return None;
        }
    };
    match (heading, file_name, title) {
        (Some(heading), _, _) => Some(PeriodPlace::Heading { heading, format }),
        (_, Some(pattern), _) => Some(PeriodPlace::FileName { pattern, format }),
        (_, _, Some(pattern)) => Some(PeriodPlace::Title { pattern, format }),
        (None, None, None) => None,
    }
}

/// A regular expression whose first group, or all of it, is the period.
fn pattern(table: &mut Table, key: &str, errors: &mut Vec<Error>) -> Option<String> {
    let pattern = table.take::<Spanned<String>>(key, errors)?;
    let help = "its first group is the period, such as '([a-z]{3}-20\\d\\d)'";
    place::regex(&pattern, help, errors).map(|_| pattern.value)
}

fn partial(mut table: Table, errors: &mut Vec<Error>) -> BTreeMap<Month, String> {
    let mut months = BTreeMap::new();
    for (month, what) in table.rest() {
        match month.value.parse::<Month>() {
            Ok(parsed) => {
                months.extend(what.read::<String>(errors).map(|what| (parsed, what)));
            }
            Err(problem) => errors.push(month.error(problem)),
        }
    }
    months
}
