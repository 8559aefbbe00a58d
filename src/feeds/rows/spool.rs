//! Rows as they are read, file after file: held, or written to a file.

use std::collections::BTreeSet;

use polars::prelude::{DataFrame, PlSmallStr, PolarsError, PolarsResult};

use super::file::Writing;
use super::folder::Folder;
use super::{Kept, Rows, STRETCH};
use crate::feeds::fault::Fault;
use crate::feeds::{How, Progress, marks};

/// Name of the file of what rows are settled by.
pub(super) const BESIDE: &str = "beside.parquets";

/// Where rows go that are read.
pub(crate) struct Spool<'a> {
    to: To<'a>,
    /// Told how far it is.
    how: How<'a>,
    progress: Progress<'a>,
}

enum To<'a> {
    Memory(Vec<DataFrame>),
    File(Box<Filing<'a>>),
}

/// Rows that are being written: what is read of them later in one file, and in another what they are
/// settled by, which goes then.
struct Filing<'a> {
    folder: Folder,
    rows: Writing,
    beside: Writing,
    /// The columns that are kept; all of them where it is not said.
    columns: Option<&'a BTreeSet<String>>,
    /// Too few for a stretch.
    waiting: Option<DataFrame>,
}

/// How far a spool was.
pub(crate) struct Mark {
    number: usize,
    waiting: Option<DataFrame>,
}

impl<'a> Spool<'a> {
    /// Holds rows.
    pub(crate) fn held() -> Self {
        Self { to: To::Memory(Vec::new()), how: How::default(), progress: Progress::default() }
    }

    /// Writes rows into a folder, of a feed of so many bytes.
    pub(crate) fn file(
        folder: Folder,
        columns: Option<&'a BTreeSet<String>>,
        how: How<'a>,
        progress: Progress<'a>,
    ) -> std::io::Result<Self> {
        let path = folder.path().unwrap_or_default();
        let filing = Filing {
            rows: Writing::create(&path.join(super::ROWS))?,
            beside: Writing::create(&path.join(BESIDE))?,
            folder,
            columns,
            waiting: None,
        };
        Ok(Self { to: To::File(Box::new(filing)), how, progress })
    }

    /// About how much memory may be used.
    pub(crate) fn memory(&self) -> u64 {
        self.how.memory
    }

    /// Adds rows.
    pub(crate) fn add(&mut self, rows: DataFrame) -> Result<(), Fault> {
        self.progress.rows += rows.height() as u64;
        match &mut self.to {
            To::Memory(frames) => frames.push(rows),
            To::File(filing) => filing.add(rows).map_err(cannot_write)?,
        }
        Ok(())
    }

    /// Tells that so many bytes more are read.
    pub(crate) fn told(&mut self, bytes: u64) {
        self.progress.read = (self.progress.read + bytes).min(self.progress.bytes);
        if let Some(tell) = self.how.progress {
            tell(&self.progress);
        }
    }

    /// How far it is.
    pub(crate) fn mark(&self) -> Mark {
        match &self.to {
            To::Memory(frames) => Mark { number: frames.len(), waiting: None },
            To::File(filing) => Mark { number: filing.rows.len(), waiting: filing.waiting.clone() },
        }
    }

    /// Forgets what came after a mark.
    pub(crate) fn back(&mut self, mark: Mark) {
        match &mut self.to {
            To::Memory(frames) => frames.truncate(mark.number),
            To::File(filing) => {
                filing.rows.truncate(mark.number);
                filing.beside.truncate(mark.number);
                filing.waiting = mark.waiting;
            }
        }
    }

    /// The frames of rows that are held.
    pub(crate) fn into_frames(self) -> Vec<DataFrame> {
        match self.to {
            To::Memory(frames) => frames,
            To::File(_) => Vec::new(),
        }
    }

    /// All rows, with the columns of a table without rows.
    pub(crate) fn finish(self, mut nothing: DataFrame) -> PolarsResult<Rows> {
        match self.to {
            To::Memory(frames) => {
                for frame in frames {
                    nothing.vstack_mut_owned(frame)?;
                }
                Ok(Rows::held(nothing))
            }
            To::File(filing) => filing.finish(&nothing, self.how.memory),
        }
    }
}

impl Filing<'_> {
    fn add(&mut self, rows: DataFrame) -> PolarsResult<()> {
        let mut all = match self.waiting.take() {
            Some(mut all) => {
                all.vstack_mut_owned(rows)?;
                all
            }
            None => rows,
        };
        while all.height() >= STRETCH {
            self.write(&all.slice(0, STRETCH))?;
            all = all.slice(i64::try_from(STRETCH).unwrap_or(i64::MAX), usize::MAX);
        }
        self.waiting = (all.height() > 0).then_some(all);
        Ok(())
    }

    fn write(&mut self, rows: &DataFrame) -> PolarsResult<()> {
        let (kept, others): (Vec<PlSmallStr>, Vec<PlSmallStr>) = rows
            .get_column_names()
            .into_iter()
            .cloned()
            .partition(|name| marks::is_kept(name, self.columns));
        self.rows.add(&rows.select(kept)?)?;
        self.beside.add(&rows.select(others)?)
    }

    fn finish(mut self, nothing: &DataFrame, memory: u64) -> PolarsResult<Rows> {
        let waiting = self.waiting.take();
        if waiting.is_some() || self.rows.len() == 0 {
            self.write(waiting.as_ref().unwrap_or(nothing))?;
        }
        let Self { folder, rows, beside, .. } = self;
        let beside = beside.finish()?;
        let beside = (beside.empty().width() > 0).then_some(beside);
        Ok(Rows::kept(
            Kept { rows: rows.finish()?, beside, dead: None, folder: Some(folder) },
            memory,
        ))
    }
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` gives it")]
fn cannot_write(error: PolarsError) -> Fault {
    Fault::new(format!("the rows read could not be written to disk: {error}"))
        .help("see that there is room under .cache of the workspace, or where TMPDIR points")
}
