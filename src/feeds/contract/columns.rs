//! The columns of a contract: what their cells hold and how they are written.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::place;
use crate::definition::{OneOrMany, Spanned, Table};
use crate::error::{Error, nearest};
use crate::feeds::reading::{CellKind, Dates, Number, Other, Source};
use crate::feeds::texts::fold;
use crate::feeds::timestamp::{Format, Purpose};

/// What the contract of a column may say its type is.
const TYPES: [&str; 8] = ["text", "code", "integer", "decimal", "time", "date", "flag", "area"];

/// The days that a column of dates or times allows where the contract does not say.
const FIRST: NaiveDate = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap();
const LAST: NaiveDate = NaiveDate::from_ymd_opt(2100, 12, 31).unwrap();

/// The columns in the order of the file, and the names of those that are defined wrongly.
pub(super) fn read(mut columns: Table, errors: &mut Vec<Error>) -> (Vec<Source>, BTreeSet<String>) {
    let (mut read, mut wrong) = (Vec::new(), BTreeSet::new());
    for (name, mut table) in columns.tables(errors) {
        let place = place::read(&mut table, &name.value, errors);
        let blank = table.take::<String>("blank", errors);
        let required = table.take::<bool>("required", errors).unwrap_or_default();
        let empty = table.take::<Spanned<String>>("empty", errors);
        let kind = kind(&mut table, errors);
        table.finish(errors);
        check_name(&name, errors);
        if let Some((empty, kind)) = empty.as_ref().zip(kind.as_ref()) {
            let has_another_meaning = required || blank.is_some() || place.fill;
            check_empty(empty, kind, has_another_meaning, errors);
        }
        let Some(kind) = kind else {
            wrong.insert(name.value);
            continue;
        };
        read.push(Source {
            join: place.join,
            at: place.at,
            repeat: place.repeat,
            fill: place.fill,
            blank,
            open_end: empty.is_some(),
            required,
            ..Source::new(name.value, place.headings, kind)
        });
    }
    (read, wrong)
}

/// `empty = "not ended"` is said of times alone, and an empty cell has no second meaning.
fn check_empty(
    word: &Spanned<String>,
    kind: &CellKind,
    has_another_meaning: bool,
    errors: &mut Vec<Error>,
) {
    if word.value != "not ended" {
        errors.push(
            word.error(format!("`{}` is not what an empty time can mean", word.value))
                .help("\"not ended\"; without the key an empty time is not known"),
        );
    } else if !matches!(kind, CellKind::Time(_)) {
        errors.push(
            word.error("only a column of type time can be not ended")
                .help("take `empty` out, or declare the column a time"),
        );
    } else if has_another_meaning {
        errors.push(
            word.error("an empty cell cannot be not ended and something else")
                .help("take out `empty`, or `blank`, `required` and `fill`"),
        );
    }
}

/// A column's name stands in SQL, so it is a plain word.
pub(super) fn check_name(name: &Spanned<String>, errors: &mut Vec<Error>) {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !name.value.starts_with(|c: char| c.is_ascii_lowercase()) || !name.value.chars().all(plain) {
        errors.push(
            name.error(format!("`{}` cannot be the name of a column", name.value))
                .help("a small letter, then small letters, digits and _"),
        );
    }
    if name.value == "period" {
        errors.push(
            name.error("`period` is the name of the row's period, not of a column")
                .help("give the column another name"),
        );
    }
}

/// The type of a column and the keys that belong to it.
pub(super) fn kind(table: &mut Table, errors: &mut Vec<Error>) -> Option<CellKind> {
    let name = table.require::<Spanned<String>>("type", errors)?;
    Some(match name.value.as_str() {
        "text" => CellKind::Text,
        "code" => return code(table, errors),
        "integer" => CellKind::Integer(number(table, errors)),
        "decimal" => {
            let percent = table.take::<bool>("percent", errors).unwrap_or_default();
            CellKind::Decimal(Number { percent, ..number(table, errors) })
        }
        "time" => CellKind::Time(dates(table, Purpose::Time, errors)?),
        "date" => CellKind::Date(day(table, errors)?),
        "flag" => return flag(table, errors),
        "area" => CellKind::Area { kind: table.take::<String>("kind", errors) },
        other => {
            let error = name.error(format!("`{other}` is not a type of column"));
            errors.push(match nearest(other, TYPES) {
                Some(meant) => error.help(format!("did you mean `{meant}`?")),
                None => error.help(format!("a type is one of {}", TYPES.join(", "))),
            });
            // its other keys belong to the type that was meant
            table.rest();
            return None;
        }
    })
}

/// Reads a required format for a purpose.
pub(super) fn format(
    table: &mut Table,
    purpose: Purpose,
    errors: &mut Vec<Error>,
) -> Option<Format> {
    let text = table.require::<Spanned<String>>("format", errors)?;
    match Format::compile(&text.value, purpose) {
        Ok(format) => Some(format),
        Err(problem) => {
            errors.push(text.error(problem).help("such as %d/%m/%Y %H:%M"));
            None
        }
    }
}

/// A column of days, or of months: `to = "month"` says that the day is not known, and the first
/// of the month stands for it.
fn day(table: &mut Table, errors: &mut Vec<Error>) -> Option<Dates> {
    let to = table.take::<Spanned<String>>("to", errors);
    let purpose = if to.is_some() { Purpose::Month } else { Purpose::Date };
    if let Some(to) = to.filter(|to| to.value != "month") {
        errors.push(
            to.error(format!("a date is not known to the `{}`", to.value))
                .help("to = \"month\", where the day is not known; else take it out"),
        );
    }
    dates(table, purpose, errors)
}

fn dates(table: &mut Table, purpose: Purpose, errors: &mut Vec<Error>) -> Option<Dates> {
    let range = table.take::<Spanned<Vec<NaiveDate>>>("range", errors);
    let range = range.and_then(|range| match *range.value.as_slice() {
        [from, to] if from <= to => Some((from, to)),
        _ => {
            errors.push(range.error("`range` should hold the first and the last day").help(
                "such as [2000-01-01, 2030-12-31]: both are allowed, and the first stands first",
            ));
            None
        }
    });
    let format = format(table, purpose, errors)?;
    Some(Dates { format, range: range.unwrap_or((FIRST, LAST)) })
}

fn number(table: &mut Table, errors: &mut Vec<Error>) -> Number {
    let zero = table.take::<OneOrMany<String>>("zero", errors);
    let zero = zero.map(|zero| zero.0.iter().map(|text| fold(text)).collect());
    let thousands = table.take::<Spanned<String>>("thousands", errors);
    if let Some(mark) = thousands.as_ref().filter(|mark| mark.value != ",") {
        errors.push(mark.error("thousands can only be parted by commas").help("thousands = \",\""));
    }
    let range = table.take::<Spanned<Vec<f64>>>("range", errors).and_then(|range| {
        match *range.value.as_slice() {
            [from, to] if from <= to => Some((from, to)),
            _ => {
                errors.push(
                    range.error("`range` should hold the least and the greatest value").help(
                        "such as [0, 120]: both values are allowed, and the least stands first",
                    ),
                );
                None
            }
        }
    });
    Number { range, thousands: thousands.is_some(), percent: false, zero: zero.unwrap_or_default() }
}

fn flag(table: &mut Table, errors: &mut Vec<Error>) -> Option<CellKind> {
    let mut answer = |key, errors: &mut Vec<Error>| {
        let spellings = table.require::<Spanned<OneOrMany<String>>>(key, errors)?;
        Some(spellings.map(|spellings| spellings.0.iter().map(|text| fold(text)).collect()))
    };
    let yes: Option<Spanned<Vec<String>>> = answer("yes", errors);
    let no: Option<Spanned<Vec<String>>> = answer("no", errors);
    let (yes, no) = (yes?, no?);
    if let Some(both) = yes.value.iter().find(|spelling| no.value.contains(spelling)) {
        errors.push(no.error(format!("`{both}` is both yes and no")));
        return None;
    }
    Some(CellKind::Flag { yes: yes.value, no: no.value })
}

fn code(table: &mut Table, errors: &mut Vec<Error>) -> Option<CellKind> {
    let other = table.take::<Spanned<String>>("other", errors);
    let mut list = table.require_such::<Table>(
        "codes",
        "codes = { code = [\"Spelling\", \"another\"] }",
        errors,
    )?;
    let (mut codes, mut spellings) = (Vec::new(), BTreeMap::new());
    let mut lists = Vec::new();
    for (code, value) in list.rest() {
        let place = value.place();
        lists.push((codes.len(), place, value.read::<OneOrMany<String>>(errors)));
        spellings.insert(fold(&code.value), codes.len());
        codes.push(code.value);
    }
    for (position, place, list) in lists {
        for spelling in list.map(|list| list.0).unwrap_or_default() {
            let taken = spellings.insert(fold(&spelling), position);
            if let Some(code) =
                taken.filter(|taken| *taken != position).and_then(|at| codes.get(at))
            {
                errors.push(
                    Error::definition(
                        place.clone(),
                        format!("`{spelling}` is already a spelling of `{code}`"),
                    )
                    .help("a spelling stands for one code, whatever its case"),
                );
            }
        }
    }
    let other = match &other {
        None => Other::Quarantine,
        Some(word) => match (word.value.as_str(), codes.iter().position(|c| *c == word.value)) {
            ("quarantine", _) => Other::Quarantine,
            ("drop", _) => Other::Drop,
            (_, Some(code)) => Other::Code(code),
            (_, None) => {
                errors.push(
                    word.error(format!("`{}` is not one of the codes", word.value))
                        .help("`other` is \"quarantine\", \"drop\" or a code of this column"),
                );
                return None;
            }
        },
    };
    Some(CellKind::Code { codes, spellings, other })
}
