//! The delivered files of a feed, in one order on every machine.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::deliveries::hexadecimal;
use super::fault::Fault;
use super::limits;
use super::texts::matches;

/// The names of the folders in a folder, sorted; none when it cannot be read.
pub(crate) fn folders(folder: &Path) -> Vec<String> {
    names(folder, Path::is_dir)
}

/// The names in a folder that match a pattern, whatever the case, sorted, each once. A folder or a
/// broken link among them is there too: it cannot be read, and that must be said.
pub(crate) fn delivered(folder: &Path, patterns: &[String]) -> Vec<String> {
    let mut names = names(folder, |path| path.file_name().is_some());
    let lower = |text: &str| text.to_lowercase();
    names.retain(|name| {
        let matches = |pattern: &String| matches(&lower(pattern), &lower(name));
        name != "feed.toml" && name != super::log::NAME && patterns.iter().any(matches)
    });
    names
}

/// Where a delivered file lies, and how many bytes it has; the fault says why it is not read. A link
/// that leads out of the workspace is not followed, and of what is no file (a pipe) nothing is awaited.
pub(crate) fn found(root: &Path, file: &str) -> Result<(PathBuf, u64), Fault> {
    let (path, length) = located(root, file)?;
    limits::bytes(length)?;
    Ok((path, length))
}

/// As [`found`], however many bytes it has: for whoever never has them all in memory.
pub(crate) fn located(root: &Path, file: &str) -> Result<(PathBuf, u64), Fault> {
    let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    let home = root.canonicalize().map_err(cannot)?;
    let path = root.join(file).canonicalize().map_err(cannot)?;
    if !path.starts_with(&home) {
        return Err(Fault::new("the file is not in the workspace: a link leads out of it")
            .help("put the file itself into the feed's folder"));
    }
    let about = path.metadata().map_err(cannot)?;
    if !about.is_file() && !about.is_dir() {
        return Err(Fault::new("not a file: a pipe or a device")
            .help("put the file itself into the feed's folder"));
    }
    Ok((path, about.len()))
}

/// The bytes of a delivered file; the fault says why it is not read.
pub(crate) fn bytes(root: &Path, file: &str) -> Result<Vec<u8>, Fault> {
    let (path, _) = found(root, file)?;
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(&path).map_err(cannot)?;
    let mut opened = opened.take(limits::MOST_BYTES.saturating_add(1));
    opened.read_to_end(&mut bytes).map_err(cannot)?;
    limits::bytes(u64::try_from(bytes.len()).unwrap_or(u64::MAX))?;
    Ok(bytes)
}

/// SHA-256 of a file, in hexadecimal; none where it cannot be read.
pub(crate) fn sha256(path: &Path) -> Option<String> {
    let mut file = File::open(path).ok()?;
    let mut hash = Sha256::new();
    let mut bytes = vec![0; 1 << 20];
    loop {
        match file.read(&mut bytes).ok()? {
            0 => return Some(hexadecimal(&hash.finalize())),
            read => hash.update(&bytes[..read]),
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "as `map_err` gives it")]
fn cannot(error: std::io::Error) -> Fault {
    Fault::new(format!("the file cannot be read: {error}"))
}

fn names(folder: &Path, wanted: impl Fn(&Path) -> bool) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| wanted(&entry.path()))
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
