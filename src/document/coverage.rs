//! What is computed and what is not, as a tidy table.

use super::frame::{Frame, Values};
use crate::disclosure::released::{Indicator, Released};
use crate::wording::coverage::{Answer, makes_it_so, whole, why};

/// One row an indicator of every plan, in the plans' own order.
pub fn coverage(plans: &[Released]) -> Frame {
    let rows: Vec<(&Released, &Indicator)> =
        plans.iter().flat_map(|plan| whole(plan).map(move |indicator| (plan, indicator))).collect();
    let text = |read: &dyn Fn(&Released, &Indicator) -> String| {
        let cell = |words: String| Some(words).filter(|words| !words.is_empty());
        Values::Text(rows.iter().map(|(plan, one)| cell(read(plan, one))).collect())
    };
    Frame {
        columns: vec![
            ("plan", text(&|plan, _| plan.plan.clone())),
            ("indicator", text(&|_, one| one.id.clone())),
            ("reference", text(&|_, one| one.reference.clone())),
            ("title", text(&|_, one| one.title.clone())),
            ("status", text(&|_, one| Answer::of(one).name().to_owned())),
            ("why", text(&|_, one| why(one))),
            ("makes_it_so", text(&|_, one| makes_it_so(one))),
            ("feed", text(&|_, one| one.feed.clone())),
            ("measure", text(&|_, one| one.measure.clone().unwrap_or_default())),
            (
                "latest_period",
                text(&|_, one| {
                    let computed = Answer::of(one) == Answer::Computed;
                    let period = one.facts.period.filter(|_| computed);
                    period.map_or_else(String::new, |period| period.to_string())
                }),
            ),
        ],
    }
}
