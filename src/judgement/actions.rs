//! How an action stands, from its dates and its evidence alone: the first row of a table that
//! applies. What the plan rates itself is kept beside it and never decides.

use chrono::NaiveDate;

use crate::indicators::actions::{Action, Status};

/// Days before the due day within which an open action is amber.
pub const DUE_SOON_DAYS: i64 = 30;
/// Days without an update after which an open action is amber.
pub const SILENT_DAYS: i64 = 90;

/// What an action's rating says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Overdue.
    Red,
    /// Due soon, or nothing heard.
    Amber,
    /// In hand.
    Green,
    /// Complete.
    Blue,
    /// Nothing to rate it by.
    NotRated,
}

/// What an action's rating rests on, as at one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Facts {
    /// The register's word on it is of a later day: how it stood is not known.
    pub ahead: bool,
    /// How far it is.
    pub status: Option<Status>,
    /// Days from the as-at day to the due day; below 0 when that is over. `None` without a date.
    pub days_left: Option<i64>,
    /// Days from the last update to the as-at day. `None` when no update is known.
    pub days_silent: Option<i64>,
}

impl Facts {
    /// Whether the due day is over.
    pub fn overdue(&self) -> bool {
        self.days_left.is_some_and(|days| days < 0)
    }
}

/// A standing and the row of the table that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// The standing.
    pub standing: Standing,
    /// The row: `A4`.
    pub code: &'static str,
}

/// An action, how it stands and what that rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The register's row.
    pub action: Action,
    /// What the rating rests on.
    pub facts: Facts,
    /// The rating.
    pub rating: Rating,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Its code.
    pub code: &'static str,
    /// What it gives.
    pub standing: Standing,
    /// When it applies, in words that do not change.
    pub when: &'static str,
    /// When it applies.
    pub applies: fn(&Facts) -> bool,
}

/// Every row in the order they are tried; the last always applies.
pub static TABLE: [Row; 9] = [
    Row {
        code: "A1",
        standing: Standing::NotRated,
        when: "The register's last word on it is of a later day than the month asked for.",
        applies: |f| f.ahead,
    },
    Row {
        code: "A2",
        standing: Standing::Blue,
        when: "Complete, with evidence.",
        applies: |f| f.status == Some(Status::Complete),
    },
    Row {
        code: "A3",
        standing: Standing::NotRated,
        when: "Given up or replaced before it was done.",
        applies: |f| f.status == Some(Status::Replaced),
    },
    Row {
        code: "A4",
        standing: Standing::Red,
        when: "Overdue: the due day is over, and the action is not complete.",
        applies: Facts::overdue,
    },
    Row {
        code: "A5",
        standing: Standing::NotRated,
        when: "No due date, and no status that says it is under way.",
        applies: |f| f.days_left.is_none() && f.status != Some(Status::UnderWay),
    },
    Row {
        code: "A6",
        standing: Standing::Amber,
        when: "Due within 30 days.",
        applies: |f| f.days_left.is_some_and(|days| days <= DUE_SOON_DAYS),
    },
    Row {
        code: "A7",
        standing: Standing::Amber,
        when: "No update for 90 days or more, or none known.",
        applies: |f| f.days_silent.is_none_or(|days| days >= SILENT_DAYS),
    },
    Row {
        code: "A8",
        standing: Standing::Green,
        when: "Due later, with an update in the last 90 days.",
        applies: |f| f.days_left.is_some(),
    },
    Row {
        code: "A9",
        standing: Standing::Green,
        when: "Under way without a due date, with an update in the last 90 days.",
        applies: |_| true,
    },
];

/// Rates one action as at the end of a day. Cannot fail.
pub fn judge(action: &Action, as_at: NaiveDate) -> Judged {
    let facts = Facts {
        ahead: action.updated.is_some_and(|updated| updated > as_at),
        status: action.status,
        days_left: action.due.map(|due| (due - as_at).num_days()),
        days_silent: action.updated.map(|updated| (as_at - updated).num_days()),
    };
    Judged { action: action.clone(), facts, rating: rate(&facts) }
}

/// The rating: the first row of [`TABLE`] that applies.
pub fn rate(facts: &Facts) -> Rating {
    let last = &TABLE[TABLE.len() - 1];
    let row = TABLE.iter().find(|row| (row.applies)(facts)).unwrap_or(last);
    Rating { standing: row.standing, code: row.code }
}
