//! Suggested rebases through the wall.

use super::Gate;
use crate::disclosure::released::{Proposal, Side};
use crate::judgement::Finding;

impl Gate {
    pub(super) fn proposal(self, finding: &Finding) -> Option<Proposal> {
        let proposed = finding.proposal.as_ref()?;
        let evidence = &proposed.evidence;
        let rebases = finding.indicator.rebases.iter();
        Some(Proposal {
            from: proposed.from,
            made: proposed.made,
            latest: finding.facts.period?,
            before: self.figure(evidence.before),
            points_before: evidence.points_before,
            after: self.figure(evidence.after),
            points_after: evidence.points_after,
            difference: self.figure(evidence.after - evidence.before),
            side: if evidence.after > evidence.before { Side::High } else { Side::Low },
            sigma: self.figure(evidence.sigma),
            r: self.figure(evidence.r),
            step: self.figure(evidence.step()),
            errors: self.figure(evidence.errors),
            running: evidence.running,
            across_baseline: proposed.across_baseline,
            rebases: rebases.map(|rebase| (rebase.from, rebase.why.clone())).collect(),
        })
    }
}
