//! The types a definition may ask for.

use chrono::NaiveDate;

use super::{Data, Spanned, Table, Value};
use crate::error::Error;
use crate::period::Month;

/// A type that can be read from a value of a definition.
pub trait Read: Sized {
    /// What is expected, as in "should hold …": `text`, `a date`.
    const EXPECTED: &'static str;

    /// The value as this type; `None` with a pushed error when it is something else.
    fn read(value: Value, errors: &mut Vec<Error>) -> Option<Self>;
}

/// Reports a mismatch, unless the value lies on a line whose syntax error is reported already.
fn mismatch<T: Read>(value: &Value, errors: &mut Vec<Error>) -> Option<T> {
    if value.data != Data::Broken {
        errors.push(value.mismatch(T::EXPECTED));
    }
    None
}

impl Read for String {
    const EXPECTED: &'static str = "text";

    fn read(value: Value, errors: &mut Vec<Error>) -> Option<Self> {
        match value.data {
            Data::Text(text) => Some(text),
            _ => mismatch(&value, errors),
        }
    }
}

impl Read for i64 {
    const EXPECTED: &'static str = "a whole number";

    fn read(value: Value, errors: &mut Vec<Error>) -> Option<Self> {
        match value.data {
            Data::Integer(number) => Some(number),
            _ => mismatch(&value, errors),
        }
    }
}

impl Read for u32 {
    const EXPECTED: &'static str = "a whole number, 0 or more";

    fn read(value: Value, errors: &mut Vec<Error>) -> Option<Self> {
        match value.data {
            Data::Integer(number) => {
                let read = Self::try_from(number).ok();
                if read.is_none() {
                    errors.push(value.error(format!("`{}` cannot be {number}", value.key)));
                }
                read
            }
            _ => mismatch(&value, errors),
        }
    }
}

impl Read for f64 {
    const EXPECTED: &'static str = "a number";

    fn read(value: Value, errors: &mut Vec<Error>) -> Option<Self> {
        match value.data {
            Data::Decimal(number) if number.is_finite() => Some(number),
            #[expect(clippy::cast_precision_loss, reason = "definitions hold small numbers")]
            Data::Integer(number) => Some(number as Self),
            _ => mismatch(&value, errors),
        }
    }
}

impl Read for bool {
    const EXPECTED: &'static str = "true or false";

    fn read(value: Value, errors: &mut Vec<Error>) -> Option<Self> {
        match value.data {
            Data::Flag(flag) => Some(flag),
            _ => mismatch(&value, errors),
        }
    }
}

impl Read for NaiveDate {
    const EXPECTED: &'static str = "a date such as 2017-12-11, without quotes";

    fn read(value: Value, errors: &mut Vec<Error>) -> Option<Self> {
        match value.data {
            Data::Date(date) => Some(date),
            _ => mismatch(&value, errors),
        }
    }
}

impl Read for Month {
    const EXPECTED: &'static str = "a month such as \"2017-09\"";

    fn read(value: Value, errors: &mut Vec<Error>) -> Option<Self> {
        match &value.data {
            Data::Text(text) => match text.parse() {
                Ok(month) => Some(month),
                Err(problem) => {
                    errors.push(value.error(problem));
                    None
                }
            },
            _ => mismatch(&value, errors),
        }
    }
}

impl Read for Table {
    const EXPECTED: &'static str = "a table such as { key = value }";

    fn read(value: Value, errors: &mut Vec<Error>) -> Option<Self> {
        match value.data {
            Data::Table(table) => Some(table),
            _ => mismatch(&value, errors),
        }
    }
}

/// A value of any type, for readers that tell types apart themselves.
impl Read for Value {
    const EXPECTED: &'static str = "a value";

    fn read(value: Value, _: &mut Vec<Error>) -> Option<Self> {
        (value.data != Data::Broken).then_some(value)
    }
}

impl<T: Read> Read for Spanned<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(value: Value, errors: &mut Vec<Error>) -> Option<Self> {
        let (source, span) = (value.source.clone(), value.span.clone());
        Some(Self { value: T::read(value, errors)?, source, span })
    }
}

/// A list; elements of another type are pushed and left out.
impl<T: Read> Read for Vec<T> {
    const EXPECTED: &'static str = "a list";

    fn read(value: Value, errors: &mut Vec<Error>) -> Option<Self> {
        match value.data {
            Data::List(list) => {
                Some(list.into_iter().filter_map(|element| element.read(errors)).collect())
            }
            _ => mismatch(&value, errors),
        }
    }
}

/// One value, or a list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T: Read> Read for OneOrMany<T> {
    const EXPECTED: &'static str = T::EXPECTED;

    fn read(value: Value, errors: &mut Vec<Error>) -> Option<Self> {
        match value.data {
            Data::List(_) => value.read(errors).map(Self),
            _ => value.read(errors).map(|one| Self(vec![one])),
        }
    }
}
