//! Published figures, read raw from the files their publishers put out.

use std::path::Path;

use chrono::NaiveDate;
use concordat::feeds::{Feed, coded};
use concordat::period::Month;
use polars::prelude::{AnyValue, DataType};

use super::{Workspace, shared};

const AMBSYS: &str = include_str!("../cases/feeds/feed-ambsys.toml");
const OAPS: &str = include_str!("../cases/feeds/feed-oap_published.toml");

/// The feed read from the original files, where they are, and from the project's own extract.
fn feeds(original: &str, own: &str, starts: &str, contract: &str) -> Vec<Feed> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(own);
    let folders = shared(original).into_iter().chain([own]);
    folders.map(|folder| feed(&folder, starts, contract)).collect()
}

fn feed(folder: &Path, starts: &str, contract: &str) -> Feed {
    let workspace = Workspace::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.starts_with(starts) {
            workspace.deliver(&name, std::fs::read(&path).unwrap());
        }
    }
    let opened = workspace.open(contract);
    assert_eq!(opened.problems, []);
    for file in &opened.quality.files {
        assert_eq!(file.rows_read, file.rows_used + file.rows_set_aside(), "{}", file.file);
    }
    opened.feed.unwrap()
}

/// The value of a column in one month and area; `None` when the row or the value is missing.
fn value(feed: &Feed, month: &str, org: &str, column: &str) -> Option<i64> {
    let rows = &feed.rows.whole().unwrap();
    let first: NaiveDate = month.parse::<Month>().unwrap().first_day();
    let days = rows.column("period").unwrap().cast(&DataType::Int32).unwrap();
    let days = days.i32().unwrap();
    let orgs = coded::texts(rows.column("org").unwrap()).unwrap();
    let orgs = orgs.str().unwrap();
    let wanted =
        |row: &usize| days.get(*row) == Some(first.to_epoch_days()) && orgs.get(*row) == Some(org);
    let mut found = (0..rows.height()).filter(wanted);
    let row = found.next()?;
    assert_eq!(found.next(), None, "{org} stands twice in {month}");
    match rows.column(column).unwrap().get(row).unwrap() {
        AnyValue::Int64(value) => Some(value),
        AnyValue::Boolean(mark) => Some(i64::from(mark)),
        AnyValue::Null => None,
        other => panic!("{column} holds {other:?}"),
    }
}

/// FACTS part 2: England, all reasons.
#[test]
fn out_of_area_placements_of_england() {
    for feed in feeds("oaps", "oap_published", "oaps-open-data-", OAPS) {
        england(&feed);
    }
}

fn england(feed: &Feed) {
    for (month, days, active, started, cost) in [
        ("2016-10", 1_714, 203, 253, 725_690.0),
        ("2016-11", 11_720, 528, 678, 5_035_630.0),
        ("2016-12", 15_867, 528, 538, 6_763_900.0),
    ] {
        assert_eq!(value(feed, month, "Eng", "days"), Some(days), "{month}");
        assert_eq!(value(feed, month, "Eng", "active"), Some(active), "{month}");
        assert_eq!(value(feed, month, "Eng", "started"), Some(started), "{month}");
        let costs = feed.rows.column("cost").unwrap();
        let costs = costs.f64().unwrap();
        assert!(costs.iter().flatten().any(|found| found.to_bits() == f64::to_bits(cost)));
    }
    assert_eq!(value(feed, "2016-10", "Eng", "@partial"), Some(1));
    assert_eq!(value(feed, "2016-11", "Eng", "@partial"), Some(0));
    assert_eq!(feed.quality.latest, Some("2016-12".parse().unwrap()));
}

/// FACTS part 2: by sending provider; what is printed as `*` is suppressed, not 0 and not absent.
#[test]
fn out_of_area_placements_of_providers() {
    for feed in feeds("oaps", "oap_published", "oaps-open-data-", OAPS) {
        providers(&feed);
    }
}

fn providers(feed: &Feed) {
    let months = ["2016-10", "2016-11", "2016-12"];
    for (org, days) in [
        ("RXM", [None, Some(202), Some(198)]),
        ("RHA", [Some(71), Some(698), Some(1_050)]),
        ("RWR", [None, Some(141), Some(117)]),
        ("RT1", [None, None, None]),
        ("RNU", [Some(36), Some(206), Some(67)]),
    ] {
        for (month, days) in months.iter().zip(days) {
            assert_eq!(value(feed, month, org, "days"), days, "{org} {month}");
            let suppressed = Some(i64::from(days.is_none()));
            assert_eq!(value(feed, month, org, "days@suppressed"), suppressed, "{org} {month}");
        }
    }
}

/// FACTS part 1: category 2 mean response, the seconds of a year over its incidents.
#[test]
fn category_2_mean_response() {
    for feed in feeds("ambsys", "ambsys", "AmbSYS", AMBSYS) {
        category_2(&feed);
    }
}

fn category_2(feed: &Feed) {
    let years = [
        ("2017-08", "2018-03"),
        ("2018-04", "2019-03"),
        ("2019-04", "2020-03"),
        ("2020-04", "2021-03"),
        ("2021-04", "2022-03"),
        ("2022-04", "2023-03"),
        ("2023-04", "2024-03"),
        ("2024-04", "2025-03"),
    ];
    for (org, means) in [
        (
            "Eng",
            [
                "0:25:51", "0:21:47", "0:23:50", "0:20:57", "0:41:18", "0:50:00", "0:36:23",
                "0:35:22",
            ],
        ),
        ("RX9", ["", "0:30:55", "0:30:30", "0:23:37", "0:47:19", "1:05:54", "0:43:16", "0:43:08"]),
        ("RYC", ["", "0:25:01", "0:28:28", "0:21:33", "0:45:42", "1:06:56", "0:43:51", "0:42:49"]),
        ("RYE", ["", "0:16:36", "0:17:47", "0:15:33", "0:28:04", "0:34:31", "0:34:14", "0:31:58"]),
    ] {
        for ((first, last), expected) in
            years.iter().zip(means).filter(|(_, mean)| !mean.is_empty())
        {
            let (first, last): (Month, Month) = (first.parse().unwrap(), last.parse().unwrap());
            let (mut seconds, mut incidents) = (0, 0);
            for step in 0..=last.since(first) {
                let month = first.plus(step).to_string();
                seconds += value(feed, &month, org, "c2_seconds").unwrap();
                incidents += value(feed, &month, org, "c2_incidents").unwrap();
            }
            let mean = (2 * seconds + incidents) / (2 * incidents);
            let clock = format!("{}:{:02}:{:02}", mean / 3_600, mean / 60 % 60, mean % 60);
            assert_eq!(clock, expected, "{org} from {first}");
        }
    }
    // The largest figure of the file: 96 % of what 32 bits hold.
    assert_eq!(value(feed, "2022-12", "Eng", "c2_seconds"), Some(2_051_422_041));
    // A dot is missing, not suppressed and not 0: the trust had not moved to the new standards.
    assert_eq!(value(feed, "2017-08", "RYC", "c2_seconds"), None);
    assert_eq!(value(feed, "2017-08", "RYC", "c2_seconds@suppressed"), Some(0));
    assert_eq!(feed.coverage.by_area["RX9"].len(), 92);
}
