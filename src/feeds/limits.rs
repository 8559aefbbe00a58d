//! How large a delivered file may be.
//!
//! What is larger stops the feed: a cut table would be read as a whole one.

use super::fault::Fault;

/// Most bytes of a file, as it was delivered and unpacked: two gibibytes.
pub(crate) const MOST_BYTES: u64 = 2 << 30;

/// Most rows of a file, each counted once for every heading gathered.
pub(crate) const MOST_ROWS: u64 = 100_000_000;

/// Most columns of a file, as in spreadsheets.
pub(crate) const MOST_COLUMNS: usize = 16_384;

/// Most bytes of one cell: a mebibyte.
pub(crate) const MOST_CELL: usize = 1 << 20;

/// Says so where bytes of a file, or what it unpacks to, are more than fit.
pub(crate) fn bytes(found: u64) -> Result<(), Fault> {
    if found <= MOST_BYTES {
        return Ok(());
    }
    Err(several(format!("the file holds more than {} GiB", MOST_BYTES >> 30)))
}

/// Says so where rows are more than fit.
pub(crate) fn rows(found: u64) -> Result<(), Fault> {
    if found <= MOST_ROWS {
        return Ok(());
    }
    Err(several(format!("the file has more than {MOST_ROWS} rows")))
}

/// Says so where columns are more than fit.
pub(crate) fn columns(found: usize) -> Result<(), Fault> {
    if found <= MOST_COLUMNS {
        return Ok(());
    }
    Err(Fault::new(format!("the row has {found} fields: more than {MOST_COLUMNS} are not read"))
        .help("look for line ends that were lost, or ask for the table in long form"))
}

/// Says so where a cell, of the field counted from 0, is longer than fits.
pub(crate) fn cell(text: &str, field: usize) -> Result<(), Fault> {
    if text.len() <= MOST_CELL {
        return Ok(());
    }
    let problem = format!("the cell in field {} is longer than 1 MiB", field + 1);
    Err(Fault::new(problem).help("look for a quote that is opened and not closed before it"))
}

fn several(problem: String) -> Fault {
    Fault::new(problem).help("deliver it in several files, a month or a year in each")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What just fits, and what does not by one; the messages are in `tests/feeds/safety.rs`.
    #[test]
    fn bounds_are_of_what_still_fits() {
        assert!(bytes(MOST_BYTES).is_ok() && bytes(MOST_BYTES + 1).is_err());
        assert!(columns(MOST_COLUMNS).is_ok() && columns(MOST_COLUMNS + 1).is_err());
        let cell_of = |bytes: usize| cell(&"x".repeat(bytes), 0);
        assert!(cell_of(MOST_CELL).is_ok() && cell_of(MOST_CELL + 1).is_err());
        assert!(rows(MOST_ROWS).is_ok());
        let said = rows(MOST_ROWS + 1).unwrap_err().error("a.csv").to_string();
        assert_eq!(said, "a.csv: the file has more than 100000000 rows");
    }
}
