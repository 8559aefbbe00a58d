//! Released reconciliations as a tidy table for machines.

use super::{integer, some};
use crate::disclosure::Figure;
use crate::disclosure::released::Released;
use crate::disclosure::released::reconciliation::{Compared, Counted, Matched, Reconciliation};
use crate::document::frame::{Frame, Values};
use crate::wording::reconciliation::coverage;

/// One side in one month.
struct Line<'a> {
    one: &'a Reconciliation,
    month: &'a Compared,
    side: usize,
}

impl Line<'_> {
    fn counted(&self) -> Option<&Counted> {
        self.month.counts.get(self.side)
    }

    /// Records against the other side's, where that one reported as well.
    fn matched(&self, read: impl Fn(&Matched, usize) -> Figure) -> Option<i64> {
        let matched = self.month.matched.as_ref().filter(|_| self.month.comparable)?;
        integer(read(matched, self.side))
    }
}

/// One row a reconciliation, month and side: `reconciliation.csv`. `matched`, `only_here`, `not_to_be_told` and
/// `without_key` are empty where there is no key or a side did not report the whole month.
pub fn reconciliation(released: &Released) -> Frame {
    let mut lines = Vec::new();
    for one in &released.reconciliations {
        for month in &one.months {
            lines.extend((0..one.sides.len()).map(|side| Line { one, month, side }));
        }
    }
    let text =
        |read: &dyn Fn(&Line<'_>) -> Option<String>| Values::Text(lines.iter().map(read).collect());
    let number =
        |read: &dyn Fn(&Line<'_>) -> Option<i64>| Values::Integer(lines.iter().map(read).collect());
    let side = |line: &Line<'_>| line.one.sides.get(line.side).cloned();
    Frame {
        columns: vec![
            ("plan", text(&|_| Some(released.plan.clone()))),
            ("reconciliation", text(&|line| Some(line.one.id.clone()))),
            ("month", text(&|line| Some(line.month.month.to_string()))),
            ("side", text(&|line| Some(side(line)?.by))),
            ("measure", text(&|line| Some(side(line)?.measure))),
            ("feed", text(&|line| Some(side(line)?.feed))),
            ("coverage", text(&|line| some(coverage(line.counted()?).to_owned()))),
            ("count", number(&|line| integer(line.counted()?.counted?))),
            ("unknown", number(&|line| integer(line.counted()?.unknown))),
            ("comparable", text(&|line| Some(line.month.comparable.to_string()))),
            ("matched", number(&|line| line.matched(|matched, _| matched.both))),
            ("only_here", number(&|line| line.matched(|matched, side| matched.only[side]))),
            ("not_to_be_told", number(&|line| line.matched(|matched, side| matched.untold[side]))),
            (
                "without_key",
                number(&|line| line.matched(|matched, side| matched.without_key[side])),
            ),
        ],
    }
}
