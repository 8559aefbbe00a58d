//! A text in which quotes may hold delimiters and line ends.

use ::csv::{ReaderBuilder, StringRecord};

use super::Row;
use crate::feeds::fault::Fault;

/// A text with quotes, and the row that is looked at.
#[derive(Debug)]
pub(crate) struct Quoted<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    reader: ::csv::Reader<&'a [u8]>,
    record: StringRecord,
    /// Byte where the row begins.
    from: usize,
}

impl<'a> Quoted<'a> {
    pub(super) fn new(text: &'a str, delimiter: u8) -> Self {
        let bytes = text.as_bytes();
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(bytes);
        Self { bytes, delimiter, reader, record: StringRecord::new(), from: 0 }
    }

    pub(super) fn advance(&mut self) -> Result<Option<Row>, Fault> {
        let (from, line, gap) = self.place();
        self.from = from;
        let more = self.reader.read_record(&mut self.record);
        if !more.map_err(|error| Fault::new(error.to_string()))? {
            return Ok(None);
        }
        let to = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        let open_quote = to >= self.bytes.len() && self.open_quote();
        Ok(Some(Row { line: u32::try_from(line).unwrap_or(u32::MAX), gap, open_quote }))
    }

    pub(super) fn width(&self) -> usize {
        self.record.len()
    }

    pub(super) fn length(&self) -> usize {
        self.record.as_slice().len()
    }

    pub(super) fn text(&self, field: usize) -> &str {
        self.record.get(field).unwrap_or_default()
    }

    /// Byte and line where the next row begins, line ends before it left behind, and whether they
    /// are those of empty lines.
    fn place(&self) -> (usize, u64, bool) {
        let position = self.reader.position();
        let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let (mut byte, mut line) = (start, position.line());
        // The row before ends with the first byte of a Windows line end.
        let ended = start.checked_sub(1).and_then(|at| self.bytes.get(at)) == Some(&b'\r');
        let own = usize::from(ended && self.bytes.get(start) == Some(&b'\n'));
        while let Some(end @ (b'\n' | b'\r')) = self.bytes.get(byte) {
            byte += 1;
            line += u64::from(*end == b'\n');
        }
        (byte, line, byte > start + own)
    }

    /// Whether the row ends with the file and inside a quote. A quote opens only at the beginning of
    /// a field.
    fn open_quote(&self) -> bool {
        let (mut quoted, mut field_begins) = (false, true);
        let mut bytes = self.bytes.get(self.from..).unwrap_or_default().iter().peekable();
        while let Some(byte) = bytes.next() {
            if quoted {
                // Written double, it is part of the text.
                if *byte == b'"' && bytes.next_if_eq(&&b'"').is_none() {
                    quoted = false;
                }
            } else {
                quoted = field_begins && *byte == b'"';
                field_begins = *byte == self.delimiter || matches!(byte, b'\n' | b'\r');
            }
        }
        quoted
    }

    /// An open quote swallows the lines after it: how many rows are lost cannot be told.
    pub(super) fn swallowed(&self, line: u32) -> Result<(), Fault> {
        let last = self.bytes.get(self.from..).unwrap_or_default().trim_ascii_end();
        if last.contains(&b'\n') {
            let problem =
                "a quote is opened and not closed: every line after it is part of one cell";
            return Err(Fault::new(problem)
                .on_line(usize::try_from(line).unwrap_or(usize::MAX))
                .help("close the quote, or write it double inside a cell"));
        }
        Ok(())
    }
}
