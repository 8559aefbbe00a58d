//! Row filters: SQL text in a definition, read once into a small typed tree.
//!
//! The tree is what travels: feeds and measures lower it to their engine, tests interpret it row
//! by row. Three-valued as in SQL: a comparison with an unknown value is unknown, and a row whose
//! filter is unknown is neither in nor out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime};

mod call;
mod compare;
mod in_force;
mod operand;
mod parse;
mod prior;
mod refuse;

pub use in_force::{Standing, Standings};

/// The type of a column, as its contract declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnType {
    /// Free text.
    Text,
    /// One of a closed list of codes.
    Code(Vec<String>),
    /// A whole number.
    Integer,
    /// A number with decimals.
    Decimal,
    /// A local date and time of day.
    Time,
    /// A local date.
    Date,
    /// Yes or no.
    Flag,
    /// The code of an area.
    Area,
}

/// The columns a filter may name.
pub type Schema = BTreeMap<String, ColumnType>;

/// A condition on one row: true, false or unknown.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// Every part holds.
    And(Vec<Filter>),
    /// At least one part holds; without parts never.
    Or(Vec<Filter>),
    /// The part does not hold.
    Not(Box<Filter>),
    /// Two values compared.
    Compare {
        /// Left side.
        left: Operand,
        /// How they are compared.
        comparison: Comparison,
        /// Right side.
        right: Operand,
    },
    /// The value is one of a list.
    In {
        /// The value.
        value: Operand,
        /// The list, never empty.
        list: Vec<Literal>,
    },
    /// The column holds no value. Never unknown.
    IsNull(String),
    /// A yes/no column holds yes.
    Flag(String),
    /// A text column matches an SQL pattern (`%` any run, `_` any one character), whatever the case.
    Like {
        /// The column.
        column: String,
        /// The pattern.
        pattern: String,
    },
    /// The row's person had an earlier row. Never of one row alone.
    Prior(Prior),
}

/// Whether another row of the feed, in any area, came before a row: one of the same person, no
/// more than so many days earlier. On the same day counts, and so does the day just `days` days
/// before; of one instant the later key follows the earlier.
///
/// Unknown where the person or the feed's event time is; where only a row that may not be among
/// those asked for came before; and where none did but the window begins before the data do.
///
/// `prior(person, INTERVAL '90' DAY) FILTER (WHERE power = 's136')`
#[derive(Debug, Clone, PartialEq)]
pub struct Prior {
    /// Text column that tells people apart.
    pub person: String,
    /// The window before the row, in days.
    pub days: u32,
    /// The rows that may have come before: every used row of the feed without.
    pub among: Option<Box<Filter>>,
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub enum Operand {
    /// A column's value.
    Column(String),
    /// A fixed value.
    Literal(Literal),
    /// Elapsed seconds from the second time column to the first: `ended - arrived`.
    Elapsed {
        /// The later time.
        to: String,
        /// The earlier time.
        from: String,
    },
}

/// A fixed value in a filter.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// Text or a code.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with decimals.
    Decimal(f64),
    /// A date.
    Date(NaiveDate),
    /// A local date and time.
    Time(NaiveDateTime),
    /// A length of time in seconds: `INTERVAL '24' HOUR`.
    Seconds(i64),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Equal.
    Equal,
    /// Different.
    NotEqual,
    /// Less than.
    Less,
    /// Less than or equal.
    LessOrEqual,
    /// Greater than.
    Greater,
    /// Greater than or equal.
    GreaterOrEqual,
}

impl Comparison {
    /// The same comparison with its sides exchanged.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Equal | Self::NotEqual => self,
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
        }
    }
}

impl Filter {
    /// Every column the filter reads.
    pub fn columns(&self) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        self.collect_columns(&mut found);
        found
    }

    fn collect_columns<'a>(&'a self, found: &mut BTreeSet<&'a str>) {
        match self {
            Self::And(parts) | Self::Or(parts) => {
                for part in parts {
                    part.collect_columns(found);
                }
            }
            Self::Not(part) => part.collect_columns(found),
            Self::Compare { left, right, .. } => {
                left.collect_columns(found);
                right.collect_columns(found);
            }
            Self::In { value, .. } => value.collect_columns(found),
            Self::IsNull(column) | Self::Flag(column) | Self::Like { column, .. } => {
                found.insert(column);
            }
            Self::Prior(prior) => {
                found.insert(&prior.person);
                if let Some(among) = &prior.among {
                    among.collect_columns(found);
                }
            }
        }
    }

    /// Every [`Prior`] in it, one that stands inside another before that one.
    pub fn priors(&self) -> Vec<&Prior> {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::priors).collect(),
            Self::Not(part) => part.priors(),
            Self::Prior(prior) => {
                let inner = prior.among.iter().flat_map(|among| among.priors());
                inner.chain([prior]).collect()
            }
            Self::Compare { .. }
            | Self::In { .. }
            | Self::IsNull(_)
            | Self::Flag(_)
            | Self::Like { .. } => vec![],
        }
    }
}

impl Prior {
    /// The longest window: ten years.
    pub const LONGEST: u32 = 3_653;

    /// How many days before a row must be known to decide it.
    pub fn look_back(&self) -> u32 {
        let inner = self.among.iter().flat_map(|among| among.priors());
        self.days + inner.map(Self::look_back).max().unwrap_or(0)
    }

    /// Name of the column that holds its answer for each row, once it is worked out.
    pub fn column(&self) -> String {
        format!("@prior {} {} {:?}", self.person, self.days, self.among)
    }
}

impl Operand {
    fn collect_columns<'a>(&'a self, found: &mut BTreeSet<&'a str>) {
        match self {
            Self::Column(column) => {
                found.insert(column);
            }
            Self::Literal(_) => {}
            Self::Elapsed { to, from } => {
                found.insert(to);
                found.insert(from);
            }
        }
    }
}
