//! Statistics of plain numbers: no names, no dates, no files.

pub mod intervals;
pub mod limits;
pub mod signals;
pub mod stocks;
pub mod sums;
