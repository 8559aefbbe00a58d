//! What is said about tables that cannot be drawn; and that nothing stops the others.

use std::path::Path;

use concordat::error::Error;
use concordat::stats::Answer;
use concordat::stats::qic::{Settings, qic};
use proptest::prelude::*;

use super::points;
use crate::statistics::own;

const HEADINGS: &str =
    "case_id,series_id,chart,freeze,part,exclude,cl,method,multiply,screenedmr,agg_fun";
const GOOD: [&str; 3] = ["good,1,4,9", "good,2,5,9", "good,3,3,9"];

#[derive(serde::Deserialize)]
struct Bad {
    case: Vec<Case>,
}

#[derive(serde::Deserialize)]
struct Case {
    name: String,
    series: Vec<String>,
    cases: Vec<String>,
    expected: Vec<String>,
}

/// Draws tables given as lines; what is said has file names only.
fn drawn(series: &[String], cases: &[String]) -> Result<Answer, Error> {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, heading: &str, lines: &[String]| {
        let file = folder.path().join(name);
        std::fs::write(&file, format!("{heading}\n{}\n", lines.join("\n"))).unwrap();
        file
    };
    let series = put("series.csv", "series_id,x,y,n", series);
    let list = (!cases.is_empty()).then(|| put("cases.csv", HEADINGS, cases));
    let mut answer = qic(&series, list.as_deref(), &Settings::default())?;
    for problem in &mut answer.problems {
        let name = Path::new(&problem.place.file).file_name().unwrap().to_str().unwrap();
        problem.place.file = name.to_owned();
    }
    Ok(answer)
}

#[test]
fn each_is_named_with_its_row_and_the_others_are_drawn() {
    let text = std::fs::read_to_string(own("qic/bad.toml")).unwrap();
    let bad: Bad = toml::from_str(&text).unwrap();
    for case in bad.case {
        let good = GOOD.map(str::to_owned);
        let series = [case.series.as_slice(), good.as_slice()].concat();
        let mut cases = case.cases.clone();
        if !cases.is_empty() {
            cases.push("good,good,i,,,,,,,,".to_owned());
        }
        let answer = drawn(&series, &cases).unwrap();
        let said: Vec<String> = answer.problems.iter().map(ToString::to_string).collect();
        assert_eq!(said, case.expected, "{}", case.name);
        let help = answer.problems.iter().all(|problem| problem.help.is_some());
        assert!(help, "{}: says what to do", case.name);
        let table = points(&answer);
        assert_eq!(table.rows().filter(|row| row.text("case_id") == "good").count(), 3);
    }
}

#[test]
fn nothing_can_be_done_without_rows_or_columns() {
    let said = |text: &str| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("series.csv");
        std::fs::write(&file, text).unwrap();
        qic(&file, None, &Settings::default()).unwrap_err().problem
    };
    assert_eq!(said(""), "is empty");
    assert_eq!(said("series_id,x,y\n"), "has no rows");
    assert_eq!(said("series_id,x,value\na,1,2\n"), "there is no column `y`");
    let nowhere = qic(Path::new("nowhere.csv"), None, &Settings::default()).unwrap_err();
    assert!(nowhere.to_string().starts_with("nowhere.csv: cannot be read"));
}

fn cell() -> impl Strategy<Value = String> {
    let usual = prop_oneof![(-3..40_i32).prop_map(|n| n.to_string()), Just(String::new())];
    let odd = prop::sample::select(vec![
        "NA",
        "nan",
        "inf",
        "-0",
        "1e308",
        "-1e308",
        "1e-320",
        "2026-01-01",
        "2026-02",
        "x",
        "0.1",
    ]);
    prop_oneof![8 => usual, 1 => odd.prop_map(str::to_owned)]
}

fn chosen(of: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(of).prop_map(str::to_owned)
}

fn case() -> impl Strategy<Value = String> {
    let charts = &["run", "i", "mr", "p", "pp", "u", "up", "c", "g", "t", "ip", "xbar", "s"];
    let positions = &["", "", "1", "2", "1;3", "3;2", "9", "x"];
    (
        chosen(&["a", "b", "z"]),
        chosen(charts),
        chosen(positions),
        chosen(positions),
        chosen(positions),
        chosen(&["", "", "0", "0.5", "7", "-1", "1e300"]),
        chosen(&["", "bestbox", "cutbox"]),
        chosen(&["", "", "100", "1e300", "0"]),
        chosen(&["", "TRUE", "FALSE"]),
        chosen(&["", "mean", "median", "sum", "sd"]),
    )
        .prop_map(|(series, chart, freeze, part, exclude, cl, method, multiply, screen, how)| {
            format!("{series},{chart},{freeze},{part},{exclude},{cl},{method},{multiply},{screen},{how}")
        })
}

proptest! {
    /// Whatever stands in a table: every case is drawn whole or named, no number is infinite or
    /// undefined, and the order of the rows changes nothing.
    #[test]
    fn every_case_is_drawn_or_named(
        rows in prop::collection::vec((chosen(&["a", "b"]), cell(), cell(), cell()), 1..30),
        cases in prop::collection::vec(case(), 1..6),
    ) {
        let series: Vec<String> =
            rows.iter().map(|(id, x, y, n)| format!("{id},{x},{y},{n}")).collect();
        let cases: Vec<String> =
            cases.iter().enumerate().map(|(at, case)| format!("c{at},{case}")).collect();
        let answer = drawn(&series, &cases).unwrap();
        let text = std::str::from_utf8(answer.tables[0].bytes()).unwrap();
        // A missing `y` is undefined in some charts, as in the reference; nothing else ever is.
        let undefined = |line: &str| line.split(',').enumerate().any(|(at, cell)| at != 2 && cell == "NaN");
        prop_assert!(!text.contains("inf") && !text.lines().any(undefined), "{text}");
        for at in 0..cases.len() {
            let drawn = text.lines().any(|line| line.starts_with(&format!("c{at},")));
            let named =
                answer.problems.iter().any(|error| error.problem.contains(&format!("`c{at}`")));
            prop_assert!(drawn != named, "c{at}");
        }
    }

    /// Rows in another order give the same points.
    #[test]
    fn row_order_does_not_matter(
        rows in prop::collection::vec((1..12_i32, 0..50_i32), 2..30),
        case in case(),
    ) {
        let lines = |rows: &[(i32, i32)]| -> Vec<String> {
            rows.iter().map(|(x, y)| format!("a,{x},{y},50")).collect()
        };
        let mut turned = rows.clone();
        turned.reverse();
        let cases = [format!("c,{case}")];
        let answers = [lines(&rows), lines(&turned)].map(|rows| drawn(&rows, &cases).unwrap());
        prop_assert_eq!(answers[0].tables[0].bytes(), answers[1].tables[0].bytes());
    }
}
