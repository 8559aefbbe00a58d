//! Small CSV tables with fixed headings, every line with its place.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::Source;
use crate::error::{Error, Place};

/// The lines below the headings, which must be as given; each with its place.
pub(crate) fn lines<const N: usize>(
    source: &Source,
    headings: [&str; N],
    errors: &mut Vec<Error>,
) -> Vec<(Place, [String; N])> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(source.text.trim_start_matches('\u{feff}').as_bytes());
    let mut found = Vec::new();
    let mut headed = false;
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(problem) => {
                let line = problem.position().map_or(1, |at| number(at.line()));
                errors.push(
                    Error::definition(place(source, line), format!("not CSV: {problem}"))
                        .help("put a cell that holds a comma between double quotes"),
                );
                continue;
            }
        };
        let place = place(source, record.position().map_or(1, |at| number(at.line())));
        if headed {
            match cells(&record) {
                Some(cells) => found.push((place, cells)),
                None => errors.push(
                    Error::definition(
                        place,
                        format!("{} cells where {N} are expected", record.len()),
                    )
                    .help(
                        "put a cell that holds a comma between double quotes, and close each of them",
                    ),
                ),
            }
        } else {
            headed = true;
            if record != *headings.as_slice() {
                let said = format!("the headings should be {}", headings.join(","));
                errors.push(Error::definition(place, said).help("write them so, in this order"));
            }
        }
    }
    found
}

fn number(line: u64) -> usize {
    usize::try_from(line).unwrap_or(usize::MAX)
}

fn place(source: &Source, line: usize) -> Place {
    Place::line(&*source.file, line)
}

fn cells<const N: usize>(record: &StringRecord) -> Option<[String; N]> {
    let cells: Vec<String> = record.iter().map(str::to_owned).collect();
    cells.try_into().ok()
}
