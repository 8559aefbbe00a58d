//! How good the forecasts of this very series would have been.

use super::{Nature, forecast};
use crate::statistics::intervals::Confidence;
use crate::statistics::sums::mean;

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
}

/// Forecasts every value of a series from those that lie `horizon` or more periods before it.
///
/// Of shares the cases that were found are taken as expected. `None` where no forecast can be
/// made: with [`FEWEST`](super::FEWEST) values before the first, and none after.
pub fn backtest(values: &[Option<f64>], nature: Nature<'_>, horizon: usize) -> Option<Backtest> {
    let horizon = horizon.max(1);
    let (mut errors, mut inside_eighty) = (Vec::new(), 0);
    for at in horizon..values.len() {
        let Some(value) = values[at] else { continue };
        let nature = match nature {
            Nature::Shares { cases, .. } => match cases.get(at).copied().flatten() {
                Some(expected) => Nature::Shares { cases, expected },
                None => continue,
            },
            other => other,
        };
        let known = &values[..=at - horizon];
        let Ok(forecast) = forecast(known, nature) else { continue };
        let law = forecast.law(horizon);
        errors.push((value - law.quantile(0.5)).abs());
        // A value is inside the band just when neither it and less, nor it and more, is too rare.
        let tail = Confidence::EIGHTY.tail();
        let inside = law.at_or_below(value) >= tail && law.at_or_above(value) > tail;
        inside_eighty += usize::from(inside);
    }
    let error = mean(&errors)?;
    Some(Backtest { horizon, origins: errors.len(), error, inside_eighty })
}
