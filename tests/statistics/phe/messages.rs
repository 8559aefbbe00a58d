//! What is said of tables that cannot be answered, or not wholly.

use concordat::error::{Error, Kind};
use concordat::stats::{Answer, Settings, dsr, funnel, isr, mean, proportion, quantile, rate, smr};

use super::super::own;

#[derive(serde::Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// A table, the rows that are answered, and what is said of the others.
#[derive(serde::Deserialize)]
struct Case {
    name: String,
    command: String,
    input: String,
    rows: usize,
    says: Vec<String>,
}

fn answer(command: &str, input: &std::path::Path) -> Result<Answer, Error> {
    let settings = Settings::times(100.0);
    match command {
        "proportion" => proportion::proportion(input, &settings),
        "rate" => rate::rate(input, &settings),
        "mean" => mean::mean(input, &settings),
        "quantile" => quantile::quantile(input, &settings, "0.5".parse().unwrap()),
        "dsr" => dsr::dsr(input, &settings),
        "isr" => isr::isr(input, &settings),
        "smr" => smr::smr(input, &settings),
        "funnel" => funnel::funnel(input, &funnel::Options::default()),
        other => panic!("no command {other}"),
    }
}

#[test]
fn every_case_says_what_it_should() {
    let text = std::fs::read_to_string(own("phe/messages.toml")).unwrap();
    let cases: Cases = toml::from_str(&text).unwrap();
    assert!(!cases.case.is_empty(), "no cases were read");
    let mut wrong = Vec::new();
    for case in &cases.case {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("in.csv");
        std::fs::write(&input, &case.input).unwrap();
        let (rows, problems) = match answer(&case.command, &input) {
            Ok(answer) => {
                // Of a funnel the units: its limits are a hundred rows a set.
                let table = answer.tables.last().unwrap();
                (super::text(table).lines().count() - 1, answer.problems)
            }
            Err(problem) => (0, vec![problem]),
        };
        let said: Vec<String> = problems.iter().map(said).collect();
        if said != case.says || rows != case.rows {
            wrong.push(format!("{}: {rows} rows\nsays = {said:#?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("messages: {} cases agree", cases.case.len());
}

fn said(problem: &Error) -> String {
    let line = problem.place.line.map_or("file".to_owned(), |line| format!("line {line}"));
    let help = problem.help.as_deref().unwrap_or("NO HELP");
    let note = if problem.kind == Kind::Note { "noted, " } else { "" };
    format!("{note}{line}: {}; {help}", problem.problem)
}

#[test]
fn a_level_on_the_command_line_is_a_probability() {
    let levels = |text: &str| text.parse::<concordat::stats::settings::Levels>();
    assert_eq!(levels("0.95, 0.998").unwrap().all().len(), 2);
    let said = levels("95").unwrap_err();
    assert_eq!(
        said,
        "`95` is no level of confidence: write a probability between 0 and 1: 0.95 for 95 %"
    );
    assert!(levels("0.95,").is_err() && levels("1").is_err() && levels("nan").is_err());
    let multiplier = concordat::stats::settings::multiplier;
    assert_eq!(multiplier("1000"), Ok(1000.0));
    assert!(multiplier("0").is_err() && multiplier("inf").is_err() && multiplier("x").is_err());
}
