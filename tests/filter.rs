//! Row filters: what they mean, and what is refused.

#![expect(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    clippy::print_stderr,
    reason = "a test that fails should say so and stop"
)]

use chrono::{NaiveDate, NaiveDateTime};
use concordat::definition::{Source, Spanned};
use concordat::filter::{ColumnType, Filter, Schema, Standing, Standings};
use serde::Deserialize;

#[path = "filter/interpreter.rs"]
mod interpreter;

use interpreter::{Cell, Row, evaluate};

#[derive(Deserialize)]
struct Truth {
    case: Vec<TruthCase>,
}

#[derive(Deserialize)]
struct TruthCase {
    sql: String,
    rows: Vec<(toml::Table, String)>,
}

#[derive(Deserialize)]
struct Refused {
    case: Vec<RefusedCase>,
}

#[derive(Deserialize)]
struct RefusedCase {
    sql: String,
    errors: Vec<(String, String, String)>,
}

fn schema() -> Schema {
    let codes = |codes: &[&str]| ColumnType::Code(codes.iter().map(ToString::to_string).collect());
    [
        ("power", codes(&["s136", "s135_1"])),
        ("place", codes(&["hospital", "ed", "cell", "other"])),
        ("note", ColumnType::Text),
        ("age", ColumnType::Integer),
        ("cost", ColumnType::Decimal),
        ("extended", ColumnType::Flag),
        ("offence", ColumnType::Flag),
        ("started", ColumnType::Date),
        ("arrived", ColumnType::Time),
        ("ended", ColumnType::Time),
        ("force", ColumnType::Area),
    ]
    .into_iter()
    .map(|(name, kind)| (name.to_owned(), kind))
    .collect()
}

fn cell(column: &str, value: &toml::Value) -> Cell {
    match (&schema()[column], value) {
        (ColumnType::Date, toml::Value::String(text)) => {
            Cell::Date(NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap())
        }
        (ColumnType::Time, toml::Value::String(text)) => {
            Cell::Time(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
        }
        (_, toml::Value::String(text)) => Cell::Text(text.clone()),
        (_, toml::Value::Integer(number)) => Cell::Number(*number as f64),
        (_, toml::Value::Float(number)) => Cell::Number(*number),
        (_, toml::Value::Boolean(flag)) => Cell::Flag(*flag),
        other => panic!("{other:?} in column {column}"),
    }
}

#[test]
fn filters_are_true_false_or_unknown_as_in_sql() {
    let cases: Truth = toml::from_str(include_str!("cases/filter/truth.toml")).unwrap();
    assert!(!cases.case.is_empty());
    for case in cases.case {
        let source = Source::new("sql", &*case.sql);
        let filter = Filter::parse(&case.sql, &schema(), |at| source.place(at))
            .unwrap_or_else(|errors| panic!("{}: {errors:?}", case.sql));
        for (row, expected) in case.rows {
            let row: Row =
                row.iter().map(|(name, value)| (name.clone(), cell(name, value))).collect();
            let found = match evaluate(&filter, &row) {
                Some(true) => "true",
                Some(false) => "false",
                None => "unknown",
            };
            assert_eq!(found, expected, "{} of {row:?}", case.sql);
        }
    }
}

#[test]
fn what_is_refused_says_where_why_and_what_instead() {
    let cases: Refused = toml::from_str(include_str!("cases/filter/refused.toml")).unwrap();
    assert!(!cases.case.is_empty());
    let mut wrong = 0;
    for case in cases.case {
        let source = Source::new("sql", &*case.sql);
        let errors = Filter::parse(&case.sql, &schema(), |at| source.place(at)).unwrap_err();
        let found: Vec<(String, String, String)> = errors
            .into_iter()
            .map(|error| {
                let at = error.place.excerpt.unwrap();
                let words = at.source[at.start..at.end].to_owned();
                (words, error.problem, error.help.unwrap_or_default())
            })
            .collect();
        if found != case.errors {
            eprintln!("{}\n  found    {found:?}\n  expected {:?}", case.sql, case.errors);
            wrong += 1;
        }
    }
    assert_eq!(wrong, 0, "cases that are refused otherwise than expected");
}

/// From the standard's own day on, whatever the time of day; of no row while there is no day, not
/// even where the column is unknown.
#[test]
fn a_standard_is_in_force_from_its_day_on() {
    let day = NaiveDate::from_ymd_opt(2017, 12, 11).unwrap();
    let standings = Standings::from([
        ("since".to_owned(), Standing::From(day)),
        ("one_day".to_owned(), Standing::NotYet),
    ]);
    for (sql, column, held, expected) in [
        ("in_force('since', arrived)", "arrived", Some("2017-12-10 23:59"), Some(false)),
        ("in_force('since', arrived)", "arrived", Some("2017-12-11 00:00"), Some(true)),
        ("IN_FORCE('since', started)", "started", Some("2017-12-10"), Some(false)),
        ("in_force('since', started)", "started", Some("2017-12-11"), Some(true)),
        ("in_force('since', started)", "started", None, None),
        ("NOT in_force('since', started)", "started", Some("2017-12-10"), Some(true)),
        ("in_force('one_day', arrived)", "arrived", Some("2099-01-01 00:00"), Some(false)),
        ("in_force('one_day', arrived)", "arrived", None, Some(false)),
        ("NOT in_force('one_day', arrived)", "arrived", None, Some(true)),
    ] {
        let source = Source::new("sql", sql);
        let place = |at| source.place(at);
        let (filter, named) = Filter::parse_with(sql, &schema(), &standings, place).unwrap();
        let held = held.map(|text| (column.to_owned(), cell(column, &text.into())));
        assert_eq!(
            evaluate(&filter, &held.clone().into_iter().collect()),
            expected,
            "{sql} {held:?}"
        );
        assert_eq!(named.len(), 1, "{sql}");
    }
}

#[test]
fn places_in_a_filter_are_places_in_the_definition() {
    let text = "[m]\nwhere = '''\npower = 's136'\n  AND plase = 'cell'\n'''\n";
    let source = Source::new("measures.toml", text);
    let mut table: concordat::definition::Table =
        source.parse(&mut Vec::new()).take("m", &mut Vec::new()).unwrap();
    let sql: Spanned<String> = table.take("where", &mut Vec::new()).unwrap();
    let errors = Filter::parse(&sql.value, &schema(), |at| sql.inside(at)).unwrap_err();
    assert_eq!(errors[0].to_string(), "measures.toml:4:7: the feed has no column `plase`");
}

#[test]
fn columns_are_counted_in_characters() {
    let source = Source::new("f.toml", "where = \"note = 'Ævar – ward' AND plase = 'cell'\"");
    let sql: Spanned<String> =
        source.parse(&mut Vec::new()).take("where", &mut Vec::new()).unwrap();
    let errors = Filter::parse(&sql.value, &schema(), |at| sql.inside(at)).unwrap_err();
    assert_eq!(errors[0].to_string(), "f.toml:1:35: the feed has no column `plase`");
}

proptest::proptest! {
    /// Whatever is written, the answer is a filter or an error, never a panic.
    #[test]
    fn any_text_is_read_or_refused(
        words in proptest::collection::vec(
            proptest::sample::select(vec![
                "age", "place", "extended", "arrived", "ended", "nø", "'cell'", "'ø", "18", "-", "(",
                ")", "AND", "OR", "NOT", "IN", "BETWEEN", "IS", "NULL", "ILIKE", "DATE", "INTERVAL",
                "HOUR", "DAY", "prior(", "in_force(", "note", "FILTER", "WHERE", "'24'", "=", "<", "<>", ",", "\n", "\"", "CASE", "SELECT", "--", ";", "::",
            ]),
            0..12,
        )
    ) {
        let sql = words.join(" ");
        let source = Source::new("f", &*sql);
        if let Err(errors) = Filter::parse(&sql, &schema(), |at| source.place(at)) {
            proptest::prop_assert!(!errors.is_empty(), "refused without a word: {sql}");
        }
    }
}

#[derive(Deserialize)]
struct Words {
    case: Vec<WordsCase>,
}

#[derive(Deserialize)]
struct WordsCase {
    sql: String,
    words: String,
}

#[test]
fn filters_are_said_in_plain_english() {
    let cases: Words = toml::from_str(include_str!("cases/filter/words.toml")).unwrap();
    assert!(cases.case.len() >= 25, "only {} cases were read", cases.case.len());
    let schema = schema();
    for case in cases.case {
        let source = Source::new("f.toml", format!("where = {:?}", case.sql));
        let text: Spanned<String> =
            source.parse(&mut Vec::new()).take("where", &mut Vec::new()).unwrap();
        let filter = Filter::parse(&text.value, &schema, |span| text.inside(span));
        let filter = filter.unwrap_or_else(|errors| panic!("{}: {errors:?}", case.sql));
        assert_eq!(
            concordat::manual::condition::words(&filter, &schema),
            case.words,
            "{}",
            case.sql
        );
    }
}
