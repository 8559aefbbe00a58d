//! The what-if: two sliders that the page's script works, out of sight without it. The table below it
//! holds fixed settings for who reads without script.

use maud::{Markup, html};

use crate::disclosure::Figure;
use crate::document::{Format, WhatIf};
use crate::writers::number;

/// Months for which it says what would be open; 0 is the long run.
const MONTHS: [u32; 4] = [3, 6, 12, 0];

/// The sliders, hidden until the script shows them, and the figures it works with.
pub(super) fn what_if(of: &WhatIf) -> Markup {
    let exact = |figure: Figure| number::exact(figure).unwrap_or_default();
    let within: Vec<String> = of.within.iter().map(|share| exact(*share)).collect();
    html! {
        figure.what-if id=(of.id.clone() + "--try") hidden
            data-open=(exact(of.open)) data-starts=(exact(of.starts)) data-mean=(exact(of.mean))
            data-within=(within.join(" ")) {
            p { (of.title) }
            (slider(of, "starts", "Starts a month", of.starts, 0.1))
            (slider(of, "mean", "Mean stay in days", of.mean, 0.5))
            dl.facts {
                @for months in MONTHS {
                    div {
                        dt {
                            @if months == 0 { "Open in the long run" }
                            @else { "Open after " (months) " months" }
                        }
                        dd { output data-after=(months) { } }
                    }
                }
            }
            button type="button" { "As now" }
        }
    }
}

/// A slider from nothing to twice what there is now, with a number that says the same.
fn slider(of: &WhatIf, name: &str, label: &str, now: Figure, step: f64) -> Markup {
    let id = format!("{}--{name}", of.id);
    let most = now.shown().map_or(1.0, |now| (now * 2.0 / step).ceil().max(1.0) * step);
    html! {
        div.slider {
            label for=(id) {
                (label) ", now " (number::shown(now, Format::Decimal(1)))
            }
            input type="range" id=(id) name=(name) min="0" max=(format!("{most:.1}")) step=(step);
            output for=(id) { }
        }
    }
}
