//! Action registers: what each plan promised to do, by whom and by when, and what it says of it.

mod cells;
mod read;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Plan;
use crate::definition::Source;
use crate::error::{Error, Place};

/// One plan's actions in its own order: `indicators/actions/<plan>.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// Id of the plan, which is the file's name.
    pub plan: String,
    /// Its rows.
    pub actions: Vec<Action>,
}

/// A promise to do something. Whatever the plan does not state is `None` or empty, never a guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Our key within the plan: the plan's own number, with its section where numbers repeat.
    pub reference: String,
    /// The section of the plan it stands in.
    pub section: String,
    /// What is to be done.
    pub action: String,
    /// Organisations and roles that lead it, in one spelling each; never a person.
    pub leads: Vec<String>,
    /// The leads as the plan states them.
    pub lead_stated: Option<String>,
    /// The last day on which it is in time.
    pub due: Option<NaiveDate>,
    /// The timescale as printed.
    pub due_stated: Option<String>,
    /// How the day was read from the timescale.
    pub due_basis: Option<String>,
    /// Our reading of the status.
    pub status: Option<Status>,
    /// The status in the plan's words.
    pub status_stated: Option<String>,
    /// The rating in the plan's words; a blank cell is `None`, never green.
    pub rag_stated: Option<String>,
    /// The day of the last word about it. A month is its last day.
    pub updated: Option<NaiveDate>,
    /// What shows that it is complete, or what replaced it, in the plan's words.
    pub evidence: Option<String>,
    /// Ids of the indicators that should move if it works.
    pub indicators: Vec<String>,
    /// Where it stands.
    pub place: Place,
}

/// How far an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Done, all of it, by what the plan says.
    Complete,
    /// Begun, or partly done.
    UnderWay,
    /// Not begun, or no progress.
    NotStarted,
    /// Given up, or replaced by something else, before it was done.
    Replaced,
}

impl Status {
    /// Every status, for reading registers.
    pub const ALL: [Self; 4] = [Self::Complete, Self::UnderWay, Self::NotStarted, Self::Replaced];

    /// The word in a register.
    pub fn name(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::UnderWay => "under way",
            Self::NotStarted => "not started",
            Self::Replaced => "replaced",
        }
    }
}

/// Reads every register. Links are checked against the plan of the same name; a register whose
/// plan has no file yet is read all the same, and its links wait for the plan.
pub(super) fn read(
    sources: &[Source],
    plans: &BTreeMap<String, Plan>,
    errors: &mut Vec<Error>,
) -> BTreeMap<String, Register> {
    let mut registers = BTreeMap::new();
    for source in sources {
        let plan = super::load::stem(&source.file);
        if !plans.contains_key(&plan)
            && let Some(meant) = crate::error::nearest(&plan, plans.keys().map(String::as_str))
        {
            let said = format!("there is no plan `{plan}`");
            let error = Error::definition(Place::file(&*source.file), said);
            errors.push(error.help(format!("did you mean `{meant}.csv`?")));
        }
        let actions = read::register(source, plans.get(&plan), errors);
        registers.insert(plan.clone(), Register { plan, actions });
    }
    registers
}
