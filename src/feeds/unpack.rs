//! Compressed files to their bytes, never more than fit.

use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;
use zip::ZipArchive;

use super::fault::Fault;

/// Deflate makes at most so many bytes of one. Source: zlib, "Maximum Expansion Factor".
const EXPANSION: u64 = 1_032;

/// The bytes of a gzip file, of all its parts.
pub(crate) fn gunzip(bytes: &[u8], most: u64) -> Result<Vec<u8>, Fault> {
    let mut unpacked = Vec::new();
    MultiGzDecoder::new(bytes).take(most.saturating_add(1)).read_to_end(&mut unpacked).map_err(
        |error| {
            Fault::new(format!("not a gzip file that can be read: {error}"))
                .help("the file is damaged or cut short: ask for it again")
        },
    )?;
    if u64::try_from(unpacked.len()).is_ok_and(|length| length <= most) {
        return Ok(unpacked);
    }
    Err(too_much(most))
}

/// The archive that a workbook is.
pub(crate) fn archive(bytes: &[u8], most: u64) -> Result<ZipArchive<Cursor<&[u8]>>, Fault> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(Fault::new("the file is an old Excel workbook, or one with a password")
            .help("save it as .xlsx without a password, or as CSV UTF-8"));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| not_workbook(&error))?;
    match archive.decompressed_size() {
        Some(size) if size > u128::from(most) => Err(too_much(most)),
        _ if unpacked(&mut archive, most)? > most => Err(too_much(most)),
        _ => Ok(archive),
    }
}

/// What the parts of an archive unpack to, whatever it says itself; looked at only where that could
/// be more than `most`. A part that is not what it says is a fault.
fn unpacked(archive: &mut ZipArchive<Cursor<&[u8]>>, most: u64) -> Result<u64, Fault> {
    let mut packed: u64 = 0;
    for position in 0..archive.len() {
        let part = archive.by_index_raw(position);
        packed = packed.saturating_add(part.map_or(0, |part| part.compressed_size()));
    }
    if packed.saturating_mul(EXPANSION) <= most {
        return Ok(0);
    }
    let mut unpacked: u64 = 0;
    for position in 0..archive.len() {
        let part = archive.by_index(position).map_err(|error| not_workbook(&error))?;
        let mut part = part.take(most.saturating_add(1).saturating_sub(unpacked));
        let mut some = [0; 1 << 14];
        loop {
            match part.read(&mut some).map_err(|error| not_workbook(&error))? {
                0 => break,
                read => unpacked = unpacked.saturating_add(u64::try_from(read).unwrap_or(u64::MAX)),
            }
        }
    }
    Ok(unpacked)
}

/// A part of an archive as text.
pub(crate) fn part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    most: u64,
) -> Result<String, Fault> {
    let mut text = String::new();
    let part = archive.by_name(name).map_err(|error| not_workbook(&error))?;
    let read = part.take(most.saturating_add(1)).read_to_string(&mut text);
    let length = read.map_err(|error| not_workbook(&error))?;
    if u64::try_from(length).is_ok_and(|length| length <= most) {
        return Ok(text);
    }
    Err(too_much(most))
}

/// What is said of a workbook that cannot be read.
pub(crate) fn not_workbook(error: &dyn std::fmt::Display) -> Fault {
    Fault::new(format!("not a workbook that can be read: {error}"))
        .help("open it and save it again as .xlsx or .ods, or as CSV UTF-8")
}

fn too_much(most: u64) -> Fault {
    let gibibytes = most >> 30;
    Fault::new(format!("the file unpacks to more than {gibibytes} GiB"))
        .help("deliver it in several files, a month or a year in each")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// An archive that says of its part that it unpacks to nothing.
    #[test]
    fn an_archive_is_bounded_by_what_it_unpacks_to() {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("a", zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&vec![b'a'; 0x12345]).unwrap();
        let mut bytes = writer.finish().unwrap().into_inner();
        let said = |bytes: &[u8]| {
            let opened = archive(bytes, 1 << 10).map(|archive| archive.len());
            opened.map_err(|fault| fault.error("a").to_string())
        };
        let too_much = Err("a: the file unpacks to more than 0 GiB".to_owned());
        assert_eq!(said(&bytes), too_much);
        let size = 0x12345_u32.to_le_bytes();
        while let Some(at) = bytes.windows(4).position(|four| four == size) {
            bytes[at..at + 4].fill(0);
        }
        assert!(said(&bytes).is_err(), "what it says is not believed");
        assert_eq!(archive(&bytes, 1 << 20).unwrap().len(), 1);
    }

    #[test]
    fn parts_are_put_together_and_bounded() {
        let both = [gzip(b"a,b\n"), gzip(b"1,2\n")].concat();
        assert_eq!(gunzip(&both, 1 << 10).unwrap(), b"a,b\n1,2\n");
        assert_eq!(gunzip(&both, 8).unwrap().len(), 8);
        let said = |bytes: &[u8], most| gunzip(bytes, most).unwrap_err().error("a").to_string();
        assert_eq!(
            said(&gzip(&vec![0; 1 << 20]), 1 << 10),
            "a: the file unpacks to more than 0 GiB"
        );
        assert!(said(&both[..both.len() - 3], 1 << 10).starts_with("a: not a gzip file"));
        assert!(said(b"a,b\n", 1 << 10).starts_with("a: not a gzip file"));
    }
}
