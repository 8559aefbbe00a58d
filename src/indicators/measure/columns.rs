//! Filters and columns of a feed, as definitions name them.

use crate::definition::Spanned;
use crate::error::{Error, nearest};
use crate::feeds::contract::{Contract, Rows};
use crate::filter::{ColumnType, Filter};
use crate::indicators::standards::Asking;

/// A filter of a definition, checked against a feed's columns; the standards it names are noted.
pub(in crate::indicators) fn filter(
    sql: &Spanned<String>,
    contract: &Contract,
    asking: Asking<'_>,
    errors: &mut Vec<Error>,
) -> Option<Filter> {
    let place = |at| sql.inside(at);
    match Filter::parse_with(&sql.value, &contract.schema(), asking.standings(), place) {
        Ok((filter, _)) if contract.rows == Rows::Totals && !filter.priors().is_empty() => {
            let said = format!("the rows of feed `{}` are totals, not of persons", contract.id);
            errors.push(sql.error(said).help("`prior` looks for an earlier event of one person"));
            None
        }
        Ok((filter, named)) => {
            for standard in &named {
                asking.note(standard);
            }
            Some(filter)
        }
        Err(found) => {
            errors.extend(found);
            None
        }
    }
}

/// A column of a feed by its name; an unknown one is pushed.
pub(in crate::indicators) fn column<'a>(
    name: &Spanned<String>,
    contract: &'a Contract,
    errors: &mut Vec<Error>,
) -> Option<&'a ColumnType> {
    let found = contract.columns.iter().find(|(column, _)| *column == name.value);
    if let Some((_, kind)) = found {
        return Some(kind);
    }
    let known: Vec<&str> = contract.columns.iter().map(|(column, _)| column.as_str()).collect();
    let error = name.error(format!("feed `{}` has no column `{}`", contract.id, name.value));
    errors.push(match nearest(&name.value, known.iter().copied()) {
        Some(meant) => error.help(format!("did you mean `{meant}`?")),
        None => error.help(format!("its columns are {}", known.join(", "))),
    });
    None
}
