//! What the table does by chance, on made-up processes whose truth is known.
//!
//! The figures beside each test are those of the first simulation that the table was designed by.
//! The bounds leave room for a few hundred series, whose share of red has a standard error of half
//! a point to one point.

use concordat::indicators::baseline::Rebase;
use concordat::indicators::target::Goal;
use concordat::indicators::{Better, Indicator};
use concordat::judgement::rating::Colour;
use concordat::series::{Nature, Point, Series, Status};
use concordat::unit::Unit;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::build::{indicator, judged, month, target};

/// A number between 0 and 1.
fn uniform(random: &mut ChaCha8Rng) -> f64 {
    (f64::from(random.next_u32()) + 0.5) / (f64::from(u32::MAX) + 1.0)
}

/// A standard normal number (Box and Muller).
fn normal(random: &mut ChaCha8Rng) -> f64 {
    let (first, second) = (uniform(random), uniform(random));
    (-2.0 * libm::log(first)).sqrt() * libm::cos(std::f64::consts::TAU * second)
}

fn at_most(level: f64) -> Indicator {
    indicator(Better::Lower, vec![target(Goal::AtMost(level))])
}

/// A process by month and chance.
type Process = dyn Fn(usize, &mut ChaCha8Rng) -> Point;

/// Three years of a process, and the colour of each month of the third and of the one before.
fn third_year(asked: &Indicator, nature: Nature, seed: u64, process: &Process) -> Vec<Colour> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let points: Vec<Point> = (0..36)
        .map(|at| {
            let steps = i32::try_from(at).unwrap();
            let period = month("2015-01").plus(steps).period();
            Point { period, ..process(at, &mut random) }
        })
        .collect();
    (24..=36)
        .map(|length| {
            let points = points[..length].to_vec();
            judged(asked, Series { nature, unit: Unit::Ratio, points, events: None }).rating.colour
        })
        .collect()
}

/// The share of red months of the third year, and the changes of colour in it.
fn shares(asked: &Indicator, nature: Nature, number: u32, process: &Process) -> (f64, f64) {
    let (mut red, mut changes) = (0.0, 0.0);
    for seed in 0..number {
        let colours = third_year(asked, nature, seed.into(), process);
        red += colours[1..].iter().filter(|colour| **colour == Colour::Red).count() as f64;
        changes += colours.windows(2).filter(|pair| pair[0] != pair[1]).count() as f64;
    }
    let number = f64::from(number);
    (red / (12.0 * number), changes / number)
}

fn point(value: f64) -> Point {
    Point { value: Some(value), ..Point::empty(month("2015-01").period(), Status::Final) }
}

/// Independent values with a sigma of 5.
fn steady(mean: f64) -> impl Fn(usize, &mut ChaCha8Rng) -> Point {
    move |_, random| point(mean + 5.0 * normal(random))
}

/// 3 % red, 1.9 changes of colour a year.
#[test]
fn a_stable_process_on_its_target_is_seldom_red() {
    let (red, changes) = shares(&at_most(50.0), Nature::Continuous, 400, &steady(50.0));
    println!("on target: {red:.3} red, {changes:.2} changes");
    assert!(red <= 0.04 && changes <= 2.2, "{red} {changes}");
}

/// 79 % red.
#[test]
fn a_process_one_sigma_worse_is_mostly_red() {
    let (red, _) = shares(&at_most(50.0), Nature::Continuous, 400, &steady(55.0));
    println!("one sigma worse: {red:.3} red");
    assert!(red >= 0.75, "{red}");
}

/// Red at once at the median: the step is as long as a process limit is far, so half of them are
/// outside in the first month, and most by the second.
#[test]
fn half_of_the_steps_from_one_sigma_better_to_two_worse_are_red_at_once() {
    let step = |at: usize, random: &mut ChaCha8Rng| {
        point(if at < 24 { 45.0 } else { 60.0 } + 5.0 * normal(random))
    };
    let red_by = |month: usize| {
        let is_red = |seed: &u64| {
            let colours = third_year(&at_most(50.0), Nature::Continuous, *seed, &step);
            colours[1..=month].contains(&Colour::Red)
        };
        (0..400).filter(is_red).count() as f64 / 400.0
    };
    let (first, second) = (red_by(1), red_by(2));
    println!("a step: {first:.3} red in the first month, {second:.3} by the second");
    assert!(first >= 0.45 && second >= 0.7, "{first} {second}");
}

/// 1.5 % red.
#[test]
fn the_year_after_a_rebase_is_seldom_red() {
    let rebase = Rebase { from: month("2017-01"), why: "a new service".to_owned() };
    let asked = Indicator { rebases: vec![rebase], ..at_most(50.0) };
    let (red, _) = shares(&asked, Nature::Continuous, 400, &steady(50.0));
    println!("after a rebase: {red:.3} red");
    assert!(red <= 0.025, "{red}");
}

/// 5 % red. Each value carries over 0.6 of the one before.
#[test]
fn an_autocorrelated_stock_on_its_target_is_seldom_red() {
    let mut red = 0.0;
    for seed in 0..400 {
        let level = std::cell::Cell::new(0.0);
        let stock = |at: usize, random: &mut ChaCha8Rng| {
            let new = if at == 0 { 1.0 } else { 0.8 };
            level.set(0.6 * level.get() + new * normal(random));
            point(50.0 + 5.0 * level.get())
        };
        let colours = third_year_of(&stock, seed);
        red += colours[1..].iter().filter(|colour| **colour == Colour::Red).count() as f64;
    }
    let red = red / 4800.0;
    println!("stock on target: {red:.3} red");
    assert!(red <= 0.065, "{red}");
}

fn third_year_of(stock: &dyn Fn(usize, &mut ChaCha8Rng) -> Point, seed: u64) -> Vec<Colour> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let points: Vec<Point> = (0..36).map(|at| stock(at, &mut random)).collect();
    let process = move |at: usize, _: &mut ChaCha8Rng| points[at].clone();
    third_year(&at_most(50.0), Nature::Stock, seed, &process)
}

/// 2.8 % red. Shares of 200 cases whose chance itself wanders by a sigma of 5 points.
#[test]
fn an_over_dispersed_share_on_its_target_is_seldom_red() {
    let share = |_: usize, random: &mut ChaCha8Rng| {
        let chance = 0.5 + 0.05 * normal(random);
        let events = (0..200).filter(|_| uniform(random) < chance).count();
        let value = Some(events as f64 / 200.0);
        let numerator = i64::try_from(events).ok();
        Point { value, numerator, denominator: Some(200), ..point(0.0) }
    };
    let (red, _) = shares(&at_most(0.5), Nature::Proportion, 200, &share);
    println!("over-dispersed shares: {red:.3} red");
    assert!(red <= 0.045, "{red}");
}
