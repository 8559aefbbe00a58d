//! The folder `indicators/`: its files in the order of their names, all problems at once.

use std::collections::BTreeMap;
use std::path::Path;

use super::measure::derived;
use super::plan::{self, Known};
use super::standards::Standards;
use super::{Catalogue, Measures, actions, measure, notes, reconciliation};
use crate::area::Areas;
use crate::definition::{Source, Spanned};
use crate::error::{Error, Place, nearest, unreadable};
use crate::feeds::contract::Contract;

/// Limits in law and national standards, needed where one is named.
const STANDARDS: &str = "indicators/standards.toml";
/// The bank holidays, needed by working days only.
const HOLIDAYS: &str = "indicators/areas/holidays.csv";
/// The people of areas, needed by rates only.
const POPULATION: &str = "indicators/areas/population.csv";

/// Counts of the same thing by several bodies, where there are any.
const RECONCILIATIONS: &str = "indicators/reconciliations.toml";

impl Catalogue {
    /// Reads `indicators/standards.toml` where there is one, `indicators/measures/*.toml`,
    /// `indicators/plans/*.toml`, `indicators/actions/*.csv` and `reports/notes/*/*.md` of a workspace.
    ///
    /// Feeds by id: a measure's columns and codes are checked against their contracts. What is
    /// wrong is left out (a measure, an action) or stands as not reportable (an indicator); the rest is given.
    pub fn load(
        root: &Path,
        feeds: &BTreeMap<String, Contract>,
        areas: &Areas,
    ) -> (Self, Vec<Error>) {
        let mut errors = Vec::new();
        let measures = folder(root, "indicators/measures", "toml", &mut errors);
        let plans = folder(root, "indicators/plans", "toml", &mut errors);
        let registers = folder(root, "indicators/actions", "csv", &mut errors);
        let standards = root.join(STANDARDS).exists().then(|| text(root, STANDARDS, &mut errors));
        let standards = standards.flatten();
        let feeds = Feeds { read: feeds, wrong: &|id| root.join(contract_of(id)).exists() };
        let (mut catalogue, found) =
            Self::read_from(standards.as_ref(), &measures, &plans, &feeds, areas);
        errors.extend(found);
        errors.extend(catalogue.read_actions(&registers));
        if root.join(RECONCILIATIONS).exists()
            && let Some(source) = text(root, RECONCILIATIONS, &mut errors)
        {
            errors.extend(catalogue.read_reconciliations(&source, feeds.read));
        }
        let said = said(root, &mut errors);
        errors.extend(catalogue.read_notes(&said));
        errors.sort();
        (catalogue, errors)
    }

    /// Standards, measures and plans from texts.
    pub fn read(
        standards: Option<&Source>,
        measures: &[Source],
        plans: &[Source],
        feeds: &BTreeMap<String, Contract>,
        areas: &Areas,
    ) -> (Self, Vec<Error>) {
        let feeds = Feeds { read: feeds, wrong: &|_| false };
        Self::read_from(standards, measures, plans, &feeds, areas)
    }

    fn read_from(
        standards: Option<&Source>,
        measures: &[Source],
        plans: &[Source],
        feeds: &Feeds<'_>,
        areas: &Areas,
    ) -> (Self, Vec<Error>) {
        let mut errors = Vec::new();
        let standards = Standards::read(standards, areas.working_days(), &mut errors);
        let measures = read_measures(measures, feeds, &standards, &mut errors);
        let known = Known { measures: &measures, feeds: feeds.read, areas, standards: &standards };
        let mut read = BTreeMap::new();
        for source in plans {
            let id = stem(&source.file);
            if let Some(plan) = plan::read(&id, source, &known, &mut errors) {
                read.insert(id, plan);
            }
        }
        repeated_ids(&read, &mut errors);
        errors.sort();
        let measures =
            measures.into_iter().filter_map(|(id, measure)| Some((id, measure?))).collect();
        let standards = standards.with_users();
        (Self { standards, measures, plans: read, ..Self::default() }, errors)
    }

    /// Takes up action registers from texts; their links are checked against the plans read before.
    pub fn read_actions(&mut self, registers: &[Source]) -> Vec<Error> {
        let mut errors = Vec::new();
        self.actions = actions::read(registers, &self.plans, &mut errors);
        errors.sort();
        errors
    }
}

impl Catalogue {
    /// Takes up reconciliations from a text; they rest on the measures read before.
    pub fn read_reconciliations(
        &mut self,
        source: &Source,
        feeds: &BTreeMap<String, Contract>,
    ) -> Vec<Error> {
        let mut errors = Vec::new();
        self.reconciliations = reconciliation::read(source, &self.measures, feeds, &mut errors);
        errors.sort();
        errors
    }
}

impl Catalogue {
    /// Takes up what people say from texts; it is of the plans read before.
    pub fn read_notes(&mut self, sources: &[Source]) -> Vec<Error> {
        let mut errors = Vec::new();
        self.notes = notes::read(sources, &self.plans, &mut errors);
        errors.sort();
        errors
    }
}

/// Every file of `reports/notes`, a folder a plan.
fn said(root: &Path, errors: &mut Vec<Error>) -> Vec<Source> {
    const NOTES: &str = "reports/notes";
    let folders = std::fs::read_dir(root.join(NOTES)).into_iter().flatten().flatten();
    let mut plans: Vec<String> = folders
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    plans.sort();
    plans.iter().flat_map(|plan| folder(root, &format!("{NOTES}/{plan}"), "md", errors)).collect()
}

impl Areas {
    /// Reads `areas.csv`, `area_links.csv` and `area_names.csv` of a workspace's
    /// `indicators/areas/`. A file that is not there is an error, and read as empty; without the first
    /// of them nothing is said of the others. Populations are read where there is a `population.csv`,
    /// bank holidays where there is a `holidays.csv`.
    pub fn load(root: &Path) -> (Self, Vec<Error>) {
        let mut errors = Vec::new();
        let mut read = |name: &str, headings: &str| {
            let file = format!("indicators/areas/{name}");
            text(root, &file, &mut errors).unwrap_or_else(|| {
                if let Some(error) = errors.last_mut().filter(|_| !root.join(&file).exists()) {
                    error.help = Some(format!("add it; its first line is {}", headings.trim_end()));
                }
                Source::new(file, headings)
            })
        };
        let areas = read("areas.csv", "code,name,kind\n");
        let links = read("area_links.csv", "area,part_of,from,to\n");
        let names = read("area_names.csv", "spelling,kind,code\n");
        if errors.iter().any(|error| error.place.file == *areas.file) {
            return (Self::default(), errors);
        }
        let (mut areas, found) = Self::read(&areas, &links, &names);
        errors.extend(found);
        if root.join(POPULATION).exists()
            && let Some(source) = text(root, POPULATION, &mut errors)
        {
            errors.extend(areas.read_populations(&source));
        }
        if root.join(HOLIDAYS).exists()
            && let Some(source) = text(root, HOLIDAYS, &mut errors)
        {
            errors.extend(areas.read_holidays(&source));
        }
        (areas, errors)
    }
}

/// Every file of a folder with an ending, by name. A folder that is not there is empty.
fn folder(root: &Path, folder: &str, ending: &str, errors: &mut Vec<Error>) -> Vec<Source> {
    let entries = match std::fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(problem) => {
            errors.push(unreadable(folder, &problem));
            return Vec::new();
        }
    };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| Path::new(name).extension().is_some_and(|found| found == ending))
        .collect();
    names.sort();
    names.iter().filter_map(|name| text(root, &format!("{folder}/{name}"), errors)).collect()
}

fn text(root: &Path, file: &str, errors: &mut Vec<Error>) -> Option<Source> {
    let bytes = std::fs::read(root.join(file)).map_err(|problem| unreadable(file, &problem));
    match bytes.and_then(|bytes| Source::from_bytes(file, bytes)) {
        Ok(source) => Some(source),
        Err(error) => {
            errors.push(error);
            None
        }
    }
}

/// A file's name without folder and ending.
pub(super) fn stem(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// The contracts that could be read, and whether there is another, which is wrong.
struct Feeds<'a> {
    read: &'a BTreeMap<String, Contract>,
    wrong: &'a dyn Fn(&str) -> bool,
}

/// Where a feed's contract stands.
fn contract_of(feed: &str) -> String {
    format!("data/{feed}/feed.toml")
}

fn read_measures(
    sources: &[Source],
    feeds: &Feeds<'_>,
    standards: &Standards,
    errors: &mut Vec<Error>,
) -> Measures {
    let mut measures = Measures::new();
    let mut drafts = Vec::new();
    let mut seen: BTreeMap<String, Place> = BTreeMap::new();
    for source in sources {
        let mut document = source.parse(errors);
        for (id, table) in document.tables(errors) {
            if let Some(first) = seen.get(&id.value) {
                let error = id.error(format!("measure `{}` is defined twice", id.value));
                errors.push(error.help(format!("the other stands at {first}")));
                continue;
            }
            seen.insert(id.value.clone(), id.place());
            if derived::is_derived(&table) {
                match derived::draft(&id, table, errors) {
                    Some(draft) => drafts.push(draft),
                    None => drop(measures.insert(id.value, None)),
                }
                continue;
            }
            let feed = |name: &Spanned<String>, errors: &mut Vec<Error>| feed(name, feeds, errors);
            let asking = standards.asked_by(&id.value);
            let read = measure::read::read(&id, table, feed, asking, errors);
            measures.insert(id.value, read);
        }
    }
    derived::resolve(drafts, &mut measures, errors);
    measures
}

/// The contract of a feed; what is wrong with one that is there was said when it was read.
fn feed<'a>(
    name: &Spanned<String>,
    feeds: &Feeds<'a>,
    errors: &mut Vec<Error>,
) -> Option<&'a Contract> {
    let found = feeds.read.get(&name.value);
    if found.is_none() && !(feeds.wrong)(&name.value) {
        let error = name.error(format!("there is no feed `{}`", name.value));
        errors.push(match nearest(&name.value, feeds.read.keys().map(String::as_str)) {
            Some(meant) => error.help(format!("did you mean `{meant}`?")),
            None => error.help(format!("add its contract, {}", contract_of(&name.value))),
        });
    }
    found
}

/// An indicator's id is its key everywhere, so it stands in one plan only.
fn repeated_ids(plans: &BTreeMap<String, super::Plan>, errors: &mut Vec<Error>) {
    let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
    for indicator in plans.values().flat_map(|plan| &plan.indicators) {
        if let Some(first) = seen.get(indicator.id.as_str()) {
            let said = format!("indicator `{}` is defined twice", indicator.id);
            let error = Error::definition(indicator.place.clone(), said);
            errors.push(error.help(format!("the other stands at {first}")));
        } else {
            seen.insert(&indicator.id, &indicator.place);
        }
    }
}
