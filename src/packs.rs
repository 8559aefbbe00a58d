//! Packs: what a run writes for one plan.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::charts::svg;
use crate::definition::{Source, Spanned};
use crate::disclosure::released::{Indicator, Released, Rows};
use crate::disclosure::{self, Figure, Profile};
use crate::document::{Block, Document, data, monthly};
use crate::error::{Error, Place, nearest};
use crate::indicators::Plan;
use crate::judgement::Finding;
use crate::period::Month;
use crate::quality::RowSteps;
use crate::wording;
use crate::workspace::{Opened, Workspace};
use crate::writers::folder::File;
use crate::writers::{csv, html, parquet};

/// A pack's definition, `reports/<id>.toml`.
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
}

/// Which formats are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Formats {
    /// `pack.html` and the charts.
    pub html: bool,
    /// Tables as CSV.
    pub csv: bool,
    /// Values as Parquet.
    pub parquet: bool,
}

/// A pack, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its files.
    pub files: Vec<File>,
    /// What it says in one sentence.
    pub headline: String,
    /// Definitions that ask a feed for what it cannot give.
    pub problems: Vec<Error>,
}

/// The packs that are there, for who asked for another.
fn others(root: &Path, id: &str) -> String {
    let entries = std::fs::read_dir(root.join("reports")).into_iter().flatten();
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut packs: Vec<String> = names
        .filter_map(|name| Some(name.strip_suffix(".toml")?.to_owned()))
        .filter(|name| name != "profiles")
        .collect();
    packs.sort();
    match (nearest(id, packs.iter().map(String::as_str)), packs.as_slice()) {
        (Some(meant), _) => format!("did you mean `{meant}`?"),
        (None, []) => {
            "a pack is a file of `reports/`, and there is none: `concordat init` makes a \
                       workspace that has one"
                .to_owned()
        }
        (None, packs) => format!("the packs are: {}", packs.join(", ")),
    }
}

impl Pack {
    /// Reads the definition of a pack.
    pub fn load(root: &Path, id: &str) -> Result<Self, Error> {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
        let file = format!("reports/{id}.toml");
        if !id.chars().all(plain) {
            return Err(Error::run(
                Place::file("command line"),
                format!("`{id}` is no pack's name"),
            )
            .help("a pack is named as its file in `reports/`, without the ending"));
        }
        let text = std::fs::read_to_string(root.join(&file)).map_err(|_| {
            Error::run(Place::file(&file), format!("there is no pack `{id}`"))
                .help(others(root, id))
        })?;
        let source = Source::new(file.as_str(), text);
        let mut errors = Vec::new();
        let mut table = source.parse(&mut errors);
        let title = table.require::<String>("title", &mut errors);
        let reader = table.require::<String>("reader", &mut errors);
        let profile = table.require::<Spanned<String>>("profile", &mut errors);
        let profile = profile.and_then(|name| {
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
        });
        table.finish(&mut errors);
        match (title, reader, profile, errors.into_iter().next()) {
            (Some(title), Some(reader), Some(profile), None) => {
                Ok(Self { id: id.to_owned(), title, reader, profile })
            }
            (.., Some(error)) => Err(error),
            _ => Err(Error::definition(Place::file(file), "the pack is not complete")),
        }
    }
}

/// Computes, judges and releases a plan, and composes its pack.
pub fn make(
    workspace: &Workspace,
    opened: &Opened,
    plan: &Plan,
    pack: &Pack,
    as_at: Month,
    formats: Formats,
) -> Result<Made, Error> {
    let (findings, mut problems) = workspace.assess(opened, plan, as_at);
    let rows = workspace.row_steps(opened, plan, as_at);
    let (released, found) =
        released(workspace, opened, plan, (&findings, &rows), pack.profile, as_at);
    problems.extend(found);
    let mut files = Vec::new();
    if formats.html {
        let document = monthly::monthly(&released, &pack.title, &pack.reader);
        files.push(File {
            path: "pack.html".to_owned(),
            bytes: html::html(&document)?.into_bytes(),
        });
        files.extend(charts(&document)?);
    }
    let (values, findings) = (data::values(&released), data::findings(&released));
    if formats.csv {
        for (name, frame) in [
            ("values", &values),
            ("findings", &findings),
            ("quality", &data::quality(&released)),
            ("actions", &data::actions(&released)),
            ("reconciliation", &data::reconciliation(&released)),
        ] {
            let path = format!("data/{name}.csv");
            files.push(File { bytes: csv::csv(&path, frame)?, path });
        }
    }
    if formats.parquet {
        let path = "data/values.parquet".to_owned();
        files.push(File { bytes: parquet::parquet(&path, &values)?, path });
    }
    files.push(manifest(workspace, &released, pack)?);
    Ok(Made { files, headline: wording::pack::headline(&released), problems })
}

/// A plan's findings as a profile releases them, and what could not be compared.
fn released(
    workspace: &Workspace,
    opened: &Opened,
    plan: &Plan,
    (findings, rows): (&[Finding], &BTreeMap<String, Vec<RowSteps>>),
    profile: Profile,
    as_at: Month,
) -> (Released, Vec<Error>) {
    let wanted = workspace.feeds_of(plan);
    let feeds = opened
        .quality
        .iter()
        .filter(|(id, _)| wanted.contains(&id.as_str()))
        .map(|(id, quality)| (id.clone(), quality.clone()))
        .collect();
    let actions = workspace.judged_actions(plan, as_at);
    let (reconciled, found) = workspace.reconcile(opened, plan, as_at);
    let subject = disclosure::Subject {
        plan,
        measures: &workspace.catalogue.measures,
        areas: &workspace.areas,
        findings,
        rows,
        actions: &actions,
        reconciled: &reconciled,
        feeds: &feeds,
        notes: workspace.catalogue.notes.get(&(plan.id.clone(), as_at)),
        as_at,
    };
    (disclosure::release(&subject, profile), found)
}

/// Each chart as a file of its own.
fn charts(document: &Document) -> Result<Vec<File>, Error> {
    document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Chart(chart) => Some(chart),
            _ => None,
        })
        .map(|chart| {
            let bytes = svg::standalone(chart)?.into_bytes();
            Ok(File { path: format!("charts/{}.svg", chart.id), bytes })
        })
        .collect()
}

/// What a run was made from.
#[derive(Debug, Serialize)]
struct Manifest<'a> {
    program: &'a str,
    version: &'a str,
    program_sha256: Option<String>,
    plan: &'a str,
    pack: &'a str,
    profile: &'a str,
    as_at: Month,
    settings: BTreeMap<&'a str, &'a str>,
    definitions: BTreeMap<String, String>,
    feeds: BTreeMap<&'a str, Vec<Input<'a>>>,
    rows: BTreeMap<&'a str, Vec<Counted<'a>>>,
}

/// Rows of an indicator's feed by the step they stopped at, over the whole calendar.
#[derive(Debug, Serialize)]
struct Counted<'a> {
    measure: &'a str,
    feed: &'a str,
    steps: Vec<Step<'a>>,
    rows: Option<u64>,
}

/// Rows that stopped at one step.
#[derive(Debug, Serialize)]
struct Step<'a> {
    name: &'a str,
    left_out: Option<u64>,
    unknown: Option<u64>,
}

/// One delivered file.
#[derive(Debug, Serialize)]
struct Input<'a> {
    file: &'a str,
    sha256: &'a str,
    rows_read: Option<u64>,
    rows_used: Option<u64>,
    rows_set_aside: Option<u64>,
}

fn manifest(workspace: &Workspace, released: &Released, pack: &Pack) -> Result<File, Error> {
    let feeds = released.feeds.iter().map(|feed| {
        let inputs = feed.files.iter().map(|file| Input {
            file: &file.path,
            sha256: &file.sha256,
            rows_read: whole(file.read),
            rows_used: whole(file.used),
            rows_set_aside: whole(file.set_aside),
        });
        (feed.id.as_str(), inputs.collect())
    });
    let manifest = Manifest {
        program: "concordat",
        version: env!("CARGO_PKG_VERSION"),
        program_sha256: std::env::current_exe()
            .and_then(std::fs::read)
            .ok()
            .map(|bytes| sha256(&bytes)),
        plan: &released.plan,
        pack: &pack.id,
        profile: released.profile,
        as_at: released.as_at,
        settings: BTreeMap::from([
            ("chart", "by the table of charts K1 to K7, unless the plan says otherwise"),
            ("screening", "moving ranges above 3.267 times their mean left out once"),
            ("runs", "7"),
            ("two in three", "between two and three sigma (NHSRplotthedots 0.2.2)"),
        ]),
        definitions: workspace.definitions()?,
        feeds: feeds.collect(),
        rows: released.indicators.iter().filter_map(counted).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&manifest).map_err(|error| {
        Error::run(Place::file("manifest.json"), format!("could not be written: {error}"))
    })?;
    bytes.push(b'\n');
    Ok(File { path: "data/manifest.json".to_owned(), bytes })
}

fn counted(indicator: &Indicator) -> Option<(&str, Vec<Counted<'_>>)> {
    let all: Vec<_> = indicator.rows.iter().map(of_measure).collect();
    (!all.is_empty()).then_some((indicator.id.as_str(), all))
}

fn of_measure(rows: &Rows) -> Counted<'_> {
    let steps = rows.steps.iter().map(|(step, left_out, unknown)| Step {
        name: step,
        left_out: whole(*left_out),
        unknown: whole(*unknown),
    });
    Counted {
        measure: &rows.measure,
        feed: &rows.feed,
        steps: steps.collect(),
        rows: whole(rows.counted),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "released row counts")]
fn whole(figure: Figure) -> Option<u64> {
    figure.shown().map(|rows| rows as u64)
}

/// SHA-256 in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16);
    digest.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).flatten().collect()
}
