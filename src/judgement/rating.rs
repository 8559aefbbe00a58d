//! THE table: from facts to a rating. The first row that applies decides.

/// A rating and the row of the table that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// The colour.
    pub colour: Colour,
    /// The row: `T6`.
    pub code: &'static str,
}

/// What a rating says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colour {
    /// Red.
    Red,
    /// Amber.
    Amber,
    /// Green.
    Green,
    /// Not rated.
    NotRated,
}
