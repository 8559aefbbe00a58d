//! The facts a rating rests on, taken from the latest settled period *t* and the points before it.
//!
//! Every number that a rule of the table looks at stands here, so that a rating can be explained
//! without computing anything again. A fact that does not apply, or cannot be known, is `None`.
//!
//! A **miss** is how far a value is on the wrong side of what was promised for its period: value −
//! target where lower is better, target − value where higher is. Met is 0 or below. Where only a
//! direction was promised, the miss is the value itself, its sign turned where higher is better.

use super::kind::Kind;
use crate::period::{Month, Period};
use crate::statistics::assurance::Assurance;
use crate::statistics::intervals::Interval;
use crate::statistics::intervals::mean::Known;
use crate::statistics::signals::Signal;

/// Facts at the latest settled period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// What kind of promise is judged, hence which rows of the table are looked at.
    pub promise: Promise,
    /// The latest settled period, *t*.
    pub period: Option<Period>,
    /// Its value, in the indicator's unit; shares are 0 to 1.
    pub value: Option<f64>,
    /// Its exact sum above the line.
    pub numerator: Option<i64>,
    /// Its exact sum below the line.
    pub denominator: Option<i64>,
    /// The settled value of the period just before; `None` where that is a gap.
    pub previous: Option<f64>,
    /// Why there is no settled value that can be judged.
    pub absent: Option<Absent>,
    /// No cases in *t* and the two periods before.
    pub no_cases: bool,

    /// The target in force in *t* (the nearer end of a range), on a way to it that month's value.
    pub target: Option<f64>,
    /// Where the target leads in the end; also when it is not in force yet.
    pub goal: Option<f64>,
    /// When the target that judges *t* was set.
    pub target_set: Option<Month>,
    /// From when it is in force, where stated.
    pub target_from: Option<Month>,
    /// By when it is to be reached.
    pub target_by: Option<Month>,
    /// Where the plan prints it.
    pub target_reference: Option<String>,
    /// Green up to here: the target.
    pub green_threshold: Option<f64>,
    /// Red beyond here at the earliest: the target and the tolerance.
    pub red_threshold: Option<f64>,
    /// How far from the target is still near.
    pub tolerance: Option<f64>,
    /// Where the tolerance comes from.
    pub tolerance_basis: ToleranceBasis,
    /// The miss of *t*.
    pub miss: Option<f64>,
    /// Whether the target was met.
    pub position: Option<Position>,
    /// A count that is to stay below one a period: a period without an event meets the target
    /// whatever the process does, so that the year's mean is asked as well.
    pub below_one: bool,
    /// Periods running, *t* the last, that met the target in force in their own time.
    pub met_running: usize,
    /// How many of them make "three running": 3; in years 1 if the exact interval of *t* lies
    /// wholly on the good side of the target, else 3.
    pub running_needed: usize,

    /// The law by which the phase's values scatter; `None` where no row looks at it.
    pub kind: Option<Kind>,
    /// Laney's factor as computed, on p and u charts; below 1 it is used as 1.
    pub laney: Option<f64>,
    /// Settled values of the phase before *t*.
    pub phase_points: usize,
    /// The phase's first period.
    pub phase_start: Option<Period>,
    /// Mean of the misses before *t*.
    pub mean: Option<f64>,
    /// One sigma of the misses, from the points that `tolerance_basis` would name.
    pub sigma: Option<f64>,
    /// Which points the sigma is from.
    pub sigma_basis: ToleranceBasis,
    /// Lower process limit of the misses before *t*.
    pub lower_limit: Option<f64>,
    /// Upper process limit of the misses before *t*.
    pub upper_limit: Option<f64>,
    /// How *t* stands to the points before it.
    pub variation: Variation,
    /// The special cause behind the variation, its side as seen in the values.
    pub signal: Option<Signal>,
    /// Points running on the signal's side of the mean, *t* the last.
    pub signal_run: usize,
    /// The signal's run is no longer than 12 periods.
    pub fresh: bool,
    /// What can be expected of the process; `None` with fewer than 12 points or without a sigma.
    pub assurance: Option<Assurance>,
    /// How much of a stock carries over from period to period.
    pub persistence: Option<f64>,

    /// Exact 95 % interval of *t*: counts and proportions only.
    pub exact: Option<Certainty>,
    /// The same for the last three periods together; the interval is of one period's mean.
    pub pooled: Option<Certainty>,
    /// Mean miss of the latest 12 points, or of the phase where it has fewer.
    pub mean_miss: Option<MeanMiss>,
    /// What the mean miss may be: 0, but of a share that is to be 0 % or 100 % the plan's tolerance,
    /// because a single case is more than none.
    pub mean_allowed: f64,
    /// *t* against the same month of last year, where the indicator has a season.
    pub season: Option<Season>,

    /// Events, where the target is 0.
    pub events: Option<Events>,
    /// State of a milestone.
    pub milestone: Option<Milestone>,
    /// The year's total so far.
    pub total: Option<Total>,
    /// The mean of the baseline.
    pub baseline: Option<f64>,
    /// The latest 12 periods against the baseline.
    pub change: Option<Change>,
}

/// What kind of promise is judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Promise {
    /// Nothing: it is watched only.
    #[default]
    Monitor,
    /// It must never happen: the E rows.
    Never,
    /// A count with target 0 in force, not a never event: the Z rows.
    Zero,
    /// A number in force: the T rows.
    Numeric,
    /// Better than the baseline, or a number not yet in force: the D rows.
    Direction,
    /// Done by a date: the M rows.
    Milestone,
    /// A total over the financial year: the C rows.
    YearTotal,
}

/// Why there is no settled value that can be judged.
#[derive(Debug, Clone, PartialEq)]
pub enum Absent {
    /// It cannot be reported yet, and why.
    NotReportable(String),
    /// The feed has no files, or no contract.
    FeedMissing,
    /// The feed was stopped, and why.
    FeedStopped(String),
    /// No settled period has a value.
    NoValue,
    /// The latest settled value is more than one period older than the newest that is due.
    Late,
    /// The source withholds the figure.
    Suppressed,
    /// Were the unknown rows known, the target could be met or missed.
    BoundsStraddle {
        /// The least the value could be.
        least: f64,
        /// The most the value could be.
        most: f64,
    },
    /// The year's total is below what it should be, but periods of the year are missing.
    YearIncomplete,
    /// A milestone's date is past, this month, and nobody has said whether it was done.
    NotSaid(Month),
}

/// Where a sigma or a tolerance comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ToleranceBasis {
    /// There is none.
    #[default]
    None,
    /// The plan states it.
    Plan,
    /// One sigma of the 12 or more points of the phase before *t*.
    Sigma,
    /// One sigma of the phase before, the present one having fewer than 12 points.
    PhaseBefore,
    /// One sigma of the points there are: 6 to 11.
    FewPoints,
    /// The distance from the value to the end of its exact 95 % interval that faces the target.
    Interval,
}

/// Where *t* lies against the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    /// The miss is 0 or below.
    Met,
    /// Missed by no more than the tolerance: within ordinary variation.
    Near,
    /// Missed by more than the tolerance, or without one.
    Missed,
}

/// How *t* stands to the points before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variation {
    /// A special cause on the good side.
    Improvement,
    /// Nothing that chance cannot explain.
    #[default]
    Common,
    /// A special cause on the bad side.
    Concern,
}

/// An interval, and whether it settles the question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Certainty {
    /// The 95 % interval, in the indicator's unit.
    pub interval: Interval,
    /// The target lies beyond the interval's good end: missed by more than chance.
    pub excludes: bool,
}

/// A mean of misses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanMiss {
    /// How many points, *t* among them.
    pub points: usize,
    /// Their cases together, where each point counts as often as it has cases.
    pub cases: Option<f64>,
    /// Their mean miss.
    pub mean: f64,
    /// One sigma of a single miss, or of one with a single case: of the points before *t*, at least
    /// the counting error where it is of 12 or more points.
    pub sigma: f64,
    /// Standard error of the mean: sigma / √points, or / √cases; for stocks times
    /// √((1 + r)/(1 − r)).
    pub error: f64,
    /// How many standard errors the interval reaches to each side.
    pub factor: f64,
    /// Its 95 % interval.
    pub interval: Interval,
}

impl MeanMiss {
    /// The mean is beyond what is allowed (0, or a tolerance), and the interval excludes that.
    pub fn beyond_chance(&self, allowed: f64) -> bool {
        self.mean > allowed && self.interval.lower > allowed
    }
}

/// *t* against the same month of last year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Season {
    /// By how much *t* is worse; `None` where that month has no settled value.
    pub worse_by: Option<f64>,
    /// What it must be more than: 1.96·√2·sigma; `None` without a sigma.
    pub needed: Option<f64>,
}

/// Events where the target is 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Events {
    /// In *t*.
    pub latest: u64,
    /// After *t* up to the as-at month, provisional and partial periods included.
    pub later: u64,
    /// First reported since the previous pack, whatever their date.
    pub newly_reported: u64,
    /// In the 3 months to *t*; `None` where a period is longer.
    pub quarter: Option<u64>,
    /// In the 12 months to *t*.
    pub year: u64,
    /// Rows since the 12 months to *t* began whose deciding field is unknown.
    pub unknown: u64,
    /// All 12 months to *t* are settled and known.
    pub complete: bool,
    /// The latest period with an event, up to *t*.
    pub last: Option<Period>,
    /// Events a year that are allowed.
    pub allowance: u32,
    /// So many in *t* are more than the allowance, beyond chance; `None` for longer periods.
    pub too_many_latest: Option<u64>,
    /// So many in 3 months are.
    pub too_many_quarter: Option<u64>,
    /// So many in 12 months are.
    pub too_many_year: u64,
}

/// State of a milestone at the as-at month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Milestone {
    /// Done, and when.
    Done(Month),
    /// Not done, not yet overdue; the month by which it is due.
    Due(Option<Month>),
    /// Not done, and the month by which it was due is over.
    Overdue(Month),
}

/// The financial year's total so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Total {
    /// The financial year.
    pub year: Period,
    /// From its first month to *t*.
    pub to_date: f64,
    /// What it should be by then.
    pub profile: f64,
    /// The year's total is shared out evenly by month: the plan gives no profile.
    pub even: bool,
    /// What it should be by the year's end.
    pub whole: f64,
    /// Months of the year that are over at the end of *t*.
    pub months: u32,
    /// Exact 95 % interval of the total to date; counts only.
    pub interval: Option<Interval>,
    /// *t* ends the year: the total alone decides.
    pub year_end: bool,
}

/// The latest 12 periods against the baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Mean of the baseline's periods that are compared.
    pub baseline: f64,
    /// How many they are; 0 for a value the plan prints.
    pub baseline_points: usize,
    /// The plan states no baseline: the first 12 settled periods are ours.
    pub own: bool,
    /// Settled values after the baseline.
    pub after: usize,
    /// Mean of the latest periods, at most 12, all after the baseline.
    pub latest: f64,
    /// How many they are.
    pub latest_points: usize,
    /// There are fewer than 12: only the same calendar months of the baseline are compared.
    pub same_months: bool,
    /// 95 % interval of latest less baseline, in the indicator's unit; `None` without a sigma.
    pub interval: Option<Interval>,
    /// The baseline's periods that are compared; none for a value the plan prints.
    pub baseline_periods: Vec<Period>,
    /// The latest periods.
    pub latest_periods: Vec<Period>,
    /// What the interval is made of; `None` without one.
    pub made_of: Option<MadeOf>,
    /// Which side of 0 the interval is on.
    pub verdict: Verdict,
}

/// What the interval of a change is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum MadeOf {
    /// Two means of known sigma: 1.96 · √(sigma²/n + sigma²/n) on each side of their difference.
    Means {
        /// The latest periods.
        latest: Known,
        /// The baseline; sigma 0 for a value the plan prints.
        baseline: Known,
    },
    /// Two pooled shares: events and cases.
    Shares {
        /// The latest periods.
        latest: (f64, f64),
        /// The baseline; `None` for a value the plan prints.
        baseline: Option<(f64, f64)>,
        /// Laney's factor, which widens the interval: at least 1.
        factor: f64,
    },
}

/// Whether a change is more than chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The interval lies wholly on the good side.
    Better,
    /// The interval holds 0, or there is none.
    Unclear,
    /// The interval lies wholly on the bad side.
    Worse,
}
