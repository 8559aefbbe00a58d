//! Questions for the meeting: one for each signal, from released facts alone.

use super::views::{code, length};
use super::{count, day, figure, list, maybe, period, terms};
use crate::disclosure::Figure;
use crate::disclosure::released::reconciliation::Reconciliation;
use crate::disclosure::released::{Colour, Held, Indicator, Promise, Signal, Variation};
use crate::disclosure::sections::{Codes, Distribution, Made, What, Why};
use crate::period::Period;
use crate::unit::Unit;

/// Events a year above which they are no exceptions, of which each could be looked at.
const MANY: f64 = 24.0;

/// A question: what it is about, what was seen, what to ask, and of whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What it is about.
    pub about: String,
    /// What was seen.
    pub seen: String,
    /// What to ask.
    pub ask: String,
    /// Of whom, where the plan says who answers for it.
    pub of: Option<String>,
}

/// The question that an indicator raises; none where its latest settled period gives no signal and its
/// rating is neither red nor that of an event. `beside` are the aggregates of its measure.
pub fn of_indicator(indicator: &Indicator, beside: &[&Made<Figure>]) -> Option<Question> {
    let about = format!("{} {}", indicator.reference, indicator.title);
    let question =
        |seen: String, ask: String| Question { about, seen, ask, of: indicator.owner.clone() };
    if matches!(indicator.facts.promise, Promise::Never | Promise::Zero)
        && let Some(events) = &indicator.facts.events
        && (1.0..=MANY).contains(&events.year.shown().unwrap_or_default())
    {
        let day = indicator.gaps.as_ref().map(|gaps| format!("on {}", day(gaps.last)));
        let last = day.or_else(|| events.last.map(|last| format!("in {}", period(last))));
        let last = last.map_or_else(String::new, |last| format!(", the last {last}"));
        let seen = format!("{} in 12 months{last}.{}", count(events.year), moved(beside));
        let ask = "What would have avoided the last one, and is it in place now?".to_owned();
        return Some(question(seen, ask));
    }
    if let Some((signal, at, since)) = fresh(indicator) {
        let seen = format!(
            "{} in {}: {}{}.{}",
            maybe(indicator.facts.value, indicator.unit),
            period(at),
            terms::signal(signal),
            if since == at { String::new() } else { format!(", since {}", period(since)) },
            moved(beside)
        );
        let ask = match indicator.icons.variation {
            Some(Variation::Improvement) => "What brought it, and how is it kept?",
            Some(Variation::Concern) => "What changed then, and who can change it back?",
            _ => "What changed then, and is it wanted?",
        };
        return Some(question(seen, ask.to_owned()));
    }
    (indicator.colour == Colour::Red).then(|| {
        let seen = format!("{}{}", super::reason::reason(indicator), moved(beside));
        question(seen, "What will be done differently, by whom and by when?".to_owned())
    })
}

/// The signal of the latest settled period, with that period and the first in which it stands. One that is
/// good or neither and has stood for more than a year is how it is, and no question for this meeting.
fn fresh(indicator: &Indicator) -> Option<(Signal, Period, Period)> {
    let (signal, at) = (indicator.icons.signal?, indicator.facts.period?);
    let since = super::chart::since(indicator).unwrap_or(at);
    let year = at.grain.per_year().cast_signed();
    let concern = indicator.icons.variation == Some(Variation::Concern);
    (concern || at.since(since) < year).then_some((signal, at, since))
}

/// The code whose cases moved most against the months before, of those that moved by more than chance.
fn moved(beside: &[&Made<Figure>]) -> String {
    let codes = beside.iter().filter_map(|made| match &made.what {
        What::Codes { column, codes, .. } if !codes.condition => Some((column, codes)),
        _ => None,
    });
    let moves = codes.flat_map(|(column, codes)| {
        let rows = codes.rows.iter().filter(|row| row.code.is_some() && row.moved);
        let months = codes.before.map_or(0, |(first, last)| last.since(first) + 1);
        rows.filter_map(move |row| {
            let before = row.cases_before?;
            Some(((row.cases.shown()? - before.shown()?).abs(), column, row, (before, months)))
        })
    });
    let most = moves.reduce(|most, one| if one.0 > most.0 { one } else { most });
    most.map_or_else(String::new, |(_, column, row, (before, months))| {
        format!(
            " The largest change by {} is in {}: {} in {months} months, {} in the {months} before.",
            super::views::column(column),
            code(row.code.as_deref()),
            count(row.cases),
            count(before)
        )
    })
}

/// The question that an aggregate raises.
pub fn of_made(made: &Made<Figure>) -> Option<Question> {
    let (seen, ask) = match &made.what {
        What::Distribution { lengths, standard } => {
            let extended = standard.as_ref().is_some_and(|standard| match &standard.rule {
                Held::Limit(terms) => terms.iter().any(|term| term.when.is_some()),
                Held::From(_) => false,
            });
            of_lengths(lengths, extended)?
        }
        What::People(people) if people.again.shown() > Some(0.0) => (
            format!(
                "{} people came more than once: {} of {} cases.",
                count(people.again),
                count(people.events_again),
                count(people.events)
            ),
            "Has each of them a plan that every partner knows?".to_owned(),
        ),
        What::Codes { codes, .. } if codes.condition => apart(codes)?,
        // one in ten is a question of its own
        What::Cost(cost) if cost.total.share.and_then(Figure::shown).is_some_and(|s| s < 0.9) => (
            format!(
                "The daily cost is known for {} of {} bed days.",
                count(cost.total.known),
                count(cost.total.bed_days)
            ),
            "Who holds the cost of the others?".to_owned(),
        ),
        _ => return None,
    };
    Some(Question { about: made.title.clone(), seen, ask, of: None })
}

/// `extended`: some of the limits hold only where something is recorded.
fn of_lengths(lengths: &Distribution<Figure>, extended: bool) -> Option<(String, String)> {
    let over = lengths.over.filter(|over| over.shown() > Some(0.0));
    if let Some(over) = over {
        let limits: Vec<String> =
            lengths.limits.iter().map(|limit| length(*limit, lengths.days)).collect();
        let seen = format!(
            "{} of {} over the limit in force on their day ({}).",
            count(over),
            count(lengths.known),
            list(&limits)
        );
        let ask = if extended {
            "What did each wait for, and was an extension authorised where it was needed?"
        } else {
            "What did each wait for?"
        };
        return Some((seen, ask.to_owned()));
    }
    let lacking = lengths.apart.iter().find(|(why, _)| *why == Why::NotKnown)?;
    // one in ten is a question of its own
    let many = lacking.1.shown()? * 9.0 > lengths.known.shown()?;
    many.then(|| {
        let seen = format!(
            "{} have no start or end time, beside {} that have both.",
            count(lacking.1),
            count(lengths.known)
        );
        (seen, "Who writes these times down, and where do they get lost?".to_owned())
    })
}

/// Shares that differ between two codes by more than chance explains.
fn apart(codes: &Codes<Figure>) -> Option<(String, String)> {
    let known = codes.rows.iter().filter(|row| row.code.is_some());
    let ends = known.filter_map(|row| {
        let (low, high) = row.interval?;
        Some((row, low.shown()?, high.shown()?))
    });
    let ends: Vec<_> = ends.collect();
    let highest = ends.iter().max_by(|one, other| one.1.total_cmp(&other.1))?;
    let lowest = ends.iter().min_by(|one, other| one.2.total_cmp(&other.2))?;
    if highest.1 <= lowest.2 {
        return None;
    }
    let said = |row: &crate::disclosure::sections::Coded<Figure>| {
        let share = row.share.map_or_else(String::new, |share| figure(share, Unit::Proportion));
        format!("{share} at {} ({} cases)", code(row.code.as_deref()), count(row.cases))
    };
    Some((
        format!("{} and {}: more apart than chance explains.", said(highest.0), said(lowest.0)),
        "Are different people brought there, or are the same people treated differently?"
            .to_owned(),
    ))
}

/// The question that two bodies' counts raise, where they differ.
pub fn of_counts(one: &Reconciliation) -> Option<Question> {
    let latest = one.latest.as_ref()?;
    let first = latest.counts.first()?;
    if latest.counts.iter().all(|count| count == first) {
        return None;
    }
    Some(Question {
        about: one.title.clone(),
        seen: super::reconciliation::summary(one),
        ask: "Which records has one body and not the other, and why?".to_owned(),
        of: Some(list(&one.sides.iter().map(|side| side.by.clone()).collect::<Vec<_>>())),
    })
}
