//! Stocks: a level that carries over and reverts to its line.

use super::Model;
use super::fit::no_more_than_rounding;
use super::law::{Law, Student, freedom};
use crate::statistics::sums::{count, sum};

/// The r that are thought possible before the values are looked at, each as likely as the others.
///
/// Further up than a sigma is estimated with (0.4 to 0.8): short series make r look smaller than it
/// is, and with 0.4 to 0.95 the 80 % band of a stock with r = 0.8 held 75 % of the values three
/// periods after 12. With these it holds what it says, and more than it says of a smaller r.
const POSSIBLE: [f64; 5] = [0.6, 0.7, 0.8, 0.9, 0.95];

/// A first-order autoregression about a level or a straight line, for each r that is possible.
#[derive(Debug, Clone, PartialEq)]
pub struct Carried {
    /// One a possible r and line, with their weights, which add up to 1.
    pub ways: Vec<(f64, Way)>,
    least: f64,
}

/// What the values say if r is this one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Way {
    /// How much is carried over from one period to the next.
    pub r: f64,
    /// The line at the position of the latest value, by generalised least squares.
    pub level: f64,
    /// Change of the line from one period to the next; 0 of a level.
    pub slope: f64,
    /// Variances of level and slope and their covariance, in variances of a value about the line.
    pub doubt: [f64; 3],
    /// Standard deviation of the values about the line.
    pub deviation: f64,
    /// Degrees of freedom of the deviation.
    pub freedom: f64,
    /// The latest value, and how many periods it lies before the end of the series.
    pub latest: (f64, usize),
}

/// Fits a stock. At least three values are needed to say anything; callers ask for more.
///
/// Given r, each value is `line + r^k · (the value k periods before − its line)` and something new
/// with variance `(1 − r^2k) · deviation²`: a gap makes k larger and nothing else. Line and
/// deviation are those of generalised least squares. The r's of one line are weighed by how likely
/// they make the values, line and deviation being unknown (Zellner, *An Introduction to Bayesian
/// Inference in Econometrics*, 7.1, with uniform priors on the line, on log deviation and on the
/// r's listed); the two lines by Schwarz's criterion at their best r.
pub fn carried(values: &[Option<f64>]) -> Carried {
    let reported: Vec<(usize, f64)> =
        values.iter().enumerate().filter_map(|(at, value)| Some((at, (*value)?))).collect();
    let negative = reported.iter().any(|(_, value)| *value < 0.0);
    let least = if negative { f64::NEG_INFINITY } else { 0.0 };
    let mut lines: Vec<(f64, Vec<(f64, Way)>)> = Vec::new();
    for sloped in [false, true] {
        if let Some(line) = line(&reported, values.len(), sloped) {
            lines.push(line);
        }
    }
    let best = lines.iter().map(|(misfit, _)| *misfit).fold(f64::INFINITY, f64::min);
    let whole: f64 = lines.iter().map(|(misfit, _)| libm::exp((best - misfit) / 2.0)).sum();
    let ways = lines.into_iter().flat_map(|(misfit, ways)| {
        let share = libm::exp((best - misfit) / 2.0) / whole;
        ways.into_iter().map(move |(weight, way)| (share * weight, way))
    });
    Carried { ways: ways.collect(), least }
}

/// Schwarz's criterion of a line, and its fits by r with their weights.
fn line(reported: &[(usize, f64)], length: usize, sloped: bool) -> Option<(f64, Vec<(f64, Way)>)> {
    let fits: Vec<(Way, f64, f64)> =
        POSSIBLE.iter().filter_map(|r| way(reported, length, *r, sloped)).collect();
    let most = fits.iter().map(|(_, likely, _)| *likely).fold(f64::NEG_INFINITY, f64::max);
    let misfit = fits.iter().map(|(_, _, misfit)| *misfit).fold(f64::INFINITY, f64::min);
    let whole: f64 = fits.iter().map(|(_, likely, _)| libm::exp(likely - most)).sum();
    let ways = fits.iter().map(|(way, likely, _)| (libm::exp(likely - most) / whole, *way));
    (!fits.is_empty()).then(|| (misfit, ways.collect()))
}

/// The fit with one r, the logarithm of how likely it makes the values, and its misfit.
fn way(reported: &[(usize, f64)], length: usize, r: f64, sloped: bool) -> Option<(Way, f64, f64)> {
    let &(last, latest) = reported.last()?;
    // Each value less what is carried over, the same of 1 and of time, and its share of the variance.
    let (mut ones, mut times, mut news, mut variances) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (index, &(at, value)) in reported.iter().enumerate() {
        let before = index.checked_sub(1).map(|index| reported[index]);
        let kept = before.map_or(0.0, |(from, _)| libm::pow(r, count(at - from)));
        let time = |at: usize| count(at) - count(last);
        ones.push(1.0 - kept);
        times.push(time(at) - kept * before.map_or(0.0, |(from, _)| time(from)));
        news.push(value - kept * before.map_or(0.0, |(_, value)| value));
        variances.push(1.0 - kept * kept);
    }
    let weighted = |a: &[f64], b: &[f64]| {
        sum(&a.iter().zip(b).zip(&variances).map(|((a, b), v)| a * b / v).collect::<Vec<_>>())
    };
    let (oo, ot, tt) = (weighted(&ones, &ones), weighted(&ones, &times), weighted(&times, &times));
    let (on, tn) = (weighted(&ones, &news), weighted(&times, &news));
    let (information, level, slope, doubt) = if sloped {
        let whole = oo * tt - ot * ot;
        let doubt = [tt / whole, oo / whole, -ot / whole];
        (whole, (tt * on - ot * tn) / whole, (oo * tn - ot * on) / whole, doubt)
    } else {
        (oo, on / oo, 0.0, [1.0 / oo, 0.0, 0.0])
    };
    let used = if sloped { 2 } else { 1 };
    let left: Vec<f64> =
        news.iter().zip(&ones).zip(&times).map(|((n, o), t)| n - level * o - slope * t).collect();
    let number = count(reported.len());
    let freedom = freedom(reported.len(), used);
    let rounding = no_more_than_rounding(reported.iter().map(|(_, value)| *value));
    let square = weighted(&left, &left).max(rounding);
    let logs = sum(&variances.iter().map(|variance| libm::log(*variance)).collect::<Vec<_>>());
    let likely = -0.5 * (logs + libm::log(information) + freedom * libm::log(square));
    let misfit = logs + number * libm::log(square / number) + count(used) * libm::log(number);
    let deviation = (square / freedom).sqrt();
    let latest = (latest, length - 1 - last);
    Some((Way { r, level, slope, doubt, deviation, freedom, latest }, likely, misfit))
}

impl Carried {
    fn mean_of(&self, of: impl Fn(&Way) -> f64) -> f64 {
        self.ways.iter().map(|(weight, way)| weight * of(way)).sum()
    }

    /// The latest value.
    pub(super) fn latest(&self) -> f64 {
        self.ways.first().map_or(0.0, |(_, way)| way.latest.0)
    }

    /// The means over all ways.
    pub(super) fn model(&self) -> Model {
        Model::Reverting {
            r: self.mean_of(|way| way.r),
            level: self.mean_of(|way| way.level),
            slope: self.mean_of(|way| way.slope),
        }
    }

    /// The law of the value so many periods after the end of the series.
    pub(super) fn law(&self, horizon: usize) -> Law {
        let parts = self.ways.iter().map(|(weight, way)| (*weight, way.ahead(horizon))).collect();
        Law::measured(parts, self.least, f64::INFINITY)
    }
}

impl Way {
    /// What is to be found so many periods after the end of the series.
    ///
    /// With k the periods since the latest value: the centre is
    /// `level + slope · k + r^k · (latest − level)`, the variance `deviation²` times
    /// `1 − r^2k + (1 − r^k)² · v(level) + k² · v(slope) + 2k(1 − r^k) · v(level, slope)`.
    pub fn ahead(&self, horizon: usize) -> Student {
        let (latest, since) = self.latest;
        let time = count(horizon + since);
        let kept = libm::pow(self.r, time);
        let reverted = 1.0 - kept;
        let [level, slope, both] = self.doubt;
        let line = reverted * reverted * level + time * time * slope + 2.0 * time * reverted * both;
        Student {
            centre: self.level + self.slope * time + kept * (latest - self.level),
            scale: self.deviation * (1.0 - kept * kept + line).sqrt(),
            freedom: self.freedom,
        }
    }
}
