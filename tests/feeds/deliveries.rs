//! What is said about deliveries with something wrong in them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{EVENTS, Workspace, replaced, said, said_of};

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    used: u64,
    /// Changes to the contract.
    #[serde(default)]
    replace: Vec<(String, String)>,
    /// Written as Latin-1 instead of UTF-8.
    #[serde(default)]
    latin1: bool,
    files: BTreeMap<String, String>,
    #[serde(default)]
    said: Said,
}

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
struct Said {
    problems: Vec<String>,
    set_aside: Vec<String>,
    warnings: Vec<String>,
    unknown: Vec<String>,
}

#[test]
fn deliveries_follow_the_cases() {
    follow(include_str!("../cases/feeds/deliveries.toml"));
}

#[test]
fn bad_deliveries_follow_the_cases() {
    follow(include_str!("../cases/feeds/bad.toml"));
}

fn follow(cases: &str) {
    let cases: Cases = toml::from_str(cases).unwrap();
    assert!(!cases.case.is_empty());
    for case in cases.case {
        let workspace = Workspace::new();
        for (name, text) in &case.files {
            let latin1 = || text.chars().map(|c| u8::try_from(c).unwrap()).collect();
            workspace.deliver(name, if case.latin1 { latin1() } else { text.clone().into_bytes() });
        }
        let opened = workspace.open(&replaced(EVENTS, &case.replace));
        let quality = &opened.quality;
        let unknown = quality.files.iter().flat_map(|file| {
            let name = file.file.rsplit('/').next().unwrap();
            file.unknown_headings.iter().map(move |heading| format!("{name}: {heading}"))
        });
        let found = Said {
            problems: opened.problems.iter().map(said_of).collect(),
            set_aside: said(quality, |file| &file.set_aside),
            warnings: said(quality, |file| &file.warnings),
            unknown: unknown.collect(),
        };
        assert_eq!(found, case.said, "{}", case.name);
        let used: u64 = quality.files.iter().map(|file| file.rows_used).sum();
        assert_eq!(used, case.used, "{}", case.name);
        for file in &quality.files {
            assert_eq!(file.rows_read, file.rows_used + file.rows_set_aside(), "{}", case.name);
        }
        let rows = opened.feed.map_or(0, |feed| feed.rows.height() as u64);
        assert_eq!(rows, case.used, "{}", case.name);
    }
}
