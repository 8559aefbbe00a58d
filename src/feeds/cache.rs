//! The checked rows of a large feed, kept in the workspace so that a second run reads no delivered file.
//!
//! `.cache/<feed>/` holds the [rows](super::rows::file), with the columns that the definitions read and no
//! others; where checks or keys set some of them aside, one bit for each row that says which; and
//! `feed.json`: what became of every delivered row, and a fingerprint of everything that reading rests
//! on. Whatever is not exactly what it was is read anew; the folder can be deleted at any time.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::contract::Contract;
use super::deliveries::hexadecimal;
use super::rows::codes::Texts;
use super::rows::file::{Piece, RowFile};
use super::rows::set::RowSet;
use super::rows::{Kept, ROWS};
use super::{Coverage, Derived, Feed, Opened, Rows, files, log};
use crate::parallel;
use crate::quality::FeedQuality;

/// Raised whenever what is kept, or how, changes.
const FORM: u32 = 3;

/// Name of the file that says which rows are set aside.
const DEAD: &str = "set_aside.bits";

/// What is kept beside the rows.
#[derive(Debug, Serialize, Deserialize)]
struct About {
    fingerprint: String,
    /// Where the stretches of rows lie in their file.
    pieces: Vec<Piece>,
    /// SHA-256 of each.
    sha256: Vec<String>,
    /// What numbers stand for in them.
    texts: Texts,
    /// SHA-256 of what says which rows are set aside, where any are.
    set_aside: Option<String>,
    quality: FeedQuality,
    coverage: Coverage,
}

/// Where a feed is kept, and of what it is the reading.
#[derive(Debug)]
pub(super) struct Cache {
    folder: PathBuf,
    /// Of everything but the delivered files.
    definitions: Sha256,
    /// The delivered files, in order of their names.
    delivered: Vec<PathBuf>,
    /// How long they were and when they were changed, before they were read.
    stamps: Vec<Option<Stamp>>,
}

type Stamp = (u64, SystemTime);

impl Cache {
    /// The place of a feed's rows as the contract, the areas and the program are now; none where one of
    /// them cannot be read, which reading the feed will say.
    pub(super) fn of(
        contract: &Contract,
        root: &Path,
        columns: &BTreeSet<String>,
        program: &str,
    ) -> Option<Self> {
        let feed = root.join("data").join(&contract.id);
        let areas = root.join("indicators/areas");
        let named = files::delivered(&areas, &["*.csv".to_owned()]);
        let mut paths = vec![feed.join("feed.toml"), feed.join(log::NAME)];
        paths.retain(|path| path.exists());
        paths.extend(named.iter().map(|name| areas.join(name)));
        let mut definitions = Sha256::new();
        add(&mut definitions, &format!("{FORM} {program}"));
        for path in &paths {
            add(&mut definitions, &path.strip_prefix(root).unwrap_or(path).to_string_lossy());
            add(&mut definitions, &files::sha256(path)?);
        }
        for column in columns {
            add(&mut definitions, column);
        }
        let delivered = files::delivered(&feed, &contract.reading.files);
        let delivered: Vec<PathBuf> = delivered.iter().map(|name| feed.join(name)).collect();
        let folder = root.join(".cache").join(&contract.id);
        let stamps = delivered.iter().map(|path| stamp(path)).collect();
        Some(Self { folder, definitions, delivered, stamps })
    }

    /// The fingerprint where the delivered files have these hashes.
    fn fingerprint(&self, hashes: &[String]) -> String {
        let mut all = self.definitions.clone();
        for (path, hash) in self.delivered.iter().zip(hashes) {
            add(&mut all, &path.file_name().unwrap_or_default().to_string_lossy());
            add(&mut all, hash);
        }
        hexadecimal(&all.finalize())
    }

    /// The feed as it was kept; none where there is none, or it is of something else, or damaged.
    pub(super) fn read(&self, contract: &Contract, memory: u64) -> Option<Opened> {
        let about = std::fs::read(self.folder.join("feed.json")).ok()?;
        let about: About = serde_json::from_slice(&about).ok()?;
        let hashes = parallel::map(self.delivered.clone(), |path| files::sha256(&path));
        let hashes: Vec<String> = hashes.into_iter().collect::<Option<_>>()?;
        if about.fingerprint != self.fingerprint(&hashes) {
            return None;
        }
        let dead = match &about.set_aside {
            Some(hash) => {
                let bits = std::fs::read(self.folder.join(DEAD)).ok()?;
                (hexadecimal(&Sha256::digest(&bits)) == *hash).then_some(())?;
                Some(RowSet::from_bytes(bits))
            }
            None => None,
        };
        let rows =
            RowFile::open(&self.folder.join(ROWS), (about.pieces, about.texts), &about.sha256)?;
        let rows = Rows::kept(Kept { rows, beside: None, dead, folder: None }, memory);
        let About { quality, coverage, .. } = about;
        let (contract, derived) = (contract.clone(), Derived::default());
        let feed = Feed { contract, rows, quality: quality.clone(), coverage, derived };
        Some(Opened { feed: Some(feed), quality, problems: Vec::new() })
    }

    /// Keeps a feed that was read without a problem. What cannot be written is read again next time, and so
    /// is a file that was changed while it was read.
    pub(super) fn keep(&self, opened: &Opened) {
        let unchanged = || self.delivered.iter().map(|path| stamp(path)).eq(self.stamps.clone());
        if let (Some(feed), true) = (&opened.feed, opened.problems.is_empty())
            && unchanged()
        {
            let _ = self.fill(feed);
        }
    }

    fn fill(&self, feed: &Feed) -> Option<()> {
        let Kept { rows, dead, folder, .. } = feed.rows.file()?;
        let folder = folder.as_ref()?;
        let path = folder.path()?;
        if path.parent() != self.folder.parent() {
            return None;
        }
        let set_aside = match dead {
            Some(dead) => {
                std::fs::write(path.join(DEAD), dead.bytes()).ok()?;
                Some(hexadecimal(&Sha256::digest(dead.bytes())))
            }
            None => None,
        };
        let read: BTreeMap<&str, &String> = feed
            .quality
            .files
            .iter()
            .map(|file| (file.file.rsplit('/').next().unwrap_or_default(), &file.sha256))
            .collect();
        let hash = |path: &PathBuf| read.get(path.file_name()?.to_str()?).copied().cloned();
        let hashes: Vec<String> = self.delivered.iter().map(hash).collect::<Option<_>>()?;
        let about = About {
            fingerprint: self.fingerprint(&hashes),
            pieces: rows.pieces().to_vec(),
            sha256: rows.hashes()?,
            texts: rows.texts().clone(),
            set_aside,
            quality: without_examples(feed.quality.clone()),
            coverage: feed.coverage.clone(),
        };
        std::fs::write(path.join("feed.json"), serde_json::to_vec(&about).ok()?).ok()?;
        folder.keep(&self.folder).then_some(())
    }
}

fn add(all: &mut Sha256, text: &str) {
    all.update(text.len().to_le_bytes());
    all.update(text.as_bytes());
}

fn stamp(path: &Path) -> Option<Stamp> {
    let about = path.metadata().ok()?;
    Some((about.len(), about.modified().ok()?))
}

/// Texts at fault may be about a person.
fn without_examples(mut quality: FeedQuality) -> FeedQuality {
    for note in quality
        .files
        .iter_mut()
        .flat_map(|file| file.set_aside.iter_mut().chain(&mut file.warnings))
    {
        note.examples.clear();
    }
    quality
}
