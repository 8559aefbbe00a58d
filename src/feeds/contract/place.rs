//! Where a contract says that a column stands in a file.

use regex::Regex;

use super::read::choice;
use crate::definition::{OneOrMany, Spanned, Table};
use crate::error::Error;
use crate::feeds::reading::Repeat;

/// Where a column stands.
#[derive(Debug, Default)]
pub(super) struct Place {
    pub(super) headings: Vec<String>,
    pub(super) join: Vec<String>,
    pub(super) at: Option<usize>,
    pub(super) repeat: Option<Repeat>,
    pub(super) fill: bool,
}

const REPEAT: [(&str, Repeat); 2] = [("first", Repeat::First), ("last", Repeat::Last)];

const FILL: [(&str, bool); 1] = [("down", true)];

/// Takes the keys of a column that say where it stands; without any, it has its own name for a
/// heading.
pub(super) fn read(table: &mut Table, name: &str, errors: &mut Vec<Error>) -> Place {
    let headings = table.take::<OneOrMany<String>>("heading", errors).map(|headings| headings.0);
    let join = table.take::<Spanned<Vec<String>>>("join", errors);
    let at = table.take::<Spanned<u32>>("at", errors);
    let repeat = table.take::<Spanned<String>>("repeat", errors);
    let fill = table.take::<Spanned<String>>("fill", errors);
    let several = headings.is_some() || at.is_some() || repeat.is_some() || fill.is_some();
    if let Some(join) = &join {
        if join.value.len() < 2 {
            errors.push(
                join.error("`join` puts two headings or more together")
                    .help("such as [\"Date\", \"Time\"]; for one, write `heading`"),
            );
        }
        if several {
            errors.push(
                join.error("a column that joins headings has no other place")
                    .help("take out `heading`, `at`, `repeat` and `fill`"),
            );
        }
    }
    if let (Some(_), Some(repeat)) = (&at, &repeat) {
        errors.push(
            repeat.error("`at` says already which field it is").help("take out `repeat`, or `at`"),
        );
    }
    let at = at.and_then(|at| {
        let field = usize::try_from(at.value).ok()?.checked_sub(1);
        if field.is_none() {
            errors.push(at.error("fields are counted from 1").help("1 is the first from the left"));
        }
        field
    });
    let own = || if at.is_some() || join.is_some() { Vec::new() } else { vec![name.to_owned()] };
    Place {
        headings: headings.unwrap_or_else(own),
        repeat: repeat.and_then(|word| choice(&word, &REPEAT, errors)),
        fill: fill.and_then(|word| choice(&word, &FILL, errors)).unwrap_or_default(),
        join: join.map(|join| join.value).unwrap_or_default(),
        at,
    }
}

/// A regular expression.
pub(super) fn regex(
    pattern: &Spanned<String>,
    help: &str,
    errors: &mut Vec<Error>,
) -> Option<Regex> {
    match Regex::new(&pattern.value) {
        Ok(regex) => Some(regex),
        Err(error) => {
            let problem = error.to_string();
            let last = problem.lines().last().unwrap_or_default();
            let last = last.trim_start_matches("error: ");
            errors.push(pattern.error(format!("not a regular expression: {last}")).help(help));
            None
        }
    }
}
