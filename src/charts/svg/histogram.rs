//! Bars of equal width with what lies across them: median, 90th percentile, limits.

use super::frame::Frame;
use super::head::{foot, titles};
use super::lines::{LIMIT_DASH, TARGET_DASH, letters, value_scale};
use super::paint::{Anchor, Layer, Look, Shape};
use super::scene::Scene;
use crate::charts::font::{Weight, width};
use crate::charts::histogram::Histogram;
use crate::charts::label::Labels;
use crate::charts::theme::{CONCERN, Format, INK, PAPER, QUIET, STEEL, TARGET};
use crate::charts::ticks::Axis;
use crate::disclosure::Figure;
use crate::unit::Unit;

#[expect(clippy::cast_precision_loss, reason = "bars of a picture")]
fn count(number: usize) -> f64 {
    number as f64
}

/// Lays out bars in a format.
pub(crate) fn lay_out(bars: &Histogram, format: &Format) -> Scene {
    let value = |figure: Figure| figure.shown().unwrap_or(0.0);
    let most = bars.bars.iter().map(|(rows, _)| value(*rows)).fold(0.0, f64::max);
    let axis = Axis::around(Unit::Count, 0.0, most.max(4.0));
    let labels = Labels::new(Unit::Count, axis.high);
    let scale = axis.ticks.iter().map(|&tick| labels.tick(tick, axis.step));
    let widest = scale.map(|l| width(&l, format.label, Weight::Regular)).fold(0.0, f64::max);
    let head = titles(&bars.title, &bars.subtitle, format);
    let line = format.small * 1.45;
    let lines = bars.limits.len() + bars.marks.len() + usize::from(has_over(bars));
    let top = head.bottom + 8.0 + line * count(lines);
    let frame = Frame {
        left: (widest + 14.0).max(24.0),
        right: format.width - 12.0,
        top,
        bottom: top + format.plot_height * 0.8,
        span: (0.0, count(bars.bars.len().max(1))),
        axis,
    };
    let mut layers = head.layers;
    layers.extend(value_scale(&frame, labels, format));
    layers.extend(drawn(bars, &frame));
    layers.extend(edges(bars, &frame, format));
    layers.extend(across(bars, &frame, format, (top, line)));
    let foot = foot(&bars.caption, frame.bottom + format.label + 24.0, format);
    layers.extend(foot.layers);
    Scene { width: format.width, height: (foot.bottom + 8.0).ceil(), layers }
}

fn has_over(bars: &Histogram) -> bool {
    bars.bars.iter().any(|(_, over)| over.shown().is_some_and(|over| over > 0.0))
}

/// The bars; what is over its limit stands below, of another colour and edged.
fn drawn(bars: &Histogram, frame: &Frame) -> Vec<Layer> {
    let bar = |at: usize, from: f64, to: f64, room: f64| {
        let (left, right) = (frame.x(count(at)) + room, frame.x(count(at + 1)) - room);
        let (low, high) = (frame.y(from), frame.y(to));
        Shape::Polygon(vec![(left, low), (left, high), (right, high), (right, low)])
    };
    let (mut all, mut over) = (Vec::new(), Vec::new());
    for (at, (rows, beyond)) in bars.bars.iter().enumerate() {
        let (rows, beyond) = (rows.shown().unwrap_or(0.0), beyond.shown().unwrap_or(0.0));
        if rows > beyond {
            all.push(bar(at, beyond, rows, 1.0));
        }
        if beyond > 0.0 {
            over.push(bar(at, 0.0, beyond, 1.75));
        }
    }
    let base = vec![(frame.left, frame.bottom), (frame.right, frame.bottom)];
    vec![
        Layer { name: "bars", look: Look::Fill(STEEL, PAPER, 0.0), shapes: all },
        Layer { name: "over", look: Look::Fill(CONCERN, INK, 1.5), shapes: over },
        Layer {
            name: "rule",
            look: Look::Stroke(QUIET, 1.0, &[]),
            shapes: vec![Shape::Line(base)],
        },
    ]
}

/// What stands under the edges between bars; as many as have room.
fn edges(bars: &Histogram, frame: &Frame, format: &Format) -> Vec<Layer> {
    let size = format.label;
    let widest = bars.edges.iter().map(|edge| width(edge, size, Weight::Regular));
    let every = ((widest.fold(0.0, f64::max) + 10.0) / frame.month()).ceil().max(1.0);
    let (mut ticks, mut text) = (Vec::new(), Vec::new());
    for (at, edge) in bars.edges.iter().enumerate() {
        let x = frame.x(count(at));
        ticks.push(Shape::Line(vec![(x, frame.bottom), (x, frame.bottom + 4.0)]));
        if count(at) % every < 0.5 {
            let half = width(edge, size, Weight::Regular) / 2.0;
            let x = x.clamp(half + 2.0, format.width - half - 2.0);
            text.push(Shape::Text((x, frame.bottom + 8.0 + size), Anchor::Middle, edge.clone()));
        }
    }
    vec![
        Layer { name: "rule", look: Look::Stroke(QUIET, 1.0, &[]), shapes: ticks },
        Layer { name: "dates", look: letters(QUIET, size), shapes: text },
    ]
}

/// Lines across the bars, each with its words on a line of its own above the plot.
fn across(bars: &Histogram, frame: &Frame, format: &Format, (top, line): (f64, f64)) -> Vec<Layer> {
    let size = format.small;
    let lines = bars.limits.len() + bars.marks.len() + usize::from(has_over(bars));
    let mut y = top - line * count(lines);
    let mut layers = Vec::new();
    if has_over(bars) {
        layers.extend(key(frame.left, y + size, size));
        y += line;
    }
    // words stand on the lines of others
    let mut words_above = Vec::new();
    for (x, words, limit, leftwards) in marked(bars, frame, format) {
        let (anchor, start) =
            if leftwards { (Anchor::End, x - 5.0) } else { (Anchor::Start, x + 5.0) };
        let (name, look, colour) = if limit {
            ("target", Look::Stroke(TARGET, 2.0, TARGET_DASH), TARGET)
        } else {
            ("mark", Look::Stroke(INK, 1.5, LIMIT_DASH), INK)
        };
        let drawn = Shape::Line(vec![(x, y + 2.0), (x, frame.bottom)]);
        layers.push(Layer { name, look, shapes: vec![drawn] });
        words_above.push(Layer {
            name: "word",
            look: Look::Letters { colour, size, weight: Weight::Regular, halo: true },
            shapes: vec![Shape::Text((start, y + size), anchor, words.clone())],
        });
        y += line;
    }
    layers.extend(words_above);
    layers
}

/// Where each line stands, its words, whether it is a limit, and whether its words stand to its left for
/// want of room; from the topmost down, so that words cross no line that begins below them.
fn marked<'a>(
    bars: &'a Histogram,
    frame: &Frame,
    format: &Format,
) -> Vec<(f64, &'a String, bool, bool)> {
    let limits = bars.limits.iter().map(|mark| (mark, true));
    let all = limits.chain(bars.marks.iter().map(|mark| (mark, false)));
    let place = |((at, words), limit): (&'a (f64, String), bool)| {
        let x = frame.x(*at);
        let ends = x + 5.0 + width(words, format.small, Weight::Regular);
        (x, words, limit, ends > format.width - 4.0)
    };
    let mut found: Vec<_> = all.map(place).collect();
    let order =
        |(x, _, _, leftwards): &(f64, &String, bool, bool)| if *leftwards { -x } else { *x };
    found.sort_by(|one, other| order(one).total_cmp(&order(other)));
    found
}

/// What the bars of another colour are, above every line.
fn key(x: f64, baseline: f64, size: f64) -> [Layer; 2] {
    let half = size * 0.45;
    let middle = baseline - size * 0.36;
    let square = vec![
        (x, middle - half),
        (x + 2.0 * half, middle - half),
        (x + 2.0 * half, middle + half),
        (x, middle + half),
    ];
    let words = "Over the limit in force on the row's own day".to_owned();
    let spot = (x + 2.0 * half + 7.0, baseline);
    [
        Layer {
            name: "over",
            look: Look::Fill(CONCERN, INK, 1.5),
            shapes: vec![Shape::Polygon(square)],
        },
        Layer {
            name: "key",
            look: letters(QUIET, size),
            shapes: vec![Shape::Text(spot, Anchor::Start, words)],
        },
    ]
}
