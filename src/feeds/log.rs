//! `deliveries.csv`: when each file of a feed came.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use super::contract::Contract;
use super::files;
use crate::definition::Source;
use crate::definition::lines::lines;
use crate::error::{Error, Place};
use crate::quality::Delivered;

/// The log's name in the feed's folder.
pub(crate) const NAME: &str = "deliveries.csv";

/// When files came, by name.
#[derive(Debug, Default)]
pub(crate) struct Log {
    /// Whether there is a log.
    pub(crate) kept: bool,
    files: BTreeMap<String, Delivered>,
}

impl Log {
    /// Reads the log of a feed (file, delivered, status), if it has one; `names` are the files that
    /// lie there. A line with a mistake is told and left out.
    ///
    /// `delivered` is a day such as 2018-04-15; `status` is `provisional`, `final` or empty, which
    /// says nothing. A file that came again under its name stands once, with its latest day.
    pub(crate) fn read(contract: &Contract, root: &Path, names: &[String]) -> (Self, Vec<Error>) {
        let file = format!("data/{}/{NAME}", contract.id);
        if root.join(&file).symlink_metadata().is_err() {
            return (Self::default(), Vec::new());
        }
        let bytes = files::bytes(root, &file).map_err(|fault| fault.error(&file));
        let text = bytes.and_then(|bytes| {
            String::from_utf8(bytes).map_err(|error| {
                let said = format!("the log of deliveries cannot be read: {error}");
                Error::feed(Place::file(file.as_str()), said).help("save it as CSV UTF-8")
            })
        });
        let text = match text {
            Ok(text) => text,
            Err(error) => return (Self { kept: true, ..Self::default() }, vec![error]),
        };
        let mut errors = Vec::new();
        let mut files = BTreeMap::new();
        let source = Source::new(file, text);
        for (place, [name, day, status]) in
            lines(&source, ["file", "delivered", "status"], &mut errors)
        {
            let said = |said: String| Error::feed(place.clone(), said);
            let before = errors.len();
            if !names.contains(&name) {
                let error = said(format!("no delivered file is called `{name}`"));
                errors.push(error.help("names are written to the letter, without folders"));
            }
            let read = NaiveDate::parse_from_str(&day, "%Y-%m-%d").ok();
            if read.is_none() {
                let error = said(format!("`{day}` is not a day"));
                errors.push(error.help("write the day the file came as 2018-04-15"));
            }
            if !["", "provisional", "final"].contains(&status.as_str()) {
                let error = said(format!("`{status}` is not a status"));
                errors.push(error.help("it is provisional, final, or left empty"));
            }
            if files.contains_key(&name) {
                let error = said(format!("`{name}` is there twice"));
                errors.push(error.help("keep the line of its latest delivery"));
            }
            if let Some(day) = read.filter(|_| errors.len() == before) {
                files.insert(name, Delivered { day, provisional: status == "provisional" });
            }
        }
        (Self { kept: true, files }, errors)
    }

    /// When a file came.
    pub(crate) fn of(&self, name: &str) -> Option<Delivered> {
        self.files.get(name).copied()
    }

    /// Puts names in the order in which the files came, those of one day by name. Files that the
    /// log does not name come last: what is not entered yet is new.
    pub(crate) fn order(&self, names: &mut [String]) {
        names.sort_by_key(|name| {
            (self.of(name).map_or(NaiveDate::MAX, |delivered| delivered.day), name.clone())
        });
    }
}
