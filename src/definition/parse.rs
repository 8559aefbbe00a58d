//! TOML text to our own tree, as far as it can be read.

use std::ops::Range;

use chrono::NaiveDate;
use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};
use toml::value::Datetime;

use super::{Data, Source, Table, Value};
use crate::error::Error;
use crate::period::Month;

/// The whole document; syntax errors are pushed.
pub(super) fn document(source: &Source, errors: &mut Vec<Error>) -> Table {
    let (document, problems) = DeTable::parse_recoverable(&source.text);
    let mut broken = Vec::new();
    for problem in problems {
        let span = problem.span().unwrap_or(0..source.text.len());
        broken.push(lines(&source.text, &span));
        let written = source.text.get(span.clone()).unwrap_or_default();
        let help = if written.parse::<Month>().is_ok() {
            format!("a month is text, in quotes: \"{written}\"")
        } else {
            "values need quotes when they are text, and every [ { \" a partner".to_owned()
        };
        errors.push(
            Error::definition(source.place(span), format!("not TOML: {}", problem.message()))
                .help(help),
        );
    }
    let tree = Tree { source, broken };
    tree.table(String::new(), None, document.into_inner())
}

/// The bytes of the lines that a span touches, the last line's end included.
fn lines(text: &str, span: &Range<usize>) -> Range<usize> {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let from = before.rfind('\n').map_or(0, |at| at + 1);
    from..after.find('\n').map_or(text.len(), |at| span.end + at) + 1
}

struct Tree<'a> {
    source: &'a Source,
    /// Lines with a syntax error.
    broken: Vec<Range<usize>>,
}

impl Tree<'_> {
    fn table(&self, name: String, span: Option<Range<usize>>, table: DeTable<'_>) -> Table {
        let mut entries: Vec<(super::Spanned<String>, Value)> = table
            .into_iter()
            .map(|(key, value)| {
                let span = key.span();
                let key = key.into_inner().into_owned();
                let value = self.value(&key, value);
                (super::Spanned { value: key, source: self.source.clone(), span }, value)
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.span.start);
        Table::new(self.source.clone(), name, span, entries)
    }

    fn value(&self, key: &str, value: Spanned<DeValue<'_>>) -> Value {
        let span = value.span();
        let data = match value.into_inner() {
            DeValue::Table(table) => {
                Data::Table(self.table(key.to_owned(), Some(span.clone()), table))
            }
            _ if self.is_broken(&span) => Data::Broken,
            DeValue::String(text) => Data::Text(text.into_owned()),
            DeValue::Integer(number) => integer(&number),
            DeValue::Float(number) => {
                number.as_str().replace('_', "").parse().map_or(Data::Broken, Data::Decimal)
            }
            DeValue::Boolean(flag) => Data::Flag(flag),
            DeValue::Datetime(date) => day(date),
            DeValue::Array(list) => {
                Data::List(list.into_iter().map(|element| self.value(key, element)).collect())
            }
        };
        Value { key: key.to_owned(), source: self.source.clone(), span, data }
    }

    fn is_broken(&self, span: &Range<usize>) -> bool {
        self.broken
            .iter()
            .any(|line| line.start < span.end.max(span.start + 1) && span.start < line.end)
    }
}

/// A whole number; one too large for 64 bits is a decimal, which then mismatches.
fn integer(number: &DeInteger<'_>) -> Data {
    let digits = number.as_str().replace('_', "");
    i64::from_str_radix(&digits, number.radix())
        .map_or_else(|_| digits.parse().map_or(Data::Broken, Data::Decimal), Data::Integer)
}

fn day(written: Datetime) -> Data {
    match (written.date, written.time, written.offset) {
        (Some(date), None, None) => {
            NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
                .map_or(Data::Time, Data::Date)
        }
        _ => Data::Time,
    }
}
