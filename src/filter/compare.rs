//! Whether the two sides of a comparison are of a kind.

use chrono::NaiveTime;
use sqlparser::ast::Expr;

use super::parse::Reader;
use super::{ColumnType, Comparison, Filter, Literal, Operand};
use crate::error::nearest;

/// One side of a comparison and what it is.
#[derive(Debug, Clone)]
pub(super) struct Typed {
    pub(super) operand: Operand,
    pub(super) is: Is,
}

/// What two sides of a comparison must have in common.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Is {
    Text,
    /// One of a closed list.
    Code(Vec<String>),
    Number,
    Date,
    Time,
    Flag,
    /// Elapsed time.
    Length,
    /// `TRUE` or `FALSE`.
    Truth(bool),
}

impl Is {
    fn name(&self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Code(_) => "a code",
            Self::Number => "a number",
            Self::Date => "a date",
            Self::Time => "a time",
            Self::Flag => "a yes/no column",
            Self::Length => "a length of time",
            Self::Truth(_) => "TRUE or FALSE",
        }
    }
}

impl From<&ColumnType> for Is {
    fn from(column: &ColumnType) -> Self {
        match column {
            ColumnType::Text | ColumnType::Area => Self::Text,
            ColumnType::Code(codes) => Self::Code(codes.clone()),
            ColumnType::Integer | ColumnType::Decimal => Self::Number,
            ColumnType::Time => Self::Time,
            ColumnType::Date => Self::Date,
            ColumnType::Flag => Self::Flag,
        }
    }
}

impl Reader<'_> {
    /// `value IN (…)`.
    pub(super) fn listed(&mut self, value: &Expr, list: &[Expr]) -> Option<Filter> {
        let left = self.operand(value);
        let items: Vec<Option<Typed>> = list.iter().map(|item| self.operand(item)).collect();
        let left = left?;
        if matches!(left.operand, Operand::Literal(_)) || matches!(left.is, Is::Flag) {
            let said = "IN asks for a column of text, codes, numbers or dates before it".to_owned();
            return self.wrong(value, said, "write the yes/no column alone, or NOT before it");
        }
        let mut read = Vec::new();
        for (item, right) in list.iter().zip(items) {
            let Some(right) = right else { continue };
            let Operand::Literal(_) = right.operand else {
                let said = "a list holds fixed values only".to_owned();
                self.wrong::<()>(item, said, "compare two columns with =");
                continue;
            };
            if let Some(Filter::Compare { right: Operand::Literal(literal), .. }) =
                self.checked((value, left.clone()), Comparison::Equal, (item, right))
            {
                read.push(literal);
            }
        }
        (read.len() == list.len()).then_some(Filter::In { value: left.operand, list: read })
    }

    /// Both sides read and checked against each other.
    pub(super) fn compared(
        &mut self,
        part: &Expr,
        left: &Expr,
        comparison: Comparison,
        right: &Expr,
    ) -> Option<Filter> {
        let (one, other) = (self.operand(left), self.operand(right));
        let (one, other) = (one?, other?);
        if let (Operand::Literal(_), Operand::Literal(_)) = (&one.operand, &other.operand) {
            let said = "two fixed values are compared".to_owned();
            return self.wrong(part, said, "one side should be a column");
        }
        self.checked((left, one), comparison, (right, other))
    }

    /// The comparison, if the two sides are of a kind.
    pub(super) fn checked(
        &mut self,
        (left, one): (&Expr, Typed),
        comparison: Comparison,
        (right, other): (&Expr, Typed),
    ) -> Option<Filter> {
        let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        match (&one.is, &other.is) {
            (Is::Flag, Is::Truth(truth)) | (Is::Truth(truth), Is::Flag) if !ordered => {
                return flag_is(&one.operand, &other.operand, *truth, comparison);
            }
            (Is::Text | Is::Code(_), Is::Text | Is::Code(_)) if ordered => {
                let said = "text and codes have no order".to_owned();
                return self.wrong(left, said, "compare them with =, <> or IN");
            }
            (Is::Code(codes), Is::Text) => self.known_code(right, codes, &other.operand)?,
            (Is::Text, Is::Code(codes)) => self.known_code(left, codes, &one.operand)?,
            (Is::Text | Is::Code(_), Is::Text | Is::Code(_))
            | (Is::Number, Is::Number)
            | (Is::Date, Is::Date)
            | (Is::Length, Is::Length) => {}
            (Is::Time, Is::Time) => {
                // Two times are compared as points in time: on the night the clocks go back,
                // 01:10 may be later than 01:50.
                if let (Operand::Column(to), Operand::Column(from)) = (&one.operand, &other.operand)
                {
                    let elapsed = Operand::Elapsed { to: to.clone(), from: from.clone() };
                    let right = Operand::Literal(Literal::Seconds(0));
                    return Some(Filter::Compare { left: elapsed, comparison, right });
                }
            }
            (Is::Time, Is::Date) => {
                let right = (right, other);
                return self.time_and_day(left, one, comparison, right);
            }
            (Is::Date, Is::Time) => {
                let left = (left, one);
                return self.time_and_day(right, other, comparison.mirrored(), left);
            }
            (a, b) => {
                let said = format!("{} cannot be compared with {}", a.name(), b.name());
                let help = mixed_help(a, b);
                return self.wrong(right, said, help);
            }
        }
        Some(Filter::Compare { left: one.operand, comparison, right: other.operand })
    }

    /// Pushes an error and gives `None` when the text is not one of the codes.
    fn known_code(&mut self, part: &Expr, codes: &[String], operand: &Operand) -> Option<()> {
        let Operand::Literal(Literal::Text(text)) = operand else { return Some(()) };
        if codes.contains(text) {
            return Some(());
        }
        let help = match nearest(text, codes.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean '{meant}'?"),
            None => format!("its codes are {}", codes.join(", ")),
        };
        self.wrong(part, format!("'{text}' is not one of the column's codes"), &help)
    }

    /// A time compared with a day means the midnight that begins it, which is safe only where it
    /// cuts between two days: `>=` and `<`.
    fn time_and_day(
        &mut self,
        time: &Expr,
        moment: Typed,
        comparison: Comparison,
        (day, date): (&Expr, Typed),
    ) -> Option<Filter> {
        match (comparison, date.operand) {
            (
                Comparison::GreaterOrEqual | Comparison::Less,
                Operand::Literal(Literal::Date(date)),
            ) => {
                let midnight = Literal::Time(date.and_time(NaiveTime::MIN));
                Some(Filter::Compare {
                    left: moment.operand,
                    comparison,
                    right: Operand::Literal(midnight),
                })
            }
            (_, Operand::Literal(_)) => {
                let said =
                    "a day stands for its first midnight when compared with a time".to_owned();
                self.wrong(day, said, "use only >= the first day and < the day after the last")
            }
            _ => {
                let said = "a time cannot be compared with a date column".to_owned();
                self.wrong(time, said, "give both columns one type in the feed's contract")
            }
        }
    }
}

fn flag_is(one: &Operand, other: &Operand, truth: bool, comparison: Comparison) -> Option<Filter> {
    let ((Operand::Column(column), _) | (_, Operand::Column(column))) = (one, other) else {
        return None;
    };
    let flag = Filter::Flag(column.clone());
    let same = comparison == Comparison::Equal;
    Some(if truth == same { flag } else { Filter::Not(Box::new(flag)) })
}

fn mixed_help(one: &Is, other: &Is) -> &'static str {
    match (one, other) {
        (Is::Number, _) | (_, Is::Number) => "a number is written without quotes, text with them",
        (Is::Date, Is::Text) | (Is::Text, Is::Date) => "a day is written DATE '2017-12-11'",
        (Is::Time, Is::Text) | (Is::Text, Is::Time) => {
            "a time is written TIMESTAMP '2017-12-11 08:30'"
        }
        (Is::Flag, _) | (_, Is::Flag) => "write the yes/no column alone, or NOT before it",
        (Is::Length, _) | (_, Is::Length) => "a length of time is written INTERVAL '24' HOUR",
        _ => "both sides must be of one type",
    }
}
