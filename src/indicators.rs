//! What is asked: measures, plans and their indicators, read from `indicators/` and checked as a whole.

use std::collections::BTreeMap;

pub mod actions;
mod amount;
pub mod baseline;
pub mod charting;
mod load;
pub mod measure;
pub mod notes;
mod plan;
pub mod reconciliation;
pub mod standards;
pub mod target;

use crate::error::Place;
use crate::filter::Filter;
use crate::indicators::actions::Register;
use crate::indicators::baseline::{Baseline, Rebase};
use crate::indicators::charting::Charting;
use crate::indicators::measure::Measure;
use crate::indicators::notes::Notes;
use crate::indicators::reconciliation::Reconciliation;
use crate::indicators::standards::Standard;
use crate::indicators::target::Target;
use crate::period::{Grain, Month};

/// Measures by id; `None` for one that is defined wrongly.
type Measures = BTreeMap<String, Option<Measure>>;

/// Every standard, measure, plan and action register of a workspace.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalogue {
    /// Limits in law and national standards, by id.
    pub standards: BTreeMap<String, Standard>,
    /// By id.
    pub measures: BTreeMap<String, Measure>,
    /// By id, which is the file's name.
    pub plans: BTreeMap<String, Plan>,
    /// By the plan's id, also of plans that have no file yet.
    pub actions: BTreeMap<String, Register>,
    /// Counts of the same thing by several bodies, by id.
    pub reconciliations: BTreeMap<String, Reconciliation>,
    /// What people say, by the plan's id and the month it is said of.
    pub notes: BTreeMap<(String, Month), Notes>,
}

/// A local plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The file's name without its ending: `derbyshire`.
    pub id: String,
    /// As printed.
    pub title: String,
    /// Code of the plan's area.
    pub area: String,
    /// Its indicators in the order of the file, which is the plan's own.
    pub indicators: Vec<Indicator>,
}

/// What a plan asks, how it is measured and what was promised.
#[derive(Debug, Clone, PartialEq)]
pub struct Indicator {
    /// Our own key: `DER-001`.
    pub id: String,
    /// Where the plan prints it: `KPI 1`.
    pub reference: String,
    /// What it shows; the measure's title unless the plan's own is given.
    pub title: String,
    /// What is measured, or why nothing can be yet.
    pub asked: Asked,
    /// Code of the area it is computed for; the plan's unless given.
    pub area: String,
    /// Columns it is also shown by.
    pub splits: Vec<String>,
    /// Which way is good.
    pub better: Better,
    /// How long its periods are.
    pub grain: Grain,
    /// What it is compared with when only a direction is asked.
    pub baseline: Option<Baseline>,
    /// Where a new phase of the chart begins, and why.
    pub rebases: Vec<Rebase>,
    /// In the order they were set.
    pub targets: Vec<Target>,
    /// Same calendar months are compared.
    pub season: bool,
    /// How its chart and limits are made.
    pub charting: Charting,
    /// The organisation or role that answers for it.
    pub owner: Option<String>,
    /// What the plan itself stated.
    pub stated: Stated,
    /// Ids of indicators of the same plan that measure the same thing from another source.
    pub beside: Vec<String>,
    /// What the plan leaves open and we decided.
    pub choices: Vec<String>,
    /// Where it is defined.
    pub place: Place,
}

/// What is measured, or why nothing can be yet.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// A measure, perhaps narrowed to some of its rows.
    Measured {
        /// Id of the measure.
        measure: String,
        /// Narrows the measure's rows further.
        filter: Option<Filter>,
    },
    /// Not yet reportable.
    NotReportable {
        /// Id of the feed that would carry it.
        feed: String,
        /// What is missing and would make it reportable, as a sentence.
        why: String,
    },
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// Lower is better.
    Lower,
    /// Higher is better.
    Higher,
    /// Neither: watched only.
    Neither,
}

/// What the plan itself stated, kept apart from what is computed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stated {
    /// The value it states, with our remarks.
    pub value: Option<String>,
    /// The plan's own words, to the letter.
    pub quote: Option<String>,
    /// The months the statement is about, where it says: first and last.
    pub months: Option<(Month, Month)>,
    /// The rating in the plan's words; a blank cell is `None`, never green.
    pub rag: Option<String>,
    /// The month it was stated for.
    pub as_at: Option<Month>,
}
