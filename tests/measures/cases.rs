//! Worked cases: every `tests/cases/measures/*.toml` is a list of expectations, worked by hand.
//!
//! A file may give `feed`, `measure` and `request` once; a case adds to them. Its rows get an
//! `id` each. What is expected of a period is written
//! `2/30` (exact sums and their quotient), `5` (an exact sum alone), `7 of 10` (a quantile of ten
//! rows), `2.5` (a sum of decimals), `missing`, `suppressed`, and before any of the first four
//! `partial` or `provisional`; a rate is written `2/1000000 × 100000`. Every case on rows is also put to the naive
//! interpreter, unless it says `beyond_naive`.

use std::path::Path;

use concordat::feeds::contract::Rows;
use concordat::measures::collect;
use concordat::measures::plan::plan;
use concordat::measures::trace::trace;
use concordat::series::{Point, Status};
use toml::{Table, Value as Toml};

use super::frame::{coverage, feed};
use super::naive::Question;
use read::{
    delivered_everywhere, fraction, texts, the_contract, the_measure, the_request, the_rows, whole,
};

mod read;

pub(super) use read::own_calendar;

#[test]
fn measures_follow_the_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/measures");
    let mut read = 0;
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap()).collect();
    files.sort_by_key(std::fs::DirEntry::file_name);
    for file in files {
        if file.path().extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let name = file.file_name().into_string().unwrap();
        let table: Table = std::fs::read_to_string(file.path()).unwrap().parse().unwrap();
        for case in table["case"].as_array().unwrap() {
            let mut whole = table.clone();
            whole.remove("case");
            merge(&mut whole, case.as_table().unwrap());
            check(&format!("{name}: {}", case["name"].as_str().unwrap()), &whole);
            read += 1;
        }
    }
    assert!(read > 60, "only {read} cases were read");
}

fn merge(into: &mut Table, from: &Table) {
    for (key, value) in from {
        match (into.get_mut(key), value) {
            (Some(Toml::Table(old)), Toml::Table(new)) => merge(old, new),
            _ => {
                into.insert(key.clone(), value.clone());
            }
        }
    }
}

fn check(name: &str, case: &Table) {
    let (contract, delivered) = the_contract(case["feed"].as_table().unwrap());
    let rows = the_rows(case["rows"].as_array().unwrap());
    let time = contract.event_time.clone().unwrap_or_else(|| "period".to_owned());
    let coverage = match delivered {
        Some(months) => delivered_everywhere(months, &contract, &rows),
        None => coverage(&rows, &time, contract.area.as_deref()),
    };
    let measure = the_measure(case["measure"].as_table().unwrap(), &contract);
    let request = the_request(case["request"].as_table().unwrap());
    let made = plan(&measure, None, &contract).unwrap();
    let feed = feed(contract.clone(), &rows, coverage.clone());

    let found = collect(&made, &measure, &feed, &request).unwrap();
    let points = &found[0].1.points;
    let expected = texts(&case["expect"]);
    assert_eq!(points.len(), expected.len(), "{name}: {points:?}");
    for (point, expected) in points.iter().zip(expected) {
        expect(&format!("{name}, {}", point.period), point, expected);
    }
    if let Some(unknown) = case.get("unknown") {
        let unknown: Vec<u64> =
            unknown.as_array().unwrap().iter().map(|n| whole(n).cast_unsigned()).collect();
        assert_eq!(points.iter().map(|point| point.unknown).collect::<Vec<_>>(), unknown, "{name}");
    }
    if let Some(bounds) = case.get("bounds") {
        let bounds = bounds.as_array().unwrap();
        let wanted = Some((fraction(&bounds[0]), fraction(&bounds[1])));
        assert_eq!(points[0].bounds, wanted, "{name}");
    }
    if let Some(other) = case.get("other_reading") {
        let found = points[0].other_reading.map(|other| other.value);
        assert_eq!(found, Some(Some(fraction(other))), "{name}: the other reading");
    }
    let traced = trace(&made, &feed, &request, None).unwrap();
    assert_eq!(traced.rows(), rows.len() as u64, "{name}: every row has one last step");
    for (step, counts) in case.get("stops").and_then(Toml::as_table).into_iter().flatten() {
        let counts = counts.as_array().unwrap();
        let step = traced.steps.iter().find(|found| found.name == step).expect("a known step");
        let found = (step.failed, step.unknown);
        let wanted = (whole(&counts[0]).cast_unsigned(), whole(&counts[1]).cast_unsigned());
        assert_eq!(found, wanted, "{name}: {}", step.name);
    }
    if contract.rows != Rows::Totals && !case.contains_key("beyond_naive") {
        let question = Question {
            measure: &measure,
            narrowed: None,
            contract: &contract,
            rows: &rows,
            coverage: &coverage,
            request: &request,
            part: None,
        };
        let all: Vec<usize> = (0..rows.len()).collect();
        assert_eq!(*points, question.points(&all), "{name}: the naive interpreter");
    }
}

fn expect(name: &str, point: &Point, expected: &str) {
    let (status, figure) = match expected.split_once(' ') {
        Some(("partial", figure)) => (Status::Partial, figure),
        Some(("provisional", figure)) => (Status::Provisional, figure),
        _ if expected == "missing" => (Status::Missing, ""),
        _ if expected == "suppressed" => (Status::Suppressed, ""),
        _ => (Status::Final, expected),
    };
    let number = |text: &str| text.parse::<i64>().expect(text);
    let (figure, per) = figure.split_once(" × ").unwrap_or((figure, "1"));
    let exact = |number: i64| f64::from(i32::try_from(number).unwrap());
    let figure = if figure.is_empty() {
        (None, None, None)
    } else if let Some((above, below)) = figure.split_once('/') {
        let (above, below) = (number(above), number(below));
        let value = (below != 0)
            .then(|| f64::from(per.parse::<u32>().unwrap()) * exact(above) / exact(below));
        (Some(above), Some(below), value)
    } else if let Some((value, rows)) = figure.split_once(" of ") {
        (None, Some(number(rows)), value.parse().ok())
    } else if figure.contains('.') {
        (None, None, figure.parse().ok())
    } else {
        (Some(number(figure)), None, Some(exact(number(figure))))
    };
    let found = (point.numerator, point.denominator, point.value);
    assert_eq!((point.status, found), (status, figure), "{name}");
}
