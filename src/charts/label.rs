//! How a value is written on a chart.

use crate::number;
use crate::unit::Unit;

/// How the values of one chart are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Labels {
    unit: Unit,
    /// Times are written with hours, so that all of a chart's labels read the same way.
    hours: bool,
}

impl Labels {
    /// For a chart whose greatest value is `greatest`.
    pub(crate) fn new(unit: Unit, greatest: f64) -> Self {
        Self { unit, hours: unit == Unit::Seconds && greatest >= 3600.0 }
    }

    /// A value at a tick: as many decimals as the step needs, and no more.
    pub(crate) fn tick(self, value: f64, step: f64) -> String {
        match self.unit {
            Unit::Proportion | Unit::Change => percent(value, decimals_of(step * 100.0)),
            Unit::Seconds => clock(value, self.hours),
            Unit::Pounds => pounds(value, decimals_of(step)),
            _ => decimal(value, decimals_of(step)),
        }
    }

    /// A value beside what it belongs to: a point, a mean, a target.
    pub(crate) fn value(self, value: f64) -> String {
        match self.unit {
            Unit::Count | Unit::Placements | Unit::Days | Unit::WorkingDays => {
                decimal(value, if whole(value) { 0 } else { at_least_two_figures(value, 1) })
            }
            Unit::BedDaysPerDay | Unit::PeoplePerWeek | Unit::Rate => {
                decimal(value, at_least_two_figures(value, 1))
            }
            Unit::Ratio => decimal(value, at_least_two_figures(value, 2)),
            Unit::Proportion | Unit::Change => {
                let share = value * 100.0;
                percent(value, if whole(share) { 0 } else { at_least_two_figures(share, 1) })
            }
            Unit::Seconds => clock(value, self.hours),
            Unit::Pounds => pounds(value, if whole(value) || value.abs() >= 100.0 { 0 } else { 2 }),
        }
    }
}

fn whole(value: f64) -> bool {
    (value - value.round()).abs() < 1e-9
}

/// More decimals where fewer would leave one figure or none: 0.042 rather than 0.0.
fn at_least_two_figures(value: f64, usual: u8) -> u8 {
    let size = value.abs();
    if size < 1e-9 {
        return usual;
    }
    let mut decimals = usual;
    let mut shown = size * libm::pow(10.0, f64::from(usual));
    while shown < 9.5 && size < 1.0 && decimals < 6 {
        shown *= 10.0;
        decimals += 1;
    }
    decimals
}

/// The fewest decimals that write a step exactly, at most nine.
fn decimals_of(step: f64) -> u8 {
    let mut scaled = step.abs();
    let mut decimals = 0;
    while decimals < 9 && (scaled - scaled.round()).abs() > 1e-6 * scaled.max(1e-9) {
        scaled *= 10.0;
        decimals += 1;
    }
    decimals
}

/// Beyond fifteen figures, or below the ninth decimal: in powers of ten.
fn powers(value: f64) -> Option<String> {
    let size = value.abs();
    let far = size >= 1e15 || (size > 0.0 && size < 1e-9);
    far.then(|| format!("{value:.1e}").replace('-', "−"))
}

/// `12,345.6`, `−3`, rounded as everywhere on the page.
fn decimal(value: f64, decimals: u8) -> String {
    powers(value).unwrap_or_else(|| number::decimal(value, decimals))
}

fn percent(value: f64, decimals: u8) -> String {
    powers(value * 100.0)
        .map_or_else(|| number::percent(value, decimals), |powers| format!("{powers}%"))
}

fn pounds(value: f64, decimals: u8) -> String {
    let written = decimal(value, decimals);
    match written.strip_prefix('−') {
        Some(size) => format!("−£{size}"),
        None => format!("£{written}"),
    }
}

/// `7:05` or, with hours, `1:07:05`, to the nearest second.
fn clock(value: f64, hours: bool) -> String {
    if value.abs() >= 1e12 {
        return decimal(value, 0) + " s";
    }
    let seconds = value.abs().round();
    let sign = if value < 0.0 && seconds > 0.0 { "−" } else { "" };
    let (minutes, second) = ((seconds / 60.0).floor(), seconds % 60.0);
    if hours {
        let (hour, minute) = ((minutes / 60.0).floor(), minutes % 60.0);
        format!("{sign}{hour:.0}:{minute:02.0}:{second:02.0}")
    } else {
        format!("{sign}{minutes:.0}:{second:02.0}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_their_unit_asks() {
        let cases: &[(Unit, f64, &str)] = &[
            (Unit::Count, 312.0, "312"),
            (Unit::Count, 26.44, "26.4"),
            (Unit::Count, 12345.0, "12,345"),
            (Unit::Count, 0.333, "0.33"),
            (Unit::Count, 0.0042, "0.0042"),
            (Unit::Count, 0.0, "0"),
            // halves go up, as in the table below the chart
            (Unit::Count, 26.65, "26.7"),
            (Unit::Proportion, 0.9305, "93.1%"),
            (Unit::Proportion, 0.8, "80%"),
            (Unit::Proportion, 0.7419, "74.2%"),
            (Unit::Proportion, 1.0, "100%"),
            (Unit::Seconds, 425.4, "7:05"),
            (Unit::Seconds, 59.7, "1:00"),
            (Unit::BedDaysPerDay, 7.0, "7.0"),
            (Unit::Pounds, 1_234_567.0, "£1,234,567"),
            (Unit::Pounds, -12.5, "−£12.50"),
            (Unit::Ratio, 1.2, "1.20"),
            (Unit::Ratio, -0.0, "0.00"),
            (Unit::Days, 3.5, "3.5"),
        ];
        for &(unit, value, written) in cases {
            assert_eq!(Labels::new(unit, value).value(value), written, "{unit:?} {value}");
        }
        assert_eq!(Labels::new(Unit::Seconds, 4000.0).value(425.0), "0:07:05");
        assert_eq!(Labels::new(Unit::Seconds, 4000.0).value(90_061.0), "25:01:01");
    }

    #[test]
    fn ticks_have_the_decimals_of_their_step() {
        let count = Labels::new(Unit::Count, 1.0);
        assert_eq!(count.tick(0.3 - 0.1, 0.1), "0.2");
        assert_eq!(count.tick(1000.0, 250.0), "1,000");
        assert_eq!(count.tick(2.5, 2.5), "2.5");
        assert_eq!(Labels::new(Unit::Proportion, 1.0).tick(0.55, 0.05), "55%");
        assert_eq!(Labels::new(Unit::Proportion, 1.0).tick(0.006, 0.002), "0.6%");
        assert_eq!(Labels::new(Unit::Seconds, 600.0).tick(90.0, 30.0), "1:30");
    }
}
