//! The project's own registers against the copy of the catalogue of the plans.

use super::*;
use crate::catalogue::{Line, Readings, own, plain, said, table, texts};

fn registers() -> &'static BTreeMap<String, Register> {
    &own().actions
}

fn plan_of(line: &Line) -> &'static str {
    match line["plan"].as_str() {
        "Derbyshire & Derby" => "derbyshire",
        "Hertfordshire" => "hertfordshire",
        "Nottinghamshire & Nottingham" => "nottinghamshire",
        "Cambridgeshire & Peterborough" => "cambridgeshire",
        "Oxfordshire" => "oxfordshire",
        other => panic!("{other}"),
    }
}

#[test]
fn every_action_of_the_catalogue_stands_in_its_register_as_stated() {
    let registers = registers();
    let mut readings = Readings::of("actions");
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for line in &table("actions.csv") {
        let plan = plan_of(line);
        let at = found.entry(plan).or_default();
        let row = &registers[plan].actions[*at];
        *at += 1;
        let reference = match line["section"].as_str() {
            "2017-19 plan" => format!("2017-19 item {}", line["ref"]),
            _ => line["ref"].clone(),
        };
        let key = format!("{plan} {}", row.reference);
        let due = row.due.map(|day| day.to_string());
        for (column, theirs, ours) in [
            ("reference", Some(reference.as_str()), Some(row.reference.as_str())),
            ("section", said(line, "section"), Some(row.section.as_str())),
            ("action", said(line, "action"), Some(row.action.as_str())),
            ("lead", said(line, "lead_organisations"), row.lead_stated.as_deref()),
            ("timescale", said(line, "timescale_as_stated"), row.due_stated.as_deref()),
            ("due", said(line, "due_date_iso"), due.as_deref()),
            ("status", said(line, "stated_status"), row.status_stated.as_deref()),
            ("rating", said(line, "stated_rag"), row.rag_stated.as_deref()),
        ] {
            readings.compare(&key, column, theirs, ours);
        }
        if due.as_deref() == said(line, "due_date_iso") {
            let theirs = said(line, "due_date_basis").filter(|basis| *basis != "none");
            readings.compare(&key, "due basis", theirs, row.due_basis.as_deref());
        }
    }
    readings.finish();
    assert_eq!(found.values().sum::<usize>(), 257);
    for (plan, register) in registers {
        assert_eq!(found.get(plan.as_str()), Some(&register.actions.len()), "{plan}");
    }
    println!("actions equal to the catalogue: {found:?}");
}

#[test]
fn evidence_is_in_the_plan_s_own_words() {
    let Some(texts) = texts() else { return };
    let mut checked = 0;
    for (plan, register) in registers() {
        for row in &register.actions {
            let Some(evidence) = &row.evidence else { continue };
            let at = format!("{plan} {}: {evidence}", row.reference);
            assert!(texts[plan].contains(&plain(evidence)), "not in the plan: {at}");
            checked += 1;
        }
    }
    println!("evidence found in the plans: {checked}");
}

/// "Ongoing" and "in progress" in the column of dates are a status and no date.
fn timescale_is_a_status(row: &Action) -> bool {
    row.due_stated.as_deref().is_some_and(|stated| {
        let stated = stated.to_lowercase();
        stated == "in progress" || ["ongoing", "on going"].contains(&stated.as_str())
    })
}

#[test]
fn an_action_that_is_ongoing_is_under_way_unless_the_plan_says_otherwise() {
    for (plan, register) in registers() {
        for row in register.actions.iter().filter(|row| timescale_is_a_status(row)) {
            let at = format!("{plan} {}", row.reference);
            assert!(row.due.is_none(), "{at}");
            let otherwise = ["hertfordshire H42"].contains(&at.as_str());
            assert_eq!(row.status == Some(Status::UnderWay), !otherwise, "{at}: {:?}", row.status);
        }
    }
}

#[test]
fn what_registers_say_hangs_together() {
    for (plan, register) in registers() {
        for row in &register.actions {
            let at = format!("{plan} {}", row.reference);
            let said = row.status_stated.is_some()
                || row.rag_stated.is_some()
                || timescale_is_a_status(row);
            assert!(
                said || (row.status.is_none() || row.evidence.is_some()),
                "{at}: status of nothing"
            );
            assert!(said || row.updated.is_none(), "{at}: update of nothing");
            assert_eq!(
                row.evidence.is_some(),
                matches!(row.status, Some(Status::Complete | Status::Replaced)),
                "{at}"
            );
            assert!(
                row.due.is_none() || row.due_stated.is_some(),
                "{at}: a day of nothing printed"
            );
            assert!(
                !row.leads.iter().any(|lead| lead.contains('@') || lead.contains("stated")),
                "{at}"
            );
        }
    }
}
