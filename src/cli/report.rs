//! Problems on the terminal: the words at fault, in their file, with what to do.

use std::fmt;
use std::io::{IsTerminal, Write};

use concordat::error::{Error, Kind};
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, Severity,
    SourceCode,
};

/// Prints problems to standard error; the exit code that follows from them.
pub(crate) fn report(problems: &[Error]) -> u8 {
    let theme = if std::io::stderr().is_terminal() {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let handler = GraphicalReportHandler::new_themed(theme).with_context_lines(1).with_width(100);
    for problem in problems {
        let mut text = String::new();
        let shown = Shown::new(problem);
        if handler.render_report(&mut text, &shown).is_err() {
            text = problem.to_string();
        }
        // a reader that has gone away (`2>&1 | head`) is no fault
        let _ = writeln!(std::io::stderr().lock(), "{}", text.trim_end());
    }
    exit_code(problems)
}

/// Prints what a command found, then its problems; the exit code.
pub(crate) fn told(found: Result<(String, Vec<Error>), Error>) -> u8 {
    match found {
        Ok((text, problems)) => {
            super::say(text.trim_end());
            report(&problems)
        }
        Err(error) => report(&[error]),
    }
}

/// 0 without problems (notes are none), 1 when a definition or feed is at fault, 2 when nothing could run.
pub(crate) fn exit_code(problems: &[Error]) -> u8 {
    problems
        .iter()
        .map(|problem| match problem.kind {
            Kind::Note => 0,
            Kind::Definition | Kind::Feed => 1,
            Kind::Run => 2,
        })
        .max()
        .unwrap_or(0)
}

/// An error in the form miette shows.
#[derive(Debug)]
struct Shown<'a> {
    error: &'a Error,
    source: Option<NamedSource<String>>,
}

impl<'a> Shown<'a> {
    fn new(error: &'a Error) -> Self {
        let source = error
            .place
            .excerpt
            .as_ref()
            .map(|excerpt| NamedSource::new(&error.place.file, excerpt.source.to_string()));
        Self { error, source }
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.error)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn severity(&self) -> Option<Severity> {
        Some(if self.error.kind == Kind::Note { Severity::Advice } else { Severity::Error })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.error.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let excerpt = self.error.place.excerpt.as_ref()?;
        let label = LabeledSpan::at(excerpt.start..excerpt.end, "here");
        Some(Box::new(std::iter::once(label)))
    }
}
