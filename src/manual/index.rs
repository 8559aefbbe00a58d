//! Who uses what, and where each definition stands in the manual.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::pack::Pack;
use super::written::Written;
use crate::area::Areas;
use crate::document::Cell;
use crate::document::parts::text;
use crate::feeds::contract::Contract;
use crate::indicators::measure::{Kind, Measure};
use crate::indicators::standards::Standard;
use crate::indicators::{Asked, Catalogue, Indicator, Plan};

/// All definitions, and the ways between them.
pub(super) struct Index<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) contracts: &'a BTreeMap<String, Contract>,
    pub(super) areas: &'a Areas,
    pub(super) packs: &'a [Pack],
    pub(super) written: Written,
}

impl<'a> Index<'a> {
    pub(super) fn new(
        catalogue: &'a Catalogue,
        contracts: &'a BTreeMap<String, Contract>,
        areas: &'a Areas,
        packs: &'a [Pack],
    ) -> Self {
        let measures = catalogue.measures.values().map(|measure| &measure.place);
        let indicators = catalogue.plans.values().flat_map(|plan| &plan.indicators);
        let written = Written::read(measures.chain(indicators.map(|one| &one.place)));
        Self { catalogue, contracts, areas, packs, written }
    }

    /// Every indicator with its plan, in the order of the manual.
    pub(super) fn indicators(&self) -> impl Iterator<Item = (&'a Plan, &'a Indicator)> {
        let plans = self.catalogue.plans.values();
        plans.flat_map(|plan| plan.indicators.iter().map(move |indicator| (plan, indicator)))
    }

    /// The measure of an indicator that has one.
    pub(super) fn measure(&self, indicator: &Indicator) -> Option<&'a Measure> {
        match &indicator.asked {
            Asked::Measured { measure, .. } => self.catalogue.measures.get(measure),
            Asked::NotReportable { .. } => None,
        }
    }

    /// The indicators of a measure.
    pub(super) fn indicators_of(&self, id: &str) -> Vec<(&'a Plan, &'a Indicator)> {
        let of = |(_, one): &(&Plan, &Indicator)| matches!(&one.asked, Asked::Measured { measure, .. } if measure == id);
        self.indicators().filter(of).collect()
    }

    /// The packs that show a measure in one of their sections.
    pub(super) fn packs_of(&self, id: &str) -> Vec<Cell> {
        let shows = |pack: &&Pack| {
            let mut measures = pack.sections.iter().flat_map(|section| &section.measures);
            measures.any(|measure| measure == id)
        };
        let way = |pack: &Pack| link(&pack.title, pack_id(&pack.id));
        self.packs.iter().filter(shows).map(way).collect()
    }

    /// The measures that are made of a measure.
    pub(super) fn made_of(&self, id: &str) -> Vec<&'a Measure> {
        let made_of = |measure: &&Measure| match &measure.kind {
            Kind::Derived(derived) => derived.form.parts().contains(&id),
            _ => false,
        };
        self.catalogue.measures.values().filter(made_of).collect()
    }

    /// The measures that rest on a feed.
    pub(super) fn measures_of(&self, feed: &str) -> Vec<&'a Measure> {
        let of = |measure: &&Measure| measure.feeds().contains(&feed);
        self.catalogue.measures.values().filter(of).collect()
    }

    /// The feeds that indicators wait for, each with those indicators.
    pub(super) fn awaited(&self) -> BTreeMap<&'a str, Vec<(&'a Plan, &'a Indicator)>> {
        let mut awaited: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for (plan, indicator) in self.indicators() {
            if let Asked::NotReportable { feed, .. } = &indicator.asked
                && !feed.is_empty()
            {
                awaited.entry(feed).or_default().push((plan, indicator));
            }
        }
        awaited
    }

    /// The kinds of area there are.
    pub(super) fn kinds_of_area(&self) -> BTreeSet<&'a str> {
        self.areas.all().map(|area| area.kind.as_str()).collect()
    }

    /// The title of a measure as a way to its part.
    pub(super) fn to_measure(&self, id: &str) -> Cell {
        match self.catalogue.measures.get(id) {
            Some(measure) => link(&measure.title, measure_id(id)),
            None => text(id),
        }
    }

    /// The title of a standard as a way to its part.
    pub(super) fn to_standard(&self, standard: &Standard) -> Cell {
        if self.catalogue.standards.contains_key(&standard.id) {
            link(&standard.title, standard_id(&standard.id))
        } else {
            text(&standard.title)
        }
    }

    /// The title of a feed as a way to its part; a feed without a contract has only its name.
    pub(super) fn to_feed(&self, id: &str) -> Cell {
        match self.contracts.get(id) {
            Some(contract) => link(&contract.title, feed_id(id)),
            None if self.awaited().contains_key(id) => link(id, "feeds-awaited".to_owned()),
            None => text(id),
        }
    }

    /// An indicator's id as a way to its part.
    pub(super) fn to_indicator(&self, plan: &Plan, indicator: &Indicator) -> Cell {
        link(&indicator.id, self.indicator_id(plan, indicator))
    }

    /// An area's name as a way to the areas of its kind.
    pub(super) fn to_area(&self, code: &str) -> Cell {
        match self.areas.get(code) {
            Some(area) => link(&area.name, area_kind_id(&area.kind)),
            None => text(code),
        }
    }

    /// Where an indicator stands. An id that two plans use, which is an error, names its plan as well.
    pub(super) fn indicator_id(&self, plan: &Plan, indicator: &Indicator) -> String {
        let first = self.indicators().find(|(_, one)| one.id == indicator.id);
        let id = safe("indicator", &indicator.id);
        match first {
            Some((owner, _)) if owner.id != plan.id => safe(&id, &plan.id),
            _ => id,
        }
    }
}

fn link(words: &str, to: String) -> Cell {
    Cell::Link { text: words.to_owned(), to }
}

pub(super) fn plan_id(id: &str) -> String {
    safe("plan", id)
}

pub(super) fn measure_id(id: &str) -> String {
    safe("measure", id)
}

pub(super) fn standard_id(id: &str) -> String {
    safe("standard", id)
}

pub(super) fn feed_id(id: &str) -> String {
    safe("feed", id)
}

pub(super) fn pack_id(id: &str) -> String {
    safe("pack", id)
}

pub(super) fn area_kind_id(kind: &str) -> String {
    safe("areas", kind)
}

/// An id of the page: the name with whatever an id cannot hold written as its number, `.e9.`, so
/// that two names never share one.
fn safe(what: &str, name: &str) -> String {
    let mut id = format!("{what}-");
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_') {
            id.push(letter);
        } else {
            let _ = write!(id, ".{:x}.", u32::from(letter));
        }
    }
    id
}
