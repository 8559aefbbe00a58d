//! Which columns any definition reads: the others of a large feed need not be kept.

use std::collections::BTreeSet;

use super::Workspace;
use crate::feeds::contract::Contract;
use crate::filter::Filter;
use crate::indicators::Asked;
use crate::indicators::measure::{Interval, Kind, Limit, Measure, Quantity};
use crate::packs::view::View;

impl Workspace {
    /// The columns that measures, indicators, packs and reconciliations may read of a feed's rows, and
    /// those that place them.
    pub fn columns(&self, contract: &Contract) -> BTreeSet<String> {
        let catalogue = &self.catalogue;
        let places = places(contract);
        let mut found: BTreeSet<&str> = places.iter().map(String::as_str).collect();
        for measure in catalogue.measures.values().filter(|measure| measure.feed == contract.id) {
            of_measure(measure, contract, &mut found);
        }
        for indicator in catalogue.plans.values().flat_map(|plan| &plan.indicators) {
            if let Asked::Measured { filter: Some(filter), .. } = &indicator.asked {
                of_filter(filter, contract, &mut found);
            }
            found.extend(indicator.splits.iter().map(String::as_str));
        }
        let sections = self.packs.values().flatten().flat_map(|pack| &pack.sections);
        for view in sections.flat_map(|section| &section.views) {
            of_view(view, &mut found);
        }
        let keys = catalogue.reconciliations.values().filter_map(|one| one.key.as_ref());
        found.extend(keys.map(|key| key.column.as_str()));
        found.into_iter().map(str::to_owned).collect()
    }
}

/// The columns that place a row.
pub(super) fn places(contract: &Contract) -> BTreeSet<String> {
    let places = [&contract.status, &contract.event_time, &contract.area];
    places.into_iter().flatten().cloned().collect()
}

fn of_measure<'a>(measure: &'a Measure, contract: &'a Contract, found: &mut BTreeSet<&'a str>) {
    if let Some(filter) = &measure.filter {
        of_filter(filter, contract, found);
    }
    found.extend(measure.period_by.as_deref());
    match &measure.kind {
        Kind::Distinct { of } => {
            found.insert(of);
        }
        Kind::Proportion { denominator, numerator, .. } => {
            for filter in denominator.iter().chain([numerator]) {
                of_filter(filter, contract, found);
            }
        }
        Kind::Repeat { person, .. } => {
            found.insert(person);
            in_order(contract, found);
        }
        Kind::Within { clock, limits, .. } => {
            of_interval(clock, found);
            for filter in limits.iter().filter_map(|Limit { when, .. }| when.as_ref()) {
                of_filter(filter, contract, found);
            }
        }
        Kind::BedDays { stay, .. }
        | Kind::Open { stay }
        | Kind::AverageOpen { stay }
        | Kind::Peak { stay } => {
            found.extend([stay.from.as_str(), stay.to.as_str()]);
            found.extend(stay.person.as_deref());
            in_order(contract, found);
        }
        Kind::Sum { of } | Kind::Mean { of } | Kind::Quantile { of, .. } => match of {
            Quantity::Column(column) => {
                found.insert(column);
            }
            Quantity::Elapsed(interval) => of_interval(interval, found),
        },
        Kind::Ratio { numerator, denominator } => {
            found.extend([numerator.as_str(), denominator.as_str()]);
        }
        Kind::Given { numerator, denominator } => {
            found.insert(numerator);
            found.extend(denominator.as_deref());
        }
        // rows alone, and the figures of others
        Kind::Count | Kind::Gap | Kind::Rate { .. } | Kind::Derived(_) => {}
    }
}

fn of_interval<'a>(interval: &'a Interval, found: &mut BTreeSet<&'a str>) {
    found.extend([interval.from.as_str(), interval.to.as_str()]);
}

fn of_filter<'a>(filter: &'a Filter, contract: &'a Contract, found: &mut BTreeSet<&'a str>) {
    found.extend(filter.columns());
    if !filter.priors().is_empty() {
        in_order(contract, found);
    }
}

/// Of rows of one instant the key says which comes first.
fn in_order<'a>(contract: &'a Contract, found: &mut BTreeSet<&'a str>) {
    found.extend(contract.key.iter().map(String::as_str));
}

fn of_view<'a>(view: &'a View, found: &mut BTreeSet<&'a str>) {
    match view {
        View::Split(of)
        | View::Reasons(of)
        | View::By(of)
        | View::Heatmap(of)
        | View::People(of)
        | View::Cost(of) => {
            found.insert(of);
        }
        View::Cross(down, across) => found.extend([down.as_str(), across.as_str()]),
        View::Chart
        | View::Forecast
        | View::DaysBetween
        | View::Targets
        | View::Distribution
        | View::LengthOfStay
        | View::WhatIf
        | View::Reconciliation
        | View::Questions => {}
    }
}
