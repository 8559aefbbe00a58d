//! Deliveries: one file a financial year, with the disorder that real ones have.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use csv::{Terminator, Writer, WriterBuilder};

use super::Written;
use super::clock::financial_year;
use super::dice::Dice;
use crate::error::{Error, Place};

/// What a feed's files look like.
#[derive(Debug)]
pub(super) struct Shape {
    /// The feed's id: its folder, and the beginning of its files' names.
    pub(super) feed: &'static str,
    /// Each column's headings: the one used up to 2015-16, and the later one where it changed.
    pub(super) headings: &'static [&'static [&'static str]],
    /// Columns with a time that may be missing or badly written.
    pub(super) times: &'static [usize],
    /// Column with an age, which may be unknown.
    pub(super) age: Option<usize>,
    /// Column that is blank while a row is unfinished: its end.
    pub(super) end: usize,
}

/// The files of one feed, written one after another.
#[derive(Debug)]
pub(super) struct Delivery {
    shape: &'static Shape,
    out: PathBuf,
    open: Option<(i32, Writer<BufWriter<File>>)>,
    /// Rows that the next file brings, completed or corrected.
    later: Vec<Vec<String>>,
    written: Vec<Written>,
}

/// Which of a column's headings and spellings a financial year uses: they changed in April 2016.
fn variant(year: i32, variants: usize) -> usize {
    usize::from(year >= 2016 && variants > 1)
}

/// A code as it is spelt in the files of a month; one in fifty is spelt in another known way.
pub(super) fn spelt(spellings: &[&'static str], when: i32, dice: &mut Dice) -> String {
    let place = if dice.chance(200) {
        dice.index(spellings.len())
    } else {
        variant(financial_year(when), spellings.len())
    };
    spellings.get(place).copied().unwrap_or_default().to_owned()
}

/// `Y` or `N`, since April 2017 sometimes in full.
pub(super) fn flag(yes: bool, when: i32, dice: &mut Dice) -> String {
    let full = financial_year(when) >= 2017 && dice.chance(300);
    match (yes, full) {
        (true, false) => "Y",
        (true, true) => "Yes",
        (false, false) => "N",
        (false, true) => "No",
    }
    .to_owned()
}

/// Errors of writing, with the file they happened on.
fn cannot_write(path: &Path) -> impl Fn(String) -> Error {
    let place = Place::file(path.to_string_lossy().replace('\\', "/"));
    move |why| {
        Error::run(place.clone(), format!("cannot be written: {why}"))
            .help("check that the folder exists and has room")
    }
}

impl Delivery {
    /// Files of this shape in the feed's folder under `out`, which is made.
    pub(super) fn new(shape: &'static Shape, out: &Path) -> Result<Self, Error> {
        let folder = out.join(shape.feed);
        std::fs::create_dir_all(&folder)
            .map_err(|error| cannot_write(&folder)(error.to_string()))?;
        Ok(Self { shape, out: out.to_owned(), open: None, later: Vec::new(), written: Vec::new() })
    }

    /// Writes a row with the disorder of its kind: a missing or bad time, an unknown age, a copy,
    /// or an unfinished first version that a later row or file completes.
    pub(super) fn push(
        &mut self,
        when: i32,
        mut row: Vec<String>,
        dice: &mut Dice,
    ) -> Result<(), Error> {
        self.disorder(&mut row, dice);
        let fate = dice.below(10_000);
        if fate < 60 {
            let mut first = row.clone();
            first[self.shape.end].clear();
            self.plain(when, &first)?;
            if fate < 5 {
                return self.plain(when, &row);
            }
            self.later.push(row);
            return Ok(());
        }
        self.plain(when, &row)?;
        if fate < 90 {
            self.plain(when, &row)?;
        }
        Ok(())
    }

    /// Writes a row as it is.
    pub(super) fn plain(&mut self, when: i32, row: &[String]) -> Result<(), Error> {
        let year = financial_year(when);
        if self.open.as_ref().is_none_or(|(open, _)| *open != year) {
            self.close()?;
            self.start(year)?;
        }
        self.write(year, row.iter().map(String::as_str).collect())
    }

    /// Keeps a row for the next file.
    pub(super) fn push_later(&mut self, row: Vec<String>) {
        self.later.push(row);
    }

    /// Closes the last file and tells what was written. Rows still waiting are not delivered.
    pub(super) fn finish(mut self) -> Result<Vec<Written>, Error> {
        self.close()?;
        Ok(self.written)
    }

    fn disorder(&self, row: &mut [String], dice: &mut Dice) {
        for &column in self.shape.times {
            if dice.chance(120) {
                row[column].clear();
            }
        }
        if dice.chance(50) && !self.shape.times.is_empty() {
            let column = self.shape.times[dice.index(self.shape.times.len())];
            let cut = row[column].len().min(10);
            row[column].truncate(cut); // a date without a time of day
        }
        if dice.chance(10) && !self.shape.times.is_empty() {
            let column = self.shape.times[dice.index(self.shape.times.len())];
            if let Some(rest) = row[column].get(5..).map(str::to_owned) {
                row[column] = format!("31/02{rest}"); // no such day
            }
        }
        if let Some(age) = self.shape.age {
            match dice.below(10_000) {
                0..120 => "NK".clone_into(&mut row[age]),
                120..160 => row[age].clear(),
                _ => {}
            }
        }
    }

    fn start(&mut self, year: i32) -> Result<(), Error> {
        let name = format!("{0}/{0}-{1}-{2:02}.csv", self.shape.feed, year, (year + 1) % 100);
        let path = self.out.join(&name);
        let failed = cannot_write(&path);
        let mut file =
            BufWriter::new(File::create(&path).map_err(|error| failed(error.to_string()))?);
        let marked = self.shape.feed == "s136" && year == 2015;
        if marked {
            file.write_all("\u{feff}".as_bytes()).map_err(|error| failed(error.to_string()))?;
        }
        let windows = self.shape.feed == "s136" && year == 2016;
        let ending = if windows { Terminator::CRLF } else { Terminator::Any(b'\n') };
        let writer = WriterBuilder::new().terminator(ending).from_writer(file);
        self.open = Some((year, writer));
        let headings: Vec<&str> =
            self.shape.headings.iter().map(|names| names[variant(year, names.len())]).collect();
        self.written.push(Written { file: name, rows: 0 });
        self.record(year, headings)?;
        for row in std::mem::take(&mut self.later) {
            self.write(year, row.iter().map(String::as_str).collect())?;
        }
        Ok(())
    }

    fn write(&mut self, year: i32, row: Vec<&str>) -> Result<(), Error> {
        self.record(year, row)?;
        if let Some(written) = self.written.last_mut() {
            written.rows += 1;
        }
        Ok(())
    }

    /// A line of the open file; from 2018-19 the last column comes first.
    fn record(&mut self, year: i32, mut fields: Vec<&str>) -> Result<(), Error> {
        if year >= 2018 {
            fields.rotate_right(1);
        }
        let Some((_, writer)) = &mut self.open else { return Ok(()) };
        writer
            .write_record(&fields)
            .map_err(|error| cannot_write(&self.out.join(self.shape.feed))(error.to_string()))
    }

    fn close(&mut self) -> Result<(), Error> {
        let Some((_, mut writer)) = self.open.take() else { return Ok(()) };
        writer
            .flush()
            .map_err(|error| cannot_write(&self.out.join(self.shape.feed))(error.to_string()))
    }
}
