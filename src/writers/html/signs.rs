//! Signs with their words. The word is always in sight; the drawing repeats it.

use maud::{Markup, PreEscaped, html};

use crate::charts::icons;
use crate::document::Icon;

/// One sign: a rating as a filled label, variation and assurance as a drawing with its word.
pub(super) fn sign(icon: Icon) -> Markup {
    let class = tint(icon).map_or("sign".to_owned(), |tint| format!("sign rating {tint}"));
    html! {
        span class=(class) {
            span.drawing aria-hidden="true" { (PreEscaped(icons::draw(icon))) }
            span { (icon.words()) }
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

/// The class that colours the ground a rating stands on; other signs have none.
pub(super) fn tint(icon: Icon) -> Option<&'static str> {
    match icon {
        Icon::Red => Some("is-red"),
        Icon::Amber => Some("is-amber"),
        Icon::Green => Some("is-green"),
        Icon::NotRated => Some("is-not-rated"),
        Icon::Blue => Some("is-blue"),
        _ => None,
    }
}
