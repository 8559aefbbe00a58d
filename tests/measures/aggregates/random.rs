//! Random rows against one count after the other, sharing nothing with the engine.

use chrono::{Datelike, NaiveDateTime, Timelike};
use concordat::aggregate::{Distribution, Why, Window};
use concordat::feeds::Feed;
use concordat::indicators::measure::{Kind, Quantity};
use concordat::measures::aggregates::{by_hour, cost, distribution, flow};
use concordat::measures::plan::plan;

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
