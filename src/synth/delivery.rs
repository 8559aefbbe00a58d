//! Deliveries: what a month brings, as a financial year's file writes it, with the disorder that real
//! ones have.

use super::clock::financial_year;
use super::dice::Dice;
use super::field::Field;

/// What a feed's files look like.
#[derive(Debug)]
pub(super) struct Shape {
    /// The feed's id: its folder, and the beginning of its files' names.
    pub(super) feed: &'static str,
    /// Each column's headings: the one used up to 2015-16, and the later one where it changed.
    pub(super) headings: &'static [&'static [&'static str]],
    /// Columns with a time that may be missing or badly written.
    pub(super) times: &'static [usize],
    /// Column with an age, which may be unknown.
    pub(super) age: Option<usize>,
    /// Column that is blank while a row is unfinished: its end.
    pub(super) end: usize,
}

impl Shape {
    /// What a financial year's file begins with: its headings, in one year after a mark of UTF-8.
    pub(super) fn beginning(&self, year: i32) -> Vec<u8> {
        let named = |names: &&[&'static str]| Field::Word(names[variant(year, names.len())]);
        let row: Vec<Field> = self.headings.iter().map(named).collect();
        let mut lines = Lines::new(self, year);
        if self.feed == "s136" && year == 2015 {
            lines.text.extend_from_slice("\u{feff}".as_bytes());
        }
        lines.add(&row);
        lines.text
    }
}

/// Which of a column's headings and spellings a financial year uses: they changed in April 2016.
fn variant(year: i32, variants: usize) -> usize {
    usize::from(year >= 2016 && variants > 1)
}

/// A code as it is spelt in the files of a month; one in fifty is spelt in another known way.
pub(super) fn spelt(spellings: &[&'static str], when: i32, dice: &mut Dice) -> Field {
    let place = if dice.chance(200) {
        dice.index(spellings.len())
    } else {
        variant(financial_year(when), spellings.len())
    };
    Field::Word(spellings.get(place).copied().unwrap_or_default())
}

/// `Y` or `N`, since April 2017 sometimes in full.
pub(super) fn flag(yes: bool, when: i32, dice: &mut Dice) -> Field {
    let full = financial_year(when) >= 2017 && dice.chance(300);
    Field::Word(match (yes, full) {
        (true, false) => "Y",
        (true, true) => "Yes",
        (false, false) => "N",
        (false, true) => "No",
    })
}

/// The lines of one feed, area and month, and those that they leave to the next file.
#[derive(Debug)]
pub(super) struct Page {
    /// What the feed's files look like.
    pub(super) shape: &'static Shape,
    /// The financial year whose file they are for.
    pub(super) year: i32,
    /// The month's rows.
    pub(super) now: Lines,
    /// Rows that the next file brings, completed or corrected.
    pub(super) later: Lines,
}

/// Rows as text, in the shape of a financial year's file.
#[derive(Debug)]
pub(super) struct Lines {
    year: i32,
    /// How many there are.
    pub(super) rows: u64,
    /// What is written of them.
    pub(super) text: Vec<u8>,
    ending: &'static [u8],
}

impl Lines {
    /// None yet, of a feed's year.
    pub(super) fn new(shape: &Shape, year: i32) -> Self {
        let windows = shape.feed == "s136" && year == 2016;
        Self { year, rows: 0, text: Vec::new(), ending: if windows { b"\r\n" } else { b"\n" } }
    }

    /// One more; from 2018-19 the last column comes first. No field needs quotes.
    pub(super) fn add(&mut self, row: &[Field]) {
        let (most, last) = row.split_at(row.len().saturating_sub(1));
        let (first, rest) = if self.year >= 2018 { (last, most) } else { (most, last) };
        for field in first.iter().chain(rest) {
            field.write(&mut self.text);
            self.text.push(b',');
        }
        self.text.pop();
        self.text.extend_from_slice(self.ending);
        self.rows += 1;
    }
}

impl Page {
    /// Nothing yet, of a month.
    pub(super) fn new(shape: &'static Shape, when: i32) -> Self {
        let year = financial_year(when);
        Self { shape, year, now: Lines::new(shape, year), later: Lines::new(shape, year + 1) }
    }

    /// Adds a row with the disorder of its kind: a missing or bad time, an unknown age, a copy,
    /// or an unfinished first version that a later row or file completes.
    pub(super) fn push(&mut self, row: &mut [Field], dice: &mut Dice) {
        self.disorder(row, dice);
        match dice.below(10_000) {
            fate @ 0..60 => {
                let end = std::mem::replace(&mut row[self.shape.end], Field::BLANK);
                self.now.add(row);
                row[self.shape.end] = end;
                if fate < 5 { self.now.add(row) } else { self.later.add(row) }
            }
            60..90 => {
                self.now.add(row);
                self.now.add(row);
            }
            _ => self.now.add(row),
        }
    }

    fn disorder(&self, row: &mut [Field], dice: &mut Dice) {
        for &column in self.shape.times {
            if dice.chance(120) {
                row[column].clear();
            }
        }
        if dice.chance(50) && !self.shape.times.is_empty() {
            let time = &mut row[self.shape.times[dice.index(self.shape.times.len())]];
            *time = Field::made(time.text().get(..10).unwrap_or_default()); // without a time of day
        }
        if dice.chance(10) && !self.shape.times.is_empty() {
            no_such_day(&mut row[self.shape.times[dice.index(self.shape.times.len())]]);
        }
        if let Some(age) = self.shape.age {
            match dice.below(10_000) {
                0..120 => row[age] = Field::Word("NK"),
                120..160 => row[age].clear(),
                _ => {}
            }
        }
    }
}

/// Makes a time one of the last day but not of February; a blank one stays.
pub(super) fn no_such_day(time: &mut Field) {
    if let Some(rest) = time.text().get(5..) {
        *time = Field::made(format!("31/02{rest}"));
    }
}
