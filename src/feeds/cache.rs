//! The checked rows of a large feed, kept in the workspace so that a second run reads no delivered file.
//!
//! `.cache/<feed>/` holds `rows.parquet`, with the columns that the definitions read and no others, and
//! `feed.json`: what became of every delivered row, and a fingerprint of everything that reading rests
//! on. Whatever is not exactly what it was is read anew; the folder can be deleted at any time.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

use polars::prelude::{
    Column, DataFrame, ParquetCompression, ParquetReader, ParquetWriter, PlSmallStr, SerReader,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::contract::Contract;
use super::deliveries::hexadecimal;
use super::{Coverage, Derived, Feed, Opened, Rows, files, log, marks};
use crate::parallel;
use crate::quality::FeedQuality;

/// Raised whenever what is kept, or how, changes.
const FORM: u32 = 1;

/// Rows that are written together.
const GROUP: usize = 1 << 18;

/// What is kept beside the rows.
#[derive(Debug, Serialize, Deserialize)]
struct Kept {
    fingerprint: String,
    /// Of the rows' file.
    sha256: String,
    quality: FeedQuality,
    coverage: Coverage,
}

/// Where a feed is kept, and of what it is the reading.
#[derive(Debug)]
pub(super) struct Cache {
    folder: PathBuf,
    fingerprint: String,
    /// SHA-256 of each delivered file.
    delivered: BTreeSet<String>,
}

impl Cache {
    /// The place of a feed's rows as the files, the contract, the areas and the program are now; none
    /// where a file cannot be read, which reading the feed will say.
    pub(super) fn of(
        contract: &Contract,
        root: &Path,
        columns: &BTreeSet<String>,
        program: &str,
    ) -> Option<Self> {
        let feed = root.join("data").join(&contract.id);
        let names = files::delivered(&feed, &contract.reading.files);
        let areas = root.join("indicators/areas");
        let definitions = files::delivered(&areas, &["*.csv".to_owned()]);
        let mut paths = vec![feed.join("feed.toml"), feed.join(log::NAME)];
        paths.retain(|path| path.exists());
        paths.extend(definitions.iter().map(|name| areas.join(name)));
        paths.extend(names.iter().map(|name| feed.join(name)));
        let hashes = parallel::map(paths.clone(), |path| files::sha256(&path));
        let mut all = Sha256::new();
        let mut add = |text: &str| {
            all.update(text.len().to_le_bytes());
            all.update(text.as_bytes());
        };
        add(&format!("{FORM} {program}"));
        let hashes: Vec<String> = hashes.into_iter().collect::<Option<_>>()?;
        for (path, hash) in paths.iter().zip(&hashes) {
            add(&path.strip_prefix(root).unwrap_or(path).to_string_lossy());
            add(hash);
        }
        for column in columns {
            add(column);
        }
        let folder = root.join(".cache").join(&contract.id);
        let delivered = hashes.into_iter().skip(paths.len() - names.len()).collect();
        Some(Self { folder, fingerprint: hexadecimal(&all.finalize()), delivered })
    }

    /// The feed as it was kept; none where there is none, or it is of something else, or damaged.
    pub(super) fn read(&self, contract: &Contract) -> Option<Opened> {
        let kept = std::fs::read(self.folder.join("feed.json")).ok()?;
        let kept: Kept = serde_json::from_slice(&kept).ok()?;
        let path = self.folder.join("rows.parquet");
        if kept.fingerprint != self.fingerprint || kept.sha256 != files::sha256(&path)? {
            return None;
        }
        let rows = Rows::held(ParquetReader::new(File::open(path).ok()?).finish().ok()?);
        let Kept { quality, coverage, .. } = kept;
        let (contract, derived) = (contract.clone(), Derived::default());
        let feed = Feed { contract, rows, quality: quality.clone(), coverage, derived };
        Some(Opened { feed: Some(feed), quality, problems: Vec::new() })
    }

    /// Keeps a feed that was read without a problem, of its columns only these. What cannot be written is
    /// read again next time, and so is a file that was changed before it was read.
    pub(super) fn write(&self, opened: &Opened, columns: &BTreeSet<String>) {
        let read = || opened.quality.files.iter().map(|file| file.sha256.clone()).collect();
        if let (Some(feed), true) = (&opened.feed, opened.problems.is_empty())
            && self.delivered == read()
        {
            let _ = self.keep(feed, columns);
        }
    }

    fn keep(&self, feed: &Feed, columns: &BTreeSet<String>) -> Option<()> {
        let making = self.folder.with_extension(format!("making-{}", std::process::id()));
        std::fs::create_dir_all(&making).ok()?;
        let made = self.fill(&making, feed, columns);
        let moved = made.and_then(|()| {
            let _ = std::fs::remove_dir_all(&self.folder);
            std::fs::rename(&making, &self.folder).ok()
        });
        let _ = std::fs::remove_dir_all(&making);
        moved
    }

    fn fill(&self, folder: &Path, feed: &Feed, columns: &BTreeSet<String>) -> Option<()> {
        let path = folder.join("rows.parquet");
        let mut rows = only(&feed.rows.whole().ok()?, columns)?;
        ParquetWriter::new(File::create(&path).ok()?)
            .with_compression(ParquetCompression::Snappy)
            .with_row_group_size(Some(GROUP))
            .finish(&mut rows)
            .ok()?;
        let kept = Kept {
            fingerprint: self.fingerprint.clone(),
            sha256: files::sha256(&path)?,
            quality: without_examples(feed.quality.clone()),
            coverage: feed.coverage.clone(),
        };
        std::fs::write(folder.join("feed.json"), serde_json::to_vec(&kept).ok()?).ok()
    }
}

/// The columns that are read, and what belongs to them.
fn only(rows: &DataFrame, columns: &BTreeSet<String>) -> Option<DataFrame> {
    let own = |column: &&Column| {
        let of = marks::base(column.name());
        of.is_empty() || of == "period" || columns.contains(of)
    };
    let names: Vec<PlSmallStr> =
        rows.columns().iter().filter(own).map(|column| column.name().clone()).collect();
    rows.select(names).ok()
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
