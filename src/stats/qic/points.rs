//! The points of one case: drawn part by part, and written.

use super::Chart;
use super::series::Point;
use super::settings::Settings;
use crate::statistics::limits::c::c;
use crate::statistics::limits::counted::Scatter;
use crate::statistics::limits::drawn::Drawn;
use crate::statistics::limits::g::g;
use crate::statistics::limits::individuals::individuals;
use crate::statistics::limits::iprime::i_prime;
use crate::statistics::limits::p::{p, p_prime};
use crate::statistics::limits::ranges::{moving_ranges, ranges};
use crate::statistics::limits::run::run;
use crate::statistics::limits::s::{s, spread};
use crate::statistics::limits::t::t;
use crate::statistics::limits::u::{u, u_prime};
use crate::statistics::limits::xbar::{Subgroup, xbar};
use crate::statistics::runs::{Runs, runs};
use crate::statistics::sums;
use crate::stats::Output;
use crate::stats::output::Cell;

/// Points that have limits and runs of their own.
struct Part<'a> {
    points: &'a [Point<'a>],
    /// Whether each makes the limits.
    base: Vec<bool>,
    settings: &'a Settings,
}

/// Writes a row for each point of a case, part by part.
pub(super) fn write(output: &mut Output, id: &str, points: &[Point<'_>], settings: &Settings) {
    let freeze = settings.freeze.filter(|_| settings.part.is_empty()).unwrap_or(usize::MAX);
    let mut first = 0;
    let mut ends = settings.part.clone();
    ends.push(points.len());
    ends.sort_unstable();
    ends.dedup();
    for (number, end) in ends.into_iter().enumerate() {
        let Some(within) = points.get(first..end) else { continue };
        let positions = first + 1..=end;
        let include: Vec<bool> =
            positions.clone().map(|at| !settings.exclude.contains(&at)).collect();
        let baseline: Vec<bool> = positions.map(|at| at <= freeze).collect();
        let base = include.iter().zip(&baseline).map(|(one, other)| *one && *other).collect();
        let part = Part { points: within, base, settings };
        let plotted = part.plotted();
        let drawn = part.drawn(&plotted);
        let seen = part.runs(&plotted, &drawn, &include);
        let observed = include.iter().filter(|include| **include).count();
        let signal = settings.chart != Chart::Mr && seen.is_some_and(|runs| runs.signal);
        for (at, point) in within.iter().enumerate() {
            let drawn = drawn[at].times(settings.multiply);
            let value = plotted[at].map(|value| value * settings.multiply);
            output.row(&[
                Cell::Text(id),
                Cell::Text(point.x),
                value.map_or(part.absent(at), |value| Cell::Number(Some(value))),
                Cell::Number(point.size),
                Cell::Count(number + 1),
                Cell::Logical(Some(baseline[at])),
                Cell::Logical(Some(include[at])),
                Cell::Number(drawn.centre),
                Cell::Number(drawn.lower),
                Cell::Number(drawn.near_lower),
                Cell::Number(drawn.near_upper),
                Cell::Number(drawn.upper),
                Cell::Logical(Some(value.is_some_and(|value| drawn.beyond(value)))),
                Cell::Logical(Some(signal)),
                Cell::Count(observed),
                Cell::Count(seen.map_or(0, |runs| runs.useful)),
                count(seen, |runs| runs.longest),
                count(seen, |runs| runs.longest_limit),
                count(seen, |runs| runs.crossings),
                count(seen, |runs| runs.crossings_limit),
            ]);
        }
        first = end;
    }
}

fn count(runs: Option<Runs>, of: impl Fn(Runs) -> usize) -> Cell<'static> {
    runs.map_or(Cell::Number(None), |runs| Cell::Count(of(runs)))
}

impl Part<'_> {
    /// The values that the chart shows.
    fn plotted(&self) -> Vec<Option<f64>> {
        let values = self.points.iter().map(|point| point.value);
        match self.settings.chart {
            Chart::Mr => ranges(&values.collect::<Vec<_>>()),
            Chart::C => self.points.iter().map(|point| point.sum).collect(),
            Chart::S => self.points.iter().map(|point| point.measured.deviation).collect(),
            _ => values.collect(),
        }
    }

    /// What stands for a value that is not there, as the reference has it: `NA` where nothing was
    /// measured, `NaN` where a mean or a difference of nothing is undefined.
    fn absent(&self, at: usize) -> Cell<'static> {
        match self.settings.chart {
            Chart::C | Chart::S => Cell::Number(None),
            Chart::Mr if at == 0 => Cell::Number(None),
            _ => Cell::Text("NaN"),
        }
    }

    /// Centre line and limits of each point.
    fn drawn(&self, plotted: &[Option<f64>]) -> Vec<Drawn> {
        let (given, screened) = (self.settings.cl, self.settings.screening);
        let baseline = self.of_base(plotted);
        let same = |drawn: Drawn| vec![drawn; plotted.len()];
        match self.settings.chart {
            Chart::Run => same(run(&baseline, given)),
            Chart::I => same(individuals(&baseline, given, screened)),
            Chart::Mr => same(moving_ranges(&baseline, given)),
            Chart::C => same(c(&baseline, given)),
            Chart::G => same(g(&baseline, given)),
            Chart::T => same(t(&baseline, given, screened).unwrap_or_default()),
            Chart::P => self.by_size(p(&self.counted(), given)),
            Chart::PPrime => self.by_size(p_prime(&self.counted(), given, screened)),
            Chart::U => self.by_size(u(&self.counted(), given)),
            Chart::UPrime => self.by_size(u_prime(&self.counted(), given, screened)),
            Chart::IPrime => self.i_prime(plotted),
            Chart::XBar => {
                let means = xbar(&self.of_base(&self.measured()), self.one_size(), given);
                let drawn = |point: &Point<'_>| {
                    means.map_or_else(Drawn::default, |means| means.drawn(point.measured.number))
                };
                self.points.iter().map(drawn).collect()
            }
            Chart::S => {
                let centre =
                    given.or_else(|| spread(&self.of_base(&self.measured()), self.one_size()));
                self.points.iter().map(|point| s(centre, point.measured.number)).collect()
            }
        }
    }

    fn by_size(&self, scatter: Option<Scatter>) -> Vec<Drawn> {
        let drawn = |point: &Point<'_>| {
            scatter.map_or_else(Drawn::default, |scatter| scatter.drawn(point.size))
        };
        self.points.iter().map(drawn).collect()
    }

    fn i_prime(&self, plotted: &[Option<f64>]) -> Vec<Drawn> {
        // Without denominators each value weighs as many measurements as it is made of.
        let single = self.points.iter().all(|point| point.size.is_none());
        let size = |point: &Point<'_>| {
            if single { Some(sums::count(point.measured.number)) } else { point.size }
        };
        let sizes: Vec<Option<f64>> = self.points.iter().map(size).collect();
        let points: Vec<Option<(f64, f64)>> =
            plotted.iter().zip(&sizes).map(|(value, size)| value.zip(*size)).collect();
        let Settings { cl, screening, .. } = *self.settings;
        let found = i_prime(&points, &self.of_base(&points), cl, screening);
        let drawn =
            |size: &Option<f64>| found.map_or_else(Drawn::default, |found| found.drawn(*size));
        sizes.iter().map(drawn).collect()
    }

    /// Runs of the points that are not left out; `None` where none is useful.
    fn runs(&self, plotted: &[Option<f64>], drawn: &[Drawn], include: &[bool]) -> Option<Runs> {
        let points: Vec<Option<(f64, f64)>> = plotted
            .iter()
            .zip(drawn)
            .zip(include)
            .filter(|(_, include)| **include)
            .map(|((value, drawn), _)| value.zip(drawn.centre))
            .collect();
        runs(&points, self.settings.method)
    }

    /// Those of a list, one for each point, that make the limits.
    fn of_base<T: Copy>(&self, all: &[T]) -> Vec<T> {
        all.iter().zip(&self.base).filter(|(_, base)| **base).map(|(one, _)| *one).collect()
    }

    /// Events and cases of the points that make the limits.
    fn counted(&self) -> Vec<Option<(f64, f64)>> {
        let all: Vec<_> = self.points.iter().map(|point| point.sum.zip(point.size)).collect();
        self.of_base(&all)
    }

    fn measured(&self) -> Vec<Subgroup> {
        self.points.iter().map(|point| point.measured).collect()
    }

    /// Whether all points of the part, not only the baseline, have as many measurements.
    fn one_size(&self) -> bool {
        self.points.windows(2).all(|pair| pair[0].measured.number == pair[1].measured.number)
    }
}
