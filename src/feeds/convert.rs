//! Columns of text to typed columns. Nothing fails: a row with a bad cell is set aside.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt};
use polars::prelude::{
    BooleanChunked, Column, Float64Chunked, Int32Chunked, Int64Chunked, IntoColumn, IntoSeries,
    NewChunkedArray, StringChunked,
};

use super::coded;
use super::fate::Fate;
use super::number;
use super::reading::{CellKind, Marker, Number, Other, Source};
use super::tally::Why;
use super::texts::fold;
use super::times::Times;
use super::written::Written;
use super::zone::Zone;
use crate::area::Areas;
use crate::error::nearest;

mod cells;
mod dates;

pub(crate) use cells::Cells;

/// What every column is read with.
#[derive(Debug)]
pub(crate) struct Rules<'a> {
    /// Texts that stand for no value, folded.
    pub(crate) missing: &'a [(String, Marker)],
    /// Every area.
    pub(crate) areas: &'a Areas,
    /// The clocks that times were taken from.
    pub(crate) zone: &'a Zone,
    /// Columns of the key.
    pub(crate) key: &'a [String],
}

/// A typed column.
#[derive(Debug)]
pub(crate) struct Typed {
    /// The values.
    pub(crate) values: Values,
    /// Rows whose value the source withheld.
    pub(crate) suppressed: Vec<bool>,
}

/// The values of a typed column.
#[derive(Debug)]
pub(crate) enum Values {
    /// Ready as it is.
    Plain(Column),
    /// Times, until the chain of the row's times is known.
    Time(Times),
}

/// What one cell holds.
enum Cell<T> {
    Value(T),
    /// No value, and that is doubtful.
    Unknown(Why),
    Bad(Why),
}

impl<T> From<Result<T, Why>> for Cell<T> {
    fn from(read: Result<T, Why>) -> Self {
        match read {
            Ok(value) => Self::Value(value),
            Err(why) => Self::Bad(why),
        }
    }
}

/// Reads a column; rows with a bad cell are set aside.
pub(crate) fn column(source: &Source, cells: &Cells, rules: &Rules, fate: &mut Fate) -> Typed {
    let mut reader = Reader { source, rules, fate, suppressed: Vec::new() };
    let values = match (&source.kind, cells) {
        (CellKind::Time(dates), cells) => Values::Time(reader.times(dates, cells)),
        (kind, cells) => Values::Plain(reader.plain(kind, cells)),
    };
    let suppressed = reader.suppressed;
    Typed { values, suppressed }
}

struct Reader<'a, 'b, 'c> {
    source: &'a Source,
    rules: &'a Rules<'a>,
    fate: &'b mut Fate<'c>,
    suppressed: Vec<bool>,
}

impl<'a> Reader<'a, '_, '_> {
    fn plain(&mut self, kind: &'a CellKind, cells: &'a Cells) -> Column {
        let name = self.source.name.as_str().into();
        match kind {
            CellKind::Text | CellKind::Time(_) => {
                let values = self.words(cells);
                StringChunked::from_iter_options(name, values.into_iter()).into_column()
            }
            CellKind::Code { codes, spellings, other } => {
                let values = self.codes(cells, codes, spellings, *other);
                coded::column(&self.source.name, &values)
            }
            CellKind::Area { kind } => {
                let values = self.areas(cells, kind.as_deref());
                coded::column(&self.source.name, &values)
            }
            CellKind::Integer(number) => {
                let values = self.integers(cells, number);
                Int64Chunked::from_iter_options(name, values.into_iter()).into_column()
            }
            CellKind::Decimal(number) => {
                let values = self.decimals(cells, number);
                Float64Chunked::from_iter_options(name, values.into_iter()).into_column()
            }
            CellKind::Flag { yes, no } => {
                let values = self.flags(cells, yes, no);
                BooleanChunked::from_iter_options(name, values.into_iter()).into_column()
            }
            CellKind::Date(dates) => {
                let values = self.dates(cells, dates);
                Int32Chunked::from_iter_options(name, values.into_iter())
                    .into_date()
                    .into_series()
                    .into_column()
            }
        }
    }

    fn integers(&mut self, cells: &'a Cells, number: &Number) -> Vec<Option<i64>> {
        match cells {
            Cells::Integer(values) => self.typed(values, |value| {
                #[expect(clippy::cast_precision_loss, reason = "as text is compared")]
                number::in_range(value as f64, number).map(|()| value).into()
            }),
            cells => {
                let read = |_, _, text: &str| number::integer(text, number).into();
                self.texts(cells, read, |_| None)
            }
        }
    }

    fn decimals(&mut self, cells: &'a Cells, number: &Number) -> Vec<Option<f64>> {
        match cells {
            Cells::Decimal(values) => self.typed(values, |value| {
                if value.is_finite() {
                    number::in_range(value, number).map(|()| value).into()
                } else {
                    Cell::Bad(Why::NotNumber)
                }
            }),
            cells => {
                let read = |row, _, text: &str| {
                    let entered = cells.written(row) == Written::Number;
                    number::decimal(text, number, entered).into()
                };
                self.texts(cells, read, |_| None)
            }
        }
    }

    fn flags(&mut self, cells: &'a Cells, yes: &[String], no: &[String]) -> Vec<Option<bool>> {
        match cells {
            Cells::Flag(values) => self.typed(values, Cell::Value),
            cells => {
                let mut known: HashMap<&str, Option<bool>> = HashMap::new();
                let read = |_, _, text| {
                    let flag = *known.entry(text).or_insert_with(|| {
                        let folded = fold(text);
                        yes.contains(&folded)
                            .then_some(true)
                            .or_else(|| no.contains(&folded).then_some(false))
                    });
                    flag.ok_or(Why::NotFlag).into()
                };
                self.texts(cells, read, |_| None)
            }
        }
    }

    fn codes(
        &mut self,
        cells: &'a Cells,
        codes: &'a [String],
        spellings: &BTreeMap<String, usize>,
        other: Other,
    ) -> Vec<Option<u32>> {
        let mut known: HashMap<&str, Result<u32, Why>> = HashMap::new();
        let find = |text| match (spellings.get(&fold(text)).copied(), other) {
            (Some(code), _) | (None, Other::Code(code)) => {
                codes.get(code).and_then(|code| coded::number(code)).ok_or(Why::UnknownCode)
            }
            (None, Other::Drop) => Err(Why::Dropped),
            (None, Other::Quarantine) => Err(Why::UnknownCode),
        };
        let read = |_, _, text| known.entry(text).or_insert_with(|| find(text)).clone().into();
        let suggest = |text: &str| {
            nearest(&fold(text), spellings.keys().map(String::as_str)).map(str::to_owned)
        };
        self.texts(cells, read, suggest)
    }

    fn areas(&mut self, cells: &'a Cells, kind: Option<&str>) -> Vec<Option<u32>> {
        let areas = self.rules.areas;
        let mut known: HashMap<&str, Option<u32>> = HashMap::new();
        // A code is one area's alone, while a name may be shared by areas of several kinds.
        let by_code = |text: &str| {
            let area = areas.get(text)?;
            kind.is_none_or(|kind| area.kind == kind).then_some(area.code.as_str())
        };
        let read = |_, _, text| {
            let find = || by_code(text).or_else(|| areas.find(text, kind)).and_then(coded::number);
            let code = *known.entry(text).or_insert_with(find);
            code.ok_or_else(|| Why::UnknownArea { kind: kind.map(str::to_owned) }).into()
        };
        self.texts(cells, read, |text| areas.nearest(text, kind).map(str::to_owned))
    }

    /// Free texts. In a column that tells rows apart, a number that a spreadsheet has cut short is
    /// no value: two rows may have lost what told them apart.
    fn words(&mut self, cells: &'a Cells) -> Vec<Option<&'a str>> {
        let key = self.rules.key.contains(&self.source.name);
        let read = |row, _, text| {
            if key && is_shortened(text, cells.written(row)) {
                return Cell::Bad(Why::Shortened);
            }
            Cell::Value(text)
        };
        self.texts(cells, read, |_| None)
    }

    /// Reads cells of text: by row, line and text. Cells that are absent, or typed otherwise than
    /// asked, hold nothing.
    fn texts<T>(
        &mut self,
        cells: &'a Cells,
        mut read: impl FnMut(usize, u32, &'a str) -> Cell<T>,
        suggest: impl Fn(&str) -> Option<String>,
    ) -> Vec<Option<T>> {
        let rows = self.fate.lines.len();
        let Some(texts) = cells.texts() else {
            return (0..rows).map(|row| self.nothing(row)).collect();
        };
        let blank = self.source.blank.as_deref().unwrap_or_default();
        let mut values = Vec::with_capacity(rows);
        for (row, text) in texts.iter().enumerate() {
            let text = Some(trimmed(text)).filter(|text| !text.is_empty()).unwrap_or(blank);
            let value = if self.fate.is_aside(row) {
                None
            } else if let Some(marker) = marker(text, self.rules.missing) {
                self.mark(row, marker, rows);
                self.nothing(row)
            } else {
                let line = self.fate.lines.get(row).copied().unwrap_or_default();
                let cell =
                    if is_error(text) { Cell::Bad(Why::SheetError) } else { read(row, line, text) };
                match cell {
                    Cell::Value(value) => Some(value),
                    Cell::Unknown(why) => self.unknown(row, why),
                    Cell::Bad(why) => {
                        let name = &self.source.name;
                        self.fate.set_aside_text(row, why, name, text, || suggest(text));
                        None
                    }
                }
            };
            values.push(value);
        }
        values
    }

    /// Reads cells that were delivered with their type.
    fn typed<T: Copy, U>(
        &mut self,
        cells: &[Option<T>],
        mut read: impl FnMut(T) -> Cell<U>,
    ) -> Vec<Option<U>> {
        let mut values = Vec::with_capacity(cells.len());
        for (row, cell) in cells.iter().enumerate() {
            values.push(match cell.map(&mut read) {
                Some(Cell::Value(value)) => Some(value),
                Some(Cell::Unknown(why)) => self.unknown(row, why),
                Some(Cell::Bad(why)) => {
                    self.fate.set_aside(row, why, Some(&self.source.name));
                    None
                }
                None => self.nothing(row),
            });
        }
        values
    }

    /// A cell without a value: the row is set aside where it must have one.
    fn nothing<T>(&mut self, row: usize) -> Option<T> {
        let name = &self.source.name;
        if self.rules.key.contains(name) {
            self.fate.set_aside(row, Why::KeyEmpty, Some(name));
        } else if self.source.required {
            self.fate.set_aside(row, Why::Required, Some(name));
        }
        None
    }

    fn unknown<T>(&mut self, row: usize, why: Why) -> Option<T> {
        if self.source.required || self.rules.key.contains(&self.source.name) {
            self.fate.set_aside(row, why, Some(&self.source.name));
        } else if !self.fate.is_aside(row) {
            self.fate.doubt(row, why, &self.source.name);
        }
        None
    }

    fn mark(&mut self, row: usize, marker: Marker, rows: usize) {
        if marker == Marker::Suppressed {
            self.suppressed.resize(rows, false);
            if let Some(suppressed) = self.suppressed.get_mut(row) {
                *suppressed = true;
            }
        }
    }
}

/// A text without white space around it; most have none.
fn trimmed(text: &str) -> &str {
    let bare = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    let bytes = text.as_bytes();
    if bare(bytes.first()) && bare(bytes.last()) { text } else { text.trim() }
}

/// What a text that stands for no value says; an empty cell is missing unless it is declared.
fn marker(text: &str, missing: &[(String, Marker)]) -> Option<Marker> {
    missing
        .iter()
        .find(|(marker, _)| marker.eq_ignore_ascii_case(text))
        .map(|(_, marker)| *marker)
        .or_else(|| text.is_empty().then_some(Marker::Missing))
}

/// Whether a text is an error that a spreadsheet shows in place of a value. A contract that knows
/// what it means may declare it `missing`.
fn is_error(text: &str) -> bool {
    const ERRORS: [&str; 10] = [
        "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
        "#DATA!",
    ];
    text.starts_with('#') && ERRORS.contains(&text)
}

/// Whether a spreadsheet has cut a number short: it shows long ones as `2.02E+12`, and keeps 15
/// digits of them.
fn is_shortened(text: &str, written: Written) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if written == Written::Number && text.len() > 15 && digits(text) {
        return true;
    }
    let Some((mantissa, exponent)) = text.split_once("E+") else { return false };
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    whole.len() == 1 && digits(whole) && digits(decimals) && exponent.len() > 1 && digits(exponent)
}
