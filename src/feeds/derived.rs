//! What is worked out of all rows of a feed, once for all that ask for it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use polars::prelude::{Column, DataFrame, PolarsResult};

/// Tables by the words that say what they are.
#[derive(Debug, Clone, Default)]
pub struct Derived(Arc<Mutex<BTreeMap<String, DataFrame>>>);

impl Derived {
    /// A table, made where nobody has asked for it before; whoever asks meanwhile waits.
    pub fn table(
        &self,
        what: &str,
        make: impl FnOnce() -> PolarsResult<DataFrame>,
    ) -> PolarsResult<DataFrame> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = known.get(what) {
            return Ok(table.clone());
        }
        let table = make()?;
        known.insert(what.to_owned(), table.clone());
        Ok(table)
    }

    /// A column that has one value for each row.
    pub fn column(
        &self,
        what: &str,
        make: impl FnOnce() -> PolarsResult<Column>,
    ) -> PolarsResult<Column> {
        const NAME: &str = "column";
        let table = || Ok(make()?.with_name(NAME.into()).into_frame());
        Ok(self.table(what, table)?.column(NAME)?.clone())
    }
}
