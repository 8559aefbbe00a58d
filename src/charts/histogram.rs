//! How long something took, as bars of equal width.

use crate::disclosure::Figure;

/// Rows by how long something took.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// Unique in its pack; the file's name.
    pub id: String,
    /// What it shows, as a sentence.
    pub title: String,
    /// What is measured, where and when.
    pub subtitle: String,
    /// Method, source and date, below it.
    pub caption: String,
    /// The same for somebody who cannot see it.
    pub alt: String,
    /// Bars from left to right: all rows, and of these those over their limit.
    pub bars: Vec<(Figure, Figure)>,
    /// What stands under the edge between each bar and the next, the one before the first included.
    pub edges: Vec<String>,
    /// Lines across the bars: where (in bars from the left edge), and their words.
    pub marks: Vec<(f64, String)>,
    /// Limits, drawn as targets are: where, and their words.
    pub limits: Vec<(f64, String)>,
}
