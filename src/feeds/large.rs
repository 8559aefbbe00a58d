//! A large text file: looked through once, then read in parts, so that it is never whole in memory.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use memchr::{memchr, memchr_iter};

use super::fault::Fault;
use super::reading::{Encoding, Reading};
use super::{decode, deliveries, files};
use crate::parallel;

/// From how many bytes on a file counts as large.
const LARGE: u64 = 8 << 20;

/// How many bytes are read at a time.
const PART: u64 = 4 << 20;

/// A large text file without quotes, in UTF-8, and where its parts begin.
#[derive(Debug)]
pub(crate) struct Large {
    path: PathBuf,
    parts: Vec<Part>,
}

/// Some rows of it.
#[derive(Debug, Clone, Copy)]
struct Part {
    from: u64,
    bytes: usize,
    /// Line of the first row.
    line: u32,
}

/// What is seen in a stretch of bytes.
struct Seen {
    /// Where the first line ends in it.
    end: Option<u64>,
    /// Line ends.
    lines: usize,
    /// Nothing speaks against reading it in parts.
    plain: bool,
}

impl Large {
    /// Looks through a file; none where it is not large, or has to be read whole: what is compressed, no
    /// text, of another encoding, without line ends, or has a quote anywhere.
    pub(crate) fn look(root: &Path, file: &str, reading: &Reading) -> Result<Option<Self>, Fault> {
        let (path, length) = files::located(root, file)?;
        if length < LARGE
            || reading.encoding != Encoding::Utf8
            || !deliveries::is_text(Path::new(file))
        {
            return Ok(None);
        }
        let starts: Vec<u64> = (0..length).step_by(usize::try_from(PART).unwrap_or(1)).collect();
        let seen = parallel::map(starts.clone(), |from| Seen::at(&path, from, length));
        let seen: Option<Vec<Seen>> = seen.into_iter().collect();
        let Some(seen) = seen.filter(|seen| seen.iter().all(|seen| seen.plain)) else {
            return Ok(None);
        };
        let parts = parts(&starts, &seen, length);
        Ok(parts.map(|parts| Self { path, parts }))
    }

    /// How many parts there are.
    pub(crate) fn parts(&self) -> usize {
        self.parts.len()
    }

    /// The text of a part and the line of its first row; none where it is not UTF-8 or cannot be read.
    pub(crate) fn text(&self, part: usize) -> Option<(String, u32)> {
        let Part { from, bytes, line } = *self.parts.get(part)?;
        let text = String::from_utf8(read(&self.path, from, bytes)?).ok()?;
        // a mark in front of the text is none of its characters
        Some(match text.strip_prefix('\u{FEFF}').filter(|_| from == 0) {
            Some(text) => (text.to_owned(), line),
            None => (text, line),
        })
    }

    /// How many bytes a part has.
    pub(crate) fn bytes(&self, part: usize) -> u64 {
        self.parts.get(part).map_or(0, |part| part.bytes as u64)
    }

    /// SHA-256 of the whole file; none where it cannot be read.
    pub(crate) fn sha256(&self) -> Option<String> {
        files::sha256(&self.path)
    }
}

impl Seen {
    fn at(path: &Path, from: u64, length: u64) -> Option<Self> {
        let bytes = read(path, from, usize::try_from(PART.min(length - from)).ok()?)?;
        let marked = from == 0 && decode::is_other(&bytes);
        let plain = !marked && memchr(b'"', &bytes).is_none() && memchr(0, &bytes).is_none();
        let end = memchr(b'\n', &bytes).map(|at| from + at as u64 + 1);
        Some(Self { end, lines: memchr_iter(b'\n', &bytes).count(), plain })
    }
}

/// Parts that end where a line does: each stretch gives its first line to the part before it. None where
/// there are no line ends at all.
fn parts(starts: &[u64], seen: &[Seen], length: u64) -> Option<Vec<Part>> {
    let mut lines = 0_usize;
    let mut begins = vec![(0, 0)];
    for (at, seen) in seen.iter().enumerate() {
        if let (true, Some(end)) = (at > 0, seen.end) {
            begins.push((end, lines + 1));
        }
        lines += seen.lines;
    }
    debug_assert_eq!(starts.len(), seen.len(), "each stretch was looked at");
    let ends = begins.iter().skip(1).map(|(from, _)| *from).chain([length]);
    let part = |((from, lines), end): ((u64, usize), u64)| {
        let line = u32::try_from(lines).ok()?.checked_add(1)?;
        Some(Part { from, bytes: usize::try_from(end - from).ok()?, line })
    };
    let parts: Option<Vec<Part>> = begins.iter().copied().zip(ends).map(part).collect();
    parts.filter(|_| lines > 0)
}

fn read(path: &Path, from: u64, length: usize) -> Option<Vec<u8>> {
    let mut file = File::open(path).ok()?;
    file.seek(SeekFrom::Start(from)).ok()?;
    let mut bytes = vec![0; length];
    file.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_ends_where_a_line_does() {
        let seen = |end, lines| Seen { end, lines, plain: true };
        // three lines end in the first stretch, none in the second, two in the third
        let seen = [seen(Some(10), 3), seen(None, 0), seen(Some(110), 2)];
        let parts = parts(&[0, 40, 80], &seen, 120).unwrap();
        let parts: Vec<_> = parts.iter().map(|part| (part.from, part.bytes, part.line)).collect();
        assert_eq!(parts, [(0, 110, 1), (110, 10, 5)]);
    }

    #[test]
    fn a_text_without_line_ends_has_no_parts() {
        let seen = [Seen { end: None, lines: 0, plain: true }];
        assert!(parts(&[0], &seen, 120).is_none());
    }
}
