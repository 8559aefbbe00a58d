//! Bytes to characters.

use super::fault::Fault;
use super::reading::Encoding;

/// The characters of a file; the fault says where it is not of the encoding and what to do.
///
/// A byte order mark says by itself what a file is: UTF-8 or UTF-16. Without one it is what the
/// contract declares, and never tried out: UTF-8 unless it says otherwise.
///
/// Lines that end as they did on the Macintosh, by a carriage return alone, end as others do then.
pub(crate) fn decode(bytes: Vec<u8>, encoding: Encoding) -> Result<String, Fault> {
    let text = characters(bytes, encoding)?;
    let macintosh = text.contains('\r') && !text.contains('\n');
    Ok(if macintosh { text.replace('\r', "\n") } else { text })
}

fn characters(mut bytes: Vec<u8>, encoding: Encoding) -> Result<String, Fault> {
    if let Some((what, help)) = not_text(&bytes) {
        return Err(Fault::new(format!("the file is {what}, not text")).help(help));
    }
    match bytes.as_slice() {
        [0xFF, 0xFE, units @ ..] => return utf_16(units, u16::from_le_bytes),
        [0xFE, 0xFF, units @ ..] => return utf_16(units, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, ..] => {
            bytes.drain(..3);
            return utf_8(bytes);
        }
        _ => {}
    }
    match encoding {
        Encoding::Utf8 => utf_8(bytes),
        Encoding::Windows1252 => windows_1252(&bytes),
    }
}

/// Whether a file begins as no text in UTF-8 does.
pub(crate) fn is_other(bytes: &[u8]) -> bool {
    let utf_16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    utf_16 || not_text(bytes).is_some()
}

/// What a file is that begins as no text does, and what to do about it.
fn not_text(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const KINDS: [(&[u8], &str, &str); 6] = [
        (
            b"PK\x03\x04",
            "a workbook or another archive",
            "give it its own ending, .xlsx or .ods, or save it as CSV UTF-8",
        ),
        (
            b"\xD0\xCF\x11\xE0",
            "an old Excel workbook, or one with a password",
            "save it as .xlsx without a password, or as CSV UTF-8",
        ),
        (b"\x1F\x8B", "compressed with gzip", "let its name end in .gz, such as .csv.gz"),
        (b"PAR1", "Parquet", "let its name end in .parquet"),
        (b"ARROW1", "Arrow", "let its name end in .arrow"),
        (b"%PDF", "a PDF", "ask for the figures as a table: CSV or a workbook"),
    ];
    let found = KINDS.iter().find(|(start, _, _)| bytes.starts_with(start));
    found.map(|(_, what, help)| (*what, *help))
}

fn utf_8(bytes: Vec<u8>) -> Result<String, Fault> {
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        let (line, column) = place(&String::from_utf8_lossy(bytes.get(..at).unwrap_or_default()));
        return Err(Fault::new("byte 00 is not text")
            .at(line, column)
            .help("UTF-16 without its byte order mark, or a damaged file: save it as CSV UTF-8"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let (line, column) = place(&String::from_utf8_lossy(good));
        let byte = error.as_bytes().get(good.len()).copied().unwrap_or_default();
        Fault::new(format!("byte {byte:02X} is not UTF-8")).at(line, column).help(
            "save the file as CSV UTF-8, or declare `encoding = \"windows-1252\"` in the contract",
        )
    })
}

/// Line and column of what follows a text, counted from 1.
fn place(before: &str) -> (usize, usize) {
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (line, before.get(start..).unwrap_or_default().chars().count() + 1)
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Fault> {
    let (units, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    for character in char::decode_utf16(units.iter().map(|pair| unit(*pair))) {
        match character {
            Ok(character) => text.push(character),
            Err(error) => {
                let (line, column) = place(&text);
                let problem = format!("{:04X} alone is not UTF-16", error.unpaired_surrogate());
                let help = "the file is damaged: ask for it again";
                return Err(Fault::new(problem).at(line, column).help(help));
            }
        }
    }
    if rest.is_empty() {
        return Ok(text);
    }
    let (line, column) = place(&text);
    let problem = "the file ends inside a character of UTF-16";
    Err(Fault::new(problem).at(line, column).help("the file is cut short: ask for it again"))
}

/// Bytes 80 to 9F of Windows-1252; the five that stand for nothing are U+FFFD here.
/// Source: Unicode Consortium, mapping table CP1252.
const HIGH: [char; 32] = [
    '€', '\u{FFFD}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{FFFD}', 'Ž',
    '\u{FFFD}', '\u{FFFD}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{FFFD}',
    'ž', 'Ÿ',
];

/// A file that is UTF-8 all through, and not by being plain English, is not Windows-1252.
fn windows_1252(bytes: &[u8]) -> Result<String, Fault> {
    if let Some(at) = bytes.iter().position(|byte| !byte.is_ascii())
        && std::str::from_utf8(bytes).is_ok()
    {
        let (line, column) = place(&String::from_utf8_lossy(bytes.get(..at).unwrap_or_default()));
        let problem = "the file is UTF-8, and declared to be Windows-1252";
        return Err(Fault::new(problem)
            .at(line, column)
            .help("take `encoding` out of the contract, or save the file as it says"));
    }
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        let character = match byte {
            0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
            _ => char::from(*byte),
        };
        if matches!(character, '\u{FFFD}' | '\0') {
            let (line, column) = place(&text);
            let problem = format!("byte {byte:02X} stands for nothing in Windows-1252");
            let help = "save the file as CSV UTF-8, and take `encoding` out of the contract";
            return Err(Fault::new(problem).at(line, column).help(help));
        }
        text.push(character);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(bytes: &[u8], encoding: Encoding) -> String {
        let fault = decode(bytes.to_vec(), encoding).unwrap_err();
        fault.error("a.csv").to_string()
    }

    fn utf_16(text: &str, mark: u16, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(mark).chain(text.encode_utf16()).flat_map(unit).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "Ref,Force\r\nCafé – €,Derbyshire\r\n";
        let marked = format!("\u{FEFF}{text}").into_bytes();
        let western = b"Ref,Force\r\nCaf\xE9 \x96 \x80,Derbyshire\r\n";
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), Encoding::Utf8),
            (marked.clone(), Encoding::Utf8),
            (marked, Encoding::Windows1252),
            (western.to_vec(), Encoding::Windows1252),
            (utf_16(text, 0xFEFF, u16::to_le_bytes), Encoding::Utf8),
            (utf_16(text, 0xFEFF, u16::to_be_bytes), Encoding::Windows1252),
        ] {
            assert_eq!(decode(bytes, encoding).unwrap(), text);
        }
    }

    #[test]
    fn what_is_not_of_the_encoding_is_placed() {
        let (utf_8, western) = (Encoding::Utf8, Encoding::Windows1252);
        for (bytes, encoding, expected) in [
            (&b"a,b\n1,Caf\xE9\n"[..], utf_8, "a.csv:2:6: byte E9 is not UTF-8"),
            (b"a\0,\0", utf_8, "a.csv:1:2: byte 00 is not text"),
            (b"a,b\n\x81", western, "a.csv:2:1: byte 81 stands for nothing in Windows-1252"),
            (
                b"a\nCaf\xC3\xA9",
                western,
                "a.csv:2:4: the file is UTF-8, and declared to be Windows-1252",
            ),
            (b"\xFF\xFEa\0\n\0\x00\xD8", utf_8, "a.csv:2:1: D800 alone is not UTF-16"),
            (b"\xFE\xFF\0a\0", utf_8, "a.csv:1:2: the file ends inside a character of UTF-16"),
            (b"PK\x03\x04", utf_8, "a.csv: the file is a workbook or another archive, not text"),
            (b"\x1F\x8B\x08", utf_8, "a.csv: the file is compressed with gzip, not text"),
        ] {
            assert_eq!(said(bytes, encoding), expected);
        }
    }
}
