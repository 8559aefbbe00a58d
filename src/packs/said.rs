//! Packs in words, for the definitions manual.

use super::definition::Packs;
use super::view::View;
use super::{Pack, Section};
use crate::manual::pack;

/// Every pack that is defined rightly, by name.
pub fn said(packs: &Packs) -> Vec<pack::Pack> {
    packs.values().flatten().map(one).collect()
}

fn one(pack: &Pack) -> pack::Pack {
    let Pack { id, title, reader, profile, sections } = pack;
    pack::Pack {
        id: id.clone(),
        title: title.clone(),
        reader: reader.clone(),
        profile: *profile,
        sections: sections.iter().map(section).collect(),
    }
}

fn section(section: &Section) -> pack::Section {
    let Section { title, text, measures, views } = section;
    pack::Section {
        title: title.clone(),
        text: text.clone(),
        measures: measures.clone(),
        views: views.iter().map(view).collect(),
    }
}

fn view(view: &View) -> String {
    match view {
        View::Chart => "Each indicator's rating with its reason, and its chart".to_owned(),
        View::Forecast => {
            "Each indicator's distance from its plan, forecast with bands, chance of meeting the \
             target, and the change needed from here"
                .to_owned()
        }
        View::DaysBetween => {
            "Each indicator's days between events, how many came in 12 months, and the days since the \
             last"
                .to_owned()
        }
        View::Targets => {
            "Each dated target that was ever set: what was to be expected then, and what came".to_owned()
        }
        View::Split(of) => format!("By month and {of}: cases, and shares of those where it is known"),
        View::Reasons(of) => format!("By {of}: cases over twelve months, and over the twelve before"),
        View::By(of) => {
            format!("By {of}: the share over twelve months with its 95% interval, and the share before")
        }
        View::Cross(down, across) => format!("Cases by {down} and {across}"),
        View::Heatmap(of) => format!("Cases by weekday and hour of {of}"),
        View::Distribution => {
            "How long the clock ran: in bands, the median, the 90th percentile, and how many ran over \
             the limit in force on their own day"
                .to_owned()
        }
        View::People(of) => {
            format!("People by how often they came, told apart by {of}: counted and never named")
        }
        View::LengthOfStay => "Nights of the stays that ended; those open apart".to_owned(),
        View::Cost(of) => {
            format!("What the bed days cost by {of}, as far as it is known, and how far that is")
        }
        View::WhatIf => {
            "What would follow if fewer started or stays were shorter, moved by the reader".to_owned()
        }
        View::Reconciliation => "Other bodies' counts of the same thing, side by side".to_owned(),
        View::Questions => "Questions for the meeting, one for each signal".to_owned(),
    }
}
