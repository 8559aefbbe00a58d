//! What decides between rows of one instant: their key.

use polars::prelude::{DataFrame, PolarsResult, StringChunked};

use crate::feeds::coded;
use crate::feeds::contract::Contract;

/// The key of each row in one text; empty where the contract names none.
#[derive(Debug)]
pub(super) enum Ids {
    /// No key.
    None,
    /// Of one column, which is not copied.
    One(StringChunked),
    /// Of several.
    Many(Vec<String>),
}

impl Ids {
    pub(super) fn of(rows: &DataFrame, contract: &Contract) -> PolarsResult<Self> {
        let texts = |column: &String| -> PolarsResult<StringChunked> {
            Ok(coded::texts(rows.column(column)?)?.str()?.rechunk().into_owned())
        };
        match contract.key.as_slice() {
            [] => Ok(Self::None),
            [one] => Ok(Self::One(texts(one)?)),
            several => {
                let mut ids = vec![String::new(); rows.height()];
                for column in several {
                    for (id, text) in ids.iter_mut().zip(texts(column)?.iter()) {
                        id.push('\u{1f}');
                        id.push_str(text.unwrap_or_default());
                    }
                }
                Ok(Self::Many(ids))
            }
        }
    }

    pub(super) fn get(&self, row: usize) -> &str {
        match self {
            Self::None => "",
            Self::One(texts) => texts.get(row).unwrap_or_default(),
            Self::Many(texts) => texts.get(row).map_or("", String::as_str),
        }
    }
}
