//! Finished packs and tables in one format each; nothing is computed here, numbers are only rounded.

pub mod csv;
pub mod folder;
pub mod html;
pub mod number;
pub mod parquet;
pub mod png;
