//! What changed since the month before.

use super::{grain, reason, terms};
use crate::disclosure::released::{Before, Colour, Indicator, Released, Variation};

/// How an indicator changed, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Its rating is worse.
    Worse,
    /// Its rating is the same, and its latest value a new special cause on the bad side.
    Concern,
    /// It cannot be rated any more.
    Lost,
    /// Its rating is better.
    Better,
    /// Its rating is the same, and its latest value a new special cause on the good side.
    Improvement,
    /// It is rated for the first time, or again.
    Found,
}

impl Change {
    /// Of an indicator; `None` where nothing changed.
    pub fn of(indicator: &Indicator) -> Option<(Self, Before)> {
        let before = indicator.before?;
        let rank = |colour| match colour {
            Colour::Green => Some(0),
            Colour::Amber => Some(1),
            Colour::Red => Some(2),
            Colour::NotRated => None,
        };
        let (then, now) = (rank(before.colour), rank(indicator.colour));
        let variation = indicator.facts.variation;
        let found = match (then, now) {
            (Some(_), None) => Self::Lost,
            (None, Some(_)) => Self::Found,
            (Some(then), Some(now)) if now > then => Self::Worse,
            (Some(then), Some(now)) if now < then => Self::Better,
            _ if variation == before.variation || before.period == indicator.facts.period => {
                return None;
            }
            _ => match variation {
                Variation::Concern => Self::Concern,
                Variation::Improvement => Self::Improvement,
                Variation::Common => return None,
            },
        };
        Some((found, before))
    }

    /// In a word or two.
    pub fn name(self) -> &'static str {
        match self {
            Self::Worse => "Worse",
            Self::Concern => "New concern",
            Self::Lost => "No longer rated",
            Self::Better => "Better",
            Self::Improvement => "New improvement",
            Self::Found => "Now rated",
        }
    }
}

/// The indicators that changed, parts of splits left out: the most pressing first, else in the
/// plan's order.
pub fn changes(released: &Released) -> Vec<(Change, Before, &Indicator)> {
    let changed = |one| Change::of(one).map(|(change, before)| (change, before, one));
    let mut found: Vec<_> = released.whole().filter_map(changed).collect();
    found.sort_by_key(|(change, ..)| *change);
    found
}

/// Why it changed: the reason of the rating, or the new signal.
pub fn why(change: Change, indicator: &Indicator) -> String {
    match (change, indicator.facts.signal) {
        (Change::Concern | Change::Improvement, Some(signal)) => {
            let signal = terms::signal_phrase(signal, indicator.charting.run);
            format!("The latest {} is {signal}.", grain(indicator.grain))
        }
        _ => reason::reason(indicator),
    }
}
