//! What the cells of a column look like.

use std::collections::{BTreeMap, BTreeSet};

use crate::feeds::reading::{Marker, Number};
use crate::feeds::texts::fold;
use crate::feeds::timestamp::{Format, Purpose};
use crate::feeds::{number, texts};

/// Texts that often stand for no value, and what they say where they do.
const MARKERS: [(&str, Marker); 15] = [
    ("*", Marker::Suppressed),
    ("[c]", Marker::Suppressed),
    ("[z]", Marker::NotApplicable),
    ("n/a", Marker::NotApplicable),
    (".", Marker::Missing),
    ("..", Marker::Missing),
    ("-", Marker::Missing),
    (":", Marker::Missing),
    ("[x]", Marker::Missing),
    ("na", Marker::Missing),
    ("nk", Marker::Missing),
    ("null", Marker::Missing),
    ("#n/a", Marker::Missing),
    ("not known", Marker::Missing),
    ("not recorded", Marker::Missing),
];

const DATES: [&str; 12] = [
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%Y-%m-%d",
    "%-d/%-m/%Y",
    "%-m/%-d/%Y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d-%b-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%d.%m.%Y",
    "%Y%m%d",
];

/// What follows a date where a time of day does.
const CLOCKS: [&str; 9] = [
    " %H:%M",
    " %H:%M:%S",
    "T%H:%M",
    "T%H:%M:%S",
    " %-H:%M",
    " %I:%M %p",
    " %I:%M:%S %p",
    " %-I:%M %p",
    " %-I:%M:%S %p",
];

const YES: [&str; 3] = ["y", "yes", "true"];
const NO: [&str; 3] = ["n", "no", "false"];

/// Most codes, and rows each of them must have on average.
const CODES: usize = 30;
const ROWS_A_CODE: usize = 3;

/// What a column seems to hold.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Guess {
    Text,
    Integer {
        thousands: bool,
    },
    Decimal {
        thousands: bool,
        percent: bool,
    },
    /// With the formats that read as many cells, when day and month could change places.
    Date {
        format: String,
        or: Option<String>,
    },
    Time {
        format: String,
        or: Option<String>,
    },
    Flag {
        yes: Vec<String>,
        no: Vec<String>,
    },
    Code(Vec<String>),
}

/// A guess, and cells that it does not fit.
#[derive(Debug)]
pub(super) struct Guessed {
    pub(super) kind: Guess,
    pub(super) misfits: BTreeSet<String>,
}

/// The marker that a text is, as it is mostly meant.
pub(super) fn marker(text: &str) -> Option<Marker> {
    let text = fold(text);
    MARKERS.iter().find(|(known, _)| *known == text).map(|(_, marker)| *marker)
}

/// What a column holds by its cells, those that stand for no value left out.
pub(super) fn guess(cells: &[String]) -> Guessed {
    let cells: Vec<&str> =
        cells.iter().map(String::as_str).filter(|cell| marker(cell).is_none()).collect();
    let plain = |kind| Guessed { kind, misfits: BTreeSet::new() };
    if cells.is_empty() {
        return plain(Guess::Text);
    }
    if let Some(flag) = flag(&cells) {
        return plain(flag);
    }
    let (times, dates) = (times(), DATES.map(str::to_owned));
    numbers(&cells)
        .or_else(|| moments(&cells, &dates, Purpose::Date))
        .or_else(|| moments(&cells, &times, Purpose::Time))
        .unwrap_or_else(|| plain(codes(&cells).unwrap_or(Guess::Text)))
}

fn times() -> Vec<String> {
    CLOCKS.iter().flat_map(|clock| DATES.map(|date| format!("{date}{clock}"))).collect()
}

/// The cells that do not fit, where nineteen in twenty do.
fn misfits(cells: &[&str], fits: impl Fn(&str) -> bool) -> Option<BTreeSet<String>> {
    let not: Vec<&&str> = cells.iter().filter(|cell| !fits(cell)).collect();
    (not.len() * 20 <= cells.len())
        .then(|| not.into_iter().map(|cell| texts::shown(cell)).collect())
}

fn numbers(cells: &[&str]) -> Option<Guessed> {
    // A number that begins with 0 is a name: a telephone, a code.
    let is_name = |cell: &&str| {
        cell.len() > 1 && cell.starts_with('0') && cell.bytes().all(|byte| byte.is_ascii_digit())
    };
    if cells.iter().any(is_name) {
        return None;
    }
    let thousands = cells.iter().any(|cell| cell.contains(','));
    let percent = cells.iter().any(|cell| cell.ends_with('%'));
    let number = Number { thousands, percent, ..Number::default() };
    let whole = |cell: &str| number::integer(cell, &number).is_ok();
    let any = |cell: &str| number::decimal(cell, &number, false).is_ok();
    if let Some(misfits) = misfits(cells, whole).filter(|_| !percent) {
        // Decimals among whole numbers are no misfits.
        let kind = if misfits.iter().any(|cell| any(cell)) {
            Guess::Decimal { thousands, percent }
        } else {
            Guess::Integer { thousands }
        };
        return Some(Guessed { kind, misfits: misfits.into_iter().filter(|c| !any(c)).collect() });
    }
    let misfits = misfits(cells, any)?;
    Some(Guessed { kind: Guess::Decimal { thousands, percent }, misfits })
}

/// The format that reads the most cells, of several the first; and the one with day and month the
/// other way round where it reads as many.
fn moments(cells: &[&str], formats: &[String], purpose: Purpose) -> Option<Guessed> {
    let read = |format: &str| {
        let format = Format::compile(format, purpose).ok()?;
        Some(cells.iter().filter(|cell| format.seconds(cell).is_ok()).count())
    };
    let mut best: Option<(&String, usize)> = None;
    for format in formats {
        let rows = read(format).unwrap_or_default();
        if rows > best.map_or(0, |(_, most)| most) {
            best = Some((format, rows));
        }
    }
    let (format, rows) = best?;
    let compiled = Format::compile(format, purpose).ok()?;
    let misfits = misfits(cells, |cell| compiled.seconds(cell).is_ok())?;
    let swapped = format.replace('d', "?").replace('m', "d").replace('?', "m");
    let day_first = !format.starts_with("%Y") && swapped != *format;
    let or = (day_first && read(&swapped) == Some(rows)).then_some(swapped);
    let format = format.clone();
    let kind = match purpose {
        Purpose::Time => Guess::Time { format, or },
        Purpose::Date | Purpose::Month => Guess::Date { format, or },
    };
    Some(Guessed { kind, misfits })
}

fn flag(cells: &[&str]) -> Option<Guess> {
    let spelled: BTreeMap<String, &str> = cells.iter().map(|cell| (fold(cell), *cell)).collect();
    let among = |words: &[&str]| {
        let found = spelled.iter().filter(|(folded, _)| words.contains(&folded.as_str()));
        found.map(|(_, cell)| (*cell).to_owned()).collect::<Vec<String>>()
    };
    let (yes, no) = (among(&YES), among(&NO));
    let all = yes.len() + no.len() == spelled.len();
    (all && !yes.is_empty() && !no.is_empty()).then_some(Guess::Flag { yes, no })
}

/// The codes, where few texts come again and again.
fn codes(cells: &[&str]) -> Option<Guess> {
    let mut spelled: BTreeMap<String, &str> = BTreeMap::new();
    for cell in cells {
        spelled.entry(fold(cell)).or_insert(cell);
        if spelled.len() > CODES {
            return None;
        }
    }
    let again = spelled.len() * ROWS_A_CODE <= cells.len();
    let short = spelled.keys().all(|text| text.chars().count() <= 60);
    let codes = spelled.into_values().map(str::to_owned).collect();
    (again && short).then_some(Guess::Code(codes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(cells: &[&str]) -> Guess {
        let cells: Vec<String> = cells.iter().map(|cell| (*cell).to_owned()).collect();
        guess(&cells).kind
    }

    #[test]
    fn columns_are_guessed_by_their_cells() {
        let date = |format: &str, or: Option<&str>| Guess::Date {
            format: format.to_owned(),
            or: or.map(str::to_owned),
        };
        assert_eq!(guessed(&["1", "-2", "NK"]), Guess::Integer { thousands: false });
        assert_eq!(guessed(&["7,365", "12"]), Guess::Integer { thousands: true });
        let decimal = |percent| Guess::Decimal { thousands: false, percent };
        assert_eq!(guessed(&["1", "2.5", "5.03563e+006"]), decimal(false));
        assert_eq!(guessed(&["47%", "90.50%"]), decimal(true));
        assert_eq!(guessed(&["0123", "4567"]), Guess::Text);
        assert_eq!(guessed(&["31/01/2017", "01/02/2017"]), date("%d/%m/%Y", None));
        assert_eq!(guessed(&["01/31/2017", "01/02/2017"]), date("%m/%d/%Y", None));
        assert_eq!(guessed(&["01/02/2017"]), date("%d/%m/%Y", Some("%m/%d/%Y")));
        assert_eq!(guessed(&["2017-02-01"]), date("%Y-%m-%d", None));
        assert_eq!(guessed(&["Y", "n", "N"]), flag(&["Y", "N"]).unwrap());
        assert_eq!(guessed(&["Y", "Y", "Y"]), Guess::Code(vec!["Y".to_owned()]));
        assert_eq!(guessed(&["*", "."]), Guess::Text);
        let time = guessed(&["2/13/2017 6:08:26 PM", "12/1/2017 11:00:00 AM"]);
        let format = "%-m/%-d/%Y %-I:%M:%S %p".to_owned();
        assert_eq!(time, Guess::Time { format, or: None });
    }

    #[test]
    fn few_misfits_are_named() {
        let mut cells: Vec<String> = (1..=40).map(|day| format!("{day}")).collect();
        cells.push("ca. 7".to_owned());
        let found = guess(&cells);
        assert_eq!(found.kind, Guess::Integer { thousands: false });
        assert_eq!(found.misfits, BTreeSet::from(["ca. 7".to_owned()]));
    }
}
