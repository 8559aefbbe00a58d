//! Signs with their words. The word is always in sight; the drawing repeats it.

use maud::{Markup, PreEscaped, html};

use crate::charts::icons;
use crate::document::Icon;

/// One sign: a rating as a filled label, variation and assurance as a drawing with its word.
pub(super) fn sign(icon: Icon) -> Markup {
    let class = tint(icon).map_or("sign".to_owned(), |tint| format!("sign rating {tint}"));
    html! {
        span class=(class) {
            svg aria-hidden="true" viewBox="0 0 40 40" { use href={ "#" (id(icon)) } {} }
            span { (icon.words()) }
        }
    }
}

/// The drawings of the signs that a page uses, each once. They are laid out without size, because
/// what is not displayed cannot be used everywhere.
pub(super) fn sheet(page: &str) -> Markup {
    let used = |icon: &Icon| page.contains(&format!("\"#{}\"", id(*icon)));
    let used: Vec<Icon> = Icon::ALL.into_iter().filter(used).collect();
    html! {
        @if !used.is_empty() {
            svg.sheet aria-hidden="true" {
                @for icon in used {
                    symbol id=(id(icon)) class=[tint(icon).map(|_| "filled")] viewBox="0 0 40 40" {
                        (PreEscaped(icons::shapes(icon)))
                    }
                }
            }
        }
    }
}

/// Ids of the page's own begin with `_`, which no heading's id does.
fn id(icon: Icon) -> String {
    let plain = |letter: char| if letter.is_ascii_alphabetic() { letter } else { '-' };
    format!("_{}", icon.words().to_lowercase().chars().map(plain).collect::<String>())
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
