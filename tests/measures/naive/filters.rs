//! A filter's answer for one row.

use chrono::{NaiveDate, NaiveTime};
use concordat::filter::{Comparison, Filter, Literal, Operand, Prior};

use crate::measures::frame::{Row, Value, utc};

/// True, false or unknown; `prior` says whether one came before the row.
pub(super) fn holds(
    filter: &Filter,
    row: &Row,
    prior: &dyn Fn(&Prior) -> Option<bool>,
) -> Option<bool> {
    let holds = |part: &Filter| holds(part, row, prior);
    match filter {
        Filter::And(parts) => all(&parts.iter().map(holds).collect::<Vec<_>>()),
        Filter::Or(parts) => {
            let none: Vec<_> = parts.iter().map(|part| holds(part).map(|holds| !holds)).collect();
            all(&none).map(|none| !none)
        }
        Filter::Not(part) => holds(part).map(|holds| !holds),
        Filter::Prior(asked) => prior(asked),
        Filter::Compare { left, comparison, right } => {
            let order = compare(&operand(left, row)?, &operand(right, row)?);
            Some(match comparison {
                Comparison::Equal => order.is_eq(),
                Comparison::NotEqual => order.is_ne(),
                Comparison::Less => order.is_lt(),
                Comparison::LessOrEqual => order.is_le(),
                Comparison::Greater => order.is_gt(),
                Comparison::GreaterOrEqual => order.is_ge(),
            })
        }
        Filter::In { value, list } => {
            let value = operand(value, row)?;
            Some(list.iter().any(|item| compare(&value, &literal(item)).is_eq()))
        }
        Filter::IsNull(column) => Some(!row.contains_key(column)),
        Filter::Flag(column) => match row.get(column)? {
            Value::Flag(flag) => Some(*flag),
            other => panic!("{other:?} is not a flag"),
        },
        Filter::Like { column, pattern } => match row.get(column)? {
            Value::Text(text) => Some(like(&text.to_lowercase(), &pattern.to_lowercase())),
            other => panic!("{other:?} is not text"),
        },
    }
}

/// The days before a row that must be known to decide it.
pub(super) fn days_before(filter: &Filter) -> u64 {
    match filter {
        Filter::And(parts) | Filter::Or(parts) => parts.iter().map(days_before).max().unwrap_or(0),
        Filter::Not(part) => days_before(part),
        Filter::Prior(prior) => u64::from(prior.days) + before(prior.among.as_deref()),
        _ => 0,
    }
}

/// The same where there may be no filter.
pub(super) fn before(filter: Option<&Filter>) -> u64 {
    filter.map_or(0, days_before)
}

/// SQL's AND: one false decides, then one unknown.
pub(super) fn all(parts: &[Option<bool>]) -> Option<bool> {
    if parts.contains(&Some(false)) {
        Some(false)
    } else if parts.contains(&None) {
        None
    } else {
        Some(true)
    }
}

fn literal(literal: &Literal) -> Value {
    match literal {
        Literal::Text(text) => Value::Text(text.clone()),
        Literal::Integer(number) | Literal::Seconds(number) => Value::Integer(*number),
        Literal::Decimal(number) => Value::Decimal(*number),
        Literal::Date(day) => Value::Date(*day),
        Literal::Time(time) => Value::Time(*time),
    }
}

fn operand(operand: &Operand, row: &Row) -> Option<Value> {
    match operand {
        Operand::Column(column) => row.get(column).cloned(),
        Operand::Literal(value) => Some(literal(value)),
        Operand::Elapsed { to, from } => {
            Some(Value::Integer(seconds(row.get(to)?) - seconds(row.get(from)?)))
        }
    }
}

pub(super) fn seconds(value: &Value) -> i64 {
    match value {
        Value::Time(time) => utc(*time),
        Value::Date(day) => (*day - NaiveDate::default()).num_days() * 86_400,
        other => panic!("{other:?} is no time"),
    }
}

fn compare(left: &Value, right: &Value) -> std::cmp::Ordering {
    let number = |value: &Value| match value {
        Value::Integer(number) => f64::from(i32::try_from(*number).unwrap()),
        Value::Decimal(number) => *number,
        other => panic!("{other:?} is not a number"),
    };
    let time = |value: &Value| match value {
        Value::Time(time) => *time,
        Value::Date(day) => day.and_time(NaiveTime::MIN),
        other => panic!("{other:?} is not a time"),
    };
    match (left, right) {
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        (Value::Flag(left), Value::Flag(right)) => left.cmp(right),
        (Value::Date(_) | Value::Time(_), _) => time(left).cmp(&time(right)),
        _ => number(left).total_cmp(&number(right)),
    }
}

/// By recursion, as the definition reads.
fn like(text: &str, pattern: &str) -> bool {
    let mut rest = pattern.chars();
    match rest.next() {
        None => text.is_empty(),
        Some('%') => {
            let cuts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            cuts.into_iter().any(|at| like(&text[at..], rest.as_str()))
        }
        Some(wanted) => {
            let mut text = text.chars();
            text.next().is_some_and(|first| wanted == '_' || wanted == first)
                && like(text.as_str(), rest.as_str())
        }
    }
}
