//! Words around the plot: title, subtitle and key above it, notes and caption below.

use super::frame::Sight;
use super::lines::{FORECAST_LOOK, band_look, letters, path_look};
use super::marks;
use super::paint::{Anchor, Layer, Look, Shape};
use crate::charts::font::{Weight, width};
use crate::charts::text::{wrap, wrap_evenly};
use crate::charts::theme::{COMMON, Colour, Format, INK, PAPER, QUIET};
use crate::charts::{Chart, Mark};
use crate::unit::Unit;

/// Left edge of the words.
const LEFT: f64 = 8.0;

/// Layers one below the other, and how far down they reach.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Block {
    /// What is drawn.
    pub(crate) layers: Vec<Layer>,
    /// Lower edge.
    pub(crate) bottom: f64,
}

impl Block {
    /// Nothing yet, beginning at `top`.
    pub(crate) fn at(top: f64) -> Self {
        Self { layers: Vec::new(), bottom: top }
    }

    /// Adds lines of text.
    fn lines(&mut self, name: &'static str, lines: Vec<String>, style: Style) {
        let Style { colour, size, weight } = style;
        let mut shapes = Vec::new();
        for line in lines {
            shapes.push(Shape::Text((LEFT, self.bottom + size), Anchor::Start, line));
            self.bottom += size * 1.28;
        }
        let look = Look::Letters { colour, size, weight, halo: false };
        self.layers.push(Layer { name, look, shapes });
    }
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Style {
    colour: Colour,
    size: f64,
    weight: Weight,
}

impl Style {
    /// A text in lines as wide as the picture.
    fn wrap(self, text: &str, format: &Format, most: usize) -> Vec<String> {
        wrap(text, self.size, self.weight, format.width - 2.0 * LEFT, most)
    }

    /// A text in lines of nearly the same width.
    fn wrap_evenly(self, text: &str, format: &Format, most: usize) -> Vec<String> {
        wrap_evenly(text, self.size, self.weight, format.width - 2.0 * LEFT, most)
    }
}

/// Title and subtitle.
pub(crate) fn titles(title: &str, subtitle: &str, format: &Format) -> Block {
    let mut block = Block::at(6.0);
    let style = Style { colour: INK, size: format.title, weight: Weight::SemiBold };
    block.lines("title", style.wrap_evenly(title, format, 5), style);
    block.bottom += 2.0;
    let style = Style { colour: QUIET, size: format.subtitle, weight: Weight::Regular };
    block.lines("subtitle", style.wrap_evenly(subtitle, format, 5), style);
    block.bottom += 5.0;
    block
}

/// The caption alone.
pub(crate) fn foot(caption: &str, top: f64, format: &Format) -> Block {
    let mut block = Block::at(top);
    let style = Style { colour: QUIET, size: format.small, weight: Weight::Regular };
    block.lines("caption", style.wrap(caption, format, 12), style);
    block
}

/// Title, subtitle and key.
pub(crate) fn above(chart: &Chart, sight: &Sight, hours: bool, format: &Format) -> Block {
    let mut block = titles(&chart.title, &chart.subtitle, format);
    key(&mut block, &entries(chart, sight, hours), format);
    block
}

/// Notes that found no room above the plot, and the caption.
pub(crate) fn below(chart: &Chart, listed: &[String], top: f64, format: &Format) -> Block {
    let mut block = Block::at(top);
    let note = Style { colour: INK, size: format.small, weight: Weight::Regular };
    for listed in listed {
        block.lines("listed", note.wrap(listed, format, 4), note);
    }
    if !listed.is_empty() {
        block.bottom += 5.0;
    }
    let caption = Style { colour: QUIET, ..note };
    block.lines("caption", caption.wrap(&chart.caption, format, 12), caption);
    block
}

/// What a word of the key stands beside.
enum Sample {
    Mark(Mark, bool),
    Path,
    Forecast,
    None,
}

/// Only what this chart shows and its labels do not name.
fn entries(chart: &Chart, sight: &Sight, hours: bool) -> Vec<(Sample, &'static str)> {
    let mut entries = Vec::new();
    let mut marks: Vec<Mark> =
        sight.points.iter().filter(|p| p.value.is_some()).map(|p| p.mark).collect();
    marks.sort_by_key(|&mark| order(mark));
    marks.dedup();
    for mark in marks {
        let word = match mark {
            Mark::Common => continue,
            Mark::Improvement(_) => "Improvement",
            Mark::Concern(_) => "Concern",
            Mark::Neither(_) => "Change, neither good nor bad",
        };
        match entries.last() {
            // Both directions of one kind share a word: the second sample goes without.
            Some((Sample::Mark(..), before)) if *before == word => {
                let at = entries.len() - 1;
                entries.insert(at, (Sample::Mark(mark, false), ""));
            }
            _ => entries.push((Sample::Mark(mark, false), word)),
        }
    }
    if sight.points.iter().any(|point| point.hollow && point.value.is_some()) {
        entries.push((Sample::Mark(Mark::Common, true), "Not final"));
    }
    if chart.path.as_ref().is_some_and(|path| !path.stated) && sight.path.len() > 1 {
        entries.push((Sample::Path, "Straight line to the target: ours, for orientation"));
    }
    if !sight.forecast.is_empty() {
        entries.push((Sample::Forecast, "Forecast with bands of 80% and 95%"));
    }
    if chart.unit == Unit::Seconds {
        let scale = if hours { "Scale: hours:minutes:seconds" } else { "Scale: minutes:seconds" };
        entries.push((Sample::None, scale));
    }
    entries
}

fn order(mark: Mark) -> u8 {
    match mark {
        Mark::Common => 0,
        Mark::Improvement(crate::charts::Direction::High) => 1,
        Mark::Improvement(crate::charts::Direction::Low) => 2,
        Mark::Concern(crate::charts::Direction::High) => 3,
        Mark::Concern(crate::charts::Direction::Low) => 4,
        Mark::Neither(_) => 5,
    }
}

/// The key, as many rows as it needs.
fn key(block: &mut Block, entries: &[(Sample, &'static str)], format: &Format) {
    if entries.is_empty() {
        return;
    }
    let size = format.small;
    let (mut x, mut baseline) = (LEFT, block.bottom + size);
    let mut text = Vec::new();
    for (sample, words) in entries {
        let sample_width = match sample {
            Sample::Mark(..) => 15.0,
            Sample::Path | Sample::Forecast => 27.0,
            Sample::None => 0.0,
        };
        let words_width = width(words, size, Weight::Regular);
        if x > LEFT && x + sample_width + words_width > format.width - LEFT {
            x = LEFT;
            baseline += size * 1.4;
        }
        let middle = baseline - size * 0.36;
        block.layers.extend(drawn(sample, (x, middle)));
        x += sample_width;
        if !words.is_empty() {
            text.push(Shape::Text((x, baseline), Anchor::Start, (*words).to_owned()));
            x += words_width + 16.0;
        }
    }
    block.bottom = baseline + size * 0.4;
    block.layers.push(Layer { name: "key", look: letters(QUIET, size), shapes: text });
}

/// A sample at its left edge.
fn drawn(sample: &Sample, (x, y): (f64, f64)) -> Vec<Layer> {
    let layer = |look, shape| Layer { name: "sample", look, shapes: vec![shape] };
    let line = Shape::Line(vec![(x, y), (x + 22.0, y)]);
    match *sample {
        Sample::Mark(mark, hollow) => {
            let look = match (hollow, marks::colour(mark)) {
                (true, _) => Look::Fill(PAPER, COMMON, 1.5),
                (false, colour) => Look::Fill(colour, PAPER, 0.0),
            };
            vec![layer(look, marks::shape(mark, (x + 6.0, y), 3.6))]
        }
        Sample::Path => vec![layer(path_look(false), line)],
        Sample::Forecast => {
            let band = |half: f64| {
                let (low, high, right) = (y + half, y - half, x + 22.0);
                Shape::Polygon(vec![(x, low), (x, high), (right, high), (right, low)])
            };
            vec![
                layer(band_look(false), band(5.5)),
                layer(band_look(true), band(3.0)),
                layer(FORECAST_LOOK, line),
            ]
        }
        Sample::None => Vec::new(),
    }
}
