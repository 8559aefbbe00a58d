//! How much memory may be used.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use concordat::error::{Error, Place};

/// The variable of the environment that says it where the command line does not.
const VARIABLE: &str = "CONCORDAT_MEMORY";

/// Less is not enough for the reading itself.
const LEAST: u64 = 200_000_000;

/// Where the machine does not say how much it has.
const USUAL: u64 = 2_000_000_000;

/// A number of bytes, such as `2GB` or `500MB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Memory(u64);

impl FromStr for Memory {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let said = || format!("`{text}` is no size: write it as 2GB or 500MB");
        let text = text.trim();
        let end = text.find(|sign: char| !sign.is_ascii_digit() && sign != '.').unwrap_or(0);
        let (number, unit) = text.split_at(end);
        let number: f64 = number.parse().map_err(|_| said())?;
        let unit = match unit.trim().to_ascii_lowercase().as_str() {
            "mb" => 1e6,
            "gb" => 1e9,
            "tb" => 1e12,
            "mib" => 1_048_576.0,
            "gib" => 1_073_741_824.0,
            "tib" => 1_099_511_627_776.0,
            _ => return Err(said()),
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bytes")]
        let bytes = (number * unit) as u64;
        if bytes < LEAST {
            return Err(format!("`{text}` is too little: 200MB is the least"));
        }
        Ok(Self(bytes))
    }
}

/// The bytes that may be used: as the command line says, or else the environment, or else half of what the
/// machine has, or of what it gives this process.
pub(crate) fn allowed(asked: Option<Memory>) -> Result<u64, Error> {
    if let Some(Memory(bytes)) = asked {
        return Ok(bytes);
    }
    match std::env::var(VARIABLE) {
        Ok(text) if !text.trim().is_empty() => {
            let said = |problem: String| {
                Error::run(Place::file(VARIABLE), problem)
                    .help("mend the variable of the environment, or leave it out")
            };
            text.parse::<Memory>().map(|memory| memory.0).map_err(said)
        }
        _ => Ok(machine().map_or(USUAL, |bytes| bytes / 2).max(LEAST)),
    }
}

/// The machine's memory, or the limit on the processes among which this one is.
fn machine() -> Option<u64> {
    let about = std::fs::read_to_string("/proc/meminfo").ok()?;
    let total = about.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let total = total.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()? * 1_024;
    Some(limits().into_iter().fold(total, u64::min))
}

/// The limits of control groups, of either version, from this process's own up.
fn limits() -> Vec<u64> {
    let own = std::fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    let mut files: Vec<PathBuf> = Vec::new();
    for line in own.lines() {
        let mut parts = line.splitn(3, ':').skip(1);
        let (Some(kind), Some(path)) = (parts.next(), parts.next()) else { continue };
        let (root, file) = match kind {
            "" => ("/sys/fs/cgroup", "memory.max"),
            kind if kind.split(',').any(|kind| kind == "memory") => {
                ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
            }
            _ => continue,
        };
        let groups = Path::new(path).ancestors().filter_map(|path| path.strip_prefix("/").ok());
        files.extend(groups.map(|group| Path::new(root).join(group).join(file)));
    }
    let read = |file: PathBuf| std::fs::read_to_string(file).ok()?.trim().parse().ok();
    files.into_iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_with_their_units() {
        let bytes = |text: &str| text.parse::<Memory>().map(|memory| memory.0);
        assert_eq!(bytes("2GB"), Ok(2_000_000_000));
        assert_eq!(bytes("500 mb"), Ok(500_000_000));
        assert_eq!(bytes("1.5GiB"), Ok(1_610_612_736));
        for wrong in ["", "2", "GB", "two GB", "-2GB", "2 parsecs", "1.2.3GB", "NaN GB"] {
            assert!(bytes(wrong).is_err_and(|said| said.contains("no size")), "{wrong}");
        }
        assert!(bytes("199MB").is_err_and(|said| said.contains("too little")));
    }
}
