//! Rows that share what became of them and why, over some files.

use std::collections::BTreeMap;

use concordat::quality::{Example, FileQuality};

/// Places named for each reason; `data/quality.csv` of a run has the rest.
const PLACES: usize = 3;

/// Rows that share a reason, over all files of a feed.
#[derive(Default)]
struct Rows<'a> {
    number: u64,
    /// Where the first are.
    places: Vec<String>,
    /// Whether each text at fault is to be named by itself.
    each: bool,
    /// The texts at fault: the first row with each, its place, and how many have it. Shown here, to
    /// people inside, and in no file.
    examples: Vec<(&'a Example, String, u64)>,
}

impl<'a> Rows<'a> {
    fn add(&mut self, example: &'a Example, name: &str) {
        let known = self.examples.iter_mut().find(|(known, ..)| known.text == example.text);
        if let Some((.., rows)) = known {
            *rows += example.rows;
        } else {
            self.examples.push((example, format!("{name}:{}", example.line), example.rows));
        }
    }
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
            rows.each = note.each;
            let room = PLACES.saturating_sub(rows.places.len());
            let name = file.file.rsplit('/').next().unwrap_or(&file.file);
            rows.places.extend(note.lines.iter().take(room).map(|line| format!("{name}:{line}")));
            note.examples.iter().for_each(|example| rows.add(example, name));
        }
    }
    found
}

/// A line for each reason, with the places of the first rows: those that were set aside, then those
/// that were used although something about them is doubtful. Below it, where spellings are at fault,
/// a line for each.
pub(super) fn lines(files: &[FileQuality]) -> Vec<String> {
    reasons(files).into_iter().flat_map(|(reason, rows)| of_reason(reason, &rows)).collect()
}

fn of_reason((fate, reason, column): Reason<'_>, rows: &Rows<'_>) -> Vec<String> {
    let column = column.map_or(String::new(), |column| format!(" ({column})"));
    let more = if rows.number > rows.places.len() as u64 { ", …" } else { "" };
    let at = rows.places.join(", ");
    let at = if at.is_empty() { at } else { format!(": {at}{more}") };
    let such = match rows.examples.first() {
        Some((example, ..)) if !rows.each => format!(", such as `{example}`"),
        _ => String::new(),
    };
    let number = if rows.number == 0 { String::new() } else { format!("{} × ", rows.number) };
    let mut lines = vec![format!("  {fate} {number}{reason}{column}{at}{such}")];
    for (example, place, rows) in rows.examples.iter().filter(|_| rows.each) {
        let meant = example.meant.as_ref();
        let meant = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
        lines.push(format!("    {rows} × `{}`, first {place}{meant}", example.text));
    }
    lines
}
