//! CSV: bytes to columns of text, in one pass, with exact line numbers.

use ::csv::{ReaderBuilder, StringRecord};

use super::fault::Fault;
use super::reading::Encoding;
use super::tally::{Tally, Why};
use super::texts::Texts;

/// A CSV file that is being read.
#[derive(Debug)]
pub(crate) struct Csv<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    reader: ::csv::Reader<&'a [u8]>,
    record: StringRecord,
    /// The headings, trimmed.
    pub(crate) headings: Vec<String>,
    /// Rows met so far, used or set aside.
    pub(crate) rows_read: u64,
}

/// Some rows of a file: the texts of the wanted fields.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// Line of each row, counted from 1.
    pub(crate) lines: Vec<u32>,
    /// One column for each wanted field.
    pub(crate) columns: Vec<Texts>,
}

/// The characters of a file; the error says where it is not of the encoding and what to do.
pub(crate) fn decode(bytes: Vec<u8>, encoding: Encoding) -> Result<String, Fault> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Fault::new("the file is UTF-16").help("save it again as CSV UTF-8"));
    }
    match encoding {
        Encoding::Windows1252 => Ok(bytes.into_iter().map(windows_1252).collect()),
        Encoding::Utf8 => String::from_utf8(bytes).map_err(|error| {
            let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
            let line = good.split(|byte| *byte == b'\n').count();
            let start = good.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let column = String::from_utf8_lossy(&good[start..]).chars().count() + 1;
            let byte = error.as_bytes().get(good.len()).copied().unwrap_or_default();
            Fault::new(format!("byte {byte:02X} is not UTF-8")).at(line, column).help(
                "save the file as CSV UTF-8, or declare `encoding = \"windows-1252\"` in the contract",
            )
        }),
    }
}

/// Bytes 80 to 9F of Windows-1252; the five that stand for nothing become U+FFFD.
/// Source: Unicode Consortium, mapping table CP1252.
const HIGH: [char; 32] = [
    '€', '\u{FFFD}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{FFFD}', 'Ž',
    '\u{FFFD}', '\u{FFFD}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{FFFD}',
    'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

impl<'a> Csv<'a> {
    /// Reads the headings; the error says why nothing can be read, as a sentence.
    pub(crate) fn open(text: &'a str, delimiter: u8) -> Result<Self, Fault> {
        let bytes = text.strip_prefix('\u{FEFF}').unwrap_or(text).as_bytes();
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(bytes);
        let mut record = StringRecord::new();
        let any = reader.read_record(&mut record).map_err(|error| Fault::new(error.to_string()))?;
        if !any || record.iter().all(|heading| heading.trim().is_empty()) {
            let help = "ask for the delivery again: an empty file says nothing, not zero";
            return Err(Fault::new("the file is empty: it has not even headings").help(help));
        }
        let headings = record.iter().map(|heading| heading.trim().to_owned()).collect();
        Ok(Self { bytes, delimiter, reader, record, headings, rows_read: 0 })
    }

    /// The next rows, `most` at the most; `None` when there are no more. Rows without a field for
    /// each heading are set aside. The error says why the file cannot be read on.
    pub(crate) fn next(
        &mut self,
        wanted: &[usize],
        most: usize,
        set_aside: &mut Tally,
    ) -> Result<Option<Rows>, Fault> {
        let mut rows = Rows { columns: vec![Texts::default(); wanted.len()], ..Rows::default() };
        let before = self.rows_read;
        while rows.lines.len() < most {
            let (from, from_line) = self.place();
            let more = self.reader.read_record(&mut self.record);
            if !more.map_err(|error| Fault::new(error.to_string()))? {
                break;
            }
            self.rows_read += 1;
            let line = u32::try_from(from_line).unwrap_or(u32::MAX);
            let to = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
            if to >= self.bytes.len() && self.open_quote(from) {
                self.swallowed(from, from_line)?;
                set_aside.add(Why::OpenQuote, None, line, 1);
            } else if self.record.iter().all(|field| field.trim().is_empty()) {
                set_aside.add(Why::Blank, None, line, 1);
            } else if self.record.len() != self.headings.len() {
                let (fields, headings) = (self.record.len(), self.headings.len());
                set_aside.add(Why::Torn { fields, headings }, None, line, 1);
            } else {
                rows.lines.push(line);
                for (column, field) in rows.columns.iter_mut().zip(wanted) {
                    column.push(self.record.get(*field).unwrap_or_default());
                }
            }
        }
        Ok((self.rows_read > before).then_some(rows))
    }

    /// Byte and line where the next row begins, line ends before it left behind.
    fn place(&self) -> (usize, u64) {
        let position = self.reader.position();
        let mut byte = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let mut line = position.line();
        while let Some(end @ (b'\n' | b'\r')) = self.bytes.get(byte) {
            byte += 1;
            line += u64::from(*end == b'\n');
        }
        (byte, line)
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

    type Row = (u32, String);
    type Said = (String, Vec<usize>);

    fn read(text: &str) -> (Vec<Row>, Vec<Said>) {
        let mut csv = Csv::open(text, b',').unwrap();
        let wanted: Vec<usize> = (0..csv.headings.len()).collect();
        let (mut rows, mut tally) = (Vec::new(), Tally::default());
        while let Some(batch) = csv.next(&wanted, 2, &mut tally).unwrap() {
            let columns: Vec<Vec<&str>> =
                batch.columns.iter().map(|c| c.iter().collect()).collect();
            for (row, line) in batch.lines.iter().enumerate() {
                let cells: Vec<&str> = columns.iter().map(|column| column[row]).collect();
                rows.push((*line, cells.join("|")));
            }
        }
        assert_eq!(csv.rows_read, rows.len() as u64 + tally.rows());
        let notes = tally.notes().into_iter().map(|note| (note.reason, note.lines));
        (rows, notes.collect())
    }

    #[test]
    fn rows_keep_their_lines() {
        let expected =
            vec![(2, "1|x".to_owned()), (5, "2|two\r\nlines".to_owned()), (7, "3|y".to_owned())];
        let text = "\u{FEFF}a,b\r\n1,x\r\n\r\n\r\n2,\"two\r\nlines\"\r\n3,y";
        assert_eq!(read(text), (expected, vec![]));
    }

    #[test]
    fn torn_and_blank_rows_are_set_aside() {
        let (rows, notes) = read("a,b,c\n1,2,3\n,,\n4,5,6,7\n8,9");
        assert_eq!(rows, [(2, "1|2|3".to_owned())]);
        assert_eq!(
            notes,
            [
                ("torn row: 2 fields where there are 3 headings".to_owned(), vec![5]),
                ("torn row: 4 fields where there are 3 headings".to_owned(), vec![4]),
                ("blank row".to_owned(), vec![3]),
            ]
        );
    }

    #[test]
    fn a_file_cut_inside_a_quote_loses_one_row_or_stops() {
        let (rows, notes) = read("a,b\n1,2\n3,\"fo");
        assert_eq!(rows, [(2, "1|2".to_owned())]);
        assert_eq!(notes, [("torn row: a quote is opened and not closed".to_owned(), vec![3])]);

        // Inside a text, a quote is only a quote.
        let (rows, notes) = read("a,b\n1,5\" long");
        assert_eq!((rows, notes), (vec![(2, "1|5\" long".to_owned())], vec![]));

        let mut csv = Csv::open("a,b\n1,\"2\n3,4\n5,6\n", b',').unwrap();
        let error =
            csv.next(&[0], 9, &mut Tally::default()).unwrap_err().error("a.csv").to_string();
        assert!(error.starts_with("a.csv:2: a quote is opened and not closed"), "{error}");
    }

    #[test]
    fn what_is_not_utf8_is_placed() {
        let said = |bytes: &[u8]| {
            let fault = decode(bytes.to_vec(), Encoding::Utf8).unwrap_err();
            fault.error("a.csv").to_string()
        };
        assert_eq!(said(b"a,b\n1,Caf\xE9\n"), "a.csv:2:6: byte E9 is not UTF-8");
        let text = decode(b"Caf\xE9 \x96 \x80".to_vec(), Encoding::Windows1252).unwrap();
        assert_eq!(text, "Café – €");
        assert_eq!(said(b"\xFF\xFEa\0"), "a.csv: the file is UTF-16");
    }

    #[test]
    fn an_empty_file_has_no_headings() {
        for text in ["", "\n\n", "\u{FEFF}", " ,\n"] {
            let said = Csv::open(text, b',').unwrap_err().error("a.csv").to_string();
            assert_eq!(said, "a.csv: the file is empty: it has not even headings", "{text:?}");
        }
    }
}
