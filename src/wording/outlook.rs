//! What is to be expected, in words.

use super::{figure, grain, many, period};
use crate::disclosure::Figure;
use crate::disclosure::released::outlook::{
    Backtest, Because, Chance, Course, Model, Outlook, Refusal, Word,
};
use crate::disclosure::released::{Indicator, Promise};
use crate::number;
use crate::unit::Unit;

/// The outlook as one word of the field.
pub fn word(word: Word) -> &'static str {
    match word {
        Word::OnCourse => "on course",
        Word::Uncertain => "uncertain",
        Word::OffCourse => "off course",
    }
}

/// A probability; what rounds to certainty is not called certain.
pub fn probability(of: Figure) -> String {
    match of.shown() {
        Some(chance) if chance < 0.01 => "below 1%".to_owned(),
        Some(chance) if chance > 0.99 => "above 99%".to_owned(),
        Some(chance) => number::percent(chance, 0),
        None => "not shown".to_owned(),
    }
}

/// What is to be expected, in a sentence or two; empty where there is no outlook.
pub fn sentence(indicator: &Indicator) -> String {
    let Some(outlook) = &indicator.outlook else { return String::new() };
    let course = match &outlook.course {
        Ok(course) => course,
        Err(refusal) => return refused(indicator, outlook, *refusal),
    };
    let Some(last) = course.ahead.last() else { return String::new() };
    let unit = indicator.unit;
    let expected = format!(
        "If it goes on as it is, {} will show about {}, and with 80% probability {}.",
        period(last.period),
        figure(last.median, unit),
        between(last.eighty, indicator)
    );
    let chance = course.chance.iter().map(|chance| chance_of(indicator, course, chance));
    let sentences: Vec<String> =
        std::iter::once(expected).chain(widened(course)).chain(chance).collect();
    sentences.join(" ")
}

/// The forecast in a few words: `24 in August 2019 (17 to 32), on course`; empty where there is none.
pub fn short(indicator: &Indicator) -> String {
    let course = indicator.outlook.as_ref().and_then(|outlook| outlook.course.as_ref().ok());
    let Some((course, last)) = course.and_then(|course| Some((course, course.ahead.last()?)))
    else {
        return String::new();
    };
    let chance =
        course.chance.map_or_else(String::new, |chance| format!(", {}", word(chance.word)));
    format!(
        "{} in {} ({}){chance}",
        figure(last.median, indicator.unit),
        period(last.period),
        band(last.eighty, indicator)
    )
}

/// That forecasts of this series held less than they say.
fn widened(course: &Course) -> Option<String> {
    let test = course.backtest.as_ref()?;
    let times = test.widen.shown().filter(|times| *times > 1.0)?;
    Some(format!(
        "Such forecasts have held less than they say ({} of {} inside the 80% band), so bands and \
         probability are made {} times as wide.",
        test.inside_eighty,
        test.origins,
        number::decimal(times, 1)
    ))
}

fn chance_of(indicator: &Indicator, course: &Course, chance: &Chance) -> String {
    if indicator.facts.promise == Promise::Zero || is_none(indicator, chance) {
        let pass = match usize::try_from(indicator.grain.per_year()) {
            Ok(1) => "a year like it passes".to_owned(),
            number => format!("{} like it pass", many(number.unwrap_or(0), grain(indicator.grain))),
        };
        return format!(
            "The probability that {pass} without one is {}: {}.",
            probability(chance.probability),
            word(chance.word)
        );
    }
    let when = if course.dated { "by its date" } else { "then" };
    format!(
        "The probability of meeting the target of {} {when} is {}: {}.",
        figure(chance.target, indicator.unit),
        probability(chance.probability),
        word(chance.word)
    )
}

/// Whether a count is to be 0.
fn is_none(indicator: &Indicator, chance: &Chance) -> bool {
    indicator.unit == Unit::Count && !indicator.stock && chance.target.shown() == Some(0.0)
}

fn refused(indicator: &Indicator, outlook: &Outlook, refusal: Refusal) -> String {
    let since = period(outlook.since);
    match refusal {
        Refusal::TooFew(0) => {
            format!("No forecast: no {} has settled since {since}.", grain(indicator.grain))
        }
        Refusal::TooFew(points) => {
            format!("No forecast: {} since {since}; 6 are needed.", many(points, "settled value"))
        }
        Refusal::NoCases => "No forecast: the number of cases to expect is not known.".to_owned(),
        Refusal::NotSuch => "No forecast: a value is not of its kind.".to_owned(),
    }
}

fn between(band: (Figure, Figure), indicator: &Indicator) -> String {
    let [lower, upper] = [band.0, band.1].map(|end| figure(end, indicator.unit));
    if lower == upper { lower } else { format!("between {lower} and {upper}") }
}

/// The ends of a band.
pub fn band((lower, upper): (Figure, Figure), indicator: &Indicator) -> String {
    let [lower, upper] = [lower, upper].map(|end| figure(end, indicator.unit));
    if lower == upper { lower } else { format!("{lower} to {upper}") }
}

/// What a forecast rests on.
pub fn model(indicator: &Indicator, model: Model) -> String {
    let by = |slope: Figure| {
        let change = signed(slope, indicator);
        format!("{change} each {}", grain(indicator.grain))
    };
    match model {
        Model::Slope(slope) if slope.shown() == Some(0.0) => "a slope of 0".to_owned(),
        Model::Level => "the mean of the phase".to_owned(),
        Model::LatestLevel(first) => format!("the level since {}", period(first)),
        Model::Slope(per_period) => format!("a slope of {}", by(per_period)),
        Model::Reverting { r, level, slope } => format!(
            "reverting to {} ({}), carrying over {}",
            figure(level, indicator.unit),
            by(slope),
            r.shown().map_or_else(String::new, |r| number::decimal(r, 2))
        ),
    }
}

/// The line that leads, with its weight among the three where lines are averaged.
pub fn leading(indicator: &Indicator, course: &Course) -> String {
    let line = model(indicator, course.model);
    if course.lines.is_empty() {
        return line;
    }
    format!("{line} (weight {})", probability(course.weight))
}

/// Why that model leads.
pub fn because(because: Because) -> String {
    match because {
        Because::Fits => "no shift or trend".to_owned(),
        Because::Signalled(signal) => super::terms::signal(signal).to_owned(),
        Because::Stock => "a level that carries over".to_owned(),
    }
}

/// A difference with its sign.
pub fn signed(difference: Figure, indicator: &Indicator) -> String {
    let plus = if difference.shown().is_some_and(|value| value > 0.0) { "+" } else { "" };
    format!("{plus}{}", figure(difference, indicator.unit))
}

/// How good forecasts of this series were.
pub fn backtest(indicator: &Indicator, test: &Backtest) -> String {
    format!(
        "{} ahead: off by {} on average; {} of {} inside the 80% band",
        many(test.horizon, grain(indicator.grain)),
        figure(test.error, indicator.unit),
        test.inside_eighty,
        test.origins
    )
}
