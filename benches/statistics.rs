//! How long the statistics take: `cargo bench --bench statistics`.
//!
//! Every figure is the median of some runs on one thread, in milliseconds. What is measured is
//! made from a fixed sequence, so that two runs measure the same.
#![allow(clippy::print_stdout, reason = "a bench prints its figures")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot go on stops here")]
#![allow(clippy::cast_precision_loss, reason = "the numbers are small")]

use std::fmt::Write;
use std::hint::black_box;
use std::time::Instant;

use concordat::statistics::assurance::assurance;
use concordat::statistics::intervals::{Confidence, events};
use concordat::statistics::limits::xmr::{Options, xmr};
use concordat::statistics::signals::marks::{labels, marks};
use concordat::statistics::signals::{Rules, Side};
use concordat::stats::spc::{Settings, spc};

/// How many series and how many months each has.
const SERIES: usize = 1_000;
const MONTHS: usize = 48;
/// How many rates.
const RATES: usize = 100_000;

fn main() {
    let series = series();
    report("limits, rules, labels and assurance of 1,000 series of 48 months", 101, || {
        series.iter().filter(|values| charted(values)).count()
    });
    let folder = tempfile::tempdir().unwrap();
    let (input, points, summary) = (
        folder.path().join("input.csv"),
        folder.path().join("points.csv"),
        folder.path().join("summary.csv"),
    );
    std::fs::write(&input, file(&series)).unwrap();
    let settings = Settings { target: Some(60.0), ..Settings::default() };
    report("the same from a file to both tables in memory", 51, || {
        spc(&input, None, &settings).unwrap().tables.len()
    });
    report("the same with both tables written to files", 51, || {
        let answer = spc(&input, None, &settings).unwrap();
        std::fs::write(&points, answer.tables[0].bytes()).unwrap();
        std::fs::write(&summary, answer.tables[1].bytes()).unwrap();
    });
    for (name, most) in
        [("half of them of fewer than 10 events", 110), ("of fewer than 10 events", 10)]
    {
        let mut next = sequence();
        let mut events = |at: usize| next() % if at.is_multiple_of(2) { 10 } else { most };
        let events: Vec<f64> = (0..RATES).map(|at| events(at) as f64).collect();
        let rate = |x: &f64| events::rate(*x, 54_321.0, Confidence::NINETY_FIVE);
        report(&format!("100,000 rates, {name}, with intervals"), 21, || {
            events.iter().filter_map(rate).map(|interval| interval.upper).sum::<f64>()
        });
    }
}

/// Runs something some times and prints the median of its times and the least.
fn report<T>(what: &str, times: usize, run: impl Fn() -> T) {
    let mut taken: Vec<f64> = (0..times)
        .map(|_| {
            let start = Instant::now();
            black_box(run());
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    taken.sort_unstable_by(f64::total_cmp);
    println!("{:9.3} ms (least {:.3})  {what}", taken[times / 2], taken[0]);
}

/// Whether a series has limits, after everything has been found.
fn charted(values: &[Option<f64>]) -> bool {
    let Some(limits) = xmr(values, Options::default()) else { return false };
    let found = marks(values, &limits, Rules::default());
    black_box(labels(values, &found));
    black_box(assurance(&limits, 60.0, Side::Low));
    true
}

/// Counts about 60, a step in every tenth series.
fn series() -> Vec<Vec<Option<f64>>> {
    let mut next = sequence();
    let mut value = |series: usize, month: usize| {
        let spread: u64 = (0..4).map(|_| next() % 13).sum();
        let step = if series.is_multiple_of(10) && month >= MONTHS / 2 { 15 } else { 0 };
        Some((spread + 36 + step) as f64)
    };
    (0..SERIES).map(|series| (0..MONTHS).map(|month| value(series, month)).collect()).collect()
}

/// Marsaglia's xorshift, always from the same start.
fn sequence() -> impl FnMut() -> u64 {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state >> 11
    }
}

fn file(series: &[Vec<Option<f64>>]) -> String {
    let mut text = String::from("series_id,date,value\n");
    for (name, values) in series.iter().enumerate() {
        for (at, value) in values.iter().enumerate() {
            let (year, month) = (2021 + at / 12, at % 12 + 1);
            let value = value.map_or(String::new(), |value| value.to_string());
            writeln!(text, "series_{name:04},{year}-{month:02}-01,{value}").unwrap();
        }
    }
    text
}
