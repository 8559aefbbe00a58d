//! A table inside a file: titles above it, its headings, its rows, and what stands below it.

use std::collections::{BTreeMap, BTreeSet};

use super::convert::Cells;
use super::csv::Csv;
use super::fault::Fault;
use super::headings::{Gathered, Pick};
use super::limits;
use super::reading::{Ends, HeadingPlace, Layout};
use super::records::Records;
use super::tally::{Tally, Why};
use super::texts::{Texts, fold, matches};
use super::written::Written;

/// How many rows are looked at for the headings.
const LOOKED_AT: usize = 200;

/// A table that is being read.
#[derive(Debug)]
pub(crate) struct Table<'a> {
    records: Records<'a>,
    ends: &'a Ends,
    /// A row of the table was met.
    begun: bool,
    ended: bool,
    /// Fields without a heading.
    nameless: Vec<usize>,
    /// What stands above the headings: every cell with something in it.
    pub(crate) titles: Vec<String>,
    /// The headings, trimmed.
    pub(crate) headings: Headings,
    /// Rows met so far, used or set aside.
    pub(crate) rows_read: u64,
    /// Fields without a heading, and rows in which they hold something.
    pub(crate) unnamed: BTreeMap<usize, u64>,
}

/// What the rows of a table in a text without quotes are read by.
#[derive(Debug)]
pub(crate) struct Bare<'a> {
    delimiter: Option<u8>,
    ends: &'a Ends,
    headings: Headings,
}

impl Bare<'_> {
    /// The table over a later part of the text, which begins on a line; none where it has quotes.
    pub(crate) fn over<'b>(&'b self, text: &'b str, line: u32) -> Option<Table<'b>> {
        let records = Records::Csv(Csv::later(text, self.delimiter?, line));
        Some(Table::begin(records, self.ends, Vec::new(), self.headings.clone()))
    }
}

/// The headings of a table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Headings {
    /// Their texts, trimmed; several rows of them are put together.
    pub(crate) texts: Vec<String>,
    /// What they were entered as.
    pub(crate) written: Vec<Written>,
    /// Line of the last row of them.
    pub(crate) line: usize,
}

/// A column to be read: where it stands and whether it is filled downwards.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// Where its cells are found.
    pub(crate) pick: Pick,
    /// An empty cell says what the one above says.
    pub(crate) fill: bool,
    carried: (String, Written),
}

impl Wanted {
    /// A column to be read.
    pub(crate) fn new(pick: Pick, fill: bool) -> Self {
        Self { pick, fill, carried: (String::new(), Written::Text) }
    }
}

/// Some rows of a table: the cells of the wanted columns.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// Line of each row, counted from 1.
    pub(crate) lines: Vec<u32>,
    /// One column for each wanted one.
    pub(crate) columns: Vec<Cells>,
}

/// Texts in the making, and what they were entered as where a workbook tells.
#[derive(Debug)]
struct Column {
    texts: Texts,
    written: Option<Vec<Written>>,
}

impl<'a> Table<'a> {
    /// Finds the headings: `complete` says whether some have all that cannot be done without. The
    /// fault says why there are none.
    pub(crate) fn open(
        mut records: Records<'a>,
        layout: &'a Layout,
        complete: impl Fn(&Headings) -> bool,
    ) -> Result<Self, Fault> {
        let (mut titles, mut rows) = (Vec::new(), Vec::<HeadingRow>::new());
        let mut looked_at = 0;
        while let Some(row) = records.advance()? {
            looked_at += 1;
            let begins = match layout.headings {
                HeadingPlace::First => !rows.is_empty() || !records.is_blank(),
                HeadingPlace::Line(line) => !rows.is_empty() || row.line == line,
                HeadingPlace::Find => looked_at <= LOOKED_AT,
            };
            if !begins {
                if layout.headings == HeadingPlace::Find {
                    break;
                }
                titles.extend(HeadingRow::new(&records, row.line).titles());
                continue;
            }
            rows.push(HeadingRow::new(&records, row.line));
            if rows.len() < layout.heading_rows {
                continue;
            }
            let headings = join(&rows);
            if layout.headings != HeadingPlace::Find || complete(&headings) {
                return Ok(Self::begin(records, &layout.ends, titles, headings));
            }
            titles.extend(rows.remove(0).titles());
        }
        Err(no_headings(layout, looked_at))
    }

    fn begin(
        records: Records<'a>,
        ends: &'a Ends,
        titles: Vec<String>,
        headings: Headings,
    ) -> Self {
        let nameless = headings.texts.iter().enumerate().filter(|(_, text)| text.is_empty());
        Self {
            records,
            ends,
            begun: false,
            ended: false,
            nameless: nameless.map(|(field, _)| field).collect(),
            titles,
            headings,
            rows_read: 0,
            unnamed: BTreeMap::new(),
        }
    }

    /// The next rows, `most` at the most, of `only` some lines where they are named; `None` when there are no more. A row becomes one for each
    /// heading gathered, and counts so often. Blank and torn rows and those below the table are
    /// set aside. The fault says why the file cannot be read on.
    pub(crate) fn next(
        &mut self,
        wanted: &mut [Wanted],
        gathered: Option<&[Gathered]>,
        (most, only): (usize, Option<&BTreeSet<u32>>),
        set_aside: &mut Tally,
    ) -> Result<Option<Rows>, Fault> {
        let each = gathered.map_or(1, <[Gathered]>::len);
        let weight = u64::try_from(each).unwrap_or(u64::MAX);
        let typed = !self.records.counts_fields();
        let column = || Column { texts: Texts::default(), written: typed.then(Vec::new) };
        let mut columns: Vec<Column> = wanted.iter().map(|_| column()).collect();
        let (mut lines, mut any) = (Vec::new(), false);
        while lines.len() < most {
            // A row that cannot be read on is a row.
            let row = self.records.advance().inspect_err(|_| self.rows_read += weight)?;
            let Some(row) = row else { break };
            any = true;
            if let Some(why) = self.unfit(row.gap, row.open_quote) {
                set_aside.add(why, None, row.line, weight);
            } else {
                self.begun = true;
                if only.is_some_and(|lines| !lines.contains(&row.line)) {
                    continue;
                }
                self.notice_unnamed();
                for (wanted, column) in wanted.iter_mut().zip(&mut columns) {
                    for at in 0..each {
                        let gathered = gathered.and_then(|gathered| gathered.get(at));
                        self.take(wanted, gathered, column);
                    }
                }
                lines.extend(std::iter::repeat_n(row.line, each));
            }
            self.rows_read += weight;
            limits::rows(self.rows_read)?;
        }
        let cells = |column: Column| match column.written {
            Some(written) => Cells::Sheet(column.texts, written),
            None => Cells::Text(column.texts),
        };
        let columns = columns.into_iter().map(cells).collect();
        Ok(any.then_some(Rows { lines, columns }))
    }

    /// What follows of a text without quotes, in parts of about so many bytes that can be read side by
    /// side; the table itself where one row depends on those before it.
    pub(crate) fn parts(self, bytes: usize) -> Vec<Self> {
        let Records::Csv(csv) = &self.records else { return vec![self] };
        let Some(parts) = csv.parts(bytes).filter(|_| !self.may_end()) else { return vec![self] };
        let part = |csv| {
            let titles = self.titles.clone();
            Self::begin(Records::Csv(csv), self.ends, titles, self.headings.clone())
        };
        parts.into_iter().map(part).collect()
    }

    /// Whether something else than the end of the file may end it.
    pub(crate) fn may_end(&self) -> bool {
        self.ends.blank_row || !self.ends.texts.is_empty()
    }

    /// What its rows are read by, without them.
    pub(crate) fn bare(&self) -> Bare<'a> {
        let delimiter = match &self.records {
            Records::Csv(csv) => csv.delimiter(),
            Records::Sheet(_) => None,
        };
        Bare { delimiter, ends: self.ends, headings: self.headings.clone() }
    }

    /// Looks at the next row, whatever it is: the line on which it begins.
    pub(crate) fn advance(&mut self) -> Result<Option<u32>, Fault> {
        Ok(self.records.advance()?.map(|row| row.line))
    }

    /// The cells of the row that is looked at, as they stand there.
    pub(crate) fn cells(&self) -> Vec<String> {
        (0..self.records.width()).map(|field| self.records.text(field).to_owned()).collect()
    }

    /// Why the row that is looked at is none of the table's.
    fn unfit(&mut self, gap: bool, open_quote: bool) -> Option<Why> {
        let (fields, headings) = (self.records.width(), self.headings.texts.len());
        let blank = self.records.is_blank();
        if self.begun && self.ends.blank_row && (gap || blank) {
            self.ended = true;
        }
        if !self.ended && !self.ends.texts.is_empty() {
            let first = (0..fields).map(|field| fold(self.records.text(field)));
            let first = first.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
            self.ended = self.ends.texts.iter().any(|pattern| matches(&fold(pattern), &first));
        }
        if open_quote {
            Some(Why::OpenQuote)
        } else if blank {
            Some(Why::Blank)
        } else if self.ended {
            Some(Why::Below)
        } else if self.records.counts_fields() && fields != headings {
            Some(Why::Torn { fields, headings })
        } else {
            None
        }
    }

    fn notice_unnamed(&mut self) {
        let beyond = self.headings.texts.len()..self.records.width();
        for field in self.nameless.iter().copied().chain(beyond) {
            if !self.records.text(field).trim().is_empty() {
                *self.unnamed.entry(field).or_default() += 1;
            }
        }
    }

    fn take(&self, wanted: &mut Wanted, gathered: Option<&Gathered>, column: &mut Column) {
        let field = |field: usize| (self.records.text(field), self.records.written(field));
        let joined: String;
        let (text, written) = match &wanted.pick {
            Pick::Field(at) => field(*at),
            Pick::Join(fields) => {
                let cells = fields.iter().map(|at| field(*at));
                let cells = cells.filter(|(text, _)| !text.trim().is_empty());
                let texts: Vec<&str> = cells.clone().map(|(text, _)| text.trim()).collect();
                joined = texts.join(" ");
                let written = cells.map(|(_, written)| written).reduce(Written::join);
                (joined.as_str(), written.unwrap_or_default())
            }
            Pick::Name(group) => match gathered {
                Some(gathered) => gathered.name(*group),
                None => ("", Written::Text),
            },
            Pick::Value => gathered.map_or(("", Written::Text), |gathered| field(gathered.field)),
        };
        if wanted.fill {
            if !text.trim().is_empty() {
                wanted.carried = (text.to_owned(), written);
            }
            column.push(&wanted.carried.0, wanted.carried.1);
        } else {
            column.push(text, written);
        }
    }
}

impl Column {
    fn push(&mut self, text: &str, written: Written) {
        self.texts.push(text);
        self.written.iter_mut().for_each(|known| known.push(written));
    }
}

/// A row that may be one of headings.
struct HeadingRow {
    line: u32,
    texts: Vec<String>,
    written: Vec<Written>,
}

impl HeadingRow {
    fn new(records: &Records, line: u32) -> Self {
        let fields = 0..records.width();
        Self {
            line,
            texts: fields.clone().map(|field| records.text(field).trim().to_owned()).collect(),
            written: fields.map(|field| records.written(field)).collect(),
        }
    }

    fn titles(self) -> impl Iterator<Item = String> {
        self.texts.into_iter().filter(|text| !text.is_empty())
    }

    fn text(&self, field: usize) -> &str {
        self.texts.get(field).map_or("", String::as_str)
    }
}

/// Puts rows of headings together. In all but the last, a text stands over the empty cells to its
/// right as well, as it does when cells are merged, where there is a heading below it.
fn join(rows: &[HeadingRow]) -> Headings {
    let Some((last, upper)) = rows.split_last() else { return Headings::default() };
    let width = rows.iter().map(|row| row.texts.len()).max().unwrap_or_default();
    let mut over: Vec<&str> = vec![""; upper.len()];
    let texts = (0..width).map(|field| {
        let mut parts: Vec<&str> = Vec::new();
        for (position, row) in upper.iter().enumerate() {
            let own = row.text(field);
            if !own.is_empty() {
                // What stood over the cells to the left of a new upper heading ends with it.
                over[position..].fill("");
                over[position] = own;
            }
            let below = rows.iter().skip(position + 1).any(|row| !row.text(field).is_empty());
            if below || !own.is_empty() {
                parts.push(over[position]);
            }
        }
        parts.push(last.text(field));
        parts.retain(|part| !part.is_empty());
        parts.join(" ")
    });
    Headings {
        texts: texts.collect(),
        written: if upper.is_empty() { last.written.clone() } else { Vec::new() },
        line: usize::try_from(last.line).unwrap_or(usize::MAX),
    }
}

fn no_headings(layout: &Layout, looked_at: usize) -> Fault {
    match layout.headings {
        _ if looked_at == 0 => Fault::new("the file is empty: it has not even headings")
            .help("ask for the delivery again: an empty file says nothing, not zero"),
        HeadingPlace::First => Fault::new("the file is empty: it has not even headings")
            .help("ask for the delivery again: an empty file says nothing, not zero"),
        HeadingPlace::Line(line) => {
            Fault::new(format!("no row begins on line {line}, where the headings should be"))
                .help("look for the headings in the file, and mend `headings` in the contract")
        }
        HeadingPlace::Find => {
            Fault::new("no row has every heading that the contract cannot do without")
                .help("look for the headings in the file, and add them to the contract as they are")
        }
    }
}
