//! A table of a definition, emptied key by key.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Data, Read, Source, Spanned, Value};
use crate::error::{Error, Place, nearest};

/// A table: keys are taken out of it, and what is left in the end is an error.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    source: Source,
    name: String,
    /// `None` for the document itself.
    span: Option<Range<usize>>,
    /// In the order of the file.
    entries: Vec<(Spanned<String>, Value)>,
    /// Every key that was asked for, found or not.
    asked: BTreeSet<String>,
}

impl Table {
    pub(super) fn new(
        source: Source,
        name: String,
        span: Option<Range<usize>>,
        entries: Vec<(Spanned<String>, Value)>,
    ) -> Self {
        Self { source, name, span, entries, asked: BTreeSet::new() }
    }

    /// The key it stands under; empty for the document itself.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file it stands in.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Where it stands; the file as a whole for the document itself.
    pub fn place(&self) -> Place {
        match &self.span {
            Some(span) => self.source.place(span.clone()),
            None => Place::file(&*self.source.file),
        }
    }

    /// A problem with the table as a whole.
    pub fn error(&self, problem: impl Into<String>) -> Error {
        Error::definition(self.place(), problem)
    }

    /// Whether a key stands in it (and was not taken yet).
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(written, _)| written.value == key)
    }

    /// The text of a key, left where it is; `None` when it is absent or something else.
    pub fn text(&self, key: &str) -> Option<&str> {
        let (_, value) = self.entries.iter().find(|(written, _)| written.value == key)?;
        match &value.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The keys not taken yet, in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.entries.iter().map(|(key, _)| key)
    }

    /// The value of a key, whatever its type; `None` when it is absent.
    pub fn value(&mut self, key: &str) -> Option<Value> {
        self.asked.insert(key.to_owned());
        let at = self.entries.iter().position(|(written, _)| written.value == key)?;
        Some(self.entries.remove(at).1)
    }

    /// A key that may be absent. `None` also when it holds something else, which is pushed.
    pub fn take<T: Read>(&mut self, key: &str, errors: &mut Vec<Error>) -> Option<T> {
        self.value(key)?.read(errors)
    }

    /// A key that must be there. `None` when it is absent or holds something else; either is pushed.
    pub fn require<T: Read>(&mut self, key: &str, errors: &mut Vec<Error>) -> Option<T> {
        if let Some(value) = self.value(key) {
            return value.read(errors);
        }
        let error = self.error(format!("`{key}` is missing"));
        errors.push(error.help(format!("add `{key} = …`, {}", T::EXPECTED)));
        None
    }

    /// As [`require`](Self::require), where only an example says what is to be written.
    pub fn require_such<T: Read>(
        &mut self,
        key: &str,
        example: &str,
        errors: &mut Vec<Error>,
    ) -> Option<T> {
        if let Some(value) = self.value(key) {
            return value.read(errors);
        }
        errors.push(self.error(format!("`{key}` is missing")).help(format!("add {example}")));
        None
    }

    /// Everything not taken yet, in the order of the file: for tables whose keys are names.
    pub fn rest(&mut self) -> Vec<(Spanned<String>, Value)> {
        std::mem::take(&mut self.entries)
    }

    /// The tables not taken yet, with their keys, in the order of the file; anything else is pushed.
    pub fn tables(&mut self, errors: &mut Vec<Error>) -> Vec<(Spanned<String>, Table)> {
        let mut found = Vec::new();
        for (key, value) in self.rest() {
            match value.data {
                Data::Table(table) => found.push((key, table)),
                Data::Broken => {}
                _ => errors.push(
                    Error::definition(key.place(), format!("unknown key `{}`", key.value))
                        .help(format!("only tables stand here, such as [{}]", key.value)),
                ),
            }
        }
        found
    }

    /// Reports every key that was never asked for.
    pub fn finish(self, errors: &mut Vec<Error>) {
        let taken: BTreeSet<&str> = self.asked.iter().map(String::as_str).collect();
        for (key, _) in &self.entries {
            let error = key.error(format!("unknown key `{}`", key.value));
            let meant = nearest(&key.value, taken.iter().copied());
            errors.push(error.help(meant.map_or_else(
                || {
                    format!(
                        "known here: {}",
                        self.asked.iter().cloned().collect::<Vec<_>>().join(", ")
                    )
                },
                |meant| format!("did you mean `{meant}`?"),
            )));
        }
    }
}
