//! Rows whose area leads to no plan on their day: they are used, and named.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::contract::{Contract, Rows};
use super::tally::{Tally, Why};
use crate::area::{Areas, Days};
use crate::filter::ColumnType;

/// The kind of the areas that plans are for.
const PLAN: &str = "plan";

/// On which days areas are part of any plan.
#[derive(Debug, Default)]
pub(super) struct Mapped {
    days: BTreeMap<String, Vec<Days>>,
}

impl Mapped {
    pub(super) fn new(areas: &Areas) -> Self {
        let mut mapped = Self::default();
        for plan in areas.all().filter(|area| area.kind == PLAN) {
            for (code, days) in areas.parts(&plan.code).iter() {
                mapped.days.entry(code.to_owned()).or_default().push(days.clone());
            }
        }
        mapped
    }

    /// Why a code leads to no plan on a day, if so. A day that is not known is no reason.
    fn why(&self, code: &str, day: Option<NaiveDate>) -> Option<Why> {
        let Some(stretches) = self.days.get(code) else { return Some(Why::NoPlan) };
        let day = day?;
        (!stretches.iter().any(|days| days.holds(day))).then_some(Why::NoPlanThen)
    }

    /// Notes the rows of a file whose area, in any column of areas, was part of no plan on their day
    /// though it was on others; and those whose own area never is. None in feeds of totals, which are
    /// asked for by area, and where no area is a plan's.
    pub(super) fn note(
        &self,
        contract: &Contract,
        areas: &Areas,
        (rows, days): (&DataFrame, &[Option<NaiveDate>]),
        range: Range<usize>,
        lines: &[usize],
        warnings: &mut Tally,
    ) {
        if self.days.is_empty() || contract.rows == Rows::Totals {
            return;
        }
        for (name, kind) in &contract.columns {
            let codes = rows.column(name).and_then(|column| column.str());
            let (ColumnType::Area, Ok(codes)) = (kind, codes) else { continue };
            let own = contract.area.as_ref() == Some(name);
            let mut always: HashMap<&str, bool> = HashMap::new();
            for (row, line) in range.clone().zip(lines) {
                let Some(code) = codes.get(row) else { continue };
                let is_always = *always.entry(code).or_insert_with(|| self.is_always(code));
                let day = days.get(row).copied().flatten();
                let Some(why) = (!is_always).then(|| self.why(code, day)).flatten() else {
                    continue;
                };
                if own || why == Why::NoPlanThen {
                    let named = areas.get(code).map_or(code, |area| area.name.as_str());
                    let line = u32::try_from(*line).unwrap_or(u32::MAX);
                    warnings.add_text(why, name, line, &format!("{named} ({code})"), || None);
                }
            }
        }
    }

    fn is_always(&self, code: &str) -> bool {
        self.days.get(code).is_some_and(|stretches| stretches.iter().any(Days::is_always))
    }
}
