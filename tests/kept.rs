//! Large feeds are held without the columns that nobody reads, and kept in the workspace: nothing that is
//! made of them may differ from what is made of all that was delivered.

use std::collections::BTreeSet;
use std::path::Path;

use concordat::feeds::{self, Feed, How};
use concordat::packs::{self, Format};
use concordat::period::Month;
use concordat::workspace::{Opened, Workspace};
use tempfile::TempDir;

const PROGRAM: &str = "one program";

/// A copy of the project's own workspace.
fn copy() -> TempDir {
    let folder = TempDir::new().unwrap();
    for part in ["data", "indicators", "reports"] {
        copy_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join(part), &folder.path().join(part));
    }
    folder
}

fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_all(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// So little that whatever can be done in rounds is.
const LITTLE: How<'_> = How { memory: 50_000, progress: None };

/// Every feed as a large one is opened, in little memory.
fn kept(workspace: &Workspace, program: &str) -> Opened {
    let mut opened = Opened::default();
    for (id, contract) in &workspace.contracts {
        let with = (&workspace.columns(contract), program, LITTLE);
        let found = feeds::open_kept(contract, &workspace.root, &workspace.areas, with);
        opened.problems.extend(found.problems);
        opened.quality.insert(id.clone(), found.quality);
        opened.feeds.extend(found.feed.map(|feed| (id.clone(), feed)));
    }
    opened
}

#[test]
fn packs_of_kept_feeds_are_those_of_delivered_ones() {
    let folder = copy();
    let workspace = Workspace::load(folder.path()).unwrap();
    let whole = workspace.open(workspace.contracts.keys().map(String::as_str));
    let (read, again) = (kept(&workspace, PROGRAM), kept(&workspace, PROGRAM));
    let as_at: Month = "2018-12".parse().unwrap();
    for plan in workspace.catalogue.plans.values() {
        for opened in [&read, &again] {
            let (ours, theirs) =
                (workspace.assess(opened, plan, as_at), workspace.assess(&whole, plan, as_at));
            assert!(ours == theirs, "{}: other findings", plan.id);
            let steps = |opened| workspace.row_steps(opened, plan, as_at);
            assert_eq!(steps(opened), steps(&whole), "{}", plan.id);
        }
    }
    let plan = workspace.plan("derbyshire").unwrap();
    for pack in workspace.packs(&["beds".to_owned(), "s136-group".to_owned()]).unwrap() {
        let made =
            |opened| packs::make(&workspace, opened, plan, pack, as_at, &[Format::Csv]).unwrap();
        let expected = made(&whole).files;
        for opened in [&read, &again] {
            for (file, other) in made(opened).files.iter().zip(&expected) {
                assert_eq!(file.path, other.path);
                let text = |file: &concordat::writers::folder::File| {
                    String::from_utf8_lossy(&file.bytes).into_owned()
                };
                let (ours, theirs) = (text(file), text(other));
                for (ours, theirs) in ours.lines().zip(theirs.lines()) {
                    assert_eq!(ours, theirs, "{}/{}", pack.id, file.path);
                }
                assert_eq!(ours.len(), theirs.len(), "{}/{}", pack.id, file.path);
            }
        }
    }
}

/// The rows of one feed, read through the cache.
fn detentions(folder: &Path, program: &str) -> Feed {
    let workspace = Workspace::load(folder).unwrap();
    let contract = &workspace.contracts["s136"];
    let with = (&BTreeSet::from(["detained".to_owned()]), program, How::default());
    feeds::open_kept(contract, folder, &workspace.areas, with).feed.unwrap()
}

#[test]
fn whatever_has_changed_is_read_again() {
    let folder = copy();
    let rows = |program| detentions(folder.path(), program).rows.height();
    let cache = folder.path().join(".cache/s136");
    let fingerprint = || {
        let kept: serde_json::Value =
            serde_json::from_slice(&std::fs::read(cache.join("feed.json")).unwrap()).unwrap();
        kept["fingerprint"].as_str().unwrap().to_owned()
    };
    let first = rows(PROGRAM);
    let mut known = BTreeSet::from([fingerprint()]);
    assert_eq!(rows(PROGRAM), first);
    assert!(known.contains(&fingerprint()), "nothing has changed");
    // the program, a definition of areas, the contract, and a file
    assert_eq!(rows("another program"), first);
    assert!(known.insert(fingerprint()));
    let append = |path: &str, text: &str| {
        let path = folder.path().join(path);
        let old = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, old + text).unwrap();
    };
    for path in ["indicators/areas/area_names.csv", "data/s136/feed.toml"] {
        append(path, "\n");
        assert_eq!(rows(PROGRAM), first);
        assert!(known.insert(fingerprint()), "{path}");
    }
    let file = std::fs::read_dir(folder.path().join("data/s136")).unwrap();
    let mut files: Vec<_> = file.map(|entry| entry.unwrap().file_name()).collect();
    files.retain(|name| name.to_string_lossy().ends_with(".csv"));
    files.sort();
    std::fs::remove_file(folder.path().join("data/s136").join(&files[0])).unwrap();
    let fewer = rows(PROGRAM);
    assert!(fewer < first && known.insert(fingerprint()));
    // what is damaged, or gone, is read again as well
    let kept = cache.join("rows.parquets");
    let mut bytes = std::fs::read(&kept).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&kept, bytes).unwrap();
    assert_eq!(rows(PROGRAM), fewer);
    std::fs::remove_dir_all(folder.path().join(".cache")).unwrap();
    assert_eq!(rows(PROGRAM), fewer);
    assert!(kept.is_file());
    let left: Vec<_> = std::fs::read_dir(folder.path().join(".cache")).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn no_column_is_kept_that_is_not_read() {
    let folder = copy();
    detentions(folder.path(), PROGRAM);
    let found = detentions(folder.path(), PROGRAM);
    let columns = found.rows.names();
    let columns: BTreeSet<&str> = columns.iter().map(String::as_str).collect();
    assert_eq!(columns, BTreeSet::from(["detained", "detained@utc", "@file", "@line"]));
    let json = std::fs::read_to_string(folder.path().join(".cache/s136/feed.json")).unwrap();
    let kept: serde_json::Value = serde_json::from_str(&json).unwrap();
    let notes = kept["quality"]["files"].as_array().unwrap().iter();
    let notes = notes.flat_map(|file| file["set_aside"].as_array().unwrap());
    let mut any = false;
    for note in notes {
        any = true;
        assert_eq!(note["examples"].as_array().unwrap().len(), 0, "{note}");
    }
    assert!(any, "no row was set aside");
}

fn all(feed: &Feed) -> polars::prelude::DataFrame {
    feed.rows.whole().unwrap()
}

#[test]
fn what_runs_that_broke_off_have_left_goes_and_what_others_write_stays() {
    let folder = copy();
    let left = |process: u32| folder.path().join(format!(".cache/s136.making-{process}-7777"));
    // no process has so great a number
    let (dead, own) = (left(u32::MAX), left(std::process::id()));
    for path in [&dead, &own] {
        std::fs::create_dir_all(path).unwrap();
        std::fs::write(path.join("rows.parquets"), "half").unwrap();
    }
    detentions(folder.path(), PROGRAM);
    assert!(!dead.exists() || !Path::new("/proc/self").exists());
    assert!(own.exists());
}

/// One run reads on what another replaces.
#[test]
fn rows_are_read_on_after_another_run_has_replaced_them() {
    let folder = copy();
    detentions(folder.path(), PROGRAM);
    let ours = detentions(folder.path(), PROGRAM);
    let theirs = detentions(folder.path(), "another program");
    assert!(all(&ours).equals_missing(&all(&theirs)));
    std::fs::remove_dir_all(folder.path().join(".cache")).unwrap();
    assert!(all(&ours).equals_missing(&all(&theirs)));
    // and what was just written and put in its place
    let made = detentions(folder.path(), PROGRAM);
    assert!(all(&ours).equals_missing(&all(&made)));
}

#[test]
fn a_workspace_that_cannot_be_written_is_read_all_the_same() {
    let folder = copy();
    let expected = all(&detentions(folder.path(), PROGRAM));
    let cache = folder.path().join(".cache");
    std::fs::remove_dir_all(&cache).unwrap();
    std::fs::write(&cache, "no folder").unwrap();
    let temporary = || {
        let entries = std::fs::read_dir(std::env::temp_dir()).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        let own = format!("concordat-s136.making-{}-", std::process::id());
        names.filter(|name| name.starts_with(&own)).count()
    };
    let found = detentions(folder.path(), PROGRAM);
    assert!(all(&found).equals_missing(&expected));
    assert!(temporary() > 0);
    drop(found);
    assert_eq!(temporary(), 0);
}

#[test]
fn reading_tells_how_far_it_is() {
    let folder = copy();
    let workspace = Workspace::load(folder.path()).unwrap();
    let contract = &workspace.contracts["s136"];
    let last = std::sync::Mutex::new((0, 0, 0));
    let tell = |progress: &feeds::Progress<'_>| {
        assert_eq!(progress.feed, "s136");
        let mut last = last.lock().unwrap();
        assert!(progress.read >= last.0 && progress.rows >= last.2);
        *last = (progress.read, progress.bytes, progress.rows);
    };
    let columns = BTreeSet::from(["detained".to_owned()]);
    let how = How { memory: 1 << 30, progress: Some(&tell) };
    feeds::open_for(contract, folder.path(), &workspace.areas, (&columns, how)).feed.unwrap();
    let (read, bytes, rows) = *last.lock().unwrap();
    assert!(read == bytes && rows > 0, "{read} of {bytes}, {rows} rows");
}
