//! Actions through the wall.

use std::collections::BTreeMap;

use super::{Gate, Subject};
use crate::disclosure::released::actions::{Action, Actions, Link, Rule, Standing, Tally};
use crate::judgement::actions::{Judged, Row, TABLE};

/// Every standing in the order in which they are shown.
const STANDINGS: [Standing; 5] =
    [Standing::Red, Standing::Amber, Standing::Green, Standing::Blue, Standing::NotRated];

/// The table of actions, which anybody may see.
pub fn action_rules() -> Vec<Rule> {
    let rule = |row: &Row| Rule { code: row.code, standing: row.standing, when: row.when };
    TABLE.iter().map(rule).collect()
}

impl Gate {
    pub(super) fn actions(self, subject: &Subject<'_>) -> Actions {
        let all: Vec<&Judged> = subject.actions.iter().collect();
        let mut leads: BTreeMap<(bool, Option<&str>), Vec<&Judged>> = BTreeMap::new();
        for one in &all {
            let named = one.action.leads.iter().map(|lead| Some(lead.as_str()));
            let none = one.action.leads.is_empty().then_some(None);
            for lead in named.chain(none) {
                leads.entry((lead.is_none(), lead)).or_default().push(one);
            }
        }
        Actions {
            rows: all.iter().map(|one| self.action(subject, one)).collect(),
            tally: self.tally(&all),
            leads: leads
                .iter()
                .map(|((_, lead), led)| (lead.map(str::to_owned), self.tally(led)))
                .collect(),
            updated: all
                .iter()
                .filter(|one| !one.facts.ahead)
                .filter_map(|one| one.action.updated)
                .max(),
            rules: action_rules(),
        }
    }

    fn tally(self, actions: &[&Judged]) -> Tally {
        let count = |standing| {
            let with = actions.iter().filter(|one| one.rating.standing == standing);
            (standing, self.count(with.count() as u64))
        };
        Tally { all: self.count(actions.len() as u64), by: STANDINGS.map(count).to_vec() }
    }

    fn action(self, subject: &Subject<'_>, judged: &Judged) -> Action {
        let (row, facts) = (&judged.action, &judged.facts);
        let days = |days: Option<i64>| self.whole(days.filter(|days| *days >= 0));
        Action {
            reference: row.reference.clone(),
            section: row.section.clone(),
            action: row.action.clone(),
            leads: row.leads.clone(),
            lead_stated: row.lead_stated.clone(),
            due: row.due,
            due_stated: row.due_stated.clone(),
            due_basis: row.due_basis.clone(),
            status: row.status,
            status_stated: row.status_stated.clone(),
            rag_stated: row.rag_stated.clone(),
            updated: row.updated,
            evidence: row.evidence.clone(),
            standing: judged.rating.standing,
            rule: judged.rating.code,
            days_left: days(facts.days_left),
            days_over: days(facts.days_left.map(|days| -days)).filter(|_| facts.overdue()),
            days_silent: days(facts.days_silent),
            links: row.indicators.iter().filter_map(|id| link(subject, id)).collect(),
        }
    }
}

/// The indicator as a whole, parts of splits left aside.
fn link(subject: &Subject<'_>, id: &str) -> Option<Link> {
    let whole = |one: &&crate::judgement::Finding| one.split.is_none() && one.indicator.id == id;
    let finding = subject.findings.iter().find(whole)?;
    Some(Link {
        id: id.to_owned(),
        title: finding.indicator.title.clone(),
        colour: finding.rating.colour,
    })
}
