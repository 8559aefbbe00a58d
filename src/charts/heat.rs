//! A table of numbers as shaded cells.

use crate::disclosure::Figure;

/// Numbers by two things, the larger the darker; each cell holds its number as well.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat {
    /// Unique in its pack; the file's name.
    pub id: String,
    /// What it shows, as a sentence.
    pub title: String,
    /// What is counted, where and when.
    pub subtitle: String,
    /// Method, source and date, below it.
    pub caption: String,
    /// The same for somebody who cannot see it.
    pub alt: String,
    /// Names of the rows, from top to bottom.
    pub rows: Vec<String>,
    /// Names of the columns, from left to right.
    pub columns: Vec<String>,
    /// The number of each column in each row; `None` where there is none to show.
    pub cells: Vec<Vec<Option<Figure>>>,
    /// They are shares, shown as per cent.
    pub percent: bool,
}
