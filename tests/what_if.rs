//! The page's script works the what-if out as the program does: the same formula, digit by digit, by Node.

use std::path::Path;
use std::process::Command;

use concordat::statistics::what_if::{in_the_long_run, open_after};

use crate::sample::{SAMPLE, of_pack, text};

/// The attribute of the page's figure.
fn attribute<'a>(page: &'a str, name: &str) -> &'a str {
    let figure = page.split_once("<figure class=\"what-if\"").expect("the page has a what-if").1;
    let value = figure.split_once(&format!("{name}=\"")).expect("the figure has its numbers").1;
    value.split_once('"').unwrap().0
}

fn numbers(text: &str) -> Vec<f64> {
    text.split(' ').map(|number| number.parse().unwrap()).collect()
}

/// Settings on and off the whole days, below and above what there is now, and no stay at all.
#[test]
fn the_script_and_the_table_have_one_formula() {
    if Command::new("node").arg("--version").output().is_err() {
        crate::skipped("there is no node to run the page's script");
        return;
    }
    let (workspace, opened) = &*SAMPLE;
    let page = text(&of_pack(workspace, opened, "beds", "derbyshire", "2019-03"), "pack.html");
    let of = |name: &str| numbers(attribute(&page, name));
    let (open, starts, mean) = (of("data-open")[0], of("data-starts")[0], of("data-mean")[0]);
    let within = of("data-within");
    let mut asked = Vec::new();
    for share in [0.0, 0.25, 0.5, 0.75, 1.0, 1.3, 2.0] {
        for stay in [0.0, 0.1, 0.5, 0.75, 1.0, 1.7] {
            for months in [0.0, 0.5, 3.0, 6.0, 12.0, 40.0] {
                asked.push((months, starts * share, mean * stay));
            }
        }
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/writers/html/script/what_if.js");
    let asked_words: Vec<String> =
        asked.iter().map(|(months, starts, mean)| format!("[{months},{starts},{mean}]")).collect();
    let program = format!(
        "const w = require({script:?}); const within = [{}];\n\
         for (const [m, s, l] of [{}]) console.log(String(w.openAfter(m, {open}, s, l, {mean}, within)), \
         String(w.inTheLongRun(s, l)));",
        attribute(&page, "data-within").replace(' ', ","),
        asked_words.join(",")
    );
    let output = Command::new("node").args(["-e", &program]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).unwrap();
    let found: Vec<Vec<f64>> = printed.lines().map(numbers).collect();
    assert_eq!(found.len(), asked.len());
    for ((months, starts, stay), found) in asked.into_iter().zip(found) {
        let here = open_after(months, open, (starts, stay), (mean, &within));
        assert_eq!(found, [here, in_the_long_run(starts, stay)], "{months} {starts} {stay}");
    }
}

/// What stands in the table without script is what the formula gives for the figures in the page.
#[test]
fn the_table_stands_on_the_figures_of_the_page() {
    let (workspace, opened) = &*SAMPLE;
    let made = of_pack(workspace, opened, "beds", "derbyshire", "2019-03");
    let page = text(&made, "pack.html");
    let views = text(&made, "data/views.csv");
    let of = |name: &str| numbers(attribute(&page, name));
    let (open, starts, mean) = (of("data-open")[0], of("data-starts")[0], of("data-mean")[0]);
    let value = |row: &str, column: &str| -> f64 {
        let mut rows = csv::Reader::from_reader(views.as_bytes());
        let found = rows.records().map(Result::unwrap).find(|line| {
            line[0].ends_with("what-if")
                && &line[4] == row
                && &line[5] == column
                && &line[6] == "open"
        });
        found.unwrap_or_else(|| panic!("no {row} {column}"))[7].parse().unwrap()
    };
    let within = of("data-within");
    for (row, share, stay) in
        [("As now", 1.0, 1.0), ("25% fewer starts, stays 25% shorter", 0.75, 0.75)]
    {
        for months in [3, 6, 12] {
            let here =
                open_after(f64::from(months), open, (starts * share, mean * stay), (mean, &within));
            let there = value(row, &format!("{months} months"));
            assert!((here - there).abs() < 1e-12, "{row}, {months} months: {here} {there}");
        }
        let level = in_the_long_run(starts * share, mean * stay);
        assert!((level - value(row, "long run")).abs() < 1e-12, "{row}");
    }
}
