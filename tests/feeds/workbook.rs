//! Workbooks made for tests, as plain as they can be.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A cell of a workbook.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(&'static str),
    /// A number.
    Number(f64),
    /// A share shown with a per cent sign.
    Share(f64),
    /// A date, as a number of days in Excel and as ISO 8601.
    Day(f64, &'static str),
    /// A date and time.
    Moment(f64, &'static str),
    /// A time of day: a fraction of a day, and as an ISO 8601 duration.
    Clock(f64, &'static str),
    /// An error, as Excel shows it.
    Error(&'static str),
}

/// Puts parts into an archive.
pub(super) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "&#10;")
}

/// An Excel workbook. Row numbers count from 1; an empty row is not written at all.
pub(super) fn xlsx(sheets: &[(&str, &[Vec<Cell>])]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = |id: usize, kind: &str, target: &str| {
        format!("<Relationship Id=\"r{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let (mut list, mut relations, mut parts) = (String::new(), String::new(), Vec::new());
    for (id, (name, rows)) in (1..).zip(sheets) {
        write!(list, "<sheet name=\"{name}\" sheetId=\"{id}\" r:id=\"r{id}\"/>").unwrap();
        relations += &relation(id, "worksheet", &format!("worksheets/sheet{id}.xml"));
        let text = format!(
            "<worksheet xmlns=\"{MAIN}\"><sheetData>{}</sheetData></worksheet>",
            excel_rows(rows)
        );
        parts.push((format!("xl/worksheets/sheet{id}.xml"), text));
    }
    relations += &relation(sheets.len() + 1, "styles", "styles.xml");
    let formats = ["dd/mm/yyyy", "dd/mm/yyyy hh:mm", "hh:mm", "0.0%"];
    let codes = (200..).zip(formats);
    let codes: Vec<String> = codes
        .map(|(id, code)| format!("<numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>"))
        .collect();
    let styles: Vec<String> = (200..204).map(|id| format!("<xf numFmtId=\"{id}\"/>")).collect();
    parts.extend([
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{PACKAGE}\">{}</Relationships>",
                relation(1, "officeDocument", "xl/workbook.xml")
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{list}</sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("<Relationships xmlns=\"{PACKAGE}\">{relations}</Relationships>"),
        ),
        (
            "xl/styles.xml".to_owned(),
            format!(
                "<styleSheet xmlns=\"{MAIN}\"><numFmts>{}</numFmts>\
                 <cellXfs><xf numFmtId=\"0\"/>{}</cellXfs></styleSheet>",
                codes.concat(),
                styles.concat()
            ),
        ),
    ]);
    let parts: Vec<(&str, &str)> =
        parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    archive(&parts)
}

fn excel_rows(rows: &[Vec<Cell>]) -> String {
    let mut text = String::new();
    for (line, row) in (1..).zip(rows) {
        let cells: String = ('A'..='Z')
            .zip(row)
            .map(|(column, cell)| excel_cell(&format!("{column}{line}"), *cell))
            .collect();
        if !cells.is_empty() {
            write!(text, "<row r=\"{line}\">{cells}</row>").unwrap();
        }
    }
    text
}

fn excel_cell(place: &str, cell: Cell) -> String {
    let number =
        |style: u32, number: f64| format!("<c r=\"{place}\" s=\"{style}\"><v>{number}</v></c>");
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => {
            format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(text))
        }
        Cell::Number(value) => number(0, value),
        Cell::Day(days, _) => number(1, days),
        Cell::Moment(days, _) => number(2, days),
        Cell::Clock(days, _) => number(3, days),
        Cell::Share(share) => number(4, share),
        Cell::Error(error) => format!("<c r=\"{place}\" t=\"e\"><v>{error}</v></c>"),
    }
}

/// An `OpenDocument` spreadsheet; empty rows and cells are written as repetitions.
pub(super) fn ods(sheets: &[(&str, &[Vec<Cell>])]) -> Vec<u8> {
    let mut tables = String::new();
    for (name, rows) in sheets {
        write!(tables, "<table:table table:name=\"{name}\"><table:table-column/>").unwrap();
        for row in *rows {
            let cells: String = row.iter().map(|cell| open_cell(*cell)).collect();
            let tail = "<table:table-cell table:number-columns-repeated=\"16000\"/>";
            write!(tables, "<table:table-row>{cells}{tail}</table:table-row>").unwrap();
        }
        tables += "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell \
                   table:number-columns-repeated=\"16384\"/></table:table-row></table:table>";
    }
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content><office:body>\
         <office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ])
}

fn open_cell(cell: Cell) -> String {
    let typed = |kind: &str, name: &str, value: &str| {
        format!(
            "<table:table-cell office:value-type=\"{kind}\" office:{name}=\"{value}\">\
             <text:p>as shown</text:p></table:table-cell>"
        )
    };
    match cell {
        Cell::Empty => "<table:table-cell/>".to_owned(),
        Cell::Text(text) => {
            let lines: Vec<String> = text
                .split('\n')
                .map(|line| format!("<text:p>{}</text:p>", escaped(line)))
                .collect();
            format!(
                "<table:table-cell office:value-type=\"string\">{}</table:table-cell>",
                lines.concat()
            )
        }
        Cell::Number(number) => typed("float", "value", &number.to_string()),
        Cell::Share(share) => typed("percentage", "value", &share.to_string()),
        Cell::Day(_, day) | Cell::Moment(_, day) => typed("date", "date-value", day),
        Cell::Clock(_, clock) => typed("time", "time-value", clock),
        Cell::Error(error) => {
            format!(
                "<table:table-cell office:value-type=\"string\" calcext:value-type=\"error\" \
                     office:string-value=\"\"><text:p>{error}</text:p></table:table-cell>"
            )
        }
    }
}
