//! `prior(person, INTERVAL '90' DAY)`: the one condition that looks at other rows.

use sqlparser::ast::{DateTimeField, Expr, Function, Interval};

use super::call::arguments;
use super::parse::Reader;
use super::{ColumnType, Filter, Literal, Operand, Prior};

const FORM: &str = "write prior(person, INTERVAL '90' DAY)";

impl Reader<'_> {
    /// The call as a condition; what it has besides a column, a window and `FILTER` is refused.
    pub(super) fn prior(&mut self, part: &Expr, call: &Function) -> Option<Filter> {
        let Some((column, window)) = arguments(call) else {
            let said = "`prior` asks for a column and a window".to_owned();
            return self.wrong(part, said, FORM);
        };
        let person = self.person(column);
        let days = self.window(window);
        let among = match &call.filter {
            Some(among) => Some(self.condition(among)?),
            None => None,
        };
        Some(Filter::Prior(Prior { person: person?, days: days?, among: among.map(Box::new) }))
    }

    fn person(&mut self, part: &Expr) -> Option<String> {
        match self.column(part)? {
            (column, ColumnType::Text) => Some(column),
            (column, _) => {
                let said = format!("`{column}` is not text, so it does not tell people apart");
                self.wrong(part, said, "name the column of the person's number")
            }
        }
    }

    fn window(&mut self, part: &Expr) -> Option<u32> {
        let whole = |interval: &Interval| {
            matches!(interval.leading_field, Some(DateTimeField::Day | DateTimeField::Days))
        };
        let days = match part {
            Expr::Interval(interval) if whole(interval) => match self.operand(part)?.operand {
                Operand::Literal(Literal::Seconds(seconds)) => u32::try_from(seconds / 86_400).ok(),
                _ => None,
            },
            _ => None,
        };
        if let Some(days) = days.filter(|days| (1..=Prior::LONGEST).contains(days)) {
            return Some(days);
        }
        let said = format!("the window of `prior` is from 1 to {} days", Prior::LONGEST);
        self.wrong(part, said, FORM)
    }
}
