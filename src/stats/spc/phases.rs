//! A series charted: its phases, each with limits and special causes.

use super::cases::Case;
use super::series::Series;
use super::{Direction, Settings};
use crate::error::Error;
use crate::statistics::assurance::{Assurance, assurance};
use crate::statistics::limits::Limits;
use crate::statistics::limits::xmr::{Options, xmr};
use crate::statistics::signals::marks::{labels, marks};
use crate::statistics::signals::{Rules, Side, Signal};

/// Fewer points in a phase than this: its limits are not to be relied on yet (the reference's
/// warning).
const FEWEST_POINTS: usize = 13;

/// A series judged by its settings.
pub(super) struct Chart<'a> {
    pub(super) settings: &'a Settings,
    pub(super) phases: Vec<Phase<'a>>,
    /// Rebase dates that are no date of the series.
    unused: Vec<String>,
}

/// The points from one rebase to the next.
pub(super) struct Phase<'a> {
    /// 0, 1, 2; from 1 where the first date of the series is a rebase date.
    pub(super) number: usize,
    pub(super) dates: &'a [&'a str],
    pub(super) values: &'a [Option<f64>],
    /// `None` without any value.
    pub(super) limits: Option<Limits>,
    /// The special cause by which each point is named.
    pub(super) labels: Vec<Option<Signal>>,
    /// Dates without a value at which the reference stops.
    pub(super) broken: Vec<&'a str>,
}

impl<'a> Chart<'a> {
    pub(super) fn of(series: &'a Series, settings: &'a Settings) -> Self {
        let mut starts = Vec::new();
        let mut unused = Vec::new();
        for day in &settings.rebases {
            let text = day.format("%Y-%m-%d").to_string();
            match series.dates.binary_search(&text.as_str()) {
                Ok(at) => starts.push(at),
                Err(_) => unused.push(text),
            }
        }
        let before = usize::from(starts.first() == Some(&0));
        if before == 0 {
            starts.insert(0, 0);
        }
        let ends = starts.iter().skip(1).copied().chain([series.dates.len()]);
        let phase = |(at, (start, end)): (usize, (&usize, usize))| {
            let (dates, values) = (&series.dates[*start..end], &series.values[*start..end]);
            Phase::of(before + at, dates, values, settings)
        };
        let phases = starts.iter().zip(ends).enumerate().map(phase).collect();
        Self { settings, phases, unused }
    }

    /// Whether some phase has few points.
    pub(super) fn is_short(&self) -> bool {
        self.phases.iter().any(Phase::is_short)
    }

    /// What was asked for and not used.
    pub(super) fn notes(&self, case: &Case<'_>) -> impl Iterator<Item = Error> {
        self.unused.iter().map(|day| {
            case.note(&format!("no new phase begins on {day}, which is no date of the series"))
                .help("give the first date of the new phase as it stands in the series")
        })
    }
}

impl<'a> Phase<'a> {
    fn of(
        number: usize,
        dates: &'a [&'a str],
        values: &'a [Option<f64>],
        settings: &Settings,
    ) -> Self {
        let options =
            Options { screen: settings.screen, baseline_points: settings.baseline_points };
        let limits = xmr(values, options);
        let labels = match &limits {
            Some(limits) => labels(values, &marks(values, limits, settings.rules)),
            None => vec![None; values.len()],
        };
        let broken = broken_trends(values, settings.rules);
        let broken = broken.into_iter().map(|at| dates[at]).collect();
        Self { number, dates, values, limits, labels, broken }
    }

    pub(super) fn is_short(&self) -> bool {
        self.values.len() < FEWEST_POINTS
    }

    /// What can be expected against the target; `None` where nothing is to be said.
    pub(super) fn assured(&self, settings: &Settings) -> Option<Assurance> {
        let good = match settings.direction {
            Direction::Increase => Side::High,
            Direction::Decrease => Side::Low,
            Direction::Neutral => return None,
        };
        let target = settings.target?;
        let judged = self.limits.map(|limits| assurance(&limits, target, good));
        Some(judged.unwrap_or(Assurance::HitOrMiss))
    }
}

/// Positions of missing values among `run` points that otherwise only rise, or only fall, or have
/// no two neighbours at all. The reference cannot say whether they are a trend, and stops.
fn broken_trends(values: &[Option<f64>], rules: Rules) -> Vec<usize> {
    if values.iter().all(Option::is_some) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (first, window) in values.windows(rules.run).enumerate() {
        let steps = || window.windows(2).filter_map(|pair| Some(pair[1]? - pair[0]?));
        if steps().all(|step| step > 0.0) || steps().all(|step| step < 0.0) {
            let missing = window.iter().enumerate().filter(|(_, value)| value.is_none());
            found.extend(missing.map(|(at, _)| first + at));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
