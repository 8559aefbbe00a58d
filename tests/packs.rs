//! Packs of sections: what they show of the small hand-made workspace, counted by hand, and of every plan of
//! the sample.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use concordat::packs::{self, Format};

use crate::program::{concordat, workspace};
use crate::sample::{SAMPLE, of_pack, text};

const REVIEW: &str = r#"
title   = "Review of detentions"
reader  = "the group"
profile = "internal"
[[section]]
title    = "Where and when"
measures = ["s136_uses"]
views    = ["chart", "split place", "reasons place", "heatmap detained"]
[[section]]
title    = "Cells"
measures = ["s136_cell"]
views    = ["chart", "days between", "targets"]
[[section]]
title    = "Not asked for by the plan"
measures = ["s136_old"]
views    = ["chart"]
[[section]]
title    = "To ask"
measures = ["s136_uses", "s136_cell"]
views    = ["questions"]
"#;

const OLD: &str = r#"
[s136_old]
title  = "Detentions of people over 40"
kind   = "count"
feed   = "s136"
where  = "age > 40"
source = "made for the tests"
"#;

/// Rows of a CSV file by their headings.
fn table(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let headings = reader.headers().unwrap().clone();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        headings
            .iter()
            .zip(row.iter())
            .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
            .collect()
    });
    rows.collect()
}

/// The small workspace with a pack of sections.
fn review() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = workspace();
    fs::write(folder.path().join("reports/review.toml"), REVIEW).unwrap();
    fs::write(folder.path().join("indicators/measures/old.toml"), OLD).unwrap();
    let outcome = concordat(folder.path(), &["run", "--pack", "review", "--as-at", "2018-06"]);
    assert_eq!(outcome.code, 0, "{}", outcome.printed);
    let out = folder.path().join("out/northshire/2018-06/review");
    (folder, out)
}

/// June has not settled, so that the window is January to May: 16 detentions, one of them (5 May) in a cell.
/// They lie on Fridays (January), Mondays (February and March), Thursdays (April) and Saturdays (May), the
/// first of each month at 10, the second at 11, the third at 12, and one on a Monday at 13.
#[test]
fn the_small_workspace_counted_by_hand() {
    let (_folder, out) = review();
    let views = table(&out.join("data/views.csv"));
    let value = |view: &str, row: &str, column: &str, figure: &str| {
        let mut found = views.iter().filter(|one| {
            one["view"] == view
                && one["row"] == row
                && one["column"] == column
                && one["figure"] == figure
        });
        let first = found.next().unwrap_or_else(|| panic!("no {view} {row} {column} {figure}"));
        assert!(found.next().is_none(), "{view} {row} {column} {figure} stands twice");
        assert_eq!(
            (first["first_month"].as_str(), first["last_month"].as_str()),
            ("2018-01", "2018-05")
        );
        first["value"].clone()
    };
    let mix = "s136-uses--1-split-place";
    assert_eq!(value(mix, "2018-05", "hospital", "cases"), "2");
    assert_eq!(value(mix, "2018-05", "cell", "cases"), "1");
    assert_eq!(value(mix, "2018-05", "hospital", "share"), (2.0 / 3.0).to_string());
    assert_eq!(value(mix, "2018-03", "hospital", "share"), "1");
    assert_eq!(value(mix, "2018-06", "cell", "cases"), "1", "June is there, not settled");
    let places = "s136-uses--1-reasons-place";
    assert_eq!(value(places, "hospital", "", "cases"), "15");
    assert_eq!(value(places, "cell", "", "share"), (1.0 / 16.0).to_string());
    assert_eq!(
        value(places, "cell", "", "cases before"),
        "",
        "the months before were not delivered"
    );
    let hours = "s136-uses--1-heatmap-detained";
    for (day, hour, cases) in [
        ("Monday", "10", "2"),
        ("Monday", "12", "2"),
        ("Monday", "13", "1"),
        ("Friday", "11", "1"),
        ("Thursday", "12", "1"),
        ("Saturday", "10", "1"),
        ("Sunday", "10", "0"),
        ("Monday", "all", "7"),
        ("all", "11", "5"),
        ("all", "all", "16"),
    ] {
        assert_eq!(value(hours, day, hour, "cases"), cases, "{day} {hour}");
    }
    assert!(!views.iter().any(|one| one["view"] == hours && one["figure"] == "apart"));
}

/// An indicator of the plan is shown as the plan asks; a measure it does not ask for without a rating.
#[test]
fn what_the_plan_asks_for_is_rated_and_the_rest_is_watched() {
    let (_folder, out) = review();
    let findings = table(&out.join("data/findings.csv"));
    let of = |id: &str| findings.iter().find(|one| one["indicator"] == id).unwrap();
    let ids: Vec<&str> = findings.iter().map(|one| one["indicator"].as_str()).collect();
    assert_eq!(ids, ["NOR-001", "NOR-002", "s136-old"], "in the order of the sections, each once");
    assert_eq!(
        (of("s136-old")["rating"].as_str(), of("s136-old")["rule"].as_str()),
        ("not rated", "N2")
    );
    // one person over 40, of 41, on 5 May
    assert_eq!(
        (of("s136-old")["period"].as_str(), of("s136-old")["value"].as_str()),
        ("2018-05", "1")
    );
    let page = fs::read_to_string(out.join("pack.html")).unwrap();
    for words in [
        "Where and when",
        "Not in the plan · watched here without a target",
        "The plan sets no target with a date.",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("D014"), "no row reaches the pack");
}

/// Where the feed of a measure is not there the pack says so and is made all the same.
#[test]
fn a_feed_that_is_not_there_is_said() {
    let folder = workspace();
    fs::write(folder.path().join("reports/review.toml"), REVIEW).unwrap();
    fs::write(folder.path().join("indicators/measures/old.toml"), OLD).unwrap();
    fs::remove_file(folder.path().join("data/s136/2018.csv")).unwrap();
    let outcome = concordat(folder.path(), &["run", "--pack", "review", "--as-at", "2018-06"]);
    assert_eq!(outcome.code, 1, "{}", outcome.printed);
    let page = folder.path().join("out/northshire/2018-06/review/pack.html");
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("No figures: feed s136 holds no settled month for Northshire"), "{page}");
}

/// One definition serves every plan: each pack of each plan is made, and what it shows adds up.
#[test]
fn every_plan_has_its_packs() {
    let (workspace, opened) = &*SAMPLE;
    for plan in workspace.catalogue.plans.values() {
        for pack in workspace.packs(&["s136-group", "beds"].map(str::to_owned)).unwrap() {
            // pages take long to draw: of two plans
            let html = ["derbyshire", "oxfordshire"].contains(&plan.id.as_str());
            let formats: &[Format] =
                if html { &[Format::Html, Format::Csv] } else { &[Format::Csv] };
            let as_at = "2019-03".parse().unwrap();
            let made = packs::make(workspace, opened, plan, pack, as_at, formats).unwrap();
            let (plan, pack) = (&plan.id, &pack.id);
            assert_eq!(made.problems, [], "{plan} {pack}");
            if html {
                let page = text(&made, "pack.html");
                assert!(page.contains("Questions for the meeting"), "{plan} {pack}");
                let odd = |word: &str| page.contains(&format!("\"{word}\""));
                assert!(!odd("NaN") && !odd("inf"), "{plan} {pack}");
            }
            let views = text(&made, "data/views.csv");
            let mut reader = csv::Reader::from_reader(views.as_bytes());
            let mut shares: BTreeMap<(String, String), f64> = BTreeMap::new();
            for row in reader.records() {
                let row = row.unwrap();
                if &row[6] == "share" && row[0].contains("split") {
                    *shares.entry((row[0].to_owned(), row[4].to_owned())).or_default() +=
                        row[7].parse::<f64>().unwrap();
                }
            }
            assert!(!shares.is_empty(), "{plan} {pack}");
            for (of, sum) in shares {
                assert!((sum - 1.0).abs() < 1e-9, "{plan} {of:?}: {sum}");
            }
        }
    }
}

/// The same inputs give the same bytes.
#[test]
fn a_pack_of_sections_is_the_same_twice() {
    let (workspace, opened) = &*SAMPLE;
    let made = || of_pack(workspace, opened, "beds", "derbyshire", "2019-03");
    let (one, other) = (made(), made());
    assert_eq!(one.files, other.files);
}
