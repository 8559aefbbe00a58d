//! What became of the series of a world: colours, changes, delays.

use std::collections::BTreeMap;
use std::ops::Range;

use concordat::indicators::Better;
use concordat::indicators::target::Goal;
use concordat::judgement::Finding;
use concordat::judgement::rating::Colour;

use super::world::{Plain, World};

/// Periods within which a worsening should be seen, in months.
const WITHIN_MONTHS: u32 = 12;

/// Colours of a way of reading.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reading {
    /// Shares of periods that are red, amber, green and not rated.
    pub(crate) shares: [f64; 4],
    /// Standard error of the share of red, by the share of each series.
    pub(crate) red_error: f64,
    /// Changes of colour in a year, to and from "not rated" among them.
    pub(crate) changes_a_year: f64,
}

/// Months from a real worsening to the first red; 0 is the first worse period itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Delay {
    /// Of half of the series at most; `None` is later than was looked.
    pub(crate) median: Option<u32>,
    /// Of nine in ten.
    pub(crate) ninth_decile: Option<u32>,
    /// Share without a red in the first 12 months.
    pub(crate) never: f64,
    /// Months that were looked at.
    pub(crate) looked: u32,
    /// Share that is red at once, and in either of the first two periods.
    pub(crate) early: [f64; 2],
}

/// Everything that is published of a world.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outcome {
    pub(crate) series: u32,
    pub(crate) months: u32,
    pub(crate) table: Reading,
    /// This period against its target: red if missed, green if met.
    pub(crate) target: Reading,
    /// Amber if missed by up to 10 % of the target.
    pub(crate) ten: Reading,
    pub(crate) delay: Option<Delay>,
    /// Share of periods that each row of the table decided.
    pub(crate) codes: BTreeMap<&'static str, f64>,
}

/// Judges the series of a world that these seeds give.
pub(crate) fn outcome(world: &World, seeds: Range<u32>) -> Outcome {
    let number = seeds.end - seeds.start;
    let mut table = Vec::new();
    let mut plain = [Vec::new(), Vec::new()];
    let mut codes = BTreeMap::new();
    let judged = world.judged.len();
    for seed in seeds {
        let found = world.findings(seed.into());
        for finding in &found[found.len() - judged..] {
            *codes.entry(finding.rating.code).or_insert(0.0) +=
                1.0 / (f64::from(number) * judged as f64);
        }
        for (readings, allowed) in plain.iter_mut().zip([0.0, 0.1]) {
            readings.push(found.iter().map(|f| simple(f, world.plain, allowed)).collect());
        }
        table.push(found.iter().map(|finding| finding.rating.colour).collect());
    }
    let months = world.months();
    let [target, ten] = plain.map(|colours| reading(&colours, judged, months));
    Outcome {
        series: number,
        months: number * months * judged as u32,
        target,
        ten,
        delay: world.worse_from.map(|from| delay(&table, world.judged.end - from, months)),
        table: reading(&table, judged, months),
        codes,
    }
}

fn reading(series: &[Vec<Colour>], judged: usize, months: u32) -> Reading {
    let all = (series.len() * judged) as f64;
    let last = |colours: &Vec<Colour>| colours[colours.len() - judged..].to_vec();
    let share = |wanted: Colour| {
        let number = series.iter().flat_map(last).filter(|colour| *colour == wanted).count();
        number as f64 / all
    };
    let shares = [Colour::Red, Colour::Amber, Colour::Green, Colour::NotRated].map(share);
    let reds = |colours: &Vec<Colour>| {
        last(colours).iter().filter(|colour| **colour == Colour::Red).count() as f64 / judged as f64
    };
    let squares: f64 = series.iter().map(|one| (reds(one) - shares[0]).powi(2)).sum();
    let number = series.len() as f64;
    let pairs: usize = series.iter().map(|one| one.len() - 1).sum();
    let changes = |one: &Vec<Colour>| one.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let all_changes: usize = series.iter().map(changes).sum();
    Reading {
        shares,
        red_error: (squares / (number - 1.0) / number).sqrt(),
        changes_a_year: all_changes as f64 / pairs as f64 * 12.0 / f64::from(months),
    }
}

fn delay(series: &[Vec<Colour>], looked: usize, months: u32) -> Delay {
    let red_at = |colours: &Vec<Colour>| {
        colours[colours.len() - looked..].iter().position(|colour| *colour == Colour::Red)
    };
    let mut delays: Vec<Option<u32>> =
        series.iter().map(|one| red_at(one).map(|at| at as u32 * months)).collect();
    delays.sort_by_key(|delay| delay.unwrap_or(u32::MAX));
    let number = series.len() as f64;
    let before = |limit: u32| {
        delays.iter().filter(|delay| delay.is_some_and(|months| months < limit)).count() as f64
            / number
    };
    let reached = |of_ten: usize| delays[(of_ten * delays.len()).div_ceil(10).max(1) - 1];
    Delay {
        median: reached(5),
        ninth_decile: reached(9),
        never: 1.0 - before(WITHIN_MONTHS),
        looked: looked as u32 * months,
        early: [before(months), before(2 * months)],
    }
}

/// A simple reading of the latest period; `allowed` is the share of the target by which a miss is
/// amber.
fn simple(finding: &Finding, plain: Plain, allowed: f64) -> Colour {
    let facts = &finding.facts;
    let value = finding.series.points.last().and_then(|point| point.value);
    let pair = match plain {
        Plain::Target => value.zip(finding.targets.last().copied().flatten()),
        Plain::Baseline => value.zip(facts.baseline),
        Plain::Total => facts.total.map(|total| (total.to_date, total.profile)),
        Plain::Date => return finding.rating.colour,
    };
    let Some((value, target)) = pair else { return Colour::NotRated };
    let goal = finding.indicator.targets.last().map(|target| &target.goal);
    let high = finding.indicator.better == Better::Higher
        || matches!(goal, Some(Goal::AtLeast(_) | Goal::YearTotal { .. }));
    let miss = if high { target - value } else { value - target };
    if miss <= 0.0 {
        Colour::Green
    } else if miss <= allowed * target.abs() {
        Colour::Amber
    } else {
        Colour::Red
    }
}
