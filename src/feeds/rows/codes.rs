//! Columns of codes in files of rows: numbers, and beside the file what each stands for.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{DataFrame, IntoColumn, IntoSeries, PolarsResult};
use serde::{Deserialize, Serialize};

use crate::feeds::coded::{self, Codes};

/// The columns of codes of a file, and the text that each number stands for in it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Texts {
    columns: BTreeSet<String>,
    texts: BTreeMap<u32, String>,
}

/// The numbers of this process for those of a file, from 0 on.
pub(crate) type Numbers = Vec<Option<u32>>;

impl Texts {
    /// Rows as they are written: numbers instead of codes.
    pub(crate) fn written(&mut self, rows: &DataFrame) -> PolarsResult<DataFrame> {
        let mut written = rows.clone();
        for column in rows.columns() {
            let Some(codes) = Codes::new(column) else { continue };
            let mut last = None;
            for number in codes.numbers().flatten() {
                if last.replace(number) != Some(number)
                    && !self.texts.contains_key(&number)
                    && let Some(text) = coded::text(number)
                {
                    self.texts.insert(number, text.to_owned());
                }
            }
            self.columns.insert(column.name().to_string());
            let numbers = codes.into_numbers().with_name(column.name().clone());
            written.with_column(numbers.into_series().into_column())?;
        }
        Ok(written)
    }

    /// What its numbers are in this process.
    pub(crate) fn numbers(&self) -> Numbers {
        let last = self.texts.keys().next_back().copied();
        let numbers = (0..last.map_or(0, |last| last.saturating_add(1))).map(|number| {
            let text = self.texts.get(&number)?;
            coded::number(text)
        });
        numbers.collect()
    }

    /// Rows as they were before they were written.
    pub(crate) fn read(&self, mut rows: DataFrame, own: &Numbers) -> PolarsResult<DataFrame> {
        for name in &self.columns {
            let Ok(numbers) = rows.column(name) else { continue };
            let number = |number: Option<u32>| *own.get(usize::try_from(number?).ok()?)?;
            let numbers: Vec<Option<u32>> = numbers.u32()?.iter().map(number).collect();
            rows.with_column(coded::column(name, &numbers))?;
        }
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    use polars::prelude::{IntoLazy, col, df};

    use super::*;

    #[test]
    fn codes_are_what_they_were_whatever_their_numbers_are_now() {
        let rows = df!("place" => [Some("cell"), None, Some("suite"), Some("cell")]).unwrap();
        let rows = rows.lazy().with_columns([col("place").cast(coded::kind())]).collect().unwrap();
        let mut texts = Texts::default();
        let written = texts.written(&rows).unwrap();
        assert!(written.column("place").unwrap().u32().is_ok());
        // another process has other numbers
        let json = serde_json::to_string(&texts).unwrap();
        let again: Texts = serde_json::from_str(&json).unwrap();
        let shifted = Texts {
            columns: again.columns,
            texts: again.texts.into_iter().map(|(number, text)| (number + 3, text)).collect(),
        };
        let place = written.column("place").unwrap().u32().unwrap().clone();
        let place = place.iter().map(|number| number.map(|number| number + 3)).collect::<Vec<_>>();
        let written = df!("place" => place).unwrap();
        let read = shifted.read(written, &shifted.numbers()).unwrap();
        assert!(read.equals_missing(&rows));
    }
}
