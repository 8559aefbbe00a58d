//! Rows set aside or doubted, counted by reason with the first few lines.

use std::collections::BTreeMap;
use std::fmt;

use super::texts;
use crate::quality::{Example, Note};

/// How many lines a note names.
const LINES: usize = 10;

/// How many offending texts a note names.
const EXAMPLES: usize = 10;

/// Why a row was set aside, or what is doubtful about it.
///
/// The order is the order of the notes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    /// More or fewer fields than headings.
    Torn { fields: usize, headings: usize },
    /// Not one field has anything in it.
    Blank,
    /// A quote is opened and not closed.
    OpenQuote,
    /// Below the end of the table.
    Below,
    /// The cell must not be empty.
    Required,
    /// A column of the key is empty.
    KeyEmpty,
    /// Not a date or time of the declared format.
    Form { format: String },
    /// A day that is not in the calendar.
    NoSuchDate,
    /// A time that is not on the clock.
    NoSuchTime,
    /// A time in the hour that the clocks skip.
    Skipped,
    /// Not a whole number.
    NotWhole,
    /// Not a number.
    NotNumber,
    /// A share without the per cent sign that the contract declares.
    NoPercent,
    /// An error of a spreadsheet: `#REF!`.
    SheetError,
    /// A number that a spreadsheet has cut short: `2.02E+12`.
    Shortened,
    /// Outside the range the contract gives.
    OutOfRange { from: String, to: String },
    /// Not in the code list.
    UnknownCode,
    /// Neither of the two answers.
    NotFlag,
    /// Not an area's code or name.
    UnknownArea { kind: Option<String> },
    /// Not a year and month.
    NoPeriod,
    /// A time that is not as long as the contract's periods.
    OtherLength { grain: &'static str },
    /// A code the contract leaves out.
    Dropped,
    /// The contract's `keep` does not hold.
    Keep { filter: String },
    /// The contract's `keep` is unknown.
    KeepUnknown { filter: String },
    /// Not one of the names that become columns.
    NotSpread,
    /// A check failed.
    Check { why: String },
    /// The same as an earlier row in every column.
    Copy,
    /// A later row of the same file has the same key.
    Superseded,
    /// A later file has the same key.
    Revised { file: String },
    /// The feed was stopped, and with it every row that was read.
    Stopped,
    /// A date where a time is expected.
    DateAlone,
    /// In the hour that comes twice.
    Twice,
    /// An earlier row of the same file has the same key and other values.
    SameKey,
    /// The file has no heading for the column.
    NoHeading,
    /// The file has headings and no rows.
    NoRows,
    /// The month was delivered in part.
    Partial { what: String },
    /// The log of deliveries does not name the file.
    NotLogged,
    /// The row's area is part of no plan.
    NoPlan,
    /// The area was part of no plan on the row's day.
    NoPlanThen,
    /// The code is not in force on the row's day.
    NotInForce { said: String },
    /// The row's area is part of several plans' on its day.
    Shared { area: String, plans: String },
}

impl Why {
    /// Whether each text at fault is to be named by itself: what its sender or the definitions can
    /// mend once for all rows with it.
    fn names_each(&self) -> bool {
        matches!(
            self,
            Self::UnknownArea { .. } | Self::UnknownCode | Self::NoPlan | Self::NoPlanThen
        )
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::Torn { fields, headings } => {
                return write!(f, "torn row: {fields} fields where there are {headings} headings");
            }
            Self::Form { format } => return write!(f, "not of the format `{format}`"),
            Self::OutOfRange { from, to } => return write!(f, "outside the range {from} to {to}"),
            Self::UnknownArea { kind: Some(kind) } => {
                return write!(f, "not an area of kind `{kind}` in indicators/areas");
            }
            Self::Keep { filter } => return write!(f, "left out by keep: {filter}"),
            Self::KeepUnknown { filter } => {
                return write!(f, "left out because keep is unknown: {filter}");
            }
            Self::Check { why } | Self::NotInForce { said: why } => return f.write_str(why),
            Self::Shared { area, plans } => {
                return write!(
                    f,
                    "{area} is part of {plans}, and counts in each: place rows by where they \
                     happened or who commissions them"
                );
            }
            Self::Revised { file } => return write!(f, "revised by {file}"),
            Self::Partial { what } => return write!(f, "part of a month: {what}"),
            Self::OtherLength { grain } => return write!(f, "left out: not exactly one {grain}"),
            Self::Blank => "blank row",
            Self::Below => "below the table",
            Self::OpenQuote => "torn row: a quote is opened and not closed",
            Self::Required => "empty, but required",
            Self::KeyEmpty => "empty, but part of the key",
            Self::NoSuchDate => "a date that does not exist",
            Self::NoSuchTime => "a time that does not exist",
            Self::Skipped => "not a time: the clocks skip this hour when summer time begins",
            Self::NotWhole => "not a whole number",
            Self::NotNumber => "not a number",
            Self::NoPercent => "no per cent sign, which the contract declares",
            Self::SheetError => "an error of a spreadsheet, not a value",
            Self::Shortened => {
                "a number that a spreadsheet has cut short: its last digits are lost"
            }
            Self::UnknownCode => "not in the code list",
            Self::NotFlag => "neither of the answers the contract names",
            Self::UnknownArea { kind: None } => "not an area in indicators/areas",
            Self::NoPeriod => "not a period",
            Self::Dropped => "left out: a value that the contract drops",
            Self::NotSpread => "left out by spread: not a name that becomes a column",
            Self::Copy => "exact copy of an earlier row",
            Self::Superseded => "same key as a later row of this file, which counts instead",
            Self::Stopped => "not used: the feed is stopped",
            Self::DateAlone => "a date without a time of day: the time is unknown, not 00:00",
            Self::Twice => {
                "in the hour that comes twice when summer time ends: read as the earliest that keeps the row's times in order"
            }
            Self::SameKey => {
                "same key as an earlier row of this file with other values: this row counts"
            }
            Self::NoHeading => "no heading for this column: unknown in every row",
            Self::NoRows => "headings and no rows",
            Self::NoPlan => "its area is part of no plan: counted for none",
            Self::NoPlanThen => "an area that was part of no plan on the row's day",
            Self::NotLogged => "not in deliveries.csv: taken as the latest delivery",
        };
        f.write_str(words)
    }
}

/// Notes in the making.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    notes: BTreeMap<(Why, Option<String>), Gathered>,
}

#[derive(Debug, Clone, Default)]
struct Gathered {
    rows: u64,
    lines: Vec<u32>,
    /// Offending texts and how they are shown.
    examples: Vec<(String, Example)>,
    /// Rows of further texts, in case an earlier part of the file names them.
    others: BTreeMap<String, u64>,
}

impl Tally {
    /// Counts rows with a reason.
    pub(crate) fn add(&mut self, why: Why, column: Option<&str>, line: u32, rows: u64) {
        self.gather(why, column, line, rows);
    }

    /// Counts one row with the text at fault and, when there is one, a suggestion.
    pub(crate) fn add_text(
        &mut self,
        why: Why,
        column: &str,
        line: u32,
        text: &str,
        suggestion: impl FnOnce() -> Option<String>,
    ) {
        let Gathered { examples, others, .. } = self.gather(why, Some(column), line, 1);
        if let Some((_, known)) = examples.iter_mut().find(|(known, _)| known == text) {
            known.rows += 1;
        } else if examples.len() < EXAMPLES {
            let line = usize::try_from(line).unwrap_or(usize::MAX);
            let shown = texts::shown(text);
            let example = Example { text: shown, meant: suggestion(), rows: 1, line };
            examples.push((text.to_owned(), example));
        } else {
            *others.entry(text.to_owned()).or_default() += 1;
        }
    }

    /// Adds what was counted in a later part of the file.
    pub(crate) fn join(&mut self, later: Self) {
        for (what, more) in later.notes {
            let gathered = self.notes.entry(what).or_default();
            gathered.rows += more.rows;
            gathered.lines.extend(more.lines);
            for (text, example) in more.examples {
                if let Some((_, known)) = gathered.examples.iter_mut().find(|(one, _)| *one == text)
                {
                    known.rows += example.rows;
                } else if gathered.examples.len() < EXAMPLES {
                    gathered.examples.push((text, example));
                } else {
                    *gathered.others.entry(text).or_default() += example.rows;
                }
            }
            for (text, rows) in more.others {
                match gathered.examples.iter_mut().find(|(known, _)| *known == text) {
                    Some((_, known)) => known.rows += rows,
                    None => *gathered.others.entry(text).or_default() += rows,
                }
            }
        }
    }

    fn gather(&mut self, why: Why, column: Option<&str>, line: u32, rows: u64) -> &mut Gathered {
        let gathered = self.notes.entry((why, column.map(str::to_owned))).or_default();
        gathered.rows += rows;
        if line > 0 {
            gathered.lines.push(line);
        }
        gathered
    }

    /// How many rows were counted.
    pub(crate) fn rows(&self) -> u64 {
        self.notes.values().map(|gathered| gathered.rows).sum()
    }

    /// The notes in order of reason and column, lines ascending.
    pub(crate) fn notes(self) -> Vec<Note> {
        self.notes
            .into_iter()
            .map(|((why, column), gathered)| {
                let first = gathered.lines.iter().take(LINES).copied();
                let mut first: Vec<usize> =
                    first.map(|line| usize::try_from(line).unwrap_or(usize::MAX)).collect();
                first.sort_unstable();
                Note {
                    reason: why.to_string(),
                    column,
                    rows: gathered.rows,
                    lines: first,
                    every: gathered.lines,
                    each: why.names_each(),
                    examples: gathered.examples.into_iter().map(|(_, shown)| shown).collect(),
                }
            })
            .collect()
    }
}
