//! `stats spc`: what it says about bad input, where it differs from the reference, and its options.

use std::collections::BTreeMap;
use std::path::Path;

use concordat::error::Error;
use concordat::statistics::signals::{Rules, TwoInThree};
use concordat::stats::Answer;
use concordat::stats::spc::{Direction, Settings, date, spc};
use proptest::prelude::*;
use serde::Deserialize;

use super::nhsr::read;
use super::own;

#[derive(Deserialize)]
struct BadInput {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    input: String,
    cases: Option<String>,
    #[serde(default)]
    problems: Vec<String>,
    #[serde(default)]
    status: Vec<String>,
    fatal: Option<String>,
}

#[derive(Deserialize)]
struct Differences {
    difference: Vec<Difference>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    name: String,
    reference: String,
    reason: String,
    input: String,
    #[serde(default)]
    rebases: Vec<String>,
    #[serde(default)]
    problems: Vec<String>,
    status: Vec<String>,
    labels: Vec<String>,
}

/// Charts texts as if they were files.
fn chart(input: &str, cases: Option<&str>, settings: &Settings) -> Result<Answer, Error> {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text.trim_start_matches('\n')).unwrap();
        path
    };
    let cases = cases.map(|text| write("cases.csv", text));
    spc(&write("input.csv", input), cases.as_deref(), settings)
}

/// A problem with its file's name only, and what to do.
fn said(error: &Error) -> String {
    let folder = Path::new(&error.place.file).parent().unwrap().display().to_string();
    let help = error.help.as_deref().unwrap_or("nothing");
    format!("{error} | {help}").replace(&format!("{folder}{}", std::path::MAIN_SEPARATOR), "")
}

fn column(answer: &Answer, table: usize, heading: &str) -> Vec<String> {
    read(&answer.tables[table]).rows().map(|row| row.text(heading).to_owned()).collect()
}

fn statuses(answer: &Answer) -> Vec<String> {
    let cases = column(answer, 1, "case_id");
    let status = column(answer, 1, "status");
    cases.iter().zip(status).map(|(case, status)| format!("{case}: {status}")).collect()
}

#[test]
fn bad_input_is_said_and_the_rest_is_answered() {
    let text = std::fs::read_to_string(own("spc_bad_input.toml")).unwrap();
    for case in toml::from_str::<BadInput>(&text).unwrap().case {
        match chart(&case.input, case.cases.as_deref(), &Settings::default()) {
            Ok(answer) => {
                let problems: Vec<String> = answer.problems.iter().map(said).collect();
                assert_eq!(problems, case.problems, "{}", case.name);
                assert_eq!(statuses(&answer), case.status, "{}", case.name);
                assert_eq!(case.fatal, None, "{}", case.name);
            }
            Err(error) => assert_eq!(Some(said(&error)), case.fatal, "{}", case.name),
        }
    }
}

#[test]
fn the_differences_from_the_reference_are_those_we_name() {
    let text = std::fs::read_to_string(own("nhsr_differences.toml")).unwrap();
    for case in toml::from_str::<Differences>(&text).unwrap().difference {
        assert!(!case.reference.is_empty() && !case.reason.is_empty(), "{}", case.name);
        let rebases = case.rebases.iter().map(|text| date(text).unwrap()).collect();
        let answer =
            chart(&case.input, None, &Settings { rebases, ..Settings::default() }).unwrap();
        assert_eq!(column(&answer, 1, "status"), case.status, "{}", case.name);
        assert_eq!(column(&answer, 0, "special_cause_type"), case.labels, "{}", case.name);
        let problems: Vec<String> = answer.problems.iter().map(said).collect();
        assert_eq!(problems, case.problems, "{}", case.name);
    }
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    let input = "series_id,date,value\na,2024-01-01,5\n";
    let refused = |settings: Settings| said(&chart(input, None, &settings).unwrap_err());
    assert_eq!(
        refused(Settings { baseline_points: Some(11), ..Settings::default() }),
        "input.csv: the baseline has 11 points, too few to tell the spread | \
         give 12 or more, or none to use all points of each phase"
    );
    assert_eq!(
        refused(Settings { rules: Rules { run: 5, ..Rules::default() }, ..Settings::default() }),
        "input.csv: a run of 5 points is no rule | choose 6 or 7"
    );
    assert_eq!(
        refused(Settings { target: Some(f64::NAN), ..Settings::default() }),
        "input.csv: the target is NaN, not a finite number | give a figure in the series' unit"
    );
}

/// The input of monthly values of one series.
fn monthly(values: &[&str]) -> String {
    let rows = values
        .iter()
        .enumerate()
        .map(|(at, value)| format!("a,20{:02}-{:02}-01,{value}\n", 20 + at / 12, at % 12 + 1));
    format!("series_id,date,value\n{}", rows.collect::<String>())
}

/// Six points on each side of the mean: a shift of 6 and none of 7.
#[test]
fn a_run_can_be_of_six() {
    let input = monthly(&["1", "3", "1", "3", "1", "3", "5", "7", "5", "7", "5", "7"]);
    let labels = |run: usize| {
        let rules = Rules { run, ..Rules::default() };
        let answer = chart(&input, None, &Settings { rules, ..Settings::default() }).unwrap();
        column(&answer, 0, "special_cause_type")
    };
    assert_eq!(labels(7), ["Common Cause"; 12]);
    assert_eq!(labels(6)[..6], ["6 Points Below CL"; 6]);
    assert_eq!(labels(6)[6..], ["6 Points Above CL"; 6]);
}

/// Mean 10, ranges 2 but for the last points; 17 is beyond three sigma and 15 beyond two.
#[test]
fn two_in_three_can_be_read_as_since_2023() {
    let answer = |two_in_three: TwoInThree, cases: Option<&str>| {
        let rules = Rules { two_in_three, ..Rules::default() };
        let mut values = ["9", "11"].repeat(8);
        values.extend(["17", "15", "11"]);
        let settings = Settings { rules, ..Settings::default() };
        let answer = chart(&monthly(&values), cases, &settings).unwrap();
        column(&answer, 0, "special_cause_type")[15..].to_vec()
    };
    let cases = "case_id,series_id\na.c01,a\n";
    for cases in [None, Some(cases)] {
        let before = answer(TwoInThree::NearOnly, cases);
        assert_eq!(before, ["Common Cause", "Above UCL", "Common Cause", "Common Cause"]);
        let since = answer(TwoInThree::OrBeyond, cases);
        assert_eq!(since, ["Common Cause", "Above UCL", "2 in 3 Above CL", "Common Cause"]);
    }
}

/// Each setting does what the reference's case does that asks for the same.
#[test]
fn settings_are_the_same_as_a_case() {
    let values: Vec<String> = (0..30).map(|at| ((at * 7) % 11 + at / 20 * 9).to_string()).collect();
    let input = monthly(&values.iter().map(String::as_str).collect::<Vec<_>>());
    let settings = Settings {
        direction: Direction::Decrease,
        target: Some(6.5),
        rebases: ["2021-09-01"].into_iter().map(|text| date(text).unwrap()).collect(),
        baseline_points: Some(12),
        screen: false,
        rules: Rules::default(),
    };
    let asked = "case_id,series_id,improvement_direction,target,rebase,fix_after_n_points,\
                 screen_outliers\na,a,decrease,6.5,2021-09-01,12,FALSE\n";
    let alone = chart(&input, None, &settings).unwrap();
    let case = chart(&input, Some(asked), &Settings::default()).unwrap();
    let empty = chart(&input, Some("case_id,series_id\na,a\n"), &settings).unwrap();
    for table in 0..2 {
        assert_eq!(alone.tables[table].bytes(), case.tables[table].bytes());
        assert_eq!(alone.tables[table].bytes(), empty.tables[table].bytes());
    }
    let plain = chart(&input, None, &Settings::default()).unwrap();
    assert_ne!(alone.tables[0].bytes(), plain.tables[0].bytes());
}

/// A file as a spreadsheet saves it: byte-order mark, line ends of two characters, empty lines.
#[test]
fn lines_are_counted_as_an_editor_does() {
    let input = "\u{feff}series_id,date,value\r\n\r\na,2024-01-01,5\r\na,2024-02-01,x\r\n\r\n\r\n\
                 b,\"2024-01-01\",\"y\"\r\n\"c\nd\",2024-01-01,1\r\ne,2024-01-01,z";
    let answer = chart(input, None, &Settings::default()).unwrap();
    let lines: Vec<_> = answer.problems.iter().map(|problem| problem.place.line).collect();
    assert_eq!(lines, [Some(4), Some(7), Some(10)]);
}

proptest! {
    #[test]
    fn no_text_stops_the_program(
        input in "(series_id,date,value\r?\n)?([ab]?,(2024-0[1-3]-01|[a-z\"0-9é-]{0,9}),[\"0-9.e,-]{0,6}[\r\n]{1,2}){0,9}",
        cases in prop::option::of("(case_id,series_id,rebase,target\n)?([a-c]?,[ab]?,[\"0-9;-]{0,11},[0-9a]{0,3}\n){0,4}"),
    ) {
        match chart(&input, cases.as_deref(), &Settings::default()) {
            Ok(answer) => prop_assert_eq!(answer.tables.len(), 2),
            Err(error) => prop_assert!(error.help.is_some() || !error.problem.is_empty()),
        }
    }

    #[test]
    fn row_order_never_matters(
        series in prop::collection::vec(
            prop::collection::vec(prop::option::weighted(0.9, -20_i32..20), 1..30), 1..5),
        order in any::<u64>(),
    ) {
        let mut rows = Vec::new();
        for (name, values) in series.iter().enumerate() {
            for (at, value) in values.iter().enumerate() {
                let value = value.map_or(String::new(), |value| value.to_string());
                let (year, month) = (2020 + at / 12, at % 12 + 1);
                rows.push(format!("s{name},{year}-{month:02}-01,{value}\n"));
            }
        }
        let settings = Settings { rebases: date("2020-09-01").into_iter().collect(), ..Settings::default() };
        let tables = |rows: &[String]| {
            let input = format!("series_id,date,value\n{}", rows.concat());
            let answer = chart(&input, None, &settings).unwrap();
            answer.tables.iter().map(|table| table.bytes().to_vec()).collect::<Vec<_>>()
        };
        let sorted = tables(&rows);
        let shuffled: BTreeMap<u64, String> = rows
            .into_iter()
            .enumerate()
            .map(|(at, row)| ((at as u64 + 1).wrapping_mul(order | 1), row))
            .collect();
        let shuffled: Vec<String> = shuffled.into_values().collect();
        prop_assert_eq!(tables(&shuffled), sorted);
    }
}
