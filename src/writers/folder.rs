//! A folder of files that appears whole or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Place};

/// A file to write: its path inside the folder, with forward slashes, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Path inside the folder.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Writes the files beside `target`, then puts the finished folder in its place.
///
/// An earlier folder of that name is replaced. When anything fails, what stood there before still
/// stands, and nothing half made is left.
pub fn write(target: &Path, files: &[File]) -> Result<(), Error> {
    let aside = beside(target, "new");
    let earlier = beside(target, "old");
    let written = remove(&aside)
        .and_then(|()| files.iter().try_for_each(|file| write_one(&aside, file)))
        .and_then(|()| remove(&earlier))
        .and_then(|()| if target.exists() { fs::rename(target, &earlier) } else { Ok(()) })
        .and_then(|()| {
            fs::rename(&aside, target).inspect_err(|_| {
                // Put back what stood there; the first failure is the one to report.
                let _ = fs::rename(&earlier, target);
            })
        })
        .and_then(|()| remove(&earlier));
    written.map_err(|error| {
        let _ = remove(&aside);
        failed(target, &error)
    })
}

/// Writes the files into a folder of their own, whole or not at all.
///
/// Refuses a folder that holds anything, and a name that is a file's.
pub fn make(target: &Path, files: &[File]) -> Result<(), Error> {
    let wrong = |said: String| Error::run(Place::file(target.display().to_string()), said);
    match fs::read_dir(target).map(|mut entries| entries.next().is_none()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => write(target, files),
        Err(error) => {
            Err(wrong(format!("is not a folder to write to: {error}")).help("name a new folder"))
        }
        Ok(false) => {
            Err(wrong("is not empty".to_owned()).help("name a new folder, or an empty one"))
        }
        // a folder that is there may be the one its user stands in: it is filled, not replaced
        Ok(true) => fill(target, files),
    }
}

/// Writes the files into an empty folder that is there. When anything fails, it is empty again.
pub fn fill(target: &Path, files: &[File]) -> Result<(), Error> {
    files.iter().try_for_each(|file| write_one(target, file)).map_err(|error| {
        for entry in fs::read_dir(target).into_iter().flatten().flatten() {
            let path = entry.path();
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
        failed(target, &error)
    })
}

fn failed(target: &Path, error: &io::Error) -> Error {
    let said = format!("could not be written: {error}");
    Error::run(Place::file(target.display().to_string()), said)
        .help("check that the folder can be written to and that the disk has room")
}

fn beside(target: &Path, ending: &str) -> PathBuf {
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned());
    target.with_file_name(format!(".{}.{ending}", name.unwrap_or_default()))
}

fn remove(folder: &Path) -> io::Result<()> {
    if folder.exists() { fs::remove_dir_all(folder) } else { Ok(()) }
}

fn write_one(folder: &Path, file: &File) -> io::Result<()> {
    let path = folder.join(&file.path);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, &file.bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> File {
        File { path: path.into(), bytes: text.as_bytes().to_vec() }
    }

    #[test]
    fn a_second_run_replaces_the_first_whole() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("plan/2019-03/monthly");
        write(&target, &[file("pack.html", "1"), file("data/old.csv", "x")]).unwrap();
        write(&target, &[file("pack.html", "2")]).unwrap();
        assert_eq!(fs::read_to_string(target.join("pack.html")).unwrap(), "2");
        assert!(!target.join("data").exists());
        assert_eq!(fs::read_dir(target.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_could_not_be_filled_is_empty_again() {
        let root = tempfile::tempdir().unwrap();
        let clash = [file("a/b", "1"), file("c", "2"), file("a", "3")];
        assert!(fill(root.path(), &clash).is_err());
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
        fill(root.path(), &clash[..2]).unwrap();
        assert_eq!(fs::read_to_string(root.path().join("a/b")).unwrap(), "1");
    }

    #[test]
    fn a_failed_run_leaves_the_first_as_it_was() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("monthly");
        write(&target, &[file("pack.html", "1")]).unwrap();
        let clash = [file("a", "1"), file("a/b", "2")];
        let error = write(&target, &clash).unwrap_err();
        assert!(error.to_string().contains("could not be written"), "{error}");
        assert_eq!(fs::read_to_string(target.join("pack.html")).unwrap(), "1");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }
}
