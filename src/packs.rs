//! Packs: what a run writes for one plan.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::LazyLock;
use std::thread;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::charts::svg::{self, Drawing};
use crate::disclosure::released::{Indicator, Released, Rows};
use crate::disclosure::{self, Figure, Profile};
use crate::document::{Block, Document, data, monthly, sections};
use crate::error::{Error, Place};
use crate::indicators::Plan;
use crate::judgement::Finding;
use crate::parallel;
use crate::period::Month;
use crate::quality::RowSteps;
use crate::wording;
use crate::workspace::{Opened, Workspace};
use crate::writers::folder::File;
use crate::writers::{csv, html, parquet, png};

mod coded;
pub mod definition;
mod gather;
mod history;
mod said;
pub mod view;

pub use definition::{Pack, Section};
pub use said::said;

/// What is written besides the manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `pack.html`, and each chart as SVG.
    Html,
    /// Tables as CSV.
    Csv,
    /// Values as Parquet.
    Parquet,
    /// Each chart as PNG.
    Png,
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

/// Computes, judges and releases a plan, and composes its pack.
pub fn make(
    workspace: &Workspace,
    opened: &Opened,
    plan: &Plan,
    pack: &Pack,
    as_at: Month,
    formats: &[Format],
) -> Result<Made, Error> {
    let plan = &gather::asked(workspace, plan, pack);
    let (findings, mut problems) = workspace.assess(opened, plan, as_at);
    let rows = workspace.row_steps(opened, plan, as_at);
    let (released, found) =
        released(workspace, opened, plan, (&findings, &rows), pack.profile, as_at);
    problems.extend(found);
    let (shown, found) = gather::sections(workspace, opened, plan, pack, as_at);
    problems.extend(found);
    let shown = disclosure::release_sections(&shown, pack.profile);
    let mut files = Vec::new();
    if formats.contains(&Format::Html) || formats.contains(&Format::Png) {
        let document = if pack.sections.is_empty() {
            monthly::monthly(&released, &pack.title, &pack.reader)
        } else {
            sections::sections(&released, &shown, &pack.title, &pack.reader)
        };
        files.extend(shown_as(&document, formats)?);
    }
    let (values, findings) = (data::values(&released), data::findings(&released));
    if formats.contains(&Format::Csv) {
        for (name, frame) in [
            ("values", &values),
            ("findings", &findings),
            ("quality", &data::quality(&released)),
            ("actions", &data::actions(&released)),
            ("reconciliation", &data::reconciliation(&released)),
            ("views", &data::views(&released, &shown)),
        ] {
            let path = format!("data/{name}.csv");
            files.push(File { bytes: csv::csv(&path, frame)?, path });
        }
    }
    if formats.contains(&Format::Parquet) {
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
    let drawings: Vec<Drawing> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Chart(chart) => Some(Drawing::from(&**chart)),
            Block::Heatmap(heat) => Some(Drawing::from(&**heat)),
            Block::Distribution(bars) => Some(Drawing::from(&**bars)),
            _ => None,
        })
        .collect();
    let file = |drawing: Drawing| {
        let bytes = svg::standalone(drawing)?.into_bytes();
        Ok(File { path: format!("charts/{}.svg", drawing.id()), bytes })
    };
    parallel::map(drawings, file).into_iter().collect()
}

/// The page and its charts, in the formats asked for.
fn shown_as(document: &Document, formats: &[Format]) -> Result<Vec<File>, Error> {
    let page = || {
        let page = formats.contains(&Format::Html).then(|| html::html(document));
        page.map(|page| Ok(File { path: "pack.html".to_owned(), bytes: page?.into_bytes() }))
    };
    let (page, charts) = thread::scope(|scope| {
        let page = scope.spawn(page);
        let charts = charts(document);
        (page.join().unwrap_or_else(|panic| resume_unwind(panic)), charts)
    });
    let (page, charts) = (page.transpose()?, charts?);
    let mut files = Vec::new();
    if formats.contains(&Format::Png) {
        files.extend(
            parallel::map(charts.iter().collect(), picture)
                .into_iter()
                .collect::<Result<Vec<_>, _>>()?,
        );
    }
    if let Some(page) = page {
        files.push(page);
        files.extend(charts);
    }
    Ok(files)
}

/// The same chart as PNG.
fn picture(chart: &File) -> Result<File, Error> {
    let path = chart.path.replace(".svg", ".png");
    let bytes = png::png(&path, &String::from_utf8_lossy(&chart.bytes))?;
    Ok(File { path, bytes })
}

/// SHA-256 of the program, which is the same for every pack of a run.
static PROGRAM: LazyLock<Option<String>> =
    LazyLock::new(|| crate::feeds::sha256_of_file(&std::env::current_exe().ok()?));

/// SHA-256 of the program; none where it cannot be read. It takes a tenth of a second, once: whoever will
/// need it may ask for it beside other work.
pub fn program() -> Option<&'static str> {
    PROGRAM.as_deref()
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
    /// Rows left out "in the area" whose area is part of no plan, by code.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    nowhere: BTreeMap<&'a str, Option<u64>>,
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
        program_sha256: program().map(str::to_owned),
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
        nowhere: rows.nowhere.iter().map(|(code, rows)| (code.as_str(), whole(*rows))).collect(),
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
