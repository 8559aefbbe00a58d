//! The sentences about actions.

use super::day;
use super::{count, list, many, month, terms};
use crate::disclosure::Figure;
use crate::disclosure::released::Released;
use crate::disclosure::released::actions::{Action, Standing, Status, Tally};

/// The word of a standing, as it stands in files.
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Red => "red",
        Standing::Amber => "amber",
        Standing::Green => "green",
        Standing::Blue => "blue",
        Standing::NotRated => "not rated",
    }
}

/// The word of a status, as it stands in files; a blank one is said to be so.
pub fn status(status: Option<Status>) -> &'static str {
    status.map_or("not stated", Status::name)
}

/// The sentence to read if only one is read.
pub fn headline(released: &Released) -> String {
    let Tally { all, by } = &released.actions.tally;
    let said = |(standing, figure): &(Standing, Figure)| {
        let word = match standing {
            Standing::Blue => "complete (blue)",
            Standing::Red => "overdue (red)",
            other => self::standing(*other),
        };
        format!("{} {word}", count(*figure))
    };
    let rated: Vec<String> =
        by.iter().filter(|(standing, _)| *standing != Standing::NotRated).map(said).collect();
    let rest = by.iter().find(|(standing, _)| *standing == Standing::NotRated).map(said);
    format!(
        "As at the end of {}, of {} actions: {}; {}.",
        month(released.as_at),
        count(*all),
        list(&rated),
        rest.unwrap_or_default()
    )
}

/// What the ratings rest on.
pub fn basis(released: &Released) -> String {
    let known = match released.actions.updated {
        Some(updated) => format!("By then the register had last been updated on {}.", day(updated)),
        None => "The register holds no update from before then.".to_owned(),
    };
    format!(
        "{known} An action is rated from its due date, its last update and its evidence alone. A \
         blank rating in the plan is \"not stated\", never green."
    )
}

/// Why an action stands as it does.
pub fn reason(action: &Action) -> String {
    let evidence = || action.evidence.as_deref().unwrap_or("none");
    match action.rule {
        "A1" => format!(
            "The register's word on it is of {}: how it stood in the month asked for is not known.",
            action.updated.map_or_else(String::new, day)
        ),
        "A2" => format!("Complete. Evidence: \"{}\".", evidence()),
        "A3" => format!("Given up or replaced before it was done: \"{}\".", evidence()),
        "A4" => format!(
            "Overdue by {}: due {}, {}.",
            days(action.days_over),
            action.due.map_or_else(String::new, day),
            progress(action)
        ),
        "A5" => format!("No due date, and {}.", progress(action)),
        "A6" if action.days_left.and_then(Figure::shown) == Some(0.0) => {
            format!("{} is the day asked for, {}.", super::sentence(&due(action)), progress(action))
        }
        "A6" => format!(
            "{}, in {}, {}.",
            super::sentence(&due(action)),
            days(action.days_left),
            progress(action)
        ),
        "A7" => format!("{}, {}.", silence(action), due(action)),
        _ => format!("{}, {}.", super::sentence(&due(action)), progress(action)),
    }
}

fn days(figure: Option<Figure>) -> String {
    match figure.and_then(Figure::shown) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole days")]
        Some(number) => many(number as usize, "day"),
        None => "days that are not known".to_owned(),
    }
}

fn silence(action: &Action) -> String {
    match action.updated {
        Some(updated) => {
            format!("No update for {} (last {})", days(action.days_silent), day(updated))
        }
        None => "No update is known".to_owned(),
    }
}

fn due(action: &Action) -> String {
    action.due.map_or_else(|| "no due date".to_owned(), |due| format!("due {}", day(due)))
}

/// How far it is, as last heard.
fn progress(action: &Action) -> String {
    match (action.status, action.updated) {
        (None, _) => "no status stated".to_owned(),
        (Some(status), Some(updated)) => {
            format!("{} at the last update, {}", status.name(), day(updated))
        }
        (Some(status), None) => format!("{}, of no known day", status.name()),
    }
}

/// What the plan rates it itself.
pub fn stated_rag(action: &Action) -> String {
    let stated = action.rag_stated.as_deref().unwrap_or("not stated");
    format!("The plan's own rating: {stated}")
}

/// An action that is in hand or complete while an outcome it should move is red.
pub fn over_red(action: &Action) -> Option<String> {
    let red: Vec<String> =
        action.over_red().map(|link| format!("{} {}", link.id, link.title)).collect();
    if red.is_empty() {
        return None;
    }
    let stands = match action.standing {
        Standing::Blue => "complete (blue)",
        other => standing(other),
    };
    let are = if red.len() == 1 { "is" } else { "are" };
    Some(format!(
        "{} {}: the action is {stands}, but {} {are} {}.",
        action.reference,
        action.action,
        list(&red),
        terms::colour(crate::disclosure::released::Colour::Red)
    ))
}
