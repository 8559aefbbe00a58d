//! Signs with their words. The word is always in sight; the drawing repeats it.

use maud::{Markup, PreEscaped, html};

use super::pictures;
use crate::document::Icon;

/// One sign: a rating as a filled label, variation and assurance as a drawing with its word.
pub(super) fn sign(icon: Icon) -> Markup {
    let kind = if icon.is_rating() { "sign rating" } else { "sign" };
    html! {
        span class={ (kind) " " (class(icon)) } {
            (PreEscaped(pictures::icon(icon)))
            span { (icon.word()) }
        }
    }
}

/// Several signs in a cell.
pub(super) fn stack(icons: &[Icon]) -> Markup {
    html! { span.signs { @for icon in icons { (sign(*icon)) " " } } }
}

/// Several signs as a line of their own.
pub(super) fn row(icons: &[Icon]) -> Markup {
    html! { ul.sign-row role="list" { @for icon in icons { li { (sign(*icon)) } } } }
}

/// The class that gives the sign its colour.
pub(super) fn class(icon: Icon) -> &'static str {
    match icon {
        Icon::Red => "is-red",
        Icon::Amber => "is-amber",
        Icon::Green => "is-green",
        Icon::NotRated => "is-not-rated",
        Icon::Blue => "is-blue",
        Icon::ImprovementHigh | Icon::ImprovementLow | Icon::Pass => "is-good",
        Icon::ConcernHigh | Icon::ConcernLow | Icon::Fail => "is-bad",
        Icon::NeitherHigh | Icon::NeitherLow => "is-neither",
        Icon::CommonCause | Icon::HitOrMiss | Icon::NoTarget => "is-plain",
    }
}
