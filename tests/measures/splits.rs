//! Series by a split column, and what cannot be asked of published figures.

use concordat::area::{Days, Members};
use concordat::error::{Kind as ErrorKind, Place};
use concordat::feeds::Feed;
use concordat::feeds::contract::{Contract, Rows};
use concordat::filter::{ColumnType, Filter};
use concordat::indicators::measure::{Kind, Measure};
use concordat::measures::plan::plan;
use concordat::measures::{Request, collect};
use concordat::period::Grain;
use concordat::unit::Unit;

use super::frame::{Row, Value, contract, coverage, day, feed};

fn row(on: &str, area: &str, place: Option<&str>, wanted: Option<bool>) -> Row {
    let text = |text: &str| Value::Text(text.to_owned());
    let mut row =
        Row::from([("on".to_owned(), Value::Date(day(on))), ("area".to_owned(), text(area))]);
    row.extend(place.map(|place| ("place".to_owned(), text(place))));
    row.extend(place.map(|place| ("ward".to_owned(), text(place))));
    row.extend(wanted.map(|wanted| ("wanted".to_owned(), Value::Flag(wanted))));
    row
}

fn detentions(rows: Rows) -> Feed {
    let places = ["hospital", "ed", "cell"].map(str::to_owned).to_vec();
    let columns = [
        ("on", ColumnType::Date),
        ("area", ColumnType::Area),
        ("place", ColumnType::Code(places)),
        ("ward", ColumnType::Text),
        ("wanted", ColumnType::Flag),
    ];
    let contract =
        Contract { event_time: Some("on".to_owned()), key: vec![], ..contract(rows, &columns) };
    let rows = [
        row("2017-01-05", "north", Some("cell"), Some(true)),
        row("2017-01-06", "north", Some("hospital"), Some(true)),
        row("2017-02-06", "north", Some("hospital"), None),
        row("2017-02-07", "north", None, Some(true)),
        row("2017-02-08", "north", Some("ed"), Some(false)),
        row("2017-02-08", "south", Some("ed"), Some(true)),
    ];
    let coverage = coverage(&rows, "on", Some("area"));
    feed(contract, &rows, coverage)
}

fn uses() -> Measure {
    Measure {
        id: "uses".into(),
        title: "Uses".into(),
        feed: "feed".into(),
        filter: Some(Filter::Flag("wanted".into())),
        kind: Kind::Count,
        unit: Unit::Count,
        stock: false,
        period_by: None,
        split_shares: false,
        each: None,
        source: String::new(),
        place: Place::file("measures.toml"),
    }
}

fn by(split: &str) -> Request {
    Request {
        areas: ["north"].into_iter().collect(),
        split: Some(split.to_owned()),
        in_force: Members::default(),
        grain: Grain::Month,
        as_at: "2017-02".parse().unwrap(),
        first: None,
        populations: std::collections::BTreeMap::new(),
    }
}

/// Value and unknown rows of each month.
type Months = Vec<(Option<f64>, u64)>;

/// Each code with its values and unknown rows, month by month.
fn found(split: &str) -> Vec<(Option<String>, Months)> {
    let (feed, measure) = (detentions(Rows::Events), uses());
    let plan = plan(&measure, None, &feed.contract).unwrap();
    collect(&plan, &measure, &feed, &by(split))
        .unwrap()
        .into_iter()
        .map(|(code, series)| {
            (code, series.points.iter().map(|point| (point.value, point.unknown)).collect())
        })
        .collect()
}

#[test]
fn a_code_column_gives_every_code_of_its_list_and_last_the_rows_without_one() {
    let some = |code: &str| Some(code.to_owned());
    assert_eq!(
        found("place"),
        [
            (some("hospital"), vec![(Some(1.0), 0), (Some(0.0), 1)]),
            (some("ed"), vec![(Some(0.0), 0), (Some(0.0), 0)]),
            (some("cell"), vec![(Some(1.0), 0), (Some(0.0), 0)]),
            (None, vec![(Some(0.0), 0), (Some(1.0), 0)]),
        ]
    );
}

#[test]
fn another_column_gives_the_values_met_in_rows_that_count_or_may() {
    let codes: Vec<_> = found("ward").into_iter().map(|(code, _)| code).collect();
    let some = |code: &str| Some(code.to_owned());
    assert_eq!(codes, [some("cell"), some("hospital"), None], "no row of `ed` counts");
}

#[test]
fn published_figures_are_never_added_up_across_areas() {
    let (feed, measure) = (detentions(Rows::Totals), uses());
    let plan = plan(&measure, None, &feed.contract).unwrap();
    let mut request = by("place");
    request.areas.insert("south", Days::stretch(None, None));
    let error = collect(&plan, &measure, &feed, &request).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Definition);
    assert!(error.problem.contains("`uses`") && error.problem.contains("2 areas"), "{error}");
}

#[test]
fn a_column_the_feed_lacks_is_an_error_not_a_panic() {
    let feed = detentions(Rows::Events);
    let mut measure = uses();
    measure.filter = Some(Filter::Flag("nowhere".into()));
    let plan = plan(&measure, None, &feed.contract).unwrap();
    let error = collect(&plan, &measure, &feed, &by("place")).unwrap_err();
    assert!(error.to_string().starts_with("data/feed/feed.toml: "), "{error}");
}

#[test]
fn shares_of_a_split_are_of_the_rows_whose_code_is_known() {
    let feed = detentions(Rows::Events);
    let measure = Measure { split_shares: true, ..uses() };
    let plan = plan(&measure, None, &feed.contract).unwrap();
    let series = collect(&plan, &measure, &feed, &by("place")).unwrap();
    let codes: Vec<_> = series.iter().map(|(code, _)| code.as_deref()).collect();
    assert_eq!(codes, [Some("hospital"), Some("ed"), Some("cell")], "rows without one are no part");
    let january: Vec<_> = series.iter().map(|(_, one)| one.points[0].value).collect();
    assert_eq!(january, [Some(0.5), Some(0.0), Some(0.5)]);
    // February: one row may count at the hospital, one counts and nobody knows where
    let february = &series[0].1.points[1];
    assert_eq!((february.value, february.unknown), (None, 2));
    assert_eq!(february.bounds, Some((0.0, 1.0)));
    assert!(series.iter().all(|(_, one)| one.unit == Unit::Proportion));
}
