//! The rows of a feed, some at a time.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use polars::prelude::{Column, DataFrame, IdxCa, IdxSize, PolarsResult};

use crate::parallel;

pub(crate) mod codes;
pub(crate) mod file;
pub(crate) mod folder;
pub(crate) mod set;
pub(crate) mod spool;

use file::RowFile;
use folder::Folder;
use set::RowSet;

/// How many rows a stretch has at most.
const STRETCH: usize = 1 << 17;

/// Name of the file of rows in its folder.
pub(super) const ROWS: &str = "rows.parquets";

/// The used rows of a feed, in order; columns are those of [`Feed`](super::Feed).
///
/// Small feeds are held in memory. Of others a stretch is read from a file when it is asked for; the file is
/// of this process alone, or nobody changes it.
#[derive(Debug, Clone)]
pub struct Rows {
    lie: Lie,
    stretches: Vec<Stretch>,
    /// Columns that have done their work.
    hidden: BTreeSet<String>,
    /// About how many bytes of memory work on them may take.
    memory: u64,
}

/// Some rows that stand next to each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stretch {
    /// Which of those in the file.
    at: usize,
    /// Their positions among all rows.
    pub rows: Range<usize>,
}

#[derive(Debug, Clone)]
enum Lie {
    Held(DataFrame),
    Kept(Arc<Kept>),
}

/// Rows in a file.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) rows: RowFile,
    /// Further columns of the same rows.
    pub(crate) beside: Option<RowFile>,
    /// The rows that were set aside after they were written.
    pub(crate) dead: Option<RowSet>,
    /// What goes with the last who reads them.
    pub(crate) folder: Option<Folder>,
}

impl Rows {
    /// Rows that are held in memory.
    pub fn held(rows: DataFrame) -> Self {
        let height = rows.height();
        let starts = (0..height).step_by(STRETCH).enumerate();
        let stretch = |(at, start)| Stretch { at, rows: start..height.min(start + STRETCH) };
        let stretches = starts.map(stretch).collect();
        Self { lie: Lie::Held(rows), stretches, hidden: BTreeSet::new(), memory: u64::MAX }
    }

    /// Rows that lie in a file.
    pub(crate) fn kept(kept: Kept, memory: u64) -> Self {
        let (mut stretches, mut from, mut rows) = (Vec::new(), 0, 0);
        for (at, height) in kept.rows.heights().enumerate() {
            let dead = kept.dead.as_ref().map_or(0, |dead| dead.among(&(from..from + height)));
            from += height;
            if height > dead {
                stretches.push(Stretch { at, rows: rows..rows + height - dead });
                rows += height - dead;
            }
        }
        Self { lie: Lie::Kept(Arc::new(kept)), stretches, hidden: BTreeSet::new(), memory }
    }

    /// How many rows there are.
    pub fn height(&self) -> usize {
        self.stretches.last().map_or(0, |stretch| stretch.rows.end)
    }

    /// How many times work that needs so many bytes a row has to go over the rows, each time for a share of
    /// them, so that it takes a quarter of the memory that may be used.
    pub fn rounds(&self, bytes: usize) -> u64 {
        let all = (self.height() as u64).saturating_mul(bytes as u64);
        all.div_ceil((self.memory / 4).max(1)).max(1)
    }

    /// Whether there is a column.
    pub fn has(&self, column: &str) -> bool {
        self.names().iter().any(|name| name == column)
    }

    /// The names of the columns.
    pub fn names(&self) -> Vec<String> {
        let mut names = match &self.lie {
            Lie::Held(rows) => names(rows),
            Lie::Kept(kept) => {
                let beside = kept.beside.iter().flat_map(|file| names(file.empty()));
                names(kept.rows.empty()).into_iter().chain(beside).collect()
            }
        };
        names.retain(|name| !self.hidden.contains(name));
        names
    }

    /// All rows, in stretches in their order.
    pub fn stretches(&self) -> Vec<Stretch> {
        self.stretches.clone()
    }

    /// The rows of a stretch: all columns, or of the named ones those that there are. At least one
    /// column, so that the rows can be counted.
    pub fn read(&self, stretch: &Stretch, columns: Option<&[&str]>) -> PolarsResult<DataFrame> {
        let names = self.among(columns);
        match &self.lie {
            Lie::Held(rows) => {
                let from = i64::try_from(stretch.rows.start).unwrap_or(i64::MAX);
                rows.slice(from, stretch.rows.len()).select(names)
            }
            Lie::Kept(kept) => kept.read(stretch.at, &names),
        }
    }

    /// No row, with some of the columns.
    pub fn none(&self, columns: Option<&[&str]>) -> PolarsResult<DataFrame> {
        let names = self.among(columns);
        match &self.lie {
            Lie::Held(rows) => rows.clear().select(names),
            Lie::Kept(kept) => {
                let mut empty = kept.rows.empty().clone();
                if let Some(beside) = &kept.beside {
                    empty.hstack_mut(beside.empty().columns())?;
                }
                empty.select(names)
            }
        }
    }

    /// Some columns of all rows, of those that there are.
    pub fn columns(&self, names: &[&str]) -> PolarsResult<DataFrame> {
        self.all(Some(names))
    }

    /// A column of all rows.
    pub fn column(&self, name: &str) -> PolarsResult<Column> {
        self.all(Some(&[name]))?.column(name).cloned()
    }

    /// All rows in one table: for feeds that are known to be small.
    pub fn whole(&self) -> PolarsResult<DataFrame> {
        self.all(None)
    }

    fn all(&self, columns: Option<&[&str]>) -> PolarsResult<DataFrame> {
        if let Lie::Held(rows) = &self.lie {
            return rows.select(self.among(columns));
        }
        let mut all = self.none(columns)?;
        let read = |stretch| self.read(&stretch, columns);
        parallel::in_order(self.stretches(), read, |rows| {
            all.vstack_mut_owned(rows)?;
            Ok::<(), polars::prelude::PolarsError>(())
        })?;
        all.rechunk_mut();
        Ok(all)
    }

    /// Some rows, by their positions in ascending order.
    pub(crate) fn take(&self, rows: &[usize], columns: Option<&[&str]>) -> PolarsResult<DataFrame> {
        let own = |stretch: &Stretch| {
            let from = rows.partition_point(|row| *row < stretch.rows.start);
            let to = rows.partition_point(|row| *row < stretch.rows.end);
            rows.get(from..to).unwrap_or_default()
        };
        let wanted = self.stretches().into_iter().filter(|stretch| !own(stretch).is_empty());
        let read = |stretch: Stretch| {
            let at = own(&stretch).iter().map(|row| row - stretch.rows.start);
            let at = at.filter_map(|row| IdxSize::try_from(row).ok()).collect();
            self.read(&stretch, columns)?.take(&IdxCa::from_vec("".into(), at))
        };
        let mut all = self.none(columns)?;
        parallel::in_order(wanted.collect::<Vec<_>>(), read, |some| {
            all.vstack_mut_owned(some)?;
            Ok::<(), polars::prelude::PolarsError>(())
        })?;
        all.rechunk_mut();
        Ok(all)
    }

    /// Takes columns away.
    pub(crate) fn hide(&mut self, columns: impl IntoIterator<Item = String>) {
        self.hidden.extend(columns);
    }

    /// Leaves out rows, by their positions.
    pub(crate) fn without(self, dead: RowSet) -> PolarsResult<Self> {
        if dead.is_empty() {
            return Ok(self);
        }
        let Self { lie, hidden, memory, .. } = self;
        let rows = match lie {
            Lie::Held(rows) => {
                let mut held = Self::held(rows.filter(&dead.others(&(0..rows.height())))?);
                held.memory = memory;
                held
            }
            Lie::Kept(kept) => {
                let kept = Arc::into_inner(kept).ok_or_else(in_use)?;
                Self::kept(Kept { dead: Some(dead), ..kept }, memory)
            }
        };
        Ok(Self { hidden, ..rows })
    }

    /// Forgets what was written beside the rows.
    pub(crate) fn alone(mut self) -> PolarsResult<Self> {
        if let Lie::Kept(kept) = self.lie {
            let kept = Arc::into_inner(kept).ok_or_else(in_use)?;
            if let Some(folder) = kept.folder.as_ref().and_then(Folder::path) {
                let _ = std::fs::remove_file(folder.join(spool::BESIDE));
            }
            self.lie = Lie::Kept(Arc::new(Kept { beside: None, ..kept }));
        }
        Ok(self)
    }

    /// Where they lie, if in a file.
    pub(crate) fn file(&self) -> Option<&Kept> {
        match &self.lie {
            Lie::Held(_) => None,
            Lie::Kept(kept) => Some(kept),
        }
    }

    /// Of some names those of columns; any column where none is.
    fn among(&self, names: Option<&[&str]>) -> Vec<String> {
        let mut all = self.names();
        let Some(names) = names else { return all };
        if all.iter().any(|name| names.contains(&name.as_str())) {
            all.retain(|name| names.contains(&name.as_str()));
            return all;
        }
        let any = all.iter().position(|name| name == "@line").unwrap_or(0);
        all.into_iter().skip(any).take(1).collect()
    }
}

fn names(rows: &DataFrame) -> Vec<String> {
    rows.get_column_names().into_iter().map(ToString::to_string).collect()
}

fn in_use() -> polars::prelude::PolarsError {
    std::io::Error::other("rows were still read while they were settled").into()
}

impl Kept {
    /// Some columns of a stretch, without the rows that were set aside.
    fn read(&self, at: usize, names: &[String]) -> PolarsResult<DataFrame> {
        let of = |file: &RowFile| -> Vec<String> {
            let has = |name: &&String| file.empty().schema().contains(name.as_str());
            names.iter().filter(has).cloned().collect()
        };
        let beside = self.beside.as_ref().map(|file| (file, of(file)));
        let beside = beside.filter(|(_, names)| !names.is_empty());
        let own = of(&self.rows);
        let mut rows = match (own.is_empty(), beside) {
            (false, None) => self.rows.read(at, own)?,
            (_, Some((file, names))) => {
                let mut rows = file.read(at, names)?;
                if !own.is_empty() {
                    rows.hstack_mut(self.rows.read(at, own)?.columns())?;
                }
                rows
            }
            (true, None) => DataFrame::empty(),
        };
        if let Some(dead) = &self.dead {
            let heights: Vec<usize> = self.rows.heights().take(at + 1).collect();
            let to: usize = heights.iter().sum();
            let own = to - heights.last().copied().unwrap_or_default()..to;
            if dead.among(&own) > 0 {
                rows = rows.filter(&dead.others(&own))?;
            }
        }
        rows.rechunk_mut();
        Ok(rows)
    }
}
