//! The project's own registers against the catalogue of the plans that lies beside it.

use super::*;

fn registers() -> BTreeMap<String, Register> {
    SAMPLE.0.catalogue.actions.clone()
}

/// A row of the catalogue's table, by heading.
type Line = BTreeMap<String, String>;

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
    let table = root().join("../shared/plans/actions.csv");
    let Ok(mut reader) = csv::Reader::from_path(&table) else {
        crate::skipped("no ../shared/plans/actions.csv beside the project");
        return;
    };
    let registers = registers();
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for line in reader.deserialize::<Line>().map(Result::unwrap) {
        let plan = plan_of(&line);
        let Some(register) = registers.get(plan) else { continue };
        let stated = |name: &str| {
            Some(line[name].as_str()).filter(|cell| !cell.is_empty() && *cell != "not stated")
        };
        let at = found.entry(plan).or_default();
        let row = &register.actions[*at];
        *at += 1;
        let reference = match line["section"].as_str() {
            "2017-19 plan" => format!("2017-19 item {}", line["ref"]),
            _ => line["ref"].clone(),
        };
        assert_eq!(row.reference, reference, "{plan}, in the catalogue's order");
        assert_eq!(row.section, line["section"], "{plan} {reference}");
        assert_eq!(row.action, line["action"], "{plan} {reference}");
        assert_eq!(row.lead_stated.as_deref(), stated("lead_organisations"), "{plan} {reference}");
        assert_eq!(row.due_stated.as_deref(), stated("timescale_as_stated"), "{plan} {reference}");
        let due = row.due.map(|day| day.to_string());
        assert_eq!(due.as_deref(), stated("due_date_iso"), "{plan} {reference}");
        assert_eq!(row.status_stated.as_deref(), stated("stated_status"), "{plan} {reference}");
        assert_eq!(row.rag_stated.as_deref(), stated("stated_rag"), "{plan} {reference}");
        let basis = stated("due_date_basis").filter(|basis| *basis != "none");
        assert_eq!(row.due_basis.as_deref(), basis, "{plan} {reference}");
    }
    assert_eq!(found.values().sum::<usize>(), 257);
    for (plan, register) in &registers {
        assert_eq!(found.get(plan.as_str()), Some(&register.actions.len()), "{plan}");
    }
    println!("actions equal to the catalogue: {found:?}");
}

#[test]
fn evidence_is_in_the_plan_s_own_words() {
    let folder = root().join("../shared/plans");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        crate::skipped("no ../shared/plans beside the project");
        return;
    };
    let mut texts: Vec<_> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    texts.sort();
    let order = ["derbyshire", "hertfordshire", "nottinghamshire", "cambridgeshire", "oxfordshire"];
    let tag = regex::Regex::new("<[^>]*>").unwrap();
    let plain = |text: &str| {
        let text = tag.replace_all(text, " ").replace('|', " ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let registers = registers();
    let mut checked = 0;
    for (plan, path) in order.iter().zip(&texts) {
        let text = plain(&std::fs::read_to_string(path).unwrap());
        let Some(register) = registers.get(*plan) else { continue };
        for row in &register.actions {
            let Some(evidence) = &row.evidence else { continue };
            let at = format!("{plan} {}: {evidence}", row.reference);
            assert!(text.contains(&plain(evidence)), "not in the plan: {at}");
            checked += 1;
        }
    }
    println!("evidence found in the plans: {checked}");
}

#[test]
fn what_registers_say_hangs_together() {
    let registers = registers();
    for (plan, register) in &registers {
        for row in &register.actions {
            let at = format!("{plan} {}", row.reference);
            let said = row.status_stated.is_some() || row.rag_stated.is_some();
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
