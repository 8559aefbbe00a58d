//! The best box and the cut box: crossings and longest run judged together.
//!
//! For so many useful points, the best box is the pair of limits, fewest crossings and longest run,
//! inside which a stable process stays with probability 0.925 or more and a process shifted by 0.8
//! standard deviations stays least often. The cut box leaves out its corner, and then the cell next
//! to it along either edge in which the shifted process would lie more often, as long as 0.925 is
//! kept.
//!
//! The tables were derived from that rule: the joint distribution of crossings and longest run is
//! counted out for 10 to 100 points, and the tests count it again. They equal those of qicharts2
//! 0.8.1.
//!
//! Source: Anhøj and Wentzel-Larsen (2020), *Smooth operator: modifying the Anhøj rules to improve
//! runs analysis in statistical process control*, PLOS ONE 15(6).

/// The number of points that the tables begin with.
const FIRST: usize = 10;

/// The limits for one number of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    /// Fewest crossings in the box.
    crossings: usize,
    /// Longest run in the box.
    longest: usize,
    /// With the fewest crossings, the longest run in the cut box.
    longest_at_edge: usize,
    /// With the longest run, the fewest crossings in the cut box.
    crossings_at_edge: usize,
}

impl Limits {
    /// The limits for 10 to 100 useful points; `None` for others.
    pub(super) fn of(useful: usize) -> Option<Self> {
        let at = useful.checked_sub(FIRST)?;
        Some(Self {
            crossings: *CROSSINGS.get(at)?,
            longest: *LONGEST.get(at)?,
            longest_at_edge: *LONGEST_AT_EDGE.get(at)?,
            crossings_at_edge: *CROSSINGS_AT_EDGE.get(at)?,
        })
    }

    /// Whether crossings and longest run are inside the best box: no signal.
    pub(super) fn best_box(self, crossings: usize, longest: usize) -> bool {
        crossings >= self.crossings && longest <= self.longest
    }

    /// Whether crossings and longest run are inside the cut box: no signal.
    pub(super) fn cut_box(self, crossings: usize, longest: usize) -> bool {
        self.best_box(crossings, longest)
            && (crossings > self.crossings || longest <= self.longest_at_edge)
            && (longest < self.longest || crossings >= self.crossings_at_edge)
    }
}

/// Fewest crossings in the best box, for 10, 11, … 100 points.
const CROSSINGS: [usize; 91] = [
    2, 3, 3, 3, 3, 4, 5, 5, 5, 5, 6, 7, 6, 6, 6, 6, 9, 9, 9, 10, 11, 11, 11, 11, 11, 12, 13, 14,
    13, 15, 15, 15, 14, 14, 17, 17, 17, 17, 19, 19, 19, 19, 19, 21, 21, 21, 21, 23, 23, 23, 23, 23,
    25, 25, 26, 26, 27, 27, 27, 28, 29, 29, 29, 30, 30, 31, 31, 31, 32, 33, 33, 33, 34, 33, 35, 35,
    35, 35, 37, 37, 38, 37, 39, 39, 39, 39, 39, 41, 41, 42, 41,
];

/// Longest run in the best box.
const LONGEST: [usize; 91] = [
    6, 7, 6, 6, 6, 7, 8, 7, 7, 7, 7, 8, 7, 7, 7, 7, 9, 8, 8, 8, 10, 9, 8, 8, 8, 8, 9, 10, 8, 11, 9,
    9, 8, 8, 10, 9, 9, 9, 12, 10, 9, 9, 9, 11, 10, 9, 9, 12, 10, 10, 9, 9, 11, 10, 11, 10, 12, 10,
    10, 11, 14, 11, 10, 11, 10, 12, 11, 10, 11, 13, 11, 10, 11, 10, 11, 11, 10, 10, 12, 11, 12, 10,
    13, 11, 11, 10, 10, 12, 11, 12, 10,
];

/// Longest run in the cut box with the fewest crossings; the box's own where nothing is cut.
const LONGEST_AT_EDGE: [usize; 91] = [
    5, 6, 6, 6, 6, 6, 7, 7, 6, 5, 7, 8, 6, 6, 6, 7, 7, 7, 7, 8, 9, 8, 8, 7, 7, 8, 8, 10, 8, 11, 9,
    8, 8, 8, 10, 9, 8, 7, 11, 9, 9, 8, 7, 9, 8, 9, 8, 11, 9, 8, 9, 8, 9, 9, 10, 9, 10, 10, 8, 8,
    13, 9, 9, 10, 10, 9, 8, 9, 8, 11, 9, 10, 10, 7, 11, 8, 9, 8, 10, 9, 12, 9, 12, 10, 8, 10, 8, 9,
    9, 10, 9,
];

/// Fewest crossings in the cut box with the longest run; the box's own where nothing is cut.
const CROSSINGS_AT_EDGE: [usize; 91] = [
    3, 4, 3, 3, 3, 6, 6, 5, 6, 6, 6, 7, 7, 7, 7, 6, 10, 10, 11, 10, 12, 14, 11, 12, 13, 12, 15, 14,
    13, 15, 15, 17, 14, 14, 17, 17, 19, 20, 20, 21, 19, 21, 21, 23, 23, 21, 23, 25, 24, 26, 23, 24,
    27, 27, 27, 27, 29, 27, 29, 29, 30, 31, 30, 31, 30, 32, 34, 33, 33, 37, 35, 33, 36, 36, 35, 38,
    36, 38, 38, 39, 38, 39, 41, 40, 42, 39, 41, 42, 44, 43, 42,
];
