//! Columns with a part to play: key, area, time, status.

use super::Rows;
use crate::definition::{OneOrMany, Spanned, Table};
use crate::error::{Error, Place, nearest};
use crate::feeds::reading::{PeriodPlace, Reading, Source};
use crate::filter::{ColumnType, Schema};

/// Columns with a part to play.
pub(super) struct Roles {
    /// Columns that tell rows apart.
    pub(super) key: Vec<Spanned<String>>,
    /// Where it is said that nothing tells rows apart.
    keyless: Option<Place>,
    /// Column of the area.
    pub(super) area: Option<Spanned<String>>,
    /// Column of the time a row happened.
    pub(super) event_time: Option<Spanned<String>>,
    /// Column that says how final a row is.
    pub(super) status: Option<Spanned<String>>,
}

impl Roles {
    /// Takes the names of the columns; what they are is checked when the columns are known.
    pub(super) fn take(table: &mut Table, errors: &mut Vec<Error>) -> Self {
        let key = table.require_such::<Spanned<OneOrMany<Spanned<String>>>>(
            "key",
            "key = [\"id\"], the columns that tell rows apart",
            errors,
        );
        Self {
            keyless: key.as_ref().filter(|key| key.value.0.is_empty()).map(Spanned::place),
            key: key.map(|key| key.value.0).unwrap_or_default(),
            area: table.take("area", errors),
            event_time: table.take("event_time", errors),
            status: table.take("status", errors),
        }
    }

    /// Whether any column that cannot be done without stands under a heading.
    pub(super) fn has_headings(&self, reading: &Reading) -> bool {
        let named = [&self.area, &self.event_time].into_iter().flatten().chain(&self.key);
        let named: Vec<&str> = named.map(|name| name.value.as_str()).collect();
        let needed = |column: &Source| column.required || named.contains(&column.name.as_str());
        let has_heading = |column: &Source| !column.headings.is_empty() || !column.join.is_empty();
        let period = reading.period.iter().flat_map(|period| PeriodPlace::headings(&period.place));
        period.count() > 0
            || reading.columns.iter().any(|column| needed(column) && has_heading(column))
    }

    /// Checks that the columns are there and of a type that fits.
    pub(super) fn check(
        &self,
        rows: Option<Rows>,
        schema: &Schema,
        has_period: bool,
        table: &Table,
        errors: &mut Vec<Error>,
    ) {
        if let Some(place) = self.keyless.clone().filter(|_| rows != Some(Rows::Events)) {
            errors.push(
                Error::definition(place, "nothing tells rows apart, and they are no events").help(
                    "name the columns of the key; only events may have none, where every row is \
                     one of its own",
                ),
            );
        }
        for column in &self.key {
            if column.value != "period" || !has_period {
                role(column, "a key", |_| true, schema, errors);
            }
        }
        if let Some(column) = &self.area {
            role(column, "an area", |kind| *kind == ColumnType::Area, schema, errors);
        }
        if let Some(column) = &self.event_time {
            let of_time = |kind: &ColumnType| matches!(kind, ColumnType::Time | ColumnType::Date);
            role(column, "a time or a date", of_time, schema, errors);
        }
        if let Some(column) = &self.status {
            let of_codes = |kind: &ColumnType| matches!(kind, ColumnType::Code(_));
            role(column, "a code", of_codes, schema, errors);
        }
        match rows {
            Some(Rows::Totals) if !has_period => errors.push(
                table
                    .error("rows are totals, and nothing says of which period")
                    .help("add `period = { grain = \"month\", … }`"),
            ),
            Some(Rows::Events | Rows::Stays) if has_period => errors.push(
                table
                    .error("`period` belongs to totals: events and stays have times of their own")
                    .help("take `period` out, and name the column of the time in `event_time`"),
            ),
            Some(Rows::Events | Rows::Stays) if self.event_time.is_none() => errors.push(
                table
                    .error("nothing says when a row happened")
                    .help("add `event_time = …`, a column of type time or date"),
            ),
            _ => {}
        }
    }
}

fn role(
    column: &Spanned<String>,
    what: &str,
    fits: impl Fn(&ColumnType) -> bool,
    schema: &Schema,
    errors: &mut Vec<Error>,
) {
    let error = match schema.get(&column.value) {
        Some(kind) if fits(kind) => return,
        Some(_) => column.error(format!("column `{}` is not {what}", column.value)),
        None => column.error(format!("`{}` is not a column of this feed", column.value)),
    };
    errors.push(match nearest(&column.value, schema.keys().map(String::as_str)) {
        Some(meant) if meant != column.value => error.help(format!("did you mean `{meant}`?")),
        _ => error.help("name one of the columns under [columns]"),
    });
}
