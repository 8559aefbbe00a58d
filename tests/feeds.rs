//! Feeds: contracts, deliveries, and that every row is accounted for.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::{Path, PathBuf};

use concordat::area::Areas;
use concordat::definition::Source;
use concordat::error::Error;
use concordat::feeds::contract::Contract;
use concordat::feeds::{Opened, open};
use concordat::quality::{FeedQuality, FileQuality, Note};
use tempfile::TempDir;

mod accounting;
mod contracts;
mod damaged;
mod deliveries;
mod draft;
mod drift;
mod fuzz;
mod history;
mod large;
mod open_ends;
mod own;
mod parquet;
mod published;
mod quarantine;
mod real;
mod safety;
mod silence;
mod ugly;
mod unmapped;
mod wide;
mod workbook;
mod workbooks;

const EVENTS: &str = include_str!("cases/feeds/events.toml");

/// The areas that the cases name.
fn areas() -> Areas {
    let areas = "code,name,kind\n\
        Eng,England,country\n\
        RX9,East Midlands Ambulance Service,ambulance trust\n\
        RYC,East of England Ambulance Service,ambulance trust\n\
        RYE,South Central Ambulance Service,ambulance trust\n\
        RXM,Derbyshire Healthcare,trust\n\
        RHA,Nottinghamshire Healthcare,trust\n\
        RWR,Hertfordshire Partnership,trust\n\
        RT1,Cambridgeshire and Peterborough,trust\n\
        RNU,Oxford Health,trust\n\
        E23000018,Derbyshire,police force\n\
        E23000019,Nottinghamshire,police force\n";
    let (areas, errors) = Areas::read(
        &Source::new("areas.csv", areas),
        &Source::new("area_links.csv", "area,part_of,from,to\n"),
        &Source::new("area_names.csv", "spelling,kind,code\nDerbys,police force,E23000018\n"),
    );
    assert_eq!(errors, []);
    areas
}

/// A workspace with one feed, `feed`, and what lies in its folder.
struct Workspace {
    folder: TempDir,
}

impl Workspace {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        std::fs::create_dir_all(folder.path().join("data/feed")).unwrap();
        Self { folder }
    }

    fn deliver(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        std::fs::write(self.folder.path().join("data/feed").join(name), bytes).unwrap();
        self
    }

    fn open(&self, contract: &str) -> Opened {
        open(&contract_of(contract), self.folder.path(), &areas())
    }
}

fn contract_of(text: &str) -> Contract {
    let mut errors = Vec::new();
    let contract = Contract::parse("feed", &Source::new("data/feed/feed.toml", text), &mut errors);
    contract.unwrap_or_else(|| panic!("{errors:#?}"))
}

/// A contract with some of its words changed.
fn replaced(contract: &str, pairs: &[(String, String)]) -> String {
    let mut contract = contract.to_owned();
    for (from, to) in pairs {
        assert!(contract.contains(from), "the contract has no {from}");
        contract = contract.replace(from, to);
    }
    contract
}

/// A folder of the data handed to the project; `None`, with a word, where it is not there.
fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(folder);
    if !path.is_dir() {
        crate::skipped(&format!("no ../shared/data/{folder} beside the project"));
        return None;
    }
    Some(path)
}

/// A problem and, in brackets, what to do about it.
fn said_of(error: &Error) -> String {
    match &error.help {
        Some(help) => format!("{error} ({help})"),
        None => error.to_string(),
    }
}

/// What is said about the rows of each file, one line a note.
fn said(quality: &FeedQuality, notes: impl Fn(&FileQuality) -> &[Note]) -> Vec<String> {
    let mut said = Vec::new();
    for file in &quality.files {
        for note in notes(file) {
            let name = file.file.rsplit('/').next().unwrap_or_default();
            let lines: Vec<String> = note.lines.iter().map(ToString::to_string).collect();
            let column = note.column.as_ref().map_or(String::new(), |column| format!("{column}: "));
            let rows = if note.rows == note.lines.len() as u64 {
                String::new()
            } else {
                format!(" ({} rows)", note.rows)
            };
            let examples: Vec<String> = note.examples.iter().map(ToString::to_string).collect();
            let examples = if examples.is_empty() {
                String::new()
            } else {
                format!(": {}", examples.join(" | "))
            };
            let lines = lines.join(",");
            said.push(format!("{name}:{lines}: {column}{}{rows}{examples}", note.reason));
        }
    }
    said
}
