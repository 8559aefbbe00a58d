//! Statistics of plain numbers: no names, no dates, no files.
//!
//! Everything here is a pure function of slices and numbers. A missing value is `None` and stays
//! a gap; nothing is ever bridged or filled in.

pub mod assurance;
pub mod chance;
pub mod dispersion;
pub mod forecast;
pub mod funnel;
pub mod intervals;
pub mod limits;
pub mod quantiles;
pub mod rebase;
pub mod runs;
pub mod signals;
pub mod standardised;
pub mod stocks;
pub mod sums;
pub mod trajectory;
pub mod what_if;
