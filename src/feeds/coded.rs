//! Columns of few different texts, codes and areas: each row holds a number that stands for its text.

use std::sync::{Arc, LazyLock};

use polars::chunked_array::builder::CategoricalChunkedBuilder;
use polars::prelude::{
    BooleanChunked, Categorical32Type, CategoricalMapping, CategoricalPhysical, Categories, Column,
    DataType, Expr, Field, IntoColumn, IntoSeries, NewChunkedArray, PolarsResult, UInt32Chunked,
    col,
};

/// One list of texts for all columns, so that any two of them can be compared. Which number stands for
/// which text depends on what was read first: nothing may rest on it.
static TEXTS: LazyLock<(DataType, Arc<CategoricalMapping>)> = LazyLock::new(|| {
    let texts = Categories::new("codes".into(), "concordat".into(), CategoricalPhysical::U32);
    let mapping = texts.mapping();
    (DataType::from_categories(texts), mapping)
});

/// The type of such a column, for columns of texts to be made into one.
pub fn kind() -> DataType {
    TEXTS.0.clone()
}

/// The number of a text; none when there are more texts than numbers.
pub fn number(text: &str) -> Option<u32> {
    TEXTS.1.insert_cat(text).ok()
}

/// A column from the number of each row's text.
pub(super) fn column(name: &str, numbers: &[Option<u32>]) -> Column {
    let (kind, texts) = &*TEXTS;
    let mut made = CategoricalChunkedBuilder::<Categorical32Type>::new(name.into(), kind.clone());
    made.reserve(numbers.len());
    for number in numbers {
        // a number of this list is never refused
        if !number.is_some_and(|number| made.append_cat(number, texts).is_ok()) {
            made.append_null();
        }
    }
    made.finish().into_series().into_column()
}

/// A column of codes or areas, row by row.
#[derive(Debug)]
pub struct Codes(UInt32Chunked);

impl Codes {
    /// Takes a column; none where it is of another type.
    pub fn new(column: &Column) -> Option<Self> {
        Some(Self(column.cat32().ok()?.physical().clone()))
    }

    /// These numbers as a column of their own.
    pub(super) fn into_numbers(self) -> UInt32Chunked {
        self.0
    }

    /// The number of each row's text.
    pub fn numbers(&self) -> impl Iterator<Item = Option<u32>> {
        self.0.iter()
    }
}

/// The text that a number stands for.
pub fn text(number: u32) -> Option<&'static str> {
    TEXTS.1.cat_to_str(number)
}

/// Whether a row of a column of codes or areas has one of these texts; unknown where it has none.
pub fn among(column: &str, texts: &[&str]) -> Expr {
    let wanted: Vec<u32> = texts.iter().filter_map(|text| number(text)).collect();
    col(column).map(
        move |column: Column| {
            let numbers = column.cat32()?.physical();
            let found = numbers.iter().map(|number| number.map(|number| wanted.contains(&number)));
            let found = BooleanChunked::from_iter_options(column.name().clone(), found);
            Ok(found.into_series().into_column())
        },
        |_, field| Ok(Field::new(field.name().clone(), DataType::Boolean)),
    )
}

/// The texts of a column of codes, areas or other texts.
pub fn texts(column: &Column) -> PolarsResult<Column> {
    column.cast(&DataType::String)
}
