//! Columns that are worked out of all rows of a feed, once for all that ask for them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use polars::prelude::{Column, PolarsResult};

/// Columns by the words that say what they are.
#[derive(Debug, Clone, Default)]
pub struct Derived(Arc<Mutex<BTreeMap<String, Column>>>);

impl Derived {
    /// A column, made where nobody has asked for it before; whoever asks meanwhile waits.
    pub fn column(
        &self,
        what: &str,
        make: impl FnOnce() -> PolarsResult<Column>,
    ) -> PolarsResult<Column> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(column) = known.get(what) {
            return Ok(column.clone());
        }
        let column = make()?;
        known.insert(what.to_owned(), column.clone());
        Ok(column)
    }
}
