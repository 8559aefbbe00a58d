//! A case's tables as a contract, rows, a measure and a request.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use concordat::area::{Areas, Days, Estimate, Members, Population, WorkingDays};
use concordat::definition::Source;
use concordat::error::Place;
use concordat::feeds::Coverage;
use concordat::feeds::contract::{Contract, Empty, Rows};
use concordat::filter::{ColumnType, Filter};
use concordat::indicators::measure::each::{Each, Then};
use concordat::indicators::measure::{
    Convention, Interval, Kind, Length, Limit, Measure, Quantity, Stay, Unknown,
};
use concordat::measures::Request;
use concordat::period::{Grain, Month};
use concordat::unit::Unit;
use toml::{Table, Value as Toml};

use crate::measures::frame::{Row, Value, contract};

pub(super) fn texts(value: &Toml) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect()
}

pub(super) fn whole(value: &Toml) -> i64 {
    value.as_integer().unwrap()
}

/// `1/3`, so that a bound is written as it is worked out.
pub(super) fn fraction(value: &Toml) -> f64 {
    let (above, below) = value.as_str().unwrap().split_once('/').unwrap();
    above.parse::<f64>().unwrap() / below.parse::<f64>().unwrap()
}

pub(super) fn the_contract(table: &Table) -> (Contract, Option<Vec<Month>>) {
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
        open_ends: table.get("open_ends").map_or_else(BTreeSet::new, |names| {
            texts(names).into_iter().map(str::to_owned).collect()
        }),
        ..contract(rows, &columns)
    };
    let months = |value: &Toml| texts(value).iter().map(|month| month.parse().unwrap()).collect();
    (contract, table.get("delivered").map(months))
}

pub(super) fn delivered_everywhere(
    months: Vec<Month>,
    contract: &Contract,
    rows: &[Row],
) -> Coverage {
    let months: BTreeSet<Month> = months.into_iter().collect();
    let areas = rows.iter().filter_map(|row| match row.get(contract.area.as_ref()?)? {
        Value::Text(code) => Some((code.clone(), months.clone())),
        _ => None,
    });
    Coverage { by_area: areas.collect(), months: months.clone(), ..Coverage::default() }
}

pub(super) fn the_rows(rows: &[Toml]) -> Vec<Row> {
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

pub(super) fn the_value(value: &Toml) -> Value {
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

pub(super) fn moment(stamp: &toml::value::Datetime) -> (NaiveDate, Option<NaiveTime>) {
    let day = stamp.date.unwrap();
    let day = NaiveDate::from_ymd_opt(day.year.into(), day.month.into(), day.day.into()).unwrap();
    let time = stamp.time.map(|time| {
        let seconds = time.second.unwrap_or(0);
        NaiveTime::from_hms_opt(time.hour.into(), time.minute.into(), seconds.into()).unwrap()
    });
    (day, time)
}

/// A condition on a row, as a definition writes it.
fn condition(sql: &str, contract: &Contract) -> Filter {
    let place = |_| Place::file("measures.toml");
    Filter::parse(sql, &contract.schema(), place).expect(sql)
}

pub(super) fn the_measure(table: &Table, contract: &Contract) -> Measure {
    let text = |key: &str| table.get(key).map(|value| value.as_str().unwrap().to_owned());
    let unit = text("unit").unwrap_or_else(|| "count".to_owned());
    Measure {
        split_shares: false,
        each: the_each(&text),
        period_by: text("period_by"),
        id: "measure".into(),
        title: "A measure".into(),
        feed: "feed".into(),
        filter: text("where").map(|sql| condition(&sql, contract)),
        kind: the_kind(table, &text, contract),
        unit: Unit::ALL.into_iter().find(|known| known.name() == unit).unwrap(),
        stock: table.get("stock").is_some_and(|stock| stock.as_bool().unwrap()),
        source: String::new(),
        place: Place::file("measures.toml"),
    }
}

/// `each = "week"` with `then = "mean"`.
fn the_each(text: &impl Fn(&str) -> Option<String>) -> Option<Each> {
    let inner = match text("each")?.as_str() {
        "day" => Grain::Day,
        _ => Grain::Week,
    };
    let then = match text("then")?.as_str() {
        "mean" => Then::Mean,
        "median" => Then::Median,
        "max" => Then::Max,
        _ => Then::Min,
    };
    Some(Each { inner, then })
}

pub(super) fn the_kind(
    table: &Table,
    text: &impl Fn(&str) -> Option<String>,
    contract: &Contract,
) -> Kind {
    let must = |key: &str| text(key).expect(key);
    let limit = |one| the_limit(one, contract);
    let unknown = match text("unknown").as_deref() {
        None | Some("exclude") => Unknown::Exclude,
        Some("outside") => Unknown::Outside,
        Some(other) => panic!("{other}"),
    };
    let days = |key: &str| table.get(key).map(|days| u32::try_from(whole(days)).unwrap());
    let ends_early = text("overlapping").is_none_or(|word| word == "end");
    let stay = || Stay {
        from: must("from"),
        to: must("to"),
        person: text("person").filter(|_| ends_early),
    };
    let of = || text("of").map_or_else(|| Quantity::Elapsed(interval(table)), Quantity::Column);
    match must("kind").as_str() {
        "count" => Kind::Count,
        "repeat" => Kind::Repeat { person: must("person"), days: days("days").unwrap(), unknown },
        "gap" => Kind::Gap,
        "distinct" => Kind::Distinct { of: must("of") },
        "sum" => Kind::Sum { of: of() },
        "mean" => Kind::Mean { of: of() },
        "quantile" => Kind::Quantile { of: of(), at: table["at"].as_float().unwrap() },
        "proportion" => Kind::Proportion {
            denominator: text("denominator").map(|sql| condition(&sql, contract)),
            numerator: condition(&must("numerator"), contract),
            follow: days("follow"),
            unknown,
        },
        "rate" => Kind::Rate {
            per: u32::try_from(whole(&table["per"])).unwrap(),
            age: "all".into(),
            annualised: table["annualised"].as_bool().unwrap(),
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
            clock: interval(table),
            limits: table["limit"].as_array().unwrap().iter().map(limit).collect(),
            standard: None,
            unknown,
        },
        other => panic!("{other}"),
    }
}

/// `from`, `to`, `longest_hours`, and the repository's calendar where working days are counted.
fn interval(table: &Table) -> Interval {
    let text = |key: &str| table[key].as_str().unwrap().to_owned();
    let mut limits = table.get("limit").and_then(Toml::as_array).into_iter().flatten();
    let working = table.contains_key("working_days")
        || limits.any(|limit| limit.get("working_days").is_some());
    Interval {
        from: text("from"),
        to: text("to"),
        longest: table.get("longest_hours").map(|hours| whole(hours) * 3_600),
        calendar: working.then(own_calendar),
    }
}

/// The working days of the repository's own holidays.
pub(in crate::measures) fn own_calendar() -> Arc<WorkingDays> {
    static CALENDAR: LazyLock<Arc<WorkingDays>> = LazyLock::new(|| {
        let file = "indicators/areas/holidays.csv";
        let text = include_str!("../../../indicators/areas/holidays.csv");
        let mut areas = Areas::default();
        assert_eq!(areas.read_holidays(&Source::new(file, text)), []);
        areas.working_days().unwrap().clone()
    });
    CALENDAR.clone()
}

pub(super) fn the_limit(limit: &Toml, contract: &Contract) -> Limit {
    let length = |key: &str, seconds: i64| limit.get(key).map(|number| whole(number) * seconds);
    Limit {
        before: limit.get("before").map(|day| moment(day.as_datetime().unwrap()).0),
        when: limit.get("when").map(|sql| condition(sql.as_str().unwrap(), contract)),
        length: match limit.get("working_days") {
            Some(days) => Length::WorkingDays(whole(days)),
            None => {
                Length::Seconds(length("hours", 3_600).or_else(|| length("minutes", 60)).unwrap())
            }
        },
    }
}

/// `people = { 2017 = 1_000_000 }`.
fn the_people(years: &Table) -> Population {
    let of = |(year, people): (&String, &Toml)| {
        (year.parse().unwrap(), Estimate { people: whole(people), source: "made".into() })
    };
    years.iter().map(of).collect()
}

pub(super) fn the_request(table: &Table) -> Request {
    let month = |key: &str| table.get(key).map(|month| month.as_str().unwrap().parse().unwrap());
    let mut areas: Members =
        table.get("areas").map(texts).unwrap_or_default().into_iter().collect();
    // an area that counts from a day to the day before another; an empty text is open
    for (code, ends) in table.get("dated").and_then(Toml::as_table).into_iter().flatten() {
        let ends: Vec<_> = texts(ends).into_iter().map(|day| day.parse().ok()).collect();
        areas.insert(code, Days::stretch(ends[0], ends[1]));
    }
    Request {
        areas,
        split: None,
        in_force: Members::default(),
        grain: match table.get("grain").map(|grain| grain.as_str().unwrap()) {
            Some("week") => Grain::Week,
            Some("quarter") => Grain::Quarter,
            Some("financial year") => Grain::FinancialYear,
            Some("calendar year") => Grain::CalendarYear,
            _ => Grain::Month,
        },
        as_at: month("as_at").unwrap(),
        first: month("first"),
        populations: table.get("people").map_or_else(BTreeMap::new, |years| {
            BTreeMap::from([(None, the_people(years.as_table().unwrap()))])
        }),
    }
}
