//! A large scale is made of several worlds: as many rows, each number given once, no other disorder.

use std::collections::BTreeMap;
use std::path::Path;

use concordat::synth::{Options, Written, write};
use concordat::workspace::{Opened, Workspace};

use super::{SYNTHETIC, files, made};

/// More than one world holds, and not a multiple of it.
const LARGE: f64 = 50.5;
/// As much as one world holds.
const WORLD: f64 = 20.0;
const SMALL: Options = Options { months: 2, scale: 1.0, seed: 4 };

/// Rows of the journeys by area and month of the call.
fn journeys(scale: f64) -> BTreeMap<(String, String), u32> {
    let (folder, written) = made(Options { scale, ..SMALL });
    let mut counts = BTreeMap::new();
    for file in written.iter().filter(|file| file.file.starts_with("conveyance")) {
        for row in csv::Reader::from_path(folder.path().join(&file.file)).unwrap().records() {
            let row = row.unwrap();
            let place = (row[2].to_owned(), row[4][3..10].to_owned());
            *counts.entry(place).or_default() += 1;
        }
    }
    counts
}

/// A world's month as a whole moves by up to a tenth.
#[test]
fn every_area_and_month_grows_with_the_scale_past_one_world() {
    let (mut one, several) = (journeys(WORLD), journeys(LARGE));
    one.retain(|_, count| *count > 100); // not the few calls just before the first midnight
    assert_eq!(one.len(), 5 * 2, "{one:?}");
    for (place, count) in one {
        let times = f64::from(several[&place]) / f64::from(count);
        assert!((times / (LARGE / WORLD) - 1.0).abs() < 0.2, "{place:?}: {times} times");
    }
}

fn rows(written: &[Written], feed: &str) -> u64 {
    let of_feed = written.iter().filter(|file| file.file.starts_with(feed));
    of_feed.map(|file| file.rows).sum()
}

#[test]
fn rows_grow_with_the_scale_past_one_world() {
    let (_small, few) = made(SMALL);
    let (_large, many) = made(Options { scale: LARGE, ..SMALL });
    // Placements are few, and held to what the plans print: they are counted with the rest.
    let all = |written: &[Written]| -> u64 {
        SYNTHETIC.iter().filter(|feed| **feed != "returns").map(|feed| rows(written, feed)).sum()
    };
    let times = f64::from(u32::try_from(all(&many)).unwrap())
        / f64::from(u32::try_from(all(&few)).unwrap());
    assert!((times / LARGE - 1.0).abs() < 0.1, "{times} times as many rows");
    assert_eq!(rows(&few, "returns"), rows(&many, "returns"));
}

/// A number comes again only as a copy, or with the end that its first version did not have.
#[test]
fn no_two_worlds_give_the_same_number() {
    let (folder, written) = made(Options { scale: LARGE, ..SMALL });
    for feed in ["s136", "custody", "conveyance", "responses", "placements"] {
        let mut known: BTreeMap<String, csv::StringRecord> = BTreeMap::new();
        let mut again = 0_u64;
        for file in written.iter().filter(|file| file.file.starts_with(feed)) {
            let path = folder.path().join(&file.file);
            for row in csv::Reader::from_path(path).unwrap().records() {
                let row = row.unwrap();
                let number = row[0].to_owned();
                let Some(before) = known.get(&number) else {
                    known.insert(number, row);
                    continue;
                };
                let differ = before.iter().zip(&row).filter(|(one, other)| one != other).count();
                assert!(differ <= 1, "{feed}: {before:?}, then {row:?}");
                again += 1;
            }
        }
        let all = rows(&written, feed);
        assert!(again * 100 < all, "{feed}: {again} of {all} rows have a number that was given");
    }
}

#[test]
fn several_worlds_are_the_same_bytes_again() {
    let options = Options { months: 4, scale: 20.1, seed: 7 };
    let ((first, written), (second, again)) = (made(options), made(options));
    assert_eq!(written, again);
    for file in written {
        let bytes = |folder: &Path| std::fs::read(folder.join(&file.file)).unwrap();
        assert_eq!(bytes(first.path()), bytes(second.path()), "{}", file.file);
    }
}

/// Rows set aside of the synthetic feeds, in ten thousand.
fn set_aside(opened: &Opened) -> f64 {
    let files = || SYNTHETIC.iter().flat_map(|feed| &opened.quality[*feed].files);
    let read: u64 = files().map(|file| file.rows_read).sum();
    let used: u64 = files().map(|file| file.rows_used).sum();
    let number = |rows: u64| f64::from(u32::try_from(rows).unwrap());
    10_000.0 * number(read - used) / number(read)
}

#[test]
fn no_more_is_set_aside_of_a_large_scale() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (made, _) = made(Options { scale: 30.0, months: 3, ..SMALL });
    let folder = tempfile::tempdir().unwrap();
    crate::program::copy(&root.join("indicators/areas"), &folder.path().join("indicators/areas"));
    for feed in SYNTHETIC {
        let target = folder.path().join("data").join(feed);
        crate::program::copy(&made.path().join(feed), &target);
        let contract = root.join("data").join(feed).join("feed.toml");
        std::fs::copy(contract, target.join("feed.toml")).unwrap();
    }
    let opened = Workspace::load(folder.path()).unwrap().open(SYNTHETIC);
    assert_eq!(opened.problems, []);
    let (sample, large) = (set_aside(&crate::sample::SAMPLE.1), set_aside(&opened));
    assert!(large > 0.0 && large < 1.2 * sample, "{sample}, then {large} in ten thousand");
}

/// The first file of a feed, and all names, before and after.
#[test]
fn a_run_that_fails_leaves_what_stood_there() {
    let (folder, written) = made(SMALL);
    let out = folder.path();
    let first = out.join(&written[0].file);
    std::fs::remove_dir_all(out.join("returns")).unwrap();
    std::fs::write(out.join("returns"), "not a folder").unwrap();
    let before = (files(out), std::fs::read(&first).unwrap());
    let error = write(out, Options { seed: 5, ..SMALL }).unwrap_err();
    assert!(error.place.file.ends_with("/returns"), "{error}");
    assert!(error.to_string().contains("cannot be written: "), "{error}");
    assert_eq!(before, (files(out), std::fs::read(&first).unwrap()));
}
