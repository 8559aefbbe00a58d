//! The delivered files of a feed, in one order on every machine.

use std::path::Path;

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
