//! A document as one HTML page that opens offline: nothing fetched, all text escaped, whole without
//! its script.
//!
//! The same document gives the same bytes.

mod blocks;
mod cell;
mod contents;
mod drawn;
mod index;
mod page;
mod picture;
mod signs;
mod table;
#[cfg(test)]
mod tests;
mod what_if;

use crate::document::Document;
use crate::error::Error;

/// Writes the document as a whole page.
///
/// Text is escaped wherever it stands. The page's own style and its own script, the same in every
/// page that has something to find or to try, are the only ones its content security policy lets
/// in. Fails when the document does not hold together
/// ([`Document::check`]) or a chart cannot be drawn.
pub fn html(document: &Document) -> Result<String, Error> {
    document.check()?;
    Ok(page::page(document)?.into_string())
}
