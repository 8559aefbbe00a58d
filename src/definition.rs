//! One small reader for every TOML definition: typed values that remember where they stand.
//!
//! A [`Source`] is parsed into a [`Table`]; keys are taken from it by type, and what is left over
//! when the table is [finished](Table::finish) is an unknown key. Nothing stops at the first
//! problem: every take pushes what it finds wrong and gives `None`, so that a reader hears of all
//! problems at once.
//!
//! ```
//! use concordat::definition::{Source, Spanned};
//!
//! let source = Source::new("feed.toml", "titel = 'Detentions'\nkey = ['id', 4]\n");
//! let mut errors = Vec::new();
//! let mut table = source.parse(&mut errors);
//! assert_eq!(table.require::<String>("title", &mut errors), None);
//! assert_eq!(table.take::<Vec<String>>("key", &mut errors), Some(vec!["id".to_owned()]));
//! assert_eq!(table.take::<Spanned<i64>>("due", &mut errors), None);
//! table.finish(&mut errors);
//! let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
//! assert_eq!(said[0], "feed.toml: `title` is missing");
//! assert_eq!(said[1], "feed.toml:2:14: `key` should hold text, not a whole number");
//! assert_eq!(said[2], "feed.toml:1:1: unknown key `titel`");
//! assert_eq!(errors[2].help.as_deref(), Some("did you mean `title`?"));
//! ```

use std::ops::Range;
use std::sync::Arc;

use crate::error::{Error, Place};

pub(crate) mod lines;
mod parse;
mod read;
mod table;

pub use read::{OneOrMany, Read};
pub use table::Table;

/// A definition file: its name and its whole text. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path relative to the workspace, with forward slashes.
    pub file: Arc<str>,
    /// The whole text.
    pub text: Arc<str>,
}

impl Source {
    /// A text under the name of its file.
    pub fn new(file: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), text: text.into() }
    }

    /// A file's bytes, which must be UTF-8.
    pub fn from_bytes(file: &str, bytes: Vec<u8>) -> Result<Self, Error> {
        String::from_utf8(bytes).map(|text| Self::new(file, text)).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let before = error.as_bytes().iter().take(at);
            let line = before.filter(|byte| **byte == b'\n').count() + 1;
            Error::definition(Place::line(file, line), "the text is not UTF-8 from this line on")
                .help("save the file again as UTF-8")
        })
    }

    /// The tree of the text. Every syntax error is pushed; what could be read is given all the
    /// same, and values on a line with a syntax error are read as absent without a second error.
    pub fn parse(&self, errors: &mut Vec<Error>) -> Table {
        parse::document(self, errors)
    }

    /// A byte range of the text as a place.
    pub fn place(&self, span: Range<usize>) -> Place {
        Place::span(&*self.file, &self.text, span)
    }
}

/// A value and the words it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// The file it stands in.
    pub source: Source,
    /// The bytes of the value, quotes included.
    pub span: Range<usize>,
}

impl<T> Spanned<T> {
    /// Where it stands.
    pub fn place(&self) -> Place {
        self.source.place(self.span.clone())
    }

    /// A problem with this value.
    pub fn error(&self, problem: impl Into<String>) -> Error {
        Error::definition(self.place(), problem)
    }

    /// The same words, read as something else.
    pub fn map<U>(self, read: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: read(self.value), source: self.source, span: self.span }
    }
}

impl Spanned<String> {
    /// A byte range of the text itself, without its quotes, as a place in the file; the whole
    /// value where escapes make the two differ.
    pub fn inside(&self, within: Range<usize>) -> Place {
        let raw = self.source.text.get(self.span.clone()).unwrap_or_default();
        let opening = [1, 3, 4, 5]
            .into_iter()
            .find(|opening| raw.get(*opening..*opening + self.value.len()) == Some(&*self.value));
        match opening {
            Some(opening) if raw.starts_with(['"', '\'']) => {
                let start = self.span.start + opening;
                self.source.place(start + within.start..start + within.end)
            }
            _ => self.place(),
        }
    }
}

/// A value of the tree, before a type is asked of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// The key it stands under; for an element of a list, the list's.
    pub key: String,
    /// The file it stands in.
    pub source: Source,
    /// Its bytes.
    pub span: Range<usize>,
    /// What was written.
    pub data: Data,
}

/// What was written.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// `"text"`
    Text(String),
    /// `12`
    Integer(i64),
    /// `1.5`
    Decimal(f64),
    /// `true`
    Flag(bool),
    /// `2017-12-11`
    Date(chrono::NaiveDate),
    /// A time of day, with or without a date: no definition asks for one.
    Time,
    /// `[1, 2]`
    List(Vec<Value>),
    /// `{ key = 1 }` or `[key]`
    Table(Table),
    /// On a line with a syntax error, which is reported already.
    Broken,
}

impl Data {
    fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Integer(_) => "a whole number",
            Self::Decimal(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::Date(_) => "a date",
            Self::Time => "a time",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Broken => "unreadable",
        }
    }
}

impl Value {
    /// Where it stands.
    pub fn place(&self) -> Place {
        self.source.place(self.span.clone())
    }

    /// A problem with this value.
    pub fn error(&self, problem: impl Into<String>) -> Error {
        Error::definition(self.place(), problem)
    }

    /// The value as the type asked for; `None` with a pushed error when it is something else.
    pub fn read<T: Read>(self, errors: &mut Vec<Error>) -> Option<T> {
        T::read(self, errors)
    }

    /// That something else was expected here.
    pub fn mismatch(&self, expected: &str) -> Error {
        self.error(format!("`{}` should hold {expected}, not {}", self.key, self.data.name()))
    }
}
