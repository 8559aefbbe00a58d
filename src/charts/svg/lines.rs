//! Grid, scales and every line of the plot.

use super::frame::{Expected, Frame, Sight};
use super::paint::{Anchor, Layer, Look, Shape};
use crate::charts::calendar::TimeTick;
use crate::charts::font::Weight;
use crate::charts::label::Labels;
use crate::charts::theme::{
    BAND_80, BAND_95, COMMON, FORECAST, Format, GRID, INK, LEADER, PLAN, QUIET, TARGET,
};

/// Dashes of process limits, of a target and of a line that is ours.
pub(crate) const LIMIT_DASH: &[f64] = &[6.0, 4.0];
/// Dashes of a target.
pub(crate) const TARGET_DASH: &[f64] = &[3.0, 2.5];
/// Dots of a line that is ours, and of one that leads to a label.
pub(crate) const OURS_DASH: &[f64] = &[1.5, 3.5];

/// The look of the way to a target: the plan's own, or ours.
pub(crate) fn path_look(stated: bool) -> Look {
    if stated {
        Look::Stroke(PLAN, 2.0, &[10.0, 3.0, 2.0, 3.0])
    } else {
        Look::Stroke(PLAN, 1.25, OURS_DASH)
    }
}

/// Ordinary letters of a scale or label.
pub(crate) fn letters(colour: crate::charts::theme::Colour, size: f64) -> Look {
    Look::Letters { colour, size, weight: Weight::Regular, halo: false }
}

/// Grid lines with their values.
pub(crate) fn value_scale(frame: &Frame, labels: Labels, format: &Format) -> Vec<Layer> {
    let (mut grid, mut text) = (Vec::new(), Vec::new());
    for &tick in &frame.axis.ticks {
        let y = frame.y(tick);
        grid.push(Shape::Line(vec![(frame.left, y), (frame.right, y)]));
        let label = labels.tick(tick, frame.axis.step);
        text.push(Shape::Text((frame.left - 8.0, y + format.label * 0.35), Anchor::End, label));
    }
    vec![
        Layer { name: "grid", look: Look::Stroke(GRID, 1.0, &[]), shapes: grid },
        Layer { name: "scale", look: letters(QUIET, format.label), shapes: text },
    ]
}

/// The line under the plot with its ticks and dates. A date never leaves the picture.
pub(crate) fn time_scale(frame: &Frame, ticks: &[TimeTick], format: &Format) -> Vec<Layer> {
    let (left, bottom) = (frame.left, frame.bottom);
    let mut rule = vec![Shape::Line(vec![(left, bottom), (frame.right, bottom)])];
    let mut text = Vec::new();
    for tick in ticks {
        let x = frame.x(tick.at);
        let length = if tick.lines.is_empty() { 3.0 } else { 6.0 };
        rule.push(Shape::Line(vec![(x, bottom), (x, bottom + length)]));
        let mut y = bottom + 8.0 + format.label;
        for line in &tick.lines {
            let half = crate::charts::font::width(line, format.label, Weight::Regular) / 2.0;
            let x = x.clamp(half + 2.0, (format.width - half - 2.0).max(half + 2.0));
            text.push(Shape::Text((x, y), Anchor::Middle, line.clone()));
            y += format.label * 1.25;
        }
    }
    vec![
        Layer { name: "rule", look: Look::Stroke(QUIET, 1.0, &[]), shapes: rule },
        Layer { name: "dates", look: letters(QUIET, format.label), shapes: text },
    ]
}

/// Limits, means, the way to the target, the values, and the targets above them: a target of
/// zero is seen through values of zero.
pub(crate) fn plot(sight: &Sight, frame: &Frame, stated: bool) -> Vec<Layer> {
    let (mut limits, mut means) = (Vec::new(), Vec::new());
    for band in &sight.bands {
        for stairs in &band.stairs {
            limits.push(Shape::Line(stairs.iter().map(|&at| frame.spot(at)).collect()));
        }
        means.extend(band.mean.map(|mean| Shape::Line(frame.level(band.span, mean))));
    }
    let targets = sight.targets.iter().map(|t| Shape::Line(frame.level(t.span, t.value)));
    let path: Vec<_> = sight.path.iter().map(|&at| frame.spot(at)).collect();
    let path = if path.len() > 1 { vec![Shape::Line(path)] } else { Vec::new() };
    let values = sight
        .runs()
        .into_iter()
        .filter(|run| run.len() > 1)
        .map(|run| Shape::Line(run.into_iter().map(|at| frame.spot(at)).collect()));
    let width = if frame.month() * sight.half < 2.0 { 1.25 } else { 1.75 };
    let mut layers = forecast(sight, frame);
    layers.extend([
        Layer { name: "limits", look: Look::Stroke(COMMON, 1.25, LIMIT_DASH), shapes: limits },
        Layer { name: "mean", look: Look::Stroke(INK, 1.25, &[]), shapes: means },
        Layer { name: "path", look: path_look(stated), shapes: path },
        Layer { name: "values", look: Look::Stroke(COMMON, width, &[]), shapes: values.collect() },
        Layer {
            name: "target",
            look: Look::Stroke(TARGET, 1.75, TARGET_DASH),
            shapes: targets.collect(),
        },
    ]);
    layers
}

/// The forecast's bands, the wider behind, and its line.
fn forecast(sight: &Sight, frame: &Frame) -> Vec<Layer> {
    let (Some(first), Some(last)) = (sight.forecast.first(), sight.forecast.last()) else {
        return Vec::new();
    };
    // Bands reach half a period to both sides, as periods do.
    let ends = [(first, first.at - sight.half), (last, last.at + sight.half)];
    let along = |value: &dyn Fn(&Expected) -> f64| {
        let [start, end] = ends.map(|(expected, at)| frame.spot((at, value(expected))));
        let middle = sight.forecast.iter().map(|e| frame.spot((e.at, value(e))));
        std::iter::once(start).chain(middle).chain([end]).collect::<Vec<_>>()
    };
    let band = |low: &dyn Fn(&Expected) -> f64, high: &dyn Fn(&Expected) -> f64| {
        let back = along(low).into_iter().rev();
        vec![Shape::Polygon(along(high).into_iter().chain(back).collect())]
    };
    let wide = band(&|e| e.ninety_five.0, &|e| e.ninety_five.1);
    let inner = band(&|e| e.eighty.0, &|e| e.eighty.1);
    let line = vec![Shape::Line(along(&|e| e.median))];
    vec![
        Layer { name: "forecast-95", look: band_look(false), shapes: wide },
        Layer { name: "forecast-80", look: band_look(true), shapes: inner },
        Layer { name: "forecast", look: FORECAST_LOOK, shapes: line },
    ]
}

/// The look of the line of a forecast.
pub(crate) const FORECAST_LOOK: Look = Look::Stroke(FORECAST, 1.75, &[5.0, 2.5]);

/// The look of the bands of a forecast: the inner or the outer.
pub(crate) fn band_look(inner: bool) -> Look {
    let colour = if inner { BAND_80 } else { BAND_95 };
    Look::Fill(colour, colour, 0.0)
}

/// Lines that lead from labels to what they name.
pub(crate) fn leaders(shapes: Vec<Shape>) -> Layer {
    Layer { name: "leaders", look: Look::Stroke(LEADER, 1.0, OURS_DASH), shapes }
}
