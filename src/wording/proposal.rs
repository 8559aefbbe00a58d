//! A suggested rebase in words: the date, what speaks for it, and how to accept it.

use super::{difference, figure, grain, many, period};
use crate::disclosure::Figure;
use crate::disclosure::released::{Indicator, Proposal, Side};
use crate::number;
use crate::period::{Grain, Month, Period};

/// What `statistics::rebase` asks for.
const RULE: &str = "Asked for when first suggested: 12 values on each side, 1 sigma, 4 standard \
                    errors, 7 running, and a step rather than a drift.";

/// What is suggested.
pub fn headline(indicator: &Indicator, proposal: &Proposal) -> String {
    let unit = indicator.unit;
    let periods = |number: usize| many(number, grain(indicator.grain));
    format!(
        "Suggested, not applied: new limits from {}. The mean was {} over the {} before and is {} \
         over the {} since.",
        period(proposal.from),
        figure(proposal.before, unit),
        periods(proposal.points_before),
        figure(proposal.after, unit),
        periods(proposal.points_after)
    )
}

/// What speaks for it.
pub fn evidence(indicator: &Indicator, proposal: &Proposal) -> String {
    let side = match proposal.side {
        Side::High => "above",
        Side::Low => "below",
    };
    let decimal = |figure: Figure| {
        figure.shown().map_or_else(String::new, |number| number::decimal(number, 1))
    };
    let made = if proposal.made == proposal.latest {
        format!("It is suggested for the first time, with the figure of {}", period(proposal.made))
    } else {
        format!("It was first suggested with the figure of {}", period(proposal.made))
    };
    format!(
        "The difference of {} is {} sigma and {} standard errors; {} running lie {side} the old \
         mean. ({RULE}) {made}; its date does not move while it stands.",
        difference(proposal.difference, indicator.unit),
        decimal(proposal.step),
        decimal(proposal.errors),
        many(proposal.running, grain(indicator.grain))
    )
}

/// The first month of which all periods belong to the new phase; of weeks the first that begins no
/// earlier than the phase, so that its first week may be later by up to four.
fn begins(from: Period) -> Month {
    let first = from.first_month();
    let into = from.start.signed_duration_since(first.first_day()).num_days();
    if from.grain == Grain::Week && into >= 7 { first.plus(1) } else { first }
}

/// How to accept it; the lines to paste are [`lines`].
pub fn how(indicator: &Indicator, proposal: &Proposal, plan: &str) -> String {
    let baseline = if proposal.across_baseline {
        format!(" The baseline runs across {}: shorten it or move it first.", period(proposal.from))
    } else {
        String::new()
    };
    let instead = if proposal.rebases.is_empty() { "" } else { " in place of its `rebase`" };
    format!(
        "If you know what changed, and expect it to last: put this under [{}] of \
         indicators/plans/{plan}.toml{instead}, with the reason between the empty quotation \
         marks.{baseline} If you do not know, look for the cause first and leave the limits alone.",
        indicator.id
    )
}

/// The plan's line with the proposal, in the order of the dates. Its reason is empty, so that the
/// plan is refused until somebody gives it.
pub fn lines(proposal: &Proposal) -> String {
    let mut rebases: Vec<(Month, &str)> =
        proposal.rebases.iter().map(|(from, why)| (*from, why.as_str())).collect();
    rebases.push((begins(proposal.from), ""));
    rebases.sort_by_key(|(from, _)| *from);
    let one =
        |(from, why): &(Month, &str)| format!("  {{ from = \"{from}\", why = {} }},", quoted(why));
    let inside: Vec<String> = rebases.iter().map(one).collect();
    format!("rebase = [\n{}\n]", inside.join("\n"))
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            control if control.is_control() => {
                let escaped = format!("\\u{:04X}", u32::from(control));
                quoted.push_str(&escaped);
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
