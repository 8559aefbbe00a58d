//! What an Arrow file says of its own size, before anything is made as large as it says.

use ::arrow::ipc::{Block, Message, RecordBatch, root_as_footer, root_as_message};

use crate::feeds::fault::Fault;
use crate::feeds::limits;

/// How the footer of a file ends: its length and `ARROW1`.
const TRAILER: usize = 10;

/// Bytes that stand before a compressed buffer: what it unpacks to.
const PREFIX: usize = 8;

/// Bytes and rows that the batches of a file are said to have.
#[derive(Debug, Default)]
struct Claims {
    bytes: u64,
    rows: u64,
}

/// Says so where a file claims more than fits. What cannot be followed is left to the reader, which
/// says what is wrong with it.
pub(super) fn fit(bytes: &[u8], is_file: bool) -> Result<(), Fault> {
    let mut claims = Claims::default();
    let _ = if is_file { file(bytes, &mut claims) } else { stream(bytes, &mut claims) };
    limits::bytes(claims.bytes)?;
    limits::rows(claims.rows)
}

fn file(bytes: &[u8], claims: &mut Claims) -> Option<()> {
    let end = bytes.len().checked_sub(TRAILER)?;
    let length = i32::from_le_bytes(*bytes.get(end..)?.first_chunk()?);
    let start = end.checked_sub(usize::try_from(length).ok()?)?;
    let footer = root_as_footer(bytes.get(start..end)?).ok()?;
    for block in footer.dictionaries().into_iter().chain(footer.recordBatches()).flatten() {
        batch(bytes, block, claims);
    }
    Some(())
}

fn batch(bytes: &[u8], block: &Block, claims: &mut Claims) -> Option<()> {
    let rest = bytes.get(usize::try_from(block.offset()).ok()?..)?;
    let (metadata, rest) = rest.split_at_checked(usize::try_from(block.metaDataLength()).ok()?)?;
    let (_, metadata) = length(metadata)?;
    let body = rest.get(..usize::try_from(block.bodyLength()).ok()?)?;
    claims.add(&root_as_message(metadata).ok()?, body);
    Some(())
}

fn stream(bytes: &[u8], claims: &mut Claims) -> Option<()> {
    let mut rest = bytes;
    loop {
        let (length, after) = length(rest)?;
        let (metadata, after) = after.split_at_checked(length)?;
        let message = root_as_message(metadata).ok()?;
        let (body, after) = after.split_at_checked(usize::try_from(message.bodyLength()).ok()?)?;
        claims.add(&message, body);
        rest = after;
    }
}

/// The length of a message, with or without the mark that newer files have before it, and what
/// follows. `None` at the end of a stream, which is a length of 0.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (first, rest) = bytes.split_first_chunk::<4>()?;
    let (length, rest) = match first {
        [0xFF, 0xFF, 0xFF, 0xFF] => rest.split_first_chunk::<4>()?,
        _ => (first, rest),
    };
    let length = usize::try_from(i32::from_le_bytes(*length)).ok()?;
    (length > 0).then_some((length, rest))
}

impl Claims {
    fn add(&mut self, message: &Message, body: &[u8]) {
        let dictionary = message.header_as_dictionary_batch().and_then(|batch| batch.data());
        let Some(batch) = message.header_as_record_batch().or(dictionary) else { return };
        self.rows = self.rows.saturating_add(u64::try_from(batch.length()).unwrap_or_default());
        self.bytes = self.bytes.saturating_add(unpacked(&batch, body));
    }
}

/// What the compressed buffers of a batch unpack to.
fn unpacked(batch: &RecordBatch, body: &[u8]) -> u64 {
    if batch.compression().is_none() {
        return 0;
    }
    let claimed = |offset: i64| {
        let buffer = body.get(usize::try_from(offset).ok()?..)?;
        // Without compression it says -1.
        u64::try_from(i64::from_le_bytes(*buffer.first_chunk::<PREFIX>()?)).ok()
    };
    let buffers = batch.buffers().into_iter().flatten();
    let compressed = buffers.filter(|buffer| buffer.length() > 0);
    compressed.filter_map(|buffer| claimed(buffer.offset())).fold(0, u64::saturating_add)
}
