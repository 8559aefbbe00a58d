//! Published ambulance means, from the publisher's own file through the project's own contract.
//!
//! Figures: NHS England, Ambulance Quality Indicators, as published to the second for all categories
//! to 2021/22; later years by the same rule, sum of response seconds over sum of incidents.

use std::fs;
use std::path::{Path, PathBuf};

use concordat::area::{Areas, Members};
use concordat::error::Place;
use concordat::feeds::{self, Feed, load_contracts};
use concordat::indicators::measure::{Kind, Measure};
use concordat::measures::plan::plan;
use concordat::measures::{Request, collect};
use concordat::number::clock;
use concordat::period::Grain;
use concordat::series::Series;
use concordat::unit::Unit;

/// England by year: categories 1 to 4. The first year begins with August 2017.
const ENGLAND: [(&str, [&str; 4]); 8] = [
    ("2017/18", ["0:08:23", "0:25:51", "1:04:36", "1:30:32"]),
    ("2018/19", ["0:07:18", "0:21:47", "1:01:46", "1:25:42"]),
    ("2019/20", ["0:07:18", "0:23:50", "1:11:04", "1:26:09"]),
    ("2020/21", ["0:07:03", "0:20:57", "0:54:41", "1:22:51"]),
    ("2021/22", ["0:08:39", "0:41:18", "2:13:39", "3:07:10"]),
    ("2022/23", ["0:09:18", "0:50:00", "2:35:18", "3:07:43"]),
    ("2023/24", ["0:08:27", "0:36:23", "2:04:15", "2:30:56"]),
    ("2024/25", ["0:08:19", "0:35:22", "2:04:43", "2:26:38"]),
];

/// Category 2 by year: East Midlands, East of England, South Central.
const TRUSTS: [(&str, [&str; 3]); 7] = [
    ("2018/19", ["0:30:55", "0:25:01", "0:16:36"]),
    ("2019/20", ["0:30:30", "0:28:28", "0:17:47"]),
    ("2020/21", ["0:23:37", "0:21:33", "0:15:33"]),
    ("2021/22", ["0:47:19", "0:45:42", "0:28:04"]),
    ("2022/23", ["1:05:54", "1:06:56", "0:34:31"]),
    ("2023/24", ["0:43:16", "0:43:51", "0:34:14"]),
    ("2024/25", ["0:43:08", "0:42:49", "0:31:58"]),
];

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The publisher's file where it is at hand, and the project's own table of the same figures.
fn sources() -> Vec<PathBuf> {
    let original = project().join("../shared/data/ambsys/AmbSYS-to-Mar-2025.csv");
    let own = project().join("data/ambsys/AmbSYS-four-areas.csv");
    if original.is_file() {
        return vec![original, own];
    }
    crate::skipped("no ../shared/data/ambsys beside the project; its own table is read");
    vec![own]
}

fn read(file: &Path) -> Feed {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("data/ambsys");
    fs::create_dir_all(&folder).unwrap();
    fs::copy(project().join("data/ambsys/feed.toml"), folder.join("feed.toml")).unwrap();
    fs::copy(file, folder.join("AmbSYS.csv")).unwrap();
    let (contracts, problems) = load_contracts(root.path());
    assert_eq!(problems, []);
    let (areas, _) = Areas::load(project());
    let opened = feeds::open(&contracts["ambsys"], root.path(), &areas);
    assert_eq!(opened.problems, []);
    opened.feed.unwrap()
}

fn years(feed: &Feed, category: usize, area: &str) -> Series {
    let measure = Measure {
        id: format!("c{category}"),
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
        place: Place::file("published.rs"),
    };
    let request = Request {
        areas: [area].into_iter().collect(),
        split: None,
        in_force: Members::default(),
        grain: Grain::FinancialYear,
        as_at: "2025-03".parse().unwrap(),
        first: None,
        populations: std::collections::BTreeMap::new(),
    };
    let plan = plan(&measure, None, &feed.contract).unwrap();
    collect(&plan, &measure, feed, &request).unwrap().remove(0).1
}

fn year(series: &Series, year: &str) -> String {
    let point = series.points.iter().find(|point| point.period.to_string() == year);
    clock(point.and_then(|point| point.value).unwrap_or(f64::NAN))
}

#[test]
fn england_s_means_are_the_published_ones_in_every_year_and_category() {
    for file in sources() {
        let feed = read(&file);
        for category in 1..=4 {
            let series = years(&feed, category, "Eng");
            for (at, means) in ENGLAND {
                assert_eq!(year(&series, at), means[category - 1], "C{category} {at}");
            }
        }
    }
}

#[test]
fn the_three_trusts_means_follow_the_same_rule() {
    for file in sources() {
        let feed = read(&file);
        for (which, trust) in ["RX9", "RYC", "RYE"].into_iter().enumerate() {
            let series = years(&feed, 2, trust);
            for (at, means) in TRUSTS {
                assert_eq!(year(&series, at), means[which], "{trust} {at}");
            }
        }
    }
}
