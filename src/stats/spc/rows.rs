//! The two tables: a row for each point, a row for each phase.

use super::super::output::{Cell, Output, Shared};
use super::cases::Case;
use super::phases::{Chart, Phase};
use super::{Direction, Settings};
use crate::statistics::assurance::Assurance;
use crate::statistics::signals::{Rules, Side, Signal};

const POINTS: [&str; 19] = [
    "case_id",
    "date",
    "value",
    "rebase_group",
    "mean",
    "amr",
    "n_mr_screened",
    "lpl",
    "upl",
    "nlpl",
    "nupl",
    "outside_limits",
    "relative_to_mean",
    "close_to_limits",
    "special_cause_type",
    "special_cause_flag",
    "point_type",
    "short_group_warning",
    "target",
];

const SERIES: [&str; 15] = [
    "case_id",
    "status",
    "rebase_group",
    "n",
    "mean",
    "lpl",
    "upl",
    "common_cause",
    "special_cause_improvement",
    "special_cause_concern",
    "variation_type",
    "assurance_type",
    "variation_icon",
    "assurance_icon",
    "short_group_warning",
];

/// Both tables while they are written.
pub(super) struct Tables {
    points: Output,
    series: Output,
}

impl Tables {
    pub(super) fn new() -> Self {
        Self { points: Output::new(&POINTS), series: Output::new(&SERIES) }
    }

    /// The points, then the phases.
    pub(super) fn finish(self) -> Vec<Output> {
        vec![self.points, self.series]
    }

    /// The row of a case that was not answered.
    pub(super) fn refuse(&mut self, id: &str, why: &str) {
        let status = format!("error: {why}");
        let mut cells = [Cell::Number(None); SERIES.len()];
        cells[0] = Cell::Text(id);
        cells[1] = Cell::Text(&status);
        self.series.row(&cells);
    }

    pub(super) fn add(&mut self, case: &Case<'_>, chart: &Chart<'_>) {
        let last = chart.phases.len().saturating_sub(1);
        for (at, phase) in chart.phases.iter().enumerate() {
            self.points(case.id, phase, chart.settings);
            self.phase(case.id, chart, phase, at == last);
        }
    }

    fn points(&mut self, id: &str, phase: &Phase<'_>, settings: &Settings) {
        let lines = phase.limits.and_then(|limits| limits.lines);
        let mean = phase.limits.map(|limits| limits.mean);
        let limits = Shared::new(&[
            Cell::Count(phase.number),
            defined(mean),
            defined(phase.limits.and_then(|limits| limits.average_moving_range)),
            Cell::Count(phase.limits.map_or(0, |limits| limits.screened)),
            defined(lines.map(|lines| lines.lower)),
            defined(lines.map(|lines| lines.upper)),
            defined(lines.map(|lines| lines.near_lower)),
            defined(lines.map(|lines| lines.near_upper)),
        ]);
        let target =
            Shared::new(&[Cell::Logical(Some(phase.is_short())), Cell::Number(settings.target)]);
        for ((date, value), label) in phase.dates.iter().zip(phase.values).zip(&phase.labels) {
            let tested = value.zip(lines);
            let side = value.zip(mean).map(|(value, mean)| Side::of(value - mean));
            self.points.row(&[
                Cell::Text(id),
                Cell::Text(date),
                Cell::Number(*value),
                Cell::Shared(&limits),
                Cell::Logical(tested.map(|(value, lines)| lines.outside(value))),
                Cell::Text(side.map_or("NA", relative)),
                Cell::Logical(tested.map(|(value, lines)| lines.near(value))),
                Cell::Text(label.map_or("Common Cause", |label| name(label, settings.rules))),
                Cell::Logical(Some(label.is_some())),
                Cell::Text(kind(*label, settings.direction)),
                Cell::Shared(&target),
            ]);
        }
    }

    fn phase(&mut self, id: &str, chart: &Chart<'_>, phase: &Phase<'_>, last: bool) {
        let direction = chart.settings.direction;
        let lines = phase.limits.and_then(|limits| limits.lines);
        let latest = phase.labels.last().copied().flatten();
        let of_kind = |wanted: &str| {
            Cell::Count(
                phase.labels.iter().filter(|label| kind(**label, direction) == wanted).count(),
            )
        };
        let (assured, assured_icon) = match phase.assured(chart.settings) {
            Some(assured) if last => expected(assured),
            _ => ("NA", "NA"),
        };
        let status = status(phase);
        self.series.row(&[
            Cell::Text(id),
            Cell::Text(&status),
            Cell::Count(phase.number),
            Cell::Count(phase.values.len()),
            defined(phase.limits.map(|limits| limits.mean)),
            defined(lines.map(|lines| lines.lower)),
            defined(lines.map(|lines| lines.upper)),
            of_kind("common_cause"),
            of_kind("special_cause_improvement"),
            of_kind("special_cause_concern"),
            Cell::Text(kind(latest, direction)),
            Cell::Text(assured),
            Cell::Text(if last { icon(latest, direction) } else { "NA" }),
            Cell::Text(assured_icon),
            Cell::Logical(Some(chart.is_short())),
        ]);
    }
}

/// A number that every phase with enough values has: `NaN` where it is undefined.
fn defined(number: Option<f64>) -> Cell<'static> {
    number.map_or(Cell::Text("NaN"), |number| Cell::Number(Some(number)))
}

/// Dates named in a status.
const NAMED: usize = 3;

fn status(phase: &Phase<'_>) -> String {
    let named = phase.broken.get(..NAMED).unwrap_or(&phase.broken).join(" and ");
    match phase.broken.len() {
        0 => "ok".to_owned(),
        1 => format!("ok: no trend is read across the missing value of {named}"),
        2..=NAMED => format!("ok: no trend is read across the missing values of {named}"),
        more => format!(
            "ok: no trend is read across the missing values of {named} and {} dates more",
            more - NAMED
        ),
    }
}

fn relative(side: Option<Side>) -> &'static str {
    match side {
        Some(Side::High) => "1",
        Some(Side::Low) => "-1",
        None => "0",
    }
}

/// The reference's names, which say of how many points the run is.
fn name(label: Signal, rules: Rules) -> &'static str {
    match (label, rules.run == 6) {
        (Signal::Outside(Side::High), _) => "Above UCL",
        (Signal::Outside(Side::Low), _) => "Below LCL",
        (Signal::Trend(Side::High), false) => "7 Point Trend (Increasing)",
        (Signal::Trend(Side::High), true) => "6 Point Trend (Increasing)",
        (Signal::Trend(Side::Low), false) => "7 Point Trend (Decreasing)",
        (Signal::Trend(Side::Low), true) => "6 Point Trend (Decreasing)",
        (Signal::TwoInThree(Side::High), _) => "2 in 3 Above CL",
        (Signal::TwoInThree(Side::Low), _) => "2 in 3 Below CL",
        (Signal::Shift(Side::High), false) => "7 Points Above CL",
        (Signal::Shift(Side::High), true) => "6 Points Above CL",
        (Signal::Shift(Side::Low), false) => "7 Points Below CL",
        (Signal::Shift(Side::Low), true) => "6 Points Below CL",
    }
}

fn kind(label: Option<Signal>, direction: Direction) -> &'static str {
    let Some(side) = label.map(Signal::side) else { return "common_cause" };
    match (direction, side) {
        (Direction::Increase, Side::High) | (Direction::Decrease, Side::Low) => {
            "special_cause_improvement"
        }
        (Direction::Increase | Direction::Decrease, _) => "special_cause_concern",
        (Direction::Neutral, Side::High) => "special_cause_neutral_high",
        (Direction::Neutral, Side::Low) => "special_cause_neutral_low",
    }
}

fn icon(label: Option<Signal>, direction: Direction) -> &'static str {
    let Some(side) = label.map(Signal::side) else { return "common_cause.svg" };
    match (direction, side) {
        (Direction::Increase, Side::High) => "improvement_high.svg",
        (Direction::Increase, Side::Low) => "concern_low.svg",
        (Direction::Decrease, Side::High) => "concern_high.svg",
        (Direction::Decrease, Side::Low) => "improvement_low.svg",
        (Direction::Neutral, Side::High) => "neutral_high.svg",
        (Direction::Neutral, Side::Low) => "neutral_low.svg",
    }
}

/// The name and the icon of what can be expected.
fn expected(assured: Assurance) -> (&'static str, &'static str) {
    match assured {
        Assurance::Pass => ("consistent_pass", "pass.svg"),
        Assurance::HitOrMiss => ("inconsistent", "inconsistent.svg"),
        Assurance::Fail => ("consistent_fail", "fail.svg"),
    }
}
