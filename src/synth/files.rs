//! The files of the feeds, one or more a financial year.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::Written;
use super::delivery::{Lines, Page, Shape};
use crate::error::{Error, Place};

/// Most bytes of a file, beyond which the year goes on in another: half of what is read of one
/// (`feeds/limits.rs`).
const MOST_BYTES: u64 = 1 << 30;

/// The folder in which files are written until all of them are whole.
const ASIDE: &str = ".synth.new";

/// That folder, which goes when this is dropped, with all that is still in it.
#[derive(Debug)]
pub(super) struct Aside(PathBuf);

impl Aside {
    /// An empty one in `out`, which is made; what an interrupted run left in it goes.
    pub(super) fn new(out: &Path) -> Result<Self, Error> {
        let folder = out.join(ASIDE);
        let emptied = if folder.exists() { fs::remove_dir_all(&folder) } else { Ok(()) };
        emptied
            .and_then(|()| fs::create_dir_all(&folder))
            .map_err(|error| cannot_write(out, &error))?;
        Ok(Self(folder))
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // what is left is not read as a feed, and goes at the start of the next run
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The files of one feed.
#[derive(Debug)]
pub(super) struct Delivery {
    shape: &'static Shape,
    out: PathBuf,
    most: u64,
    years: BTreeMap<i32, Year>,
    /// The last year that has rows of its own; what waits for the one after is not delivered.
    last: i32,
}

impl Delivery {
    /// Files of this shape, to be delivered into the feed's folder in `out`, which is made.
    pub(super) fn new(shape: &'static Shape, out: &Path) -> Result<Self, Error> {
        for folder in [out.join(shape.feed), out.join(ASIDE).join(shape.feed)] {
            fs::create_dir_all(&folder).map_err(|error| cannot_write(&folder, &error))?;
        }
        let years = BTreeMap::new();
        Ok(Self { shape, out: out.to_owned(), most: MOST_BYTES, years, last: i32::MIN })
    }

    /// Whether a page is of this feed.
    pub(super) fn is_of(&self, page: &Page) -> bool {
        self.shape.feed == page.shape.feed
    }

    /// Writes a page; pages come in the order of their months.
    pub(super) fn take(&mut self, page: &Page) -> Result<(), Error> {
        if page.now.rows > 0 {
            for (_, before) in self.years.range_mut(..page.year) {
                before.close(&self.out)?;
            }
            self.last = page.year;
            self.write(page.year, &page.now)?;
        }
        if page.later.rows > 0 {
            self.write(page.year + 1, &page.later)?;
        }
        Ok(())
    }

    /// Brings the last files to their end.
    pub(super) fn close(&mut self) -> Result<(), Error> {
        self.years.values_mut().try_for_each(|year| year.close(&self.out))
    }

    /// Puts the files into the feed's folder, in the place of an earlier run's, and tells them. A
    /// year's further files of an earlier run go: they would be read with these.
    pub(super) fn deliver(self) -> Result<Vec<Written>, Error> {
        let mut delivered = Vec::new();
        for (year, Year { files, .. }) in self.years.into_iter().filter(|(at, _)| *at <= self.last)
        {
            let mut further = files.len() + 1;
            for written in files {
                let path = self.out.join(&written.file);
                fs::rename(self.out.join(ASIDE).join(&written.file), &path)
                    .map_err(|error| cannot_write(&path, &error))?;
                delivered.push(written);
            }
            while remove(&self.out.join(name(self.shape.feed, year, further)))? {
                further += 1;
            }
        }
        Ok(delivered)
    }

    fn write(&mut self, year: i32, lines: &Lines) -> Result<(), Error> {
        let files = self.years.entry(year).or_default();
        if files.open.is_none() || files.bytes + length(&lines.text) > self.most {
            let part = files.files.len() + 1;
            files.begin(&self.out, name(self.shape.feed, year, part))?;
            files.write(&self.out, &self.shape.beginning(year), 0)?;
        }
        files.write(&self.out, &lines.text, lines.rows)
    }
}

/// The files of a financial year, of which the last may be open, with so many bytes.
#[derive(Debug, Default)]
struct Year {
    files: Vec<Written>,
    open: Option<BufWriter<File>>,
    bytes: u64,
}

impl Year {
    fn begin(&mut self, out: &Path, file: String) -> Result<(), Error> {
        self.close(out)?;
        let made = File::create(out.join(ASIDE).join(&file))
            .map_err(|error| cannot_write(&out.join(&file), &error))?;
        self.open = Some(BufWriter::new(made));
        self.bytes = 0;
        self.files.push(Written { file, rows: 0 });
        Ok(())
    }

    fn write(&mut self, out: &Path, text: &[u8], rows: u64) -> Result<(), Error> {
        let (Some(open), Some(written)) = (&mut self.open, self.files.last_mut()) else {
            return Ok(());
        };
        self.bytes += length(text);
        written.rows += rows;
        open.write_all(text).map_err(|error| cannot_write(&out.join(&written.file), &error))
    }

    fn close(&mut self, out: &Path) -> Result<(), Error> {
        let (Some(mut open), Some(written)) = (self.open.take(), self.files.last()) else {
            return Ok(());
        };
        open.flush().map_err(|error| cannot_write(&out.join(&written.file), &error))
    }
}

/// A file in the feed's folder: a part, from 1, of a year. Its name sorts behind those before.
fn name(feed: &str, year: i32, part: usize) -> String {
    let further = if part > 1 { format!("_{part:02}") } else { String::new() };
    format!("{feed}/{feed}-{year}-{:02}{further}.csv", (year + 1) % 100)
}

fn length(text: &[u8]) -> u64 {
    u64::try_from(text.len()).unwrap_or(u64::MAX)
}

/// Whether the file was there.
fn remove(path: &Path) -> Result<bool, Error> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(cannot_write(path, &error)),
    }
}

fn cannot_write(path: &Path, error: &io::Error) -> Error {
    let place = Place::file(path.to_string_lossy().replace('\\', "/"));
    Error::run(place, format!("cannot be written: {error}"))
        .help("check that the folder can be written to and that the disk has room")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::synth::custody::SHAPE;
    use crate::synth::field::Field;

    /// A page of a month, counted from January 2014, with rows that begin with these numbers.
    fn page(when: i32, now: &[u64], later: &[u64]) -> Page {
        let row = |number: u64| {
            let mut row = vec![Field::Word("x"); SHAPE.headings.len()];
            row[0] = Field::number("", 1, number);
            row
        };
        let mut page = Page::new(&SHAPE, when);
        for number in now {
            page.now.add(&row(*number));
        }
        for number in later {
            page.later.add(&row(*number));
        }
        page
    }

    /// Name, numbers and rows told of each file that is delivered.
    fn delivered(out: &Path, most: u64, pages: &[Page]) -> Vec<(String, Vec<String>, u64)> {
        let _aside = Aside::new(out).unwrap();
        let mut delivery = Delivery::new(&SHAPE, out).unwrap();
        delivery.most = most;
        pages.iter().try_for_each(|page| delivery.take(page)).unwrap();
        delivery.close().unwrap();
        let read = |written: Written| {
            let numbers = csv::Reader::from_path(out.join(&written.file)).unwrap().into_records();
            let numbers = numbers.map(|row| row.unwrap()[0].to_owned()).collect();
            (written.file, numbers, written.rows)
        };
        delivery.deliver().unwrap().into_iter().map(read).collect()
    }

    fn file(name: &str, numbers: &[&str]) -> (String, Vec<String>, u64) {
        let rows = u64::try_from(numbers.len()).unwrap();
        let numbers = numbers.iter().map(|number| (*number).to_owned()).collect();
        (format!("custody/custody-{name}.csv"), numbers, rows)
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Headings take 78 bytes, a row 16: two rows fit.
    const TWO_ROWS: u64 = 120;

    #[test]
    fn a_year_too_large_for_a_file_goes_on_in_others_that_sort_behind_it() {
        let out = tempfile::tempdir().unwrap();
        let pages = [page(3, &[1, 2], &[9]), page(4, &[3, 4], &[]), page(15, &[5], &[])];
        let found = delivered(out.path(), TWO_ROWS, &pages);
        let expected = [
            file("2014-15", &["1", "2"]),
            file("2014-15_02", &["3", "4"]),
            file("2015-16", &["9", "5"]),
        ];
        assert_eq!(found, expected);
        assert!(found.is_sorted_by_key(|(name, ..)| name.clone()));
    }

    #[test]
    fn what_waits_comes_in_the_next_year_also_when_nothing_else_does() {
        let out = tempfile::tempdir().unwrap();
        let pages = [page(3, &[1], &[9]), page(27, &[2], &[8])];
        let found = delivered(out.path(), MOST_BYTES, &pages);
        let expected = [file("2014-15", &["1"]), file("2015-16", &["9"]), file("2016-17", &["2"])];
        assert_eq!(found, expected);
        assert_eq!(names(out.path()), ["custody"]);
        assert_eq!(names(&out.path().join("custody")).len(), 3);
    }

    #[test]
    fn a_smaller_run_takes_the_place_of_a_larger_one() {
        let out = tempfile::tempdir().unwrap();
        let large: Vec<Page> = (3..6).map(|month| page(month, &[1, 2], &[])).collect();
        assert_eq!(delivered(out.path(), TWO_ROWS, &large).len(), 3);
        fs::write(out.path().join("custody/feed.toml"), "").unwrap();
        delivered(out.path(), MOST_BYTES, &[page(3, &[7], &[])]);
        assert_eq!(names(&out.path().join("custody")), ["custody-2014-15.csv", "feed.toml"]);
    }

    #[test]
    fn what_is_not_delivered_leaves_the_folder_as_it_was() {
        let out = tempfile::tempdir().unwrap();
        let expected = delivered(out.path(), MOST_BYTES, &[page(3, &[1], &[])]);
        // an interrupted run, which drops nothing
        let aside = std::mem::ManuallyDrop::new(Aside::new(out.path()).unwrap());
        Delivery::new(&SHAPE, out.path()).unwrap().take(&page(3, &[2], &[])).unwrap();
        assert!(aside.0.join("custody/custody-2014-15.csv").exists());
        let text = fs::read_to_string(out.path().join(&expected[0].0)).unwrap();
        assert!(text.contains("\n1,") && !text.contains("\n2,"), "{text}");
        // one that fails
        drop(Aside::new(out.path()).unwrap());
        assert_eq!(names(out.path()), ["custody"]);
    }
}
