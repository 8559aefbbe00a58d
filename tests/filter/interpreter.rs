//! The third opinion: a filter read row by row, naively, in three values.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use concordat::filter::{Comparison, Filter, Literal, Operand};

/// What a column holds in one row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Number(f64),
    Date(NaiveDate),
    Time(NaiveDateTime),
    Flag(bool),
}

/// One row; a column that is not there holds no value.
pub(crate) type Row = BTreeMap<String, Cell>;

/// True, false or unknown. Elapsed time is the difference of the local times.
pub(crate) fn evaluate(filter: &Filter, row: &Row) -> Option<bool> {
    match filter {
        Filter::And(parts) => {
            let values: Vec<_> = parts.iter().map(|part| evaluate(part, row)).collect();
            if values.contains(&Some(false)) {
                Some(false)
            } else if values.contains(&None) {
                None
            } else {
                Some(true)
            }
        }
        Filter::Or(parts) => {
            let values: Vec<_> = parts.iter().map(|part| evaluate(part, row)).collect();
            if values.contains(&Some(true)) {
                Some(true)
            } else if values.contains(&None) {
                None
            } else {
                Some(false)
            }
        }
        Filter::Not(part) => evaluate(part, row).map(|value| !value),
        Filter::Compare { left, comparison, right } => {
            let order = value(left, row)?.partial_cmp(&value(right, row)?)?;
            Some(match comparison {
                Comparison::Equal => order == Ordering::Equal,
                Comparison::NotEqual => order != Ordering::Equal,
                Comparison::Less => order == Ordering::Less,
                Comparison::LessOrEqual => order != Ordering::Greater,
                Comparison::Greater => order == Ordering::Greater,
                Comparison::GreaterOrEqual => order != Ordering::Less,
            })
        }
        Filter::In { value: operand, list } => {
            let found = value(operand, row)?;
            Some(list.iter().any(|item| literal(item) == found))
        }
        Filter::IsNull(column) => Some(!row.contains_key(column)),
        Filter::Flag(column) => match row.get(column)? {
            Cell::Flag(flag) => Some(*flag),
            other => panic!("{other:?} is no flag"),
        },
        Filter::Prior(_) => panic!("one row does not tell what came before it"),
        Filter::Like { column, pattern } => match row.get(column)? {
            Cell::Text(text) => Some(like(&text.to_lowercase(), &pattern.to_lowercase())),
            other => panic!("{other:?} is no text"),
        },
    }
}

#[derive(Debug, PartialEq, PartialOrd)]
enum Comparable {
    Text(String),
    Number(f64),
    Date(NaiveDate),
    Time(NaiveDateTime),
}

fn value(operand: &Operand, row: &Row) -> Option<Comparable> {
    Some(match operand {
        Operand::Literal(fixed) => literal(fixed),
        Operand::Column(column) => match row.get(column)? {
            Cell::Text(text) => Comparable::Text(text.clone()),
            Cell::Number(number) => Comparable::Number(*number),
            Cell::Date(date) => Comparable::Date(*date),
            Cell::Time(time) => Comparable::Time(*time),
            Cell::Flag(flag) => panic!("{column} is {flag}, compared"),
        },
        Operand::Elapsed { to, from } => match (row.get(to)?, row.get(from)?) {
            (Cell::Time(to), Cell::Time(from)) => {
                Comparable::Number((*to - *from).num_seconds() as f64)
            }
            other => panic!("{other:?} are no times"),
        },
    })
}

fn literal(fixed: &Literal) -> Comparable {
    match fixed {
        Literal::Text(text) => Comparable::Text(text.clone()),
        Literal::Integer(number) | Literal::Seconds(number) => Comparable::Number(*number as f64),
        Literal::Decimal(number) => Comparable::Number(*number),
        Literal::Date(date) => Comparable::Date(*date),
        Literal::Time(time) => Comparable::Time(*time),
    }
}

/// Tries every length for a `%`.
fn like(text: &str, pattern: &str) -> bool {
    let mut rest = text.chars();
    match pattern.chars().next() {
        None => text.is_empty(),
        Some('%') => {
            let after = &pattern[1..];
            let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            starts.any(|at| like(&text[at..], after))
        }
        Some(wanted) => match rest.next() {
            Some(found) if wanted == '_' || wanted == found => {
                like(rest.as_str(), &pattern[wanted.len_utf8()..])
            }
            _ => false,
        },
    }
}
