//! Finished packs and tables as files of one format each.

pub mod csv;
pub mod folder;
pub mod parquet;
