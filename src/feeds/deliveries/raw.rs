//! A delivered file as it is, before the contract's columns are looked for in it.

use std::path::Path;

use super::columns::ColumnFile;
use super::guarded;
use crate::feeds::arrow::Arrow;
use crate::feeds::fault::Fault;
use crate::feeds::limits::MOST_BYTES;
use crate::feeds::reading::Reading;
use crate::feeds::sheet::Sheet;
use crate::feeds::unpack::gunzip;
use crate::feeds::{decode, ods, parquet, xlsx};

/// Endings of names of files that are no text as they stand.
const OTHERS: [&str; 12] = [
    "gz", "parquet", "arrow", "arrows", "feather", "ipc", "xlsx", "xlsm", "ods", "xls", "xlsb",
    "numbers",
];

/// Whether a file is text with delimiters, by the ending of its name.
pub(crate) fn is_text(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
    ending.is_none_or(|ending| !OTHERS.contains(&ending.as_str()))
}

/// What a file is.
#[derive(Debug)]
pub(crate) enum Raw {
    /// Text with delimiters.
    Text(String),
    /// A sheet of a workbook.
    Sheet(Sheet),
    /// Columns with types of their own.
    Columns(ColumnFile),
}

impl Raw {
    /// Reads a file by the ending of its name; the fault says why it cannot be read.
    pub(crate) fn open(name: &str, bytes: Vec<u8>, reading: &Reading) -> Result<Self, Fault> {
        let name = name.to_lowercase();
        let (name, bytes) = match name.strip_suffix(".gz") {
            Some(name) => (name, gunzip(&bytes, MOST_BYTES)?),
            None => (name.as_str(), bytes),
        };
        let sheet = reading.table.sheet.as_ref();
        Ok(match Path::new(name).extension().and_then(|ending| ending.to_str()) {
            Some("parquet") => {
                Self::Columns(ColumnFile::Parquet(guarded(|| parquet::File::open(bytes))?))
            }
            Some("arrow" | "arrows" | "feather" | "ipc") => {
                Self::Columns(ColumnFile::Arrow(guarded(|| Arrow::open(bytes))?))
            }
            Some("xlsx" | "xlsm") => Self::Sheet(guarded(|| xlsx::read(&bytes, sheet))?),
            Some("ods") => Self::Sheet(guarded(|| ods::read(&bytes, sheet))?),
            Some(ending @ ("xls" | "xlsb" | "numbers")) => {
                return Err(Fault::new(format!("workbooks that end in .{ending} are not read"))
                    .help("save it as .xlsx or .ods, or as CSV UTF-8"));
            }
            _ => Self::Text(decode::decode(bytes, reading.encoding)?),
        })
    }
}
