//! Where the pictures come from.

use std::fmt::Write;

use crate::charts::Chart;
use crate::document::Icon;

pub(super) fn sparkline(chart: &Chart) -> String {
    let line = points(chart, 120.0, 32.0);
    format!(
        r##"<svg viewBox="0 0 120 32" role="img"><polyline points="{line}" fill="none" stroke="#425563" stroke-width="1.5"/></svg>"##
    )
}

fn points(chart: &Chart, width: f64, height: f64) -> String {
    let values: Vec<f64> = chart.points.iter().filter_map(|point| point.value?.shown()).collect();
    let top = values.iter().copied().fold(1e-9, f64::max);
    let mut text = String::new();
    let mut x = 2.0;
    for value in &values {
        let y = height - 4.0 - value / top * (height - 8.0);
        let _ = write!(text, "{x:.1},{y:.1} ");
        x += (width - 4.0) / 23.0;
    }
    text
}

pub(super) fn icon(icon: Icon) -> &'static str {
    match icon {
        Icon::Red => {
            r#"<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M8 2h8l6 6v8l-6 6H8l-6-6V8z" fill="currentColor"/><path d="M8.5 8.5l7 7m0-7l-7 7" stroke="var(--tint)" stroke-width="2.4" stroke-linecap="round"/></svg>"#
        }
        Icon::Amber => {
            r#"<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 2.5L23 21.5H1z" fill="currentColor" stroke="currentColor" stroke-linejoin="round"/><path d="M12 9v6" stroke="var(--tint)" stroke-width="2.4" stroke-linecap="round"/></svg>"#
        }
        Icon::Green => {
            r#"<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="10.5" fill="currentColor"/><path d="M7.2 12.4l3.2 3.2 6.4-6.8" fill="none" stroke="var(--tint)" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/></svg>"#
        }
        _ => {
            r#"<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="2"/></svg>"#
        }
    }
}
