//! Measures made of other measures: `tests/cases/derived.toml`, worked by hand, and a rule read off
//! random figures one period at a time.

use concordat::indicators::measure::Form;
use concordat::measures::derived::derived;
use concordat::period::{Grain, Month, Period};
use concordat::series::{Nature, Point, Series, Status};
use concordat::unit::Unit;
use proptest::prelude::*;
use toml::{Table, Value as Toml};

fn status(word: &str) -> Option<Status> {
    Some(match word {
        "final" => Status::Final,
        "provisional" => Status::Provisional,
        "partial" => Status::Partial,
        "missing" => Status::Missing,
        "suppressed" => Status::Suppressed,
        _ => return None,
    })
}

/// A point as a case writes it: `partial 5 unknown 2`.
fn point(period: Period, text: &str) -> Point {
    let mut words = text.split(' ').peekable();
    let said = words.peek().and_then(|word| status(word));
    if said.is_some() {
        words.next();
    }
    let mut made = Point::empty(period, said.unwrap_or(Status::Final));
    match words.next().filter(|word| *word != "none") {
        None => {}
        Some(figure) if figure.contains('/') => {
            let (above, below) = figure.split_once('/').unwrap();
            let (above, below): (i64, i64) = (above.parse().unwrap(), below.parse().unwrap());
            (made.numerator, made.denominator) = (Some(above), Some(below));
            made.value = (below != 0).then(|| above as f64 / below as f64);
        }
        Some(figure) if figure.contains('.') => made.value = Some(figure.parse().unwrap()),
        Some(figure) => {
            made.numerator = Some(figure.parse().unwrap());
            made.value = Some(figure.parse().unwrap());
        }
    }
    if words.next() == Some("unknown") {
        made.unknown = words.next().unwrap().parse().unwrap();
        made.bounds = made.value.map(|value| (value, value + made.unknown as f64));
    }
    made
}

fn series(grain: Grain, first: Month, points: &Toml) -> Series {
    let texts = points.as_array().unwrap().iter().map(|text| text.as_str().unwrap());
    let first = Period::of(grain, first);
    let points = (0..).zip(texts).filter(|(_, text)| *text != "-");
    Series {
        nature: Nature::Count,
        unit: Unit::Count,
        points: points.map(|(at, text)| point(first.plus(at), text)).collect(),
        events: None,
    }
}

fn form(name: &str) -> Form {
    let (a, b) = ("a".to_owned(), "b".to_owned());
    match name {
        "sum" => Form::Sum(vec![a, b]),
        "change" => Form::Change(a),
        _ => Form::Ratio { above: a, below: b },
    }
}

#[test]
fn derived_measures_follow_the_cases() {
    let table: Table = include_str!("../cases/derived.toml").parse().unwrap();
    for case in table["case"].as_array().unwrap() {
        let text = |key: &str| case.get(key).map(|value| value.as_str().unwrap());
        let name = text("name").unwrap();
        let grain = match text("grain") {
            Some("week") => Grain::Week,
            Some("quarter") => Grain::Quarter,
            Some("financial year") => Grain::FinancialYear,
            _ => Grain::Month,
        };
        let first: Month = text("first").unwrap().parse().unwrap();
        let parts: Vec<Series> = case["parts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|part| series(grain, first, part))
            .collect();
        let expected_first = text("expect_first").map_or(first, |month| month.parse().unwrap());
        let expected = series(grain, expected_first, &case["expect"]);
        let made = derived(&form(text("form").unwrap()), Unit::Count, &parts);
        assert_eq!(made.points.len(), expected.points.len(), "{name}: {:?}", made.points);
        for (made, expected) in made.points.iter().zip(&expected.points) {
            let near = match (made.value, expected.value) {
                (Some(one), Some(other)) => (one - other).abs() < 1e-12,
                (one, other) => one == other,
            };
            assert!(near, "{name}: {made:?}, expected {expected:?}");
            let known = Point { value: expected.value, ..made.clone() };
            assert_eq!(known, *expected, "{name}");
        }
    }
}

/// A figure, or why there is none.
fn figures() -> impl Strategy<Value = Vec<(u8, i64)>> {
    prop::collection::vec((0_u8..6, 0_i64..40), 24)
}

fn of(figures: &[(u8, i64)]) -> Series {
    let first: Month = "2015-04".parse().unwrap();
    let words = ["missing", "suppressed", "partial", "provisional", "final", "final"];
    let texts = figures.iter().map(|(said, figure)| {
        let word = words[usize::from(*said)];
        Toml::String(if *said < 2 { word.to_owned() } else { format!("{word} {figure}") })
    });
    series(Grain::Month, first, &Toml::Array(texts.collect()))
}

proptest! {
    #[test]
    fn every_period_of_a_derived_measure_is_what_its_own_figures_say(
        one in figures(), other in figures(),
    ) {
        let known = |(said, figure): (u8, i64)| (said >= 2).then_some(figure);
        let parts = [of(&one), of(&other)];
        let sum = derived(&form("sum"), Unit::Count, &parts);
        let ratio = derived(&form("ratio"), Unit::Ratio, &parts);
        let change = derived(&form("change"), Unit::Change, &parts[..1]);
        prop_assert_eq!(change.points.len(), 12);
        for at in 0..24 {
            let (a, b) = (known(one[at]), known(other[at]));
            let both = a.zip(b);
            prop_assert_eq!(sum.points[at].numerator, both.map(|(a, b)| a + b));
            prop_assert_eq!(sum.points[at].value, both.map(|(a, b)| (a + b) as f64));
            let quotient = both.filter(|(_, b)| *b != 0).map(|(a, b)| a as f64 / b as f64);
            prop_assert_eq!(ratio.points[at].value, quotient);
        }
        for at in 0..12 {
            let partial = one[at].0 == 2 || one[at + 12].0 == 2;
            let both = known(one[at]).zip(known(one[at + 12])).filter(|_| !partial);
            let grown = both.filter(|(old, _)| *old != 0);
            let grown = grown.map(|(old, new)| (new - old) as f64 / old as f64);
            prop_assert_eq!(change.points[at].value, grown);
        }
    }
}
