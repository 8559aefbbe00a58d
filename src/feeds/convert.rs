//! Columns of text to typed columns. Nothing fails: a row with a bad cell is set aside.

use std::collections::{BTreeMap, HashMap};

use polars::prelude::{
    BooleanChunked, Column, Float64Chunked, Int32Chunked, Int64Chunked, IntoColumn, IntoSeries,
    NewChunkedArray, StringChunked,
};

use super::fate::Fate;
use super::number;
use super::reading::{CellKind, Marker, Number, Other, Source};
use super::tally::Why;
use super::texts::{Texts, fold};
use super::times::Times;
use super::timestamp::{Fault, Format};
use super::zone::{Instant, Zone};
use crate::area::Areas;
use crate::error::nearest;

/// The cells of a column as they were delivered.
#[derive(Debug, Clone)]
pub(crate) enum Cells {
    /// The file has no such column.
    Absent,
    /// As text.
    Text(Texts),
    /// Whole numbers.
    Integer(Vec<Option<i64>>),
    /// Numbers with decimals.
    Decimal(Vec<Option<f64>>),
    /// Yes and no.
    Flag(Vec<Option<bool>>),
    /// Days since 1970.
    Date(Vec<Option<i32>>),
    /// Local seconds since 1970.
    Time(Vec<Option<i64>>),
}

impl Cells {
    /// Which of so many rows have a blank cell; none where there is no column.
    fn blank(&self, rows: usize) -> Vec<bool> {
        match self {
            Self::Text(texts) => texts.iter().map(|text| text.trim().is_empty()).collect(),
            Self::Time(values) => values.iter().map(Option::is_none).collect(),
            Self::Date(values) => values.iter().map(Option::is_none).collect(),
            Self::Absent | Self::Integer(_) | Self::Decimal(_) | Self::Flag(_) => vec![false; rows],
        }
    }
}

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
        (CellKind::Time(format), cells) => Values::Time(reader.times(format, cells)),
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
                let values = self.texts(cells, Cell::Value, |_| None);
                StringChunked::from_iter_options(name, values.into_iter()).into_column()
            }
            CellKind::Code { codes, spellings, other } => {
                let values = self.codes(cells, codes, spellings, *other);
                StringChunked::from_iter_options(name, values.into_iter()).into_column()
            }
            CellKind::Area { kind } => {
                let values = self.areas(cells, kind.as_deref());
                StringChunked::from_iter_options(name, values.into_iter()).into_column()
            }
            CellKind::Integer(number) => {
                let values = self.integers(cells, *number);
                Int64Chunked::from_iter_options(name, values.into_iter()).into_column()
            }
            CellKind::Decimal(number) => {
                let values = self.decimals(cells, *number);
                Float64Chunked::from_iter_options(name, values.into_iter()).into_column()
            }
            CellKind::Flag { yes, no } => {
                let values = self.flags(cells, yes, no);
                BooleanChunked::from_iter_options(name, values.into_iter()).into_column()
            }
            CellKind::Date(format) => {
                let values = self.dates(cells, format);
                Int32Chunked::from_iter_options(name, values.into_iter())
                    .into_date()
                    .into_series()
                    .into_column()
            }
        }
    }

    fn integers(&mut self, cells: &'a Cells, number: Number) -> Vec<Option<i64>> {
        match cells {
            Cells::Integer(values) => self.typed(values, |value| {
                #[expect(clippy::cast_precision_loss, reason = "as text is compared")]
                number::in_range(value as f64, &number).map(|()| value).into()
            }),
            cells => self.texts(cells, |text| number::integer(text, &number).into(), |_| None),
        }
    }

    fn decimals(&mut self, cells: &'a Cells, number: Number) -> Vec<Option<f64>> {
        match cells {
            Cells::Decimal(values) => self.typed(values, |value| {
                if value.is_finite() {
                    number::in_range(value, &number).map(|()| value).into()
                } else {
                    Cell::Bad(Why::NotNumber)
                }
            }),
            cells => self.texts(cells, |text| number::decimal(text, &number).into(), |_| None),
        }
    }

    fn flags(&mut self, cells: &'a Cells, yes: &[String], no: &[String]) -> Vec<Option<bool>> {
        match cells {
            Cells::Flag(values) => self.typed(values, Cell::Value),
            cells => {
                let mut known: HashMap<&str, Option<bool>> = HashMap::new();
                let read = |text| {
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

    fn dates(&mut self, cells: &'a Cells, format: &Format) -> Vec<Option<i32>> {
        match cells {
            Cells::Date(values) => self.typed(values, Cell::Value),
            cells => {
                let read =
                    |text: &str| format.days(text).map_err(|fault| why(fault, format)).into();
                self.texts(cells, read, |_| None)
            }
        }
    }

    fn times(&mut self, format: &Format, cells: &'a Cells) -> Times {
        let rules = self.rules;
        let read = |local: i64| match rules.zone.instant(local) {
            Instant::Once(utc) => Cell::Value((local, utc, None)),
            Instant::Twice(first, second) => Cell::Value((local, first, Some(second))),
            Instant::Never => Cell::Bad(Why::Skipped),
        };
        let values = match cells {
            Cells::Time(values) => self.typed(values, read),
            Cells::Date(values) => self.typed(values, |_| Cell::Unknown(Why::DateAlone)),
            cells => {
                let read = |text: &str| match format.seconds(text) {
                    Ok(local) => read(local),
                    Err(Fault::DateAlone) => Cell::Unknown(Why::DateAlone),
                    Err(fault) => Cell::Bad(why(fault, format)),
                };
                self.texts(cells, read, |_| None)
            }
        };
        let twice = values
            .iter()
            .enumerate()
            .filter_map(|(row, value)| Some((row, value.as_ref()?.2?)))
            .collect();
        Times {
            name: self.source.name.clone(),
            blank: self.source.open_end.then(|| cells.blank(self.fate.lines.len())),
            local: values.iter().map(|value| value.map(|(local, _, _)| local)).collect(),
            utc: values.iter().map(|value| value.map(|(_, utc, _)| utc)).collect(),
            twice,
        }
    }

    fn codes(
        &mut self,
        cells: &'a Cells,
        codes: &'a [String],
        spellings: &BTreeMap<String, usize>,
        other: Other,
    ) -> Vec<Option<&'a str>> {
        let mut known: HashMap<&str, Option<usize>> = HashMap::new();
        let read = |text| {
            let code = *known.entry(text).or_insert_with(|| spellings.get(&fold(text)).copied());
            let code = match (code, other) {
                (Some(code), _) | (None, Other::Code(code)) => codes.get(code).map(String::as_str),
                (None, Other::Drop) => return Cell::Bad(Why::Dropped),
                (None, Other::Quarantine) => None,
            };
            code.ok_or(Why::UnknownCode).into()
        };
        let suggest = |text: &str| {
            nearest(&fold(text), spellings.keys().map(String::as_str)).map(str::to_owned)
        };
        self.texts(cells, read, suggest)
    }

    fn areas(&mut self, cells: &'a Cells, kind: Option<&str>) -> Vec<Option<&'a str>> {
        let areas = self.rules.areas;
        let mut known: HashMap<&str, Option<&'a str>> = HashMap::new();
        // A code is one area's alone, while a name may be shared by areas of several kinds.
        let coded = |text: &str| {
            let area = areas.get(text)?;
            kind.is_none_or(|kind| area.kind == kind).then_some(area.code.as_str())
        };
        let read = |text| {
            let find = || coded(text).or_else(|| areas.find(text, kind));
            let code = *known.entry(text).or_insert_with(find);
            code.ok_or_else(|| Why::UnknownArea { kind: kind.map(str::to_owned) }).into()
        };
        self.texts(cells, read, |_| None)
    }

    /// Reads cells of text. Cells that are absent, or typed otherwise than asked, hold nothing.
    fn texts<T>(
        &mut self,
        cells: &'a Cells,
        mut read: impl FnMut(&'a str) -> Cell<T>,
        suggest: impl Fn(&str) -> Option<String>,
    ) -> Vec<Option<T>> {
        let rows = self.fate.lines.len();
        let Cells::Text(texts) = cells else {
            return (0..rows).map(|row| self.nothing(row)).collect();
        };
        let blank = self.source.blank.as_deref().unwrap_or_default();
        let mut values = Vec::with_capacity(rows);
        for (row, text) in texts.iter().enumerate() {
            let text = Some(text.trim()).filter(|text| !text.is_empty()).unwrap_or(blank);
            let value = if self.fate.is_aside(row) {
                None
            } else if let Some(marker) = marker(text, self.rules.missing) {
                self.mark(row, marker, rows);
                self.nothing(row)
            } else {
                match read(text) {
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

/// What a text that stands for no value says; an empty cell is missing unless it is declared.
fn marker(text: &str, missing: &[(String, Marker)]) -> Option<Marker> {
    missing
        .iter()
        .find(|(marker, _)| marker.eq_ignore_ascii_case(text))
        .map(|(_, marker)| *marker)
        .or_else(|| text.is_empty().then_some(Marker::Missing))
}

fn why(fault: Fault, format: &Format) -> Why {
    match fault {
        Fault::Form => Why::Form { format: format.text().to_owned() },
        Fault::NoSuchDate => Why::NoSuchDate,
        Fault::NoSuchTime => Why::NoSuchTime,
        Fault::DateAlone => Why::DateAlone,
    }
}
