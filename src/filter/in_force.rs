//! `in_force('police_station_removed', detained)`: whether a standard holds on a row's day.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use sqlparser::ast::{Expr, Function, Value};

use super::call::arguments;
use super::parse::Reader;
use super::{ColumnType, Comparison, Filter, Literal, Operand};
use crate::error::nearest;

const FORM: &str = "write in_force('police_station_removed', detained)";

/// What a filter is told of a standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It holds from this day on.
    From(NaiveDate),
    /// It was made, but no day is known from which it holds.
    NotYet,
    /// It is a limit on elapsed time, and no rule that holds from a day on.
    Limit,
    /// Its definition is wrong.
    Wrong,
}

/// Standards by name, as a filter may ask for them.
pub type Standings = BTreeMap<String, Standing>;

impl Reader<'_> {
    /// The call as a comparison of the column with the standard's day; false of every row where
    /// the standard has none.
    pub(super) fn in_force(&mut self, part: &Expr, call: &Function) -> Option<Filter> {
        let Some((named, column)) = arguments(call).filter(|_| call.filter.is_none()) else {
            let said = "`in_force` asks for the name of a standard and a column".to_owned();
            return self.wrong(part, said, FORM);
        };
        let standing = self.standing(named);
        let found = self.column(column);
        let standing = standing?;
        let (column_name, kind) = found?;
        let day = |day: NaiveDate| match kind {
            ColumnType::Date => Some(Literal::Date(day)),
            ColumnType::Time => Some(Literal::Time(day.and_time(NaiveTime::MIN))),
            _ => None,
        };
        if day(NaiveDate::MIN).is_none() {
            let said = format!("`{column_name}` is not a date or a time");
            return self.wrong(column, said, "name the column of the day on which it must hold");
        }
        let Standing::From(from) = standing else { return Some(Filter::Or(Vec::new())) };
        Some(Filter::Compare {
            left: Operand::Column(column_name),
            comparison: Comparison::GreaterOrEqual,
            right: Operand::Literal(day(from)?),
        })
    }

    /// A standard that holds from a day on, or will once it has one; anything else is wrong.
    fn standing(&mut self, part: &Expr) -> Option<Standing> {
        let Expr::Value(value) = part else {
            return self.wrong(part, "the standard is not named as text".to_owned(), FORM);
        };
        let Value::SingleQuotedString(name) = &value.value else {
            return self.wrong(part, "the standard is not named as text".to_owned(), FORM);
        };
        let Some(standing) = self.standings.get(name).copied() else {
            let said = format!("there is no standard `{name}`");
            let known = self.standings.keys().map(String::as_str);
            let help = match nearest(name, known) {
                Some(meant) => format!("did you mean '{meant}'?"),
                None => {
                    "standards stand in indicators/standards.toml, for the filters of measures \
                         and indicators"
                        .to_owned()
                }
            };
            return self.wrong(part, said, &help);
        };
        self.named.insert(name.clone());
        match standing {
            Standing::From(_) | Standing::NotYet => Some(standing),
            Standing::Limit => {
                let said = format!("standard `{name}` is a limit on elapsed time");
                self.wrong(part, said, "use it in a `within` measure: limit = \"…\"")
            }
            Standing::Wrong => {
                let said = format!("standard `{name}` is defined wrongly");
                self.wrong(part, said, "mend it in indicators/standards.toml")
            }
        }
    }
}
