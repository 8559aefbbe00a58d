//! Worked cases: every `tests/cases/measures/*.toml` is a list of expectations, worked by hand.
//!
//! A file may give `feed`, `measure` and `request` once; a case adds to them. Its rows get an
//! `id` each. What is expected of a period is written
//! `2/30` (exact sums and their quotient), `5` (an exact sum alone), `7 of 10` (a quantile of ten
//! rows), `2.5` (a sum of decimals), `missing`, `suppressed`, and before any of the first four
//! `partial` or `provisional`. Every case on rows is also put to the naive
//! interpreter, unless it says `beyond_naive`.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use concordat::error::Place;
use concordat::feeds::Coverage;
use concordat::feeds::contract::{Contract, Empty, Rows};
use concordat::filter::{ColumnType, Filter};
use concordat::indicators::measure::{Convention, Kind, Limit, Measure, Quantity, Stay};
use concordat::measures::plan::plan;
use concordat::measures::trace::trace;
use concordat::measures::{Request, collect};
use concordat::period::{Grain, Month};
use concordat::series::{Point, Status};
use concordat::unit::Unit;
use toml::{Table, Value as Toml};

use super::frame::{Row, Value, contract, coverage, feed};
use super::naive::Question;

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
    let measure = the_measure(case["measure"].as_table().unwrap());
    let request = the_request(case["request"].as_table().unwrap());
    let made = plan(&measure, None, &contract);
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
    let exact = |number: i64| f64::from(i32::try_from(number).unwrap());
    let figure = if figure.is_empty() {
        (None, None, None)
    } else if let Some((above, below)) = figure.split_once('/') {
        let (above, below) = (number(above), number(below));
        let value = (below != 0).then(|| exact(above) / exact(below));
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

fn texts(value: &Toml) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

fn whole(value: &Toml) -> i64 {
    value.as_integer().unwrap()
}

/// `1/3`, so that a bound is written as it is worked out.
fn fraction(value: &Toml) -> f64 {
    let (above, below) = value.as_str().unwrap().split_once('/').unwrap();
    above.parse::<f64>().unwrap() / below.parse::<f64>().unwrap()
}

fn the_contract(table: &Table) -> (Contract, Option<Vec<Month>>) {
    let columns: Vec<(&str, ColumnType)> = table["columns"]
        .as_table()
        .unwrap()
        .iter()
        .map(|(name, kind)| {
            let kind = match kind.as_str().unwrap() {
                "text" => ColumnType::Text,
                "integer" => ColumnType::Integer,
                "decimal" => ColumnType::Decimal,
                "flag" => ColumnType::Flag,
                "date" => ColumnType::Date,
                "time" => ColumnType::Time,
                "area" => ColumnType::Area,
                other => panic!("{other}"),
            };
            (name.as_str(), kind)
        })
        .chain([("id", ColumnType::Text)])
        .collect();
    let text = |key: &str| table.get(key).map(|value| value.as_str().unwrap());
    let rows = match text("rows").unwrap() {
        "events" => Rows::Events,
        "stays" => Rows::Stays,
        _ => Rows::Totals,
    };
    let contract = Contract {
        event_time: text("event_time").map(str::to_owned),
        empty: if text("empty") == Some("zero") { Empty::Zero } else { Empty::Missing },
        settles_after: table.get("settles_after").map_or(0, |n| u32::try_from(whole(n)).unwrap()),
        status: text("status").map(str::to_owned),
        ..contract(rows, &columns)
    };
    let months = |value: &Toml| texts(value).iter().map(|month| month.parse().unwrap()).collect();
    (contract, table.get("delivered").map(months))
}

fn delivered_everywhere(months: Vec<Month>, contract: &Contract, rows: &[Row]) -> Coverage {
    let months: BTreeSet<Month> = months.into_iter().collect();
    let areas = rows.iter().filter_map(|row| match row.get(contract.area.as_ref()?)? {
        Value::Text(code) => Some((code.clone(), months.clone())),
        _ => None,
    });
    Coverage { by_area: areas.collect(), months: months.clone() }
}

fn the_rows(rows: &[Toml]) -> Vec<Row> {
    rows.iter()
        .enumerate()
        .map(|(at, row)| {
            let mut values: Row = row
                .as_table()
                .unwrap()
                .iter()
                .map(|(name, value)| (name.clone(), the_value(value)))
                .collect();
            values.insert("id".into(), Value::Text(format!("r{at:03}")));
            values
        })
        .collect()
}

fn the_value(value: &Toml) -> Value {
    match value {
        Toml::String(text) => Value::Text(text.clone()),
        Toml::Integer(number) => Value::Integer(*number),
        Toml::Float(number) => Value::Decimal(*number),
        Toml::Boolean(flag) => Value::Flag(*flag),
        Toml::Datetime(stamp) => {
            let (day, time) = moment(stamp);
            time.map_or(Value::Date(day), |time| Value::Time(NaiveDateTime::new(day, time)))
        }
        other => panic!("{other:?}"),
    }
}

fn moment(stamp: &toml::value::Datetime) -> (NaiveDate, Option<NaiveTime>) {
    let day = stamp.date.unwrap();
    let day = NaiveDate::from_ymd_opt(day.year.into(), day.month.into(), day.day.into()).unwrap();
    let time = stamp.time.map(|time| {
        let seconds = time.second.unwrap_or(0);
        NaiveTime::from_hms_opt(time.hour.into(), time.minute.into(), seconds.into()).unwrap()
    });
    (day, time)
}

fn the_measure(table: &Table) -> Measure {
    let text = |key: &str| table.get(key).map(|value| value.as_str().unwrap().to_owned());
    let unit = text("unit").unwrap_or_else(|| "count".to_owned());
    Measure {
        id: "measure".into(),
        title: "A measure".into(),
        feed: "feed".into(),
        filter: text("where").map(Filter::Flag),
        kind: the_kind(table, &text),
        unit: Unit::ALL.into_iter().find(|known| known.name() == unit).unwrap(),
        stock: table.get("stock").is_some_and(|stock| stock.as_bool().unwrap()),
        source: String::new(),
        place: Place::file("measures.toml"),
    }
}

fn the_kind(table: &Table, text: &impl Fn(&str) -> Option<String>) -> Kind {
    let must = |key: &str| text(key).expect(key);
    let stay = || Stay { from: must("from"), to: must("to"), person: text("person") };
    let of = || {
        text("of").map_or_else(
            || Quantity::Elapsed { from: must("from"), to: must("to") },
            Quantity::Column,
        )
    };
    match must("kind").as_str() {
        "count" => Kind::Count,
        "sum" => Kind::Sum { of: of() },
        "mean" => Kind::Mean { of: of() },
        "quantile" => Kind::Quantile { of: of(), at: table["at"].as_float().unwrap() },
        "proportion" => Kind::Proportion {
            denominator: text("denominator").map(Filter::Flag),
            numerator: Filter::Flag(must("numerator")),
        },
        "ratio" => Kind::Ratio { numerator: must("numerator"), denominator: must("denominator") },
        "given" => Kind::Given { numerator: must("numerator"), denominator: text("denominator") },
        "bed-days" => Kind::BedDays {
            stay: stay(),
            convention: match must("convention").as_str() {
                "mhsds" => Convention::Mhsds,
                _ => Convention::Inclusive,
            },
        },
        "open" => Kind::Open { stay: stay() },
        "average-open" => Kind::AverageOpen { stay: stay() },
        "peak" => Kind::Peak { stay: stay() },
        "within" => Kind::Within {
            from: must("from"),
            to: must("to"),
            limits: table["limit"].as_array().unwrap().iter().map(the_limit).collect(),
        },
        other => panic!("{other}"),
    }
}

fn the_limit(limit: &Toml) -> Limit {
    let length = |key: &str, seconds: i64| limit.get(key).map(|number| whole(number) * seconds);
    Limit {
        before: limit.get("before").map(|day| moment(day.as_datetime().unwrap()).0),
        when: limit.get("when").map(|flag| Filter::Flag(flag.as_str().unwrap().to_owned())),
        seconds: length("hours", 3_600).or_else(|| length("minutes", 60)).unwrap(),
    }
}

fn the_request(table: &Table) -> Request {
    let month = |key: &str| table.get(key).map(|month| month.as_str().unwrap().parse().unwrap());
    let areas = table.get("areas").map(texts).unwrap_or_default();
    Request {
        areas: areas.into_iter().map(str::to_owned).collect(),
        split: None,
        grain: match table.get("grain").map(|grain| grain.as_str().unwrap()) {
            Some("financial year") => Grain::FinancialYear,
            _ => Grain::Month,
        },
        as_at: month("as_at").unwrap(),
        first: month("first"),
    }
}
