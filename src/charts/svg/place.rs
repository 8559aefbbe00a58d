//! Room for a word between the lines of a plot.

use super::paint::Spot;

/// A rectangle: left, upper, right and lower edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    /// Left edge.
    pub(crate) left: f64,
    /// Upper edge.
    pub(crate) top: f64,
    /// Right edge.
    pub(crate) right: f64,
    /// Lower edge.
    pub(crate) bottom: f64,
}

impl Area {
    /// Whether two rectangles share more than an edge.
    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether another rectangle lies wholly inside.
    fn holds(&self, other: &Self) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }

    /// Whether a straight line from one spot to another passes through.
    pub(crate) fn crossed(&self, (from, to): (Spot, Spot)) -> bool {
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        let sides = [
            (from.0, to.0 - from.0, self.left, self.right),
            (from.1, to.1 - from.1, self.top, self.bottom),
        ];
        for (start, way, low, high) in sides {
            if way.abs() < 1e-9 {
                if start <= low || start >= high {
                    return false;
                }
                continue;
            }
            let (a, b) = ((low - start) / way, (high - start) / way);
            enter = enter.max(a.min(b));
            leave = leave.min(a.max(b));
        }
        enter < leave
    }
}

/// What is already on the plot.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Taken {
    /// Lines.
    pub(crate) lines: Vec<(Spot, Spot)>,
    /// Words and marks.
    pub(crate) areas: Vec<Area>,
}

impl Taken {
    /// The first of several places that lies inside and touches nothing.
    pub(crate) fn free(&self, inside: &Area, places: &[Area]) -> Option<Area> {
        places.iter().copied().find(|place| {
            inside.holds(place)
                && !self.areas.iter().any(|area| area.meets(place))
                && !self.lines.iter().any(|&line| place.crossed(line))
        })
    }
}
