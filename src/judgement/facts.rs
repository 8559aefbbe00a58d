//! The facts a rating rests on, taken from the latest settled period and the points before it.

use crate::period::Period;

/// Facts at the latest settled period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// The latest settled period.
    pub period: Option<Period>,
    /// Its value.
    pub value: Option<f64>,
}
