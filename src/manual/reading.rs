//! How the files of a feed are read: their form, the table in them, periods, markers, reshaping.

use crate::document::parts::{fact, text};
use crate::document::{Cell, Fact};
use crate::feeds::reading::{
    Encoding, Ends, Gather, HeadingPlace, Layout, Marker, PeriodPlace, PeriodSource, Reading,
    SheetName, Spread,
};
use crate::wording::{self, month, sentence};

/// How the files themselves are read.
pub(super) fn read_as(reading: &Reading) -> Vec<Option<Fact>> {
    let Reading {
        files,
        ignore,
        delimiters,
        encoding,
        table,
        gather,
        zone,
        missing,
        period,
        keep,
        columns: _,
        spread,
    } = reading;
    let encoding = match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Windows1252 => "Windows-1252",
    };
    let delimiters: Vec<String> = delimiters.iter().map(|byte| delimiter(*byte)).collect();
    let delimiters = delimiters.join(" or ");
    let markers = missing.iter().map(|(written, marker)| {
        let written = if written.is_empty() { "An empty cell" } else { written };
        let said = match marker {
            Marker::Missing => "not known",
            Marker::Suppressed => "withheld by the source",
            Marker::NotApplicable => "not applicable",
        };
        format!("{written}: {said}")
    });
    let mut facts = vec![
        fact("Files", text(files.join(", "))),
        fact(
            "Written in",
            text(format!("{encoding}, cells parted by {delimiters} where they are text")),
        ),
        fact("Table in a file", lines(layout(table).into_iter())),
        fact("Clocks", text(zone.name())),
        fact("Markers for no value", lines(markers)),
        fact("Headings never read", text(ignore.join(", "))),
    ];
    facts.extend(period.as_ref().map(periods).into_iter().flatten());
    facts.push(keep.as_ref().and_then(|(_, written)| {
        fact(
            "Rows kept",
            Cell::Stack(vec![text("Only those that satisfy:"), Cell::Code(written.clone())]),
        )
    }));
    facts.push(fact("Reshaped", lines(reshaped(gather.as_ref(), spread.as_ref()))));
    facts
}

fn delimiter(byte: u8) -> String {
    match byte {
        b',' => "commas".to_owned(),
        b';' => "semicolons".to_owned(),
        b'\t' => "tabs".to_owned(),
        other => format!("“{}”", char::from(other)),
    }
}

/// Where the table stands, where it is not the whole file.
fn layout(layout: &Layout) -> Vec<String> {
    let Layout { sheet, headings, heading_rows, ends } = layout;
    let sheet = sheet.as_ref().map(|sheet| match sheet {
        SheetName::Named(name) => format!("On the sheet “{name}”"),
        SheetName::Position(at) => format!("On sheet {at} of a workbook"),
    });
    let found = match headings {
        HeadingPlace::First => None,
        HeadingPlace::Line(line) => Some(format!("Headings stand on line {line}")),
        HeadingPlace::Find => Some(
            "Headings stand in the first row that has every one that cannot be done without"
                .to_owned(),
        ),
    };
    let rows = (*heading_rows > 1).then(|| format!("{heading_rows} rows of headings together"));
    let Ends { blank_row, texts } = ends;
    let blank = blank_row.then(|| "Ends at the first blank row".to_owned());
    let words = (!texts.is_empty())
        .then(|| format!("Ends before a row that begins with {}", texts.join(" or ")));
    [sheet, found, rows, blank, words].into_iter().flatten().collect()
}

/// Wide to long, and long to wide.
fn reshaped(gather: Option<&Gather>, spread: Option<&Spread>) -> impl Iterator<Item = String> {
    let gathered = gather.map(|Gather { headings, names, values }| {
        format!(
            "Each heading like {headings} becomes a row of its own: the heading under {}, the cell \
             under {values}",
            names.join(", ")
        )
    });
    let spread = spread.map(|spread| {
        format!(
            "The names in {} become columns of their own, with the values in {}",
            spread.names, spread.values
        )
    });
    gathered.into_iter().chain(spread)
}

fn lines(lines: impl Iterator<Item = String>) -> Cell {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() { Cell::Empty } else { Cell::Lines(lines) }
}

/// Where a row's period is found.
fn periods(source: &PeriodSource) -> Vec<Option<Fact>> {
    let PeriodSource { grain, place, partial } = source;
    let place = match place {
        PeriodPlace::YearMonth { year, month: None } => format!("under the heading “{year}”"),
        PeriodPlace::YearMonth { year, month: Some(month) } => {
            format!("under the headings “{year}” and “{month}”")
        }
        PeriodPlace::Heading { heading, format } => {
            format!("under the heading “{heading}”, written {}", format.text())
        }
        PeriodPlace::FromTo { from, to, format } => format!(
            "from the day under “{from}” to the day under “{to}”, written {}; rows of another length \
             are left out",
            format.text()
        ),
        PeriodPlace::Title { pattern, format } => format!(
            "in a cell above the headings, by the pattern {pattern}, written {}",
            format.text()
        ),
        PeriodPlace::FileName { pattern, format } => {
            format!("in the file's name, by the pattern {pattern}, written {}", format.text())
        }
    };
    let partial = partial.iter().map(|(at, what)| format!("{}: {what}", month(*at)));
    vec![
        fact("Periods", text(format!("{}s, {place}", sentence(wording::grain(*grain))))),
        fact("Delivered in part", lines(partial)),
    ]
}
