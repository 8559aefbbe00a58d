//! Limits in law and national standards: dated, each with its source, named by measures and filters.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::measure::limit::{Term, terms};
use crate::area::WorkingDays;
use crate::definition::{Source, Spanned, Table};
use crate::error::{Error, Place, nearest};
use crate::filter::{Standing, Standings};

/// A limit in law or a national standard.
#[derive(Debug, Clone, PartialEq)]
pub struct Standard {
    /// Its key in the file.
    pub id: String,
    /// What it asks, in a few words.
    pub title: String,
    /// Where it stands.
    pub source: String,
    /// What holds, and when.
    pub rule: Rule,
    /// Ids of the measures and indicators that name it, in order.
    pub used_by: Vec<String>,
    /// Where it is defined.
    pub place: Place,
}

/// What a standard holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// A limit on elapsed time: the first that applies on the day the clock starts.
    Limit(Vec<Term>),
    /// Something that holds from a day on; `None` while no day is known: it is not in force.
    From(Option<NaiveDate>),
}

/// What measures and plans may ask for while they are read, and who asked for which standard.
#[derive(Debug, Default)]
pub(in crate::indicators) struct Standards {
    /// By id; `None` of one that is defined wrongly.
    known: BTreeMap<String, Option<Standard>>,
    /// What filters are told of them.
    standings: Standings,
    /// Who named each.
    named: RefCell<BTreeMap<String, BTreeSet<String>>>,
    /// The calendar of working days, where there is one.
    working_days: Option<Arc<WorkingDays>>,
}

/// The standards, and the measure or indicator that asks for one.
#[derive(Debug, Clone, Copy)]
pub(in crate::indicators) struct Asking<'a> {
    standards: &'a Standards,
    who: &'a str,
}

impl Standards {
    /// The standards of `indicators/standards.toml`, where there is one.
    pub(in crate::indicators) fn read(
        source: Option<&Source>,
        working_days: Option<&Arc<WorkingDays>>,
        errors: &mut Vec<Error>,
    ) -> Self {
        let mut read = Self { working_days: working_days.cloned(), ..Self::default() };
        let Some(source) = source else { return read };
        for (id, table) in source.parse(errors).tables(errors) {
            let standard = standard(&id, table, errors);
            let standing = match standard.as_ref().map(|standard| &standard.rule) {
                Some(Rule::Limit(_)) => Standing::Limit,
                Some(Rule::From(Some(day))) => Standing::From(*day),
                Some(Rule::From(None)) => Standing::NotYet,
                None => Standing::Wrong,
            };
            read.standings.insert(id.value.clone(), standing);
            read.known.insert(id.value, standard);
        }
        read
    }

    /// The same, for one measure or indicator.
    pub(in crate::indicators) fn asked_by<'a>(&'a self, who: &'a str) -> Asking<'a> {
        Asking { standards: self, who }
    }

    /// Every standard that is defined rightly, with who named it.
    pub(in crate::indicators) fn with_users(self) -> BTreeMap<String, Standard> {
        let mut named = self.named.into_inner();
        self.known
            .into_iter()
            .filter_map(|(id, standard)| {
                let used_by = named.remove(&id).unwrap_or_default().into_iter().collect();
                Some((id, Standard { used_by, ..standard? }))
            })
            .collect()
    }
}

impl<'a> Asking<'a> {
    /// What a filter may ask for.
    pub(in crate::indicators) fn standings(self) -> &'a Standings {
        &self.standards.standings
    }

    /// The calendar of working days.
    pub(in crate::indicators) fn working_days(self) -> Option<&'a Arc<WorkingDays>> {
        self.standards.working_days.as_ref()
    }

    /// Keeps who named a standard.
    pub(in crate::indicators) fn note(self, standard: &str) {
        let mut named = self.standards.named.borrow_mut();
        named.entry(standard.to_owned()).or_default().insert(self.who.to_owned());
    }

    /// The standard of a name and its limits; what it is not is pushed.
    pub(in crate::indicators) fn limit(
        self,
        name: &Spanned<String>,
        errors: &mut Vec<Error>,
    ) -> Option<(&'a Standard, &'a [Term])> {
        let known = &self.standards.known;
        let Some(found) = known.get(&name.value) else {
            let error = name.error(format!("there is no standard `{}`", name.value));
            errors.push(match nearest(&name.value, known.keys().map(String::as_str)) {
                Some(meant) => error.help(format!("did you mean `{meant}`?")),
                None => error.help("add it to indicators/standards.toml, or list the limits here"),
            });
            return None;
        };
        self.note(&name.value);
        let standard = found.as_ref()?;
        if let Rule::Limit(terms) = &standard.rule {
            return Some((standard, terms));
        }
        let said = format!("standard `{}` is no limit on elapsed time", name.value);
        let help = format!("ask for it in a filter: in_force('{}', a day)", name.value);
        errors.push(name.error(said).help(help));
        None
    }
}

fn standard(id: &Spanned<String>, mut table: Table, errors: &mut Vec<Error>) -> Option<Standard> {
    let before = errors.len();
    let title = table.require::<String>("title", errors);
    let source = table.require::<String>("source", errors);
    let from = table.take::<Spanned<NaiveDate>>("from", errors);
    let list = table.take::<Spanned<Vec<Table>>>("limit", errors);
    let rule = match (list, from) {
        (Some(_), Some(from)) => {
            let error = from.error("a standard is a limit, or holds from a day on: not both");
            errors.push(error.help("a limit that changed has `before` in its list"));
            None
        }
        (Some(list), None) => terms(list, errors).map(Rule::Limit),
        (None, from) => Some(Rule::From(from.map(|from| from.value))),
    };
    table.finish(errors);
    let (title, source, rule) = (title?, source?, rule?);
    let (id, place) = (id.value.clone(), id.place());
    (errors.len() == before).then_some(Standard {
        id,
        title,
        source,
        rule,
        used_by: Vec::new(),
        place,
    })
}
