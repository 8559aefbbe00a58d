//! What the periods to come will show if the process goes on as it is.
//!
//! A forecast is of one phase: never across a rebase or a change of definition. Three lines are
//! laid through the values: their mean, the level since the one change of level that fits best,
//! and Theil and Sen's slope. Each has the weight that the values give it (Schwarz's criterion), so
//! that a stable series is carried forward on its mean, a clear trend on its slope, and a
//! doubtful one on both, with the wider bands that doubt deserves. To choose one line by a test
//! instead made bands that were too narrow wherever the test had to guess: with 12 values of a
//! trend of 0.2 sigma a period, the 80 % band held 47 % of the values a year ahead, averaged lines
//! 73 %, and stable series were not forecast better for it.
//!
//! A stock reverts to its line (its mean or a slope) as slowly as its values say: see [`carried`].
//!
//! The bands are of single values to come, not of their mean: they hold the process's own
//! variation, the doubt about what was estimated, and of counts and shares the chance of whole
//! events. How often they hold in truth is simulated: `benches/calibration.csv`.

use super::intervals::Confidence;
use super::limits::xmr::{self, xmr};
use super::signals::{Rules, Signal, signals};
use super::sums::count;

mod backtest;
mod carried;
mod fit;
mod law;
mod slope;
mod spread;

pub use backtest::{Backtest, backtest};
pub use carried::{Carried, Way, carried};
pub use fit::Fit;
pub use law::{Law, Part, Shared, Student};
pub use slope::theil_sen;
use spread::Spread;

/// Fewer reported values than this give no forecast: as few as limits are made from. With five a
/// 95 % band would be a fifth wider still than with six, and no model could be told from another.
pub const FEWEST: usize = 6;

/// Periods ahead that a slope of counts or shares must stay inside what they can be.
const YEAR: usize = 12;

/// What kind of number is forecast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Nature<'a> {
    /// Events counted in periods of equal standing.
    Counts,
    /// Shares, 0 to 1, of these cases.
    Shares {
        /// The cases of each period; as long as the values.
        cases: &'a [Option<f64>],
        /// The cases to expect in a period to come.
        expected: f64,
    },
    /// Means, quantiles, amounts: any number.
    Measured,
    /// Levels that carry over from one period to the next, as beds and open placements.
    Stock,
}

/// A line that a forecast rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Model {
    /// The mean of all values, carried forward.
    Level,
    /// The mean since the last change of level.
    LatestLevel {
        /// Position of the first value since the change.
        first: usize,
    },
    /// A straight line.
    Slope {
        /// Change from one period to the next.
        per_period: f64,
    },
    /// Reverting to a line, as a first-order autoregression; the figures are means over what the
    /// values leave possible.
    Reverting {
        /// How much of the distance from the line is carried over to the next period.
        r: f64,
        /// The line at the latest value.
        level: f64,
        /// Change of the line from one period to the next.
        slope: f64,
    },
}

/// Why that model leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// It fits best, and the chart of all values shows no shift and no trend.
    Fits,
    /// It fits best, and this is the latest shift or trend that the chart shows.
    Signalled(Signal),
    /// The number is a stock.
    Stock,
}

/// Why there is no forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// So many reported values; [`FEWEST`] are needed.
    TooFew(usize),
    /// No cases are to be expected, or the cases of a reported share are not known.
    NoCases,
    /// A value that is not finite, a negative count, or a share outside 0–1.
    NotSuch,
}

/// A band that a value to come lies in with a stated probability, both ends included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

impl Band {
    /// Whether a value lies inside or on an end, but for rounding errors.
    pub fn holds(&self, value: f64) -> bool {
        let room = 1e-9 * self.upper.abs().max(self.lower.abs());
        self.lower - room <= value && value <= self.upper + room
    }
}

/// The forecast of one period, in the unit of the values.
#[derive(Debug, Clone, PartialEq)]
pub struct Ahead {
    /// As likely exceeded as not; of counts a whole number.
    pub median: f64,
    /// The 80 % band.
    pub eighty: Band,
    /// The 95 % band.
    pub ninety_five: Band,
    /// The law behind them.
    pub law: Law,
}

/// What the coming periods will show.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The model with the most weight.
    pub model: Model,
    /// Its weight among the three lines; 1 of a stock.
    pub weight: f64,
    /// Why it leads.
    pub because: Because,
    /// Reported values that it rests on.
    pub points: usize,
    /// Number of periods in the past, gaps counted: the first to come has this position.
    length: usize,
    fitted: Fitted,
}

/// What the laws of the periods to come are made from.
#[derive(Debug, Clone, PartialEq)]
enum Fitted {
    Free(Vec<(f64, Fit, Spread)>),
    Carried(Carried),
}

impl Forecast {
    /// The forecast of the period so many periods after the last of the series, the first being 1.
    pub fn ahead(&self, horizon: usize) -> Ahead {
        let law = self.law(horizon);
        let band = |tail: f64| Band { lower: law.quantile(tail), upper: law.quantile(1.0 - tail) };
        Ahead {
            median: law.quantile(0.5),
            eighty: band(Confidence::EIGHTY.tail()),
            ninety_five: band(Confidence::NINETY_FIVE.tail()),
            law,
        }
    }

    /// Where the process is in the last period of the series, without the chance of that period:
    /// the mean of the lines at it with their weights. Of a stock the latest value, which is a level
    /// itself.
    pub fn level(&self) -> f64 {
        match &self.fitted {
            Fitted::Free(fits) => {
                let last = count(self.length) - 1.0;
                fits.iter().map(|(weight, fit, _)| weight * fit.at(last)).sum()
            }
            Fitted::Carried(carried) => carried.latest(),
        }
    }

    /// What may be found so many periods after the last of the series.
    pub fn law(&self, horizon: usize) -> Law {
        match &self.fitted {
            Fitted::Free(fits) => {
                let position = count(self.length) + count(horizon) - 1.0;
                let law = |(weight, fit, spread): &(f64, Fit, Spread)| {
                    (*weight, spread.law(fit, position))
                };
                Law::mixed(fits.iter().map(law).collect())
            }
            Fitted::Carried(carried) => carried.law(horizon),
        }
    }

    /// The lines that were averaged, with their weights: none of a stock.
    pub fn lines(&self) -> Vec<(f64, Model)> {
        match &self.fitted {
            Fitted::Free(fits) => {
                fits.iter().map(|(weight, fit, _)| (*weight, fit.model)).collect()
            }
            Fitted::Carried(_) => Vec::new(),
        }
    }
}

/// Forecasts one phase of a series.
///
/// `values` are its settled values, one a period, a missing one `None`; the first period to come
/// follows the last of them. Nothing bridges a gap: it only makes the time longer. With fewer than
/// [`FEWEST`] reported values, or values that are not of their nature, there is no forecast but
/// the reason why.
///
/// Sources: Hahn and Meeker, *Statistical Intervals*, 4.8 (a single value to come); Sen (1968),
/// *Journal of the American Statistical Association* 63; Raftery (1995), *Sociological Methodology*
/// 25 (weights by Schwarz's criterion); Box, Jenkins and Reinsel, *Time Series Analysis*, chapter 5.
///
/// ```
/// use concordat::statistics::forecast::{Model, Nature, forecast};
/// let values = [4.0, 6.0, 5.0, 7.0, 3.0, 5.0].map(Some);
/// let forecast = forecast(&values, Nature::Measured).unwrap();
/// assert_eq!(forecast.model, Model::Level);
/// assert!(forecast.ahead(12).eighty.holds(5.0));
/// ```
pub fn forecast(values: &[Option<f64>], nature: Nature<'_>) -> Result<Forecast, Refusal> {
    let points = values.iter().flatten().count();
    let length = values.len();
    refuse(values, nature, points)?;
    if nature == Nature::Stock {
        let carried = carried(values);
        let model = carried.model();
        let (because, fitted) = (Because::Stock, Fitted::Carried(carried));
        return Ok(Forecast { model, weight: 1.0, because, points, length, fitted });
    }
    let fits = weigh(values, nature);
    let (weight, model) = fits
        .iter()
        .map(|(weight, fit)| (*weight, fit.model))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .unwrap_or((1.0, Model::Level));
    let with_spread = |(weight, fit): (f64, Fit)| (weight, fit, Spread::of(values, nature, &fit));
    let fitted = Fitted::Free(fits.into_iter().map(with_spread).collect());
    let because = latest_signal(values).map_or(Because::Fits, Because::Signalled);
    Ok(Forecast { model, weight, because, points, length, fitted })
}

fn refuse(values: &[Option<f64>], nature: Nature<'_>, points: usize) -> Result<(), Refusal> {
    let can_be = |value: &f64| match nature {
        Nature::Counts => *value >= 0.0 && value.is_finite(),
        Nature::Shares { .. } => (0.0..=1.0).contains(value),
        Nature::Measured | Nature::Stock => value.is_finite(),
    };
    if !values.iter().flatten().all(can_be) {
        return Err(Refusal::NotSuch);
    }
    if let Nature::Shares { cases, expected } = nature {
        let known = |(at, value): (usize, &Option<f64>)| {
            value.is_none() || cases.get(at).copied().flatten().is_some_and(|cases| cases > 0.0)
        };
        if !(expected >= 1.0 && expected.is_finite() && values.iter().enumerate().all(known)) {
            return Err(Refusal::NoCases);
        }
    }
    if points < FEWEST { Err(Refusal::TooFew(points)) } else { Ok(()) }
}

/// The lines through the values, each with its weight; the weights add up to 1.
fn weigh(values: &[Option<f64>], nature: Nature<'_>) -> Vec<(f64, Fit)> {
    // No straight line goes on to fewer than none: a fall of counts or shares slows as it nears the
    // end of what can be, and how is not known. Such a slope is left to the levels.
    let can_be = |fit: &Fit| {
        let a_year_on = fit.at(count(values.len() + YEAR) - 1.0);
        fit.slope == 0.0
            || match nature {
                Nature::Counts => a_year_on > 0.0,
                Nature::Shares { .. } => a_year_on > 0.0 && a_year_on < 1.0,
                Nature::Measured | Nature::Stock => true,
            }
    };
    let slope = Fit::slope(values).filter(can_be);
    let others = [Fit::latest_level(values, nature), slope];
    let fits: Vec<(f64, Fit)> = [Fit::level(values, nature)]
        .into_iter()
        .chain(others.into_iter().flatten())
        .map(|fit| (fit.misfit(values), fit))
        .collect();
    let best = fits.iter().map(|(misfit, _)| *misfit).fold(f64::INFINITY, f64::min);
    let weight = |misfit: f64| libm::exp((best - misfit) / 2.0);
    let whole: f64 = fits.iter().map(|(misfit, _)| weight(*misfit)).sum();
    fits.into_iter().map(|(misfit, fit)| (weight(misfit) / whole, fit)).collect()
}

/// The latest shift or trend against the limits of all values, a trend before a shift.
fn latest_signal(values: &[Option<f64>]) -> Option<Signal> {
    let limits = xmr(values, xmr::Options::default())?;
    let found = signals(values, &limits, Rules::default());
    let lasting = |signal: &&Signal| matches!(signal, Signal::Shift(_) | Signal::Trend(_));
    found.iter().rev().find_map(|point| point.iter().find(lasting)).copied()
}
