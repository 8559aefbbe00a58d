//! What the reader may try: starts and lengths of stay, and what would follow.

use super::parts::{numbers, words};
use super::{Cell, Format, Table};
use crate::disclosure::Figure;
use crate::disclosure::sections::{Flow, Setting};
use crate::wording;

/// What the page's script needs to work out what would be open.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    /// Unique in its pack.
    pub id: String,
    /// What it is for, as a sentence.
    pub title: String,
    /// Open now.
    pub open: Figure,
    /// Starts a month now.
    pub starts: Figure,
    /// Mean length of stay in days now.
    pub mean: Figure,
    /// The share of the nights of all stays that are among the first 0, 1, 2, … of a stay.
    pub within: Vec<Figure>,
}

/// What there is to try.
pub(super) fn what_if(
    id: &str,
    flow: &Flow<Figure>,
    settings: &[Setting<Figure>],
) -> Option<WhatIf> {
    let now = settings.first()?;
    Some(WhatIf {
        id: id.to_owned(),
        title: "Move the two numbers and see what would be open.".to_owned(),
        open: flow.open,
        starts: now.starts,
        mean: now.mean,
        within: flow.within.clone(),
    })
}

/// Some fixed settings, worked out by the same formula.
pub(super) fn table(settings: &[Setting<Figure>]) -> Table {
    let one = Format::Decimal(1);
    let cell = |figure: Figure| Cell::Number { figure, format: one };
    let mut columns = vec![words("Setting"), numbers("Starts a month"), numbers("Mean stay, days")];
    let after = settings.first().map_or(&[] as &[_], |now| now.after.as_slice());
    columns.extend(after.iter().map(|(months, _)| numbers(&format!("Open after {months} months"))));
    columns.push(numbers("Open in the long run"));
    let row = |setting: &Setting<Figure>| {
        let name = wording::views::setting(setting.starts_share, setting.stay_share);
        let mut cells = vec![Cell::Text(name), cell(setting.starts), cell(setting.mean)];
        cells.extend(setting.after.iter().map(|(_, open)| cell(*open)));
        cells.push(cell(setting.long_run));
        cells
    };
    Table {
        caption: "What would be open, by the same formula".to_owned(),
        columns,
        rows: settings.iter().map(row).collect(),
        folded: false,
    }
}
