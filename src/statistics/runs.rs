//! Runs analysis: whether points keep to one side of the centre longer, or cross it more seldom,
//! than chance explains.

use super::signals::Side;
use super::sums;

mod boxes;

/// How many points running on one side, or how few crossings, make a signal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Method {
    /// Anhøj's rules: longest run and crossings each against a limit of their own.
    #[default]
    Anhoej,
    /// The best box: both limits chosen together, for each number of points.
    BestBox,
    /// The cut box: the best box without the corner that a shift would most often reach.
    CutBox,
}

/// What the runs of one phase show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runs {
    /// Points that are not missing and not on the centre line.
    pub useful: usize,
    /// The most useful points running on one side.
    pub longest: usize,
    /// How often the useful points change sides.
    pub crossings: usize,
    /// Anhøj's limit of the longest run: a longer one is a signal.
    pub longest_limit: usize,
    /// Anhøj's limit of the crossings: fewer are a signal.
    pub crossings_limit: usize,
    /// Whether the method finds a shift. By boxes this may differ from what the two limits say.
    pub signal: bool,
}

/// Runs analysis of points given as value and centre line.
///
/// A missing point (`None`) and one on its centre line are left out: they neither count nor break
/// a run. The longest run may have log2 of the useful points, rounded, and 3 more; the crossings
/// must be at least [`fewest_crossings`]. The boxes are known for 10 to 100 useful points, outside
/// of which Anhøj's rules decide. `None` without useful points.
///
/// Source: Anhøj and Olesen (2014), *Run Charts Revisited*, PLOS ONE 9(11); Anhøj and
/// Wentzel-Larsen (2020), *Smooth operator*, PLOS ONE 15(6).
///
/// ```
/// use concordat::statistics::runs::{Method, runs};
/// let found = runs(&[1.0, 3.0, 2.0, 3.0, 3.0, 1.0].map(|y| Some((y, 2.0))), Method::Anhoej);
/// let found = found.unwrap();
/// assert_eq!((found.useful, found.longest, found.crossings), (5, 3, 2));
/// assert_eq!((found.longest_limit, found.crossings_limit, found.signal), (5, 0, false));
/// ```
pub fn runs(points: &[Option<(f64, f64)>], method: Method) -> Option<Runs> {
    let mut found = Runs {
        useful: 0,
        longest: 0,
        crossings: 0,
        longest_limit: 0,
        crossings_limit: 0,
        signal: false,
    };
    let (mut before, mut run) = (None, 0);
    for (value, centre) in points.iter().copied().flatten() {
        let Some(side) = Side::of(value - centre) else { continue };
        found.crossings += usize::from(before == Some(side.other()));
        run = if before == Some(side) { run + 1 } else { 1 };
        before = Some(side);
        found.longest = found.longest.max(run);
        found.useful += 1;
    }
    found.longest_limit = longest_run(found.useful)?;
    found.crossings_limit = fewest_crossings(found.useful);
    let boxed = match method {
        Method::Anhoej => None,
        Method::BestBox => boxes::Limits::of(found.useful)
            .map(|limits| limits.best_box(found.crossings, found.longest)),
        Method::CutBox => boxes::Limits::of(found.useful)
            .map(|limits| limits.cut_box(found.crossings, found.longest)),
    };
    let usual = boxed.unwrap_or(
        found.longest <= found.longest_limit && found.crossings >= found.crossings_limit,
    );
    found.signal = !usual;
    Some(found)
}

/// The longest run that so many useful points show by chance: log2 of their number, rounded, and 3
/// more. `None` for no points.
///
/// Source: Schilling (2012), *The surprising predictability of long runs*, Mathematics Magazine 85.
pub fn longest_run(useful: usize) -> Option<usize> {
    let longest = libm::round(libm::log2(sums::count(useful))) + 3.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 3 and 67 for every number of points"
    )]
    (useful > 0).then_some(longest as usize)
}

/// The fewest crossings that so many useful points show by chance: the 5 % quantile of a binomial
/// variable with one trial fewer and probability a half, the least number that has at least 5 %
/// at or below it. 0 for no points.
///
/// Found from the binomial terms themselves as multiples of the middle one, so that nothing
/// overflows; 20 times a sum of terms is never a power of two, so that no tie is to be decided.
///
/// Source: Chen (2010), *A note on the number of runs*, Communications in Statistics 39.
pub fn fewest_crossings(useful: usize) -> usize {
    let trials = useful.saturating_sub(1);
    let terms = terms_to_the_middle(trials);
    // All terms: those up to the middle and their mirror images, a middle one only once.
    let half = sums::sum(&terms);
    let once = if trials.is_multiple_of(2) { terms.last().copied().unwrap_or(0.0) } else { 0.0 };
    let all = 2.0 * half - once;
    let mut below = 0.0;
    terms
        .iter()
        .position(|term| {
            below += term;
            below >= 0.05 * all
        })
        .unwrap_or(0)
}

/// Binomial coefficients of 0 up to half the trials, over the last of them.
fn terms_to_the_middle(trials: usize) -> Vec<f64> {
    let middle = trials / 2;
    let mut terms = vec![1.0; middle + 1];
    for at in (0..middle).rev() {
        terms[at] = terms[at + 1] * sums::count(at + 1) / sums::count(trials - at);
    }
    terms
}
