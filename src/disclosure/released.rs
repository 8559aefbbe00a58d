//! What one reader may see: the mirror of findings in which every number is a [`Figure`].

pub mod actions;
mod facts;
mod feeds;
pub mod outlook;
mod proposal;
pub mod reconciliation;

use chrono::NaiveDate;

use super::Figure;
pub use crate::indicators::charting::{Charting, Kind};
pub use crate::indicators::measure::Length;
pub use crate::indicators::measure::each::{Each, Then};
pub use crate::indicators::notes::{Notes, Passage};
pub use crate::indicators::standards::{Rule as Held, Standard};
pub use crate::indicators::{Better, Stated};
pub use crate::judgement::CodeChange;
pub use crate::judgement::chart::Icons;
pub use crate::judgement::facts::{
    Milestone, Position, Promise, ToleranceBasis, Variation, Verdict,
};
pub use crate::judgement::rating::{Colour, Test};
use crate::period::{Grain, Month, Period};
pub use crate::series::Status;
pub use crate::statistics::assurance::Assurance;
pub use crate::statistics::intervals::Method;
pub use crate::statistics::signals::{Side, Signal};
use crate::unit::Unit;
pub use facts::{Absent, Caveat, Change, Events, Facts, MeanMiss, Total};
pub use feeds::{Feed, File, Reason};
pub use proposal::Proposal;

/// A plan's findings as one profile releases them.
#[derive(Debug, Clone, PartialEq)]
pub struct Released {
    /// The profile's name.
    pub profile: &'static str,
    /// Id of the plan.
    pub plan: String,
    /// Title of the plan.
    pub title: String,
    /// Nothing after this month was looked at.
    pub as_at: Month,
    /// In the plan's order; the parts of a split follow their whole.
    pub indicators: Vec<Indicator>,
    /// How many indicators, parts of splits left out, have each colour.
    pub counts: Vec<(Colour, Figure)>,
    /// The plan's actions and how they stand.
    pub actions: actions::Actions,
    /// Counts of the same thing by several bodies.
    pub reconciliations: Vec<reconciliation::Reconciliation>,
    /// The feeds they rest on.
    pub feeds: Vec<Feed>,
    /// What people say of the month.
    pub notes: Option<Notes>,
    /// The rating table, for the method page.
    pub rules: Vec<Rule>,
    /// The table of charts, for the method page.
    pub charts: Vec<ChartRule>,
}

impl Released {
    /// The indicators themselves, without the parts of their splits, in the plan's order.
    pub fn whole(&self) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(|indicator| indicator.split.is_none())
    }
}

/// For how many people a rate is, and which people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateBasis {
    /// For how many.
    pub per: u32,
    /// Their age band.
    pub age: String,
    /// Whether for a year of 365 days, else for the period.
    pub annualised: bool,
    /// The year of the estimate in use at the latest settled period, and its source; `None`
    /// without one.
    pub estimate: Option<(i32, String)>,
}

/// One indicator in one area.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Our own key.
    pub id: String,
    /// Where the plan prints it.
    pub reference: String,
    /// What it shows.
    pub title: String,
    /// Id of the measure, when there is one.
    pub measure: Option<String>,
    /// Where the measure's definition comes from.
    pub source: Option<String>,
    /// The standard whose limit its clock is held to, where the measure names one.
    pub standard: Option<Standard>,
    /// Id of the feed it rests on, or would rest on.
    pub feed: String,
    /// Code of the area.
    pub area: String,
    /// Name of the area.
    pub area_name: String,
    /// Column and code it is narrowed to, when it is part of a split.
    pub split: Option<(String, String)>,
    /// What it is measured in.
    pub unit: Unit,
    /// A level that carries over from period to period: its limits are widened.
    pub stock: bool,
    /// How long its periods are.
    pub grain: Grain,
    /// How its chart and limits are made.
    pub charting: Charting,
    /// Which way is good.
    pub better: Better,
    /// The organisation or role that answers for it.
    pub owner: Option<String>,
    /// What the plan itself stated.
    pub stated: Stated,
    /// Of counts, the total of the months of which the plan stated something.
    pub in_stated_months: Option<Figure>,
    /// The feed's rows were made by a program, not recorded.
    pub synthetic: bool,
    /// Ids of indicators that measure the same thing from another source.
    pub beside: Vec<String>,
    /// What a rate is of.
    pub rate: Option<RateBasis>,
    /// The days or weeks that its values are made of.
    pub each: Option<Each>,
    /// What the plan leaves open and we decided.
    pub choices: Vec<String>,
    /// Every period in order.
    pub points: Vec<Point>,
    /// The months behind quarters, neither charted nor judged; empty otherwise.
    pub months: Vec<Point>,
    /// The chart's phases.
    pub phases: Vec<Phase>,
    /// The way to a target with a date: month and planned value.
    pub path: Vec<(Month, Figure)>,
    /// Days between events, where they are rare and their days are known.
    pub gaps: Option<Gaps>,
    /// Whether each period is judged by that way; else it is ours, for orientation.
    pub path_judged: bool,
    /// What the chart says at the latest settled period.
    pub icons: Icons,
    /// Rows of the feed by the step they stopped at, over the whole calendar: one entry, but where the
    /// measure is made of several.
    pub rows: Vec<Rows>,
    /// What the rating rests on.
    pub facts: Facts,
    /// The colour.
    pub colour: Colour,
    /// The row of the rating table that gave it.
    pub rule: &'static str,
    /// Every row that was tried, in order.
    pub tests: Vec<Test>,
    /// A rebase that the values suggest; never applied.
    pub proposal: Option<Proposal>,
    /// What is to be expected.
    pub outlook: Option<outlook::Outlook>,
    /// What it was a month earlier, from the records as they are known today.
    pub before: Option<Before>,
    /// What a reader must know besides.
    pub caveats: Vec<Caveat>,
}

/// An indicator a month earlier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Before {
    /// The colour.
    pub colour: Colour,
    /// The row of the rating table that gave it.
    pub rule: &'static str,
    /// The settled period that was then the latest.
    pub period: Option<Period>,
    /// Improvement, concern or common cause.
    pub variation: Variation,
}

/// Rows of a feed by the step they stopped at; together with those counted, all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// Id of the measure of rows.
    pub measure: String,
    /// Id of the feed.
    pub feed: String,
    /// Step, rows left out there, rows that could not be decided there.
    pub steps: Vec<(String, Figure, Figure)>,
    /// Rows that passed every step.
    pub counted: Figure,
    /// Of the rows left out "in the area", those whose area is part of no plan on the row's own day, by
    /// its code.
    pub nowhere: Vec<(String, Figure)>,
}

/// One period of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The period.
    pub period: Period,
    /// How far it can be relied on.
    pub status: Status,
    /// Above the line.
    pub numerator: Option<Figure>,
    /// Below the line.
    pub denominator: Option<Figure>,
    /// Rows that could not be decided.
    pub unknown: Figure,
    /// The figure itself.
    pub value: Option<Figure>,
    /// Its 95 % confidence interval.
    pub interval: Option<Range>,
    /// The target in force.
    pub target: Option<Figure>,
    /// Position of its phase.
    pub phase: Option<usize>,
    /// Lower process limit.
    pub lower_limit: Option<Figure>,
    /// Upper process limit.
    pub upper_limit: Option<Figure>,
    /// Every special cause it takes part in.
    pub signals: Vec<Signal>,
}

/// A lower and an upper figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Lower end.
    pub lower: Figure,
    /// Upper end.
    pub upper: Figure,
    /// How it was made.
    pub method: Method,
}

/// A stretch of the chart with limits of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// Position of its first point.
    pub first: usize,
    /// Position of its last point.
    pub last: usize,
    /// Which chart it is.
    pub kind: Kind,
    /// Centre line: the mean, of a run chart the median.
    pub centre: Option<Figure>,
    /// Why it began.
    pub why: Option<String>,
}

/// Days between rare events.
#[derive(Debug, Clone, PartialEq)]
pub struct Gaps {
    /// The g or the t chart.
    pub kind: Kind,
    /// One for each event after the first.
    pub points: Vec<Gap>,
    /// Median.
    pub centre: Option<Figure>,
    /// Lower limit.
    pub lower: Option<Figure>,
    /// Upper limit.
    pub upper: Option<Figure>,
    /// The latest event in the settled periods.
    pub last: NaiveDate,
    /// The last settled day.
    pub until: NaiveDate,
    /// Days from the one to the other.
    pub since: Figure,
    /// They are more than the upper limit.
    pub beyond: bool,
}

/// The days from one event to the next.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// The day of the later event.
    pub day: NaiveDate,
    /// Days since the event before; `None` where that is not known.
    pub days: Option<Figure>,
    /// The later event lies in a settled period.
    pub settled: bool,
    /// Special causes.
    pub signals: Vec<Signal>,
}

/// A row of the rating table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Its code.
    pub code: &'static str,
    /// The colour it gives.
    pub colour: Colour,
    /// When it applies.
    pub when: &'static str,
}

/// A row of the table of charts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChartRule {
    /// Its code.
    pub code: &'static str,
    /// The chart it gives.
    pub kind: Kind,
    /// When it applies.
    pub when: &'static str,
    /// Where the limits come from.
    pub limits: &'static str,
}
