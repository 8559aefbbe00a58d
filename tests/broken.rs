//! Broken workspaces: each file of `cases/broken` changes the small workspace of `cases/workspace`, and
//! holds to the letter what its user is then told. Written to be enough without a manual: file, line, the
//! words at fault, what is wrong, what to do.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::program::{concordat, replace, workspace};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What is broken.
    name: String,
    #[serde(default)]
    change: Vec<Change>,
    /// `check` unless given.
    run: Option<Vec<String>>,
    exit: i32,
    /// All that is printed to standard error.
    message: String,
}

/// What is done to a file: one of these.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    file: String,
    replace: Option<(String, String)>,
    write: Option<String>,
    append: Option<String>,
    hex: Option<String>,
    #[serde(default)]
    remove: bool,
    /// The file becomes a folder.
    #[serde(default)]
    folder: bool,
    /// Moved or copied to another place.
    to: Option<String>,
    copy: Option<String>,
}

fn apply(root: &Path, change: &Change) {
    let path = root.join(&change.file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    if let Some(pair) = &change.replace {
        replace(&path, pair);
    } else if let Some(text) = &change.write {
        fs::write(&path, text).unwrap();
    } else if let Some(text) = &change.append {
        let before = fs::read_to_string(&path).unwrap();
        fs::write(&path, before + text).unwrap();
    } else if let Some(hex) = &change.hex {
        let digits: Vec<&str> = hex.split_whitespace().collect();
        let bytes: Vec<u8> =
            digits.iter().map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect();
        fs::write(&path, bytes).unwrap();
    } else if let Some(to) = &change.to {
        fs::rename(&path, root.join(to)).unwrap();
    } else if let Some(to) = &change.copy {
        fs::copy(&path, root.join(to)).unwrap();
    } else if change.folder || change.remove {
        if path.is_dir() {
            fs::remove_dir_all(&path).unwrap();
        } else if path.exists() {
            fs::remove_file(&path).unwrap();
        }
        if change.folder {
            fs::create_dir_all(&path).unwrap();
        }
    } else {
        panic!("nothing is done to {}", change.file);
    }
}

fn cases() -> Vec<(PathBuf, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/broken");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let case =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (path, case)
    };
    files.into_iter().map(read).collect()
}

#[test]
fn a_broken_workspace_says_what_is_wrong_where_and_what_to_do() {
    let cases = cases();
    assert!(cases.len() >= 40, "only {} cases were read", cases.len());
    let mut wrong = Vec::new();
    for (path, case) in cases {
        let folder = workspace();
        for change in &case.change {
            apply(folder.path(), change);
        }
        let run = case.run.unwrap_or_else(|| vec!["check".to_owned()]);
        let arguments: Vec<&str> = run.iter().map(String::as_str).collect();
        let outcome = concordat(folder.path(), &arguments);
        let file = path.file_name().unwrap().to_string_lossy();
        if outcome.code != case.exit {
            wrong.push(format!("{file}: exit code {} instead of {}", outcome.code, case.exit));
        }
        if outcome.errors.trim() != case.message.trim() {
            let found = outcome.errors.trim();
            wrong
                .push(format!("{file}: {}\nfound\n{found}\nexpected\n{}", case.name, case.message));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Whatever is not touched by what is wrong stands in the manual all the same.
#[test]
fn a_broken_workspace_has_its_manual() {
    let checked = |(_, case): &(PathBuf, Case)| case.exit == 1 && case.run.is_none();
    for (path, case) in cases().into_iter().filter(checked) {
        let folder = workspace();
        for change in &case.change {
            apply(folder.path(), change);
        }
        let outcome = concordat(folder.path(), &["manual"]);
        assert!(outcome.code <= 1, "{}: {}", path.display(), outcome.errors);
        assert!(outcome.printed.contains("<h1>Definitions manual</h1>"), "{}", path.display());
    }
}

/// The system's own words are no help to who has never seen them. (Who runs the tests may be let in
/// everywhere, so that a file without permission is no case here.)
#[test]
fn what_the_system_refuses_is_said_in_words() {
    for (kind, said) in [
        (ErrorKind::NotFound, "f.toml: there is no such file"),
        (ErrorKind::PermissionDenied, "f.toml: may not be read"),
        (ErrorKind::IsADirectory, "f.toml: is a folder, where a file should be"),
        (ErrorKind::NotADirectory, "f.toml: is a file, where a folder should be"),
    ] {
        let error = concordat::error::unreadable("f.toml", &kind.into());
        assert_eq!(error.to_string(), said);
        assert!(error.help.is_some(), "{said}");
    }
}
