//! What the pages of a Parquet file say of their own size, before anything is made as large as they
//! say: a reader that asks for more memory than there is ends the whole program.
//!
//! The headers of pages are structures of Thrift's compact protocol: for each field a byte with its
//! type and its distance from the field before, then its value.

use std::ops::Range;

use crate::feeds::fault::Fault;
use crate::feeds::limits;

/// Structures within each other that are followed.
const DEEPEST: usize = 8;

/// Says so where the pages of a column, at such bytes of a file, claim what cannot be, or more than
/// fits. What cannot be followed is left to the reader, which says what is wrong with it.
pub(super) fn fit(bytes: &[u8], column: Range<u64>) -> Result<(), Fault> {
    let place = |at: u64| usize::try_from(at).ok();
    let column = place(column.start).zip(place(column.end));
    let Some(mut rest) = column.and_then(|(start, end)| bytes.get(start..end)) else {
        return Ok(());
    };
    let mut unpacked = 0_u64;
    while let Some((page, after)) = Page::read(rest) {
        let claims = [page.values, page.unpacked, page.packed].map(u64::try_from);
        let [Ok(values), Ok(bytes), Ok(_)] = claims else {
            return Err(Fault::new("the file is damaged: a page has less than nothing")
                .help("open it and save it again, or ask for the delivery again"));
        };
        unpacked = unpacked.saturating_add(bytes);
        limits::bytes(unpacked)?;
        limits::rows(values)?;
        rest = after;
    }
    Ok(())
}

/// What a page says of itself.
#[derive(Debug, Default)]
struct Page {
    unpacked: i64,
    packed: i64,
    /// Values of it, or of its dictionary.
    values: i64,
}

impl Page {
    /// The page at the beginning of some bytes, and what follows it.
    fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let mut page = Self::default();
        let mut thrift = Thrift(bytes);
        thrift.fields(|thrift, field, kind| match (field, kind) {
            (2, INTEGER) => {
                page.unpacked = thrift.integer()?;
                Some(())
            }
            (3, INTEGER) => {
                page.packed = thrift.integer()?;
                Some(())
            }
            // Of data, of a dictionary, of data in the second version.
            (5 | 7 | 8, STRUCTURE) => thrift.fields(|thrift, field, kind| match (field, kind) {
                (1, INTEGER) => {
                    page.values = thrift.integer()?;
                    Some(())
                }
                _ => thrift.pass(kind, DEEPEST),
            }),
            _ => thrift.pass(kind, DEEPEST),
        })?;
        let packed = usize::try_from(page.packed).unwrap_or(0);
        Some((page, thrift.0.get(packed..)?))
    }
}

/// A type of 32 bits.
const INTEGER: u8 = 5;
const STRUCTURE: u8 = 12;

/// Bytes still to be read.
struct Thrift<'a>(&'a [u8]);

impl Thrift<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    /// Seven bits a byte, the lowest first.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A number with its sign in the lowest bit.
    fn integer(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    /// Each field of a structure: its number and type.
    fn fields(&mut self, mut read: impl FnMut(&mut Self, i64, u8) -> Option<()>) -> Option<()> {
        let mut field = 0;
        loop {
            let head = self.byte()?;
            let (distance, kind) = (head >> 4, head & 0xF);
            if kind == 0 {
                return Some(());
            }
            field = match distance {
                0 => self.integer()?,
                distance => i64::checked_add(field, i64::from(distance))?,
            };
            read(self, field, kind)?;
        }
    }

    /// Goes past a value.
    fn pass(&mut self, kind: u8, deepest: usize) -> Option<()> {
        let deeper = deepest.checked_sub(1)?;
        match kind {
            1 | 2 => Some(()),
            3 => self.byte().map(|_| ()),
            4..=6 => self.number().map(|_| ()),
            7 => self.jump(8),
            8 => {
                let length = self.number()?;
                self.jump(length)
            }
            9 | 10 => {
                let head = self.byte()?;
                let length = if head >> 4 == 0xF { self.number()? } else { u64::from(head >> 4) };
                let one = if matches!(head & 0xF, 1 | 2) { 3 } else { head & 0xF };
                (0..length).try_for_each(|_| self.pass(one, deeper))
            }
            STRUCTURE => self.fields(|thrift, _, kind| thrift.pass(kind, deeper)),
            _ => None,
        }
    }

    fn jump(&mut self, length: u64) -> Option<()> {
        self.0 = self.0.get(usize::try_from(length).ok()?..)?;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a dictionary page of 3 values, 12 bytes, packed in 2, and a data page of 3 values, as they
    /// stand in a file; with statistics and a list that are passed over.
    #[test]
    fn pages_are_followed_to_the_end() {
        let dictionary = [0x15, 4, 0x15, 24, 0x15, 4, 0x4C, 0x15, 6, 0x15, 0, 0, 0, 9, 9];
        let data = [
            0x15, 0, 0x15, 20, 0x15, 2, 0x2C, 0x15, 6, 0x4C, 0x18, 2, 7, 7, 0, 0x19, 0x25, 1, 2, 0,
            0, 9,
        ];
        let both = [&dictionary[..], &data].concat();
        let (first, rest) = Page::read(&both).unwrap();
        assert_eq!((first.unpacked, first.packed, first.values), (12, 2, 3));
        assert_eq!(rest, data);
        let (second, rest) = Page::read(rest).unwrap();
        assert_eq!((second.unpacked, second.packed, second.values), (10, 1, 3));
        assert_eq!(rest, [0_u8; 0]);
        assert!(Page::read(rest).is_none());
        assert!(fit(&both, 0..both.len() as u64).is_ok());
        for cut in 0..both.len() {
            fit(&both[..cut], 0..cut as u64).unwrap();
        }
        assert!(fit(&both, 0..u64::MAX).is_ok(), "left to the reader");
    }

    #[test]
    fn claims_that_cannot_be() {
        let said = |size: &[u8], values: &[u8]| {
            let page =
                [&[0x15, 0, 0x15], size, &[0x15, 2, 0x2C, 0x15], values, &[0, 0, 9]].concat();
            fit(&page, 0..page.len() as u64).map_err(|fault| fault.error("a").to_string())
        };
        assert_eq!(said(&[20], &[6]), Ok(()));
        let less = "a: the file is damaged: a page has less than nothing";
        assert_eq!(said(&[20], &[5]), Err(less.to_owned()));
        assert_eq!(said(&[19], &[6]), Err(less.to_owned()));
        let many = [0xFE, 0xFF, 0xFF, 0xFF, 0x0F];
        let rows = "a: the file has more than 100000000 rows";
        assert_eq!(said(&[20], &many), Err(rows.to_owned()));
        let long = [&many[..4], &[0x2F]].concat();
        assert_eq!(said(&long, &[6]), Err("a: the file holds more than 2 GiB".to_owned()));
    }
}
