//! Aggregates: small cases worked by hand; random rows are counted one after the other in `random`.

use chrono::{NaiveDate, NaiveDateTime};
use concordat::aggregate::stays::Flow;
use concordat::aggregate::{Grid, Why, Window};
use concordat::area::Members;
use concordat::error::Place;
use concordat::feeds::Feed;
use concordat::feeds::contract::{Contract, Empty, Rows};
use concordat::filter::{ColumnType, Filter};
use concordat::indicators::measure::{
    Convention, Interval, Kind, Length, Limit, Measure, Quantity, Stay, Unknown,
};
use concordat::measures::Request;
use concordat::measures::aggregates::{
    by_codes, by_hour, cost, distribution, flow, lengths, people, window,
};
use concordat::measures::plan::{Plan, plan};
use concordat::period::{Grain, Month};
use concordat::unit::Unit;

use super::frame::{Row, Value, contract, coverage, day, feed};

mod random;

const HOUR: i64 = 3_600;

fn time(text: &str) -> Value {
    Value::Time(NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap())
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn row(pairs: &[(&str, Value)]) -> Row {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

/// Events with every column that an aggregate may ask for.
fn events(rows: &[Row]) -> Feed {
    let columns = [
        ("id", ColumnType::Text),
        ("on", ColumnType::Time),
        ("area", ColumnType::Area),
        ("called", ColumnType::Time),
        ("arrived", ColumnType::Time),
        ("ended", ColumnType::Time),
        ("extended", ColumnType::Flag),
        ("wanted", ColumnType::Flag),
        ("person", ColumnType::Text),
        ("place", ColumnType::Code(["suite", "ed", "cell"].map(str::to_owned).to_vec())),
        ("outcome", ColumnType::Code(["home", "ward"].map(str::to_owned).to_vec())),
    ];
    let contract = Contract {
        event_time: Some("on".to_owned()),
        open_ends: ["ended".to_owned()].into(),
        ..contract(Rows::Events, &columns)
    };
    let coverage = coverage(rows, "on", Some("area"));
    feed(contract, rows, coverage)
}

fn measure(kind: Kind, filter: Option<Filter>) -> Measure {
    Measure {
        id: "uses".into(),
        title: "Uses".into(),
        feed: "feed".into(),
        filter,
        kind,
        unit: Unit::Count,
        stock: false,
        split_shares: false,
        each: None,
        period_by: None,
        source: String::new(),
        place: Place::file("measures.toml"),
    }
}

fn request(as_at: &str) -> Request {
    Request {
        areas: ["north"].into_iter().collect(),
        split: None,
        in_force: Members::default(),
        grain: Grain::Month,
        as_at: as_at.parse().unwrap(),
        first: None,
        populations: std::collections::BTreeMap::new(),
    }
}

fn months(first: &str, last: &str) -> Window {
    let (first, last): (Month, Month) = (first.parse().unwrap(), last.parse().unwrap());
    let delivered = usize::try_from(last.since(first) + 1).unwrap();
    Window { first, last, delivered }
}

fn counting(feed: &Feed, filter: Option<Filter>) -> Plan {
    plan(&measure(Kind::Count, filter), None, &feed.contract).unwrap()
}

fn apart(apart: &[(Why, f64)]) -> Vec<(Why, i32)> {
    apart.iter().map(|(why, rows)| (*why, *rows as i32)).collect()
}

/// Where a grid is not 0.
fn filled(grid: &Grid<f64>) -> Vec<(&str, &str, f64)> {
    let cells = grid.rows.iter().zip(&grid.cells).flat_map(|(row, cells)| {
        grid.columns
            .iter()
            .zip(cells)
            .map(move |(column, count)| (row.as_str(), column.as_str(), *count))
    });
    cells.filter(|cell| cell.2 > 0.0).collect()
}

/// 1 October 2018 is a Monday; on the 28th the clocks show 1:00 to 1:59 twice.
#[test]
fn hours_and_weekdays_are_local_and_what_has_no_hour_is_apart() {
    let event = |on: &str, called: Option<&str>, more: &[(&str, Value)]| {
        let mut found =
            row(&[("on", time(on)), ("area", text("north")), ("wanted", Value::Flag(true))]);
        found.extend(called.map(|called| ("called".to_owned(), time(called))));
        found.extend(row(more));
        found
    };
    let mut undecided = event("2018-10-09 08:00", Some("2018-10-09 08:00"), &[]);
    undecided.remove("wanted");
    let rows = [
        event("2018-10-01 09:30", Some("2018-10-01 09:00"), &[]),
        event("2018-10-01 10:30", Some("2018-10-01 09:59"), &[]),
        // called on Saturday, detained on Sunday: the hour and the day of the column asked for
        event("2018-10-07 00:10", Some("2018-10-06 23:59"), &[]),
        event("2018-10-28 03:00", Some("2018-10-28 01:30"), &[]),
        event("2018-10-28 03:00", Some("2018-10-28 02:00"), &[]),
        event("2018-10-30 03:00", None, &[]),
        undecided,
        event("2018-10-02 09:00", Some("2018-10-02 09:00"), &[("area", text("south"))]),
        event("2018-10-02 09:00", Some("2018-10-02 09:00"), &[("wanted", Value::Flag(false))]),
        // of another month, whenever the call was
        event("2018-11-01 00:10", Some("2018-10-31 23:50"), &[]),
    ];
    let feed = events(&rows);
    let plan = counting(&feed, Some(Filter::Flag("wanted".into())));
    let october = months("2018-10", "2018-10");
    let grid = by_hour(&plan, &feed, &request("2018-11"), october, "called").unwrap();
    assert_eq!(
        filled(&grid),
        [("Monday", "09", 2.0), ("Saturday", "23", 1.0), ("Sunday", "02", 1.0)]
    );
    assert_eq!(apart(&grid.apart), [(Why::Undecided, 1), (Why::NoTime, 1), (Why::Twice, 1)]);
    assert_eq!((grid.total, grid.by_row[0], grid.by_column[9]), (4.0, 2.0, 2.0));
    assert_eq!((grid.rows.len(), grid.columns.len()), (7, 24), "hours without a case stand too");
}

#[test]
fn two_codes_at_once_leave_out_those_never_met() {
    let event = |place: Option<&str>, outcome: Option<&str>| {
        let mut found = row(&[("on", time("2018-10-01 09:30")), ("area", text("north"))]);
        found.extend(place.map(|place| ("place".to_owned(), text(place))));
        found.extend(outcome.map(|outcome| ("outcome".to_owned(), text(outcome))));
        found
    };
    let rows = [
        event(Some("suite"), Some("ward")),
        event(Some("suite"), Some("ward")),
        event(Some("cell"), Some("home")),
        event(Some("cell"), None),
        event(None, Some("home")),
    ];
    let feed = events(&rows);
    let plan = counting(&feed, None);
    let october = months("2018-10", "2018-10");
    let grid = by_codes(&plan, &feed, &request("2018-10"), october, ("place", "outcome")).unwrap();
    assert_eq!(
        (grid.rows.as_slice(), grid.columns.as_slice()),
        (
            ["suite", "cell"].map(str::to_owned).as_slice(),
            ["home", "ward"].map(str::to_owned).as_slice(),
        )
    );
    assert_eq!(grid.cells, [[0.0, 2.0], [1.0, 0.0]]);
    assert_eq!((apart(&grid.apart), grid.total), (vec![(Why::NoCode, 2)], 3.0));
}

#[test]
fn people_are_counted_by_how_often_they_came() {
    let event = |person: Option<&str>| {
        let mut found = row(&[("on", time("2018-10-01 09:30")), ("area", text("north"))]);
        found.extend(person.map(|person| ("person".to_owned(), text(person))));
        found
    };
    let named: Vec<Row> =
        "a a a b c c d d d d d d".split(' ').map(|one| event(Some(one))).collect();
    let rows: Vec<Row> = named.into_iter().chain([event(None)]).collect();
    let feed = events(&rows);
    let plan = counting(&feed, None);
    let october = months("2018-10", "2018-10");
    let found = people(&plan, &feed, &request("2018-10"), october, "person").unwrap();
    let classes: Vec<_> =
        found.classes.iter().map(|one| (one.times, one.people, one.events)).collect();
    assert_eq!(
        classes,
        [(1, 1.0, 1.0), (2, 1.0, 2.0), (3, 1.0, 3.0), (4, 0.0, 0.0), (5, 1.0, 6.0)]
    );
    assert!(found.classes[4].or_more && !found.classes[3].or_more);
    assert_eq!(
        (found.people, found.events, found.again, found.events_again),
        (4.0, 12.0, 3.0, 11.0)
    );
    assert_eq!(apart(&found.apart), [(Why::NoPerson, 1)]);
}

/// 72 hours before 15 October, then 36 where extended, else 24.
fn limits() -> Vec<Limit> {
    let limit = |before: Option<NaiveDate>, when: Option<Filter>, hours: i64| Limit {
        before,
        when,
        length: Length::Seconds(hours * HOUR),
    };
    vec![
        limit(Some(day("2018-10-15")), None, 72),
        limit(None, Some(Filter::Flag("extended".into())), 36),
        limit(None, None, 24),
    ]
}

fn held_from_arrival(longest: Option<i64>) -> Interval {
    Interval { from: "arrived".into(), to: "ended".into(), longest, calendar: None }
}

fn held() -> Kind {
    Kind::Within {
        clock: held_from_arrival(None),
        limits: limits(),
        standard: None,
        unknown: Unknown::Exclude,
    }
}

fn stay(arrived: Option<&str>, ended: Option<&str>, extended: Option<bool>) -> Row {
    let on = time(arrived.unwrap_or("2018-10-20 12:00"));
    let mut found = row(&[("on", on), ("area", text("north"))]);
    found.extend(arrived.map(|arrived| ("arrived".to_owned(), time(arrived))));
    found.extend(ended.map(|ended| ("ended".to_owned(), time(ended))));
    found.extend(extended.map(|extended| ("extended".to_owned(), Value::Flag(extended))));
    found
}

#[test]
fn lengths_longer_than_can_be_true_stand_apart() {
    let no = Some(false);
    let rows = [
        stay(Some("2018-10-20 12:00"), Some("2018-10-20 12:30"), no),
        // as long as can be true, and a minute longer
        stay(Some("2018-10-20 12:00"), Some("2018-10-23 12:00"), no),
        stay(Some("2018-10-20 12:00"), Some("2018-10-23 12:01"), no),
    ];
    let feed = events(&rows);
    let of = Quantity::Elapsed(held_from_arrival(Some(72 * HOUR)));
    let plan = plan(&measure(Kind::Mean { of }, None), None, &feed.contract).unwrap();
    let october = months("2018-10", "2018-10");
    let found = distribution(&plan, &feed, &request("2018-10"), october).unwrap().unwrap();
    assert_eq!((found.known, found.ninetieth), (2.0, Some((72 * HOUR) as f64)));
    assert_eq!(apart(&found.apart), [(Why::TooLong, 1)]);
}

#[test]
fn lengths_are_held_to_the_limit_of_their_own_day() {
    let no = Some(false);
    let mut open = stay(Some("2018-10-31 12:00"), None, no);
    open.insert("ended@blank".into(), Value::Flag(true));
    let mut open_over = stay(Some("2018-10-29 12:00"), None, no);
    open_over.insert("ended@blank".into(), Value::Flag(true));
    let rows = [
        // under the limit of 72 hours: 30 hours
        stay(Some("2018-10-14 23:59"), Some("2018-10-16 05:59"), no),
        // 30 hours a minute later are over 24
        stay(Some("2018-10-15 00:00"), Some("2018-10-16 06:00"), no),
        // exactly on the limit, and a minute over it
        stay(Some("2018-10-20 12:00"), Some("2018-10-21 12:00"), no),
        stay(Some("2018-10-20 12:00"), Some("2018-10-21 12:01"), no),
        // extended: inside 36
        stay(Some("2018-10-20 12:00"), Some("2018-10-21 18:00"), Some(true)),
        // not known whether extended: 30 hours cannot be told, 40 are over either way
        stay(Some("2018-10-20 12:00"), Some("2018-10-21 18:00"), None),
        stay(Some("2018-10-20 12:00"), Some("2018-10-22 04:00"), None),
        // the night has an hour more: 12:00 to 12:00 are 25 hours
        stay(Some("2018-10-27 12:00"), Some("2018-10-28 12:00"), no),
        stay(Some("2018-10-20 12:00"), Some("2018-10-20 11:00"), no),
        stay(None, Some("2018-10-20 11:00"), no),
        stay(Some("2018-10-20 12:00"), None, no),
        open,
        open_over,
        // no length at all is in the first band
        stay(Some("2018-10-20 12:00"), Some("2018-10-20 12:00"), no),
    ];
    let feed = events(&rows);
    let plan = plan(&measure(held(), None), None, &feed.contract).unwrap();
    let october = months("2018-10", "2018-10");
    let found = distribution(&plan, &feed, &request("2018-10"), october).unwrap().unwrap();
    assert_eq!(found.limits, [24, 36, 72].map(|hours| hours * HOUR));
    // 30, 30, 24, 24:01, 30, 30, 40, 25, 0
    assert_eq!(found.known, 9.0);
    assert_eq!((found.over, found.untold), (Some(4.0), 1.0));
    // of 0, 24, 24:01, 25, 30, 30, 30, 30, 40 the fifth and the ninth (8.1 rounded up)
    assert_eq!(found.median, Some((30 * HOUR) as f64));
    assert_eq!(found.ninetieth, Some((40 * HOUR) as f64));
    assert_eq!(apart(&found.apart), [(Why::NotKnown, 2), (Why::Negative, 1), (Why::Open, 2)]);
    assert_eq!(found.open_over, 1.0);
    // 6 hours is the narrowest width that divides 24, 36 and 72 and has no more than 16 bands to 72
    let bands: Vec<_> = found
        .bands
        .iter()
        .filter(|band| band.rows > 0.0)
        .map(|band| (band.above / HOUR, band.to.map(|to| to / HOUR), band.rows, band.over))
        .collect();
    assert_eq!(
        bands,
        [
            (0, Some(6), 1.0, 0.0),
            (18, Some(24), 1.0, 0.0),
            (24, Some(30), 6.0, 3.0),
            (36, Some(42), 1.0, 1.0),
        ]
    );
    assert_eq!(found.bands.last().map(|band| (band.above / HOUR, band.to)), Some((72, None)));
}

#[test]
fn a_later_window_has_no_limit_of_before() {
    let rows = [stay(Some("2018-11-20 12:00"), Some("2018-11-20 13:00"), Some(false))];
    let feed = events(&rows);
    let plan = plan(&measure(held(), None), None, &feed.contract).unwrap();
    let november = months("2018-11", "2018-11");
    let found = distribution(&plan, &feed, &request("2018-11"), november).unwrap().unwrap();
    assert_eq!(found.limits, [24 * HOUR, 36 * HOUR]);
}

/// Stays by the day of January 2018 on which they start and end; the year before by negative days.
fn stays(rows: &[(i64, Option<i64>, Option<f64>)]) -> Feed {
    let columns = [
        ("id", ColumnType::Text),
        ("area", ColumnType::Area),
        ("from", ColumnType::Date),
        ("to", ColumnType::Date),
        ("person", ColumnType::Text),
        ("cost", ColumnType::Decimal),
    ];
    let contract = Contract {
        event_time: Some("from".to_owned()),
        empty: Empty::Zero,
        ..contract(Rows::Stays, &columns)
    };
    let on = |number: i64| Value::Date(day("2018-01-01") + chrono::TimeDelta::days(number));
    let rows: Vec<Row> = rows
        .iter()
        .enumerate()
        .map(|(at, (from, to, cost))| {
            let mut found = row(&[
                ("id", text(&format!("s{at}"))),
                ("area", text("north")),
                ("from", on(*from)),
                ("person", text(&format!("p{at}"))),
            ]);
            found.extend(to.map(|to| ("to".to_owned(), on(to))));
            found.extend(cost.map(|cost| ("cost".to_owned(), Value::Decimal(cost))));
            found
        })
        .collect();
    let coverage = coverage(&rows, "from", Some("area"));
    feed(contract, &rows, coverage)
}

fn of_stays(feed: &Feed, bed_days: bool) -> Plan {
    let stay = Stay { from: "from".into(), to: "to".into(), person: Some("person".into()) };
    let kind = if bed_days {
        Kind::BedDays { stay, convention: Convention::Mhsds }
    } else {
        Kind::Open { stay }
    };
    plan(&measure(kind, None), None, &feed.contract).unwrap()
}

/// Of January 2018, 31 days from day 0 to day 30.
///
/// | stay | days | at risk on the days of the stay | ends |
/// |---|---|---|---|
/// | a | 0 to 2 | 0, 1, 2 | after 2 nights |
/// | b | 1 to 4 | 0, 1, 2, 3 | after 3 |
/// | c | 30, open | 0 | |
/// | d | −5 to 3 | 5, 6, 7, 8 (day 0 is the fifth) | after 8 |
/// | e | 10 to 10 | 0 | after none |
/// | f | −9 to −1 | before January | |
///
/// At risk: 4 on day 0 (one ends), 2 on day 1, 2 on day 2 (one ends), 1 on day 3 (it ends). Lasting more
/// than 0 nights 3/4, than 1 3/4, than 2 3/8, than 3 none: 15/8 nights on average.
#[test]
fn the_life_table_of_a_month() {
    let feed = stays(&[
        (0, Some(2), None),
        (1, Some(4), None),
        (30, None, None),
        (-5, Some(3), None),
        (10, Some(10), None),
        (-9, Some(-1), None),
    ]);
    let january = months("2018-01", "2018-01");
    let found = flow(&of_stays(&feed, false), &feed, &request("2018-01"), january);
    let Flow { open, started, days, ended, a_day, mean, lasting, within, cut, undecided } =
        found.unwrap().unwrap();
    assert_eq!((open, started, days, ended, undecided), (1.0, 4.0, 31.0, 4.0, 0.0));
    assert_eq!((lasting, cut), (vec![0.75, 0.75, 0.375, 0.0], false));
    assert_eq!((a_day, mean), (4.0 / 31.0, 1.875));
    assert_eq!(within, [0.0, 0.4, 0.8, 1.0, 1.0]);
}

#[test]
fn lengths_of_stays_that_ended_and_those_open() {
    let feed = stays(&[
        (0, Some(2), None),
        (-20, Some(10), None),
        (5, Some(5), None),
        (5, Some(40), None),
        (30, None, None),
        (-9, Some(-1), None),
    ]);
    let january = months("2018-01", "2018-01");
    let found = lengths(&of_stays(&feed, false), &feed, &request("2018-03"), january);
    let found = found.unwrap().unwrap();
    // 0, 2 and 30 nights
    assert_eq!((found.known, found.median), (3.0, Some(2.0 * 86_400.0)));
    assert_eq!(found.ninetieth, Some(30.0 * 86_400.0));
    assert_eq!(apart(&found.apart), [(Why::Open, 2)]);
    assert!(found.days && found.over.is_none());
}

/// In January: 2 nights at £500.50, 31 nights at no known cost, 1 night of the open one at £400.
#[test]
fn the_cost_of_what_is_known_and_its_coverage() {
    let feed = stays(&[
        (0, Some(2), Some(500.5)),
        (-3, Some(45), None),
        (30, None, Some(400.0)),
        (10, Some(10), Some(9999.0)),
    ]);
    let january = months("2018-01", "2018-01");
    let plan = of_stays(&feed, true);
    let found = cost(&plan, &feed, &request("2018-01"), january, "cost").unwrap().unwrap();
    assert_eq!(found.months.len(), 1);
    let total = found.total;
    assert_eq!((total.bed_days, total.known, total.pounds), (34.0, 3.0, 1401.0));
    assert_eq!(total.share, Some(3.0 / 34.0));
    let open = of_stays(&feed, false);
    assert_eq!(cost(&open, &feed, &request("2018-01"), january, "cost").unwrap(), None);
}

/// The latest settled month that was delivered, and no more months than asked for.
#[test]
fn the_window_is_of_settled_months_alone() {
    let event = |on: &str| row(&[("on", time(on)), ("area", text("north"))]);
    let rows = ["2018-01-05 10:00", "2018-02-05 10:00", "2018-04-05 10:00", "2018-05-05 10:00"];
    let mut feed = events(&rows.map(event));
    let counted = counting(&feed, None);
    let asked = request("2018-05");
    assert_eq!(
        window(&counted, &feed, &asked, 12),
        Some(Window { delivered: 4, ..months("2018-01", "2018-05") })
    );
    feed.contract.settles_after = 1;
    assert_eq!(
        window(&counted, &feed, &asked, 3),
        Some(Window { delivered: 2, ..months("2018-02", "2018-04") })
    );
    assert_eq!(window(&counted, &feed, &request("2018-01"), 12), None, "nothing has settled");
}
