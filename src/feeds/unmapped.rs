//! Rows whose area is doubtful on their own day: its code is not in force, or it leads to no plan or to
//! two. They are used, and named.

use chrono::NaiveDate;
use foldhash::{HashMap, HashMapExt};
use polars::prelude::DataFrame;

use super::coded::{self, Codes};
use super::contract::{Contract, Rows};
use super::days::Days;
use super::tally::{Tally, Why};
use crate::area::{self, Area, Areas, Members};
use crate::filter::ColumnType;

/// On which days areas are part of plans.
#[derive(Debug)]
pub(super) struct Mapped<'a> {
    areas: &'a Areas,
    /// Part of any.
    any: Members,
    /// Part of each, by its name.
    each: Vec<(&'a str, Members)>,
}

impl<'a> Mapped<'a> {
    pub(super) fn new(areas: &'a Areas) -> Self {
        let of = |plan: &'a Area| (plan.name.as_str(), areas.parts(&plan.code));
        Self { areas, any: areas.of_plans(), each: areas.plans().map(of).collect() }
    }

    /// Notes the rows of a file with a doubtful area: in any column of areas a code that is not in
    /// force on the row's day, or that was part of no plan on it though it is on others; and a row
    /// whose own area is part of no plan, or of two, in which it would count twice.
    ///
    /// A day that is not known is no reason. Feeds of totals are asked for by area: of plans nothing
    /// is said there, nor where no area is a plan's.
    pub(super) fn note(
        &self,
        contract: &Contract,
        (rows, days): (&DataFrame, &Days),
        lines: &[u32],
        warnings: &mut Tally,
    ) {
        for (name, kind) in &contract.columns {
            let codes = rows.column(name).ok().and_then(Codes::new);
            let (ColumnType::Area, Some(codes)) = (kind, codes) else { continue };
            let asked = contract.rows != Rows::Totals && !self.any.is_empty();
            let own = contract.area.as_ref() == Some(name);
            let mut doubtful: HashMap<u32, Option<&Area>> = HashMap::new();
            for ((row, code), line) in codes.numbers().enumerate().zip(lines) {
                let Some(code) = code else { continue };
                let find = || self.doubtful(coded::text(code)?, asked, own);
                let Some(area) = *doubtful.entry(code).or_insert_with(find) else { continue };
                let (day, line) = (days.get(row), *line);
                let out_of_time = day.and_then(|day| self.not_in_force(area, day));
                let plans = if asked { self.of_plans(area, day) } else { None };
                // of a column that places no row, one of the two is enough
                let plans = plans.filter(|why| match why {
                    Why::NoPlanThen => own || out_of_time.is_none(),
                    _ => own,
                });
                for why in out_of_time.into_iter().chain(plans) {
                    match why {
                        Why::NoPlan | Why::NoPlanThen => {
                            warnings.add_text(why, name, line, &named(area), || None);
                        }
                        why => warnings.add(why, Some(name), line, 1),
                    }
                }
            }
        }
    }

    /// The area of a code that is doubtful on some days.
    fn doubtful(&self, code: &str, asked: bool, own: bool) -> Option<&Area> {
        let area = self.areas.get(code)?;
        let mapped = self.any.days(code).is_some_and(area::Days::is_always);
        let plans = self.each.iter().filter(|(_, parts)| parts.days(code).is_some()).count();
        let sound = area.in_force().is_always() && (!asked || mapped && (!own || plans < 2));
        (!sound).then_some(area)
    }

    /// What is doubtful about an area's plans on a day.
    fn of_plans(&self, area: &Area, day: Option<NaiveDate>) -> Option<Why> {
        let Some(days) = self.any.days(&area.code) else { return Some(Why::NoPlan) };
        let day = day?;
        if !days.holds(day) {
            return Some(Why::NoPlanThen);
        }
        let on_day = |parts: &Members| parts.days(&area.code).is_some_and(|days| days.holds(day));
        let plans = self.each.iter().filter(|(_, parts)| on_day(parts));
        let plans: Vec<&str> = plans.map(|(name, _)| *name).collect();
        let shared = || Why::Shared { area: named(area), plans: plans.join("; ") };
        (plans.len() > 1).then(shared)
    }

    /// `code 03Y (NHS Hardwick CCG) used after it ended on 2019-03-31: since then …`.
    fn not_in_force(&self, area: &Area, day: NaiveDate) -> Option<Why> {
        let code = format!("code {} ({}) used", area.code, area.name);
        let said = if let Some(began) = area.from.filter(|began| day < *began) {
            let before: Vec<String> = self.areas.before(&area.code).map(named).collect();
            let before = match before.as_slice() {
                [] => String::new(),
                before => format!(": before it {}", before.join(", ")),
            };
            format!("{code} before it began on {began}{before}")
        } else {
            let last = area.to.filter(|end| *end <= day)?.pred_opt()?;
            let after = area.successor.as_ref().and_then(|code| self.areas.get(code));
            let after =
                after.map_or(String::new(), |after| format!(": since then {}", named(after)));
            format!("{code} after it ended on {last}{after}")
        };
        Some(Why::NotInForce { said })
    }
}

fn named(area: &Area) -> String {
    format!("{} ({})", area.name, area.code)
}
