//! A released figure as a reader sees it.

use crate::disclosure::{Figure, Why};
use crate::document::Format;
use crate::number;

/// The figure as shown: rounded, or the words that say why it is not there.
pub fn shown(figure: Figure, format: Format) -> String {
    match (figure.shown(), figure.withheld()) {
        (Some(value), _) => formatted(value, format),
        (None, Some(why)) => why_not(why).to_owned(),
        (None, None) => String::new(),
    }
}

/// The figure in full for machines; `None` when it is withheld.
pub fn exact(figure: Figure) -> Option<String> {
    figure.shown().and_then(number::exact)
}

fn formatted(value: f64, format: Format) -> String {
    match format {
        Format::Decimal(decimals) => number::decimal(value, decimals),
        Format::Percent(decimals) => number::percent(value, decimals),
        Format::Clock => number::clock(value),
        Format::Pounds => number::pounds(value),
    }
}

fn why_not(why: Why) -> &'static str {
    match why {
        Why::SuppressedAtSource => "suppressed at source",
        Why::Missing => "not delivered",
    }
}
