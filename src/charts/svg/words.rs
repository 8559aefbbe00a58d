//! Words inside the plot: levels that ended earlier, and the latest value where lines go on past
//! it. A word that finds no room is left out; the table beside the chart has every number.

use super::frame::{Frame, Seen, Sight};
use super::gutter::centre;
use super::marks;
use super::notes::Notes;
use super::paint::{Anchor, Layer, Look, Shape, Spot};
use super::place::{Area, Taken};
use crate::charts::font::{Weight, width};
use crate::charts::label::Labels;
use crate::charts::theme::{Colour, Format, INK, TARGET};

/// Names for earlier means and targets, and the latest value if `latest` is to be named here.
pub(crate) fn layers(
    sight: &Sight,
    frame: &Frame,
    labels: Labels,
    format: &Format,
    latest: Option<&Seen>,
    notes: &Notes,
) -> Vec<Layer> {
    let inside =
        Area { left: frame.left, top: frame.top, right: frame.right, bottom: frame.bottom };
    let mut taken = taken(sight, frame);
    taken.lines.extend(notes.places().map(|x| ((x, frame.top), (x, frame.bottom))));
    let mut layers = Vec::new();
    let mut name = |text: String,
                    style: (Colour, f64, Weight),
                    places: &dyn Fn(f64) -> Vec<Area>| {
        let (colour, size, weight) = style;
        let Some(area) = taken.free(&inside, &places(width(&text, size, weight))) else { return };
        taken.areas.push(area);
        let spot = (area.left, area.bottom - size * 0.22);
        let look = Look::Letters { colour, size, weight, halo: true };
        layers.push(Layer {
            name: "word",
            look,
            shapes: vec![Shape::Text(spot, Anchor::Start, text)],
        });
    };
    if let Some((seen, value)) = latest.and_then(|seen| Some((seen, seen.value?))) {
        let style = (marks::letter_colour(seen.mark), format.label, Weight::SemiBold);
        let at = frame.spot((seen.at, value));
        name(labels.value(value), style, &|wide| around(at, wide, format.label));
    }
    let (_, earlier) = sight.targets.split_last().map_or((None, &[][..]), |(l, e)| (Some(l), e));
    for target in earlier {
        let text = format!("Target {}", labels.value(target.value));
        let style = (TARGET, format.small, Weight::Regular);
        let line = frame.level(target.span, target.value);
        name(text, style, &|wide| along(&line, wide, format.small));
    }
    let (_, earlier) = sight.bands.split_last().map_or((None, &[][..]), |(l, e)| (Some(l), e));
    for (band, mean) in earlier.iter().filter_map(|band| Some((band, band.mean?))) {
        let text = format!("{} {}", centre(band), labels.value(mean));
        let style = (INK, format.small, Weight::Regular);
        let line = frame.level(band.span, mean);
        name(text, style, &|wide| along(&line, wide, format.small));
    }
    layers
}

/// Every line and point on the plot.
fn taken(sight: &Sight, frame: &Frame) -> Taken {
    let mut lines: Vec<Vec<Spot>> = Vec::new();
    for band in &sight.bands {
        lines.extend(band.mean.map(|value| frame.level(band.span, value)));
        let stairs = band.stairs.iter();
        lines.extend(stairs.map(|line| line.iter().map(|&at| frame.spot(at)).collect()));
    }
    lines.extend(sight.targets.iter().map(|t| frame.level(t.span, t.value)));
    lines.push(sight.path.iter().map(|&at| frame.spot(at)).collect());
    lines.push(sight.forecast.iter().map(|e| frame.spot((e.at, e.median))).collect());
    lines.extend(sight.runs().iter().map(|run| run.iter().map(|&at| frame.spot(at)).collect()));
    let areas = sight.points.iter().filter_map(|point| {
        let (x, y) = frame.spot((point.at, point.value?));
        Some(Area { left: x - 4.0, top: y - 4.0, right: x + 4.0, bottom: y + 4.0 })
    });
    let pairs = lines.iter().flat_map(|line| line.windows(2).map(|pair| (pair[0], pair[1])));
    Taken { lines: pairs.collect(), areas: areas.collect() }
}

/// Places above and below a level line, from its end to its beginning, the nearest first.
fn along(line: &[Spot], wide: f64, size: f64) -> Vec<Area> {
    let (Some(&(start, y)), Some(&(end, _))) = (line.first(), line.last()) else {
        return Vec::new();
    };
    let room = end - start - wide - 8.0;
    if room < 0.0 {
        return Vec::new();
    }
    let shares = (0..=12_u8).map(|part| f64::from(part) / 12.0);
    let lefts = shares.map(|share| end - 4.0 - wide - room * share);
    [3.0, 10.0, 17.0]
        .into_iter()
        .flat_map(|off| {
            lefts.clone().flat_map(move |left| {
                [y - off - size, y + off].map(|top| Area {
                    left,
                    top,
                    right: left + wide,
                    bottom: top + size,
                })
            })
        })
        .collect()
}

/// Places right of, above, below and left of a point.
fn around((x, y): Spot, wide: f64, size: f64) -> Vec<Area> {
    let area = |left: f64, top: f64| Area { left, top, right: left + wide, bottom: top + size };
    let (right, left, middle) = (x + 9.0, x - 9.0 - wide, y - size / 2.0);
    vec![
        area(right, middle),
        area(right, y - size - 4.0),
        area(right, y + 4.0),
        area(x - wide / 2.0, y - size - 9.0),
        area(x - wide / 2.0, y + 9.0),
        area(right, y - 2.0 * size),
        area(right, y + size),
        area(left, middle),
        area(left, y - 2.0 * size),
        area(left, y + size),
    ]
}
