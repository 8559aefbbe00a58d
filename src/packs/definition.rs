//! Pack definitions, `reports/<id>.toml`: who reads it, and what it shows.

use std::collections::BTreeMap;
use std::path::Path;

use super::view::{self, View};
use crate::definition::{Source, Spanned, Table};
use crate::disclosure::Profile;
use crate::error::{Error, Place, nearest, unreadable};
use crate::feeds::contract::Contract;
use crate::indicators::Catalogue;
use crate::indicators::measure::Measure;

/// A pack's definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// The file's name without its ending.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who reads it.
    pub reader: String,
    /// What is withheld.
    pub profile: Profile,
    /// What it shows, in order; without sections every indicator, in the plan's order.
    pub sections: Vec<Section>,
}

/// A part of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// What is said below it.
    pub text: Option<String>,
    /// Ids of the measures it shows, in order.
    pub measures: Vec<String>,
    /// The views of each of them, in order.
    pub views: Vec<View>,
}

/// Packs by id; `None` of one that is defined wrongly.
pub type Packs = BTreeMap<String, Option<Pack>>;

/// What packs are checked against.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Measures and reconciliations.
    pub catalogue: &'a Catalogue,
    /// Contracts by feed.
    pub contracts: &'a BTreeMap<String, Contract>,
    /// Every measure is there; otherwise one that a pack names may only be defined wrongly, which was
    /// said already.
    pub whole: bool,
}

/// Every pack of a workspace; each problem is pushed. A workspace may have none.
pub fn load(root: &Path, known: Known<'_>, errors: &mut Vec<Error>) -> Packs {
    let entries = std::fs::read_dir(root.join("reports")).into_iter().flatten();
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut ids: Vec<String> = names
        .filter_map(|name| Some(name.strip_suffix(".toml")?.to_owned()))
        .filter(|name| name != "profiles")
        .collect();
    ids.sort();
    let read = |id: String| {
        let file = format!("reports/{id}.toml");
        let pack = match std::fs::read(root.join(&file)) {
            Ok(bytes) => Source::from_bytes(&file, bytes)
                .map_err(|error| errors.push(error))
                .ok()
                .and_then(|source| one(&id, &source, known, errors)),
            Err(error) => {
                errors.push(unreadable(&file, &error));
                None
            }
        };
        (id, pack)
    };
    ids.into_iter().map(read).collect()
}

/// The error of a pack that is not there.
pub(crate) fn unknown(id: &str, packs: &Packs) -> Error {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    if !id.chars().all(plain) {
        return Error::run(Place::file("command line"), format!("`{id}` is no pack's name"))
            .help("a pack is named as its file in `reports/`, without the ending");
    }
    let names: Vec<&str> = packs.keys().map(String::as_str).collect();
    let help = match (nearest(id, names.iter().copied()), names.as_slice()) {
        (Some(meant), _) => format!("did you mean `{meant}`?"),
        (None, []) => {
            "a pack is a file of `reports/`, and there is none: `concordat init` makes a \
                       workspace that has one"
                .to_owned()
        }
        (None, names) => format!("the packs are: {}", names.join(", ")),
    };
    let place = Place::file(format!("reports/{id}.toml"));
    Error::run(place, format!("there is no pack `{id}`")).help(help)
}

/// The pack of a file; `None` where anything of it is wrong.
pub(super) fn one(
    id: &str,
    source: &Source,
    known: Known<'_>,
    errors: &mut Vec<Error>,
) -> Option<Pack> {
    let before = errors.len();
    let mut table = source.parse(errors);
    let title = table.require::<String>("title", errors);
    let reader = table.require::<String>("reader", errors);
    let profile = table.require::<Spanned<String>>("profile", errors);
    let profile = profile.and_then(|name| self::profile(&name, errors));
    let sections = table.take::<Vec<Table>>("section", errors).unwrap_or_default();
    table.finish(errors);
    let sections = sections.into_iter().filter_map(|table| section(table, known, errors)).collect();
    if errors.len() > before {
        return None;
    }
    Some(Pack { id: id.to_owned(), title: title?, reader: reader?, profile: profile?, sections })
}

fn profile(name: &Spanned<String>, errors: &mut Vec<Error>) -> Option<Profile> {
    let known = Profile::ALL.into_iter().find(|one| one.name() == name.value);
    if known.is_none() {
        let names = Profile::ALL.map(Profile::name);
        let help = nearest(&name.value, names).map_or_else(
            || format!("the profiles are: {}", names.join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        errors.push(name.error(format!("there is no profile `{}`", name.value)).help(help));
    }
    known
}

fn section(mut table: Table, known: Known<'_>, errors: &mut Vec<Error>) -> Option<Section> {
    let title = table.require::<String>("title", errors);
    let text = table.take::<String>("text", errors);
    let example = "`measures = [\"…\"]`, ids of measures in indicators/measures";
    let measures = table.require_such::<Vec<Spanned<String>>>("measures", example, errors);
    let example = "`views = [\"chart\"]`, what is shown of each measure";
    let views = table.require_such::<Vec<Spanned<String>>>("views", example, errors);
    for (key, empty) in [
        ("measures", measures.as_ref().is_some_and(Vec::is_empty)),
        ("views", views.as_ref().is_some_and(Vec::is_empty)),
    ] {
        if empty {
            let error = table.error(format!("the section's `{key}` are empty"));
            errors.push(error.help("a section shows something, or is left out"));
        }
    }
    table.finish(errors);
    let measures = measures.unwrap_or_default();
    let found: Vec<&Measure> =
        measures.iter().filter_map(|id| measure(id, known, errors)).collect();
    let with_contract = |measure: &&'_ Measure| known.contracts.get(&measure.feed);
    let checked: Vec<_> = found.iter().map(|one| (*one, with_contract(one))).collect();
    let compared = |id: &str| {
        let mut all = known.catalogue.reconciliations.values().flat_map(|one| &one.sides);
        all.any(|side| side.measure == id)
    };
    let views = views.unwrap_or_default().into_iter().filter_map(|text| {
        let written = view::read(text, errors)?;
        written.checked(&checked, &compared, errors)
    });
    let views = views.collect();
    let measures = measures.into_iter().map(|measure| measure.value).collect();
    Some(Section { title: title?, text, measures, views })
}

/// The measure of an id.
fn measure<'a>(
    id: &Spanned<String>,
    known: Known<'a>,
    errors: &mut Vec<Error>,
) -> Option<&'a Measure> {
    let measures = &known.catalogue.measures;
    let found = measures.get(&id.value);
    if found.is_none() && known.whole {
        let error = id.error(format!("there is no measure `{}`", id.value));
        errors.push(match nearest(&id.value, measures.keys().map(String::as_str)) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help("measures are defined in indicators/measures/*.toml"),
        });
    }
    found
}
