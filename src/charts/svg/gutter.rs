//! Labels at the right of the plot: each line is named where it ends, and no two names touch.

use super::frame::{Band, Frame, Sight};
use super::lines::leaders;
use super::marks;
use super::paint::{Anchor, Layer, Look, Shape};
use crate::charts::font::{Weight, width};
use crate::charts::label::Labels;
use crate::charts::text::shorten;
use crate::charts::theme::{Colour, FORECAST, Format, INK, PLAN, QUIET, TARGET};

/// Between the plot and the labels.
const SPACE: f64 = 9.0;

/// A name for the end of a line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    /// The words.
    pub(crate) text: String,
    colour: Colour,
    weight: Weight,
    /// Month and value where the line ends.
    end: (f64, f64),
}

/// The names, from the last phase, the last target, the plan and the latest value.
pub(crate) fn labels(sight: &Sight, labels: Labels, format: &Format, stated: bool) -> Vec<Label> {
    let mut found = Vec::new();
    let mut add = |name: &str, value: String, colour, weight, end| {
        let text = shorten(&format!("{name} {value}"), format.label, weight, format.width * 0.3);
        found.push(Label { text, colour, weight, end });
    };
    let quiet = Weight::Regular;
    if let Some(band) = sight.bands.last() {
        let [upper, lower] = format.limits;
        if let Some(limit) = band.upper {
            let edge = if limit.beyond { "above " } else { "" };
            let value = format!("{edge}{}", labels.value(limit.value));
            add(upper, value, QUIET, quiet, (band.span.1, limit.value));
        }
        if let Some(mean) = band.mean {
            add(centre(band), labels.value(mean), INK, quiet, (band.span.1, mean));
        }
        if let Some(limit) = band.lower {
            let value = if limit.beyond { "below 0".to_owned() } else { labels.value(limit.value) };
            add(lower, value, QUIET, quiet, (band.span.1, limit.value));
        }
    }
    if let Some(target) = sight.targets.last() {
        add("Target", labels.value(target.value), TARGET, quiet, (target.span.1, target.value));
    }
    if let (true, Some(&end)) = (stated && sight.path.len() > 1, sight.path.last()) {
        add("Line to target", labels.value(end.1), PLAN, quiet, end);
    }
    if let Some(last) = sight.forecast.last() {
        let end = (last.at + sight.half, last.median);
        add("Forecast", labels.value(last.median), FORECAST, quiet, end);
    }
    if let Some((at, value, colour)) = latest_at_the_edge(sight) {
        add("Latest", labels.value(value), colour, Weight::SemiBold, (at, value));
    }
    found
}

/// The name of a centre line.
pub(crate) fn centre(band: &Band) -> &'static str {
    if band.median { "Median" } else { "Mean" }
}

/// The latest value when nothing stands to the right of it: month, value and colour.
fn latest_at_the_edge(sight: &Sight) -> Option<(f64, f64, Colour)> {
    let latest = sight.latest()?;
    let colour = marks::letter_colour(latest.mark);
    names_latest(sight).then_some((latest.at, latest.value?, colour))
}

/// Whether the latest value is named here, because nothing stands to the right of it.
pub(crate) fn names_latest(sight: &Sight) -> bool {
    sight.latest().is_some_and(|latest| latest.at + sight.half * 2.5 >= sight.span.1)
}

/// Room the labels need, the space before them included.
pub(crate) fn room(labels: &[Label], format: &Format) -> f64 {
    let widest = labels.iter().map(|l| width(&l.text, format.label, l.weight)).fold(0.0, f64::max);
    SPACE + widest + 6.0
}

/// The labels in place, with lines to what they name where they had to move.
pub(crate) fn layers(labels: &[Label], frame: &Frame, format: &Format) -> Vec<Layer> {
    let mut labels: Vec<&Label> = labels.iter().collect();
    labels.sort_by(|a, b| frame.y(a.end.1).total_cmp(&frame.y(b.end.1)));
    let wanted: Vec<f64> = labels.iter().map(|label| frame.y(label.end.1)).collect();
    let height = format.label * 1.22;
    let placed = spread(&wanted, height, (frame.top, frame.bottom));
    let (mut text, mut lead) = (Vec::new(), Vec::new());
    for (label, (wanted, y)) in labels.iter().zip(wanted.iter().zip(&placed)) {
        let end = frame.x(label.end.0);
        if (wanted - y).abs() > 3.0 || frame.right - end > 14.0 {
            let start = if label.weight == Weight::SemiBold { end + 6.0 } else { end };
            let bend = (frame.right.max(start), *wanted);
            lead.push(Shape::Line(vec![(start, *wanted), bend, (frame.right + SPACE - 2.0, *y)]));
        }
        let spot = (frame.right + SPACE, y + format.label * 0.35);
        text.push(Layer {
            name: "label",
            look: Look::Letters {
                colour: label.colour,
                size: format.label,
                weight: label.weight,
                halo: false,
            },
            shapes: vec![Shape::Text(spot, Anchor::Start, label.text.clone())],
        });
    }
    text.insert(0, leaders(lead));
    text
}

/// Places for labels that want to be at `wanted` (in rising order), at least `height` apart and
/// within bounds, moved as little as possible: those that would touch share their distance.
pub(crate) fn spread(wanted: &[f64], height: f64, (top, bottom): (f64, f64)) -> Vec<f64> {
    let Some(last) = wanted.len().checked_sub(1) else { return Vec::new() };
    let count = |n: usize| f64::from(u16::try_from(n).unwrap_or(u16::MAX));
    let height = height.min((bottom - top) / count(last).max(1.0));
    // Blocks of touching labels: sum and number of the places their first labels want.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (at, want) in wanted.iter().enumerate() {
        let mut block = (want - count(at) * height, 1);
        while let Some(&(sum, size)) = blocks.last() {
            if sum / count(size) <= block.0 / count(block.1) {
                break;
            }
            block = (block.0 + sum, block.1 + size);
            blocks.pop();
        }
        blocks.push(block);
    }
    let highest = bottom - count(last) * height;
    let firsts = blocks.iter().flat_map(|&(sum, size)| {
        std::iter::repeat_n((sum / count(size)).min(highest).max(top), size)
    });
    firsts.enumerate().map(|(at, first)| first + count(at) * height).collect()
}
