//! What an indicator measures, or what it needs before it can be reported.

use super::Known;
use crate::definition::{Spanned, Table};
use crate::error::{Error, nearest};
use crate::indicators::Asked;
use crate::indicators::measure::columns::filter;
use crate::indicators::measure::{Kind, Measure};

/// `measure` and perhaps `where`, or `needs`.
pub(super) fn read(
    id: &str,
    table: &mut Table,
    known: &Known<'_>,
    errors: &mut Vec<Error>,
) -> Option<Asked> {
    let measure = table.take::<Spanned<String>>("measure", errors);
    let narrowed = table.take::<Spanned<String>>("where", errors);
    let needs = table.take::<Table>("needs", errors);
    match (measure, needs) {
        (Some(measure), None) => measured(id, &measure, narrowed, known, errors),
        (None, Some(mut needs)) => {
            let feed = needs.require("feed", errors);
            let why = needs.require::<String>("what", errors);
            needs.finish(errors);
            if let Some(narrowed) = narrowed {
                errors.push(narrowed.error("`where` without a measure").help("leave it out"));
            }
            Some(Asked::NotReportable { feed: feed?, why: why? })
        }
        _ => {
            errors.push(table.error("an indicator has a measure, or says what it needs").help(
                "add measure = \"…\", or needs = { feed = \"…\", what = \"…\" } while it cannot be reported",
            ));
            None
        }
    }
}

fn measured(
    id: &str,
    measure: &Spanned<String>,
    narrowed: Option<Spanned<String>>,
    known: &Known<'_>,
    errors: &mut Vec<Error>,
) -> Option<Asked> {
    let Some(found) = known.measures.get(&measure.value) else {
        let error = measure.error(format!("there is no measure `{}`", measure.value));
        errors.push(match nearest(&measure.value, known.measures.keys().map(String::as_str)) {
            Some(meant) => error.help(format!("did you mean `{meant}`?")),
            None => error.help("measures are defined in indicators/measures/*.toml"),
        });
        return None;
    };
    let Some(found) = found else {
        let why = format!("Its measure `{}` is defined wrongly.", measure.value);
        return Some(Asked::NotReportable { feed: String::new(), why });
    };
    if let (Some(sql), Kind::Derived(_)) = (&narrowed, &found.kind) {
        let error = sql.error("a derived measure has no rows to narrow");
        errors.push(error.help("narrow the measures that it is made of"));
        return None;
    }
    let narrowed = match (narrowed, known.feeds.get(&found.feed)) {
        (Some(sql), Some(contract)) => {
            Some(filter(&sql, contract, known.standards.asked_by(id), errors)?)
        }
        _ => None,
    };
    Some(Asked::Measured { measure: measure.value.clone(), filter: narrowed })
}

/// What stands in the plan for an indicator with mistakes.
pub(super) fn wrong(asked: Option<Asked>) -> Asked {
    let feed = match asked {
        Some(Asked::NotReportable { feed, .. }) => feed,
        _ => String::new(),
    };
    Asked::NotReportable {
        feed,
        why: "Its definition is wrong: `concordat check` says how.".to_owned(),
    }
}

impl<'a> Known<'a> {
    /// The measure that is asked for, if it is defined rightly.
    pub(super) fn measure(&self, asked: &Asked) -> Option<&'a Measure> {
        match asked {
            Asked::Measured { measure, .. } => self.measures.get(measure)?.as_ref(),
            Asked::NotReportable { .. } => None,
        }
    }
}
