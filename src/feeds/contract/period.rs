//! Where a contract says that a row's period is found.

use std::collections::BTreeMap;

use super::columns;
use crate::definition::{Spanned, Table};
use crate::error::Error;
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

fn place(table: &mut Table, grain: Option<Grain>, errors: &mut Vec<Error>) -> Option<PeriodPlace> {
    let ways = ["file_name", "column", "year"];
    if ways.iter().filter(|way| table.has(way)).count() != 1 {
        errors.push(table.error("a period is found in exactly one place").help(
            "give `year` and `month` (headings), `column` (a heading) and `format`, or \
                 `file_name` (a regular expression) and `format`",
        ));
        for key in ["year", "month", "column", "file_name", "format"] {
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
    let column = table.take::<String>("column", errors);
    let pattern = table.take::<Spanned<String>>("file_name", errors);
    let format = columns::format(table, Purpose::Month, errors)?;
    if let Some(heading) = column {
        return Some(PeriodPlace::Heading { heading, format });
    }
    let pattern = pattern?;
    if let Err(error) = regex::Regex::new(&pattern.value) {
        let problem = error.to_string();
        let last = problem.lines().last().unwrap_or_default();
        errors.push(
            pattern
                .error(format!("not a regular expression: {}", last.trim_start_matches("error: ")))
                .help("its first group is the period, such as '([a-z]{3}-20\\d\\d)'"),
        );
        return None;
    }
    Some(PeriodPlace::FileName { pattern: pattern.value, format })
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
