//! Stays over time: bed days, open stays and peaks, counted on plain slices.
//!
//! Days are numbered from any origin; a stay occupies the half-open run of days `[start, end)`,
//! so that each occupied day is a night begun. An open stay ends at [`OPEN_DAY`].

/// The end of a stay that has not ended, in days.
pub const OPEN_DAY: i32 = i32::MAX;

/// The end of a stay that has not ended, in seconds.
pub const OPEN_INSTANT: i64 = i64::MAX;

/// How many stays occupy each day from `first` to `last`, both counted.
///
/// A difference array: one pass over the stays, one over the days. Stays of no length and those
/// that end before they start occupy nothing. Empty when `last` is before `first`.
///
/// ```
/// use concordat::measures::census::{OPEN_DAY, occupancy};
///
/// // a stay of two nights, one of no length, one still open
/// assert_eq!(occupancy(&[1, 3, 3], &[3, 3, OPEN_DAY], 0, 4), [0, 1, 1, 1, 1]);
/// ```
pub fn occupancy(starts: &[i32], ends: &[i32], first: i32, last: i32) -> Vec<i64> {
    let days = usize::try_from(i64::from(last) - i64::from(first) + 1).unwrap_or(0);
    let mut change = vec![0_i64; days + 1];
    for (&start, &end) in starts.iter().zip(ends) {
        let from = start.max(first);
        let to = end.min(last.saturating_add(1));
        if start < end && from < to {
            change[place(from, first)] += 1;
            change[place(to, first)] -= 1;
        }
    }
    change.pop();
    let mut level = 0;
    for day in &mut change {
        level += *day;
        *day = level;
    }
    change
}

fn place(day: i32, first: i32) -> usize {
    usize::try_from(i64::from(day) - i64::from(first)).unwrap_or(0)
}

/// The most stays open at one instant of each window between neighbouring `edges`.
///
/// Instants are seconds; a stay is open over `[start, end)`, a window is `[edge, next edge)`. At
/// one instant ends come before starts, so that a bed left and taken at once is one bed.
///
/// ```
/// use concordat::measures::census::peaks;
///
/// // the second stay begins at the instant the first ends
/// assert_eq!(peaks(&[0, 10], &[10, 25], &[0, 20, 30, 40]), [1, 1, 0]);
/// assert_eq!(peaks(&[0, 9], &[10, 25], &[0, 20, 30, 40]), [2, 1, 0]);
/// ```
pub fn peaks(starts: &[i64], ends: &[i64], edges: &[i64]) -> Vec<i64> {
    let mut events: Vec<(i64, bool)> = Vec::with_capacity(starts.len() * 2);
    for (&start, &end) in starts.iter().zip(ends) {
        if start < end {
            events.push((start, true));
            if end != OPEN_INSTANT {
                events.push((end, false));
            }
        }
    }
    events.sort_unstable();
    let mut next = events.into_iter().peekable();
    let mut level = 0_i64;
    let mut found = Vec::with_capacity(edges.len());
    for window in edges.windows(2) {
        let [edge, until] = [window[0], window[1]];
        let carried = |event: &(i64, bool)| event.0 < edge || *event == (edge, false);
        while let Some((_, begins)) = next.next_if(carried) {
            level += if begins { 1 } else { -1 };
        }
        let mut most = level;
        while let Some((_, begins)) = next.next_if(|event| event.0 < until) {
            level += if begins { 1 } else { -1 };
            most = most.max(level);
        }
        found.push(most);
    }
    found
}
