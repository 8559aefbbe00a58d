//! What went wrong, where, and what to do about it.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// Where a problem was found: a file, and inside it the words at fault when they are known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path relative to the workspace, with forward slashes.
    pub file: String,
    /// Line, counted from 1.
    pub line: Option<usize>,
    /// Column in characters, counted from 1.
    pub column: Option<usize>,
    /// The text of the file and the bytes at fault, for showing the words themselves.
    pub excerpt: Option<Excerpt>,
}

/// A stretch of a source text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Excerpt {
    /// The whole text.
    pub source: Arc<str>,
    /// First byte at fault.
    pub start: usize,
    /// One past the last byte at fault.
    pub end: usize,
}

impl Place {
    /// A file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, column: None, excerpt: None }
    }

    /// A line of a file, counted from 1.
    pub fn line(file: impl Into<String>, line: usize) -> Self {
        Self { file: file.into(), line: Some(line), column: None, excerpt: None }
    }

    /// A byte range of a source text; line and column are worked out from it.
    pub fn span(file: impl Into<String>, source: &Arc<str>, span: Range<usize>) -> Self {
        let start = span.start.min(source.len());
        let before = source.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            file: file.into(),
            line: Some(before.matches('\n').count() + 1),
            column: Some(before[line_start..].chars().count() + 1),
            excerpt: Some(Excerpt {
                source: Arc::clone(source),
                start,
                end: span.end.clamp(start, source.len()),
            }),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        Ok(())
    }
}

/// What a problem stops. The program's exit code follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A definition is wrong: what does not rest on it is made all the same (exit code 1).
    Definition,
    /// A feed was stopped: its indicators are not rated, the rest is made (exit code 1).
    Feed,
    /// Nothing could be done (exit code 2).
    Run,
    /// Nothing: all was answered, but something given was not used (exit code 0).
    Note,
}

/// A problem, the place it was found, and what to try next.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct Error {
    /// What it stops.
    pub kind: Kind,
    /// Where it was found.
    pub place: Place,
    /// What was wrong, in one sentence without a full stop.
    pub problem: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Error {
    /// A definition is wrong.
    pub fn definition(place: Place, problem: impl Into<String>) -> Self {
        Self { kind: Kind::Definition, place, problem: problem.into(), help: None }
    }

    /// A feed cannot be used.
    pub fn feed(place: Place, problem: impl Into<String>) -> Self {
        Self { kind: Kind::Feed, place, problem: problem.into(), help: None }
    }

    /// The command could not run.
    pub fn run(place: Place, problem: impl Into<String>) -> Self {
        Self { kind: Kind::Run, place, problem: problem.into(), help: None }
    }

    /// Something that was given and not used, though all was answered.
    pub fn note(place: Place, problem: impl Into<String>) -> Self {
        Self { kind: Kind::Note, place, problem: problem.into(), help: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A file or folder of definitions that the system does not give, in words for who has never seen the system's own.
pub fn unreadable(file: impl Into<String>, problem: &std::io::Error) -> Error {
    use std::io::ErrorKind;
    let said = |problem: &str| Error::definition(Place::file(file), problem);
    match problem.kind() {
        ErrorKind::NotFound => said("there is no such file").help("add it, or mend its name"),
        ErrorKind::IsADirectory => {
            said("is a folder, where a file should be").help("move it away, or rename it")
        }
        ErrorKind::NotADirectory => {
            said("is a file, where a folder should be").help("move it away, or rename it")
        }
        ErrorKind::PermissionDenied => {
            said("may not be read").help("give yourself the permission to read it")
        }
        _ => said(&format!("cannot be read: {problem}")),
    }
}

/// The suggestion nearest to a misspelt word, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.chars().count().max(3) / 3))
        .min()
        .map(|(_, candidate)| candidate)
}
