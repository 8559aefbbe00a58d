//! What one reader may see of a plan's actions.

use chrono::NaiveDate;

use super::{Colour, Figure};
pub use crate::indicators::actions::Status;
pub use crate::judgement::actions::Standing;

/// A plan's action register as one profile releases it.
#[derive(Debug, Clone, PartialEq)]
pub struct Actions {
    /// In the plan's order; empty for a plan without a register.
    pub rows: Vec<Action>,
    /// How they stand.
    pub tally: Tally,
    /// The same for each organisation or role that leads any, by name; `None` where no lead is
    /// stated. An action with several leads counts under each.
    pub leads: Vec<(Option<String>, Tally)>,
    /// The day of the register's last word, of those known at the as-at day.
    pub updated: Option<NaiveDate>,
    /// The table that rates them, for the method page.
    pub rules: Vec<Rule>,
}

/// How many actions stand how.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// How many there are.
    pub all: Figure,
    /// How many have each standing, in the order in which they are shown.
    pub by: Vec<(Standing, Figure)>,
}

/// A row of the table that rates actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its code.
    pub code: &'static str,
    /// What it gives.
    pub standing: Standing,
    /// When it applies.
    pub when: &'static str,
}

/// One action and how it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// Our key within the plan.
    pub reference: String,
    /// The section of the plan it stands in.
    pub section: String,
    /// What is to be done.
    pub action: String,
    /// Organisations and roles that lead it.
    pub leads: Vec<String>,
    /// The leads as the plan states them.
    pub lead_stated: Option<String>,
    /// The last day on which it is in time.
    pub due: Option<NaiveDate>,
    /// The timescale as printed.
    pub due_stated: Option<String>,
    /// How the day was read from the timescale.
    pub due_basis: Option<String>,
    /// How far it is.
    pub status: Option<Status>,
    /// The status in the plan's words.
    pub status_stated: Option<String>,
    /// The rating in the plan's words.
    pub rag_stated: Option<String>,
    /// The day of the last word about it.
    pub updated: Option<NaiveDate>,
    /// What shows that it is complete, or what replaced it.
    pub evidence: Option<String>,
    /// How it stands.
    pub standing: Standing,
    /// The row of the table that gave it.
    pub rule: &'static str,
    /// Days to the due day, when it is not over.
    pub days_left: Option<Figure>,
    /// Days since the due day, when it is over.
    pub days_over: Option<Figure>,
    /// Days since the last update.
    pub days_silent: Option<Figure>,
    /// The indicators that should move if it works.
    pub links: Vec<Link>,
}

/// An indicator that an action leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its rating.
    pub colour: Colour,
}

impl Action {
    /// The red outcomes below an action that is in hand or complete; none for any other action.
    pub fn over_red(&self) -> impl Iterator<Item = &Link> {
        let well = matches!(self.standing, Standing::Green | Standing::Blue);
        self.links.iter().filter(move |link| well && link.colour == Colour::Red)
    }
}
