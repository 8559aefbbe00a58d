//! Weeks, calendar years and measures made of weeks, from the definition to the pack: on the small
//! hand-made workspace, every expected figure counted in its one delivery.

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
