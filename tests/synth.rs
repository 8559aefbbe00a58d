//! Synthetic feeds: the same every time, in the shape their contracts promise, and about nobody.
#![expect(clippy::expect_used, reason = "helpers of tests: a missing file is a failed test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use concordat::synth::{Options, Written, write};

mod published;
mod scale;

const SYNTHETIC: [&str; 6] =
    ["conveyance", "custody", "placements", "responses", "returns", "s136"];

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn is_csv(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "csv")
}

fn made(options: Options) -> (tempfile::TempDir, Vec<Written>) {
    let folder = tempfile::tempdir().expect("a folder");
    let written = write(folder.path(), options).expect("feeds");
    (folder, written)
}

#[test]
fn committed_files_are_what_synth_writes() {
    let (folder, written) = made(Options::default());
    let names: BTreeSet<String> = written.iter().map(|written| written.file.clone()).collect();
    assert_eq!(names.len(), 36);
    for name in &names {
        let fresh = fs::read(folder.path().join(name)).expect("a written file");
        let committed = fs::read(data().join(name)).expect(name);
        assert!(
            fresh == committed,
            "data/{name} is not what `concordat synth --out data` writes: run it and look at the diff"
        );
    }
    for feed in SYNTHETIC {
        for path in files(&data().join(feed)) {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let known = names.contains(&format!("{feed}/{name}"));
            assert!(known || name == "feed.toml" || name == "README.md", "{feed}/{name} is extra");
        }
    }
}

#[test]
fn a_seed_gives_the_same_bytes_and_another_seed_others() {
    let small = Options { months: 15, scale: 0.05, seed: 7 };
    let (first, written) = made(small);
    let (second, again) = made(small);
    let (other, _) = made(Options { seed: 8, ..small });
    assert_eq!(written, again);
    for file in written {
        let bytes = |folder: &tempfile::TempDir| fs::read(folder.path().join(&file.file)).unwrap();
        assert_eq!(bytes(&first), bytes(&second), "{}", file.file);
        assert_ne!(bytes(&first), bytes(&other), "{}", file.file);
    }
}

#[test]
fn rows_told_are_rows_written_and_grow_with_the_scale() {
    let count = |scale| {
        let (folder, written) = made(Options { months: 6, scale, seed: 1 });
        let mut total = 0;
        for file in written.iter().filter(|file| !file.file.starts_with("returns")) {
            let path = folder.path().join(&file.file);
            let mut reader = csv::Reader::from_path(path).expect("a file");
            let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
            assert_eq!(u64::try_from(rows.len()).unwrap(), file.rows, "{}", file.file);
            total += file.rows;
        }
        total
    };
    let (one, four) = (count(1.0), count(4.0));
    assert!(four > 3 * one && four < 5 * one, "{one} rows, then {four}");
}

#[test]
fn options_out_of_range_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    for options in [
        Options { months: 0, ..Options::default() },
        Options { months: 601, ..Options::default() },
        Options { scale: 0.0, ..Options::default() },
        Options { scale: f64::NAN, ..Options::default() },
    ] {
        let error = write(folder.path(), options).expect_err("an error");
        assert!(error.help.is_some(), "{error}");
    }
    assert!(files(folder.path()).is_empty());
}

/// Every heading and every code in the files is one that the contract knows.
#[test]
fn contracts_know_every_heading_and_code() {
    for feed in SYNTHETIC {
        let text = fs::read_to_string(data().join(feed).join("feed.toml")).expect(feed);
        let contract: toml::Table = text.parse().expect(feed);
        let mut columns = contract["columns"].as_table().expect(feed).clone();
        if let Some(period) = contract.get("period") {
            columns.insert("period".into(), toml::toml! { heading = ["Period"] }.into());
            assert_eq!(period["column"].as_str(), Some("Period"));
        }
        for path in files(&data().join(feed)) {
            if is_csv(&path) {
                check_file(&path, &columns);
            }
        }
    }
}

fn check_file(path: &Path, columns: &toml::Table) {
    let text = fs::read_to_string(path).expect("UTF-8");
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let mut known = Vec::new();
    for heading in &headings {
        let column = columns.values().find(|column| strings(column, "heading").contains(&heading));
        known.push(column.unwrap_or_else(|| panic!("{}: {heading}", path.display())));
    }
    assert_eq!(known.len(), columns.len(), "{}", path.display());
    let spellings: Vec<Option<BTreeSet<&str>>> = known
        .iter()
        .map(|column| {
            let codes = column.get("codes")?.as_table()?;
            Some(codes.values().flat_map(|words| words.as_array().expect("a list")))
        })
        .map(|words| words.map(|words| words.filter_map(toml::Value::as_str).collect()))
        .collect();
    for row in reader.records() {
        let row = row.expect("a row");
        for (value, words) in row.iter().zip(&spellings) {
            let fine = words.as_ref().is_none_or(|words| value.is_empty() || words.contains(value));
            assert!(fine, "{}: {value}", path.display());
        }
    }
}

fn strings<'a>(column: &'a toml::Value, key: &str) -> Vec<&'a str> {
    let list = column.get(key).and_then(toml::Value::as_array);
    list.into_iter().flatten().filter_map(toml::Value::as_str).collect()
}

/// What a reader has to cope with is there: otherwise the samples would prove too little.
#[test]
fn the_disorder_is_there() {
    let read = |name: &str| fs::read(data().join("s136").join(name)).expect(name);
    assert!(read("s136-2015-16.csv").starts_with(b"\xef\xbb\xbf"));
    assert!(read("s136-2016-17.csv").windows(2).any(|pair| pair == b"\r\n"));
    let all: String = files(&data().join("s136"))
        .iter()
        .filter(|path| is_csv(path))
        .map(|path| fs::read_to_string(path).expect("UTF-8"))
        .collect();
    for sign in ["31/02/", ",NK", "n/a", "s.136", "136"] {
        assert!(all.contains(sign), "no {sign}");
    }
    let mut ids = BTreeSet::new();
    let again =
        all.lines().filter_map(|line| line.split(',').find(|field| field.starts_with("SYN")));
    assert!(again.filter(|id| !ids.insert(*id)).count() > 10, "no row comes twice");
}

#[test]
fn everybody_is_a_pseudonym() {
    for feed in SYNTHETIC {
        let readme = fs::read_to_string(data().join(feed).join("README.md")).expect(feed);
        assert!(readme.to_lowercase().contains("synthetic"), "{feed}/README.md");
    }
    for path in files(&data()) {
        if !is_csv(&path) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("UTF-8");
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let headings = reader.headers().expect("headings").clone();
        for row in reader.records() {
            let row = row.expect("a row");
            for (heading, value) in headings.iter().zip(&row) {
                if heading == "Person" || heading == "Person ID" {
                    let number = value.strip_prefix('P').expect(value);
                    assert!(number.bytes().all(|byte| byte.is_ascii_digit()), "{value}");
                }
            }
        }
    }
}

#[test]
fn files_stay_small() {
    let mut total = 0;
    for path in files(&data()) {
        let size = fs::metadata(&path).expect("a file").len();
        assert!(size < 2_000_000, "{} has {size} bytes", path.display());
        total += size;
    }
    assert!(total < 8_000_000, "data/ has {total} bytes");
}

/// The numbers that a plan prints as such are laid down, not left to chance: that they come out
/// again proves nothing, that they do not would confuse every example.
#[test]
fn told_cell_uses_are_delivered() {
    let mut cells = BTreeSet::new();
    for path in files(&data().join("s136")).iter().filter(|path| is_csv(path)) {
        let text = fs::read_to_string(path).expect("UTF-8");
        for line in text.lines().filter(|line| line.contains("Derbyshire")) {
            if line.contains(",Custody,") || line.contains(",Police cell,") {
                let field = |wanted: fn(&str) -> bool| line.split(',').find(|field| wanted(field));
                let id = field(|field| field.starts_with("SYN")).expect("an id");
                let day = line.split(',').find(|field| field.len() == 16).expect("a time");
                cells.insert((day[6..10].to_owned() + &day[3..5], id.to_owned()));
            }
        }
    }
    let twenty_months = cells.iter().filter(|(month, _)| ("201601".."201709").contains(&&**month));
    assert_eq!(twenty_months.count(), 2);
    assert_eq!(cells.iter().filter(|(month, _)| month.starts_with("2015")).count(), 25);
}
