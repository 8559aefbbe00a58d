//! A measure as one typed value: named steps that rows pass, and the fold of those that do.

use chrono::NaiveDate;

use crate::feeds::contract::{Contract, Rows};
use crate::filter::{ColumnType, Filter, Prior};
use crate::indicators::measure::each::Each;
use crate::indicators::measure::{Interval, Kind, Limit, Measure, Quantity, Stay, Unknown};
use crate::measures::flaws::empty_end;
use crate::period::Period;

pub use crate::indicators::measure::Convention;
pub use crate::measures::flaws::Flaw;

mod asks;

/// What is done with a feed's rows to make a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The feed the rows come from.
    pub feed: String,
    /// Columns that place a row in a month; the first that is known decides.
    pub time: Vec<String>,
    /// The steps, in order. A row that passes all of them is counted.
    pub steps: Vec<Step>,
    /// What the counted rows become.
    pub fold: Fold,
    /// The inner periods that are folded first, where a period's value is made of theirs.
    pub each: Option<Each>,
}

/// One step: a row passes, fails, or cannot be decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// As shown to people: "in the area".
    pub name: &'static str,
    /// What is tested.
    pub test: Test,
}

/// What a step tests.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// A condition on the row; unknown when a field it needs is.
    Filter(Filter),
    /// One of the plan's time columns is known.
    TimeKnown,
    /// This column, which places the row in a period, is known; the row fails where it has not ended,
    /// and is unknown otherwise.
    PlaceKnown(String),
    /// The row's area is among those asked for; unknown when it has none.
    InArea,
    /// None of these columns was withheld by the source (feeds of totals).
    NotSuppressed(Vec<String>),
    /// Each of these columns holds a figure (feeds of totals).
    FigureGiven(Vec<String>),
    /// The stay's end, where it has one, is not before its start.
    Ordered,
    /// This column, which tells people apart, is known; otherwise the row is unknown.
    KeyKnown(String),
    /// The numbers the fold needs are known; otherwise the row is unknown.
    ValueKnown,
    /// So many days after the row's own are over at the cut-off.
    FollowedUp(u32),
    /// The condition above the line is known; otherwise the row is unknown.
    ConditionKnown,
    /// A limit was in force when the clock started.
    LimitInForce,
    /// The clock has stopped, or its limit has passed at the cut-off.
    NotRunning,
    /// The time between two events has not this flaw; otherwise the row is unknown. Of a clock: or
    /// what became of it is known all the same.
    Sound(Flaw),
    /// Whether the clock stopped inside its limit is known; otherwise the row is unknown.
    ClockKnown,
}

/// What the counted rows become.
#[derive(Debug, Clone, PartialEq)]
pub enum Fold {
    /// Their number.
    Count,
    /// The number of different values of a column among them.
    Distinct(String),
    /// The sum of a number.
    Sum(Quantity),
    /// The sum of a number over the rows.
    Mean(Quantity),
    /// The nearest-rank quantile of a number.
    Quantile(Quantity, f64),
    /// The share for which a condition holds.
    Share(Filter, Unknown),
    /// Their number for so many people, of a year of 365 days where annualised.
    Rate {
        /// For how many people.
        per: u32,
        /// Whether days stand below the line as well.
        annualised: bool,
    },
    /// The sum of one column over that of another.
    Ratio(String, String),
    /// The share whose clock stopped inside its limit.
    Within(Clock),
    /// The share whose person had another event before, in any area: one of the measure's rows, not
    /// narrowed by the indicator.
    Repeat(Prior, Unknown),
    /// The mean days since the event before.
    Gap,
    /// The level of stays.
    Census(Stay, Level),
    /// The figure of the one row there is, or one of its figures over another.
    Given(String, Option<String>),
}

/// A clock with limits.
#[derive(Debug, Clone, PartialEq)]
pub struct Clock {
    /// What starts and what stops it.
    pub interval: Interval,
    /// The first that applies is the limit.
    pub limits: Vec<Limit>,
    /// What an end without a time means.
    pub empty_end: EmptyEnd,
    /// What becomes of a row whose clock cannot be told.
    pub unknown: Unknown,
}

/// What an end without a time means.
///
/// A clock known to be not ended is a breach once its limit has passed at the cut-off, and is
/// still running before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyEnd {
    /// Not ended (feeds of stays, where an empty end is how an open stay looks).
    NotEnded,
    /// Not ended where the cell was blank; otherwise the end is not known, whatever the limit:
    /// left out, counted, and gives bounds (events whose contract says so of the column).
    NotEndedWhereBlank,
    /// Nobody wrote the end down, or it goes on: left out, counted, and gives bounds once the
    /// limit has passed, still running before (other events).
    NotKnown,
}

/// Which level of stays is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Bed days by a convention.
    BedDays(Convention),
    /// Open at the midnight that ends the period.
    Open,
    /// The mean over the midnights that end the period's days.
    AverageOpen,
    /// The most at one instant.
    Peak,
}

/// The plan of a measure, its rows perhaps narrowed by an indicator; `None` of one that is derived
/// from others and has no rows of its own.
///
/// ```
/// use concordat::feeds::contract::{Contract, Empty, Rows};
/// use concordat::indicators::measure::{Kind, Measure};
/// use concordat::{error::Place, measures::plan::plan, unit::Unit};
///
/// let contract = Contract {
///     id: "s136".into(), title: "Detentions".into(), rows: Rows::Events, area: None,
///     event_time: Some("detained".into()), key: vec![], empty: Empty::Missing,
///     settles_after: 1, synthetic: true, due_day: None, status: None,
///     open_ends: [].into(), columns: vec![],
///     checks: vec![], reading: concordat::feeds::reading::Reading::default(),
/// };
/// let uses = Measure {
///     id: "uses".into(), title: "Uses".into(), feed: "s136".into(), filter: None,
///     kind: Kind::Count, unit: Unit::Count, stock: false, each: None, period_by: None,
///     split_shares: false, source: String::new(),
///     place: Place::file("s136.toml"),
/// };
/// let steps: Vec<_> = plan(&uses, None, &contract).unwrap().steps.iter().map(|step| step.name).collect();
/// assert_eq!(steps, ["time known", "in the area"]);
/// ```
pub fn plan(measure: &Measure, narrowed: Option<&Filter>, contract: &Contract) -> Option<Plan> {
    let fold = fold(measure, contract)?;
    let mut steps = Vec::new();
    if let Some(filter) = &measure.filter {
        steps.push(Step { name: "measure's rows", test: Test::Filter(filter.clone()) });
    }
    if let Some(filter) = narrowed {
        steps.push(Step { name: "indicator's rows", test: Test::Filter(filter.clone()) });
    }
    steps.push(Step { name: "time known", test: Test::TimeKnown });
    if let Some(column) = &measure.period_by {
        steps.push(Step { name: "placing time known", test: Test::PlaceKnown(column.clone()) });
    }
    steps.push(Step { name: "in the area", test: Test::InArea });
    if let Kind::Proportion { denominator: Some(filter), .. } = &measure.kind {
        steps.push(Step { name: "below the line", test: Test::Filter(filter.clone()) });
    }
    if let Some(days) = measure.follow() {
        steps.push(Step { name: "follow-up over", test: Test::FollowedUp(days) });
    }
    steps.extend(fold_steps(&fold, contract));
    let time = time(measure, &fold, contract);
    Some(Plan { feed: measure.feed.clone(), time, steps, fold, each: measure.each })
}

impl Plan {
    /// The first and last days of the runs that a period's value is made of: its own, or those of
    /// its inner periods.
    pub fn runs(&self, period: Period) -> Vec<(NaiveDate, NaiveDate)> {
        let run = |period: Period| (period.start, period.last_day());
        match self.each {
            Some(each) => each.periods(period).map(run).collect(),
            None => vec![run(period)],
        }
    }
}

fn fold(measure: &Measure, contract: &Contract) -> Option<Fold> {
    let census = |stay: &Stay, level| Fold::Census(stay.clone(), level);
    Some(match &measure.kind {
        Kind::Derived(_) => return None,
        Kind::Count => Fold::Count,
        Kind::Distinct { of } => Fold::Distinct(of.clone()),
        Kind::Sum { of } => Fold::Sum(of.clone()),
        Kind::Mean { of } => Fold::Mean(of.clone()),
        Kind::Quantile { of, at } => Fold::Quantile(of.clone(), *at),
        Kind::Proportion { numerator, unknown, .. } => Fold::Share(numerator.clone(), *unknown),
        Kind::Rate { per, annualised, .. } => Fold::Rate { per: *per, annualised: *annualised },
        Kind::Ratio { numerator, denominator } => {
            Fold::Ratio(numerator.clone(), denominator.clone())
        }
        Kind::Within { clock, limits, unknown, .. } => Fold::Within(Clock {
            interval: clock.clone(),
            limits: limits.clone(),
            empty_end: empty_end(&clock.to, contract),
            unknown: *unknown,
        }),
        Kind::Repeat { person, days, unknown } => {
            let among = measure.filter.clone().map(Box::new);
            Fold::Repeat(Prior { person: person.clone(), days: *days, among }, *unknown)
        }
        Kind::Gap => Fold::Gap,
        Kind::BedDays { stay, convention } => census(stay, Level::BedDays(*convention)),
        Kind::Open { stay } => census(stay, Level::Open),
        Kind::AverageOpen { stay } => census(stay, Level::AverageOpen),
        Kind::Peak { stay } => census(stay, Level::Peak),
        Kind::Given { numerator, denominator } => {
            Fold::Given(numerator.clone(), denominator.clone())
        }
    })
}

/// The columns that place a row in a month: the start of the clock or stay, the period of a
/// published figure, the column asked for, else the feed's event time. A clock without a known start
/// is placed by its event time, so that it can be counted as unknown in a month; so is a row without
/// the time asked for.
fn time(measure: &Measure, fold: &Fold, contract: &Contract) -> Vec<String> {
    let event = contract.event_time.clone();
    if let Some(own) = &measure.period_by {
        let event = event.filter(|column| column != own);
        return std::iter::once(own.clone()).chain(event).collect();
    }
    match (fold, contract.rows) {
        (Fold::Census(stay, _), _) => vec![stay.from.clone()],
        (Fold::Within(clock), _) => {
            let from = &clock.interval.from;
            let mut columns = vec![from.clone()];
            columns.extend(event.filter(|column| column != from));
            columns
        }
        (_, Rows::Totals) => vec!["period".to_owned()],
        _ => vec![event.unwrap_or_else(|| "period".to_owned())],
    }
}

fn fold_steps(fold: &Fold, contract: &Contract) -> Vec<Step> {
    let numbers = fold.columns();
    let sound = fold.flaws(contract).into_iter().map(Flaw::step);
    match fold {
        // with `unknown = "outside"` what cannot be told stops nobody
        Fold::Count
        | Fold::Gap
        | Fold::Rate { .. }
        | Fold::Share(_, Unknown::Outside)
        | Fold::Repeat(_, Unknown::Outside) => vec![],
        Fold::Repeat(prior, Unknown::Exclude) => vec![
            Step { name: "person known", test: Test::KeyKnown(prior.person.clone()) },
            Step { name: "events before known", test: Test::ConditionKnown },
        ],
        Fold::Distinct(key) => {
            vec![Step { name: "person known", test: Test::KeyKnown(key.clone()) }]
        }
        Fold::Share(_, Unknown::Exclude) => {
            vec![Step { name: "condition known", test: Test::ConditionKnown }]
        }
        Fold::Within(clock) => {
            let mut steps = vec![
                Step { name: "a limit in force", test: Test::LimitInForce },
                Step { name: "ended, or past its limit", test: Test::NotRunning },
            ];
            if clock.unknown == Unknown::Exclude {
                steps.extend(sound);
                steps.push(Step { name: "which limit applies known", test: Test::ClockKnown });
            }
            steps
        }
        _ if fold.interval().is_some() => sound.collect(),
        Fold::Census(..) => {
            vec![Step { name: "end not before start", test: Test::Ordered }]
        }
        _ if contract.rows == Rows::Totals => vec![
            Step { name: "not suppressed", test: Test::NotSuppressed(numbers.clone()) },
            Step { name: "figure given", test: Test::FigureGiven(numbers) },
        ],
        _ => vec![Step { name: "value known", test: Test::ValueKnown }],
    }
}

/// Whether all of these columns carry a time of day; with one date among them only days count.
pub(super) fn timed(contract: &Contract, columns: &[&str]) -> bool {
    columns.iter().all(|name| {
        contract.columns.iter().any(|(column, kind)| column == name && *kind == ColumnType::Time)
    })
}
