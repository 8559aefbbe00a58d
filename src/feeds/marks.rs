//! What is worked out of rows while all their columns are at hand: which checks they fail, what tells
//! them apart; and which columns are kept of them.

use std::collections::BTreeSet;

use polars::prelude::{
    BooleanChunked, Column, DataFrame, IntoColumn, IntoLazy, IntoSeries, NamedFrom,
    NewChunkedArray, PlSmallStr, PolarsResult, Series,
};

use super::contract::Contract;
use super::lowering;
use super::rowkey::RowKeys;
use crate::filter::ColumnType;

/// A hash of what tells rows apart.
pub(super) const KEY: &str = "@key";

/// What the columns that say which rows fail a check begin with.
const CHECK: &str = "@check";

/// Which columns are kept of rows.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Marking<'a> {
    /// These, codes and areas; all of them where it is not said. Of any other stays which rows have it.
    pub(crate) columns: Option<&'a BTreeSet<String>>,
}

/// The column that says which rows fail a check.
pub(super) fn fails(check: usize) -> String {
    format!("{CHECK}{check}")
}

/// A column, or the one that says which rows have a value where it is not kept.
pub(super) fn known<'a>(rows: &'a DataFrame, name: &str) -> Option<&'a Column> {
    rows.column(name).or_else(|_| rows.column(&given(name))).ok()
}

/// The contract's column that one of the rows belongs to: `started@utc` to `started`. Empty for what is
/// no column of it.
pub(super) fn base(name: &str) -> &str {
    name.split('@').next().unwrap_or_default()
}

/// The column that says which rows have a value in one that is not kept.
pub(super) fn given(name: &str) -> String {
    format!("{name}@given")
}

/// What has done its work once rows are settled.
pub(super) fn used_up(contract: &Contract) -> impl Iterator<Item = String> {
    (0..contract.checks.len()).map(fails).chain([KEY.to_owned()])
}

/// Whether a column stays once rows are settled: of whoever reads only some columns these, and what belongs
/// to them.
pub(super) fn is_kept(name: &str, columns: Option<&BTreeSet<String>>) -> bool {
    if name == KEY || name.starts_with(CHECK) {
        return false;
    }
    let of = base(name);
    columns.is_none_or(|columns| of.is_empty() || of == "period" || columns.contains(of))
}

impl Marking<'_> {
    /// Marks some rows.
    pub(crate) fn mark(self, contract: &Contract, mut rows: DataFrame) -> PolarsResult<DataFrame> {
        if !contract.checks.is_empty() {
            let checks = contract.checks.iter().enumerate();
            let checks =
                checks.map(|(at, check)| lowering::expression(&check.fails).alias(fails(at)));
            rows = rows.lazy().with_columns(checks.collect::<Vec<_>>()).collect()?;
        }
        if !contract.key.is_empty() {
            let keys = RowKeys::new(&rows, contract.key.iter().map(String::as_str))?;
            let hashes = Series::new(KEY.into(), keys.hashes(rows.height()));
            rows.with_column(hashes.into_column())?;
        }
        let Some(kept) = self.columns else { return Ok(rows) };
        for (name, kind) in &contract.columns {
            let small = matches!(kind, ColumnType::Code(_) | ColumnType::Area);
            if small || kept.contains(name) || !rows.schema().contains(name) {
                continue;
            }
            let has = rows.column(name)?.is_not_null();
            let has = has.iter().map(|has| has.filter(|has| *has));
            let has = BooleanChunked::from_iter_options(given(name).as_str().into(), has);
            let of = rows.get_column_names().into_iter().filter(|column| base(column) == name);
            let of: Vec<PlSmallStr> = of.cloned().collect();
            rows = rows.drop_many(of);
            rows.with_column(has.into_series().into_column())?;
        }
        Ok(rows)
    }
}
