//! What a reader must know besides the number, in sentences.

use super::records;
use crate::disclosure::released::{Caveat, CodeChange, Indicator, Promise};
use crate::period::{Grain, Period};
use crate::unit::Unit;
use crate::wording::{day, figure, list, many, maybe, month, period, sentence, year};

/// What a reader must know besides, each as a sentence.
pub fn caveats(indicator: &Indicator) -> Vec<String> {
    let synthetic = indicator.synthetic.then(|| "Synthetic data.".to_owned());
    let moving = weeks(indicator);
    let one = |one: &Caveat| match (one, &moving) {
        (Caveat::Provisional(_), Some(_)) => None,
        _ => Some(caveat(one, indicator)),
    };
    let caveats = indicator.caveats.iter().filter_map(one);
    synthetic.into_iter().chain(caveats).chain(moving.clone()).collect()
}

/// Several provisional weeks in one sentence; `None` of one, and of longer periods.
fn weeks(indicator: &Indicator) -> Option<String> {
    let week = |caveat: &Caveat| match caveat {
        Caveat::Provisional(at) if at.grain == Grain::Week => Some(*at),
        _ => None,
    };
    let found: Vec<Period> = indicator.caveats.iter().filter_map(week).collect();
    let (first, last) = (found.first()?, found.last()?);
    let rated = match indicator.facts.promise {
        Promise::Never => "may still move. An event in them counts.",
        _ => "may still move and are not rated.",
    };
    (first != last).then(|| {
        format!(
            "{} from {} to {} are provisional: they {rated}",
            many(found.len(), "week"),
            day(first.start),
            day(last.last_day())
        )
    })
}

fn capital(of: Period) -> String {
    sentence(&period(of))
}

fn caveat(caveat: &Caveat, indicator: &Indicator) -> String {
    let promise = indicator.facts.promise;
    match caveat {
        Caveat::Provisional(at) if promise == Promise::Never => {
            format!("{} is provisional: it may still move. An event in it counts.", capital(*at))
        }
        Caveat::Provisional(at) => {
            format!("{} is provisional: it may still move and is not rated.", capital(*at))
        }
        Caveat::Partial(at) => format!("{} is covered only in part.", capital(*at)),
        Caveat::Unknown(rows) => format!(
            "{} could not be decided, because a field they need is unknown: they are \
             shown, not guessed.",
            records(*rows)
        ),
        Caveat::OtherReading { rows, counted: true, value } => format!(
            "{} whose condition is not known count as not meeting it; left out, the figure would be {}.",
            records(*rows),
            maybe(*value, indicator.unit)
        ),
        Caveat::OtherReading { rows, counted: false, value } => format!(
            "{} whose condition is not known are left out; counted as not meeting it, the figure would be {}.",
            records(*rows),
            maybe(*value, indicator.unit)
        ),
        Caveat::ShortPhase(points) => format!(
            "Only {} of this phase before the latest: there are no limits until there are 12.",
            many(*points, "point")
        ),
        Caveat::OwnBaseline => {
            format!(
                "The plan states no baseline: the first {} are ours.",
                year(indicator.grain).replacen(' ', " settled ", 1)
            )
        }
        Caveat::OwnPath => {
            "The plan gives no way to its target: the straight line is ours, for orientation."
                .to_owned()
        }
        Caveat::BaselineCut(first, last) => format!(
            "Of the baseline the plan states only the periods wholly inside it are taken: {} to {}.",
            period(*first),
            period(*last)
        ),
        Caveat::Code(change) => code_change(change),
        Caveat::Correlated(r) => format!(
            "Each value carries over from the one before (r = {}): limits are widened, and \
             runs and trends do not rate.",
            figure(*r, Unit::Ratio)
        ),
        Caveat::Late(latest) => match latest {
            Some(latest) => {
                format!("The feed is late: its latest figure is of {}.", month(*latest))
            }
            None => "The feed has no figure up to this month.".to_owned(),
        },
    }
}

/// When a code began and ended, and which area was before it and which after.
fn code_change(change: &CodeChange) -> String {
    let mut sentences = Vec::new();
    if let Some(began) = change.began {
        let before = match change.before.as_slice() {
            [] => String::new(),
            before => format!("; before it {}", list(before)),
        };
        sentences.push(format!("The code began on {}{before}.", day(began)));
    }
    if let Some(last) = change.ended.and_then(|ended| ended.pred_opt()) {
        let after =
            change.after.as_ref().map_or(String::new(), |after| format!("; after it {after}"));
        sentences.push(format!("The code ended on {}{after}.", day(last)));
    }
    sentences.push("Each code has its own figures: none is shared out.".to_owned());
    sentences.join(" ")
}
