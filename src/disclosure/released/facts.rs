//! The facts of a rating, each number released.

use super::{
    Assurance, CodeChange, Figure, Kind, Milestone, Position, Promise, Range, Signal,
    ToleranceBasis, Variation, Verdict,
};
use crate::period::{Month, Period};

/// The facts of the rating, each number released.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// What kind of promise is judged.
    pub promise: Promise,
    /// The latest settled period.
    pub period: Option<Period>,
    /// Its value.
    pub value: Option<Figure>,
    /// Its sum above the line.
    pub numerator: Option<Figure>,
    /// Its sum below the line.
    pub denominator: Option<Figure>,
    /// The settled value of the period before.
    pub previous: Option<Figure>,
    /// Why there is no settled value that can be judged.
    pub absent: Option<Absent>,
    /// The target in force.
    pub target: Option<Figure>,
    /// Where the target leads in the end.
    pub goal: Option<Figure>,
    /// When the target was set.
    pub target_set: Option<Month>,
    /// From when it is in force.
    pub target_from: Option<Month>,
    /// By when it is to be reached.
    pub target_by: Option<Month>,
    /// Where the plan prints it.
    pub target_reference: Option<String>,
    /// Green up to here.
    pub green_threshold: Option<Figure>,
    /// Red beyond here.
    pub red_threshold: Option<Figure>,
    /// How far from the target is still near.
    pub tolerance: Option<Figure>,
    /// Where the tolerance comes from.
    pub tolerance_basis: ToleranceBasis,
    /// By how much the target was missed; met at 0 or below.
    pub miss: Option<Figure>,
    /// Met, near or missed.
    pub position: Option<Position>,
    /// Periods running that met the target.
    pub met_running: usize,
    /// How many of them make "three running".
    pub running_needed: usize,
    /// The law by which the phase's values scatter.
    pub kind: Option<Kind>,
    /// Laney's factor as computed.
    pub laney: Option<Figure>,
    /// Settled values of the phase before the latest.
    pub phase_points: usize,
    /// The phase's first period.
    pub phase_start: Option<Period>,
    /// Mean of the misses before the latest period.
    pub mean: Option<Figure>,
    /// One sigma of the misses.
    pub sigma: Option<Figure>,
    /// Lower process limit of the misses.
    pub lower_limit: Option<Figure>,
    /// Upper process limit of the misses.
    pub upper_limit: Option<Figure>,
    /// Improvement, concern or common cause.
    pub variation: Variation,
    /// The special cause behind it.
    pub signal: Option<Signal>,
    /// Points running on the signal's side of the mean.
    pub signal_run: usize,
    /// The signal is no longer than 12 periods old.
    pub fresh: bool,
    /// What can be expected of the process.
    pub assurance: Option<Assurance>,
    /// How much of a stock carries over.
    pub persistence: Option<Figure>,
    /// The mean of the baseline.
    pub baseline: Option<Figure>,
    /// Exact interval of the latest period, and whether it excludes the target.
    pub exact: Option<(Range, bool)>,
    /// The same for the last three periods together.
    pub pooled: Option<(Range, bool)>,
    /// Mean miss of the latest points.
    pub mean_miss: Option<MeanMiss>,
    /// Events, where the target is 0.
    pub events: Option<Events>,
    /// State of a milestone.
    pub milestone: Option<Milestone>,
    /// The financial year's total so far.
    pub total: Option<Total>,
    /// The latest periods against the baseline.
    pub change: Option<Change>,
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
    /// Were the unknown rows known, the target could be met or missed: least and most.
    BoundsStraddle(Figure, Figure),
    /// The year's total is below what it should be, but periods of the year are missing.
    YearIncomplete,
    /// A milestone's date is past, this month, and nobody has said whether it was done.
    NotSaid(Month),
}

/// What a reader must know besides the number.
#[derive(Debug, Clone, PartialEq)]
pub enum Caveat {
    /// The value is from a feed that has not settled.
    Provisional(Period),
    /// Only a part of the period is covered.
    Partial(Period),
    /// Rows whose deciding field is unknown.
    Unknown(Figure),
    /// Rows whose condition cannot be told.
    OtherReading {
        /// How many.
        rows: Figure,
        /// Whether they count as not meeting the condition; otherwise they are left out.
        counted: bool,
        /// The figure under the other reading; `None` where that leaves no cases.
        value: Option<Figure>,
    },
    /// Fewer points than limits deserve.
    ShortPhase(usize),
    /// The plan states no baseline: the first twelve settled periods are ours.
    OwnBaseline,
    /// The straight line to the target is ours, for orientation.
    OwnPath,
    /// Successive values are correlated; the sigma was widened by this r.
    Correlated(Figure),
    /// The feed is late: its latest month.
    Late(Option<Month>),
    /// Of the stated baseline only the periods wholly inside it are taken: the first and the last.
    BaselineCut(Period, Period),
    /// The code of this part of a split began or ended within the series.
    Code(CodeChange),
}

/// Mean of misses over the latest points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanMiss {
    /// How many points.
    pub points: usize,
    /// Their mean.
    pub mean: Figure,
    /// Its 95 % interval.
    pub interval: Range,
}

/// Events where the target is 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Events {
    /// In the latest settled period.
    pub latest: Figure,
    /// After it.
    pub later: Figure,
    /// First reported since the previous pack.
    pub newly_reported: Figure,
    /// In the 3 months to its end.
    pub quarter: Option<Figure>,
    /// In the 12 months to its end.
    pub year: Figure,
    /// Records whose deciding field is unknown.
    pub unknown: Figure,
    /// All 12 months are settled and known.
    pub complete: bool,
    /// The latest period with an event.
    pub last: Option<Period>,
    /// Events a year that are allowed.
    pub allowance: u32,
}

/// The financial year's total so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Total {
    /// The financial year.
    pub year: Period,
    /// To date.
    pub to_date: Figure,
    /// What it should be by then.
    pub profile: Figure,
    /// What it should be in the end.
    pub whole: Figure,
    /// The year is over.
    pub year_end: bool,
}

/// The latest periods against the baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Mean of the baseline.
    pub baseline: Figure,
    /// Its periods; 0 for a value the plan prints.
    pub baseline_points: usize,
    /// The baseline is ours.
    pub own: bool,
    /// Settled values after the baseline.
    pub after: usize,
    /// Mean of the latest periods.
    pub latest: Figure,
    /// How many they are.
    pub latest_points: usize,
    /// Only the same calendar months are compared.
    pub same_months: bool,
    /// 95 % interval of the difference.
    pub interval: Option<Range>,
    /// Better, worse or unclear.
    pub verdict: Verdict,
}
