//! What is measured becomes findings: the series of the whole and of each part, each judged.

use super::{Measured, Part};
use crate::area::Members;
use crate::error::Error;
use crate::feeds::contract::Rows;
use crate::indicators::Indicator;
use crate::indicators::measure::{Kind, Measure};
use crate::judgement::{self, FeedFacts, Finding, Months, kind};
use crate::measures::{self, Request, derived};
use crate::period::{Grain, Month};
use crate::series::{Nature, Series, Status};
use crate::unit::Unit;

/// Series by the codes of a split; one without a code where there is none.
pub(super) type Coded = Vec<(Option<String>, Series)>;

impl Part<'_> {
    /// The published figures of the area's parts, each its own; those without any are left out.
    fn by_area(&self, grain: Grain) -> Result<Coded, Error> {
        let mut found = Coded::new();
        for code in &self.own {
            let areas = Members::from_iter([code.as_str()]);
            let request = Request { areas, grain, ..self.request.clone() };
            for (_, series) in measures::collect(&self.plan, self.measure, self.feed, &request)? {
                if series.points.iter().any(|point| point.status != Status::Missing) {
                    found.push((Some(code.clone()), series));
                }
            }
        }
        Ok(found)
    }
}

impl Measured<'_> {
    /// The facts of its feeds, with the time for which an outcome is waited.
    pub(super) fn waiting(&self, facts: FeedFacts) -> FeedFacts {
        match self.parts.iter().filter_map(|part| part.measure.follow()).max() {
            Some(days) => facts.waiting(days, self.as_at),
            None => facts,
        }
    }

    /// The series of the whole, or one for each code of a split.
    pub(super) fn collect(&self, split: Option<&String>, grain: Grain) -> Result<Coded, Error> {
        self.series(self.measure, split, grain)
    }

    fn series(
        &self,
        measure: &Measure,
        split: Option<&String>,
        grain: Grain,
    ) -> Result<Coded, Error> {
        let Kind::Derived(derived) = &measure.kind else {
            let part = self.parts.iter().find(|part| part.measure.id == measure.id);
            let Some(part) = part else { return Ok(Vec::new()) };
            if let Some(column) = split
                && part.feed.contract.rows == Rows::Totals
                && part.feed.contract.area.as_ref() == Some(column)
            {
                return part.by_area(grain);
            }
            let request = Request { grain, split: split.cloned(), ..part.request.clone() };
            return measures::collect(&part.plan, measure, part.feed, &request);
        };
        let parts = derived.form.parts().into_iter().filter_map(|id| self.measures.get(id));
        let parts: Vec<Coded> =
            parts.map(|part| self.series(part, split, grain)).collect::<Result<_, _>>()?;
        let codes = parts.first().into_iter().flatten().map(|(code, _)| code.clone());
        Ok(codes
            .filter_map(|code| {
                let of = |part: &Coded| part.iter().find(|(other, _)| *other == code).cloned();
                let of_code: Vec<Series> =
                    parts.iter().map(|part| Some(of(part)?.1)).collect::<Option<_>>()?;
                let made = derived::derived(&derived.form, measure.unit, &of_code);
                Some((code, made))
            })
            .collect())
    }

    /// Judges a series, by quarters where its months have too few cases; the split is given by its
    /// column, its code in the feed and its name.
    pub(super) fn judge(
        &self,
        indicator: &Indicator,
        split: Option<(String, Option<String>, String)>,
        series: Series,
        facts: &FeedFacts,
    ) -> Result<Finding, Error> {
        let as_at = self.as_at;
        let named = split.as_ref().map(|(column, _, name)| (column.clone(), name.clone()));
        if !kind::by_quarters(indicator, &series) {
            return Ok(judge(indicator, named, series, facts, as_at));
        }
        let column = split.as_ref().map(|(column, ..)| column.clone());
        let code = split.and_then(|(_, code, _)| code);
        let all = self.collect(column.as_ref(), Grain::Quarter)?;
        let quarters = all.into_iter().find(|(other, _)| *other == code).map(|(_, series)| series);
        let indicator = Indicator { grain: Grain::Quarter, ..indicator.clone() };
        let mut finding = judge(&indicator, named, quarters.unwrap_or_else(nothing), facts, as_at);
        finding.months = Some(Months::of(series));
        Ok(finding)
    }
}

pub(super) fn judge(
    indicator: &Indicator,
    split: Option<(String, String)>,
    series: Series,
    facts: &FeedFacts,
    as_at: Month,
) -> Finding {
    let grows = series.unit == Unit::Change;
    let judged = judgement::judge(indicator, &indicator.area, split, series, facts, as_at);
    let judged = judged.with_before(facts);
    // forecasts stop at zero, growth does not
    if grows { judged } else { judged.with_outlook() }
}

/// A series about which nothing is known.
pub(super) fn nothing() -> Series {
    Series { nature: Nature::Count, unit: Unit::Count, points: Vec::new(), events: None }
}
