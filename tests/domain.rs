//! The rules of the domain (the law, the national standards, the published definitions), each on a few
//! rows worked by hand: `tests/cases/domain/*.toml`.
//!
//! A case writes a delivery as its sender would and asks one of the plans' own indicators, or one of
//! the repository's measures, so that contract, measure and plan are tested together, as they stand. It
//! gives the rule it shows (`D26`), the feed, the file, the as-at month, and what is expected of
//! each period: status (final unless said), then `above/below` or an exact count, then the rows that
//! could not be decided.

use std::collections::BTreeSet;
use std::path::Path;

use concordat::indicators::Plan;
use concordat::quality::FileQuality;
use concordat::series::{Point, Status};
use concordat::workspace::Workspace;
use serde::Deserialize;

/// The rules D1 to D50 that have no case in `cases/domain`, and why.
const WITHOUT_CASE: [(&str, &str); 14] = [
    (
        "D5",
        "one start of the clock is delivered, `arrived`: of a person kept where they are it has to be the decision",
    ),
    ("D6", "one time of arrival is delivered; at which door is the sender's to say"),
    ("D13", "where somebody was found is not delivered"),
    (
        "D15",
        "areas of Scotland and Northern Ireland are not known, and their rows are set aside as any unknown area's",
    ),
    ("D18", "national figures for comparison; none of ours is made of them"),
    (
        "D21",
        "no feed has episodes of the Mental Health Act: the trust's own count is taken as it is returned",
    ),
    (
        "D29",
        "`measures/aggregates.rs` has the nights of the stays that ended; ours are not put in these bands",
    ),
    (
        "D31",
        "a promise of the NHS: a plan that states one has its own target, tested in `definitions`",
    ),
    ("D32", "reviews of placements are not delivered"),
    ("D35", "the call is the record's own, and no other nation's figures are read"),
    (
        "D39",
        "no plan asks for it: `crisis_24h` is in the standards, and no measure is held to it yet",
    ),
    ("D43", "no feed has the stays of an emergency department"),
    ("D46", "rules of other publications, none of which is a feed; stars are read as in D45"),
    (
        "D50",
        "counts and ratings of actions are tested in `actions`; no figure follows from the declaration",
    ),
];

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    rule: String,
    name: String,
    feed: String,
    rows: String,
    /// One of the plans' own; or a measure of the repository, asked for Derbyshire.
    indicator: Option<String>,
    measure: Option<String>,
    frequency: Option<String>,
    /// A day from which a standard of the repository is taken to hold, by the standard's name.
    #[serde(default)]
    in_force: std::collections::BTreeMap<String, String>,
    as_at: String,
    /// First day of a period, and what is expected of it.
    expect: std::collections::BTreeMap<String, String>,
    /// The least and the most that the figure of the last period may be, as fractions.
    bounds: Option<[String; 2]>,
    /// Rows set aside.
    #[serde(default)]
    set_aside: u64,
}

/// The repository's definitions and contracts, without its files, and one delivery.
fn workspace(case: &Case) -> (tempfile::TempDir, Workspace) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    super::program::copy(&root.join("indicators"), &folder.path().join("indicators"));
    for feed in std::fs::read_dir(root.join("data")).unwrap().map(Result::unwrap) {
        let contract = feed.path().join("feed.toml");
        if contract.exists() {
            let to = folder.path().join("data").join(feed.file_name());
            std::fs::create_dir_all(&to).unwrap();
            std::fs::copy(contract, to.join("feed.toml")).unwrap();
        }
    }
    // a delivery must be named as its contract says
    let name = if case.feed == "ambsys" { "AmbSYS.csv" } else { "delivery.csv" };
    let delivery = folder.path().join("data").join(&case.feed).join(name);
    std::fs::write(delivery, case.rows.trim_start()).unwrap();
    if let Some(measure) = &case.measure {
        let frequency = case.frequency.as_deref().unwrap_or("month");
        let plan = format!(
            "[plan]\ntitle = 'Case'\narea = 'derbyshire'\n[CASE]\nref = 'case'\n\
             measure = '{measure}'\nfrequency = '{frequency}'\nbetter = 'neither'\ntarget = 'monitor'\n"
        );
        std::fs::write(folder.path().join("indicators/plans/case.toml"), plan).unwrap();
    }
    let standards = folder.path().join("indicators/standards.toml");
    for (name, from) in &case.in_force {
        let text = std::fs::read_to_string(&standards).unwrap();
        let dated = text.replace(&format!("[{name}]\n"), &format!("[{name}]\nfrom = {from}\n"));
        assert_ne!(text, dated, "{}: no standard {name}", case.name);
        std::fs::write(&standards, dated).unwrap();
    }
    let workspace = Workspace::load(folder.path()).unwrap();
    assert_eq!(workspace.problems, [], "{}", case.name);
    (folder, workspace)
}

fn points(case: &Case) -> Vec<Point> {
    let (_folder, workspace) = workspace(case);
    let id = case.indicator.as_deref().unwrap_or("CASE");
    let asks = |plan: &&Plan| plan.indicators.iter().any(|one| one.id == id);
    let plan = workspace.catalogue.plans.values().find(asks).expect(&case.name);
    let opened = workspace.open([case.feed.as_str()]);
    assert_eq!(opened.problems, [], "{}", case.name);
    let aside: u64 = opened.quality[&case.feed].files.iter().map(FileQuality::rows_set_aside).sum();
    assert_eq!(aside, case.set_aside, "{}: rows set aside", case.name);
    let mut only = plan.clone();
    only.indicators.retain(|one| one.id == id);
    let (findings, errors) = workspace.assess(&opened, &only, case.as_at.parse().unwrap());
    assert_eq!(errors, [], "{}", case.name);
    let finding = findings.into_iter().next().unwrap();
    finding.months.map_or(finding.series, |months| months.series).points
}

/// A point as a case writes it.
fn written(point: &Point) -> String {
    let status = match point.status {
        Status::Final => "",
        Status::Provisional => "provisional ",
        Status::Partial => "partial ",
        Status::Missing => "missing",
        Status::Suppressed => "suppressed",
    };
    let figure = match (point.numerator, point.denominator, point.value) {
        (Some(above), Some(below), _) => format!("{above}/{below}"),
        (Some(above), None, _) => above.to_string(),
        (None, Some(of), Some(value)) => format!("{value} of {of}"),
        (None, _, value) => value.map_or_else(String::new, |value| value.to_string()),
    };
    let unknown = match point.unknown {
        0 => String::new(),
        rows => format!(" unknown {rows}"),
    };
    format!("{status}{figure}{unknown}").trim().to_owned()
}

fn fraction(text: &str) -> f64 {
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    above.parse::<f64>().unwrap() / below.parse::<f64>().unwrap()
}

#[test]
fn the_rules_of_the_domain_hold_on_cases_worked_by_hand() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/domain");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let (mut read, mut rules, mut wrong) = (0, BTreeSet::new(), Vec::new());
    for file in files {
        let cases: Cases = toml::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        for case in cases.case {
            let points = points(&case);
            for (start, expected) in &case.expect {
                let point = points.iter().find(|point| point.period.start.to_string() == *start);
                let found = point.map_or_else(|| "not in the series".to_owned(), written);
                if found != *expected {
                    let (rule, name) = (&case.rule, &case.name);
                    wrong.push(format!("{rule} {name}: {start} is {found}, not {expected}"));
                }
            }
            if let Some([least, most]) = &case.bounds {
                let last = case.expect.keys().last().unwrap();
                let point = points.iter().find(|point| point.period.start.to_string() == *last);
                let (low, high) = point.unwrap().bounds.expect(&case.name);
                let near = |one: f64, other: &str| (one - fraction(other)).abs() < 1e-12;
                if !(near(low, least) && near(high, most)) {
                    wrong.push(format!("{}: bounds {low} to {high}", case.name));
                }
            }
            read += 1;
            rules.insert(case.rule);
        }
    }
    assert_eq!(wrong, [""; 0]);
    println!("{read} cases of {} rules", rules.len());
    assert!(read >= 40 && rules.len() >= 20, "only {read} cases of {} rules", rules.len());
    for rule in (1..=50).map(|number| format!("D{number}")) {
        let why = WITHOUT_CASE.iter().find(|(without, _)| *without == rule).map(|(_, why)| why);
        assert_ne!(rules.contains(&rule), why.is_some(), "{rule} has a case, or a reason: {why:?}");
    }
}
