//! A finished pack as data: title, notes and blocks, ready for any writer.

pub(crate) mod actions;
mod calibration;
mod chance;
mod check;
pub mod coverage;
pub mod data;
pub mod frame;
mod indicator;
pub(crate) mod method;
pub mod monthly;
mod notes;
mod outlook;
pub(crate) mod parts;
mod pictures;
mod quality;
mod reconciliation;
pub mod sections;
mod summary;
pub mod what_if;

use crate::charts::Chart;
use crate::charts::heat::Heat;
use crate::charts::histogram::Histogram;
use crate::disclosure::Figure;

/// A sign with its word: never colour alone.
pub use crate::charts::icons::Symbol as Icon;
pub use what_if::WhatIf;

/// A finished pack, before any format.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Title.
    pub title: String,
    /// Line under the title: area, month, audience.
    pub subtitle: String,
    /// Shown once, before everything: synthetic data, profile, as-at.
    pub notes: Vec<String>,
    /// In reading order. A section begins at each heading of level 2.
    pub blocks: Vec<Block>,
}

/// One part of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading; level 2 begins a section, 3 a part of one, 4 a part of that: one of a split.
    Heading {
        /// 2, 3, or 4 for a part of a part.
        level: u8,
        /// The words.
        text: String,
        /// Unique in the document, for links.
        id: String,
        /// A short line above it, such as the plan's reference.
        kicker: Option<String>,
    },
    /// A paragraph.
    Text {
        /// How it is set.
        style: TextStyle,
        /// The words.
        text: String,
    },
    /// A bulleted list.
    List(Vec<String>),
    /// What a part can be found by: a reader may ask for the parts that share a value.
    Tags(Vec<Tag>),
    /// Names and values side by side.
    Facts(Vec<Fact>),
    /// Names and what is said of each, one below the other: for words too long to stand side by side.
    Terms(Vec<Fact>),
    /// A table.
    Table(Table),
    /// A chart with its text twin.
    Chart(Box<Chart>),
    /// Shaded cells; a table twin follows.
    Heatmap(Box<Heat>),
    /// Bars by length; a table twin follows.
    Distribution(Box<Histogram>),
    /// What would follow from other starts and other lengths of stay, for the reader to try.
    WhatIf(Box<WhatIf>),
    /// Icons of an indicator: rating, variation, assurance.
    Icons(Vec<Icon>),
    /// How many of each sign there are, side by side: the pack at a glance.
    Counts(Vec<Count>),
}

/// A sign and how often it stands in the pack.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Count {
    /// The sign.
    pub icon: Icon,
    /// How many there are, a whole number.
    pub figure: Figure,
}

/// A name and a value by which parts are found, such as an area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// What it is; the same for every part that has it.
    pub name: &'static str,
    /// The value.
    pub value: String,
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextStyle {
    /// The sentence to read if only one is read.
    Lead,
    /// Ordinary.
    Body,
    /// Small print.
    Note,
    /// Words of the plan itself.
    Quote,
    /// Lines to paste, kept as they are.
    Code,
}

/// A name and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// What it is.
    pub name: String,
    /// The value.
    pub value: Cell,
}

/// A table; every row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Says what the table shows.
    pub caption: String,
    /// Headings, with how their cells are set.
    pub columns: Vec<Column>,
    /// Rows in order; the first cell is the row's heading.
    pub rows: Vec<Vec<Cell>>,
    /// Folded away until asked for: the twin of a chart.
    pub folded: bool,
}

/// A table column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Heading.
    pub heading: String,
    /// Numbers are set right, words left.
    pub numeric: bool,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A released number with the way it is shown: rounding happens in the writer, once.
    Number {
        /// The number.
        figure: Figure,
        /// How it is shown.
        format: Format,
    },
    /// Words that lead to another part of the document.
    Link {
        /// The words.
        text: String,
        /// Id of the heading.
        to: String,
    },
    /// Words kept as they are written: a condition in SQL.
    Code(String),
    /// Words of equal weight, each on a line of its own.
    Lines(Vec<String>),
    /// A small line chart of the last periods.
    Sparkline(Box<Chart>),
    /// Icons with their words.
    Icons(Vec<Icon>),
    /// Several things in one cell, from top to bottom. Words beside something else are set
    /// small: a reference above a title, a month below a number.
    Stack(Vec<Cell>),
}

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A number with this many decimals.
    Decimal(u8),
    /// A share as per cent with this many decimals.
    Percent(u8),
    /// Seconds as h:mm:ss.
    Clock,
    /// Pounds without pence.
    Pounds,
}
