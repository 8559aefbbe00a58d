//! Forecast, gap and chance, explained to the number.

use std::fmt::Write;

use super::text::{named, six, wrapped};
use crate::disclosure::Figure;
use crate::disclosure::released::Indicator;
use crate::disclosure::released::outlook::{Course, Model};
use crate::unit::Unit;
use crate::wording::{self, outlook as said};

/// The part of the explanation; nothing where nothing can be expected.
pub(super) fn lines(out: &mut String, indicator: &Indicator) {
    let Some(outlook) = &indicator.outlook else { return };
    let _ = writeln!(out, "\nOutlook\n{}", wrapped("  ", &said::sentence(indicator)));
    let mut lines = Vec::new();
    if let Some(gap) = outlook.gap {
        let plan = if gap.judged { "gap to the plan" } else { "gap to our line" };
        lines.push((plan.to_owned(), exact(gap.latest, indicator.unit)));
        if let Some(sum) = gap.cumulative {
            let over = format!("{} ({} periods)", exact(sum, indicator.unit), gap.periods);
            lines.push(("gaps added up".to_owned(), over));
        }
    }
    if let Ok(course) = &outlook.course {
        lines.extend(rests_on(indicator, course));
        lines.extend(chance(indicator, course));
    }
    for (name, value) in lines {
        *out += &named(&name, &value);
    }
    if let Ok(course) = &outlook.course {
        periods(out, indicator, course);
    }
}

/// To six digits, enough to do the sums by hand; as read in a pack beside it.
fn exact(figure: Figure, unit: Unit) -> String {
    match unit {
        Unit::Proportion | Unit::Seconds => {
            format!("{} ({})", plain(figure), wording::figure(figure, unit))
        }
        _ => plain(figure),
    }
}

fn plain(figure: Figure) -> String {
    figure.shown().map_or_else(String::new, six)
}

fn rests_on(indicator: &Indicator, course: &Course) -> Vec<(String, String)> {
    let mut lines = vec![
        ("settled values of the phase".to_owned(), course.points.to_string()),
        ("what the chart of these shows".to_owned(), said::because(course.because)),
        ("level now".to_owned(), exact(course.level, indicator.unit)),
    ];
    let mut averaged: Vec<_> = course.lines.iter().collect();
    averaged.sort_by(|a, b| b.0.shown().unwrap_or(0.0).total_cmp(&a.0.shown().unwrap_or(0.0)));
    for (weight, model) in averaged {
        let slope = match model {
            Model::Slope(per_period) => format!(" ({})", plain(*per_period)),
            _ => String::new(),
        };
        let line = format!("{}{slope}, weight {}", said::model(indicator, *model), plain(*weight));
        lines.push(("line".to_owned(), line));
    }
    if let Model::Reverting { r, level, slope } = course.model {
        lines.push(("carried over (r), mean".to_owned(), plain(r)));
        lines.push(("the line it reverts to, now".to_owned(), plain(level)));
        lines.push(("its change each period".to_owned(), plain(slope)));
    }
    lines
}

fn chance(indicator: &Indicator, course: &Course) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    if let Some(chance) = &course.chance {
        let when = if course.dated { "target, by its date" } else { "target" };
        lines.push((when.to_owned(), exact(chance.target, indicator.unit)));
        lines.push(("probability of meeting it".to_owned(), plain(chance.probability)));
        let word = format!("{} (from 0.8 on course, to 0.2 off course)", said::word(chance.word));
        lines.push(("outlook".to_owned(), word));
        if let Some(required) = chance.required {
            let steps = course.ahead.len();
            let change = format!("{} ({steps} periods)", exact(required, indicator.unit));
            lines.push(("change needed each period".to_owned(), change));
        }
    }
    if let Some(test) = &course.backtest {
        lines.push(("forecasts in the past".to_owned(), said::backtest(indicator, test)));
        lines.push(("their mean error".to_owned(), plain(test.error)));
        lines.push(("bands widened".to_owned(), format!("{} times", plain(test.widen))));
    }
    lines
}

fn periods(out: &mut String, indicator: &Indicator, course: &Course) {
    let _ = writeln!(
        out,
        "  {:<18} {:>10} {:>10} {:>10} {:>10} {:>10}",
        "forecast", "median", "80% from", "80% to", "95% from", "95% to"
    );
    for expected in &course.ahead {
        let _ = writeln!(
            out,
            "  {:<18} {:>10} {:>10} {:>10} {:>10} {:>10}",
            wording::period(expected.period),
            plain(expected.median),
            plain(expected.eighty.0),
            plain(expected.eighty.1),
            plain(expected.ninety_five.0),
            plain(expected.ninety_five.1),
        );
    }
    let _ = writeln!(out, "  (in {})", indicator.unit.name());
}
