//! Reading measures that are made of other measures.

use std::collections::{BTreeMap, BTreeSet};

use super::read::unit;
use super::{Derived, Form, Kind, Measure};
use crate::definition::{Spanned, Table};
use crate::error::{Error, nearest};
use crate::unit::Unit;

/// A measure made of others, whose parts are not looked up yet.
#[derive(Debug)]
pub(in crate::indicators) struct Draft {
    id: Spanned<String>,
    title: String,
    form: Form,
    /// The parts as named, in the order of the form.
    named: Vec<Spanned<String>>,
    unit: Option<Unit>,
    source: String,
}

/// Whether a table is a measure made of others: of kind `derived`, or a `ratio` without a feed.
pub(in crate::indicators) fn is_derived(table: &Table) -> bool {
    match table.text("kind") {
        Some("derived") => true,
        Some("ratio") => !table.has("feed"),
        _ => false,
    }
}

/// The measure of a table but for its parts; `None` when something about it is wrong, which is
/// pushed.
pub(in crate::indicators) fn draft(
    id: &Spanned<String>,
    mut table: Table,
    errors: &mut Vec<Error>,
) -> Option<Draft> {
    let before = errors.len();
    let title = table.require::<String>("title", errors);
    let kind = table.require::<String>("kind", errors)?;
    let source = table.require::<String>("source", errors);
    let (mut other, mut read) = (None, None);
    if kind == "ratio" {
        other = unit(&mut table, errors);
        read = ratio(&mut table, errors);
    } else {
        read = read.or_else(|| form(&mut table, errors));
    }
    table.finish(errors);
    let (form, named) = read?;
    (errors.len() == before).then_some(Draft {
        id: id.clone(),
        title: title?,
        form,
        named,
        unit: other,
        source: source?,
    })
}

/// `numerator` and `denominator`, two measures.
fn ratio(table: &mut Table, errors: &mut Vec<Error>) -> Option<(Form, Vec<Spanned<String>>)> {
    let above = table.require::<Spanned<String>>("numerator", errors);
    let below = table.require::<Spanned<String>>("denominator", errors);
    let (above, below) = (above?, below?);
    let form = Form::Ratio { above: above.value.clone(), below: below.value.clone() };
    Some((form, vec![above, below]))
}

/// `sum = ["a", "b"]` or `change = "a"`.
fn form(table: &mut Table, errors: &mut Vec<Error>) -> Option<(Form, Vec<Spanned<String>>)> {
    let place = table.place();
    let sum = table.take::<Vec<Spanned<String>>>("sum", errors);
    let change = table.take::<Spanned<String>>("change", errors);
    let names = |parts: &[Spanned<String>]| parts.iter().map(|part| part.value.clone()).collect();
    match (sum, change) {
        (Some(parts), None) if parts.len() > 1 => Some((Form::Sum(names(&parts)), parts)),
        (None, Some(of)) => Some((Form::Change(of.value.clone()), vec![of])),
        _ => {
            let said = "a derived measure is a sum of several others, or the change of one";
            errors.push(Error::definition(place, said).help(
                "write sum = [\"one\", \"other\"], or change = \"one\"; a quotient of two is kind = \"ratio\"",
            ));
            None
        }
    }
}

/// Puts drafts on the measures they rest on, those of rows first, whatever their order in the
/// files. A draft that names no measure, rests on itself or cannot be made of its parts is pushed
/// and stands as defined wrongly; so does, without a word more, one that rests on such a one.
pub(in crate::indicators) fn resolve(
    mut drafts: Vec<Draft>,
    measures: &mut BTreeMap<String, Option<Measure>>,
    errors: &mut Vec<Error>,
) {
    loop {
        let waiting = drafts.len();
        let mut rest = Vec::new();
        for draft in drafts {
            let known = |name: &Spanned<String>| measures.contains_key(&name.value);
            if draft.named.iter().all(known) {
                let made = made(&draft, measures, errors);
                measures.insert(draft.id.value, made);
            } else {
                rest.push(draft);
            }
        }
        drafts = rest;
        if drafts.len() == waiting {
            break;
        }
    }
    let ids: Vec<&str> = drafts.iter().map(|draft| draft.id.value.as_str()).collect();
    let named = || drafts.iter().flat_map(|draft| &draft.named);
    let unknown: Vec<_> = named()
        .filter(|name| !measures.contains_key(&name.value) && !ids.contains(&name.value.as_str()))
        .collect();
    errors.extend(unknown.iter().map(|name| missing(name, &ids, measures)));
    if unknown.is_empty() {
        errors.extend(named().filter(|name| ids.contains(&name.value.as_str())).map(circle));
    }
    for draft in drafts {
        measures.insert(draft.id.value, None);
    }
}

fn circle(name: &Spanned<String>) -> Error {
    let said = format!("`{}` rests on this measure in its turn", name.value);
    name.error(said).help("a measure cannot be made of itself")
}

fn missing(
    name: &Spanned<String>,
    drafts: &[&str],
    measures: &BTreeMap<String, Option<Measure>>,
) -> Error {
    let error = name.error(format!("there is no measure `{}`", name.value));
    let known = measures.keys().map(String::as_str).chain(drafts.iter().copied());
    match nearest(&name.value, known) {
        Some(meant) => error.help(format!("did you mean `{meant}`?")),
        None => error.help("measures are defined in indicators/measures/*.toml"),
    }
}

fn made(
    draft: &Draft,
    measures: &BTreeMap<String, Option<Measure>>,
    errors: &mut Vec<Error>,
) -> Option<Measure> {
    let parts: Vec<&Measure> = draft
        .named
        .iter()
        .map(|name| measures.get(&name.value)?.as_ref())
        .collect::<Option<_>>()?;
    let before = errors.len();
    let unit = match draft.form {
        Form::Sum(_) => {
            adds_up(&draft.named, &parts, errors);
            parts[0].unit
        }
        Form::Change(_) => Unit::Change,
        Form::Ratio { .. } => draft.unit.unwrap_or(Unit::Ratio),
    };
    let mut feeds: Vec<String> =
        parts.iter().flat_map(|part| part.feeds()).map(str::to_owned).collect();
    feeds.sort();
    feeds.dedup();
    (errors.len() == before).then(|| Measure {
        id: draft.id.value.clone(),
        title: draft.title.clone(),
        feed: parts[0].feed.clone(),
        filter: None,
        kind: Kind::Derived(Derived { form: draft.form.clone(), feeds }),
        unit,
        stock: false,
        each: None,
        period_by: None,
        split_shares: false,
        source: draft.source.clone(),
        place: draft.id.place(),
    })
}

/// The parts of a sum are different totals of one unit.
fn adds_up(named: &[Spanned<String>], parts: &[&Measure], errors: &mut Vec<Error>) {
    let mut seen = BTreeSet::new();
    for (name, part) in named.iter().zip(parts) {
        if !seen.insert(name.value.as_str()) {
            errors
                .push(name.error(format!("`{}` is added twice", name.value)).help("name it once"));
        } else if !part.is_total() {
            let said = format!("the figures of `{}` cannot be added to others", part.id);
            errors
                .push(name.error(said).help(
                    "counts and sums are added up; shares, means, people and levels are not",
                ));
        } else if part.unit != parts[0].unit {
            let (one, other) = (part.unit.name(), parts[0].unit.name());
            let said = format!("`{}` is in {one}, the first of the sum in {other}", part.id);
            errors.push(name.error(said).help("add up figures of one unit"));
        }
    }
}
