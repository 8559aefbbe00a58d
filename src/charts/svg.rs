//! A chart as an SVG picture.
//!
//! The picture is laid out first, as layers of shapes with every coordinate and every line of text
//! settled from the font's own widths (`scene`, `head`, `notes`); plotters then draws the
//! shapes (`paint`), and the drawing is wrapped in an SVG that names itself and describes itself
//! to somebody who cannot see it. No clock, no chance: the same chart gives the same bytes.

pub(super) mod frame;
mod gutter;
mod head;
mod heat;
mod histogram;
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
use super::heat::Heat;
use super::histogram::Histogram;
use super::text::{clean, escape};
use super::theme::{Format, NARROW, WIDE};
use crate::error::Error;
use paint::paint;
use scene::Scene;

/// Anything that is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Drawing<'a> {
    /// A time series.
    Chart(&'a Chart),
    /// Shaded cells.
    Heat(&'a Heat),
    /// Bars by length.
    Histogram(&'a Histogram),
}

impl Drawing<'_> {
    /// Its id, which names its file.
    pub fn id(self) -> String {
        match self {
            Self::Chart(chart) => chart.id.clone(),
            Self::Heat(heat) => heat.id.clone(),
            Self::Histogram(bars) => bars.id.clone(),
        }
    }

    fn words(&self) -> (&str, &str) {
        match self {
            Self::Chart(chart) => (&chart.title, &chart.alt),
            Self::Heat(heat) => (&heat.title, &heat.alt),
            Self::Histogram(bars) => (&bars.title, &bars.alt),
        }
    }

    fn lay_out(self, format: &Format) -> Scene {
        match self {
            Self::Chart(chart) => Scene::lay_out(chart, format),
            Self::Heat(heat) => heat::lay_out(heat, format),
            Self::Histogram(bars) => histogram::lay_out(bars, format),
        }
    }
}

impl<'a> From<&'a Chart> for Drawing<'a> {
    fn from(chart: &'a Chart) -> Self {
        Self::Chart(chart)
    }
}

impl<'a> From<&'a Heat> for Drawing<'a> {
    fn from(heat: &'a Heat) -> Self {
        Self::Heat(heat)
    }
}

impl<'a> From<&'a Histogram> for Drawing<'a> {
    fn from(bars: &'a Histogram) -> Self {
        Self::Histogram(bars)
    }
}

/// Draws a chart for a page that brings the font itself: 800 pixels wide by nature, as wide as
/// the place it is put in.
///
/// Periods without a value are gaps in the line; a chart without any value still shows its title,
/// scales and target. Values beyond ±10¹⁰⁰ and those that are no number are drawn as gaps. Text is
/// escaped, cleaned of control characters and wrapped; ids begin with the chart's id, so that
/// pictures can share a page.
pub fn draw<'a>(chart: impl Into<Drawing<'a>>) -> Result<String, Error> {
    picture(chart.into(), &WIDE, "", "")
}

/// The same chart for a telephone: 400 pixels wide by nature, with a narrower plot and smaller
/// letters. Its ids differ from [`draw`]'s, so that a page may hold both and show one.
pub fn draw_narrow<'a>(chart: impl Into<Drawing<'a>>) -> Result<String, Error> {
    picture(chart.into(), &NARROW, "-narrow", "")
}

/// The same as [`draw`], as a file of its own that carries the font.
///
/// Kerning is off, as it is in the page's style, so that widths are those that were measured.
pub fn standalone<'a>(chart: impl Into<Drawing<'a>>) -> Result<String, Error> {
    let style =
        format!("<defs><style>{} text{{font-kerning:none}}</style></defs>", font_face_css());
    picture(chart.into(), &WIDE, "", &style)
}

fn picture(
    chart: Drawing<'_>,
    format: &Format,
    suffix: &str,
    style: &str,
) -> Result<String, Error> {
    let scene = chart.lay_out(format);
    let drawing = paint(&scene.layers, scene.width, scene.height)?;
    let id = id(&chart.id()) + suffix;
    let (title, alt) = chart.words();
    let (title, alt) = (escape(&clean(title)), escape(&clean(alt)));
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
