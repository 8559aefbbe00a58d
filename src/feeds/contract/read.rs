//! `feed.toml` to a contract, all problems at once.

use std::collections::BTreeSet;
use std::str::FromStr;

use chrono_tz::Tz;

use super::roles::Roles;
use super::{Check, Contract, Empty, Rows, Then, columns, layout, period};
use crate::definition::{OneOrMany, Source as Definition, Spanned, Table};
use crate::error::{Error, nearest};
use crate::feeds::reading::{CellKind, Encoding, Marker, Reading, Source, Spread, SpreadColumn};
use crate::feeds::texts::fold;
use crate::filter::{ColumnType, Filter, Schema};

/// Months after which figures no longer move, where a contract does not say.
const SETTLES_AFTER: u32 = 1;

/// Reads a contract; `None` when anything is wrong with it.
pub(super) fn contract(id: &str, source: &Definition, errors: &mut Vec<Error>) -> Option<Contract> {
    let known = errors.len();
    let mut table = source.parse(errors);
    let title = table.require::<String>("title", errors);
    let rows = table.require_such::<Spanned<String>>("rows", "rows = \"events\"", errors);
    let rows = rows.and_then(|word| choice(&word, &ROWS, errors));
    let roles = Roles::take(&mut table, errors);
    let empty = table.take::<Spanned<String>>("empty", errors);
    let empty = empty.and_then(|word| choice(&word, &EMPTY, errors)).unwrap_or(Empty::Missing);
    let synthetic = table.take::<bool>("synthetic", errors).unwrap_or(false);
    let settles_after = table.take::<u32>("settles_after", errors).unwrap_or(SETTLES_AFTER);
    let due_day = table.take::<Table>("due", errors).and_then(|due| due_day(due, errors));
    let keep = table.take::<Spanned<String>>("keep", errors);
    let has_period = table.has("period");
    let mut reading = reading(&mut table, errors);
    let layout = table.take("table", errors).map(|table| layout::read(table, errors));
    let (layout, finds) = layout.unwrap_or_default();
    reading.table = layout;
    let mut wrong = BTreeSet::new();
    if let Some(sources) =
        table.require_such::<Table>("columns", "[columns] with a line for each", errors)
    {
        (reading.columns, wrong) = columns::read(sources, errors);
    }
    if let Some(place) = finds.filter(|_| !roles.has_headings(&reading)) {
        errors.push(
            Error::definition(place, "nothing says by which headings the row is found")
                .help("put a column into `key`, or declare one `required = true`"),
        );
    }
    let before = errors.len();
    let spread = table.take::<Table>("spread", errors);
    reading.spread = spread.and_then(|table| spread_of(table, &reading.columns, errors));
    reading.keep = keep.and_then(|words| keep_of(&words, &reading.columns, errors));
    let columns = resulting(&reading);
    let open_ends = open_ends(rows, &reading, &table, errors);
    let schema: Schema = columns.iter().cloned().collect();
    let checks = table.take::<Vec<Table>>("check", errors).unwrap_or_default();
    let checks = checks.into_iter().filter_map(|table| check(table, &schema, errors)).collect();
    roles.check(rows, &schema, has_period, &table, errors);
    spare(&wrong, before, errors);
    table.finish(errors);
    if errors.len() > known {
        errors[known..].sort();
        return None;
    }
    Some(Contract {
        id: id.to_owned(),
        title: title?,
        rows: rows?,
        area: roles.area.map(|name| name.value),
        event_time: roles.event_time.map(|name| name.value),
        key: roles.key.into_iter().map(|name| name.value).collect(),
        empty,
        settles_after,
        synthetic,
        due_day,
        status: roles.status.map(|name| name.value),
        open_ends,
        columns,
        checks,
        reading,
    })
}

/// Takes back what was said since `before` of columns that are there but defined wrongly, of which the
/// reader hears already.
fn spare(wrong: &BTreeSet<String>, before: usize, errors: &mut Vec<Error>) {
    let named =
        |error: &Error| wrong.iter().any(|name| error.problem.contains(&format!("`{name}`")));
    let later = errors.split_off(before);
    errors.extend(later.into_iter().filter(|error| !named(error)));
}

const ROWS: [(&str, Rows); 3] =
    [("events", Rows::Events), ("stays", Rows::Stays), ("totals", Rows::Totals)];

const EMPTY: [(&str, Empty); 2] = [("missing", Empty::Missing), ("zero", Empty::Zero)];

const THEN: [(&str, Then); 3] =
    [("quarantine", Then::Quarantine), ("warn", Then::Warn), ("stop", Then::Stop)];

const ENCODINGS: [(&str, Encoding); 2] =
    [("utf-8", Encoding::Utf8), ("windows-1252", Encoding::Windows1252)];

const MARKERS: [(&str, Marker); 3] = [
    ("missing", Marker::Missing),
    ("suppressed", Marker::Suppressed),
    ("not applicable", Marker::NotApplicable),
];

/// One of a few words.
pub(super) fn choice<T: Copy>(
    word: &Spanned<String>,
    words: &[(&str, T)],
    errors: &mut Vec<Error>,
) -> Option<T> {
    let found = words.iter().find(|(name, _)| *name == word.value).map(|(_, value)| *value);
    if found.is_none() {
        let error = word.error(format!("`{}` is not understood here", word.value));
        let names: Vec<String> = words.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        errors.push(match nearest(&word.value, words.iter().map(|(name, _)| *name)) {
            Some(meant) => error.help(format!("did you mean \"{meant}\"?")),
            None => error.help(format!("one of {}", names.join(", "))),
        });
    }
    found
}

/// The keys that say how files are read, except columns, spread and keep.
fn reading(table: &mut Table, errors: &mut Vec<Error>) -> Reading {
    let mut reading = Reading::default();
    let files = table.require_such::<OneOrMany<Spanned<String>>>(
        "files",
        "files = [\"*.csv\"], the names of the delivered files beside the contract",
        errors,
    );
    reading.files = files.into_iter().flat_map(|f| f.0).filter_map(|f| glob(f, errors)).collect();
    reading.ignore = table.take::<Vec<String>>("ignore", errors).unwrap_or_default();
    let delimiters = table.take::<OneOrMany<Spanned<String>>>("delimiter", errors);
    if let Some(delimiters) = delimiters {
        reading.delimiters = delimiters.0.iter().filter_map(|mark| byte(mark, errors)).collect();
    }
    reading.gather = table.take("gather", errors).and_then(|t| layout::gather(t, errors));
    let encoding = table.take::<Spanned<String>>("encoding", errors);
    if let Some(encoding) = encoding.and_then(|word| choice(&word, &ENCODINGS, errors)) {
        reading.encoding = encoding;
    }
    if let Some(zone) = table.take::<Spanned<String>>("time_zone", errors) {
        match Tz::from_str(&zone.value) {
            Ok(known) => reading.zone = known,
            Err(_) => errors.push(
                zone.error(format!("`{}` is not a time zone", zone.value))
                    .help("such as \"Europe/London\""),
            ),
        }
    }
    for (text, word) in table.take::<Table>("missing", errors).iter_mut().flat_map(Table::rest) {
        if let Some(word) = word.read::<Spanned<String>>(errors) {
            let marker = choice(&word, &MARKERS, errors);
            reading.missing.extend(marker.map(|marker| (text.value.trim().to_owned(), marker)));
        }
    }
    let period = table.take::<Table>("period", errors);
    reading.period = period.and_then(|table| period::read(table, errors));
    reading
}

/// A character that stands between fields.
fn byte(mark: &Spanned<String>, errors: &mut Vec<Error>) -> Option<u8> {
    match mark.value.as_bytes() {
        [byte] if byte.is_ascii() && !b"\"\r\n".contains(byte) => Some(*byte),
        _ => {
            errors.push(
                mark.error("`delimiter` should be one character").help("such as \";\" or \"\\t\""),
            );
            None
        }
    }
}

/// A pattern of file names; it cannot lead out of the feed's folder.
fn glob(pattern: Spanned<String>, errors: &mut Vec<Error>) -> Option<String> {
    if pattern.value.is_empty() || pattern.value.contains(['/', '\\', ':']) {
        errors.push(
            pattern
                .error(format!("`{}` is not a pattern of file names", pattern.value))
                .help("files lie beside the contract: write a name such as \"*.csv\", no folders"),
        );
        return None;
    }
    Some(pattern.value)
}

fn due_day(mut due: Table, errors: &mut Vec<Error>) -> Option<u32> {
    let day = due.require::<Spanned<u32>>("day", errors);
    due.finish(errors);
    let day = day?;
    if !(1..=31).contains(&day.value) {
        errors.push(day.error("`day` is a day of the month, 1 to 31"));
        return None;
    }
    Some(day.value)
}

fn check(mut table: Table, schema: &Schema, errors: &mut Vec<Error>) -> Option<Check> {
    let fails = table.require::<Spanned<String>>("fails", errors);
    let fails = fails.and_then(|fails| filter(&fails, schema, errors));
    let then = table.require::<Spanned<String>>("then", errors);
    let then = then.and_then(|word| choice(&word, &THEN, errors));
    let why = table.require::<String>("why", errors);
    table.finish(errors);
    let (fails, written) = fails?;
    Some(Check { fails, written, then: then?, why: why? })
}

fn filter(
    text: &Spanned<String>,
    schema: &Schema,
    errors: &mut Vec<Error>,
) -> Option<(Filter, String)> {
    match Filter::parse(&text.value, schema, |span| text.inside(span)) {
        Ok(filter) if !filter.priors().is_empty() => {
            let error = text.error("`prior` looks at other rows: here one row is seen alone");
            errors.push(error.help("use it in the `where` of a measure or an indicator"));
            None
        }
        Ok(filter) => Some((filter, text.value.clone())),
        Err(problems) => {
            errors.extend(problems);
            None
        }
    }
}

/// `keep` is tested on words as they arrive and on codes, before other types are read.
fn keep_of(
    words: &Spanned<String>,
    columns: &[Source],
    errors: &mut Vec<Error>,
) -> Option<(Filter, String)> {
    let of_words = |kind: &CellKind| matches!(kind, CellKind::Text | CellKind::Area { .. });
    let as_words = |column: &Source| {
        let kind =
            if of_words(&column.kind) { ColumnType::Text } else { column.kind.column_type() };
        (column.name.clone(), kind)
    };
    let schema: Schema = columns.iter().map(as_words).collect();
    let (filter, text) = filter(words, &schema, errors)?;
    let typed = |name: &&str| matches!(schema.get(*name), Some(kind) if !matches!(kind, ColumnType::Text | ColumnType::Code(_)));
    if let Some(name) = filter.columns().into_iter().find(typed) {
        errors.push(
            words
                .error(format!("`keep` cannot test `{name}`: it is tested before types are read"))
                .help("name text, code and area columns, or write a [[check]]"),
        );
        return None;
    }
    Some((filter, text))
}

fn spread_of(mut table: Table, columns: &[Source], errors: &mut Vec<Error>) -> Option<Spread> {
    let mut part = |key| {
        let name = table.require::<Spanned<String>>(key, errors)?;
        let column = columns.iter().find(|column| column.name == name.value);
        if !column.is_some_and(|column| column.kind == CellKind::Text) {
            errors.push(
                name.error(format!("`{}` is not a text column of this feed", name.value)).help(
                    "give it type = \"text\": the columns it becomes have types of their own",
                ),
            );
        }
        Some(name.value)
    };
    let (names, values) = (part("names"), part("values"));
    let mut made = Vec::new();
    for (name, mut table) in table.tables(errors) {
        let from = table.require::<OneOrMany<String>>("from", errors);
        let kind = columns::kind(&mut table, errors);
        table.finish(errors);
        columns::check_name(&name, errors);
        let (Some(from), Some(kind)) = (from, kind) else { continue };
        if matches!(kind, CellKind::Time(_)) {
            errors
                .push(name.error("times cannot be spread").help("give them columns of their own"));
        }
        if columns.iter().any(|column| column.name == name.value) {
            errors.push(name.error(format!("`{}` is a column already", name.value)));
        }
        let from = from.0.iter().map(|text| fold(text)).collect();
        made.push(SpreadColumn { from, column: Source::new(name.value, Vec::new(), kind) });
    }
    if made.is_empty() {
        errors
            .push(table.error("spread makes no column").help("days = { type = …, from = [ … ] }"));
    }
    Some(Spread { names: names?, values: values?, columns: made })
}

/// The columns in which an empty cell means not ended: only events need to be told so.
fn open_ends(
    rows: Option<Rows>,
    reading: &Reading,
    table: &Table,
    errors: &mut Vec<Error>,
) -> BTreeSet<String> {
    let open = reading.columns.iter().filter(|column| column.open_end);
    let open: BTreeSet<String> = open.map(|column| column.name.clone()).collect();
    if matches!(rows, Some(Rows::Stays | Rows::Totals)) && !open.is_empty() {
        errors.push(
            table
                .error("`empty = \"not ended\"` belongs to columns of events")
                .help("take it out: a stay without an end is open already, and totals do not end"),
        );
    }
    open
}

/// The columns after reading: spread takes two away and adds its own.
fn resulting(reading: &Reading) -> Vec<(String, ColumnType)> {
    let spread = reading.spread.as_ref();
    let gone = |name: &String| spread.is_some_and(|s| s.names == *name || s.values == *name);
    let made = spread.into_iter().flat_map(|spread| spread.columns.iter().map(|c| &c.column));
    reading
        .columns
        .iter()
        .filter(|column| !gone(&column.name))
        .chain(made)
        .map(|column| (column.name.clone(), column.kind.column_type()))
        .collect()
}
