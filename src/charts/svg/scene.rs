//! The whole picture laid out: layers of shapes with every coordinate settled.

use super::frame::{Frame, Sight};
use super::head::{above, below};
use super::notes::Notes;
use super::paint::{Anchor, Layer, Shape};
use super::{gutter, lines, marks, words};
use crate::charts::Chart;
use crate::charts::calendar::{TimeTick, is_yearly, ticks, yearly};
use crate::charts::font::{Weight, width};
use crate::charts::label::Labels;
use crate::charts::theme::{Format, QUIET};
use crate::unit::Unit;

/// A picture ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scene {
    /// Width in pixels.
    pub(crate) width: f64,
    /// Height in pixels, as much as its words need.
    pub(crate) height: f64,
    /// What is drawn, from back to front.
    pub(crate) layers: Vec<Layer>,
}

impl Scene {
    /// Lays out a chart in a format.
    pub(crate) fn lay_out(chart: &Chart, format: &Format) -> Self {
        let sight = Sight::of(chart);
        let axis = sight.axis(chart.unit);
        let labels = Labels::new(chart.unit, axis.high);
        let stated = chart.path.as_ref().is_some_and(|path| path.stated);
        let names = gutter::labels(&sight, labels, format, stated);
        let scale = axis.ticks.iter().map(|&tick| labels.tick(tick, axis.step));
        let widest = scale.map(|l| width(&l, format.label, Weight::Regular)).fold(0.0, f64::max);
        let hours = chart.unit == Unit::Seconds && axis.high >= 3600.0;
        let mut frame = Frame {
            left: (widest + 14.0).max(24.0),
            right: format.width - gutter::room(&names, format),
            top: 0.0,
            bottom: 1.0,
            span: sight.span,
            axis,
        };
        let notes = Notes::of(chart, &sight, &frame, format);
        let head = above(chart, &sight, hours, format);
        frame.top = head.bottom + notes.height + 17.0;
        frame.bottom = frame.top + format.plot_height;
        let dates = dates(chart, &frame, format);
        let rows = dates.iter().map(|tick| tick.lines.len()).max().unwrap_or(0);
        let dates_height = if rows > 1 { 2.25 } else { 1.0 } * format.label + 22.0;
        let foot = below(chart, &notes.listed, frame.bottom + dates_height, format);

        let mut layers = head.layers;
        layers.extend(lines::value_scale(&frame, labels, format));
        layers.extend(lines::time_scale(&frame, &dates, format));
        layers.extend(notes.layers(&frame, format));
        layers.extend(lines::plot(&sight, &frame, stated));
        let spots = sight.points.iter().filter_map(|p| Some((p, frame.spot((p.at, p.value?)))));
        let spots: Vec<_> = spots.collect();
        let size = (frame.month() * sight.half * 0.8).clamp(1.5, 3.6);
        layers.extend(marks::layers(&spots, size));
        layers.extend(gutter::layers(&names, &frame, format));
        let latest = sight.latest().filter(|_| !gutter::names_latest(&sight));
        layers.extend(words::layers(&sight, &frame, labels, format, latest, &notes));
        if sight.latest().is_none() {
            layers.push(nothing(&frame, format));
        }
        layers.extend(foot.layers);
        Self { width: format.width, height: (foot.bottom + 8.0).ceil(), layers }
    }
}

/// Ticks of time that suit the series.
fn dates(chart: &Chart, frame: &Frame, format: &Format) -> Vec<TimeTick> {
    let starts: Vec<_> = chart.points.iter().map(|point| point.start).collect();
    if is_yearly(&starts) {
        return yearly(&starts, frame.month(), format.label);
    }
    if starts.is_empty() && chart.path.as_ref().is_none_or(|path| path.points.is_empty()) {
        return Vec::new();
    }
    ticks(frame.span.0, frame.span.1, frame.month(), format.label)
}

/// What stands in a plot without a value.
fn nothing(frame: &Frame, format: &Format) -> Layer {
    let middle = f64::midpoint(frame.left, frame.right);
    let spot = (middle, f64::midpoint(frame.top, frame.bottom) - 8.0);
    let text = "No figures to show".to_owned();
    Layer {
        name: "nothing",
        look: lines::letters(QUIET, format.label),
        shapes: vec![Shape::Text(spot, Anchor::Middle, text)],
    }
}
