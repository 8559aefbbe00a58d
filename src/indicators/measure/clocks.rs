//! Reading the time between two events, and the limits of a clock.

use super::read::Reader;
use super::{Interval, Length, Limit, Quantity, limit};
use crate::definition::{Spanned, Table};
use crate::indicators::standards::Standard;

impl Reader<'_> {
    /// `of = "column"`, or a clock `from` one time `to` another.
    pub(super) fn quantity(&mut self) -> Option<Quantity> {
        if self.table.has("from") || self.table.has("to") {
            let working = self.table.take::<bool>("working_days", self.errors) == Some(true);
            return Some(Quantity::Elapsed(self.interval(working, working, &[])?));
        }
        Some(Quantity::Column(self.number("of")?))
    }

    /// What starts and what stops a clock with these limits.
    pub(super) fn clock(&mut self, limits: &[Limit]) -> Option<Interval> {
        let working = |limit: &Limit| matches!(limit.length, Length::WorkingDays(_));
        let days_only = !limits.is_empty() && limits.iter().all(working);
        self.interval(days_only, limits.iter().any(working), limits)
    }

    /// One time `from` which to another; days alone will do where only working days are counted.
    fn interval(&mut self, days: bool, working: bool, limits: &[Limit]) -> Option<Interval> {
        let read: fn(&mut Self, &str) -> Option<String> = if days { Self::day } else { Self::time };
        let (from, to) = (read(self, "from"), read(self, "to"));
        let longest = self.table.take::<Table>("longest", self.errors);
        let given = longest.is_some();
        let longest = longest.and_then(|table| limit::longest(table, limits, self.errors));
        let calendar = self.asking.working_days();
        if working && calendar.is_none() {
            let error = self.table.error("no calendar says which days are working days");
            self.errors.push(error.help("add indicators/areas/holidays.csv, or mend it"));
            return None;
        }
        let calendar = calendar.filter(|_| working).cloned();
        (given == longest.is_some()).then_some(Interval { from: from?, to: to?, longest, calendar })
    }

    /// `limit = "s136_detention"`, a standard by its name, or a list of limits.
    pub(super) fn limits(&mut self) -> Option<(Vec<Limit>, Option<Standard>)> {
        if self.table.text("limit").is_none() {
            let list = self.table.require("limit", self.errors)?;
            let terms = limit::terms(list, self.errors)?;
            let limits = limit::limits(&terms, self.contract, self.asking, self.errors)?;
            return Some((limits, None));
        }
        let name = self.table.require::<Spanned<String>>("limit", self.errors)?;
        let (standard, terms) = self.asking.limit(&name, self.errors)?;
        let mut unsuited = Vec::new();
        let limits = limit::limits(terms, self.contract, self.asking, &mut unsuited);
        self.errors.extend(unsuited.into_iter().map(|error| {
            let feed = &self.contract.id;
            let said =
                format!("standard `{}` does not suit feed `{feed}`: {}", name.value, error.problem);
            name.error(said).help("give the measure its own list of limits")
        }));
        Some((limits?, Some(standard.clone())))
    }
}
