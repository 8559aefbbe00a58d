//! CSV: characters to rows of fields, in one pass, with exact line numbers.

use super::fault::Fault;
use super::limits;

mod plain;
mod quoted;

use plain::Plain;
use quoted::Quoted;

/// A CSV text, and the row that is looked at.
#[derive(Debug)]
pub(crate) enum Csv<'a> {
    /// A text without a quote: every delimiter parts fields, every line end rows.
    Plain(Plain<'a>),
    /// Any other.
    Quoted(Box<Quoted<'a>>),
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
        if memchr::memchr(b'"', text.as_bytes()).is_some() {
            Self::Quoted(Box::new(Quoted::new(text, delimiter)))
        } else {
            Self::Plain(Plain::new(text, delimiter))
        }
    }

    /// A later part of a text without a quote, which begins on a line.
    pub(crate) fn later(text: &'a str, delimiter: u8, line: u32) -> Self {
        Self::Plain(Plain::from(text, delimiter, line))
    }

    /// What parts the fields of a text without a quote.
    pub(crate) fn delimiter(&self) -> Option<u8> {
        match self {
            Self::Plain(csv) => Some(csv.delimiter),
            Self::Quoted(_) => None,
        }
    }

    /// Looks at the next row; `None` when there are no more. Empty lines are no rows. The fault
    /// says why the file cannot be read on.
    pub(crate) fn advance(&mut self) -> Result<Option<Row>, Fault> {
        let row = match self {
            Self::Plain(csv) => csv.advance(),
            Self::Quoted(csv) => csv.advance()?,
        };
        let Some(row) = row else { return Ok(None) };
        self.fits()
            .map_err(|fault| fault.on_line(usize::try_from(row.line).unwrap_or(usize::MAX)))?;
        if let (Self::Quoted(csv), true) = (&*self, row.open_quote) {
            csv.swallowed(row.line)?;
        }
        Ok(Some(row))
    }

    fn fits(&self) -> Result<(), Fault> {
        limits::columns(self.width())?;
        let length = match self {
            Self::Plain(csv) => csv.length(),
            Self::Quoted(csv) => csv.length(),
        };
        if length <= limits::MOST_CELL {
            return Ok(());
        }
        (0..self.width()).try_for_each(|field| limits::cell(self.text(field), field))
    }

    /// How many fields the row has.
    pub(crate) fn width(&self) -> usize {
        match self {
            Self::Plain(csv) => csv.width(),
            Self::Quoted(csv) => csv.width(),
        }
    }

    /// The text of a field.
    pub(crate) fn text(&self, field: usize) -> &str {
        match self {
            Self::Plain(csv) => csv.text(field),
            Self::Quoted(csv) => csv.text(field),
        }
    }

    /// The rows that follow, in parts of about so many bytes; `None` where they cannot be parted
    /// without reading them.
    pub(crate) fn parts(&self, bytes: usize) -> Option<Vec<Self>> {
        match self {
            Self::Plain(csv) => Some(csv.parts(bytes).into_iter().map(Self::Plain).collect()),
            Self::Quoted(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Rows as `line: fields`, with `gap` and `open quote` where they are.
    fn read(text: &str) -> Result<Vec<String>, String> {
        rows(Csv::new(text, b','))
    }

    fn rows(mut csv: Csv) -> Result<Vec<String>, String> {
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

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn a_plain_text_reads_as_any_other_and_in_parts(text in "[ab,é\r\n ]{0,60}", bytes in 1_usize..12) {
            let whole = rows(Csv::Plain(Plain::new(&text, b','))).unwrap();
            let quoted = rows(Csv::Quoted(Box::new(Quoted::new(&text, b',')))).unwrap();
            prop_assert_eq!(&whole, &quoted);
            let parts = Csv::new(&text, b',').parts(bytes).unwrap();
            let parts: Vec<String> = parts.into_iter().flat_map(|part| rows(part).unwrap()).collect();
            // which part a blank line falls into is of no account
            let no_gap = |rows: &[String]| -> Vec<String> {
                rows.iter().map(|row| row.replace(" gap", "")).collect()
            };
            prop_assert_eq!(no_gap(&parts), no_gap(&whole));
        }
    }
}
