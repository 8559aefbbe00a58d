//! Action registers: read with every problem in its place, rated from dates and evidence, and the
//! project's own equal to the catalogue of the plans.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use chrono::NaiveDate;
use concordat::definition::Source;
use concordat::indicators::Catalogue;
use concordat::indicators::actions::{Action, Register, Status};
use concordat::judgement::actions::{TABLE, judge};
use concordat::wording::actions::standing;
use serde::Deserialize;

use super::sample::SAMPLE;

mod own;
mod pack;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    as_at: NaiveDate,
    status: Option<String>,
    due: Option<NaiveDate>,
    updated: Option<NaiveDate>,
    code: String,
    rating: String,
}

const HEADINGS: &str = "reference,section,action,lead,lead_stated,due,due_stated,due_basis,status,\
                        status_stated,rag_stated,updated,evidence,indicators";

/// The actions of one register of a plan that has no file, and what is wrong with them.
fn read(text: &str) -> (Vec<Action>, Vec<String>) {
    let mut catalogue = Catalogue::default();
    let errors = catalogue.read_actions(&[Source::new("indicators/actions/x.csv", text)]);
    let told = errors.iter().map(ToString::to_string).collect();
    (catalogue.actions.remove("x").map_or_else(Vec::new, |register| register.actions), told)
}

#[test]
fn each_rule_turns_on_its_day() {
    let cases: Cases = toml::from_str(include_str!("cases/actions.toml")).unwrap();
    let mut seen = BTreeSet::new();
    for case in &cases.case {
        let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
        let status = case.status.clone().unwrap_or_default();
        let evidence = if ["complete", "replaced"].contains(&&*status) { "seen" } else { "" };
        // The plan's own rating is green throughout, and never decides.
        let row = format!(
            "{HEADINGS}\n1,,Act,,,{},,,{status},,GREEN,{},{evidence},\n",
            day(case.due),
            day(case.updated)
        );
        let (actions, told) = read(&row);
        assert_eq!(told, [""; 0], "{}", case.name);
        let judged = judge(&actions[0], case.as_at);
        assert_eq!(judged.rating.code, case.code, "{}", case.name);
        assert_eq!(standing(judged.rating.standing), case.rating, "{}", case.name);
        seen.insert(judged.rating.code);
    }
    assert_eq!(seen.len(), TABLE.len(), "every row of the table has a case");
}

#[test]
fn nothing_said_is_not_green() {
    let (actions, _) =
        read(&format!("{HEADINGS}\n1,,Act,,,,,,,,,,,\n2,,Act,,,2020-12-31,,,,,,,,\n"));
    for action in &actions {
        assert_eq!(action.rag_stated, None);
        for month in 0..60 {
            let day = NaiveDate::from_ymd_opt(2017, 1, 31).unwrap() + chrono::Days::new(month * 30);
            let said = standing(judge(action, day).rating.standing);
            assert!(["not rated", "amber", "red"].contains(&said), "{said} on {day}");
        }
    }
}

/// Each file of `cases/actions/bad` is wrong in the way `cases/actions/expected.txt` says.
#[test]
fn bad_registers_say_what_is_wrong_where_and_what_to_do() {
    let own = &SAMPLE.0;
    let folder = root().join("tests/cases/actions/bad");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let mut found = String::new();
    for name in names {
        let text = std::fs::read_to_string(folder.join(&name)).unwrap();
        let plan = own.catalogue.plans["derbyshire"].clone();
        let stem = name.trim_end_matches(".csv").to_owned();
        let plans = BTreeMap::from([(stem.clone(), plan)]);
        let mut catalogue = Catalogue { plans, ..Catalogue::default() };
        for error in catalogue.read_actions(&[Source::new(name.as_str(), text)]) {
            let words = error.place.excerpt.as_ref().map_or("", |at| &at.source[at.start..at.end]);
            let help = error.help.as_deref().unwrap_or("NO HELP");
            writeln!(found, "{error} [{words}]\n    {help}").unwrap();
        }
        let rows = &catalogue.actions[&stem].actions;
        writeln!(found, "    {name}: {} rows kept\n", rows.len()).unwrap();
    }
    let expected = include_str!("cases/actions/expected.txt");
    assert!(found == expected, "found\n{found}\nexpected\n{expected}");
}

#[test]
fn a_register_waits_for_its_plan_and_a_misspelt_one_is_told() {
    let mut catalogue = SAMPLE.0.catalogue.clone();
    let text = format!("{HEADINGS}\n1,,Act,,,,,,,,,,,NEW-001\n");
    let registers = [
        Source::new("indicators/actions/elsewhere.csv", text.as_str()),
        Source::new("indicators/actions/derbyshir.csv", format!("{HEADINGS}\n")),
    ];
    let errors = catalogue.read_actions(&registers);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(
        errors[0].to_string(),
        "indicators/actions/derbyshir.csv: there is no plan `derbyshir`"
    );
    assert_eq!(errors[0].help.as_deref(), Some("did you mean `derbyshire.csv`?"));
    let waiting = &catalogue.actions["elsewhere"].actions[0];
    assert_eq!(waiting.indicators, ["NEW-001"]);
}

#[test]
fn cells_are_read_as_they_stand() {
    let text = format!(
        "\u{feff}{HEADINGS}\r\n1,,\"Act, \"\"now\"\"\",A; B ;,\"A\nB\",2017-11-30,,,under way,,,,,\r\n\r\n2,,Then,,,bad,,,,,,,,\r\n"
    );
    let (actions, told) = read(&text);
    assert_eq!(actions.len(), 1);
    assert_eq!(actions[0].action, "Act, \"now\"");
    assert_eq!(actions[0].leads, ["A", "B"]);
    assert_eq!(actions[0].status, Some(Status::UnderWay));
    assert_eq!(told, ["indicators/actions/x.csv:5:11: `bad` is not a day"]);
}
