//! Random rows against one count after the other, sharing nothing with the engine.

use chrono::{Datelike, NaiveDateTime, Timelike};
use concordat::aggregate::{Distribution, Why, Window};
use concordat::feeds::Feed;
use concordat::filter::Filter;
use concordat::indicators::measure::{Kind, Quantity};
use concordat::measures::aggregates::{
    by_codes, by_hour, cost, distribution, flow, lengths, people,
};
use concordat::measures::plan::{Plan, plan};

use super::{
    HOUR, counting, events, held, held_from_arrival, measure, months, of_stays, request, row,
    stays, text,
};
use crate::measures::frame::{Row, Value, day, utc};

/// Numbers that look random and are the same everywhere.
struct Dice(u64);

impl Dice {
    fn under(&mut self, most: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % most.unsigned_abs()).cast_signed()
    }
}

/// Every row of a feed asked one after the other.
#[test]
fn random_events_are_as_one_count_after_the_other() {
    for seed in 0..40 {
        let mut dice = Dice(seed);
        let rows: Vec<Row> = (0..120).map(|_| some_event(&mut dice)).collect();
        let feed = events(&rows);
        let window = months("2018-09", "2018-11");
        let inside = |row: &&Row| match (row.get("on"), row.get("area")) {
            (Some(Value::Time(on)), Some(Value::Text(area))) => {
                area == "north" && on.year() == 2018 && (9..=11).contains(&on.month())
            }
            _ => false,
        };
        let counted: Vec<&Row> = rows.iter().filter(inside).collect();
        let plan = counting(&feed, None);
        let grid = by_hour(&plan, &feed, &request("2018-12"), window, "called").unwrap();
        for (weekday, cells) in grid.cells.iter().enumerate() {
            for (hour, count) in cells.iter().enumerate() {
                let here = |row: &&&Row| match row.get("called") {
                    Some(Value::Time(at)) => {
                        at.weekday().num_days_from_monday() as usize == weekday
                            && at.hour() as usize == hour
                            && !(at.date() == day("2018-10-28") && at.hour() == 1)
                    }
                    _ => false,
                };
                assert_eq!(*count, counted.iter().filter(here).count() as f64, "{seed}");
            }
        }
        let lost: f64 = grid.apart.iter().map(|(_, rows)| rows).sum();
        assert_eq!(grid.total + lost, counted.len() as f64, "every row is somewhere");
        lengths_one_by_one(&feed, &counted, window);
    }
}

fn some_event(dice: &mut Dice) -> Row {
    let at = |dice: &mut Dice, from: &str, minutes: i64| {
        let start = NaiveDateTime::parse_from_str(from, "%Y-%m-%d %H:%M").unwrap();
        start + chrono::TimeDelta::minutes(dice.under(minutes))
    };
    let on = at(dice, "2018-08-20 00:00", 120 * 24 * 60);
    let area = if dice.under(3) > 0 { "north" } else { "south" };
    let mut found = row(&[("on", Value::Time(on)), ("area", text(area))]);
    if dice.under(8) > 0 {
        // now and then in the repeated hour
        let called = if dice.under(9) == 0 {
            at(dice, "2018-10-28 00:30", 120)
        } else {
            on + chrono::TimeDelta::minutes(dice.under(600))
        };
        found.insert("called".into(), Value::Time(called));
    }
    if dice.under(10) > 0 {
        found.insert("arrived".into(), Value::Time(on));
    }
    if dice.under(6) > 0 {
        let ended = on + chrono::TimeDelta::minutes(dice.under(80 * 60) - 60);
        found.insert("ended".into(), Value::Time(ended));
    }
    if dice.under(5) > 0 {
        found.insert("extended".into(), Value::Flag(dice.under(4) == 0));
    }
    found
}

/// Seconds, and whether they are over the limit; `None` where it cannot be told.
type Clock = (i64, Option<bool>);

/// A row's clock, where it has both times.
fn clock(row: &Row) -> Option<Clock> {
    let (Some(Value::Time(from)), Some(Value::Time(to))) = (row.get("arrived"), row.get("ended"))
    else {
        return None;
    };
    let seconds = utc(*to) - utc(*from);
    if from.date() < day("2018-10-15") {
        return Some((seconds, Some(seconds > 72 * HOUR)));
    }
    let over = |hours: i64| seconds > hours * HOUR;
    let over = match row.get("extended") {
        Some(Value::Flag(true)) => Some(over(36)),
        Some(Value::Flag(false)) => Some(over(24)),
        _ if over(24) == over(36) => Some(over(24)),
        _ => None,
    };
    Some((seconds, over))
}

fn lengths_one_by_one(feed: &Feed, counted: &[&Row], window: Window) {
    let within = plan(&measure(held(), None), None, &feed.contract).unwrap();
    let found = distribution(&within, feed, &request("2018-12"), window).unwrap().unwrap();
    let clocks: Vec<Clock> =
        counted.iter().filter_map(|row| clock(row)).filter(|(seconds, _)| *seconds >= 0).collect();
    let number = |wanted: &dyn Fn(&Clock) -> bool| {
        clocks.iter().filter(|clock| wanted(clock)).count() as f64
    };
    assert_eq!(found.known, clocks.len() as f64);
    assert_eq!(found.over, Some(number(&|clock| clock.1 == Some(true))));
    assert_eq!(found.untold, number(&|clock| clock.1.is_none()));
    for band in &found.bands {
        let inside = |seconds: i64| {
            (seconds > band.above || seconds == 0 && band.above == 0)
                && band.to.is_none_or(|to| seconds <= to)
        };
        assert_eq!(band.rows, number(&|clock| inside(clock.0)));
        assert_eq!(band.over, number(&|clock| inside(clock.0) && clock.1 == Some(true)));
    }
    // half of them do not exceed the median, and none of those below it are half of them
    let at_most = |most: f64| number(&|clock| clock.0 as f64 <= most);
    let below = |most: f64| number(&|clock| (clock.0 as f64) < most);
    for (found, share) in [(found.median, 0.5), (found.ninetieth, 0.9)] {
        let Some(found) = found else { continue };
        let wanted = share * clocks.len() as f64 - 1e-9;
        assert!(at_most(found) >= wanted && below(found) < wanted.max(1.0));
    }
    // the same rows without a limit
    let elapsed = |longest| -> Distribution<f64> {
        let of = Quantity::Elapsed(held_from_arrival(longest));
        let plan = plan(&measure(Kind::Quantile { of, at: 0.5 }, None), None, &feed.contract);
        distribution(&plan.unwrap(), feed, &request("2018-12"), window).unwrap().unwrap()
    };
    let free = elapsed(None);
    assert_eq!((free.known, free.median, free.over), (found.known, found.median, None));
    // what is longer than can be true stands apart
    let bounded = elapsed(Some(30 * HOUR));
    let too_long = bounded.apart.iter().find(|(why, _)| *why == Why::TooLong);
    assert_eq!(bounded.known, number(&|clock| clock.0 <= 30 * HOUR));
    assert_eq!(bounded.known + too_long.map_or(0.0, |(_, rows)| *rows), free.known);
}

/// The life table, day by day of the window and stay by stay.
#[test]
fn random_stays_are_as_one_day_after_the_other() {
    for seed in 0..60 {
        let mut dice = Dice(1_000 + seed);
        let made: Vec<(i64, Option<i64>, Option<f64>)> = (0..40)
            .map(|_| {
                let from = dice.under(80) - 50;
                let to = (dice.under(4) > 0).then(|| from + dice.under(25));
                (from, to, (dice.under(3) > 0).then(|| dice.under(90_000) as f64 / 100.0))
            })
            .collect();
        let feed = stays(&made);
        let january = months("2018-01", "2018-01");
        let found = flow(&of_stays(&feed, false), &feed, &request("2018-01"), january);
        let found = found.unwrap().unwrap();
        // as known at the end of January
        let there = |stay: &(i64, Option<i64>, Option<f64>), day: i64| {
            stay.0 <= day && stay.1.is_none_or(|to| to >= day)
        };
        let mut share = 1.0;
        for (nights, lasting) in found.lasting.iter().enumerate() {
            let nights = nights as i64;
            let on_day = |day: i64| made.iter().filter(move |stay| day - stay.0 == nights);
            let at_risk: usize =
                (0..31).map(|day| on_day(day).filter(|stay| there(stay, day)).count()).sum();
            let ends: usize =
                (0..31).map(|day| on_day(day).filter(|stay| stay.1 == Some(day)).count()).sum();
            share *= (at_risk - ends) as f64 / at_risk as f64;
            assert_eq!(*lasting, share, "seed {seed}, {nights} nights");
        }
        let open = made.iter().filter(|stay| stay.0 <= 30 && stay.1.is_none_or(|to| to > 30));
        assert_eq!(found.open, open.count() as f64);
        let priced = cost(&of_stays(&feed, true), &feed, &request("2018-01"), january, "cost");
        let total = priced.unwrap().unwrap().total;
        let nights = |stay: &(i64, Option<i64>, Option<f64>)| {
            (0..31).filter(|day| stay.0 <= *day && stay.1.is_none_or(|to| to > *day)).count() as i64
        };
        assert_eq!(total.bed_days, made.iter().map(nights).sum::<i64>() as f64);
        let pence: i64 = made
            .iter()
            .filter_map(|stay| Some(nights(stay) * (stay.2? * 100.0).round() as i64))
            .sum();
        assert_eq!(total.pounds, pence as f64 / 100.0);
    }
}

/// Two codes at once and people, each row asked in turn for each cell and each person.
#[test]
fn random_codes_and_people_are_as_one_row_after_the_other() {
    for seed in 0..60 {
        let mut dice = Dice(2_000 + seed);
        let made: Vec<Row> = (0..90).map(|_| somebodys_event(&mut dice)).collect();
        let feed = events(&made);
        let plan = counting(&feed, Some(Filter::Flag("wanted".into())));
        let of_month = |row: &&Row| {
            let Some(Value::Time(on)) = row.get("on") else { return false };
            on.date() >= day("2018-10-01")
                && on.date() <= day("2018-10-31")
                && has(row, "area", "north")
        };
        let asked = |wanted: Option<bool>| {
            let wanted = wanted.map(Value::Flag);
            let asked = |row: &&Row| row.get("wanted") == wanted.as_ref();
            made.iter().filter(of_month).filter(asked).collect::<Vec<&Row>>()
        };
        let (rows, undecided) = (asked(Some(true)), asked(None).len() as f64);
        codes_one_by_one((&plan, &feed), &rows, undecided);
        people_one_by_one((&plan, &feed), &rows, undecided);
    }
}

fn has(row: &Row, column: &str, code: &str) -> bool {
    row.get(column) == Some(&text(code))
}

/// How many rows stand apart for a reason.
fn told(all: &[(Why, f64)], why: Why) -> f64 {
    all.iter().filter(|one| one.0 == why).map(|one| one.1).sum()
}

fn codes_one_by_one((plan, feed): (&Plan, &Feed), rows: &[&Row], undecided: f64) {
    let window = months("2018-10", "2018-10");
    let grid = by_codes(plan, feed, &request("2018-12"), window, ("place", "outcome")).unwrap();
    let number =
        |wanted: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| wanted(row)).count() as f64;
    for place in ["suite", "ed", "cell"] {
        let met = number(&|row| has(row, "place", place)) > 0.0;
        assert_eq!(grid.rows.contains(&place.to_owned()), met, "{place}");
    }
    for (place, cells) in grid.rows.iter().zip(&grid.cells) {
        for (outcome, count) in grid.columns.iter().zip(cells) {
            let here = |row: &Row| has(row, "place", place) && has(row, "outcome", outcome);
            assert_eq!(*count, number(&here), "{place}, {outcome}");
        }
    }
    for (place, sum) in grid.rows.iter().zip(&grid.by_row) {
        let here = |row: &Row| has(row, "place", place) && row.contains_key("outcome");
        assert_eq!(*sum, number(&here), "{place}");
    }
    for (outcome, sum) in grid.columns.iter().zip(&grid.by_column) {
        let here = |row: &Row| has(row, "outcome", outcome) && row.contains_key("place");
        assert_eq!(*sum, number(&here), "{outcome}");
    }
    let both = |row: &Row| row.contains_key("place") && row.contains_key("outcome");
    assert_eq!(grid.total, number(&both));
    assert_eq!(told(&grid.apart, Why::NoCode), number(&|row| !both(row)));
    assert_eq!(told(&grid.apart, Why::Undecided), undecided);
}

fn people_one_by_one((plan, feed): (&Plan, &Feed), rows: &[&Row], undecided: f64) {
    let window = months("2018-10", "2018-10");
    let found = people(plan, feed, &request("2018-12"), window, "person").unwrap();
    let number =
        |wanted: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| wanted(row)).count() as f64;
    let times = |person: &str| number(&|row| has(row, "person", person));
    let came: Vec<f64> = PEOPLE.iter().map(|one| times(one)).filter(|n| *n > 0.0).collect();
    for (class, number) in found.classes.iter().zip(1..) {
        let here = |n: &&f64| **n == f64::from(number) || number == 5 && **n > 5.0;
        assert_eq!(class.people, came.iter().filter(here).count() as f64);
        assert_eq!(class.events, came.iter().filter(here).sum::<f64>());
    }
    let again: Vec<f64> = came.iter().copied().filter(|n| *n > 1.0).collect();
    assert_eq!((found.people, found.events), (came.len() as f64, came.iter().sum()));
    assert_eq!((found.again, found.events_again), (again.len() as f64, again.iter().sum()));
    let nobody = number(&|row| !row.contains_key("person"));
    assert_eq!(told(&found.apart, Why::NoPerson), nobody);
    assert_eq!(told(&found.apart, Why::Undecided), undecided);
    assert_eq!(found.events + nobody, rows.len() as f64, "every row is somewhere");
}

const PEOPLE: [&str; 9] = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];

/// An event about October 2018; now and then something about it is not known, and some people come
/// oftener than others.
fn somebodys_event(dice: &mut Dice) -> Row {
    let from = day("2018-09-20").and_hms_opt(0, 0, 0).unwrap();
    let on = from + chrono::TimeDelta::minutes(dice.under(55 * 24 * 60));
    let area = if dice.under(4) > 0 { "north" } else { "south" };
    let mut found = row(&[("on", Value::Time(on)), ("area", text(area))]);
    let mut pick = |column: &str, of: &[&str], unknown: i64| {
        let most = dice.under(of.len() as i64) + 1;
        let one = of[usize::try_from(dice.under(most)).unwrap()];
        if dice.under(unknown) > 0 {
            found.insert(column.into(), text(one));
        }
    };
    pick("place", &["suite", "ed", "cell"], 7);
    pick("outcome", &["home", "ward"], 5);
    pick("person", &PEOPLE, 6);
    if dice.under(9) > 0 {
        found.insert("wanted".into(), Value::Flag(dice.under(5) > 0));
    }
    found
}

/// The nights of stays, counted one night after the other.
#[test]
fn random_nights_are_as_one_night_after_the_other() {
    for seed in 0..60 {
        let mut dice = Dice(3_000 + seed);
        let made: Vec<(i64, Option<i64>, Option<f64>)> = (0..50)
            .map(|_| {
                let from = dice.under(90) - 60;
                let longest = dice.under(60) + 1;
                (from, (dice.under(5) > 0).then(|| from + dice.under(longest)), None)
            })
            .collect();
        let feed = stays(&made);
        let january = months("2018-01", "2018-01");
        let request = request("2018-01");
        let found = lengths(&of_stays(&feed, false), &feed, &request, january).unwrap().unwrap();
        // a night is one that begins on a day of the stay before its last
        let nights = |from: i64, to: i64| (from..to).map(|_| 1).sum::<i64>();
        let ended: Vec<i64> = made
            .iter()
            .filter_map(|(from, to, _)| Some((*from, (*to)?)))
            .filter(|(_, to)| (0..=30).contains(to))
            .map(|(from, to)| nights(from, to))
            .collect();
        let number =
            |wanted: &dyn Fn(i64) -> bool| ended.iter().filter(|n| wanted(**n)).count() as f64;
        assert_eq!((found.known, found.days), (ended.len() as f64, true), "seed {seed}");
        for band in &found.bands {
            let (above, to) = (band.above / (24 * HOUR), band.to.map(|to| to / (24 * HOUR)));
            let inside =
                |n: i64| (n > above || n == 0 && above == 0) && to.is_none_or(|to| n <= to);
            assert_eq!(band.rows, number(&inside), "seed {seed}: above {above}");
        }
        for (share, found) in [(0.5, found.median), (0.9, found.ninetieth)] {
            let Some(found) = found.map(|seconds| seconds as i64 / (24 * HOUR)) else {
                assert!(ended.is_empty());
                continue;
            };
            let wanted = share * ended.len() as f64 - 1e-9;
            assert!(number(&|n| n <= found) >= wanted, "seed {seed}");
            assert!(number(&|n| n < found) < wanted.max(1.0), "seed {seed}");
        }
        // as known at the end of January
        let open = made.iter().filter(|stay| stay.0 <= 30 && stay.1.is_none_or(|to| to > 30));
        let apart: f64 = found.apart.iter().map(|(_, rows)| rows).sum();
        assert_eq!(apart, open.count() as f64, "seed {seed}");
        assert!(found.apart.iter().all(|(why, _)| *why == Why::Open), "seed {seed}");
    }
}
