//! What a definition says to the letter, read again from the file it stands in.

use std::collections::BTreeMap;

use crate::definition::{Data, Source, Table};
use crate::error::Place;

/// The tables of some files, by file and place of their key.
#[derive(Debug, Default)]
pub(super) struct Written {
    entries: BTreeMap<(String, usize), Table>,
    files: Vec<String>,
}

impl Written {
    /// Reads each file that some definitions stand in, once.
    pub(super) fn read<'a>(places: impl IntoIterator<Item = &'a Place>) -> Self {
        let mut written = Self::default();
        for place in places {
            let Some(excerpt) = &place.excerpt else { continue };
            if written.files.contains(&place.file) {
                continue;
            }
            written.files.push(place.file.clone());
            let source = Source::new(place.file.as_str(), excerpt.source.clone());
            // what is wrong with the file was said when it was read first
            for (key, table) in source.parse(&mut Vec::new()).tables(&mut Vec::new()) {
                written.entries.insert((place.file.clone(), key.span.start), table);
            }
        }
        written
    }

    /// The text of a key of the definition at a place; empty where it has none.
    pub(super) fn text(&self, place: &Place, key: &str) -> &str {
        self.table(place).and_then(|table| table.text(key)).unwrap_or_default()
    }

    /// The text of a key in each table of a list, such as the `when` of each limit.
    pub(super) fn texts(&self, place: &Place, list: &str, key: &str) -> Vec<String> {
        let value = self.table(place).cloned().and_then(|mut table| table.value(list));
        let Some(Data::List(values)) = value.map(|value| value.data) else { return Vec::new() };
        let text = |data: &Data| match data {
            Data::Table(table) => table.text(key).unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        values.iter().map(|value| text(&value.data)).collect()
    }

    /// Whether the value of a key holds a share, written with its % sign.
    pub(super) fn is_share(&self, place: &Place, key: &str) -> bool {
        let value = self.table(place).cloned().and_then(|mut table| table.value(key));
        value.is_some_and(|value| {
            value.source.text.get(value.span).is_some_and(|text| text.contains('%'))
        })
    }

    fn table(&self, place: &Place) -> Option<&Table> {
        let start = place.excerpt.as_ref()?.start;
        self.entries.get(&(place.file.clone(), start))
    }
}
