//! What several bodies' counts of the same thing have in common, in words.

use super::{many, month};
use crate::disclosure::Figure;
use crate::disclosure::released::Status;
use crate::disclosure::released::reconciliation::{
    Compared, Counted, Latest, Matched, Reconciliation,
};

/// What the latest comparable months say.
pub fn summary(one: &Reconciliation) -> String {
    let Some(latest) = &one.latest else {
        return "In no settled month have all of them reported: nothing can be compared yet."
            .to_owned();
    };
    let span = span(latest);
    let counts = one.sides.iter().zip(&latest.counts);
    let counts: Vec<String> =
        counts.map(|(side, count)| format!("{} {}", the(&side.by), figure(*count))).collect();
    let said = format!("{span}: {}.", counts.join(", "));
    match &latest.matched {
        Some(matched) => format!("{said} {}", of_records(one, matched)),
        None => said,
    }
}

fn span(latest: &Latest) -> String {
    let months = many(latest.months, "comparable and settled month");
    if latest.months == 1 {
        return format!("In the one {} there is, {}", &months[2..], month(latest.last));
    }
    format!("In the latest {months}, {} to {}", month(latest.first), month(latest.last))
}

fn of_records(one: &Reconciliation, matched: &Matched) -> String {
    let [first, second] = one.sides.as_slice() else { return String::new() };
    let said = format!(
        "Of the records, {} with both, {} only with {}, {} only with {}",
        figure(matched.both),
        figure(matched.only[0]),
        the(&first.by),
        figure(matched.only[1]),
        the(&second.by)
    );
    let others = [
        (matched.without_key, "for want of a key"),
        (matched.untold, "because a partner may lie where the other did not report or decide"),
    ];
    let others = others.into_iter().filter_map(|(records, why)| {
        Some(format!("{} cannot be told, {why}", of_each(one, records)?))
    });
    [said].into_iter().chain(others).collect::<Vec<_>>().join("; ") + "."
}

/// The records of a month of which it cannot be told whether the other side has them, and why; empty
/// where there are none.
pub fn untold(one: &Reconciliation, matched: &Matched) -> String {
    let of = [
        (matched.without_key, "without a key"),
        (matched.untold, "with a partner perhaps missing"),
    ];
    let said = of
        .into_iter()
        .filter_map(|(records, why)| Some(format!("{} {why}", of_each(one, records)?)));
    said.collect::<Vec<_>>().join("; ")
}

/// `2 of the police and 1 of the custody record`; `None` where neither has any.
fn of_each(one: &Reconciliation, records: [Figure; 2]) -> Option<String> {
    let some = one.sides.iter().zip(records).filter(|(_, records)| records.shown() != Some(0.0));
    let some: Vec<String> =
        some.map(|(side, records)| format!("{} of {}", figure(records), the(&side.by))).collect();
    (!some.is_empty()).then(|| some.join(" and "))
}

/// `the police`: sides are named without their article.
fn the(by: &str) -> String {
    if by.to_lowercase().starts_with("the ") { by.to_owned() } else { format!("the {by}") }
}

fn figure(figure: Figure) -> String {
    figure.shown().map_or_else(|| "a withheld number".to_owned(), |number| format!("{number:.0}"))
}

/// How the counts are put side by side.
pub fn method(one: &Reconciliation) -> String {
    let by: Vec<String> = one.sides.iter().map(|side| the(&side.by)).collect();
    let how = one.key.as_ref().map_or_else(
        || "month by month, for want of a key that they share".to_owned(),
        |key| match key.days {
            0 => format!("record by record: the same {} on the same day", key.column),
            days => format!(
                "record by record: the same {}, no more than {} apart; a pair is of the month of {}",
                key.column,
                many(usize::try_from(days).unwrap_or(0), "day"),
                by.first().map_or("", String::as_str)
            ),
        },
    );
    format!(
        "Counted by {}, {how}. They are sources beside each other and are never added up. A month in \
         which one of them did not report all of it compares nothing.",
        by.join(" and by ")
    )
}

/// Whether every side reported a month, else which did and which did not.
pub fn reported(one: &Reconciliation, month: &Compared) -> String {
    let provisional = month.counts.iter().any(|one| one.status == Status::Provisional);
    match (month.comparable, provisional) {
        (true, false) => "all reported".to_owned(),
        (true, true) => "all reported, provisional: in no sum yet".to_owned(),
        (false, _) => {
            let said = one.sides.iter().zip(&month.counts);
            let said: Vec<String> =
                said.map(|(side, count)| format!("{} {}", side.by, coverage(count))).collect();
            said.join("; ")
        }
    }
}

/// Whether a side reported a month.
pub fn coverage(counted: &Counted) -> &'static str {
    match counted.status {
        Status::Final => "reported",
        Status::Provisional => "reported, provisional",
        Status::Partial => "partly reported",
        Status::Missing => "not reported",
        Status::Suppressed => "withheld at source",
    }
}
