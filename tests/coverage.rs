//! Every row of every plan has an answer: computed, or why not and what would make it so.

use std::collections::BTreeMap;

use concordat::document::coverage::coverage;
use concordat::document::frame::Values;
use concordat::workspace::{Opened, Workspace};

use super::sample::SAMPLE;

type Line = BTreeMap<&'static str, String>;

fn lines(workspace: &Workspace, opened: &Opened) -> Vec<Line> {
    let as_at = "2019-03".parse().unwrap();
    let of = |plan| workspace.inside(opened, plan, as_at).1;
    let released: Vec<_> = workspace.catalogue.plans.values().map(of).collect();
    let frame = coverage(&released);
    let cell = |values: &Values, row: usize| match values {
        Values::Text(cells) => cells[row].clone().unwrap_or_default(),
        _ => panic!("coverage is words"),
    };
    let line = |row| frame.columns.iter().map(|(name, cells)| (*name, cell(cells, row))).collect();
    (0..frame.height()).map(line).collect()
}

/// 50 rows of Derbyshire, 21 of Hertfordshire, 42 of Nottinghamshire, 19 of Cambridgeshire and 36 of
/// Oxfordshire; an id with a suffix is ours and stands beside its row.
#[test]
fn all_168_rows_of_the_five_plans_are_answered_for() {
    let (workspace, opened) = &*SAMPLE;
    let lines = lines(workspace, opened);
    for (plan, rows) in [("DER", 50), ("HER", 21), ("NOT", 42), ("CAM", 19), ("OXF", 36)] {
        for row in 1..=rows {
            let id = format!("{plan}-{row:03}");
            let own: Vec<_> = lines.iter().filter(|line| line["indicator"] == id).collect();
            assert_eq!(own.len(), 1, "{id}");
        }
    }
    for line in &lines {
        let id = &line["indicator"];
        let computed = line["status"] == "computed";
        assert_eq!(line["why"].is_empty(), computed, "{id}: {}", line["why"]);
        assert_eq!(line["makes_it_so"].is_empty(), computed, "{id}: {}", line["makes_it_so"]);
        if computed {
            assert!(!line["latest_period"].is_empty() || line["measure"].is_empty(), "{id}");
        }
    }
    // each of the four groups returns its own number of self-help groups, nobody the county's
    let in_parts: Vec<&String> = lines
        .iter()
        .filter(|line| line["status"] == "computed in parts")
        .map(|line| &line["indicator"])
        .collect();
    assert_eq!(in_parts, ["DER-013"]);
    let computed = lines.iter().filter(|line| line["status"] == "computed").count();
    assert!(computed >= 110, "{computed} are computed: fewer than before");
}

#[test]
fn without_a_single_delivery_every_row_says_which_feed_it_waits_for() {
    let workspace = &SAMPLE.0;
    let lines = lines(workspace, &Opened::default());
    let indicators: usize = workspace.catalogue.plans.values().map(|p| p.indicators.len()).sum();
    assert_eq!(lines.len(), indicators);
    for line in &lines {
        let expected = if line["measure"].is_empty() { "not reportable" } else { "no files" };
        assert_eq!(line["status"], expected, "{}", line["indicator"]);
        assert!(
            !line["feed"].is_empty() && !line["makes_it_so"].is_empty(),
            "{}",
            line["indicator"]
        );
    }
}
