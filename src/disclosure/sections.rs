//! Sections of a pack that is defined by measures and views, before and after the wall.
//!
//! `N` is a plain number before it and a [`Figure`] after it; [`release_sections`] is the only way.

use super::release::Gate;
use super::{Figure, Profile};
pub use crate::aggregate::stays::{Cost, CostMonth, Flow};
pub use crate::aggregate::{
    Apart, Band, Class, Coded, Codes, Distribution, Grid, Mix, MixMonth, People, Why, Window,
};
use crate::indicators::standards::Standard;
use crate::period::{Month, Period};

/// A section.
#[derive(Debug, Clone, PartialEq)]
pub struct Section<N> {
    /// Its heading.
    pub title: String,
    /// What is said below it.
    pub text: Option<String>,
    /// What it shows, in order.
    pub parts: Vec<Part<N>>,
}

/// One thing that a section shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Part<N> {
    /// An indicator of the plan, or a measure that the plan does not ask for, by its id.
    Indicator {
        /// Its id among the released indicators.
        id: String,
        /// The plan asks for it; otherwise it is watched here only.
        asked: bool,
        /// Rating, reason and chart.
        chart: bool,
        /// Distance, forecast and chance.
        forecast: bool,
        /// The days between events.
        days_between: bool,
        /// Its targets in the order in which they were set; `None` where they are not asked for.
        targets: Option<Vec<Promise<N>>>,
    },
    /// An aggregate of a measure's rows.
    Made(Box<Made<N>>),
    /// Other bodies' counts, by the reconciliation's id.
    Reconciliation(String),
    /// Questions on these measures.
    Questions(Vec<String>),
}

/// A target with a date, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Promise<N> {
    /// The target.
    pub target: N,
    /// When it was set.
    pub set: Option<Month>,
    /// By when it is to be reached.
    pub by: Month,
    /// Where the plan prints it.
    pub reference: Option<String>,
    /// The latest settled period of the month in which it was set, and its value.
    pub then: Option<(Period, N)>,
    /// What was to be expected then of the period by which it was due.
    pub expected: Option<Expected<N>>,
    /// The period by which it was due, and its value, once it has settled.
    pub came: Option<(Period, N)>,
    /// Its due period has settled with a value that meets it.
    pub met: Option<bool>,
}

/// A forecast made when a target was set, from the values of that time; for a target that is still to
/// come, the forecast of today.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected<N> {
    /// As likely exceeded as not.
    pub median: N,
    /// Ends of the 80 % band.
    pub eighty: (N, N),
    /// The probability of meeting the target in that period.
    pub probability: Option<N>,
    /// The change each period that meets it.
    pub required: Option<N>,
}

/// An aggregate of the rows of a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Made<N> {
    /// Unique in its pack; begins with the measure's id.
    pub id: String,
    /// Id of the measure.
    pub measure: String,
    /// Its title.
    pub title: String,
    /// Where its definition comes from.
    pub source: String,
    /// Name of the area.
    pub area: String,
    /// Id of the feed.
    pub feed: String,
    /// The feed's rows were made by a program.
    pub synthetic: bool,
    /// The months whose rows are taken; `None` where none has settled, or the feed is not there.
    pub window: Option<Window>,
    /// What was made.
    pub what: What<N>,
}

/// What is counted by a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Cases that came.
    Cases,
    /// Bed days.
    BedDays,
    /// Stays open at the month's end.
    Open,
}

/// What was made of a measure's rows.
#[derive(Debug, Clone, PartialEq)]
pub enum What<N> {
    /// Nothing: the feed is not there, or holds no settled month for the area.
    Nothing,
    /// Cases by month and the codes of a column.
    Mix {
        /// The column.
        column: String,
        /// What is counted.
        of: Counted,
        /// The cases.
        mix: Mix<N>,
    },
    /// Cases by the codes of a column.
    Codes {
        /// The column.
        column: String,
        /// What is counted.
        of: Counted,
        /// The cases.
        codes: Codes<N>,
    },
    /// Cases by the codes of two columns.
    Cross {
        /// The column whose codes are the rows.
        down: String,
        /// The column whose codes are the columns.
        across: String,
        /// The counts.
        grid: Grid<N>,
    },
    /// Cases by weekday and hour.
    Hours {
        /// The time column.
        column: String,
        /// The counts.
        grid: Grid<N>,
    },
    /// How long a clock ran.
    Distribution {
        /// The standard whose limit it is held to.
        standard: Option<Standard>,
        /// The lengths.
        lengths: Distribution<N>,
    },
    /// Nights of stays that ended.
    Nights(Distribution<N>),
    /// People by how often they came.
    People(People<N>),
    /// What bed days cost.
    Cost(Cost<N>),
    /// What would follow from other starts and lengths.
    WhatIf {
        /// How stays come and go now.
        flow: Flow<N>,
        /// What would follow from some fixed settings; the first is what there is now.
        settings: Vec<Setting<N>>,
    },
}

/// What would follow from other starts and another length of stay.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting<N> {
    /// Starts as a share of those now.
    pub starts_share: f64,
    /// Length of stay as a share of that now.
    pub stay_share: f64,
    /// Starts a month.
    pub starts: N,
    /// Mean length of stay in days.
    pub mean: N,
    /// Open after so many months.
    pub after: Vec<(u32, N)>,
    /// Open in the long run.
    pub long_run: N,
}

/// Releases the sections of a pack to the readers of a profile.
pub fn release_sections(sections: &[Section<f64>], profile: Profile) -> Vec<Section<Figure>> {
    let gate = Gate::of(profile);
    sections.iter().map(|section| section.map(&|number| gate.figure(number))).collect()
}

impl Section<f64> {
    fn map<M>(&self, f: &impl Fn(f64) -> M) -> Section<M> {
        Section {
            title: self.title.clone(),
            text: self.text.clone(),
            parts: self.parts.iter().map(|part| part.map(f)).collect(),
        }
    }
}

impl Part<f64> {
    fn map<M>(&self, f: &impl Fn(f64) -> M) -> Part<M> {
        match self {
            Self::Indicator { id, asked, chart, forecast, days_between, targets } => {
                Part::Indicator {
                    id: id.clone(),
                    asked: *asked,
                    chart: *chart,
                    forecast: *forecast,
                    days_between: *days_between,
                    targets: targets
                        .as_ref()
                        .map(|all| all.iter().map(|promise| promise.map(f)).collect()),
                }
            }
            Self::Made(made) => Part::Made(Box::new(made.map(f))),
            Self::Reconciliation(id) => Part::Reconciliation(id.clone()),
            Self::Questions(measures) => Part::Questions(measures.clone()),
        }
    }
}

impl Promise<f64> {
    fn map<M>(&self, f: &impl Fn(f64) -> M) -> Promise<M> {
        Promise {
            target: f(self.target),
            set: self.set,
            by: self.by,
            reference: self.reference.clone(),
            then: self.then.map(|(period, value)| (period, f(value))),
            expected: self.expected.map(|expected| Expected {
                median: f(expected.median),
                eighty: (f(expected.eighty.0), f(expected.eighty.1)),
                probability: expected.probability.map(f),
                required: expected.required.map(f),
            }),
            came: self.came.map(|(period, value)| (period, f(value))),
            met: self.met,
        }
    }
}

impl Made<f64> {
    fn map<M>(&self, f: &impl Fn(f64) -> M) -> Made<M> {
        Made {
            id: self.id.clone(),
            measure: self.measure.clone(),
            title: self.title.clone(),
            source: self.source.clone(),
            area: self.area.clone(),
            feed: self.feed.clone(),
            synthetic: self.synthetic,
            window: self.window,
            what: match &self.what {
                What::Nothing => What::Nothing,
                What::Mix { column, of, mix } => {
                    What::Mix { column: column.clone(), of: *of, mix: mix.map(f) }
                }
                What::Codes { column, of, codes } => {
                    What::Codes { column: column.clone(), of: *of, codes: codes.map(f) }
                }
                What::Cross { down, across, grid } => {
                    What::Cross { down: down.clone(), across: across.clone(), grid: grid.map(f) }
                }
                What::Hours { column, grid } => {
                    What::Hours { column: column.clone(), grid: grid.map(f) }
                }
                What::Distribution { standard, lengths } => {
                    What::Distribution { standard: standard.clone(), lengths: lengths.map(f) }
                }
                What::Nights(lengths) => What::Nights(lengths.map(f)),
                What::People(people) => What::People(people.map(f)),
                What::Cost(cost) => What::Cost(cost.map(f)),
                What::WhatIf { flow, settings } => What::WhatIf {
                    flow: flow.map(f),
                    settings: settings.iter().map(|setting| setting.map(f)).collect(),
                },
            },
        }
    }
}

impl Setting<f64> {
    fn map<M>(&self, f: &impl Fn(f64) -> M) -> Setting<M> {
        Setting {
            starts_share: self.starts_share,
            stay_share: self.stay_share,
            starts: f(self.starts),
            mean: f(self.mean),
            after: self.after.iter().map(|(months, open)| (*months, f(*open))).collect(),
            long_run: f(self.long_run),
        }
    }
}
