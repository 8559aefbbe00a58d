//! Readers of contracts, filters, times and CSV, given anything: never a panic; an answer or a reason.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta};
use concordat::definition::Source;
use concordat::feeds::contract::Contract;
use concordat::feeds::timestamp::{Format, Purpose};
use concordat::filter::{ColumnType, Filter, Schema};
use proptest::prelude::*;

use super::damaged::{Damage, config, damage, damaged};
use super::{EVENTS, Workspace};

const CONTRACTS: [&str; 9] = [
    EVENTS,
    include_str!("../cases/feeds/feed-s136.toml"),
    include_str!("../cases/feeds/feed-ambsys.toml"),
    include_str!("../cases/feeds/feed-oap_published.toml"),
    include_str!("../cases/feeds/real/mental_health_act.toml"),
    include_str!("../cases/feeds/real/monthly_statistics.toml"),
    include_str!("../cases/feeds/real/occupancy.toml"),
    include_str!("../cases/feeds/real/san_francisco.toml"),
    include_str!("../cases/feeds/real/use_of_force.toml"),
];

/// A contract with lines taken from another and some bytes damaged.
fn contract() -> impl Strategy<Value = Vec<u8>> {
    let place = any::<prop::sample::Index>;
    let moves = prop::collection::vec((place(), place()), 0..3);
    let texts = (prop::sample::select(&CONTRACTS[..]), prop::sample::select(&CONTRACTS[..]));
    (texts, moves, damage()).prop_map(|((text, other), moves, damage): (_, _, Vec<Damage>)| {
        let mut lines: Vec<&str> = text.lines().collect();
        let others: Vec<&str> = other.lines().collect();
        for (to, from) in moves {
            lines[to.index(text.lines().count())] = others[from.index(others.len())];
        }
        damaged(lines.join("\n").as_bytes(), &damage)
    })
}

/// Words of which filters are made, and some of which none is.
const WORDS: &str = "age; place; detained; ended; extended; force; id; unknown; AND; OR; NOT; IN; \
    BETWEEN; IS; NULL; ILIKE; LIKE; (; ); ,; =; <; >=; <>; -; +; ||; ::; 'cell'; 'é%_'; 18; 0.5; \
    1e400; 99999999999999999999; TRUE; DATE; TIMESTAMP; '2017-02-31'; INTERVAL; '24'; HOUR; DAY; \
    prior(id, INTERVAL '90' DAY); FILTER (WHERE";

fn words() -> impl Strategy<Value = String> {
    let known: Vec<&str> = WORDS.split("; ").collect();
    prop::collection::vec(prop::sample::select(known), 0..24).prop_map(|words| words.join(" "))
}

fn schema() -> Schema {
    let codes = ColumnType::Code(vec!["hospital".to_owned(), "cell".to_owned()]);
    [
        ("id", ColumnType::Text),
        ("force", ColumnType::Area),
        ("detained", ColumnType::Time),
        ("ended", ColumnType::Time),
        ("age", ColumnType::Integer),
        ("place", codes),
        ("extended", ColumnType::Flag),
    ]
    .map(|(name, kind)| (name.to_owned(), kind))
    .into()
}

fn read_filter(sql: &str) -> Result<(), TestCaseError> {
    let source = Source::new("filter", sql);
    let place = |span: std::ops::Range<usize>| {
        assert!(sql.get(span.clone()).is_some(), "{span:?} is no part of {sql:?}");
        source.place(span)
    };
    match Filter::parse(sql, &schema(), place) {
        Ok(filter) => {
            let known = schema();
            let known: BTreeSet<&str> = known.keys().map(String::as_str).collect();
            prop_assert!(filter.columns().iter().all(|name| known.contains(name)), "{}", sql);
        }
        Err(problems) => prop_assert!(!problems.is_empty(), "{}", sql),
    }
    Ok(())
}

const PARTS: [&str; 19] = [
    "%d", "%m", "%Y", "%y", "%b", "%B", "%H", "%I", "%M", "%S", "%p", "%-d", "%-m", "%-H", "%-I",
    "%%", " ", "/", "T:é",
];

const FORMATS: [&str; 7] = [
    "%d/%m/%Y %H:%M",
    "%-m/%-d/%Y %-I:%M:%S %p",
    "%Y-%m-%dT%H:%M:%S",
    "%d %B %y",
    "%b %Y",
    "%Y%m%d",
    "excel",
];

/// Reads a text by a format; a time that was read is the one that is written back.
fn read_time(format: &str, text: &str) -> Result<(), TestCaseError> {
    for purpose in [Purpose::Month, Purpose::Date, Purpose::Time] {
        let Ok(compiled) = Format::compile(format, purpose) else { continue };
        let Ok(seconds) = compiled.seconds(text) else { continue };
        if format.starts_with("excel") {
            continue;
        }
        let moment = DateTime::from_timestamp(seconds, 0).unwrap();
        let written = moment.format(format).to_string();
        prop_assert_eq!(compiled.seconds(&written), Ok(seconds), "{} {} {}", format, text, written);
    }
    Ok(())
}

/// Cells with everything that parts cells and rows.
fn cells() -> impl Strategy<Value = Vec<(String, String)>> {
    let cell = "[ab1é ,;\"\t\n\r]{0,5}";
    prop::collection::vec((cell, cell), 0..12)
}

const PLAIN: &str = r#"
title = "Plain"
files = ["*.csv"]
rows = "events"
key = []
event_time = "day"
[columns]
day = { type = "date", format = "%Y-%m-%d" }
a = { type = "text" }
b = { type = "text" }
"#;

/// The text, and the line on which each row begins.
fn written(rows: &[(String, String)], quote_all: bool, end: &str) -> (String, Vec<u32>) {
    let quoted = |cell: &String| {
        let needed = cell.contains(['"', ',', '\n', '\r']);
        if quote_all || needed {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    };
    let (mut text, mut lines) = (format!("day,a,b{end}"), Vec::new());
    for (a, b) in rows {
        lines.push(1 + u32::try_from(text.matches('\n').count()).unwrap());
        text += &["2017-02-01,", &quoted(a), ",", &quoted(b), end].concat();
    }
    (text, lines)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn contracts(bytes in contract()) {
        let Ok(source) = Source::from_bytes("data/feed/feed.toml", bytes) else { return Ok(()) };
        let mut errors = Vec::new();
        let contract = Contract::parse("feed", &source, &mut errors);
        prop_assert_eq!(contract.is_some(), errors.is_empty());
        prop_assert!(errors.iter().all(|error| !error.to_string().is_empty()));
    }

    #[test]
    fn filters_of_words(sql in words()) {
        read_filter(&sql)?;
    }

    #[test]
    fn filters_of_anything(sql in "\\PC{0,60}", spoilt in damage()) {
        read_filter(&sql)?;
        let known = b"place = 'cell' AND NOT (age IN (1, 2) OR ended - detained > INTERVAL '24' HOUR)";
        read_filter(&String::from_utf8_lossy(&damaged(known, &spoilt)))?;
    }

    #[test]
    fn times_of_any_format(
        parts in prop::collection::vec(prop::sample::select(&PARTS[..]), 0..12),
        text in "[0-9apmfebT/: .é-]{0,20}",
    ) {
        read_time(&parts.concat(), &text)?;
    }

    #[test]
    fn times_damaged(
        format in prop::sample::select(&FORMATS[..]),
        days in 0i64..80_000,
        seconds in 0i64..86_400,
        spoilt in damage(),
    ) {
        let day = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
        let moment = day + TimeDelta::days(days) + TimeDelta::seconds(seconds);
        let text = match format {
            "excel" => (days * 10).to_string(),
            format => moment.format(format).to_string(),
        };
        read_time(format, &text)?;
        read_time(format, &String::from_utf8_lossy(&damaged(text.as_bytes(), &spoilt)))?;
    }

    /// What a plain writer writes is read cell by cell, each row on its line.
    #[test]
    fn csv_is_read_as_written(rows in cells(), quote_all: bool, windows: bool) {
        let (text, lines) = written(&rows, quote_all, if windows { "\r\n" } else { "\n" });
        let opened = Workspace::new().deliver("a.csv", text).open(PLAIN);
        prop_assert_eq!(&opened.problems, &[]);
        let feed = opened.feed.unwrap();
        prop_assert_eq!(feed.quality.files[0].rows_read, rows.len() as u64);
        let of = |name: &str| {
            let column = feed.rows.column(name).unwrap();
            let column = column.str().unwrap();
            column.iter().map(|text| text.unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        let trimmed = |cell: fn(&(String, String)) -> &String| {
            rows.iter().map(|row| cell(row).trim().to_owned()).collect::<Vec<_>>()
        };
        prop_assert_eq!(of("a"), trimmed(|row| &row.0));
        prop_assert_eq!(of("b"), trimmed(|row| &row.1));
        let found = feed.rows.column("@line").unwrap();
        let found = found.u32().unwrap();
        prop_assert_eq!(found.iter().flatten().collect::<Vec<u32>>(), lines);
    }
}

#[test]
fn a_filter_is_as_long_as_can_be_followed() {
    let parts = |number: usize| vec!["age = 18"; number].join(" OR ");
    read_filter(&parts(100)).unwrap();
    let place = |span| Source::new("filter", parts(50_000)).place(span);
    let problems = Filter::parse(&parts(50_000), &schema(), place).unwrap_err();
    assert_eq!(problems.len(), 1);
    let said = problems[0].to_string();
    assert!(said.ends_with("the filter is too long: over 200 words and signs of SQL"), "{said}");
    let codes = vec!["'cell'"; 5_000].join(", ");
    read_filter(&format!("place IN ({codes})")).unwrap();
}
