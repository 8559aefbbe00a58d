//! What is computed and what is not, as a tidy table.

use super::frame::{Frame, Values};
use crate::disclosure::released::{Indicator, Released};
use crate::wording::coverage::{Answer, makes_it_so, why};

/// One row an indicator of every plan, in the plans' own order.
pub fn coverage(plans: &[Released]) -> Frame {
    let rows: Vec<(&Released, &Indicator)> = plans
        .iter()
        .flat_map(|plan| plan.whole().map(move |indicator| (plan, indicator)))
        .collect();
    let answers: Vec<Answer> = rows.iter().map(|(plan, one)| Answer::within(plan, one)).collect();
    let answered = |read: &dyn Fn(Answer, &Indicator) -> String| {
        let cell = |words: String| Some(words).filter(|words| !words.is_empty());
        let read = answers.iter().zip(&rows).map(|(answer, (_, one))| cell(read(*answer, one)));
        Values::Text(read.collect())
    };
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
            ("status", answered(&|answer, _| answer.name().to_owned())),
            ("why", answered(&why)),
            ("makes_it_so", answered(&makes_it_so)),
            ("feed", text(&|_, one| one.feed.clone())),
            ("measure", text(&|_, one| one.measure.clone().unwrap_or_default())),
            (
                "latest_period",
                answered(&|answer, one| {
                    let period = one.facts.period.filter(|_| answer == Answer::Computed);
                    period.map_or_else(String::new, |period| period.to_string())
                }),
            ),
        ],
    }
}
