//! What a plan asks of rows, read off its steps and its fold.

use super::{Fold, Plan, Test};
use crate::filter::{Filter, Prior};
use crate::indicators::measure::{Interval, Quantity, Unknown};

impl Plan {
    /// The days for which an outcome is waited for.
    pub(in crate::measures) fn follow(&self) -> Option<u32> {
        self.steps.iter().find_map(|step| match step.test {
            Test::FollowedUp(days) => Some(days),
            _ => None,
        })
    }

    /// Whether a row that could not be decided first at this step counts, but for its condition.
    pub(in crate::measures) fn lacks_condition(&self, step: usize) -> bool {
        match self.steps.get(step).map(|step| &step.test) {
            Some(Test::ConditionKnown | Test::ClockKnown) => true,
            Some(Test::KeyKnown(_)) => matches!(self.fold, Fold::Repeat(..)),
            Some(Test::Sound(_)) => matches!(self.fold, Fold::Within(_)),
            _ => false,
        }
    }

    /// How many days before an event must be known to count it: the series starts so much later
    /// than the data.
    pub(in crate::measures) fn look_back(&self) -> u32 {
        self.priors().into_iter().map(Prior::look_back).max().unwrap_or(0)
    }

    /// What its steps and its fold ask of each row.
    pub(in crate::measures) fn conditions(&self) -> Vec<&Filter> {
        let steps = self.steps.iter().filter_map(|step| match &step.test {
            Test::Filter(filter) => Some(filter),
            _ => None,
        });
        let folded: Vec<&Filter> = match &self.fold {
            Fold::Share(numerator, _) => vec![numerator],
            Fold::Within(clock) => {
                clock.limits.iter().filter_map(|limit| limit.when.as_ref()).collect()
            }
            _ => vec![],
        };
        steps.chain(folded).collect()
    }

    /// What its conditions ask of rows that came before, one inside another before that one.
    pub(in crate::measures) fn priors(&self) -> Vec<&Prior> {
        let among = match &self.fold {
            Fold::Repeat(Prior { among: Some(among), .. }, _) => Some(&**among),
            _ => None,
        };
        let conditions = self.conditions().into_iter().chain(among);
        let mut priors: Vec<&Prior> = conditions.flat_map(Filter::priors).collect();
        if let Fold::Repeat(prior, _) = &self.fold {
            priors.push(prior);
        }
        priors
    }
}

impl Fold {
    /// Whether rows whose condition cannot be told count as not meeting it.
    pub(in crate::measures) fn counts_unknown(&self) -> bool {
        match self {
            Self::Share(_, unknown) | Self::Repeat(_, unknown) => *unknown == Unknown::Outside,
            Self::Within(clock) => clock.unknown == Unknown::Outside,
            _ => false,
        }
    }

    /// The columns whose numbers are added up or ranked.
    pub(in crate::measures) fn columns(&self) -> Vec<String> {
        match self {
            Self::Sum(of) | Self::Mean(of) | Self::Quantile(of, _) => match of {
                Quantity::Column(column) => vec![column.clone()],
                Quantity::Elapsed(Interval { from, to, .. }) => vec![from.clone(), to.clone()],
            },
            Self::Ratio(above, below) => vec![above.clone(), below.clone()],
            Self::Given(above, below) => {
                std::iter::once(above.clone()).chain(below.clone()).collect()
            }
            Self::Count
            | Self::Distinct(_)
            | Self::Rate { .. }
            | Self::Share(..)
            | Self::Within(_)
            | Self::Repeat(..)
            | Self::Gap
            | Self::Census(..) => vec![],
        }
    }
}
