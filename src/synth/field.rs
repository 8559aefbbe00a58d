//! The fields of a row. None has memory of its own: rows are made by the hundred million.

/// Most bytes of a field that is put together: four letters and the longest whole number.
const ROOM: usize = 24;

/// A field as it is written: ASCII without a comma, a quote or a line end.
#[derive(Debug, Clone, Copy)]
pub(super) enum Field {
    /// A word of one of our lists, or nothing.
    Word(&'static str),
    /// So many bytes of these.
    Made(u8, [u8; ROOM]),
}

impl Field {
    /// A field that is blank.
    pub(super) const BLANK: Self = Self::Word("");

    /// What was put together; longer than `ROOM` is a mistake of ours.
    pub(super) fn made(text: impl AsRef<[u8]>) -> Self {
        let text = text.as_ref();
        let mut bytes = [0; ROOM];
        bytes[..text.len()].copy_from_slice(text);
        Self::Made(u8::try_from(text.len()).unwrap_or_default(), bytes)
    }

    /// A prefix of up to four letters and a number, which zeros fill up to so many figures.
    pub(super) fn number(prefix: &str, figures: usize, number: u64) -> Self {
        let (mut bytes, mut from, mut rest) = ([b'0'; ROOM], ROOM, number);
        while rest > 0 {
            from -= 1;
            bytes[from] = figure(rest);
            rest /= 10;
        }
        from = from.min(ROOM - figures) - prefix.len();
        bytes[from..from + prefix.len()].copy_from_slice(prefix.as_bytes());
        Self::made(&bytes[from..])
    }

    /// What is written.
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Word(word) => word.as_bytes(),
            Self::Made(length, bytes) => &bytes[..usize::from(*length)],
        }
    }

    /// Writes it behind what is there.
    pub(super) fn write(&self, text: &mut Vec<u8>) {
        match self {
            Self::Word(word) => text.extend_from_slice(word.as_bytes()),
            Self::Made(length, bytes) => {
                // of a known length, so that no loop copies it
                let end = text.len() + usize::from(*length);
                text.extend_from_slice(bytes);
                text.truncate(end);
            }
        }
    }

    /// The same as text.
    pub(super) fn text(&self) -> &str {
        str::from_utf8(self.bytes()).unwrap_or_default()
    }

    /// Leaves the field blank.
    pub(super) fn clear(&mut self) {
        *self = Self::BLANK;
    }
}

/// The last figure of a number.
pub(super) fn figure(number: u64) -> u8 {
    b'0' + u8::try_from(number % 10).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_filled_up_and_never_cut() {
        assert_eq!(Field::number("SYNS", 6, 42).text(), "SYNS000042");
        assert_eq!(Field::number("P", 7, 12_345_678).text(), "P12345678");
        assert_eq!(Field::number("", 1, 0).text(), "0");
        assert_eq!(Field::number("SYNS", 6, u64::MAX).text(), "SYNS18446744073709551615");
    }
}
