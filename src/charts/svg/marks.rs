//! Points: told apart by shape first, colour second.

use super::frame::Seen;
use super::paint::{Layer, Look, Shape, Spot};
use crate::charts::theme::{ALARM, COMMON, CONCERN, Colour, IMPROVEMENT, INK, NEITHER, PAPER};
use crate::charts::{Direction, Mark};

/// Kinds of point in the order they are drawn: the loudest last.
const KINDS: [(&str, Colour); 4] =
    [("common", COMMON), ("neither", NEITHER), ("improvement", IMPROVEMENT), ("concern", CONCERN)];

/// The kind of a mark: its place in [`KINDS`].
fn kind(mark: Mark) -> usize {
    match mark {
        Mark::Common => 0,
        Mark::Neither(_) => 1,
        Mark::Improvement(_) => 2,
        Mark::Concern(_) => 3,
    }
}

/// The colour of a mark.
pub(crate) fn colour(mark: Mark) -> Colour {
    KINDS.get(kind(mark)).map_or(COMMON, |kind| kind.1)
}

/// The colour of a value written beside its mark: dark enough for letters.
pub(crate) fn letter_colour(mark: Mark) -> Colour {
    match mark {
        Mark::Common => INK,
        Mark::Concern(_) => ALARM,
        Mark::Improvement(_) => IMPROVEMENT,
        Mark::Neither(_) => NEITHER,
    }
}

/// The shape of a mark: a circle of radius `size`, or something a little larger.
pub(crate) fn shape(mark: Mark, (x, y): Spot, size: f64) -> Shape {
    let big = (size * 1.2 + 0.7).max(3.4);
    let corners = |corners: &[Spot]| {
        Shape::Polygon(corners.iter().map(|(dx, dy)| (x + dx * big, y + dy * big)).collect())
    };
    match mark {
        Mark::Common => Shape::Circle((x, y), size),
        Mark::Neither(_) => corners(&[(0.0, -1.25), (1.15, 0.0), (0.0, 1.25), (-1.15, 0.0)]),
        Mark::Improvement(Direction::High) | Mark::Concern(Direction::High) => {
            corners(&[(0.0, -1.25), (1.15, 0.8), (-1.15, 0.8)])
        }
        Mark::Improvement(Direction::Low) | Mark::Concern(Direction::Low) => {
            corners(&[(0.0, 1.25), (1.15, -0.8), (-1.15, -0.8)])
        }
    }
}

/// Every point, one layer for each kind; hollow ones have layers of their own.
pub(crate) fn layers(points: &[(&Seen, Spot)], size: f64) -> Vec<Layer> {
    let edge = if size < 2.4 { 0.0 } else { 0.75 };
    let mut layers = Vec::new();
    for (at, (name, colour)) in KINDS.into_iter().enumerate() {
        for hollow in [false, true] {
            let look = if hollow {
                Look::Fill(PAPER, colour, 1.5)
            } else {
                Look::Fill(colour, PAPER, edge)
            };
            let shapes = points
                .iter()
                .filter(|(seen, _)| kind(seen.mark) == at && seen.hollow == hollow)
                .map(|(seen, spot)| shape(seen.mark, *spot, size))
                .collect();
            layers.push(Layer { name, look, shapes });
        }
    }
    layers
}
