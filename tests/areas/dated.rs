//! A feed whose rows carry codes that come and go, from delivery to figure, worked by hand.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use concordat::explain::explain;
use concordat::measures::trace::nowhere;
use concordat::series::Status;
use concordat::wording::reason::caveats;
use concordat::workspace::{Opened, Workspace};

const CONTRACT: &str = r#"
title      = "Admissions"
rows       = "events"
files      = ["*.csv"]
key        = ["id"]
event_time = "at"
area       = "ccg"
settles_after = 0
[columns]
id  = { type = "text", required = true }
at  = { type = "date", format = "%Y-%m-%d" }
ccg = { type = "area", kind = "ccg" }
"#;

const MEASURES: &str = r#"
[admissions]
title  = "Admissions"
kind   = "count"
feed   = "admissions"
source = "a case"
"#;

fn plan(area: &str) -> String {
    format!(
        "[plan]\ntitle = 'Case'\narea = '{area}'\n[ADM]\nref = '1'\nmeasure = 'admissions'\n\
         split = ['ccg']\nbetter = 'neither'\ntarget = 'monitor'\n"
    )
}

/// Lines 2 to 13. Hardwick (03Y) and Erewash (03X) became 15M on 1 April 2019.
const ROWS: &str = "id,at,ccg
1,2019-02-10,03X
2,2019-03-10,Erewash CCG
3,2019-03-31,E38000071
4,2019-04-01,03Y
5,2019-04-01,15M
6,2019-03-31,NHS Derby and Derbyshire CCG
7,2019-03-15,Tameside & Glossop
8,2019-03-15,02Q
9,2019-03-15,Hardwik CCG
10,2019-05-20,15M
11,2019-03-16,Hardwik CCG
12,2019-03-16,Barsetshire
";

/// The repository's areas, and the feed.
fn case() -> (tempfile::TempDir, Workspace, Opened) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &str| folder.path().join(path);
    crate::program::copy(&root.join("indicators/areas"), &at("indicators/areas"));
    for (path, text) in [
        ("data/admissions/feed.toml", CONTRACT.to_owned()),
        ("data/admissions/a.csv", ROWS.to_owned()),
        ("indicators/measures/admissions.toml", MEASURES.to_owned()),
        ("indicators/plans/der.toml", plan("derbyshire")),
        ("indicators/plans/not.toml", plan("nottinghamshire").replace("ADM", "NOT")),
    ] {
        std::fs::create_dir_all(at(path).parent().unwrap()).unwrap();
        std::fs::write(at(path), text).unwrap();
    }
    let workspace = Workspace::load(folder.path()).unwrap();
    assert_eq!(workspace.problems, []);
    let opened = workspace.open(["admissions"]);
    assert_eq!(opened.problems, []);
    (folder, workspace, opened)
}

/// The figure of each month from February to May, by part of the split: `1`, `1p` for a part of
/// a month, `-` for missing.
fn figures(workspace: &Workspace, opened: &Opened, plan: &str) -> BTreeMap<String, String> {
    let plan = workspace.plan(plan).unwrap();
    let (findings, errors) = workspace.assess(opened, plan, "2019-05".parse().unwrap());
    assert_eq!(errors, []);
    let figure = |point: &concordat::series::Point| match (point.status, point.numerator) {
        (Status::Missing, _) => "-".to_owned(),
        (Status::Partial, number) => format!("{}p", number.unwrap()),
        (_, number) => number.unwrap().to_string(),
    };
    let of = |finding: concordat::judgement::Finding| {
        let code = finding.split.map_or_else(String::new, |(_, code)| code);
        let points: Vec<String> = finding.series.points.iter().map(figure).collect();
        (code, points.join(" "))
    };
    findings.into_iter().map(of).collect()
}

#[test]
fn each_row_belongs_to_the_area_of_its_own_day() {
    let (_folder, workspace, opened) = case();
    let text = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(code, figures)| ((*code).to_owned(), (*figures).to_owned())).collect()
    };
    // February lacks Hardwick; its row of 1 April and 15M's of 31 March are in no plan's area. A part
    // has no figure while its code is not in force, and keeps its own before and after.
    assert_eq!(
        figures(&workspace, &opened, "der"),
        text(&[("", "1p 2 1 1"), ("03X", "1p 1 - -"), ("03Y", "0p 1 - -"), ("15M", "- - 1 1"),])
    );
    // Bassetlaw is counted to Nottinghamshire, Glossop to neither
    assert_eq!(figures(&workspace, &opened, "not"), text(&[("", "1 - -"), ("02Q", "1 - -")]));
}

#[test]
fn a_part_says_when_its_code_ended_and_what_came_after() {
    let (_folder, workspace, opened) = case();
    let plan = workspace.plan("der").unwrap();
    let said = |as_at: &str, code: &str| -> Vec<String> {
        let (_, released, _) = workspace.inside(&opened, plan, as_at.parse().unwrap());
        let part = released
            .indicators
            .iter()
            .find(|one| one.split.as_ref().is_some_and(|(_, own)| own == code));
        caveats(part.unwrap()).into_iter().filter(|said| said.contains("code")).collect()
    };
    assert_eq!(
        said("2019-05", "03X"),
        [
            "The code ended on 31 March 2019; after it NHS Derby and Derbyshire CCG (15M). Each code \
          has its own figures: none is shared out."
        ]
    );
    assert_eq!(said("2019-03", "03X"), [""; 0], "nothing after the as-at month is known");
    let began = said("2019-05", "15M").remove(0);
    assert!(
        began.starts_with(
            "The code began on 1 April 2019; before it NHS Erewash CCG (03X), NHS \
                           Hardwick CCG (03Y), NHS North Derbyshire CCG (04J) and NHS Southern"
        ),
        "{began}"
    );
}

#[test]
fn rows_that_map_nowhere_are_counted_and_named() {
    let (folder, workspace, opened) = case();
    let plan = workspace.plan("der").unwrap();
    let as_at = "2019-05".parse().unwrap();
    let measured = workspace.measured(&opened, &plan.indicators[0], as_at).unwrap();
    let part = &measured.parts[0];
    let plans = workspace.areas.of_plans();
    let found = nowhere(&part.plan, part.feed, &part.request, None, &plans).unwrap();
    let one = |code: &str| (code.to_owned(), 1);
    assert_eq!(found, [one("01Y"), one("03Y"), one("15M")].into(), "02Q is another plan's");
    let steps = &workspace.row_steps(&opened, plan, as_at)["ADM"][0];
    let area = steps.steps.iter().find(|(name, ..)| name == "in the area").unwrap();
    assert_eq!((area.1, steps.nowhere.len()), (4, 3));
    let text = explain(&workspace, &opened, plan, "ADM", None, as_at).unwrap();
    for line in
        ["  in the area                           4", "  in no plan's area: 01Y                1"]
    {
        assert!(text.contains(line), "{text}");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_concordat"))
        .current_dir(folder.path())
        .arg("check")
        .output()
        .unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let expected = "\
admissions: 1 file, 12 rows read, 9 used, 3 set aside
  set aside 3 × not an area of kind `ccg` in indicators/areas (ccg): a.csv:10, a.csv:12, a.csv:13
    2 × `Hardwik CCG`, first a.csv:10; did you mean `NHS Hardwick CCG`?
    1 × `Barsetshire`, first a.csv:13
  used, but 2 × an area that was part of no plan on the row's day (ccg): a.csv:5, a.csv:7
    1 × `NHS Hardwick CCG (03Y)`, first a.csv:5
    1 × `NHS Derby and Derbyshire CCG (15M)`, first a.csv:7
  used, but 1 × code 03Y (NHS Hardwick CCG) used after it ended on 2019-03-31: since then NHS Derby and Derbyshire CCG (15M) (ccg): a.csv:5
  used, but 1 × code 15M (NHS Derby and Derbyshire CCG) used before it began on 2019-04-01: before it NHS Erewash CCG (03X), NHS Hardwick CCG (03Y), NHS North Derbyshire CCG (04J), NHS Southern Derbyshire CCG (04R) (ccg): a.csv:7
  used, but 1 × its area is part of no plan: counted for none (ccg): a.csv:8
    1 × `NHS Tameside and Glossop CCG (01Y)`, first a.csv:8
  lacks 2019-04, 2019-05 of NHS Tameside and Glossop CCG (01Y)
  lacks 2019-04, 2019-05 of NHS Bassetlaw CCG (02Q)
";
    assert!(printed.starts_with(expected), "{printed}");
}

/// A feed that names only the ambulance trust cannot be shared out between its two plans.
#[test]
fn rows_of_an_area_of_two_plans_are_named() {
    let (folder, ..) = case();
    let at = |path: &str| folder.path().join(path);
    let contract = CONTRACT.replace("kind = \"ccg\"", "kind = \"ambulance trust\"");
    std::fs::write(at("data/admissions/feed.toml"), contract).unwrap();
    std::fs::write(
        at("data/admissions/a.csv"),
        "id,at,ccg\n1,2019-03-31,EMAS\n2,2019-03-31,SCAS\n",
    )
    .unwrap();
    let workspace = Workspace::load(folder.path()).unwrap();
    let opened = workspace.open(["admissions"]);
    let warnings = &opened.quality["admissions"].files[0].warnings;
    let said: Vec<_> = warnings.iter().map(|note| (note.reason.as_str(), note.rows)).collect();
    assert_eq!(
        said,
        [(
            "East Midlands Ambulance Service NHS Trust (RX9) is part of Derbyshire and Derby; \
             Nottinghamshire and Nottingham, and counts in each: place rows by where they happened \
             or who commissions them",
            1
        )]
    );
}
