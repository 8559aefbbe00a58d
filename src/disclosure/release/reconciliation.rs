//! Reconciliations through the wall.

use super::Gate;
use crate::disclosure::released::reconciliation::{
    Compared, Counted, Latest, Matched, Reconciliation, Side,
};
use crate::judgement::reconciled::{self, Reconciled};

impl Gate {
    pub(super) fn reconciliation(self, one: &Reconciled) -> Reconciliation {
        let sides = one.asked.sides.iter().zip(&one.feeds).map(|(side, feed)| Side {
            by: side.by.clone(),
            measure: side.measure.clone(),
            feed: feed.clone(),
        });
        Reconciliation {
            id: one.asked.id.clone(),
            title: one.asked.title.clone(),
            source: one.asked.source.clone(),
            sides: sides.collect(),
            key: one.asked.key.clone(),
            months: one.months.iter().map(|month| self.compared(month)).collect(),
            latest: self.latest(one),
        }
    }

    fn compared(self, month: &reconciled::Compared) -> Compared {
        let counted = |one: &reconciled::Counted| Counted {
            status: one.status,
            counted: self.whole(one.counted),
            unknown: self.count(one.unknown),
        };
        Compared {
            month: month.month,
            counts: month.counts.iter().map(counted).collect(),
            comparable: month.comparable(),
            matched: month.matched.map(|matched| self.matched(matched)),
        }
    }

    fn matched(self, matched: reconciled::Matched) -> Matched {
        Matched {
            both: self.count(matched.both),
            only: matched.only.map(|records| self.count(records)),
            untold: matched.untold.map(|records| self.count(records)),
            without_key: matched.without_key.map(|records| self.count(records)),
        }
    }

    fn latest(self, one: &Reconciled) -> Option<Latest> {
        let latest = one.latest();
        let (first, last) = (latest.first()?.month, latest.last()?.month);
        let side = |side: usize| {
            let counts = latest.iter().filter_map(|month| month.counts.get(side)?.counted);
            self.whole(Some(counts.sum()))
        };
        let matched: Option<Vec<reconciled::Matched>> =
            latest.iter().map(|month| month.matched).collect();
        Some(Latest {
            first,
            last,
            months: latest.len(),
            counts: (0..one.asked.sides.len()).filter_map(side).collect(),
            matched: matched.map(|all| self.matched(together(&all))),
        })
    }
}

/// The sums over months.
fn together(months: &[reconciled::Matched]) -> reconciled::Matched {
    let sum = |read: &dyn Fn(&reconciled::Matched) -> u64| months.iter().map(read).sum();
    reconciled::Matched {
        both: sum(&|one| one.both),
        only: [sum(&|one| one.only[0]), sum(&|one| one.only[1])],
        untold: [sum(&|one| one.untold[0]), sum(&|one| one.untold[1])],
        without_key: [sum(&|one| one.without_key[0]), sum(&|one| one.without_key[1])],
    }
}
