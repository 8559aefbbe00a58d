//! How far reading is, on the terminal.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::sync::{Mutex, PoisonError};

use concordat::feeds::{How, Progress};
use concordat::workspace::Opened;

/// What a command may use and say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ways {
    /// Say only what went wrong.
    pub(crate) quiet: bool,
    /// About how many bytes of memory may be used.
    pub(crate) memory: u64,
}

impl Ways {
    /// Opens feeds, and says meanwhile how far it is: on a terminal, in one line that goes again.
    pub(crate) fn open(self, open: impl FnOnce(How<'_>) -> Opened) -> Opened {
        let shown = !self.quiet && std::io::stderr().is_terminal();
        let line = Line::default();
        let tell = |progress: &Progress<'_>| line.tell(progress);
        let opened = open(How { memory: self.memory, progress: shown.then_some(&tell) });
        line.clear();
        opened
    }
}

/// The line as it stands.
#[derive(Debug, Default)]
struct Line(Mutex<Shown>);

#[derive(Debug, Default)]
struct Shown {
    feeds: BTreeMap<String, String>,
    text: String,
}

impl Line {
    fn tell(&self, progress: &Progress<'_>) {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        shown.feeds.insert(progress.feed.to_owned(), said(progress));
        let text = shown.feeds.values().cloned().collect::<Vec<_>>().join("; ");
        if text != shown.text {
            let _ = write!(std::io::stderr().lock(), "\r\x1b[2K{text}");
            shown.text = text;
        }
    }

    fn clear(&self) {
        let shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !shown.text.is_empty() {
            let _ = write!(std::io::stderr().lock(), "\r\x1b[2K");
        }
    }
}

/// `s136: 42% read, 4.2 million rows`.
fn said(progress: &Progress<'_>) -> String {
    let share = (progress.read * 100).checked_div(progress.bytes).unwrap_or(100);
    let rows = match progress.rows {
        rows if rows < 1_000_000 => format!("{} thousand rows", rows / 1_000),
        rows => format!("{}.{} million rows", rows / 1_000_000, rows / 100_000 % 10),
    };
    format!("{}: {share}% read, {rows}", progress.feed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_is_said_in_few_words() {
        let of = |read, rows| said(&Progress { feed: "s136", bytes: 1_000, read, rows });
        assert_eq!(of(425, 4_250_000), "s136: 42% read, 4.2 million rows");
        assert_eq!(of(0, 999), "s136: 0% read, 0 thousand rows");
    }
}
