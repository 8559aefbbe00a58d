//! The direction of the layers: who may use whom, and which crate lives where.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const WORDS: &[&str] = &[
    "aggregate",
    "error",
    "definition",
    "dated",
    "number",
    "period",
    "area",
    "series",
    "unit",
    "filter",
    "quality",
    "parallel",
];

/// Each layer and what it may use besides itself, nearest the rows first.
fn allowed() -> BTreeMap<&'static str, Vec<&'static str>> {
    let words = |more: &[&'static str]| WORDS.iter().chain(more).copied().collect::<Vec<_>>();
    let released = |more: &[&'static str]| {
        ["disclosure", "number", "unit", "period", "error"]
            .iter()
            .chain(more)
            .copied()
            .collect::<Vec<_>>()
    };
    let mut table: BTreeMap<_, _> = WORDS.iter().map(|word| (*word, words(&[]))).collect();
    table.extend([
        ("feeds", words(&[])),
        ("indicators", words(&["feeds"])),
        ("measures", words(&["feeds", "indicators"])),
        ("statistics", vec![]),
        ("stats", words(&["statistics"])),
        ("judgement", words(&["indicators", "statistics"])),
        ("disclosure", words(&["indicators", "statistics", "judgement"])),
        ("charts", released(&[])),
        ("wording", released(&[])),
        ("document", released(&["wording", "charts"])),
        ("writers", released(&["charts", "document"])),
        ("synth", words(&[])),
        // beside the way: definitions in words, the tables that ratings are read from, and no row
        ("manual", words(&["feeds", "indicators", "disclosure", "wording", "document"])),
    ]);
    table
}

/// Crates that may be named in some places only (paths under `src/`).
const HOMES: &[(&str, &[&str])] = &[
    ("polars", &["feeds", "measures"]),
    ("pulldown_cmark", &["indicators/notes"]),
    ("plotters", &["charts/svg"]),
    ("resvg", &["writers/png"]),
    ("rayon", &["feeds"]),
    ("sqlparser", &["filter"]),
    ("statrs", &["statistics"]),
    ("toml", &["definition"]),
    ("maud", &["writers/html"]),
    ("use parquet", &["writers/parquet"]),
    ("use arrow", &["writers/parquet"]),
    ("use ::arrow", &["feeds/arrow"]),
    ("calamine", &["feeds/xlsx"]),
    ("quick_xml", &["feeds/ods"]),
    ("zip", &["feeds/unpack"]),
    ("flate2", &["feeds/unpack"]),
    ("miette", &["cli", "main.rs"]),
    ("clap", &["cli", "main.rs"]),
    (
        "std::fs",
        &[
            "feeds",
            "indicators",
            "writers",
            "disclosure/ledger",
            "cli",
            "synth",
            "workspace",
            "packs",
            "stats/table",
            "starter",
        ],
    ),
];

/// Every source by its path under `src/`, its unit tests left out.
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&src, &mut found);
    found.sort();
    assert!(found.len() > 20, "only {} sources were found", found.len());
    found
        .into_iter()
        .filter(|path| !path.strip_prefix(&src).unwrap().to_string_lossy().contains("tests"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            (path.strip_prefix(&src).unwrap().to_owned(), code.to_owned())
        })
        .collect()
}

/// The code of a line: what stands before a comment.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

fn uses<'a>(text: &'a str, start: &'a str) -> impl Iterator<Item = String> + 'a {
    text.lines().map(code).flat_map(move |line| {
        line.match_indices(start).map(move |(at, _)| {
            line[at + start.len()..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect::<String>()
        })
    })
}

#[test]
fn no_layer_uses_a_later_one() {
    let allowed = allowed();
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let layer = path.components().next().unwrap().as_os_str().to_str().unwrap();
        let layer = layer.strip_suffix(".rs").unwrap_or(layer);
        let Some(may) = allowed.get(layer) else { continue };
        for used in uses(&text, "crate::") {
            if used != layer && !may.contains(&used.as_str()) {
                wrong.push(format!("{} uses crate::{used}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "a later layer is used:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_has_a_layer_or_stands_above_them() {
    let above =
        ["lib", "main", "cli", "workspace", "assess", "packs", "explain", "reconcile", "starter"];
    let allowed = allowed();
    for (path, _) in sources() {
        let first = path.components().next().unwrap().as_os_str().to_str().unwrap().to_owned();
        let first = first.strip_suffix(".rs").unwrap_or(&first).to_owned();
        assert!(
            allowed.contains_key(first.as_str()) || above.contains(&first.as_str()),
            "{first} has no place in the table of layers"
        );
    }
}

#[test]
fn crates_stay_at_home() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let name = path.to_str().unwrap();
        for (krate, homes) in HOMES {
            let at_home = homes.iter().any(|home| {
                name.starts_with(home)
                    && (*home == name || name[home.len()..].starts_with(['/', '.']))
            });
            let named = text.lines().map(code).any(|line| {
                line.match_indices(&format!("{krate}::")).any(|(at, _)| {
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
                })
            });
            if named && !at_home {
                wrong.push(format!("{name} names {krate}"));
            }
        }
    }
    assert!(wrong.is_empty(), "a crate has left its home:\n{}", wrong.join("\n"));
}
