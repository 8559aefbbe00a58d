//! What is worked out of all rows of a feed, once for all that ask for it.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use polars::prelude::{Column, DataFrame, PolarsResult};

/// What was worked out, by the words that say what it is.
#[derive(Debug, Clone, Default)]
pub struct Derived {
    tables: Arc<Mutex<BTreeMap<String, DataFrame>>>,
    others: Arc<Mutex<BTreeMap<String, Arc<dyn Any + Send + Sync>>>>,
}

impl Derived {
    /// A table, made where nobody has asked for it before; whoever asks meanwhile waits.
    pub fn table(
        &self,
        what: &str,
        make: impl FnOnce() -> PolarsResult<DataFrame>,
    ) -> PolarsResult<DataFrame> {
        let mut known = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
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

    /// What was kept under some words, if it is of that type.
    pub fn known<T: Send + Sync + 'static>(&self, what: &str) -> Option<Arc<T>> {
        let others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        others.get(what)?.clone().downcast().ok()
    }

    /// Keeps it for whoever asks again.
    pub fn keep<T: Send + Sync + 'static>(&self, what: &str, made: T) -> Arc<T> {
        let made = Arc::new(made);
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        others.insert(what.to_owned(), made.clone());
        made
    }
}
