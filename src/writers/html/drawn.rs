//! Pictures: charts, shaded cells, bars by length.

use maud::{Markup, PreEscaped, html};

use super::picture;
use crate::charts::svg::{self, Drawing};
use crate::error::Error;

/// The picture twice, wide and narrow; style shows the one that fits.
pub(super) fn figure<'a>(drawing: impl Into<Drawing<'a>>) -> Result<Markup, Error> {
    let drawing = drawing.into();
    let wide = picture::compact(&svg::draw(drawing)?);
    let narrow = picture::named_by_the_wide(&picture::compact(&svg::draw_narrow(drawing)?));
    Ok(html! {
        figure.chart {
            div.wide { (PreEscaped(wide)) }
            div.narrow { (PreEscaped(narrow)) }
        }
    })
}
