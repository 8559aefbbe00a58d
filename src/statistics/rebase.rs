//! A suggested rebase: since when a process has been at a new level.
//!
//! A rebase starts the limits of a chart afresh, and whoever does so without need hides a change
//! instead of showing it. So nothing here is ever applied. The guidance asks four things before
//! limits are made anew: the data behave distinctly differently; the reason is known; the change
//! is meant to last; and it has lasted long enough for new limits. The first and the last are
//! numbers, and are tested here; the two others only people know.
//!
//! # When a step is proposed
//!
//! The phase is split in two where that leaves the least unexplained (the split of the greatest
//! likelihood). It is proposed when all of these hold:
//!
//! 1. **Long enough**: [`FEWEST_POINTS`] values or more on each side. Twelve are what limits and
//!    assurance ask for, so the new phase is judged by its own from its first day; and a whole
//!    year of months, so a season does not pass for a step.
//! 2. **Beyond chance**: the difference of the two means is [`FEWEST_ERRORS`] standard errors or
//!    more. Every month of every series is looked at for the best of many splits, which is why 2
//!    would not do.
//! 3. **Clear**: the difference is one sigma or more; less, and the old limits still serve.
//! 4. **Signalled**: seven or more values running lie on the new side of the old mean.
//! 5. **Stable since**: no run and no trend of seven within the values since, and the latest six lie,
//!    on average, nearer the new mean than the old.
//! 6. **A step, not a drift**: two levels leave less unexplained than a straight line does, by 4
//!    sigma squared, so that the step is e² = 7 times likelier. New limits do not mend a drift.
//!
//! # Why the date stays put
//!
//! Every month before is played again: the proposal is the one that was made in the **first** month
//! in which all rules held, and its date is never looked for again while it stands. It falls
//! only when the mean of the latest twelve values has come back over the middle between the
//! two levels; then the search begins anew. So a date moves only by way of months without any
//! proposal, or where past figures were revised.
//!
//! # Values that carry over
//!
//! A level that carries over from month to month wanders, and looks like steps. What is left over
//! after the two means is taken for such a process: with r its lag-1 correlation (0 at least; for
//! stocks at least their [`Persistence`]) sigma is divided by √(1 − r), and the standard error is
//! multiplied by √((1 + r)/(1 − r)). Stocks show runs and trends by themselves, so these do not speak
//! against stability; instead the step must be a **jump**: the move to the first value of the new
//! level is beyond 3.267 mean moving ranges, the upper limit of the ranges. A ward that opens is
//! one; a level that crept there is not.
//!
//! # What it does
//!
//! Shares of 3,000 simulated series each, looked at every month (`tests/statistics/rebase.rs`):
//!
//! | independent values, sigma 1 | ever proposed | | a level that carries over | ever |
//! |---|---|---|---|---|
//! | stable, 3 years | 0.3 % | | stock, r = 0.6, 3 years | 0.2 % |
//! | counts about 1; about 5, 3 years | 1.2 %; 0.3 % | | stock, r = 0.9, 3 years | 0.8 % |
//! | season of 2 sigma, 4 years | 0.0 % | | stock, random walk, 3 years | 1.4 % |
//! | drift of 0.6 sigma a year, 4 years | 25 % | | r = 0.3, not called a stock | 2.7 % |
//! | step of 1.5 sigma, 2 years before and after | 76 % | | stock, r = 0.6, step of 3 sigma | 40 % |
//! | step of 2 sigma; of 3 sigma | 94 %; 99 % | | | |
//!
//! Steps are proposed at the median 12 or 13 months after them, the least that rule 1 allows. Of
//! 90,345 months with a standing proposal after a true step none was followed by another date, and
//! 43 by no proposal. The date is the true month in 48, 64 and 85 % of steps of 1.5, 2 and 3
//! sigma, and within a month of it in 75, 86 and 97 %.
//!
//! Source: Hinkley (1970), *Biometrika* 57 (the split); Wheeler (1996), *Quality Digest* (the four
//! questions); NHS England, *Making Data Count*. The thresholds are ours, set by the simulation of
//! `tests/statistics/rebase.rs`.

use super::limits::Limits;
use super::limits::xmr::{Options, SCREEN_PER_RANGE, xmr};
use super::signals::{Rules, Side, signals};
use super::stocks::Persistence;
use super::sums;

/// Values on each side of a split, at least.
pub const FEWEST_POINTS: usize = 12;
/// Standard errors between the two means, at least.
pub const FEWEST_ERRORS: f64 = 4.0;
/// Sigmas between the two means, at least.
pub const LEAST_STEP: f64 = 1.0;
/// Values running on the new side of the old mean, at least: a shift.
pub const FEWEST_RUNNING: usize = 7;
/// The latest values that must lie nearer the new mean: half of those there must be.
const LATEST: usize = 6;
/// By how many sigmas squared a step must explain more than a straight line.
const LEAST_BETTER_THAN_LINE: f64 = 4.0;

/// A step that has held long enough for limits of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proposal {
    /// Position of the first value at the new level: the first of the new phase.
    pub from: usize,
    /// Position of the value with which it was first proposed.
    pub made: usize,
    /// What speaks for it with the values there are now.
    pub evidence: Evidence,
}

/// What speaks for a step. Means and sigma are in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    /// Mean of the values before.
    pub before: f64,
    /// How many they are.
    pub points_before: usize,
    /// Mean of the values since.
    pub after: f64,
    /// How many they are.
    pub points_after: usize,
    /// One sigma of the phase: mean moving range after screening / 1.128, which one step hardly
    /// moves, divided by √(1 − r).
    pub sigma: f64,
    /// How much carries over from value to value, at least 0; see the module.
    pub r: f64,
    /// Difference of the means in standard errors, always positive: sigma · √((1 + r)/(1 − r)) ·
    /// √(1/before + 1/after) is one.
    pub errors: f64,
    /// Most values running strictly on the new side of the old mean; a gap ends a run.
    pub running: usize,
}

impl Evidence {
    /// Difference of the means in sigmas, always positive.
    pub fn step(&self) -> f64 {
        (self.after - self.before).abs() / self.sigma
    }

    /// The side of the old level on which the new one lies.
    fn side(&self) -> Option<Side> {
        Side::of(self.after - self.before)
    }

    /// Whether some values lie, on average, nearer the new mean than the old.
    fn holds(&self, values: &[f64]) -> bool {
        let middle = self.before.midpoint(self.after);
        sums::mean(values).is_some_and(|mean| Side::of(mean - middle) == self.side())
    }
}

/// The rebase that the values of one phase suggest; `None` almost always.
///
/// `values` are the settled values of the phase in order, `None` for a gap. `stock` says that they
/// are a level that carries over. The rules stand at the head of the [module](self); a gap is
/// never bridged, and counts nowhere. Where nothing varies by moving ranges (sigma 0: rare events)
/// there is no proposal.
///
/// ```
/// use concordat::statistics::rebase::rebase;
/// let level = |mean: f64| [mean - 1.0, mean, mean + 1.0, mean].repeat(3);
/// let values: Vec<Option<f64>> = [level(20.0), level(15.0)].concat().into_iter().map(Some).collect();
/// let proposal = rebase(&values, false).unwrap();
/// assert_eq!((proposal.from, proposal.made), (12, 23));
/// assert_eq!(rebase(&values[..23], false), None);
/// ```
pub fn rebase(values: &[Option<f64>], stock: bool) -> Option<Proposal> {
    let reported: Vec<(usize, f64)> =
        values.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?))).collect();
    let numbers: Vec<f64> = reported.iter().map(|(_, value)| *value).collect();
    let mut standing: Option<(usize, usize, Evidence)> = None;
    for length in 2 * FEWEST_POINTS..=reported.len() {
        let known = &numbers[..length];
        let falls = |made: &Evidence| !made.holds(&known[length - FEWEST_POINTS..]);
        standing = standing.filter(|(_, _, made)| !falls(made));
        if standing.is_none() {
            let made = reported[length - 1].0;
            standing = found(&values[..=made], &reported[..length], stock)
                .map(|(split, evidence)| (split, made, evidence));
        }
    }
    let (split, made, _) = standing?;
    Some(Proposal {
        from: reported[split].0,
        made,
        evidence: evidence(values, &reported, split, stock)?,
    })
}

/// The split of one month, if all rules hold: how many values lie before it, and what speaks for it.
fn found(
    values: &[Option<f64>],
    reported: &[(usize, f64)],
    stock: bool,
) -> Option<(usize, Evidence)> {
    let numbers: Vec<f64> = reported.iter().map(|(_, value)| *value).collect();
    let split = likeliest(&numbers)?;
    if split.min(numbers.len() - split) < FEWEST_POINTS {
        return None;
    }
    let evidence = evidence(values, reported, split, stock)?;
    let clear = evidence.errors >= FEWEST_ERRORS
        && evidence.step() >= LEAST_STEP
        && evidence.running >= FEWEST_RUNNING
        && evidence.holds(&numbers[numbers.len() - LATEST..]);
    let better = unexplained_by_line(reported)? - unexplained_by_step(&numbers, &evidence);
    let is_step = better >= LEAST_BETTER_THAN_LINE * evidence.sigma * evidence.sigma;
    let at = reported[split].0;
    let stable = if stock { is_jump(values, at) } else { is_stable(&values[at..]) };
    (clear && is_step && stable).then_some((split, evidence))
}

/// How many values lie before the split that leaves the least unexplained; of equals the earliest.
///
/// With dᵢ the values less their mean and Sₖ the sum of the first k, that is where
/// Sₖ² · n/(k·(n − k)) is greatest. `None` with fewer than two values, or where all are equal.
fn likeliest(numbers: &[f64]) -> Option<usize> {
    let mean = sums::mean(numbers)?;
    let total = sums::count(numbers.len());
    let (mut best, mut most, mut sum) = (None, 0.0, 0.0);
    for (at, value) in numbers.iter().enumerate().take(numbers.len() - 1) {
        sum += value - mean;
        let before = sums::count(at + 1);
        let explained = sum * sum * total / (before * (total - before));
        // What differs by rounding only is equal.
        if explained > most * (1.0 + 1e-9) {
            (best, most) = (Some(at + 1), explained);
        }
    }
    best
}

/// What speaks for a given split; `None` where nothing varies.
fn evidence(
    values: &[Option<f64>],
    reported: &[(usize, f64)],
    split: usize,
    stock: bool,
) -> Option<Evidence> {
    let numbers: Vec<f64> = reported.iter().map(|(_, value)| *value).collect();
    let (old, new) = numbers.split_at_checked(split)?;
    let (before, after) = (sums::mean(old)?, sums::mean(new)?);
    let left_over: Vec<Option<f64>> = values
        .iter()
        .enumerate()
        .map(|(at, value)| {
            let mean = if at < reported[split].0 { before } else { after };
            value.map(|value| value - mean)
        })
        .collect();
    let persistence =
        stock.then(|| Persistence::estimate(values).unwrap_or(Persistence::UNKNOWN).r());
    let r = carried_over(&left_over).max(persistence.unwrap_or(0.0));
    let ranged = xmr(values, Options::default())?.sigma.filter(|sigma| *sigma > 0.0)?;
    let sigma = ranged / (1.0 - r).sqrt();
    let (n, m) = (sums::count(old.len()), sums::count(new.len()));
    let error = sigma * ((1.0 + r) / (1.0 - r)).sqrt() * (1.0 / n + 1.0 / m).sqrt();
    let difference = after - before;
    Some(Evidence {
        before,
        points_before: old.len(),
        after,
        points_after: new.len(),
        sigma,
        r,
        errors: difference.abs() / error,
        running: running(&values[reported[split].0..], before, Side::of(difference)?),
    })
}

/// Lag-1 correlation about 0, from neighbours without a gap between them; at least 0, below 1.
fn carried_over(left_over: &[Option<f64>]) -> f64 {
    let products: Vec<f64> =
        left_over.windows(2).filter_map(|pair| Some(pair[0]? * pair[1]?)).collect();
    let square = sum_of_squares(left_over.iter().flatten().copied());
    if square > 0.0 { (sums::sum(&products) / square).clamp(0.0, 0.99) } else { 0.0 }
}

/// Most values running strictly on one side of a mean.
fn running(values: &[Option<f64>], mean: f64, side: Side) -> usize {
    let on_side = |value: &Option<f64>| value.is_some_and(|v| Side::of(v - mean) == Some(side));
    let runs = values.split(|value| !on_side(value));
    runs.map(<[Option<f64>]>::len).max().unwrap_or(0)
}

/// No shift and no trend among the values since, about their own mean.
fn is_stable(values: &[Option<f64>]) -> bool {
    let limits = xmr(values, Options::default()).map(|limits| Limits { lines: None, ..limits });
    limits
        .is_some_and(|limits| signals(values, &limits, Rules::default()).iter().all(Vec::is_empty))
}

/// Whether the move to a value is strictly beyond the upper limit of the moving ranges.
fn is_jump(values: &[Option<f64>], at: usize) -> bool {
    let range = |pair: &[Option<f64>]| Some((pair[1]? - pair[0]?).abs());
    let ranges: Vec<f64> = values.windows(2).filter_map(range).collect();
    let move_there = at.checked_sub(1).and_then(|before| range(&values[before..=at]));
    let average = sums::mean(&ranges);
    move_there.zip(average).is_some_and(|(range, average)| range > SCREEN_PER_RANGE * average)
}

/// Sum of squares that a step leaves unexplained.
fn unexplained_by_step(numbers: &[f64], evidence: &Evidence) -> f64 {
    let (old, new) = numbers.split_at(evidence.points_before);
    sum_of_squares(old.iter().map(|value| value - evidence.before))
        + sum_of_squares(new.iter().map(|value| value - evidence.after))
}

/// Sum of squares that the straight line of least squares leaves unexplained.
fn unexplained_by_line(reported: &[(usize, f64)]) -> Option<f64> {
    let times: Vec<f64> = reported.iter().map(|(at, _)| sums::count(*at)).collect();
    let numbers: Vec<f64> = reported.iter().map(|(_, value)| *value).collect();
    let (time, mean) = (sums::mean(&times)?, sums::mean(&numbers)?);
    let products: Vec<f64> =
        reported.iter().map(|(at, value)| (sums::count(*at) - time) * (value - mean)).collect();
    let product = sums::sum(&products);
    let spread = sum_of_squares(times.iter().map(|at| at - time));
    let whole = sum_of_squares(numbers.iter().map(|value| value - mean));
    (spread > 0.0).then(|| whole - product * product / spread)
}

fn sum_of_squares(numbers: impl Iterator<Item = f64>) -> f64 {
    sums::sum(&numbers.map(|number| number * number).collect::<Vec<f64>>())
}
