//! Rows that share what became of them and why, over some files.

use std::collections::BTreeMap;

use concordat::quality::FileQuality;

/// Places named for each reason; `data/quality.csv` of a run has the rest.
const PLACES: usize = 3;

/// Rows that share a reason, over all files of a feed.
#[derive(Default)]
struct Rows<'a> {
    number: u64,
    /// Where the first are.
    places: Vec<String>,
    /// The text at fault in the first. Shown here, to people inside, and in no file.
    example: Option<&'a str>,
}

/// What became of them, reason and column.
type Reason<'a> = (&'static str, &'a str, Option<&'a str>);

type Reasons<'a> = BTreeMap<Reason<'a>, Rows<'a>>;

fn reasons(files: &[FileQuality]) -> Reasons<'_> {
    let mut found = Reasons::new();
    for file in files {
        let aside = file.set_aside.iter().map(|note| ("set aside", note));
        let warned = file.warnings.iter().map(|note| ("used, but", note));
        for (fate, note) in aside.chain(warned) {
            let rows =
                found.entry((fate, note.reason.as_str(), note.column.as_deref())).or_default();
            rows.number += note.rows;
            rows.example = rows.example.or(note.examples.first().map(String::as_str));
            let room = PLACES.saturating_sub(rows.places.len());
            let name = file.file.rsplit('/').next().unwrap_or(&file.file);
            rows.places.extend(note.lines.iter().take(room).map(|line| format!("{name}:{line}")));
        }
    }
    found
}

/// A line for each reason, with the places of the first rows: those that were set aside, then those
/// that were used although something about them is doubtful.
pub(super) fn lines(files: &[FileQuality]) -> Vec<String> {
    let line = |((fate, reason, column), rows): (Reason<'_>, Rows<'_>)| {
        let Rows { number, places, example } = rows;
        let column = column.map_or(String::new(), |column| format!(" ({column})"));
        let more = if number > places.len() as u64 { ", …" } else { "" };
        let at = places.join(", ");
        let at = if at.is_empty() { at } else { format!(": {at}{more}") };
        let such = example.map_or(String::new(), |text| format!(", such as `{text}`"));
        let number = if number == 0 { String::new() } else { format!("{number} × ") };
        format!("  {fate} {number}{reason}{column}{at}{such}")
    };
    reasons(files).into_iter().map(line).collect()
}
