//! A sheet of a workbook: the cells that hold something, row by row.

use std::ops::Range;

use super::fault::Fault;
use super::limits;
use super::reading::SheetName;
use super::texts::{Texts, fold, matches, shown};
use super::written::Written;

/// Most rows and columns of a sheet, in Excel as in `OpenDocument`.
pub(crate) const MOST_ROWS: u32 = 1_048_576;
pub(crate) const MOST_COLUMNS: u32 = 16_384;

/// Most cells of one sheet that are read.
const MOST_CELLS: usize = 50_000_000;

/// A sheet, and the row that is looked at.
#[derive(Debug, Clone)]
pub(crate) struct Sheet {
    /// Most cells that fit.
    most: usize,
    texts: Texts,
    /// Column of each cell, counted from 0.
    columns: Vec<u32>,
    /// What each cell was entered as.
    written: Vec<Written>,
    rows: Vec<SheetRow>,
    /// Rows looked at so far.
    seen: usize,
}

/// A row that holds something.
#[derive(Debug, Clone)]
struct SheetRow {
    /// As the workbook counts, from 1.
    line: u32,
    cells: Range<usize>,
}

impl Sheet {
    /// A sheet without cells.
    pub(crate) fn new() -> Self {
        Self::bounded(MOST_CELLS)
    }

    fn bounded(most: usize) -> Self {
        Self {
            most,
            texts: Texts::default(),
            columns: Vec::new(),
            written: Vec::new(),
            rows: Vec::new(),
            seen: 0,
        }
    }

    /// Adds a cell; rows, and the cells of a row, come in their order. The fault says where they
    /// do not, or that they are too many. A cell without a text is none.
    pub(crate) fn push(
        &mut self,
        line: u32,
        column: u32,
        text: &str,
        written: Written,
    ) -> Result<(), Fault> {
        if text.is_empty() {
            return Ok(());
        }
        if line > MOST_ROWS || column >= MOST_COLUMNS {
            let problem =
                format!("the sheet has more than {MOST_ROWS} rows or {MOST_COLUMNS} columns");
            return Err(Fault::new(problem).help("open the workbook and save it again"));
        }
        let at = self.texts.len();
        if at >= self.most {
            return Err(Fault::new(format!("the sheet has more than {} cells", self.most))
                .help("deliver it in several files, or as CSV or Parquet"));
        }
        let field = usize::try_from(column).unwrap_or(usize::MAX);
        let on_line = |fault: Fault| fault.on_line(usize::try_from(line).unwrap_or(usize::MAX));
        limits::cell(text, field).map_err(on_line)?;
        limits::bytes(u64::try_from(self.texts.bytes() + text.len()).unwrap_or(u64::MAX))?;
        let last = self.rows.last().map_or(0, |row| row.line);
        let ordered = match (line == last, self.columns.last()) {
            (true, Some(before)) => *before < column,
            _ => last < line,
        };
        if !ordered {
            return Err(on_line(Fault::new("the cells of the sheet are out of order"))
                .help("open the workbook and save it again"));
        }
        self.texts.push(text);
        self.columns.push(column);
        self.written.push(written);
        match self.rows.last_mut().filter(|row| row.line == line) {
            Some(row) => row.cells.end = at + 1,
            None => self.rows.push(SheetRow { line, cells: at..at + 1 }),
        }
        Ok(())
    }

    /// Looks at the next row that holds something: its line, and whether blank rows come before.
    pub(crate) fn advance(&mut self) -> Option<(u32, bool)> {
        let before = self.row().map_or(0, |row| row.line);
        let row = self.rows.get(self.seen)?;
        self.seen += 1;
        Some((row.line, row.line > before + 1))
    }

    /// How many fields the row has.
    pub(crate) fn width(&self) -> usize {
        let last = self.row().and_then(|row| self.columns.get(row.cells.end.checked_sub(1)?));
        last.and_then(|column| usize::try_from(*column).ok()).map_or(0, |column| column + 1)
    }

    /// The text of a field; empty where there is no cell.
    pub(crate) fn text(&self, field: usize) -> &str {
        self.cell(field).map_or("", |cell| self.texts.get(cell))
    }

    /// What a field was entered as.
    pub(crate) fn written(&self, field: usize) -> Written {
        self.cell(field).and_then(|cell| self.written.get(cell)).copied().unwrap_or_default()
    }

    fn row(&self) -> Option<&SheetRow> {
        self.rows.get(self.seen.checked_sub(1)?)
    }

    fn cell(&self, field: usize) -> Option<usize> {
        let row = self.row()?;
        let column = u32::try_from(field).ok()?;
        let columns = self.columns.get(row.cells.clone())?;
        columns.binary_search(&column).ok().map(|at| row.cells.start + at)
    }
}

/// The sheet that the contract names; without a name, the only one there is.
pub(crate) fn choose<'a>(
    names: &'a [String],
    wanted: Option<&SheetName>,
) -> Result<&'a str, Fault> {
    let list = || {
        let shown: Vec<String> = names.iter().map(|name| format!("`{}`", shown(name))).collect();
        format!("the workbook has {}", shown.join(", "))
    };
    let found: Vec<&String> = match wanted {
        None => names.iter().collect(),
        Some(SheetName::Position(position)) => {
            names.get(position.wrapping_sub(1)).into_iter().collect()
        }
        Some(SheetName::Named(wanted)) => {
            match names.iter().find(|name| fold(name) == fold(wanted)) {
                Some(name) => vec![name],
                None => names.iter().filter(|name| matches(&fold(wanted), &fold(name))).collect(),
            }
        }
    };
    let which = match wanted {
        None => "nothing says which sheet of the workbook".to_owned(),
        Some(SheetName::Position(position)) => format!("the workbook has no sheet {position}"),
        Some(SheetName::Named(name)) if found.is_empty() => format!("no sheet is named `{name}`"),
        Some(SheetName::Named(name)) => format!("several sheets match `{name}`"),
    };
    match found.as_slice() {
        [name] => Ok(name.as_str()),
        _ => Err(Fault::new(format!("{which}: {}", list()))
            .help("name one of them in the contract: table = { sheet = \"…\" }")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_keep_their_lines_and_fields() {
        let mut sheet = Sheet::new();
        for (line, column, text) in [(1, 0, "a"), (1, 2, "c"), (4, 1, "x"), (5, 0, "")] {
            sheet.push(line, column, text, Written::Text).unwrap();
        }
        assert_eq!(sheet.advance(), Some((1, false)));
        assert_eq!((sheet.width(), sheet.text(0), sheet.text(1), sheet.text(2)), (3, "a", "", "c"));
        assert_eq!(sheet.advance(), Some((4, true)));
        assert_eq!((sheet.width(), sheet.text(1), sheet.text(9)), (2, "x", ""));
        assert_eq!(sheet.advance(), None);
        let said = sheet.push(4, 1, "again", Written::Text).unwrap_err().error("a").to_string();
        assert_eq!(said, "a:4: the cells of the sheet are out of order");
    }

    #[test]
    fn a_sheet_is_bounded() {
        let mut sheet = Sheet::bounded(1);
        sheet.push(1, 0, "a", Written::Text).unwrap();
        let said = sheet.push(1, 1, "b", Written::Text).unwrap_err().error("a").to_string();
        assert_eq!(said, "a: the sheet has more than 1 cells");
    }

    #[test]
    fn a_sheet_is_named_or_alone() {
        let names = ["Notes", "Table 1", "Table 10"].map(str::to_owned);
        let called = |name: &str| SheetName::Named(name.to_owned());
        let chosen = |wanted: Option<SheetName>| {
            choose(&names, wanted.as_ref()).map_err(|fault| fault.error("a").to_string())
        };
        assert_eq!(chosen(Some(called("table  1"))), Ok("Table 1"));
        assert_eq!(chosen(Some(called("*10"))), Ok("Table 10"));
        assert_eq!(chosen(Some(SheetName::Position(1))), Ok("Notes"));
        assert_eq!(choose(&names[..1], None).unwrap(), "Notes");
        let list = "the workbook has `Notes`, `Table 1`, `Table 10`";
        for (wanted, problem) in [
            (None, "nothing says which sheet of the workbook"),
            (Some(called("Table_1")), "no sheet is named `Table_1`"),
            (Some(called("Table*")), "several sheets match `Table*`"),
            (Some(SheetName::Position(4)), "the workbook has no sheet 4"),
            (Some(SheetName::Position(0)), "the workbook has no sheet 0"),
        ] {
            assert_eq!(chosen(wanted), Err(format!("a: {problem}: {list}")));
        }
    }
}
