//! Weeks, calendar years, measures made of weeks, totals of a year and milestones, from the definition
//! to the pack: on the small hand-made workspace, every expected figure counted in its one delivery.

use std::fs;
use std::path::Path;

use super::program::{concordat, replace, workspace};

/// What the pack of June 2018 says of `NOR-001` with other periods: its page and a table of `data/`.
fn pack(asked: &str, measure: &str) -> (String, String, String) {
    let folder = workspace();
    let plan = folder.path().join("indicators/plans/northshire.toml");
    let pair = |old: &str, new: &str| (old.to_owned(), new.to_owned());
    replace(
        &plan,
        &pair("measure  = \"s136_uses\"\n", &format!("measure = \"{measure}\"\n{asked}")),
    );
    let measures = folder.path().join("indicators/measures/s136.toml");
    let of_weeks = "title = \"Detentions a week\"\nkind = \"count\"\nfeed = \"s136\"\nsource = \"made for the tests\"\neach = \"week\"\nthen = \"mean\"\n";
    let all = fs::read_to_string(&measures).unwrap() + "[a_week]\n" + of_weeks;
    fs::write(&measures, all).unwrap();
    let ran = concordat(folder.path(), &["run", "--plan", "northshire", "--as-at", "2018-06"]);
    assert_eq!(ran.code, 0, "{}", ran.printed);
    let out = folder.path().join("out/northshire/2018-06/monthly");
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let told = concordat(folder.path(), &["explain", "northshire/NOR-001", "--as-at", "2018-06"]);
    (read(&out.join("pack.html")), read(&out.join("data/values.csv")), told.printed)
}

/// The rows of `NOR-001` as period, status, sums, value and grain.
fn values(table: &str) -> Vec<String> {
    let rows = table.lines().filter(|line| line.contains(",NOR-001,"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split(',').collect();
        [&cells[5..10], &cells[11..12], &cells[cells.len() - 1..]].concat().join(" ")
    })
    .collect()
}

#[test]
fn weeks_reach_the_pack() {
    let (page, table, told) = pack("frequency = \"week\"\n", "s136_uses");
    let rows = values(&table);
    // Monday 1 January to the week of 25 June, which runs past the as-at month
    assert_eq!(rows.len(), 26);
    assert_eq!(rows[0], "2018-01-01 2018-01-07 final 1  1 week");
    assert_eq!(rows[19], "2018-05-14 2018-05-20 final 1  1 week");
    assert_eq!(rows[20], "2018-05-21 2018-05-27 final 0  0 week");
    assert_eq!(rows[21], "2018-05-28 2018-06-03 provisional 0  0 week");
    assert_eq!(rows[25], "2018-06-25 2018-07-01 partial 0  0 week");
    assert!(page.contains("week commencing 21 May 2018"), "{page}");
    assert!(page.contains("4 weeks from 28 May 2018 to 24 June 2018 are provisional"), "{page}");
    assert!(told.contains("Value: 0 in week commencing 21 May 2018"), "{told}");
    assert!(told.contains("Rows of feed `s136`, 2018-05-21 to 2018-05-27"), "{told}");
}

#[test]
fn a_month_of_weeks_reaches_the_pack() {
    let (page, table, told) = pack("", "a_week");
    assert_eq!(
        values(&table),
        [
            // Thursdays 4, 11, 18, 25 January; 1 to 22 February; 1 to 29 March; 5 to 26 April
            "2018-01-01 2018-01-31 final 3 4 0.75 month",
            "2018-02-01 2018-02-28 final 3 4 0.75 month",
            "2018-03-01 2018-03-31 final 4 5 0.8 month",
            "2018-04-01 2018-04-30 final 3 4 0.75 month",
            // Thursdays 3 to 31 May: the last week ends on 3 June, which has not settled
            "2018-05-01 2018-05-31 provisional 3 5 0.6 month",
            // 7, 14, 21 June; the week of 25 June runs into July. 5 June lies in the first of them
            "2018-06-01 2018-06-30 partial 3 3 1 month",
        ]
    );
    let made_of = "weeks, Monday to Sunday, each in the month that holds its Thursday";
    assert!(page.contains(made_of), "{page}");
    assert!(told.contains("in April 2018 = 3 / 4 = 0.75"), "{told}");
    assert!(told.contains("Rows of feed `s136`, 2018-04-02 to 2018-04-29"), "{told}");
    assert!(!page.contains("The feed is late"), "May was delivered");
}

#[test]
fn calendar_years_reach_the_pack() {
    let (_, table, _) = pack("frequency = \"calendar year\"\n", "s136_uses");
    assert_eq!(values(&table), ["2018-01-01 2018-12-31 partial 19  19 calendar year"]);
}

/// The rule and reason of an indicator of the small workspace whose lines were replaced, as at June 2018.
fn rated(id: &str, old: &str, new: &str) -> (String, String) {
    let folder = workspace();
    let plan = folder.path().join("indicators/plans/northshire.toml");
    replace(&plan, &(old.to_owned(), new.to_owned()));
    let ran = concordat(folder.path(), &["run", "--plan", "northshire", "--as-at", "2018-06"]);
    assert_eq!(ran.code, 0, "{}", ran.printed);
    let data = folder.path().join("out/northshire/2018-06/monthly/data/findings.csv");
    let mut rows = csv::Reader::from_path(data).unwrap();
    let heads = rows.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let row = rows.records().map(Result::unwrap).find(|row| row[at("indicator")] == *id).unwrap();
    let asked = format!("northshire/{id}");
    let told = concordat(folder.path(), &["explain", &asked, "--as-at", "2018-06"]);
    (format!("{} {}", &row[at("rule")], &row[at("reason")]), told.printed)
}

#[test]
fn a_years_total_is_held_against_its_profile() {
    let old = "better   = \"lower\"\ntarget   = { at_most = 4 }";
    let even = "better = \"higher\"\ntarget = { year_total = 24 }";
    // three in April and three in May; 24 × 2 / 12 = 4
    let (reason, told) = rated("NOR-001", old, even);
    assert_eq!(
        reason,
        "C1 6 in 2018/19 so far, at or above the 4 it should be by May 2018 (24 for the year)."
    );
    assert!(told.contains("24 × 2 / 12 = 4"), "{told}");
    // 12 by June is 8 by May; the exact upper end of 6 is 13.06
    let profile = "better = \"higher\"\ntarget = { year_total = 24, profile = [12, 18, 22, 24] }";
    let (reason, told) = rated("NOR-001", old, profile);
    assert_eq!(
        reason,
        "C2 6 in 2018/19 so far, below, by no more than chance, the 8 it should be by May 2018 (24 \
         for the year)."
    );
    assert!(told.contains("8, the plan's profile after 2 months"), "{told}");
}

#[test]
fn a_milestone_is_red_only_where_it_is_said_not_to_be_done() {
    let old = "target   = \"direction\"";
    let with = |rest: &str| format!("target = {{ milestone = true, by = \"2018-04\"{rest} }}");
    let of = |rest: &str| rated("NOR-003", old, &with(rest)).0;
    assert!(of("").starts_with("N1 Not yet reportable"), "{}", of(""));
    assert_eq!(of(", done = false"), "M3 Not done; it was due by April 2018.");
    assert_eq!(of(", done = \"2018-05\""), "M1 Done in May 2018.");
    // said to be done after the as-at month: not done by then
    assert_eq!(of(", done = \"2018-07\""), "M3 Not done; it was due by April 2018.");
    let later = "target = { milestone = true, by = \"2018-06\" }";
    assert_eq!(rated("NOR-003", old, later).0, "M2 Not known to be done; due by June 2018.");
    // one that has a measure, too
    let (reason, told) = rated("NOR-002", "target   = \"never\"", &with(""));
    assert_eq!(reason, "N1 It was due by April 2018, and nobody has said whether it was done.");
    assert!(told.contains("Rating: not rated (N1)"), "{told}");
}
