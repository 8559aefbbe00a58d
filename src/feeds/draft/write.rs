//! The draft as TOML.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::kind::{Guess, Guessed, guess, marker};
use super::sample::{Column, Sample};
use crate::feeds::reading::Marker;
use crate::feeds::texts::{fold, shown};

/// Words in a heading that tell of an area.
const AREAS: [&str; 12] = [
    "force",
    "area",
    "ccg",
    "icb",
    "council",
    "authority",
    "region",
    "trust",
    "provider",
    "org",
    "county",
    "district",
];

/// Misfits that are named.
const NAMED: usize = 3;

/// A column of the draft.
struct Drafted<'a> {
    name: String,
    column: &'a Column,
    /// How often its heading comes.
    times: usize,
    guessed: Guessed,
}

/// The text of the contract.
pub(super) fn contract(name: &str, sample: &Sample) -> String {
    let mut names = BTreeSet::from(["period".to_owned()]);
    let mut headings = BTreeSet::new();
    let times = |heading: &str| {
        let same = |column: &&Column| fold(&column.heading) == fold(heading);
        sample.columns.iter().filter(same).count()
    };
    let columns: Vec<Drafted> = sample
        .columns
        .iter()
        .filter(|column| headings.insert(fold(&column.heading)))
        .map(|column| Drafted {
            name: free(&mut names, &column.heading),
            column,
            times: times(&column.heading),
            guessed: guess(&column.cells),
        })
        .collect();
    let key = key(sample, &columns);
    let mut lines = head(name, sample, &columns, key);
    lines.push(String::new());
    lines.push("[columns]".to_owned());
    for (position, drafted) in columns.iter().enumerate() {
        lines.extend(column(drafted, key == Some(position)));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// What stands above the columns.
fn head(name: &str, sample: &Sample, columns: &[Drafted], key: Option<usize>) -> Vec<String> {
    let (stem, ending) = name.split_once('.').unwrap_or((name, "csv"));
    let rows = sample.rows;
    let mut lines = vec![
        format!(
            "# A draft, made from {rows} rows of {}. What says `guess` is one: settle it with",
            shown(name)
        ),
        "# whoever sends the file, and take the word away. No file says what its sender means."
            .to_owned(),
        format!("title      = {}    # guess: the file's name", quoted(stem)),
        format!(
            "files      = [{}]    # guess: every file of this kind",
            quoted(&format!("*.{ending}"))
        ),
        "rows       = \"events\"    # guess: \"events\", \"stays\" or \"totals\"".to_owned(),
    ];
    lines.push(match key.and_then(|key| columns.get(key)) {
        Some(column) => {
            let again = match rows - distinct(&column.column.cells) {
                0 => "no two rows have the same".to_owned(),
                again => format!("only {again} rows come again"),
            };
            format!("key        = [{}]    # guess: {again}", quoted(&column.name))
        }
        None => "key        = []    # guess: no column alone tells the rows apart; name several if they do".to_owned(),
    });
    let is_time = |column: &&Drafted| matches!(column.guessed.kind, Guess::Time { .. });
    let is_date = |column: &&Drafted| matches!(column.guessed.kind, Guess::Date { .. });
    let time = columns.iter().find(is_time).or_else(|| columns.iter().find(is_date));
    lines.push(match time {
        Some(column) => format!("event_time = {}    # guess: the first time, or date", quoted(&column.name)),
        None => "# event_time = \"…\"    # no column reads as a date or a time: events need one, and totals a `period`".to_owned(),
    });
    lines.push(
        "# area     = \"…\"    # the column of type area that says where a row belongs".to_owned(),
    );
    lines.extend(sample.delimiter.map(|mark| format!("delimiter  = \"{mark}\"")));
    if sample.windows_1252 {
        lines.push("encoding   = \"windows-1252\"    # guess: the file is not UTF-8".to_owned());
    }
    lines.extend(missing(columns));
    lines.extend(table(sample));
    for field in &sample.unnamed {
        lines.push(format!(
            "# field {field} has no heading and holds something: give it a column with at = {field}"
        ));
    }
    lines
}

fn table(sample: &Sample) -> Vec<String> {
    let sheet = sample.sheet.map(|sheet| {
        format!("sheet = {sheet}    # guess: the first of several; name the one that is meant")
    });
    let headings = sample
        .headings_on
        .map(|line| format!("headings = {line}    # guess: what stands above is a title"));
    let keys: Vec<String> = sheet.into_iter().chain(headings).collect();
    if keys.is_empty() {
        return keys;
    }
    [String::new(), "[table]".to_owned()].into_iter().chain(keys).collect()
}

/// The texts that stand for no value, as they are written.
fn missing(columns: &[Drafted]) -> Option<String> {
    let cells = columns.iter().flat_map(|drafted| &drafted.column.cells);
    let mut found: BTreeMap<String, (&str, Marker)> = BTreeMap::new();
    for cell in cells {
        if let Some(marker) = marker(cell) {
            found.entry(fold(cell)).or_insert((cell, marker));
        }
    }
    if found.is_empty() {
        return None;
    }
    let word = |marker: &Marker| match marker {
        Marker::Missing => "missing",
        Marker::Suppressed => "suppressed",
        Marker::NotApplicable => "not applicable",
    };
    let pairs: Vec<String> = found
        .values()
        .map(|(cell, marker)| format!("{} = \"{}\"", quoted(cell), word(marker)))
        .collect();
    let pairs = pairs.join(", ");
    Some(format!(
        "missing    = {{ {pairs} }}    # guess: \"missing\", \"suppressed\" or \"not applicable\""
    ))
}

/// The first column of names or whole numbers that every row has and that nearly all have to
/// themselves: copies and corrections come again.
fn key(sample: &Sample, columns: &[Drafted]) -> Option<usize> {
    let tells = |drafted: &Drafted| {
        let cells = &drafted.column.cells;
        let kind =
            matches!(drafted.guessed.kind, Guess::Text | Guess::Integer { thousands: false });
        let nearly = || distinct(cells) * 50 >= cells.len() * 49;
        kind && sample.rows > 0 && cells.len() == sample.rows && nearly()
    };
    columns.iter().position(tells)
}

fn distinct(cells: &[String]) -> usize {
    cells.iter().collect::<BTreeSet<_>>().len()
}

fn column(drafted: &Drafted, is_key: bool) -> Vec<String> {
    let Drafted { name, column, times, guessed } = drafted;
    let heading = quoted(&column.heading);
    let mut note = "guess".to_owned();
    let kind = match &guessed.kind {
        Guess::Text => "type = \"text\"".to_owned(),
        Guess::Integer { thousands } => format!("type = \"integer\"{}", grouped(*thousands)),
        Guess::Decimal { thousands, percent } => {
            let percent = if *percent { ", percent = true" } else { "" };
            format!("type = \"decimal\"{}{percent}", grouped(*thousands))
        }
        Guess::Date { format, or } | Guess::Time { format, or } => {
            if let Some(or) = or {
                note = format!("guess: nothing tells day from month here; it may be {or}");
            }
            let kind = if matches!(guessed.kind, Guess::Time { .. }) { "time" } else { "date" };
            format!("type = \"{kind}\", format = {}", quoted(format))
        }
        Guess::Flag { yes, no } => {
            format!("type = \"flag\", yes = {}, no = {}", list(yes), list(no))
        }
        Guess::Code(codes) => {
            let mut names = BTreeSet::new();
            let code = |text: &String| format!("{} = [{}]", free(&mut names, text), quoted(text));
            format!(
                "type = \"code\", codes = {{ {} }}",
                codes.iter().map(code).collect::<Vec<_>>().join(", ")
            )
        }
    };
    let few = column.cells.len() >= 20 && distinct(&column.cells) <= 5;
    if few && matches!(guessed.kind, Guess::Integer { .. }) {
        note = format!("{note}; few numbers come again and again: they may be codes");
    }
    // What tells rows apart is a name, also where it is made of digits.
    let kind = if is_key { "type = \"text\"".to_owned() } else { kind };
    let repeat = if *times > 1 {
        note = format!("{note}; the heading comes {times} times: \"first\" or \"last\"");
        ", repeat = \"first\""
    } else {
        ""
    };
    if column.cells.is_empty() {
        "guess: it holds nothing in this file".clone_into(&mut note);
    }
    let mut lines = Vec::new();
    let words = fold(&column.heading);
    let is_area = matches!(guessed.kind, Guess::Text | Guess::Code(_)) && !is_key;
    if is_area && AREAS.iter().any(|area| words.contains(area)) {
        lines.push(format!(
            "# perhaps: {name} = {{ type = \"area\", kind = \"…\", heading = {heading} }}"
        ));
    }
    if !guessed.misfits.is_empty() && !is_key {
        let named: Vec<String> =
            guessed.misfits.iter().take(NAMED).map(|text| format!("`{text}`")).collect();
        let more = if guessed.misfits.len() > NAMED { ", …" } else { "" };
        note = format!("{note}; does not fit {}{more}", named.join(", "));
    }
    lines.push(format!("{name} = {{ {kind}, heading = {heading}{repeat} }}    # {note}"));
    lines
}

fn grouped(thousands: bool) -> &'static str {
    if thousands { ", thousands = \",\"" } else { "" }
}

fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// A plain word made of a text, another than those there are.
fn free(names: &mut BTreeSet<String>, text: &str) -> String {
    let mut word = String::new();
    for character in text.chars().flat_map(char::to_lowercase) {
        if character.is_ascii_lowercase() || character.is_ascii_digit() {
            word.push(character);
        } else if !word.ends_with('_') && !word.is_empty() {
            word.push('_');
        }
    }
    let word = word.trim_matches('_');
    let word = match word.chars().next() {
        None => "unnamed".to_owned(),
        Some('0'..='9') => format!("n{word}"),
        Some(_) => word.to_owned(),
    };
    let found =
        (1..).map(|number| if number == 1 { word.clone() } else { format!("{word}_{number}") });
    let name = found.into_iter().find(|name| !names.contains(name)).unwrap_or(word.clone());
    names.insert(name.clone());
    name
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            character if character.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(character));
            }
            character => quoted.push(character),
        }
    }
    quoted + "\""
}
