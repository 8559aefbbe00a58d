//! How good the forecasts of this very series would have been.

use super::{Nature, forecast};
use crate::statistics::intervals::Confidence;
use crate::statistics::sums::{count, mean};

/// Forecasts made from the beginning of a series and held against what came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backtest {
    /// How many periods ahead was forecast.
    pub horizon: usize,
    /// How many forecasts there were something to hold against.
    pub origins: usize,
    /// Mean distance between the forecast's median and the value, in the unit of the values.
    pub error: f64,
    /// How many of the values lay inside the 80 % band.
    pub inside_eighty: usize,
    /// How many times wider the bands must be to hold what they say of this series; 1 where they do,
    /// or where there are too few forecasts to tell.
    pub widen: f64,
}

/// Fewest forecasts in the past that can tell that bands are too narrow.
const ENOUGH: usize = 8;
/// Bands that held a smaller share of the values than this, where they say four of five, are too
/// narrow. Forecasts of one series lean on the same values, so that less could be chance.
const TOO_FEW_INSIDE: f64 = 2.0 / 3.0;

/// What bands are multiplied by: the distances from the medians, as multiples of the 80 % bands'
/// half widths, of which four of five are no larger (Vovk, Gammerman and Shafer, *Algorithmic
/// Learning in a Random World*, 2.2: conformal prediction). Never below 1.
fn widen(mut ratios: Vec<f64>, inside: usize) -> f64 {
    let number = count(ratios.len());
    if ratios.len() < ENOUGH || count(inside) >= TOO_FEW_INSIDE * number {
        return 1.0;
    }
    ratios.sort_unstable_by(f64::total_cmp);
    let below = ratios.iter().filter(|ratio| ratio.is_finite()).copied();
    let finite: Vec<f64> = below.collect();
    let rank = (0.8 * (number + 1.0)).ceil();
    let at = finite.iter().zip(1_u32..).find(|(_, place)| f64::from(*place) >= rank);
    at.map(|(ratio, _)| *ratio).or(finite.last().copied()).unwrap_or(1.0).max(1.0)
}

/// Forecasts every value of a series from those that lie `horizon` or more periods before it.
///
/// Of shares the cases that were found are taken as expected. `None` where no forecast can be
/// made: with [`FEWEST`](super::FEWEST) values before the first, and none after.
///
/// Each is made as the present one is: from the latest `window` periods before it.
pub fn backtest(
    values: &[Option<f64>],
    nature: Nature<'_>,
    horizon: usize,
    window: usize,
) -> Option<Backtest> {
    let horizon = horizon.max(1);
    let (mut errors, mut inside_eighty, mut ratios) = (Vec::new(), 0, Vec::new());
    for at in horizon..values.len() {
        let Some(value) = values[at] else { continue };
        let nature = match nature {
            Nature::Shares { cases, .. } => match cases.get(at).copied().flatten() {
                Some(expected) => Nature::Shares { cases, expected },
                None => continue,
            },
            other => other,
        };
        let end = at + 1 - horizon;
        let start = end.saturating_sub(window);
        let nature = match nature {
            Nature::Shares { cases, expected } => {
                Nature::Shares { cases: &cases[start..end], expected }
            }
            other => other,
        };
        let Ok(forecast) = forecast(&values[start..end], nature) else { continue };
        let law = forecast.law(horizon);
        let median = law.quantile(0.5);
        let apart = value - median;
        errors.push(apart.abs());
        let end = law.quantile(if apart < 0.0 {
            Confidence::EIGHTY.tail()
        } else {
            1.0 - Confidence::EIGHTY.tail()
        });
        ratios.push(if apart == 0.0 { 0.0 } else { apart / (end - median) });
        // A value is inside the band just when neither it and less, nor it and more, is too rare.
        let tail = Confidence::EIGHTY.tail();
        let inside = law.at_or_below(value) >= tail && law.at_or_above(value) > tail;
        inside_eighty += usize::from(inside);
    }
    let error = mean(&errors)?;
    let (origins, widen) = (errors.len(), widen(ratios, inside_eighty));
    Some(Backtest { horizon, origins, error, inside_eighty, widen })
}
