//! CSV: characters to rows of fields, in one pass, with exact line numbers.

use ::csv::{ReaderBuilder, StringRecord};

use super::fault::Fault;
use super::limits;

/// A CSV text, and the row that is looked at.
#[derive(Debug)]
pub(crate) struct Csv<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    reader: ::csv::Reader<&'a [u8]>,
    record: StringRecord,
}

/// A row that was come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    /// Line on which it begins, counted from 1.
    pub(crate) line: u32,
    /// Empty lines stand before it.
    pub(crate) gap: bool,
    /// A quote is opened and not closed before the file ends.
    pub(crate) open_quote: bool,
}

impl<'a> Csv<'a> {
    /// A text before its first row.
    pub(crate) fn new(text: &'a str, delimiter: u8) -> Self {
        let bytes = text.as_bytes();
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(bytes);
        Self { bytes, delimiter, reader, record: StringRecord::new() }
    }

    /// Looks at the next row; `None` when there are no more. Empty lines are no rows. The fault
    /// says why the file cannot be read on.
    pub(crate) fn advance(&mut self) -> Result<Option<Row>, Fault> {
        let (from, line, gap) = self.place();
        let more = self.reader.read_record(&mut self.record);
        if !more.map_err(|error| Fault::new(error.to_string()))? {
            return Ok(None);
        }
        self.fits().map_err(|fault| fault.on_line(usize::try_from(line).unwrap_or(usize::MAX)))?;
        let to = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        let open_quote = to >= self.bytes.len() && self.open_quote(from);
        if open_quote {
            self.swallowed(from, line)?;
        }
        Ok(Some(Row { line: u32::try_from(line).unwrap_or(u32::MAX), gap, open_quote }))
    }

    fn fits(&self) -> Result<(), Fault> {
        limits::columns(self.record.len())?;
        if self.record.as_slice().len() <= limits::MOST_CELL {
            return Ok(());
        }
        self.record.iter().enumerate().try_for_each(|(field, text)| limits::cell(text, field))
    }

    /// How many fields the row has.
    pub(crate) fn width(&self) -> usize {
        self.record.len()
    }

    /// The text of a field.
    pub(crate) fn text(&self, field: usize) -> &str {
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

    /// Whether the row that begins at a byte ends with the file and inside a quote. A quote opens
    /// only at the beginning of a field.
    fn open_quote(&self, from: usize) -> bool {
        let (mut quoted, mut field_begins) = (false, true);
        let mut bytes = self.bytes.get(from..).unwrap_or_default().iter().peekable();
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
    fn swallowed(&self, from: usize, line: u64) -> Result<(), Fault> {
        let last = self.bytes.get(from..).unwrap_or_default().trim_ascii_end();
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as `line: fields`, with `gap` and `open quote` where they are.
    fn read(text: &str) -> Result<Vec<String>, String> {
        let mut csv = Csv::new(text, b',');
        let mut rows = Vec::new();
        loop {
            let row = csv.advance().map_err(|fault| fault.error("a.csv").to_string())?;
            let Some(row) = row else { return Ok(rows) };
            let cells: Vec<&str> = (0..csv.width()).map(|field| csv.text(field)).collect();
            let gap = if row.gap { " gap" } else { "" };
            let open = if row.open_quote { " open quote" } else { "" };
            rows.push(format!("{}{gap}{open}: {}", row.line, cells.join("|")));
        }
    }

    #[test]
    fn rows_keep_their_lines() {
        for (text, expected) in [
            ("a,b\n1,x\n", vec!["1: a|b", "2: 1|x"]),
            (
                "a,b\r\n1,x\r\n\r\n\r\n2,\"two\r\nlines\"\r\n3,y",
                vec!["1: a|b", "2: 1|x", "5 gap: 2|two\r\nlines", "7: 3|y"],
            ),
            ("\n\na\n\n1\n2", vec!["3 gap: a", "5 gap: 1", "6: 2"]),
            ("a,b\n1,\"x \"\"y\"\"\"\n,,\n", vec!["1: a|b", "2: 1|x \"y\"", "3: ||"]),
            ("", vec![]),
            ("\n\n", vec![]),
        ] {
            assert_eq!(read(text).unwrap(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_file_cut_inside_a_quote_loses_one_row_or_stops() {
        let rows = read("a,b\n1,2\n3,\"fo").unwrap();
        assert_eq!(rows, ["1: a|b", "2: 1|2", "3 open quote: 3|fo"]);
        // Inside a text, a quote is only a quote.
        assert_eq!(read("a,b\n1,5\" long").unwrap(), ["1: a|b", "2: 1|5\" long"]);
        let said = read("a,b\n1,\"2\n3,4\n5,6\n").unwrap_err();
        assert!(said.starts_with("a.csv:2: a quote is opened and not closed"), "{said}");
    }
}
