//! How far a process wanders: one sigma, and the limits that each period is tested against.

use super::baseline::{mean, pooled, whole};
use super::facts::ToleranceBasis;
use super::kind::{Kind, law};
use super::misses::Misses;
use super::rating::ENOUGH_POINTS;
use super::settling::settled_value;
use crate::indicators::charting::Charting;
use crate::series::{Nature, Point};
use crate::statistics::limits::laney::{Laney, Sized, rate_variance, share_variance};
use crate::statistics::limits::xmr::{Options, xmr};
use crate::statistics::limits::{Limits, Lines};
use crate::statistics::signals::{Rules, TwoInThree};
use crate::statistics::stocks::Persistence;

/// Points from which a sigma is taken at all.
pub(super) const FEW_POINTS: usize = 6;

/// The rules of special causes that a definition asks for.
pub(super) fn rules(charting: &Charting) -> Rules {
    let two_in_three =
        if charting.beyond_counts { TwoInThree::OrBeyond } else { TwoInThree::NearOnly };
    Rules { run: usize::try_from(charting.run).unwrap_or(7), two_in_three }
}

/// The process behind the points of a phase.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Process {
    /// Every period scatters alike.
    Same(Limits),
    /// The more cases a period has, the less it scatters.
    Sized(Laney),
}

impl Process {
    /// The process of some values, the points they were made of beside them.
    ///
    /// The values may be misses: what is left of a share or count above its target scatters as it
    /// does itself. `None` without any value.
    pub(super) fn of(
        values: &[Option<f64>],
        points: &[Point],
        (kind, nature): (Kind, Nature),
        screen: bool,
    ) -> Option<Self> {
        let options = Options { screen, baseline_points: None };
        let Some(variance) = unit_variance(points, kind, nature) else {
            return widened(values, kind, options).map(Self::Same);
        };
        let sized = |(value, point): (&Option<f64>, &Point)| {
            let size = size(point, kind).filter(|size| *size > 0.0)?;
            Some(Sized { value: (*value)?, size })
        };
        let sized: Vec<Option<Sized>> = values.iter().zip(points).map(sized).collect();
        Laney::of(&sized, variance, options.screen).map(Self::Sized)
    }

    /// Mean and limits of a period.
    pub(super) fn at(&self, size: Option<f64>) -> Option<Limits> {
        match self {
            Self::Same(limits) => Some(*limits),
            Self::Sized(laney) => size.filter(|size| *size > 0.0).map(|size| laney.limits(size)),
        }
    }

    /// Laney's factor as computed; `None` where the process has none.
    pub(super) fn laney(&self) -> Option<f64> {
        match self {
            Self::Same(_) => None,
            Self::Sized(laney) => laney.factor,
        }
    }
}

/// The number of cases, the exposure, or the one period that a value rests on.
pub(super) fn size(point: &Point, kind: Kind) -> Option<f64> {
    match kind {
        Kind::P | Kind::U => point.denominator.map(whole),
        _ => Some(1.0),
    }
}

/// The law's variance of a value of size 1, by all settled points together; `None` where moving
/// ranges say how far values scatter.
fn unit_variance(points: &[Point], kind: Kind, nature: Nature) -> Option<f64> {
    let settled: Vec<usize> =
        (0..points.len()).filter(|at| settled_value(&points[*at]).is_some()).collect();
    match (kind, nature) {
        (Kind::P, _) => {
            pooled(points, &settled).map(|(events, cases)| share_variance(events / cases))
        }
        (Kind::U, Nature::Rate { per }) => {
            mean(points, &settled, nature).map(|rate| rate_variance(rate, f64::from(per)))
        }
        // Rare events by periods are a rate per period.
        (Kind::G | Kind::T, _) => {
            mean(points, &settled, Nature::Count).map(|rate| rate_variance(rate, 1.0))
        }
        _ => None,
    }
}

/// The spread of a phase before *t*.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spread {
    /// One sigma at *t*; for stocks already divided by √(1 − r).
    pub sigma: Option<f64>,
    /// Which points it is from.
    pub basis: ToleranceBasis,
    /// The law by which it was made.
    pub kind: Kind,
    /// The process behind the phase's points before *t*.
    pub process: Option<Process>,
    /// Mean and limits at *t*; without lines where sigma is 0.
    pub limits: Option<Limits>,
    /// Mean and limits of every period of the phase, *t* the last.
    pub every: Vec<Option<Limits>>,
    /// How much carries over, for stocks.
    pub persistence: Option<Persistence>,
}

impl Spread {
    /// What the standard error of a mean is multiplied by: 1 but for stocks.
    pub(super) fn mean_factor(&self) -> f64 {
        self.persistence.map_or(1.0, Persistence::mean_factor)
    }
}

/// One sigma from the 12 or more points of the phase before *t*; else from the phase before, if it
/// has 6 or more; else from the 6 or more points there are; else none.
pub(super) fn spread(
    misses: &Misses,
    points: &[Point],
    nature: Nature,
    charting: &Charting,
) -> Spread {
    let (start, t) = (misses.start, misses.start + misses.before.len());
    let own_points = &points[start..t];
    let kind = law(charting.kind, nature, own_points);
    let process = |values: &[Option<f64>], points: &[Point]| {
        Process::of(values, points, (kind, nature), charting.screen)
    };
    let own = process(&misses.before, own_points);
    let latest = size(&points[t], kind);
    let at_latest = |process: Option<Process>| process.and_then(|process| process.at(latest));
    let sigma_of = |process: Option<Process>| at_latest(process).and_then(|limits| limits.sigma);
    let own_sigma = sigma_of(own);
    let number = misses.number();
    let enough = own_sigma.filter(|_| number >= ENOUGH_POINTS);
    let earlier = &points[start - misses.earlier.len()..start];
    let before = sigma_of(process(&misses.earlier, earlier))
        .filter(|_| misses.earlier.iter().flatten().count() >= FEW_POINTS);
    let few = own_sigma.filter(|_| number >= FEW_POINTS);
    let (sigma, basis) = if enough.is_some() {
        (enough, ToleranceBasis::Sigma)
    } else if before.is_some() {
        (before, ToleranceBasis::PhaseBefore)
    } else if few.is_some() {
        (few, ToleranceBasis::FewPoints)
    } else {
        (None, ToleranceBasis::None)
    };
    let limits = |point: &Point| own.and_then(|own| own.at(size(point, kind))).map(telling);
    Spread {
        sigma,
        basis,
        kind,
        process: own,
        limits: at_latest(own).map(telling),
        every: points[start..=t].iter().map(limits).collect(),
        persistence: persistence(&misses.before, kind),
    }
}

/// How much of a stock carries over; `None` for anything else.
pub(super) fn persistence(values: &[Option<f64>], kind: Kind) -> Option<Persistence> {
    (kind == Kind::Stock).then(|| Persistence::estimate(values).unwrap_or(Persistence::UNKNOWN))
}

/// Limits as a rating uses them: without lines where nothing varies. (Where screening leaves only
/// ranges of 0 the limits lie on the mean and every point is outside; that is no ground for a
/// rating.)
fn telling(limits: Limits) -> Limits {
    Limits { lines: limits.lines.filter(|_| limits.sigma != Some(0.0)), ..limits }
}

/// `XmR` limits as charted: for stocks sigma and lines are divided by √(1 − r).
fn widened(values: &[Option<f64>], kind: Kind, options: Options) -> Option<Limits> {
    let limits = xmr(values, options)?;
    let Some(persistence) = persistence(values, kind) else { return Some(limits) };
    let factor = persistence.sigma_factor();
    let from_mean = |line: f64| limits.mean + (line - limits.mean) * factor;
    Some(Limits {
        sigma: limits.sigma.map(|sigma| sigma * factor),
        lines: limits.lines.map(|lines| Lines {
            lower: from_mean(lines.lower),
            upper: from_mean(lines.upper),
            near_lower: from_mean(lines.near_lower),
            near_upper: from_mean(lines.near_upper),
        }),
        ..limits
    })
}
