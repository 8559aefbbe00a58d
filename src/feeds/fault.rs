//! Why a delivered file cannot be read.

use crate::error::{Error, Place};

/// What keeps a file from being read, where in it, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Line and column, counted from 1.
    at: Option<(usize, Option<usize>)>,
    problem: String,
    help: Option<String>,
}

impl Fault {
    /// A problem with the file as a whole.
    pub(crate) fn new(problem: impl Into<String>) -> Self {
        Self { at: None, problem: problem.into(), help: None }
    }

    /// The line it is on.
    pub(crate) fn on_line(self, line: usize) -> Self {
        Self { at: Some((line, None)), ..self }
    }

    /// The line and column it is on.
    pub(crate) fn at(self, line: usize, column: usize) -> Self {
        Self { at: Some((line, Some(column))), ..self }
    }

    /// What to do about it.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The fault as a problem of a file.
    pub(crate) fn error(&self, file: &str) -> Error {
        let mut place = Place::file(file);
        if let Some((line, column)) = self.at {
            place.line = Some(line);
            place.column = column;
        }
        let error = Error::feed(place, self.problem.clone());
        match &self.help {
            Some(help) => error.help(help.as_str()),
            None => error,
        }
    }
}
