//! A chart as an SVG picture.
//!
//! The picture is laid out first, as layers of shapes with every coordinate and every line of text
//! settled from the font's own widths (`scene`, `head`, `notes`); plotters then draws the
//! shapes (`paint`), and the drawing is wrapped in an SVG that names itself and describes itself
//! to somebody who cannot see it. No clock, no chance: the same chart gives the same bytes.

pub(super) mod frame;
mod gutter;
mod head;
pub(super) mod lines;
pub(super) mod marks;
mod notes;
pub(super) mod paint;
mod place;
#[cfg(test)]
mod samples;
mod scene;
#[cfg(test)]
mod tests;
mod words;

use std::fmt::Write as _;

use super::Chart;
use super::font::{FAMILY, font_face_css};
use super::text::{clean, escape};
use super::theme::{Format, NARROW, WIDE};
use crate::error::Error;
use paint::paint;
use scene::Scene;

/// Draws a chart for a page that brings the font itself: 800 pixels wide by nature, as wide as
/// the place it is put in.
///
/// Periods without a value are gaps in the line; a chart without any value still shows its title,
/// scales and target. Values beyond ±10¹⁰⁰ and those that are no number are drawn as gaps. Text is
/// escaped, cleaned of control characters and wrapped; ids begin with the chart's id, so that
/// pictures can share a page.
pub fn draw(chart: &Chart) -> Result<String, Error> {
    picture(chart, &WIDE, "", "")
}

/// The same chart for a telephone: 400 pixels wide by nature, with a narrower plot and smaller
/// letters. Its ids differ from [`draw`]'s, so that a page may hold both and show one.
pub fn draw_narrow(chart: &Chart) -> Result<String, Error> {
    picture(chart, &NARROW, "-narrow", "")
}

/// The same as [`draw`], as a file of its own that carries the font.
///
/// Kerning is off, as it is in the page's style, so that widths are those that were measured.
pub fn standalone(chart: &Chart) -> Result<String, Error> {
    let style =
        format!("<defs><style>{} text{{font-kerning:none}}</style></defs>", font_face_css());
    picture(chart, &WIDE, "", &style)
}

fn picture(chart: &Chart, format: &Format, suffix: &str, style: &str) -> Result<String, Error> {
    let scene = Scene::lay_out(chart, format);
    let drawing = paint(&scene.layers, scene.width, scene.height)?;
    let id = id(&chart.id) + suffix;
    let (title, alt) = (escape(&clean(&chart.title)), escape(&clean(&chart.alt)));
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"100%\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">\
         <title id=\"{id}-title\">{title}</title><desc id=\"{id}-desc\">{alt}</desc>{style}\
         <g transform=\"scale(.25)\" font-family=\"{FAMILY}\">\n{drawing}</g></svg>\n",
        width = scene.width,
        height = scene.height,
    ))
}

/// An XML id made of a chart's id. Different ids stay different: what an id may not hold is
/// written as a full stop and its number.
fn id(of: &str) -> String {
    let mut id = String::from("chart-");
    for letter in of.chars() {
        if letter.is_ascii_alphanumeric() || letter == '-' || letter == '_' {
            id.push(letter);
        } else {
            // Writing into a string does not fail.
            let _ = write!(id, ".{:x}.", u32::from(letter));
        }
    }
    id
}
