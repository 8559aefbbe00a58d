//! Scales of values: where they begin and end, and where their ticks stand.

use crate::unit::Unit;

/// A scale of values with its ticks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Axis {
    /// Lowest value of the scale.
    pub(crate) low: f64,
    /// Highest value of the scale; above `low`.
    pub(crate) high: f64,
    /// Distance between ticks.
    pub(crate) step: f64,
    /// Every tick, from `low` to `high`.
    pub(crate) ticks: Vec<f64>,
}

/// Steps of a clock, in seconds.
const CLOCK: [f64; 19] = [
    1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0,
    10_800.0, 14_400.0, 21_600.0, 43_200.0, 86_400.0,
];

impl Axis {
    /// A scale that holds everything from `low` to `high` with about five steps.
    ///
    /// Numbers of things begin at zero. Shares, times, days, money and ratios begin at zero when
    /// their lowest value is under 40 % of their highest, and never leave 0–100 % or go below zero
    /// unless a value does. One value alone gets room on both sides.
    pub(crate) fn around(unit: Unit, low: f64, high: f64) -> Self {
        let from_zero = match unit {
            Unit::Count | Unit::Placements | Unit::PeoplePerWeek | Unit::BedDaysPerDay => true,
            _ => low < 0.4 * high,
        };
        let (mut low, mut high) = (low.min(high), low.max(high));
        if low > 0.0 && from_zero {
            low = 0.0;
        }
        if high - low <= 1e-9 * high.abs().max(low.abs()) || (low == 0.0 && high == 0.0) {
            (low, high) = widened(unit, low, high);
        }
        let step = step(unit, (high - low) / 5.0);
        let (first, last) = ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
        let mut ticks = Vec::new();
        let mut at = first;
        while at <= last && ticks.len() < 20 {
            ticks.push(at * step);
            at += 1.0;
        }
        Self { low: first * step, high: last * step, step, ticks }
    }

    /// How far up the scale a value is: 0 at the bottom, 1 at the top; held to those.
    pub(crate) fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }
}

/// Room around values that are all the same.
fn widened(unit: Unit, low: f64, high: f64) -> (f64, f64) {
    let size = high.abs().max(low.abs());
    let room = match unit {
        Unit::Proportion | Unit::Change => 0.05_f64.max(size * 0.1),
        Unit::Seconds => 30.0_f64.max(size * 0.1),
        _ if size == 0.0 => 1.0,
        _ => size * 0.1,
    };
    let bottom = if low >= 0.0 { (low - room).max(0.0) } else { low - room };
    let top =
        if unit == Unit::Proportion && high <= 1.0 { (high + room).min(1.0) } else { high + room };
    (bottom, top)
}

/// The smallest round step that is not under `least`.
fn step(unit: Unit, least: f64) -> f64 {
    if unit == Unit::Seconds {
        if let Some(&round) = CLOCK.iter().find(|&&round| round >= least) {
            return round;
        }
        return 86_400.0 * round_number(least / 86_400.0);
    }
    let least = match unit {
        Unit::Count | Unit::Placements => least.max(1.0),
        _ => least,
    };
    round_number(least)
}

/// The smallest of 1, 2 and 5 times a power of ten that is not under `least`.
fn round_number(least: f64) -> f64 {
    let power = libm::pow(10.0, libm::log10(least).floor());
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|&round| round >= least * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Cases {
        case: Vec<Case>,
    }

    #[derive(serde::Deserialize)]
    struct Case {
        name: String,
        unit: String,
        low: f64,
        high: f64,
        scale: [f64; 3],
    }

    #[test]
    fn scales_follow_the_cases() {
        let text = include_str!("../../tests/cases/charts/scales.toml");
        for case in toml::from_str::<Cases>(text).unwrap().case {
            let unit = Unit::ALL.into_iter().find(|unit| unit.name() == case.unit).unwrap();
            let axis = Axis::around(unit, case.low, case.high);
            let made = [axis.low, axis.high, axis.step];
            let near = made.iter().zip(&case.scale).all(|(a, b)| (a - b).abs() < 1e-9 * b.max(1.0));
            assert!(near, "{}: {made:?}, expected {:?}", case.name, case.scale);
            let ends = (axis.ticks.first().copied(), axis.ticks.last().copied());
            assert_eq!(ends, (Some(axis.low), Some(axis.high)), "{}", case.name);
        }
    }

    #[test]
    fn a_share_stays_on_the_scale() {
        let axis = Axis::around(Unit::Count, 0.0, 10.0);
        assert!((axis.share(5.0) - 0.5).abs() < 1e-12);
        assert!((axis.share(-3.0)).abs() < 1e-12);
        assert!((axis.share(99.0) - 1.0).abs() < 1e-12);
    }
}
