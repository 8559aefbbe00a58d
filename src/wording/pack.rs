//! The sentences of a pack as a whole.

use super::{list, many, month};
use crate::disclosure::released::{Colour, Indicator, Released};

/// The sentence to read if only one is read.
pub fn headline(released: &Released) -> String {
    let whole: Vec<&Indicator> = released.whole().collect();
    let number = |colour: Colour| whole.iter().filter(|one| one.colour == colour).count();
    let rated = [Colour::Red, Colour::Amber, Colour::Green]
        .map(|colour| format!("{} {}", number(colour), super::terms::colour(colour)));
    format!(
        "As at {}, of {}: {}; {} not rated.",
        month(released.as_at),
        many(whole.len(), "indicator"),
        list(&rated),
        number(Colour::NotRated)
    )
}

/// What every reader must know before the first number.
pub fn notes(released: &Released) -> Vec<String> {
    let synthetic: Vec<String> =
        released.feeds.iter().filter(|feed| feed.synthetic).map(|feed| feed.id.clone()).collect();
    let mut notes = Vec::new();
    if !synthetic.is_empty() {
        notes.push(format!(
            "Synthetic data: the rows of {} were made by a program. They describe nobody and prove \
             nothing about any service.",
            list(&synthetic)
        ));
    }
    notes.push(format!(
        "Disclosure profile {}: for people inside who may see every record. Do not publish.",
        released.profile
    ));
    notes
}
