//! `--quarantine DIR`: the rows that were set aside, as they were delivered.

use std::path::{Component, Path, PathBuf};

use concordat::error::{Error, Place};
use concordat::feeds::contract::Contract;
use concordat::feeds::quarantine::{SetAside, set_aside};
use concordat::quality::FeedQuality;
use concordat::wording::many;
use concordat::workspace::{Opened, Workspace};
use concordat::writers::csv;
use concordat::writers::folder::{self, File};

/// Folders of a workspace that such rows must never reach: packs go out from one, and what lies in
/// the other is read as delivered.
const CLOSED: [&str; 2] = ["out", "data"];

/// Writes a file for each delivered one that has rows set aside; says what was written.
pub(super) fn write(
    workspace: &Workspace,
    opened: &Opened,
    target: &Path,
) -> Result<Vec<String>, Error> {
    refuse_closed(&workspace.root, target)?;
    let (mut files, mut said, mut rows) = (Vec::new(), Vec::new(), 0);
    for quality in opened.quality.values() {
        let Some(contract) = workspace.contracts.get(&quality.feed) else { continue };
        let (mut made, unnamed) = of_feed(contract, &workspace.root, quality)?;
        if unnamed > 0 {
            let unnamed = many(usize::try_from(unnamed).unwrap_or(usize::MAX), "row");
            said.push(format!("{}: {unnamed} not written: the feed is stopped", quality.feed));
        }
        rows += made.iter().map(|(_, rows)| rows).sum::<usize>();
        files.extend(made.drain(..).map(|(file, _)| file));
    }
    if files.is_empty() {
        said.push("no row is set aside: nothing was written".to_owned());
        return Ok(said);
    }
    folder::make(target, &files)?;
    let rows = many(rows, "row");
    said.push(format!("{}: {rows} of {}", target.display(), many(files.len(), "file")));
    Ok(said)
}

/// The files of a feed with how many rows each has, and rows without a line of their own.
fn of_feed(
    contract: &Contract,
    root: &Path,
    quality: &FeedQuality,
) -> Result<(Vec<(File, usize)>, u64), Error> {
    let (mut files, mut unnamed) = (Vec::new(), 0);
    for file in &quality.files {
        let aside = set_aside(contract, root, file)?;
        unnamed += aside.unnamed;
        if aside.rows.is_empty() {
            continue;
        }
        let name = file.file.rsplit('/').next().unwrap_or(&file.file);
        let path = format!("{}/{name}.set-aside.csv", quality.feed);
        let bytes = csv::rows(&path, &table(&file.file, &aside))?;
        files.push((File { path, bytes }, aside.rows.len()));
    }
    Ok((files, unnamed))
}

/// File, line, reason and column of each row, and its cells under the file's own headings.
fn table(file: &str, aside: &SetAside) -> Vec<Vec<String>> {
    let headings = ["file", "line", "reason", "column"].map(str::to_owned);
    let headings = headings.into_iter().chain(aside.headings.iter().cloned()).collect();
    let row = |row: &concordat::feeds::quarantine::Row| {
        let column = row.column.clone().unwrap_or_default();
        let place = [file.to_owned(), row.line.to_string(), row.reason.clone(), column];
        place.into_iter().chain(row.cells.iter().cloned()).collect()
    };
    std::iter::once(headings).chain(aside.rows.iter().map(row)).collect()
}

fn refuse_closed(root: &Path, target: &Path) -> Result<(), Error> {
    let real = real(target);
    match CLOSED.iter().find(|name| real.starts_with(self::real(&root.join(name)))) {
        None => Ok(()),
        Some(name) => {
            let said = format!("rows that may be about a person do not go into `{name}`");
            let place = Place::file(target.display().to_string());
            Err(Error::run(place, said).help("name a new folder outside the workspace"))
        }
    }
}

/// A path with every link in it followed as far as it exists.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let known = path.ancestors().find_map(|part| Some((part, part.canonicalize().ok()?)));
    let Some((part, mut real)) = known else { return path };
    for component in path.strip_prefix(part).unwrap_or(Path::new("")).components() {
        match component {
            Component::ParentDir => _ = real.pop(),
            other => real.push(other),
        }
    }
    real
}
