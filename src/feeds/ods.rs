//! `OpenDocument` spreadsheets.
//!
//! Read here rather than by calamine, whose reader expands every sheet of a workbook in full and
//! does not come to an end where a table does not.

use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::fault::Fault;
use super::limits::MOST_BYTES;
use super::reading::SheetName;
use super::sheet::{MOST_COLUMNS, Sheet, choose};
use super::unpack::{self, not_workbook};
use super::written::Written;

/// Most spaces in one place of a cell that are kept.
const MOST_SPACES: u32 = 1_000;

/// The sheet of a workbook that the contract names; the fault says why it cannot be read.
pub(crate) fn read(bytes: &[u8], wanted: Option<&SheetName>) -> Result<Sheet, Fault> {
    let mut archive = unpack::archive(bytes, MOST_BYTES)?;
    let manifest =
        unpack::part(&mut archive, "META-INF/manifest.xml", MOST_BYTES).unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Fault::new("the workbook has a password")
            .help("save it without a password, or as CSV UTF-8"));
    }
    let content = unpack::part(&mut archive, "content.xml", MOST_BYTES)?;
    let names = names(&content)?;
    let name = choose(&names, wanted)?;
    let position = names.iter().position(|known| known == name).unwrap_or_default();
    Content::new(&content).sheet(position)
}

/// The names of the sheets in their order.
fn names(content: &str) -> Result<Vec<String>, Fault> {
    let (mut names, mut content) = (Vec::new(), Content::new(content));
    while let Some(table) = content.table()? {
        names.push(attribute(&table, "table:name")?.unwrap_or_default());
        content.skip(&table)?;
    }
    Ok(names)
}

struct Content<'a> {
    reader: Reader<&'a [u8]>,
}

/// A cell that holds something: its columns, its text and what it was entered as.
type Cell = (Range<u32>, String, Written);

impl<'a> Content<'a> {
    fn new(content: &'a str) -> Self {
        let mut reader = Reader::from_str(content);
        reader.config_mut().expand_empty_elements = true;
        Self { reader }
    }

    fn next(&mut self) -> Result<Event<'a>, Fault> {
        match self.reader.read_event() {
            Ok(Event::Eof) => Err(not_workbook(&"its content ends too early")),
            Ok(event) => Ok(event),
            Err(error) => Err(not_workbook(&error)),
        }
    }

    fn skip(&mut self, element: &BytesStart) -> Result<(), Fault> {
        self.reader.read_to_end(element.name()).map_err(|error| not_workbook(&error))?;
        Ok(())
    }

    /// The next table outside any other; `None` when there are no more.
    fn table(&mut self) -> Result<Option<BytesStart<'a>>, Fault> {
        loop {
            match self.next()? {
                Event::Start(element) if element.name().0 == "table:table" => {
                    return Ok(Some(element));
                }
                Event::End(element) if element.name().0 == "office:spreadsheet" => {
                    return Ok(None);
                }
                _ => {}
            }
        }
    }

    fn sheet(&mut self, position: usize) -> Result<Sheet, Fault> {
        for _ in 0..position {
            if let Some(table) = self.table()? {
                self.skip(&table)?;
            }
        }
        let mut sheet = Sheet::new();
        let mut line: u32 = 0;
        self.table()?;
        loop {
            match self.next()? {
                Event::Start(element) => match element.name().0 {
                    "table:table-row" => {
                        let repeated = number(&element, "table:number-rows-repeated")?;
                        let cells = self.row()?;
                        for row in 1..=if cells.is_empty() { 0 } else { repeated } {
                            for (columns, text, written) in &cells {
                                for column in columns.clone() {
                                    sheet.push(line.saturating_add(row), column, text, *written)?;
                                }
                            }
                        }
                        line = line.saturating_add(repeated);
                    }
                    "table:table-row-group" | "table:table-header-rows" | "table:table-rows" => {}
                    _ => self.skip(&element)?,
                },
                Event::End(element) if element.name().0 == "table:table" => return Ok(sheet),
                _ => {}
            }
        }
    }

    fn row(&mut self) -> Result<Vec<Cell>, Fault> {
        let mut cells = Vec::new();
        let mut column: u32 = 0;
        loop {
            match self.next()? {
                Event::Start(element) => match element.name().0 {
                    "table:table-cell" | "table:covered-table-cell" => {
                        let repeated = number(&element, "table:number-columns-repeated")?;
                        let (text, written) = self.cell(&element)?;
                        let end = column.saturating_add(repeated);
                        if !text.is_empty() {
                            if end > MOST_COLUMNS {
                                let problem = format!("more than {MOST_COLUMNS} columns");
                                return Err(not_workbook(&problem));
                            }
                            cells.push((column..end, text, written));
                        }
                        column = end;
                    }
                    _ => self.skip(&element)?,
                },
                Event::End(element) if element.name().0 == "table:table-row" => return Ok(cells),
                _ => {}
            }
        }
    }

    /// What a cell holds; reads to its end.
    fn cell(&mut self, element: &BytesStart) -> Result<(String, Written), Fault> {
        let shown = self.paragraphs(element)?;
        let value = |name| attribute(element, name);
        let kind = value("office:value-type")?.unwrap_or_default();
        let told = match kind.as_str() {
            "float" | "percentage" | "currency" => {
                value("office:value")?.map(|number| (number, Written::Number))
            }
            "date" => value("office:date-value")?.map(|date| dated(date, Written::iso)),
            "time" => value("office:time-value")?.map(|time| dated(time, clock)),
            "boolean" => {
                value("office:boolean-value")?.map(|flag| (flag.to_uppercase(), Written::Text))
            }
            _ => value("office:string-value")?
                .filter(|text| !text.is_empty())
                .map(|text| (text, Written::Text)),
        };
        Ok(told.unwrap_or((shown, Written::Text)))
    }

    /// The text that a cell shows, its paragraphs on lines of their own; reads to its end.
    fn paragraphs(&mut self, cell: &BytesStart) -> Result<String, Fault> {
        let (mut text, mut inside, mut any) = (String::new(), 0_u32, false);
        loop {
            match self.next()? {
                Event::Start(element) => match element.name().0 {
                    "text:p" | "text:h" => {
                        if std::mem::replace(&mut any, true) {
                            text.push('\n');
                        }
                        inside += 1;
                    }
                    "text:s" => {
                        let spaces = number(&element, "text:c")?.min(MOST_SPACES);
                        text.extend((0..spaces).map(|_| ' '));
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    "text:span" | "text:a" => {}
                    _ => self.skip(&element)?,
                },
                Event::End(element) => match element.name().0 {
                    "text:p" | "text:h" => inside = inside.saturating_sub(1),
                    name if name == cell.name().0 => return Ok(text),
                    _ => {}
                },
                Event::Text(words) if inside > 0 => text.push_str(&words.xml10_content()),
                Event::CData(words) if inside > 0 => text.push_str(&words.xml10_content()),
                Event::GeneralRef(name) if inside > 0 => match name.resolve_char_ref() {
                    Ok(Some(character)) => text.push(character),
                    Ok(None) => text.push_str(resolve_predefined_entity(&name).unwrap_or_default()),
                    Err(error) => return Err(not_workbook(&error)),
                },
                _ => {}
            }
        }
    }
}

fn attribute(element: &BytesStart, name: &str) -> Result<Option<String>, Fault> {
    let found = element.try_get_attribute(name).map_err(|error| not_workbook(&error))?;
    let value = found.map(|found| found.normalized_value(XmlVersion::Implicit1_0));
    match value.transpose() {
        Ok(value) => Ok(value.map(std::borrow::Cow::into_owned)),
        Err(error) => Err(not_workbook(&error)),
    }
}

/// How often something is repeated: once unless an attribute says otherwise.
fn number(element: &BytesStart, name: &str) -> Result<u32, Fault> {
    let Some(text) = attribute(element, name)? else { return Ok(1) };
    text.parse().map_err(|_| not_workbook(&format!("`{text}` is no number of repetitions")))
}

fn dated(text: String, read: fn(&str) -> Option<Written>) -> (String, Written) {
    match read(&text).and_then(|written| Some((written.text()?, written))) {
        Some(told) => told,
        None => (text, Written::Text),
    }
}

/// `PT10H30M00S`, below a day; fractions of a second are cut off.
fn clock(text: &str) -> Option<Written> {
    let rest = text.strip_prefix("PT")?;
    let (hours, rest) = rest.split_once('H')?;
    let (minutes, seconds) = rest.split_once('M')?;
    let seconds = seconds.strip_suffix('S')?.split(['.', ',']).next()?;
    let part = |text: &str| text.parse::<u32>().ok().map(i64::from);
    let clock = part(hours)? * 3_600 + part(minutes)? * 60 + part(seconds)?;
    (clock < 86_400).then_some(Written::Clock(clock))
}
