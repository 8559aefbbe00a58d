//! How the cells of delivered files are read: the half of a contract that only feeds need.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::periods::PeriodFormat;
use super::timestamp::Format;
use crate::filter::{ColumnType, Filter};
use crate::period::{Grain, Month};

/// How delivered files are read, as the contract declares it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Patterns of file names in the feed's folder.
    pub files: Vec<String>,
    /// Patterns of headings that are known and never read.
    pub ignore: Vec<String>,
    /// Between the fields of a row: the one under which the headings are found.
    pub delimiters: Vec<u8>,
    /// How bytes stand for characters.
    pub encoding: Encoding,
    /// Where the table stands in a file.
    pub table: Layout,
    /// Wide to long.
    pub gather: Option<Gather>,
    /// The clocks that times were taken from.
    pub zone: Tz,
    /// Texts that stand for no value, folded, and what they say.
    pub missing: Vec<(String, Marker)>,
    /// Where a row's period is found; in feeds of totals.
    pub period: Option<PeriodSource>,
    /// Rows for which this does not hold are left out; with its words.
    pub keep: Option<(Filter, String)>,
    /// The columns as they arrive, in the contract's order.
    pub columns: Vec<Source>,
    /// Long to wide.
    pub spread: Option<Spread>,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            files: Vec::new(),
            ignore: Vec::new(),
            delimiters: vec![b','],
            encoding: Encoding::Utf8,
            table: Layout::default(),
            gather: None,
            zone: Tz::Europe__London,
            missing: Vec::new(),
            period: None,
            keep: None,
            columns: Vec::new(),
            spread: None,
        }
    }
}

/// Where the table stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Sheet of a workbook; without it a workbook may have one sheet only.
    pub sheet: Option<SheetName>,
    /// Where the headings stand.
    pub headings: HeadingPlace,
    /// How many rows of headings there are, one or more; they are put together with a space.
    pub heading_rows: usize,
    /// Where the table ends before the file does.
    pub ends: Ends,
}

impl Default for Layout {
    fn default() -> Self {
        Self { sheet: None, headings: HeadingPlace::First, heading_rows: 1, ends: Ends::default() }
    }
}

/// Which sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetName {
    /// By its name, or a pattern that only its name matches.
    Named(String),
    /// By its position, counted from 1.
    Position(usize),
}

/// Where the headings stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HeadingPlace {
    /// In the first row that is not blank.
    #[default]
    First,
    /// On a line (row of a sheet), counted from 1.
    Line(u32),
    /// In the first row that has every heading that cannot be done without.
    Find,
}

/// Where a table ends before its file does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ends {
    /// At the first blank row after a row of the table.
    pub blank_row: bool,
    /// Before a row whose first text matches one of these patterns.
    pub texts: Vec<String>,
}

/// Wide to long: each row becomes a row for each heading gathered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gather {
    /// Regular expression of the headings to gather.
    pub headings: String,
    /// Headings under which its groups stand then; the whole heading where it has no group.
    pub names: Vec<String>,
    /// Heading under which the cells stand then.
    pub values: String,
}

/// How bytes stand for characters, where a file does not say so itself by a byte order mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// Windows-1252, the Western European code page of older spreadsheets.
    Windows1252,
}

/// What a text that stands for no value says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// Nobody knows.
    Missing,
    /// Known to the source and withheld by it.
    Suppressed,
    /// There is no such value for this row.
    NotApplicable,
}

/// A column as it arrives.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// The contract's name for it.
    pub name: String,
    /// Every heading it may arrive under; none where its place alone says which it is.
    pub headings: Vec<String>,
    /// Headings whose texts are put together, parted by a space: a date and a time of day.
    pub join: Vec<String>,
    /// The field it must be, counted from 0.
    pub at: Option<usize>,
    /// Which of several fields with the same heading it is.
    pub repeat: Option<Repeat>,
    /// An empty cell says what the cell above it says, as merged cells do.
    pub fill: bool,
    /// What an empty cell stands for.
    pub blank: Option<String>,
    /// A time whose empty cell means that it has not come, not that it is unknown.
    pub open_end: bool,
    /// A row without a value is set aside.
    pub required: bool,
    /// What its cells hold.
    pub kind: CellKind,
}

impl Source {
    /// A column that is read under some headings.
    pub fn new(name: impl Into<String>, headings: Vec<String>, kind: CellKind) -> Self {
        Self {
            name: name.into(),
            headings,
            join: Vec::new(),
            at: None,
            repeat: None,
            fill: false,
            blank: None,
            open_end: false,
            required: false,
            kind,
        }
    }
}

/// Which of several fields with the same heading is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// The first from the left.
    First,
    /// The last.
    Last,
}

/// What cells hold and how they are read.
#[derive(Debug, Clone, PartialEq)]
pub enum CellKind {
    /// Free text.
    Text,
    /// One of a list of codes.
    Code {
        /// The codes in the contract's order.
        codes: Vec<String>,
        /// Spelling (folded) to position in `codes`.
        spellings: BTreeMap<String, usize>,
        /// What becomes of other spellings.
        other: Other,
    },
    /// A whole number.
    Integer(Number),
    /// A number with decimals.
    Decimal(Number),
    /// A local date and time of day.
    Time(Dates),
    /// A local date.
    Date(Dates),
    /// Yes or no, by their spellings (folded).
    Flag {
        /// Spellings of yes.
        yes: Vec<String>,
        /// Spellings of no.
        no: Vec<String>,
    },
    /// The code or a name of an area, of one kind where it is given.
    Area {
        /// The kind.
        kind: Option<String>,
    },
}

impl PeriodPlace {
    /// The headings it stands under; none when it is in the file's name or in a title.
    pub fn headings(&self) -> Vec<&String> {
        match self {
            Self::YearMonth { year, month } => {
                [Some(year), month.as_ref()].into_iter().flatten().collect()
            }
            Self::Heading { heading, .. } => vec![heading],
            Self::FromTo { from, to, .. } => vec![from, to],
            Self::FileName { .. } | Self::Title { .. } => Vec::new(),
        }
    }
}

impl CellKind {
    /// The type of the column that filters and measures see.
    pub fn column_type(&self) -> ColumnType {
        match self {
            Self::Text => ColumnType::Text,
            Self::Code { codes, .. } => ColumnType::Code(codes.clone()),
            Self::Integer(_) => ColumnType::Integer,
            Self::Decimal(_) => ColumnType::Decimal,
            Self::Time(_) => ColumnType::Time,
            Self::Date(_) => ColumnType::Date,
            Self::Flag { .. } => ColumnType::Flag,
            Self::Area { .. } => ColumnType::Area,
        }
    }
}

/// What becomes of a spelling that is not in the code list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// The row is set aside as an error.
    Quarantine,
    /// The row is left out as expected.
    Drop,
    /// It counts as the code at this position.
    Code(usize),
}

/// How numbers are written and where they must lie.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Number {
    /// Least and greatest value, both allowed.
    pub range: Option<(f64, f64)>,
    /// Thousands are parted by commas: `7,365`.
    pub thousands: bool,
    /// Shares written with a per cent sign: `90.50%` is 0.905.
    pub percent: bool,
    /// Texts (folded) that stand for 0: `-`, `nil`.
    pub zero: Vec<String>,
}

/// How dates and times are written and where they must lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dates {
    /// How they are written.
    pub format: Format,
    /// First and last day, both allowed.
    pub range: (NaiveDate, NaiveDate),
}

/// Where a row's period is found.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodSource {
    /// How long periods are.
    pub grain: Grain,
    /// Where the period is written.
    pub place: PeriodPlace,
    /// Months delivered in part, and which part.
    pub partial: BTreeMap<Month, String>,
}

/// Where a period is written.
#[derive(Debug, Clone, PartialEq)]
pub enum PeriodPlace {
    /// Year and month under headings of their own.
    YearMonth {
        /// Heading of the year: 2017, or 2017/18 for financial years.
        year: String,
        /// Heading of the month, 1 to 12; none for years.
        month: Option<String>,
    },
    /// Under one heading.
    Heading {
        /// The heading.
        heading: String,
        /// How the period is written there.
        format: PeriodFormat,
    },
    /// First and last day under headings of their own. Rows of another length are left out.
    FromTo {
        /// Heading of the first day.
        from: String,
        /// Heading of the last day.
        to: String,
        /// How both are written.
        format: Format,
    },
    /// In the file's name.
    FileName {
        /// Regular expression; its first group, or all of it, is the period.
        pattern: String,
        /// How the period is written there.
        format: PeriodFormat,
    },
    /// In a cell above the headings.
    Title {
        /// Regular expression; its first group, or all of it, is the period.
        pattern: String,
        /// How the period is written there.
        format: PeriodFormat,
    },
}

/// Long to wide: the names in one column become columns of their own.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// Column that holds the names.
    pub names: String,
    /// Column that holds the values.
    pub values: String,
    /// The columns they become.
    pub columns: Vec<SpreadColumn>,
}

/// A column made by spreading.
#[derive(Debug, Clone, PartialEq)]
pub struct SpreadColumn {
    /// Names (folded) that become this column.
    pub from: Vec<String>,
    /// The column; its headings are not used.
    pub column: Source,
}
