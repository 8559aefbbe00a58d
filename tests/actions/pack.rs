//! Actions in a pack: the section, the table for machines, and a red outcome below a green action.

use std::sync::Arc;

use concordat::packs::Made;

use super::*;
use crate::sample::{self, text};

type Line = BTreeMap<String, String>;

fn made(as_at: &str) -> Arc<Made> {
    sample::made("derbyshire", as_at)
}

fn lines(text: &str) -> Vec<Line> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

#[test]
fn the_table_for_machines_has_its_columns_and_a_row_for_each_action() {
    let made = made("2017-11");
    let table = text(&made, "data/actions.csv");
    assert!(table.starts_with("plan,reference,due,status,rating,reason,"), "{}", &table[..80]);
    let rows = lines(&table);
    assert_eq!(rows.len(), 100);
    let row = |reference: &str| rows.iter().find(|row| row["reference"] == reference).unwrap();
    // Counted by hand: 1 October to 30 November is 61 days.
    let late = row("4.9");
    assert_eq!((late["due"].as_str(), late["rating"].as_str()), ("2017-09-30", "red"));
    assert_eq!((late["rule"].as_str(), late["days_over"].as_str()), ("A4", "61"));
    // 30 November to 31 December is 31 days: not yet due soon.
    assert_eq!((row("4.4")["rule"].as_str(), row("4.4")["days_left"].as_str()), ("A8", "31"));
    // 31 August to 30 November is 91 days.
    assert_eq!((row("M08")["rule"].as_str(), row("M08")["days_silent"].as_str()), ("A7", "91"));
    assert_eq!(row("M08")["rag_stated"], "Amber");
    assert_eq!(
        (row("M06")["rag_stated"].as_str(), row("M06")["rating"].as_str()),
        ("Green", "not rated")
    );
    let silent = row("2017-19 item 9");
    assert_eq!((silent["status"].as_str(), silent["due"].as_str()), ("not stated", ""));
    // "Ongoing" in the column of dates is a status and no date.
    assert_eq!((row("2.11")["status"].as_str(), row("2.11")["due"].as_str()), ("under way", ""));
    assert_eq!(row("5.1")["section"], "5 Social services");
    assert_eq!(row("2017-19 item 5.1")["section"], "2017-19 plan");
}

#[test]
fn a_green_action_over_a_red_outcome_is_seen() {
    let made = made("2017-11");
    let findings = lines(&text(&made, "data/findings.csv"));
    let red: BTreeSet<&str> = findings
        .iter()
        .filter(|line| line["split"].is_empty() && line["rating"] == "red")
        .map(|line| line["indicator"].as_str())
        .collect();
    assert!(red.contains("DER-005"));
    let page = text(&made, "pack.html");
    let mut seen = 0;
    for row in lines(&text(&made, "data/actions.csv")) {
        let well = ["green", "blue"].contains(&row["rating"].as_str());
        let links = row["indicators"].split("; ").filter(|id| well && red.contains(id));
        let expected = links.collect::<Vec<_>>().join("; ");
        assert_eq!(row["over_red"], expected, "{}", row["reference"]);
        seen += usize::from(!expected.is_empty());
    }
    assert!(seen > 0);
    assert!(
        page.contains(
            "the action is green, but DER-005 Out-of-area acute admissions by CCG is red."
        )
    );
    assert!(page.contains("id=\"actions\"") && page.contains("id=\"actions-leads\""));
    assert!(
        page.contains("The plan&#39;s own rating: not stated")
            || page.contains("The plan's own rating: not stated")
    );
}

#[test]
fn before_the_register_spoke_nothing_is_known() {
    let rows = lines(&text(&made("2017-07"), "data/actions.csv"));
    let spoken = rows
        .iter()
        .filter(|row| !row["updated"].is_empty() && row["updated"].as_str() > "2017-07-31");
    assert!(spoken.clone().count() > 50);
    assert!(spoken.clone().all(|row| row["rule"] == "A1" && row["rating"] == "not rated"));
}
