//! A file of rows: stretches of them, each a Parquet table of its own, one behind the other. A stretch is
//! read when it is asked for, of its columns only those that are asked for.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use polars::io::parquet::read::FileMetadata;
use polars::prelude::{
    DataFrame, ParallelStrategy, ParquetCompression, ParquetReader, ParquetWriter, PolarsError,
    PolarsResult, SerReader, StatisticsOptions,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::codes::{Numbers, Texts};
use crate::feeds::deliveries::hexadecimal;
use crate::parallel;

/// Where a stretch lies in the file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Piece {
    from: u64,
    bytes: usize,
    rows: usize,
}

/// A file of rows that is being written.
#[derive(Debug)]
pub(crate) struct Writing {
    file: File,
    pieces: Vec<Piece>,
    texts: Texts,
}

impl Writing {
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        let file = File::options().read(true).write(true).create_new(true).open(path)?;
        Ok(Self { file, pieces: Vec::new(), texts: Texts::default() })
    }

    /// Adds a stretch.
    pub(crate) fn add(&mut self, rows: &DataFrame) -> PolarsResult<()> {
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes)
            .with_compression(ParquetCompression::Snappy)
            .with_statistics(StatisticsOptions::empty())
            .with_row_group_size(Some(rows.height().max(1)))
            .finish(&mut self.texts.written(rows)?)?;
        let from = self.pieces.last().map_or(0, |piece| piece.from + piece.bytes as u64);
        self.file.seek(SeekFrom::Start(from))?;
        self.file.write_all(&bytes)?;
        self.pieces.push(Piece { from, bytes: bytes.len(), rows: rows.height() });
        Ok(())
    }

    /// How many stretches there are.
    pub(crate) fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Forgets all stretches but so many.
    pub(crate) fn truncate(&mut self, pieces: usize) {
        self.pieces.truncate(pieces);
    }

    pub(crate) fn finish(self) -> PolarsResult<RowFile> {
        let end = self.pieces.last().map_or(0, |piece| piece.from + piece.bytes as u64);
        self.file.set_len(end)?;
        RowFile::new(self.file, self.pieces, self.texts)
    }
}

/// A file of rows.
#[derive(Debug)]
pub(crate) struct RowFile {
    file: Mutex<File>,
    pieces: Vec<Piece>,
    /// What each stretch says of itself, once it was read.
    about: Vec<OnceLock<Arc<FileMetadata>>>,
    /// What its codes stand for.
    texts: Texts,
    numbers: Numbers,
    /// No row, with all columns.
    empty: DataFrame,
}

impl RowFile {
    fn new(file: File, pieces: Vec<Piece>, texts: Texts) -> PolarsResult<Self> {
        let about = pieces.iter().map(|_| OnceLock::new()).collect();
        let (file, empty, numbers) = (Mutex::new(file), DataFrame::default(), texts.numbers());
        let mut made = Self { file, pieces, about, texts, numbers, empty };
        let first = made.bytes(0)?;
        let empty = ParquetReader::new(Cursor::new(&first)).with_slice(Some((0, 0))).finish()?;
        made.empty = made.texts.read(empty.clear(), &made.numbers)?;
        Ok(made)
    }

    /// Opens a file; none where its stretches are not to the bit what they were, by their hashes.
    pub(crate) fn open(
        path: &Path,
        (pieces, texts): (Vec<Piece>, Texts),
        hashes: &[String],
    ) -> Option<Self> {
        let found = Self::new(File::open(path).ok()?, pieces, texts).ok()?;
        (found.hashes()? == hashes).then_some(found)
    }

    /// SHA-256 of each stretch.
    pub(crate) fn hashes(&self) -> Option<Vec<String>> {
        let hash = |at| Some(hexadecimal(&Sha256::digest(self.bytes(at).ok()?)));
        parallel::map((0..self.pieces.len()).collect(), hash).into_iter().collect()
    }

    pub(crate) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// What its codes stand for.
    pub(crate) fn texts(&self) -> &Texts {
        &self.texts
    }

    /// How many rows each stretch has.
    pub(crate) fn heights(&self) -> impl Iterator<Item = usize> {
        self.pieces.iter().map(|piece| piece.rows)
    }

    /// No row, with all columns.
    pub(crate) fn empty(&self) -> &DataFrame {
        &self.empty
    }

    fn bytes(&self, at: usize) -> PolarsResult<Vec<u8>> {
        let piece = self.pieces.get(at).ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        let mut bytes = vec![0; piece.bytes];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(piece.from))?;
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// Some columns of a stretch, all of which there are.
    pub(crate) fn read(&self, at: usize, names: Vec<String>) -> PolarsResult<DataFrame> {
        let known = self.about.get(at).and_then(OnceLock::get).cloned();
        let bytes = match &known {
            Some(about) => self.bytes_of(at, about, &names)?,
            None => self.bytes(at)?,
        };
        let mut reader = ParquetReader::new(Cursor::new(&bytes));
        if let Some(about) = known {
            reader.set_metadata(about);
        } else if let Some(known) = self.about.get(at) {
            let _ = known.set(reader.get_metadata()?.clone());
        }
        let reader = reader.read_parallel(ParallelStrategy::None).with_columns(Some(names));
        self.texts.read(reader.finish()?, &self.numbers)
    }

    /// The bytes of a stretch, as far as they are of some columns; the others are 0.
    fn bytes_of(&self, at: usize, about: &FileMetadata, names: &[String]) -> PolarsResult<Vec<u8>> {
        let gone = || PolarsError::from(io::Error::from(io::ErrorKind::UnexpectedEof));
        let piece = self.pieces.get(at).ok_or_else(gone)?;
        let mut bytes = vec![0; piece.bytes];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let groups = about.row_groups.iter();
        #[expect(clippy::redundant_closure_for_method_calls, reason = "its type has no name here")]
        for column in groups.flat_map(|group| group.parquet_columns()) {
            let name = column.descriptor().path_in_schema.first();
            if !name.is_some_and(|name| names.iter().any(|wanted| wanted == name.as_str())) {
                continue;
            }
            let range = column.byte_range();
            let own = usize::try_from(range.start).ok().zip(usize::try_from(range.end).ok());
            let own = own.and_then(|(from, to)| bytes.get_mut(from..to)).ok_or_else(gone)?;
            file.seek(SeekFrom::Start(piece.from + range.start))?;
            file.read_exact(own)?;
        }
        Ok(bytes)
    }
}
