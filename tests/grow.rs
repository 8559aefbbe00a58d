//! The README shows how to add an indicator and a feed; what it prints is done here to the letter.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::program::concordat;

/// Each file that the README's part on growing shows, with the lines it shows for it, in order.
fn shown() -> Vec<(String, String)> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    let readme = readme.unwrap();
    let (_, part) = readme.split_once("\n## Your own indicators and feeds\n").unwrap();
    let (part, _) = part.split_once("\n## ").unwrap();
    let mut found: Vec<(String, String)> = Vec::new();
    let mut file = None;
    for block in part.split("\n\n") {
        let block = block.trim_matches('\n');
        if let Some(lines) = block.strip_prefix("    ") {
            let lines = lines.replace("\n    ", "\n") + "\n";
            match (file.take(), found.last_mut()) {
                (Some(name), _) => found.push((name, lines)),
                // a blank line inside what is shown for one file
                (None, Some((_, before))) => {
                    before.push('\n');
                    before.push_str(&lines);
                }
                (None, None) => panic!("for which file is this?\n{lines}"),
            }
        } else if let Some(named) = block.strip_suffix("`:") {
            file = named.rsplit('`').next().map(str::to_owned);
        }
    }
    found
}

/// Numerator, denominator and unknown of the months of an indicator, by their first day.
fn months(values: &str, indicator: &str) -> BTreeMap<String, [String; 3]> {
    let mut reader = csv::Reader::from_reader(values.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| {
        let named =
            headings.iter().zip(row.iter()).map(|(key, cell)| (key.to_owned(), cell.to_owned()));
        named.collect::<BTreeMap<String, String>>()
    })
    .filter(|row| row["indicator"] == indicator && row["grain"] == "month")
    .map(|row| {
        let cells = ["numerator", "denominator", "unknown"].map(|name| row[name].clone());
        (row["period_start"].clone(), cells)
    })
    .collect()
}

/// Under 18 in the starter's records, counted by eye: two in January 2023, one in February, March, July
/// and August 2023, April and June 2024; one of June 2024 is of no known age. Of the contacts in the
/// README April has 1 of 2, May 2 of 3 and June 1 of 1: the seventh is of 31 June.
#[test]
fn what_the_readme_adds_is_counted() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(concordat(folder.path(), &["init", "mine"]).code, 0);
    let mine = folder.path().join("mine");
    let shown = shown();
    let names: Vec<&str> = shown.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "indicators/plans/northshire.toml",
            "data/triage/feed.toml",
            "data/triage/2024.csv",
            "indicators/measures/triage.toml",
            "indicators/plans/northshire.toml",
        ]
    );
    for (name, lines) in shown {
        let path = mine.join(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let before = fs::read_to_string(&path).unwrap_or_default();
        fs::write(&path, format!("{before}\n{lines}").trim_start()).unwrap();
    }
    let check = concordat(&mine, &["check"]);
    assert_eq!(check.code, 0, "{}", check.printed);
    assert!(check.printed.contains("7 rows read, 6 used, 1 set aside"), "{}", check.printed);
    assert!(
        check.printed.contains("4 measures, 6 indicators in 1 plan, 2 feeds"),
        "{}",
        check.printed
    );
    let run = concordat(&mine, &["run"]);
    assert_eq!(run.code, 0, "{}", run.printed);
    let values = fs::read_to_string(mine.join("out/northshire/2024-06/monthly/data/values.csv"));
    let values = values.unwrap();
    let young = months(&values, "NOR-005");
    let counted: Vec<(&str, &str)> = young
        .iter()
        .filter(|(_, [number, ..])| number != "0")
        .map(|(month, [number, ..])| (&month[..7], number.as_str()))
        .collect();
    assert_eq!(
        counted,
        [
            ("2023-01", "2"),
            ("2023-02", "1"),
            ("2023-03", "1"),
            ("2023-07", "1"),
            ("2023-08", "1"),
            ("2024-04", "1"),
            ("2024-06", "1"),
        ]
    );
    assert_eq!(young["2024-06-01"][2], "1", "one of June may be a child");
    let triage = months(&values, "NOR-006");
    for (month, above, below) in
        [("2024-04-01", "1", "2"), ("2024-05-01", "2", "3"), ("2024-06-01", "1", "1")]
    {
        assert_eq!(triage[month][..2], [above.to_owned(), below.to_owned()], "{month}");
    }
}
