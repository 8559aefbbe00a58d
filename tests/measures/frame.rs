//! Feeds made by hand: plain rows, and the data frame that a reader would have made of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime, TimeZone};
use concordat::feeds::contract::{Contract, Empty, Rows};
use concordat::feeds::{Coverage, Derived, Feed, coded};
use concordat::filter::ColumnType;
use concordat::period::Month;
use concordat::quality::{FeedQuality, FeedState};
use polars::prelude::{Column, DataFrame, DataType, NamedFrom, Series, TimeUnit};

/// A value of a row; an unknown one is not in the row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Integer(i64),
    Decimal(f64),
    Flag(bool),
    Date(NaiveDate),
    /// Local.
    Time(NaiveDateTime),
}

/// A row by column name.
pub(super) type Row = BTreeMap<String, Value>;

pub(super) fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
}

/// Seconds since 1970 of a local time; the earlier reading of October's repeated hour.
pub(super) fn utc(time: NaiveDateTime) -> i64 {
    chrono_tz::Europe::London.from_local_datetime(&time).earliest().unwrap().timestamp()
}

pub(super) fn contract(rows: Rows, columns: &[(&str, ColumnType)]) -> Contract {
    Contract {
        id: "feed".into(),
        title: "A feed".into(),
        rows,
        area: columns.iter().find(|(_, kind)| *kind == ColumnType::Area).map(|c| c.0.into()),
        event_time: None,
        key: vec!["id".into()],
        empty: Empty::Missing,
        settles_after: 0,
        synthetic: true,
        due_day: None,
        status: None,
        open_ends: BTreeSet::new(),
        columns: columns.iter().map(|(name, kind)| ((*name).into(), kind.clone())).collect(),
        checks: vec![],
        reading: concordat::feeds::reading::Reading::default(),
    }
}

/// The months in which the rows lie, by a column.
pub(super) fn coverage(rows: &[Row], column: &str, area: Option<&str>) -> Coverage {
    let mut found = Coverage::default();
    for row in rows {
        let month = match row.get(column) {
            Some(Value::Date(day)) => Month::containing(*day),
            Some(Value::Time(time)) => Month::containing(time.date()),
            _ => continue,
        };
        found.months.insert(month);
        if let Some(Value::Text(code)) = area.and_then(|area| row.get(area)) {
            found.by_area.entry(code.clone()).or_insert_with(BTreeSet::new).insert(month);
        }
    }
    found
}

/// The feed that a reader would have made of these rows.
pub(super) fn feed(contract: Contract, rows: &[Row], coverage: Coverage) -> Feed {
    let mut columns = Vec::new();
    for (name, kind) in &contract.columns {
        columns.extend(column(name, kind, rows));
    }
    let extra: BTreeSet<&String> = rows
        .iter()
        .flat_map(BTreeMap::keys)
        .filter(|name| name.ends_with("@suppressed") || *name == "@partial" || *name == "period")
        .collect();
    for name in extra {
        let kind = if name == "period" { ColumnType::Date } else { ColumnType::Flag };
        columns.extend(column(name, &kind, rows));
    }
    for name in &contract.open_ends {
        let name = format!("{name}@blank");
        let blank: Vec<bool> =
            rows.iter().map(|row| row.get(&name) == Some(&Value::Flag(true))).collect();
        columns.push(Column::from(Series::new(name.into(), blank)));
    }
    Feed {
        quality: FeedQuality {
            feed: contract.id.clone(),
            title: contract.title.clone(),
            state: FeedState::Ready,
            files: vec![],
            due_day: None,
            settles_after: contract.settles_after,
            synthetic: contract.synthetic,
            latest: coverage.months.last().copied(),
        },
        contract,
        rows: concordat::feeds::Rows::held(DataFrame::new(rows.len(), columns).unwrap()),
        coverage,
        derived: Derived::default(),
    }
}

fn column(name: &str, kind: &ColumnType, rows: &[Row]) -> Vec<Column> {
    fn take<T>(name: &str, rows: &[Row], of: impl Fn(&Value) -> T) -> Vec<Option<T>> {
        rows.iter().map(|row| row.get(name).map(&of)).collect()
    }
    let wrong = |value: &Value| -> ! { panic!("{name}: {value:?} is not {kind:?}") };
    let series = match kind {
        ColumnType::Text | ColumnType::Code(_) | ColumnType::Area => Series::new(
            name.into(),
            take(name, rows, |value| match value {
                Value::Text(text) => text.clone(),
                other => wrong(other),
            }),
        ),
        ColumnType::Integer => Series::new(
            name.into(),
            take(name, rows, |value| match value {
                Value::Integer(number) => *number,
                other => wrong(other),
            }),
        ),
        ColumnType::Decimal => Series::new(
            name.into(),
            take(name, rows, |value| match value {
                Value::Decimal(number) => *number,
                Value::Integer(number) => f64::from(i32::try_from(*number).unwrap()),
                other => wrong(other),
            }),
        ),
        ColumnType::Flag => Series::new(
            name.into(),
            take(name, rows, |value| match value {
                Value::Flag(flag) => *flag,
                other => wrong(other),
            }),
        ),
        ColumnType::Date => Series::new(
            name.into(),
            take(name, rows, |value| match value {
                Value::Date(day) => {
                    i32::try_from((*day - NaiveDate::default()).num_days()).unwrap()
                }
                other => wrong(other),
            }),
        )
        .cast(&DataType::Date)
        .unwrap(),
        ColumnType::Time => return times(name, rows),
    };
    let series = match kind {
        ColumnType::Code(_) | ColumnType::Area => series.cast(&coded::kind()).unwrap(),
        _ => series,
    };
    vec![Column::from(series)]
}

fn times(name: &str, rows: &[Row]) -> Vec<Column> {
    let local: Vec<Option<NaiveDateTime>> = rows
        .iter()
        .map(|row| match row.get(name) {
            Some(Value::Time(time)) => Some(*time),
            None => None,
            other => panic!("{name}: {other:?} is not a time"),
        })
        .collect();
    let micros: Vec<Option<i64>> =
        local.iter().map(|time| time.map(|time| time.and_utc().timestamp_micros())).collect();
    let seconds: Vec<Option<i64>> = local.iter().map(|time| time.map(utc)).collect();
    let wall = Series::new(name.into(), micros)
        .cast(&DataType::Datetime(TimeUnit::Microseconds, None))
        .unwrap();
    vec![Column::from(wall), Column::from(Series::new(format!("{name}@utc").into(), seconds))]
}
