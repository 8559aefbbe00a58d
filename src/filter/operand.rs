//! The sides of a comparison: columns, fixed values and elapsed time.

use chrono::{NaiveDate, NaiveDateTime};
use sqlparser::ast::{
    BinaryOperator, DataType, DateTimeField, Expr, Interval, TypedString, UnaryOperator, Value,
};

use super::compare::{Is, Typed};
use super::parse::Reader;
use super::{ColumnType, Filter, Literal, Operand, refuse};
use crate::error::nearest;

impl Reader<'_> {
    /// A column by its name, and its type.
    pub(super) fn column(&mut self, part: &Expr) -> Option<(String, ColumnType)> {
        let name = match part {
            Expr::Identifier(name) => name,
            Expr::Nested(inner) => return self.column(inner),
            _ => {
                let (what, help) = refuse::why(part);
                return self.wrong(part, format!("{what} where a column is expected"), help);
            }
        };
        if let Some(found) = self.schema.get(&name.value) {
            return Some((name.value.clone(), found.clone()));
        }
        let known: Vec<&str> = self.schema.keys().map(String::as_str).collect();
        let lower = name.value.to_lowercase();
        let help = if let Some(meant) = nearest(&lower, known.iter().copied()) {
            format!("did you mean `{meant}`?")
        } else if name.quote_style.is_some() {
            "text is written in single quotes".to_owned()
        } else {
            format!("its columns are {}", known.join(", "))
        };
        self.wrong(part, format!("the feed has no column `{}`", name.value), &help)
    }

    /// A yes/no column standing alone.
    pub(super) fn flag(&mut self, part: &Expr) -> Option<Filter> {
        match self.column(part)? {
            (column, ColumnType::Flag) => Some(Filter::Flag(column)),
            (column, _) => {
                let said =
                    format!("`{column}` alone is not a condition: it is not a yes/no column");
                self.wrong(part, said, "compare it with a value, or write IS NOT NULL")
            }
        }
    }

    pub(super) fn like(&mut self, column: &Expr, pattern: &Expr) -> Option<Filter> {
        let found = self.column(column);
        let Some(pattern_text) = text(pattern) else {
            let said = "the pattern of ILIKE is not text".to_owned();
            return self.wrong(pattern, said, "write it in single quotes: ILIKE '%bed%'");
        };
        match found? {
            (column, ColumnType::Text) => Some(Filter::Like { column, pattern: pattern_text }),
            (name, _) => {
                let said = format!("`{name}` is not free text, so it has no pattern");
                self.wrong(column, said, "compare it with =, or list its codes with IN")
            }
        }
    }

    /// One side of a comparison.
    pub(super) fn operand(&mut self, part: &Expr) -> Option<Typed> {
        let fixed = |literal, is| Some(Typed { operand: Operand::Literal(literal), is });
        match part {
            Expr::Nested(inner) => self.operand(inner),
            Expr::Identifier(_) => {
                let (column, kind) = self.column(part)?;
                Some(Typed { is: Is::from(&kind), operand: Operand::Column(column) })
            }
            Expr::BinaryOp { left, op: BinaryOperator::Minus, right } => self.elapsed(left, right),
            Expr::Interval(interval) => {
                let literal = Literal::Seconds(self.interval(part, interval)?);
                fixed(literal, Is::Length)
            }
            Expr::TypedString(typed) => self.moment(part, typed),
            Expr::Value(value) => match &value.value {
                Value::SingleQuotedString(text) => fixed(Literal::Text(text.clone()), Is::Text),
                Value::Number(digits, _) => fixed(self.number(part, digits)?, Is::Number),
                Value::Boolean(truth) => {
                    fixed(Literal::Integer((*truth).into()), Is::Truth(*truth))
                }
                Value::Null => {
                    let said = "a comparison with NULL is never true".to_owned();
                    self.wrong(part, said, "write `column IS NULL`")
                }
                _ => {
                    let said = "this kind of fixed value is not known here".to_owned();
                    self.wrong(part, said, "text is written in single quotes")
                }
            },
            Expr::UnaryOp { op: UnaryOperator::Minus, expr } => match &**expr {
                Expr::Value(value) if matches!(value.value, Value::Number(..)) => {
                    let Value::Number(digits, _) = &value.value else { return None };
                    fixed(self.number(part, &format!("-{digits}"))?, Is::Number)
                }
                _ => self.not_a_value(part),
            },
            _ => self.not_a_value(part),
        }
    }

    fn not_a_value<T>(&mut self, part: &Expr) -> Option<T> {
        let (what, help) = refuse::why(part);
        self.wrong(part, format!("{what} in a comparison"), help)
    }

    fn number(&mut self, part: &Expr, digits: &str) -> Option<Literal> {
        if let Ok(number) = digits.parse() {
            return Some(Literal::Integer(number));
        }
        match digits.parse::<f64>() {
            Ok(number) if number.is_finite() => Some(Literal::Decimal(number)),
            _ => self.wrong(part, format!("`{digits}` is not a number"), "write it as 12 or 1.5"),
        }
    }

    /// `ended - arrived`.
    fn elapsed(&mut self, left: &Expr, right: &Expr) -> Option<Typed> {
        let mut time = |part| match self.column(part)? {
            (column, ColumnType::Time) => Some(column),
            (column, _) => {
                let said = format!("`{column}` is not a time, so nothing can be taken from it");
                self.wrong(part, said, "only one time less another can be worked out")
            }
        };
        let (to, from) = (time(left), time(right));
        Some(Typed { operand: Operand::Elapsed { to: to?, from: from? }, is: Is::Length })
    }

    /// `INTERVAL '24' HOUR` in seconds.
    fn interval(&mut self, part: &Expr, interval: &Interval) -> Option<i64> {
        let number = match &*interval.value {
            Expr::Value(value) => match &value.value {
                Value::SingleQuotedString(digits) | Value::Number(digits, _) => {
                    digits.parse::<i64>().ok().filter(|number| *number >= 0)
                }
                _ => None,
            },
            _ => None,
        };
        let each = match &interval.leading_field {
            Some(DateTimeField::Second | DateTimeField::Seconds) => Some(1),
            Some(DateTimeField::Minute | DateTimeField::Minutes) => Some(60),
            Some(DateTimeField::Hour | DateTimeField::Hours) => Some(3600),
            Some(DateTimeField::Day | DateTimeField::Days) => Some(86_400),
            _ => None,
        };
        let seconds = number.zip(each).and_then(|(number, each)| number.checked_mul(each));
        if interval.last_field.is_some() || seconds.is_none() {
            let said = "this length of time cannot be read".to_owned();
            return self.wrong(
                part,
                said,
                "write INTERVAL '24' HOUR, or MINUTE, or DAY (24 hours)",
            );
        }
        seconds
    }

    /// `DATE '2017-12-11'`, `TIMESTAMP '2017-12-11 08:30'`.
    fn moment(&mut self, part: &Expr, typed: &TypedString) -> Option<Typed> {
        let Value::SingleQuotedString(written) = &typed.value.value else {
            return self.not_a_value(part);
        };
        let read = match typed.data_type {
            DataType::Date => NaiveDate::parse_from_str(written, "%Y-%m-%d")
                .ok()
                .map(|day| (Literal::Date(day), Is::Date)),
            DataType::Timestamp(..) | DataType::Datetime(_) => {
                ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"]
                    .iter()
                    .find_map(|format| NaiveDateTime::parse_from_str(written, format).ok())
                    .map(|time| (Literal::Time(time), Is::Time))
            }
            _ => return self.not_a_value(part),
        };
        let Some((literal, is)) = read else {
            let said = format!("'{written}' is not a day or time of the calendar");
            let help = "write DATE '2017-12-11' or TIMESTAMP '2017-12-11 08:30'";
            return self.wrong(part, said, help);
        };
        Some(Typed { operand: Operand::Literal(literal), is })
    }
}

fn text(part: &Expr) -> Option<String> {
    match part {
        Expr::Value(value) => match &value.value {
            Value::SingleQuotedString(text) => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}
