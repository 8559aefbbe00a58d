//! Where a contract says that the table stands in a file, and that it is wide.

use super::place::regex;
use crate::definition::{Data, OneOrMany, Spanned, Table, Value};
use crate::error::{Error, Place};
use crate::feeds::reading::{Ends, Gather, HeadingPlace, Layout, SheetName};

/// Most rows of headings.
const MOST_ROWS: u32 = 9;

/// Reads `[table]`; with the place of `headings = "find"`.
pub(super) fn read(mut table: Table, errors: &mut Vec<Error>) -> (Layout, Option<Place>) {
    let sheet = table.take::<Value>("sheet", errors).and_then(|value| sheet(&value, errors));
    let headings = table.take::<Value>("headings", errors);
    let found_at = headings.as_ref().map(Value::place);
    let headings = headings.and_then(|value| place(&value, errors)).unwrap_or_default();
    let rows = table.take::<Spanned<u32>>("heading_rows", errors);
    let rows = rows.map_or(1, |rows| {
        if !(1..=MOST_ROWS).contains(&rows.value) {
            errors.push(rows.error(format!("`heading_rows` is 1 to {MOST_ROWS}")));
        }
        rows.value
    });
    let ends = table.take::<Table>("ends", errors).map(|table| ends(table, errors));
    table.finish(errors);
    let layout = Layout {
        sheet,
        headings,
        heading_rows: usize::try_from(rows).unwrap_or(1).max(1),
        ends: ends.unwrap_or_default(),
    };
    (layout, found_at.filter(|_| headings == HeadingPlace::Find))
}

fn sheet(value: &Value, errors: &mut Vec<Error>) -> Option<SheetName> {
    match &value.data {
        Data::Text(name) if !name.trim().is_empty() => Some(SheetName::Named(name.clone())),
        Data::Integer(position @ 1..) => usize::try_from(*position).ok().map(SheetName::Position),
        _ => {
            errors.push(
                value
                    .error("`sheet` should hold the name of a sheet, or its position")
                    .help("such as \"Table 8\", or 1 for the first"),
            );
            None
        }
    }
}

fn place(value: &Value, errors: &mut Vec<Error>) -> Option<HeadingPlace> {
    match &value.data {
        Data::Text(word) if word == "find" => Some(HeadingPlace::Find),
        Data::Integer(line @ 1..) => u32::try_from(*line).ok().map(HeadingPlace::Line),
        _ => {
            errors.push(value.error("`headings` should hold a line, or \"find\"").help(
                "such as 5, where they always stand on the same line; \"find\" takes the first \
                     row that has every heading the contract cannot do without",
            ));
            None
        }
    }
}

fn ends(mut table: Table, errors: &mut Vec<Error>) -> Ends {
    let blank_row = table.take::<bool>("blank_row", errors).unwrap_or_default();
    let texts = table.take::<OneOrMany<String>>("text", errors).map(|texts| texts.0);
    if !blank_row && texts.is_none() {
        errors.push(table.error("nothing says where the table ends").help(
            "`blank_row = true`, or `text = [\"Notes*\", \"Source:*\"]`: patterns of the first text \
             in the first row below it",
        ));
    }
    table.finish(errors);
    Ends { blank_row, texts: texts.unwrap_or_default() }
}

/// Reads `[gather]`; `None` when anything is wrong with it.
pub(super) fn gather(mut table: Table, errors: &mut Vec<Error>) -> Option<Gather> {
    let headings = table.require::<Spanned<String>>("headings", errors);
    let names = table.require::<Spanned<OneOrMany<String>>>("names", errors);
    let values = table.require::<String>("values", errors);
    table.finish(errors);
    let (headings, names) = (headings?, names?);
    let help = "it matches the headings to gather, such as '^[A-Z][a-z]+ 20\\d\\d$'";
    let groups = regex(&headings, help, errors)?.captures_len() - 1;
    if names.value.0.len() != groups.max(1) {
        let (names_are, groups_are) = (names.value.0.len(), groups.max(1));
        errors.push(
            names
                .error(format!("{names_are} names for {groups_are} parts of a heading"))
                .help("one name for each group of `headings`, or one where it has no group"),
        );
        return None;
    }
    Some(Gather { headings: headings.value, names: names.value.0, values: values? })
}
