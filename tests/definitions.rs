//! Definitions: reading TOML with spans, and every measure and plan checked as a whole.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stderr,
    reason = "a test that fails should say so and stop"
)]

use concordat::definition::{OneOrMany, Source, Spanned, Table};
use concordat::error::Error;

fn told(errors: &[Error]) -> Vec<String> {
    errors
        .iter()
        .map(|error| match &error.help {
            Some(help) => format!("{error} ({help})"),
            None => error.to_string(),
        })
        .collect()
}

/// The words an error points at.
fn words(error: &Error) -> &str {
    let excerpt = error.place.excerpt.as_ref().expect("an excerpt");
    &excerpt.source[excerpt.start..excerpt.end]
}

#[test]
fn all_problems_are_told_at_once() {
    let source = Source::new("f.toml", "titel = 'x'\nday = '2017-12-11'\n[limit]\nhours = 1.5\n");
    let mut errors = Vec::new();
    let mut table = source.parse(&mut errors);
    assert_eq!(table.require::<String>("title", &mut errors), None);
    assert_eq!(table.take::<chrono::NaiveDate>("day", &mut errors), None);
    let mut limit: Table = table.take("limit", &mut errors).unwrap();
    assert_eq!(limit.take::<i64>("hours", &mut errors), None);
    limit.finish(&mut errors);
    table.finish(&mut errors);
    assert_eq!(
        told(&errors),
        [
            "f.toml: `title` is missing (add `title = …`, text)",
            "f.toml:2:7: `day` should hold a date such as 2017-12-11, without quotes, not text",
            "f.toml:4:9: `hours` should hold a whole number, not a number",
            "f.toml:1:1: unknown key `titel` (did you mean `title`?)",
        ]
    );
    assert_eq!(words(&errors[2]), "1.5");
}

#[test]
fn syntax_errors_do_not_hide_the_others() {
    let source = Source::new("f.toml", "title = \n[next]\nrow = tru\nlast = 'x'\n");
    let mut errors = Vec::new();
    let mut table = source.parse(&mut errors);
    assert_eq!(table.require::<String>("title", &mut errors), None);
    let mut next: Table = table.take("next", &mut errors).unwrap();
    assert_eq!(next.take::<bool>("row", &mut errors), None);
    assert_eq!(next.take::<i64>("last", &mut errors), None);
    let places: Vec<_> = errors.iter().map(|error| error.place.line.unwrap()).collect();
    assert_eq!(places, [1, 3, 4], "{:?}", told(&errors));
}

#[test]
fn places_inside_text_are_places_in_the_file() {
    for (written, expected) in [
        ("where = \"age < 18\"", "age"),
        ("where = 'age < 18'", "age"),
        ("where = '''\nage < 18'''", "age"),
        ("where = \"\\u0061ge < 18\"", "\"\\u0061ge < 18\""),
    ] {
        let source = Source::new("f.toml", written);
        let text: Spanned<String> =
            source.parse(&mut Vec::new()).take("where", &mut Vec::new()).unwrap();
        assert_eq!(words(&Error::definition(text.inside(0..3), "")), expected, "{written}");
    }
}

#[test]
fn one_is_a_list_of_one() {
    let source = Source::new("f.toml", "a = 'x'\nb = ['x', 'y']");
    let mut table = source.parse(&mut Vec::new());
    assert_eq!(table.take("a", &mut Vec::new()), Some(OneOrMany(vec!["x".to_owned()])));
    assert_eq!(
        table.take("b", &mut Vec::new()),
        Some(OneOrMany(vec!["x".to_owned(), "y".to_owned()]))
    );
}

mod catalogue;
mod plans;
