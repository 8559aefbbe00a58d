//! Which way is good: as written, or as the target implies.

use crate::definition::{Spanned, Table};
use crate::error::Error;
use crate::indicators::Better;
use crate::indicators::target::Goal;
use crate::indicators::target::read::Placed;

/// `better`, when it is written.
pub(super) fn written(table: &mut Table, errors: &mut Vec<Error>) -> Option<Spanned<Better>> {
    let word = table.take::<Spanned<String>>("better", errors)?;
    let better = match word.value.as_str() {
        "lower" => Better::Lower,
        "higher" => Better::Higher,
        "neither" => Better::Neither,
        other => {
            let error = word.error(format!("`{other}` is no direction"));
            errors.push(error.help("write \"lower\", \"higher\" or \"neither\""));
            return None;
        }
    };
    Some(word.map(|_| better))
}

/// The direction that a goal implies, where it implies one.
fn implied(goal: &Goal) -> Option<Better> {
    match goal {
        Goal::AtMost(_) | Goal::ReduceBy(_) | Goal::Never => Some(Better::Lower),
        Goal::AtLeast(_)
        | Goal::IncreaseBy(_)
        | Goal::YearTotal { .. }
        | Goal::Milestone { .. } => Some(Better::Higher),
        Goal::Between(..) | Goal::Monitor => Some(Better::Neither),
        Goal::Direction => None,
    }
}

/// `better` as written, or as the targets imply; the two must not disagree.
pub(super) fn settle(
    written: Option<Spanned<Better>>,
    targets: &[Placed],
    id: &Spanned<String>,
    errors: &mut Vec<Error>,
) -> Better {
    if let Some(written) = written {
        let disagrees = |goal: &Goal| match (implied(goal), written.value) {
            (Some(Better::Lower), Better::Higher | Better::Neither)
            | (Some(Better::Higher), Better::Lower | Better::Neither) => true,
            (None, Better::Neither) => *goal == Goal::Direction,
            _ => false,
        };
        if targets.iter().any(|(target, _)| disagrees(&target.goal)) {
            let error = written.error("the target points the other way than `better`");
            errors.push(error.help(
                "at_most and reduce_by go with lower, at_least with higher, direction with either",
            ));
        }
        return written.value;
    }
    let implied = targets.iter().find_map(|(target, _)| implied(&target.goal));
    if implied.is_none() && !targets.is_empty() {
        let error = id.error("`better` is missing");
        errors
            .push(error.help(
                "a direction alone does not say which: add better = \"lower\" or \"higher\"",
            ));
    }
    implied.unwrap_or(Better::Neither)
}
