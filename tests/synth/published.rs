//! The two tables of published figures hold what was published.

use std::collections::BTreeMap;

type Row = BTreeMap<String, String>;

fn rows(path: &str) -> Vec<Row> {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(&path).expect(&path);
    let rows: Vec<Row> = reader.deserialize().map(|row| row.expect(&path)).collect();
    assert!(!rows.is_empty(), "{path} has no rows");
    rows
}

fn number(text: &str) -> Option<u64> {
    (text != ".").then(|| text.parse().expect(text))
}

/// The mean of a period is one division of whole numbers, rounded to the second.
#[test]
fn response_means_are_those_printed() {
    const COLUMNS: [(&str, &str); 4] =
        [("A8", "A24"), ("A10", "A30"), ("A11", "A33"), ("A12", "A36")];
    let months = rows("data/ambsys/AmbSYS-four-areas.csv");
    for case in rows("tests/cases/synth/response_means.csv") {
        let category: usize = case["category"].parse().expect("a category");
        let (incidents, seconds) = COLUMNS[category - 1];
        let mut sums = None;
        for row in &months {
            let month = format!("{}-{:0>2}", row["Year"], row["Month"]);
            let inside = case["from"] <= month && month <= case["to"];
            if row["Org Code"] != case["org"] || !inside {
                continue;
            }
            if let (Some(count), Some(time)) = (number(&row[incidents]), number(&row[seconds])) {
                let (counts, times) = sums.unwrap_or((0, 0));
                sums = Some((counts + count, times + time));
            }
        }
        let mean = sums.map(|(counts, times)| (2 * times + counts) / (2 * counts));
        assert_eq!(mean, number(&case["mean_seconds"]), "{case:?}");
    }
}

#[test]
fn every_area_has_its_92_months_once() {
    let mut months: BTreeMap<String, Vec<(u32, u32)>> = BTreeMap::new();
    for row in rows("data/ambsys/AmbSYS-four-areas.csv") {
        let month = (row["Year"].parse().expect("a year"), row["Month"].parse().expect("a month"));
        months.entry(row["Org Code"].clone()).or_default().push(month);
    }
    assert_eq!(months.keys().collect::<Vec<_>>(), ["Eng", "RX9", "RYC", "RYE"]);
    for (org, mut found) in months {
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), 92, "{org}");
        assert_eq!((found[0], found[91]), ((2017, 8), (2025, 3)), "{org}");
    }
}

#[test]
fn placements_are_those_printed() {
    for case in rows("tests/cases/synth/placement_days.csv") {
        let file = format!("data/oap_published/oaps-open-data-{}-2016.csv", case["month"]);
        let block = if case["org"].is_empty() { "England" } else { "SendingProvider" };
        let found: Vec<String> = rows(&file)
            .into_iter()
            .filter(|row| row["Question"] == case["question"])
            .filter(|row| row["Breakdown1"] == block && row["Breakdown1Code"] == case["org"])
            .map(|row| row["value"].clone())
            .collect();
        assert_eq!(found, [case["value"].clone()], "{case:?}");
    }
}

/// The trap that the contract's `keep` is there for.
#[test]
fn the_total_is_repeated_among_the_providers() {
    for month in ["oct", "nov", "dec"] {
        let file = format!("data/oap_published/oaps-open-data-{month}-2016.csv");
        let repeated = rows(&file)
            .iter()
            .filter(|row| row["Breakdown1"] == "SendingProvider")
            .filter(|row| row["Breakdown1Code"] == "England")
            .count();
        assert_eq!(repeated, 4, "{month}");
    }
}
