//! Runs analysis by hand, against published limits, and the boxes counted out again.

use concordat::statistics::runs::{Method, Runs, fewest_crossings, longest_run, runs};

fn judged(values: &[f64], method: Method) -> Option<Runs> {
    runs(&values.iter().map(|value| Some((*value, 0.0))).collect::<Vec<_>>(), method)
}

/// Anhøj and Olesen (2014), *Run Charts Revisited*, table 1: points, longest run, crossings.
#[test]
fn limits_are_the_published_ones() {
    for (useful, longest, crossings) in
        [(10, 6, 2), (12, 7, 3), (16, 7, 4), (20, 7, 6), (24, 8, 8), (30, 8, 10), (60, 9, 23)]
    {
        assert_eq!(longest_run(useful), Some(longest), "{useful} points");
        assert_eq!(fewest_crossings(useful), crossings, "{useful} points");
    }
    assert_eq!((longest_run(0), fewest_crossings(0), fewest_crossings(1)), (None, 0, 0));
}

/// Whole numbers: the sum of binomial coefficients times 20 against the power of two.
#[test]
fn fewest_crossings_is_the_exact_quantile() {
    for trials in 0..=120_u32 {
        let (mut term, mut below, mut quantile) = (1_u128, 1_u128, 0_u32);
        while below * 20 < 1 << trials {
            term = term * u128::from(trials - quantile) / u128::from(quantile + 1);
            quantile += 1;
            below += term;
        }
        assert_eq!(fewest_crossings(trials as usize + 1), quantile as usize, "{trials} trials");
    }
    // Half the trials less 1.645 half roots of them, far beyond where terms underflow.
    assert_eq!(fewest_crossings(1_000_001), 499_178);
}

#[test]
fn points_on_the_line_and_missing_ones_neither_count_nor_break_a_run() {
    let points = [Some(1.0), None, Some(0.0), Some(2.0), Some(-1.0), Some(3.0)];
    let points = points.map(|value| value.map(|value| (value, 0.0)));
    let found = runs(&points, Method::Anhoej).unwrap();
    assert_eq!((found.useful, found.longest, found.crossings), (4, 2, 2));
    assert_eq!(judged(&[0.0, 0.0], Method::Anhoej), None);
    assert_eq!(runs(&[None], Method::CutBox), None);
    assert!(!judged(&[1.0], Method::Anhoej).unwrap().signal);
}

/// Every pair of crossings and longest run that 10 to 100 points can have, judged as the rule of
/// the boxes says.
#[test]
fn boxes_are_those_the_rule_gives() {
    let stable = Boxes::of(0.5);
    // Probability of a standard normal value above -0.8.
    let shifted = Boxes::of(0.788_144_601_416_603_4);
    let mut compared = 0;
    for useful in 10..=100 {
        let best = best_box(&stable, &shifted, useful);
        let edges = cut(&stable, &shifted, useful, best);
        for (crossings, longest) in possible(useful) {
            let inside = crossings >= best.0 && longest <= best.1;
            let kept = inside
                && edges.is_none_or(|(fewest, most)| {
                    (crossings > best.0 || longest <= most)
                        && (longest < best.1 || crossings >= fewest)
                });
            let values = sequence(useful, crossings, longest);
            for (method, usual) in [(Method::BestBox, inside), (Method::CutBox, kept)] {
                let found = judged(&values, method).unwrap();
                assert_eq!((found.crossings, found.longest), (crossings, longest));
                assert_eq!(found.signal, !usual, "{useful}: {crossings}, {longest} {method:?}");
                compared += 1;
            }
        }
    }
    assert!(compared > 100_000, "{compared}");
}

/// No box has a longer run than this.
const LONGEST: usize = 20;
/// The most points.
const POINTS: usize = 100;

/// Probability of so many crossings with no run longer than so many, by longest run, points and
/// crossings, where each point is above the line with probability `above`.
struct Boxes(Vec<Vec<Vec<f64>>>);

impl Boxes {
    fn of(above: f64) -> Self {
        let no_longer = |longest: usize| {
            // By side, crossings and length of the run that is going on.
            let empty = || [0, 1].map(|_| vec![vec![0.0; longest + 1]; POINTS]);
            let sides = [above, 1.0 - above];
            let mut state = empty();
            let mut by_points = vec![vec![0.0; POINTS]];
            for points in 1..=POINTS {
                let mut next = empty();
                for (side, probability) in sides.iter().enumerate() {
                    for crossings in 0..points {
                        for run in 2..=longest {
                            next[side][crossings][run] =
                                probability * state[side][crossings][run - 1];
                        }
                        let turned: f64 = if points == 1 {
                            1.0
                        } else if crossings == 0 {
                            0.0
                        } else {
                            state[1 - side][crossings - 1].iter().sum()
                        };
                        next[side][crossings][1] = probability * turned;
                    }
                }
                state = next;
                let total =
                    |crossings: usize| state.iter().flat_map(|side| &side[crossings]).sum::<f64>();
                by_points.push((0..POINTS).map(total).collect());
            }
            by_points
        };
        Self((0..=LONGEST).map(no_longer_or_none(no_longer)).collect())
    }

    /// Probability of these many crossings or more with no longer run.
    fn inside(&self, points: usize, crossings: usize, longest: usize) -> f64 {
        self.0[longest][points][crossings..].iter().sum()
    }

    /// Probability of exactly these.
    fn cell(&self, points: usize, crossings: usize, longest: usize) -> f64 {
        self.0[longest][points][crossings] - self.0[longest - 1][points][crossings]
    }
}

/// Nothing has a longest run of 0.
fn no_longer_or_none(of: impl Fn(usize) -> Vec<Vec<f64>>) -> impl Fn(usize) -> Vec<Vec<f64>> {
    move |longest| if longest == 0 { vec![vec![0.0; POINTS]; POINTS + 1] } else { of(longest) }
}

/// Probability that a stable process stays inside.
const TARGET: f64 = 0.925;

/// Fewest crossings and longest run of the best box.
fn best_box(stable: &Boxes, shifted: &Boxes, useful: usize) -> (usize, usize) {
    let all = (0..useful).flat_map(|c| (1..=useful.min(LONGEST)).map(move |l| (c, l)));
    let held = all.filter(|(c, l)| stable.inside(useful, *c, *l) >= TARGET);
    let by_shift = |at: &(usize, usize)| shifted.inside(useful, at.0, at.1);
    held.min_by(|one, other| by_shift(one).total_cmp(&by_shift(other))).unwrap()
}

/// Fewest crossings with the longest run, and longest run with the fewest crossings, of the cut
/// box; `None` where not even the corner can go.
fn cut(
    stable: &Boxes,
    shifted: &Boxes,
    useful: usize,
    best: (usize, usize),
) -> Option<(usize, usize)> {
    let left = |cell: (usize, usize)| stable.cell(useful, cell.0, cell.1);
    let mut inside = stable.inside(useful, best.0, best.1) - left(best);
    if inside < TARGET {
        return None;
    }
    let (mut crossings, mut longest) = (best.0 + 1, best.1 - 1);
    loop {
        let next = [(crossings, best.1), (best.0, longest)];
        let possible = next.into_iter().filter(|cell| inside - left(*cell) >= TARGET);
        let by_shift = |cell: &(usize, usize)| shifted.cell(useful, cell.0, cell.1);
        let Some(cell) = possible.max_by(|one, other| by_shift(one).total_cmp(&by_shift(other)))
        else {
            return Some((crossings, longest));
        };
        inside -= left(cell);
        if cell == next[0] {
            crossings += 1;
        } else {
            longest -= 1;
        }
    }
}

/// Crossings and longest runs that so many points can have, the runs up to a little beyond any
/// box.
fn possible(useful: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..useful)
        .flat_map(move |crossings| {
            (1..=useful.min(LONGEST)).map(move |longest| (crossings, longest))
        })
        .filter(move |(crossings, longest)| {
            // The longest run, and as many others as crossings, each from 1 to as long.
            (*crossings..=crossings * longest).contains(&(useful - longest))
        })
}

/// Points above and below 0 with so many crossings and such a longest run.
fn sequence(useful: usize, crossings: usize, longest: usize) -> Vec<f64> {
    let mut lengths = vec![1; crossings + 1];
    lengths[0] = longest;
    let mut rest = useful - longest - crossings;
    for length in &mut lengths[1..] {
        let more = rest.min(longest - 1);
        *length += more;
        rest -= more;
    }
    let side = |at: usize| if at.is_multiple_of(2) { 1.0 } else { -1.0 };
    lengths.iter().enumerate().flat_map(|(at, length)| vec![side(at); *length]).collect()
}
