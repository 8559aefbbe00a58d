//! A chart the size of a word, for a row of a table.

use super::Chart;
use super::svg::frame::{Frame, Sight};
use super::svg::lines::TARGET_DASH;
use super::svg::marks;
use super::svg::paint::{Layer, Look, Shape, paint};
use super::text::{clean, escape};
use super::theme::{COMMON, INK, PAPER, TARGET};
use super::ticks::Axis;

/// Natural width in pixels.
const WIDTH: f64 = 160.0;
/// Natural height in pixels.
const HEIGHT: f64 = 40.0;
/// Room around the lines for the last point.
const EDGE: f64 = 6.0;

/// Draws the values of a chart as a line broken at gaps, with the means (thin), the targets
/// (dashed) and the latest value's mark. Named by the chart's alternative text, or by its title
/// where that is empty. It has no ids, so that a page may hold it any number of times.
///
/// Plan lines, limits and notes are left out. Without a value it is an empty picture with a name.
pub fn draw(chart: &Chart) -> String {
    let sight = Sight::of(chart);
    let layers = layers(&sight);
    let name = clean(if chart.alt.trim().is_empty() { &chart.title } else { &chart.alt });
    let name = escape(&name);
    // Drawing into memory does not fail; were it to, the name would still stand.
    let drawing = paint(&layers, WIDTH, HEIGHT).unwrap_or_default();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         aria-label=\"{name}\"><title>{name}</title><g transform=\"scale(.25)\">{drawing}</g>\
         </svg>"
    )
}

fn layers(sight: &Sight) -> Vec<Layer> {
    let (Some(first), Some(last)) = (sight.points.first(), sight.points.last()) else {
        return Vec::new();
    };
    let levels = sight.bands.iter().filter_map(|band| band.mean);
    let levels = levels.chain(sight.targets.iter().map(|target| target.value));
    let all: Vec<f64> = sight.points.iter().filter_map(|p| p.value).chain(levels).collect();
    let low = all.iter().copied().fold(f64::INFINITY, f64::min);
    let high = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if low > high {
        return Vec::new();
    }
    let room = if high - low > 1e-9 * high.abs() { 0.0 } else { high.abs().max(1.0) };
    let frame = Frame {
        left: EDGE,
        right: WIDTH - EDGE,
        top: EDGE,
        bottom: HEIGHT - EDGE,
        span: (first.at - sight.half, last.at + sight.half),
        axis: Axis { low: low - room, high: high + room, step: 1.0, ticks: Vec::new() },
    };
    let means = sight.bands.iter().filter_map(|band| Some((band.span, band.mean?)));
    let targets = sight.targets.iter().map(|target| (target.span, target.value));
    let level = |(span, value)| Shape::Line(frame.level(span, value));
    let runs = sight.runs();
    let lines = runs.iter().filter(|run| run.len() > 1);
    let dots = runs.iter().filter(|run| run.len() == 1);
    let latest = sight.latest().and_then(|seen| Some((seen, frame.spot((seen.at, seen.value?)))));
    let mut layers = vec![
        Layer {
            name: "mean",
            look: Look::Stroke(INK, 0.75, &[]),
            shapes: means.map(level).collect(),
        },
        Layer {
            name: "values",
            look: Look::Stroke(COMMON, 1.5, &[]),
            shapes: lines
                .map(|run| Shape::Line(run.iter().map(|&at| frame.spot(at)).collect()))
                .collect(),
        },
        Layer {
            name: "alone",
            look: Look::Fill(COMMON, PAPER, 0.0),
            shapes: dots.map(|run| Shape::Circle(frame.spot(run[0]), 1.5)).collect(),
        },
        Layer {
            name: "target",
            look: Look::Stroke(TARGET, 1.25, TARGET_DASH),
            shapes: targets.map(level).collect(),
        },
    ];
    layers.extend(marks::layers(latest.as_slice(), 3.25));
    layers
}
