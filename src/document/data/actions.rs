//! Released actions as a tidy table for machines.

use super::{integer, some};
use crate::disclosure::Figure;
use crate::disclosure::released::Released;
use crate::disclosure::released::actions::Action;
use crate::document::frame::{Frame, Values};
use crate::wording::actions as say;

/// One row an action: `actions.csv`. Only the headings for a plan without a register.
///
/// `due` is empty where no day is known, `status` "not stated" where the plan is silent; several
/// leads or indicators stand in one cell with semicolons. `over_red` has the red indicators below
/// an action that is green or blue.
pub fn actions(released: &Released) -> Frame {
    let all = &released.actions.rows;
    let text =
        |read: &dyn Fn(&Action) -> Option<String>| Values::Text(all.iter().map(read).collect());
    let days = |read: &dyn Fn(&Action) -> Option<Figure>| {
        Values::Integer(all.iter().map(|one| read(one).and_then(integer)).collect())
    };
    let ids = |links: Vec<&str>| some(links.join("; "));
    Frame {
        columns: vec![
            ("plan", text(&|_| Some(released.plan.clone()))),
            ("reference", text(&|a| Some(a.reference.clone()))),
            ("due", Values::Date(all.iter().map(|one| one.due).collect())),
            ("status", text(&|a| Some(say::status(a.status).to_owned()))),
            ("rating", text(&|a| Some(say::standing(a.standing).to_owned()))),
            ("reason", text(&|a| Some(say::reason(a)))),
            ("rule", text(&|a| Some(a.rule.to_owned()))),
            ("as_at", text(&|_| Some(released.as_at.to_string()))),
            ("section", text(&|a| Some(a.section.clone()))),
            ("action", text(&|a| Some(a.action.clone()))),
            ("lead", text(&|a| some(a.leads.join("; ")))),
            ("lead_stated", text(&|a| a.lead_stated.clone())),
            ("due_stated", text(&|a| a.due_stated.clone())),
            ("due_basis", text(&|a| a.due_basis.clone())),
            ("status_stated", text(&|a| a.status_stated.clone())),
            ("rag_stated", text(&|a| a.rag_stated.clone())),
            ("updated", Values::Date(all.iter().map(|one| one.updated).collect())),
            ("days_left", days(&|a| a.days_left)),
            ("days_over", days(&|a| a.days_over)),
            ("days_silent", days(&|a| a.days_silent)),
            ("evidence", text(&|a| a.evidence.clone())),
            ("indicators", text(&|a| ids(a.links.iter().map(|l| l.id.as_str()).collect()))),
            ("over_red", text(&|a| ids(a.over_red().map(|l| l.id.as_str()).collect()))),
        ],
    }
}
