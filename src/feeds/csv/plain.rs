//! A text without quotes: no byte of it is copied, and any line end is one of a row.

use memchr::{memchr, memchr_iter, memchr2};

use super::Row;

/// A text without quotes, and the row that is looked at.
#[derive(Debug)]
pub(crate) struct Plain<'a> {
    text: &'a str,
    pub(super) delimiter: u8,
    /// Byte after the first of the line end of the row.
    at: usize,
    line: u32,
    row: &'a str,
    /// Where each field of the row ends.
    ends: Vec<usize>,
}

impl<'a> Plain<'a> {
    pub(super) fn new(text: &'a str, delimiter: u8) -> Self {
        Self::from(text, delimiter, 1)
    }

    pub(super) fn from(text: &'a str, delimiter: u8, line: u32) -> Self {
        Self { text, delimiter, at: 0, line, row: "", ends: Vec::new() }
    }

    pub(super) fn advance(&mut self) -> Option<Row> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        // The row before ends with the first byte of a Windows line end.
        let ended = start.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&b'\r');
        let own = usize::from(ended && bytes.get(start) == Some(&b'\n'));
        while let Some(end @ (b'\n' | b'\r')) = bytes.get(self.at) {
            self.at += 1;
            self.line += u32::from(*end == b'\n');
        }
        let from = self.at;
        let rest = bytes.get(from..).filter(|rest| !rest.is_empty())?;
        let length = memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        self.row = self.text.get(from..from + length).unwrap_or_default();
        self.ends.clear();
        self.ends.extend(memchr_iter(self.delimiter, self.row.as_bytes()));
        self.ends.push(length);
        let line = self.line;
        self.at = from + length + 1;
        self.line += u32::from(rest.get(length) == Some(&b'\n'));
        Some(Row { line, gap: from > start + own, open_quote: false })
    }

    pub(super) fn width(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn length(&self) -> usize {
        self.row.len()
    }

    pub(super) fn text(&self, field: usize) -> &str {
        let before = field.checked_sub(1).and_then(|before| self.ends.get(before));
        let start = before.map_or(0, |end| end + 1);
        let end = self.ends.get(field).copied().unwrap_or_default();
        self.row.get(start..end).unwrap_or_default()
    }

    /// What follows the row, parted behind line ends.
    pub(super) fn parts(&self, bytes: usize) -> Vec<Self> {
        let mut rest = self.text.get(self.at..).unwrap_or_default();
        let mut line = self.line;
        let mut parts = Vec::new();
        while !rest.is_empty() {
            let searched = rest.as_bytes().get(bytes..).unwrap_or_default();
            let end = memchr(b'\n', searched).map_or(rest.len(), |at| bytes + at + 1);
            let (part, later) = rest.split_at_checked(end).unwrap_or((rest, ""));
            parts.push(Self::from(part, self.delimiter, line));
            let lines = memchr_iter(b'\n', part.as_bytes()).count();
            line = line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
            rest = later;
        }
        parts
    }
}
