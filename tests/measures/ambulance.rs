//! Ambulance response means: the published figures, from a table of the published sums.
//!
//! Figures: NHS England, Ambulance Quality Indicators time series (published for 2017/18 to
//! 2021/22, all categories, to the second); later years and the trusts by the publisher's rule,
//! sum of response seconds over sum of incidents.

use chrono::NaiveDate;
use concordat::area::Members;
use concordat::error::Place;
use concordat::feeds::Feed;
use concordat::feeds::contract::Rows;
use concordat::filter::ColumnType;
use concordat::indicators::measure::{Kind, Measure};
use concordat::measures::plan::plan;
use concordat::measures::{Request, collect};
use concordat::period::{Grain, Month};
use concordat::series::{Nature, Series, Status};
use concordat::unit::Unit;

use super::frame::{Row, Value, contract, coverage, feed};

const TABLE: &str = include_str!("../cases/measures/ambsys.csv");

fn ambulance() -> Feed {
    let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(TABLE.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        let month: Month = record[0].parse().unwrap();
        let mut row = Row::from([
            ("period".to_owned(), Value::Date(month.first_day())),
            ("org".to_owned(), Value::Text(record[1].to_owned())),
        ]);
        for (name, cell) in headings.iter().zip(&record).skip(2) {
            if let Ok(number) = cell.parse() {
                row.insert(name.to_owned(), Value::Integer(number));
            }
        }
        rows.push(row);
    }
    let mut columns = vec![("org", ColumnType::Area)];
    columns.extend(headings.iter().skip(2).map(|name| (name, ColumnType::Integer)));
    let coverage = coverage(&rows, "period", Some("org"));
    feed(contract(Rows::Totals, &columns), &rows, coverage)
}

fn mean(feed: &Feed, category: u8, org: &str, grain: Grain) -> Series {
    let measure = Measure {
        id: format!("c{category}_mean"),
        title: "Mean response".into(),
        feed: "ambsys".into(),
        filter: None,
        kind: Kind::Ratio {
            numerator: format!("c{category}_seconds"),
            denominator: format!("c{category}_incidents"),
        },
        unit: Unit::Seconds,
        stock: false,
        period_by: None,
        split_shares: false,
        each: None,
        source: String::new(),
        place: Place::file("measures.toml"),
    };
    let request = Request {
        areas: [org].into_iter().collect(),
        split: None,
        in_force: Members::default(),
        grain,
        as_at: "2025-03".parse().unwrap(),
        first: None,
        populations: std::collections::BTreeMap::new(),
    };
    let plan = plan(&measure, None, &feed.contract).unwrap();
    let mut found = collect(&plan, &measure, feed, &request).unwrap();
    assert_eq!(found.len(), 1);
    found.remove(0).1
}

/// `1:04:36` in whole seconds.
fn seconds(text: &str) -> f64 {
    text.split(':').fold(0.0, |sum, part| sum * 60.0 + part.parse::<f64>().unwrap())
}

fn rounded(series: &Series, year: i32) -> f64 {
    let start = NaiveDate::from_ymd_opt(year, 4, 1).unwrap();
    let point = series.points.iter().find(|point| point.period.start == start).unwrap();
    point.value.unwrap().round()
}

#[test]
fn weighted_means_equal_the_published_ones_to_the_second() {
    let feed = ambulance();
    let published = [
        (2017, ["0:08:23", "0:25:51", "1:04:36", "1:30:32"]),
        (2018, ["0:07:18", "0:21:47", "1:01:46", "1:25:42"]),
        (2019, ["0:07:18", "0:23:50", "1:11:04", "1:26:09"]),
        (2020, ["0:07:03", "0:20:57", "0:54:41", "1:22:51"]),
        (2021, ["0:08:39", "0:41:18", "2:13:39", "3:07:10"]),
        (2022, ["0:09:18", "0:50:00", "2:35:18", "3:07:43"]),
        (2023, ["0:08:27", "0:36:23", "2:04:15", "2:30:56"]),
        (2024, ["0:08:19", "0:35:22", "2:04:43", "2:26:38"]),
    ];
    for category in 1..=4 {
        let series = mean(&feed, category, "Eng", Grain::FinancialYear);
        assert_eq!(series.nature, Nature::Continuous);
        assert_eq!(series.points.len(), published.len());
        for (year, means) in published {
            let expected = seconds(means[usize::from(category) - 1]);
            assert_eq!(rounded(&series, year), expected, "C{category} {year}");
        }
    }
}

#[test]
fn a_mean_of_monthly_means_is_not_the_mean() {
    let feed = ambulance();
    let months = mean(&feed, 2, "Eng", Grain::Month);
    let years = mean(&feed, 2, "Eng", Grain::FinancialYear);
    let wrong = [
        (2017, "0:24:57"),
        (2018, "0:21:45"),
        (2019, "0:23:44"),
        (2020, "0:20:35"),
        (2021, "0:41:20"),
    ];
    for (year, answer) in wrong {
        let first = Month::new(year, 4).unwrap();
        let values: Vec<f64> = months
            .points
            .iter()
            .filter(|point| (0..12).contains(&point.period.first_month().since(first)))
            .filter_map(|point| point.value)
            .collect();
        let mean_of_means = values.iter().sum::<f64>() / values.len() as f64;
        assert_eq!(mean_of_means.round(), seconds(answer), "the wrong answer itself, {year}");
        assert_ne!(rounded(&years, year), seconds(answer), "{year}");
    }
}

#[test]
fn a_year_that_was_not_wholly_published_is_partial() {
    let years = mean(&ambulance(), 2, "Eng", Grain::FinancialYear);
    let status: Vec<Status> = years.points.iter().map(|point| point.status).collect();
    assert_eq!(status[0], Status::Partial, "published from August 2017");
    assert!(status[1..].iter().all(|status| *status == Status::Final));
}

#[test]
fn trusts_have_their_own_means() {
    let feed = ambulance();
    let means = [
        ("RX9", [(2018, "0:30:55"), (2019, "0:30:30"), (2021, "0:47:19"), (2024, "0:43:08")]),
        ("RYC", [(2018, "0:25:01"), (2019, "0:28:28"), (2021, "0:45:42"), (2024, "0:42:49")]),
        ("RYE", [(2018, "0:16:36"), (2019, "0:17:47"), (2021, "0:28:04"), (2024, "0:31:58")]),
    ];
    for (org, years) in means {
        let series = mean(&feed, 2, org, Grain::FinancialYear);
        for (year, expected) in years {
            assert_eq!(rounded(&series, year), seconds(expected), "{org} {year}");
        }
    }
}

#[test]
fn single_months_are_as_printed_and_a_dot_is_missing() {
    let feed = ambulance();
    let printed = [
        ("Eng", "2017-09", Some(1319.0)),
        ("RX9", "2017-09", Some(1582.0)),
        ("RYC", "2017-09", None),
        ("RYE", "2017-09", None),
        ("RYC", "2018-04", Some(1365.0)),
        ("RYE", "2020-03", Some(1158.0)),
        ("Eng", "2022-12", Some(5575.0)),
        ("RX9", "2024-03", Some(2586.0)),
    ];
    for (org, month, expected) in printed {
        let month: Month = month.parse().unwrap();
        let series = mean(&feed, 2, org, Grain::Month);
        let point = series.points.iter().find(|point| point.period == month.period()).unwrap();
        assert_eq!(point.value.map(f64::round), expected, "{org} {month}");
        let status = if expected.is_some() { Status::Final } else { Status::Missing };
        assert_eq!(point.status, status, "{org} {month}");
    }
}
