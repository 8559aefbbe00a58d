//! Counts of the same thing by two bodies, on deliveries worked by hand.

use std::collections::BTreeMap;
use std::path::Path;

use concordat::definition::Source;
use concordat::explain::explain;
use concordat::judgement::reconciled::{Compared, Matched, Reconciled};
use concordat::measures::matching::{Record, pairs};
use concordat::workspace::Workspace;
use proptest::prelude::*;

use super::sample::{self, SAMPLE};

const CONTRACT: &str = r#"
title = "Records"
files = ["*.csv"]
rows = "events"
key = ["id"]
event_time = "on"
area = "force"
missing = { "" = "missing" }
[columns]
id = { type = "text" }
person = { type = "text" }
force = { type = "area" }
cell = { type = "flag", yes = ["Y"], no = ["N"] }
on = { type = "date", format = "%d/%m/%Y" }
"#;

const MEASURES: &str = r#"
[police]
title = "Police"
kind = "count"
feed = "police"
where = "cell"
source = "made"
[custody]
title = "Custody"
kind = "count"
feed = "custody"
source = "made"
[open]
title = "People"
kind = "distinct"
feed = "police"
of = "person"
source = "made"
"#;

const BOTH: &str = r#"
[cells]
title = "Cells"
sides = [{ by = "police", measure = "police" }, { by = "custody", measure = "custody" }]
key = { column = "person", days = 1 }
source = "made"
"#;

/// A workspace of two feeds in an area `plan`, of which force `N` is part; force `S` is not.
fn workspace(reconciliations: &str, police: &str, custody: &str) -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| {
        let path = folder.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "indicators/areas/areas.csv",
        "code,name,kind\nplan,Plan,plan\nN,North,force\nS,South,force\n",
    );
    write("indicators/areas/area_links.csv", "area,part_of,from,to\nN,plan,,\n");
    write("indicators/areas/area_names.csv", "spelling,kind,code\n");
    write("indicators/measures/all.toml", MEASURES);
    write(
        "indicators/plans/plan.toml",
        "[plan]\ntitle = 'Plan'\narea = 'plan'\n[A-1]\nref = '1'\nmeasure = 'police'\nbetter = 'neither'\ntarget = 'monitor'\n",
    );
    write("indicators/reconciliations.toml", reconciliations);
    for (feed, rows) in [("police", police), ("custody", custody)] {
        write(&format!("data/{feed}/feed.toml"), CONTRACT);
        write(&format!("data/{feed}/a.csv"), &format!("id,person,force,cell,on\n{rows}"));
    }
    let workspace = Workspace::load(folder.path()).unwrap();
    (folder, workspace)
}

fn reconciled(police: &str, custody: &str, as_at: &str) -> Reconciled {
    let (_folder, workspace) = workspace(BOTH, police, custody);
    assert_eq!(workspace.problems, []);
    let opened = workspace.open(["police", "custody"]);
    assert_eq!(opened.problems, []);
    let plan = workspace.plan("plan").unwrap();
    let (mut found, errors) = workspace.reconcile(&opened, plan, as_at.parse().unwrap());
    assert_eq!((found.len(), errors), (1, vec![]));
    found.remove(0)
}

fn counts(month: &Compared) -> Vec<Option<i64>> {
    month.counts.iter().map(|one| one.counted).collect()
}

fn matched(both: u64, only: [u64; 2], untold: [u64; 2], without_key: [u64; 2]) -> Matched {
    Matched { both, only, untold, without_key }
}

const POLICE: &str = "1,p,N,Y,05/01/2018\n2,q,N,Y,10/01/2018\n3,q,N,Y,20/01/2018\n4,,N,Y,12/01/2018\n\
                      5,s,N,N,13/01/2018\n6,t,S,Y,14/01/2018\n7,u,N,Y,15/01/2018\n8,v,N,Y,31/01/2018\n\
                      9,w,N,Y,10/02/2018\n";
const CUSTODY: &str = "1,p,N,,06/01/2018\n2,q,N,,20/01/2018\n3,r,N,,21/01/2018\n4,,N,,12/01/2018\n\
                       5,t,S,,14/01/2018\n6,u,N,,17/01/2018\n7,v,N,,01/02/2018\n";

/// January: p is with both (booked in a day later); q twice with the police, once in custody: one pair,
/// one only with the police; r only in custody; a row without a person on either side; s of the
/// police is no cell, t is of another force, u lies two days apart: on both sides alone.
/// v was detained on 31 January and booked in on 1 February: a pair of January.
#[test]
fn every_state_of_a_record() {
    let found = reconciled(POLICE, CUSTODY, "2018-02");
    let [january, february] = found.months.as_slice() else { panic!("{found:?}") };
    assert_eq!(counts(january), [Some(6), Some(5)]);
    assert_eq!(january.matched, Some(matched(3, [2, 2], [0, 0], [1, 1])));
    assert_eq!(counts(february), [Some(1), Some(1)]);
    assert_eq!(february.matched, Some(matched(0, [1, 0], [0, 0], [0, 0])));
    assert!(january.comparable() && february.comparable());
}

/// The same records on the page that explains them: the first line of a file is its headings.
#[test]
fn the_explanation_has_every_record_and_every_pair() {
    let (_folder, workspace) = workspace(BOTH, POLICE, CUSTODY);
    let opened = workspace.open(["police", "custody"]);
    let plan = workspace.plan("plan").unwrap();
    let as_at = "2018-02".parse().unwrap();
    let page = explain(&workspace, &opened, plan, "cells", None, as_at).unwrap();
    let section = |title: &str| -> Vec<&str> {
        let lines = page.lines().skip_while(|line| !line.starts_with(title)).skip(1);
        lines.take_while(|line| !line.is_empty()).map(str::trim).collect()
    };
    let words = |lines: Vec<&str>| -> Vec<String> {
        let words = |line: &&str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        lines.iter().skip(1).map(words).collect()
    };
    assert_eq!(
        words(section("Records, January 2018")),
        [
            "in a pair 3 2",
            "only here 2 2",
            "cannot be told 0 0",
            "without a key 1 1",
            "counted 6 5"
        ]
    );
    assert_eq!(words(section("Pairs of these months")), ["of the same day 1", "1 day later 2"]);
    assert_eq!(
        words(section("Records of January 2018, by police")),
        [
            "a.csv:2 2018-01-05 pair with a.csv:2, 1 day later",
            "a.csv:3 2018-01-10 only here",
            "a.csv:5 2018-01-12 without a key",
            "a.csv:8 2018-01-15 only here",
            "a.csv:4 2018-01-20 pair with a.csv:3, of the same day",
            "a.csv:9 2018-01-31 pair with a.csv:8, 1 day later",
        ]
    );
    assert_eq!(
        words(section("Records of January 2018, by custody")),
        [
            "a.csv:2 2018-01-06 pair with a.csv:2, 1 day earlier",
            "a.csv:5 2018-01-12 without a key",
            "a.csv:7 2018-01-17 only here",
            "a.csv:3 2018-01-20 pair with a.csv:4, of the same day",
            "a.csv:4 2018-01-21 only here",
        ]
    );
    // of nine rows one is no cell and one is of another force; one of the rest is of February
    let rows = words(section("Rows of feed `police` for `police`, counted by police, 2018-01-01"));
    assert_eq!(rows.last().unwrap(), "counted 6");
    assert_eq!(
        words(section("Files")),
        ["data/police/a.csv 9 police", "data/custody/a.csv 7 custody"]
    );
    let months = words(section("Months"));
    assert_eq!(months[0], "January 2018 6 5 all reported");
    let refused = |id: &str, area: Option<&str>| {
        let error = explain(&workspace, &opened, plan, id, area, as_at).unwrap_err();
        format!("{} ({})", error.problem, error.help.unwrap())
    };
    let nearly = "plan `plan` has no indicator `cell` (did you mean `cells`?)";
    assert_eq!(refused("cell", None), nearly);
    let area = "`cells` is compared for the plan's own area only (leave --area out)";
    assert_eq!(refused("cells", Some("N")), area);
}

#[test]
fn the_sample_is_explained_on_narrow_lines() {
    let (workspace, opened) = &*SAMPLE;
    for (id, asked) in &workspace.catalogue.reconciliations {
        let plan = workspace.plan("derbyshire").unwrap();
        let page = explain(workspace, opened, plan, id, None, "2019-03".parse().unwrap()).unwrap();
        assert!(page.contains(&asked.title) && page.contains("\nMonths\n"), "{page}");
        assert_eq!(page.contains("How records are paired"), asked.key.is_some());
        assert!(page.lines().all(|line| line.chars().count() <= 100), "{page}");
    }
}

/// The custody suites sent nothing for February: nothing is "only with the police" then, and the
/// month enters no sum.
#[test]
fn a_month_that_one_did_not_report_compares_nothing() {
    let police = "1,p,N,Y,05/01/2018\n2,q,N,Y,10/02/2018\n3,r,N,Y,10/03/2018\n";
    let custody = "1,p,N,,05/01/2018\n3,z,N,,11/03/2018\n";
    let found = reconciled(police, custody, "2018-04");
    let comparable: Vec<bool> = found.months.iter().map(Compared::comparable).collect();
    assert_eq!(comparable, [true, false, true, false]);
    assert_eq!(counts(&found.months[1]), [Some(1), None]);
    let latest: Vec<String> = found.latest().iter().map(|month| month.month.to_string()).collect();
    assert_eq!(latest, ["2018-01", "2018-03"]);
    assert_eq!(found.months[2].matched, Some(matched(0, [1, 1], [0, 0], [0, 0])));
}

/// The custody suites sent nothing for February. p, detained on 31 January, may be in what is missing;
/// q, on 30 January, is not within a day of it. In March r of the 1st may be of February, and s of the
/// 31st of April, which is not in view. Whether t was in a cell is not known, so that custody's u may
/// be it.
#[test]
fn a_partner_may_lie_where_the_other_did_not_report_or_decide() {
    let police = "1,p,N,Y,31/01/2018\n2,q,N,Y,30/01/2018\n3,z,N,Y,10/02/2018\n\
                  4,r,N,Y,01/03/2018\n5,s,N,Y,31/03/2018\n6,v,N,Y,15/03/2018\n";
    let custody = "1,a,N,,15/01/2018\n2,b,N,,15/03/2018\n";
    let found = reconciled(police, custody, "2018-03");
    assert_eq!(found.months[0].matched, Some(matched(0, [1, 1], [1, 0], [0, 0])));
    assert_eq!(found.months[2].matched, Some(matched(0, [1, 1], [2, 0], [0, 0])));
    let police = "1,w,N,Y,10/01/2018\n2,t,N,,15/01/2018\n";
    let found = reconciled(police, "1,u,N,,15/01/2018\n", "2018-01");
    assert_eq!(found.months[0].counts[0].unknown, 1);
    assert_eq!(found.months[0].matched, Some(matched(0, [1, 0], [0, 1], [0, 0])));
}

#[test]
fn a_reconciliation_with_mistakes_says_what_to_do() {
    for (from, to, said) in [
        (
            "measure = \"custody\"",
            "measure = \"custodi\"",
            "there is no measure `custodi` (did you mean `custody`?)",
        ),
        (
            "measure = \"custody\"",
            "measure = \"open\"",
            "`open` is no count of events (compare measures of kind `count`, or given counts)",
        ),
        (
            "by = \"custody\"",
            "by = \"police\"",
            "`police` counts twice (each side has a name of its own)",
        ),
        (
            ", { by = \"custody\", measure = \"custody\" }",
            "",
            "one count alone has nothing to be compared with (add another side: sides = [{ by = …, measure = … }, …])",
        ),
        (
            "column = \"person\"",
            "column = \"name\"",
            "feed `police` has no column `name` (name a text column that both feeds have)",
        ),
        (
            "column = \"person\"",
            "column = \"cell\"",
            "`cell` of feed `police` is not text (name a text column that both feeds have)",
        ),
        (
            "days = 1 ",
            "days = 400 ",
            "`days` is a number of days from 0 to 366 (0: both are of the same day)",
        ),
        ("days = 1 ", "hours = 1 ", "unknown key `hours`"),
        ("title = \"Cells\"\n", "", "`title` is missing"),
    ] {
        let text = BOTH.replacen(from, to, 1);
        assert_ne!(text, BOTH, "{from}");
        let (_folder, workspace) = workspace(&text, "", "");
        let told: Vec<String> = workspace
            .problems
            .iter()
            .map(|error| {
                let help = error.help.as_deref().unwrap_or("-");
                assert!(error.place.to_string().starts_with("indicators/reconciliations.toml"));
                format!("{} ({help})", error.problem)
            })
            .collect();
        assert!(told.iter().any(|one| one.contains(said)), "{said} is not in {told:?}");
        assert!(workspace.catalogue.reconciliations.is_empty());
    }
    let mut catalogue = SAMPLE.0.catalogue.clone();
    let three = "[a]\ntitle = 'A'\nsource = 's'\nkey = { column = 'person', days = 0 }\nsides = [\
                 { by = 'a', measure = 's136_cell' }, { by = 'b', measure = 'custody_s136' }, \
                 { by = 'c', measure = 's136_uses' }]\n";
    let errors = catalogue.read_reconciliations(&Source::new("r.toml", three), &SAMPLE.0.contracts);
    assert_eq!(errors[0].problem, "records are matched between two sides only");
}

type Line = BTreeMap<String, String>;

/// The pack of Derbyshire against the figures of the two records counted by their own measures.
#[test]
fn the_pack_has_each_side_by_itself() {
    let made = sample::made("derbyshire", "2019-03");
    let table = sample::text(&made, "data/reconciliation.csv");
    let lines: Vec<Line> =
        csv::Reader::from_reader(table.as_bytes()).deserialize().map(Result::unwrap).collect();
    let values = sample::text(&made, "data/values.csv");
    let values: Vec<Line> =
        csv::Reader::from_reader(values.as_bytes()).deserialize().map(Result::unwrap).collect();
    let mut compared = 0;
    for line in lines.iter().filter(|line| line["measure"] == "s136_uses") {
        let start = format!("{}-01", line["month"]);
        let of = values.iter().find(|one| {
            one["indicator"] == "DER-001" && one["split"].is_empty() && one["period_start"] == start
        });
        assert_eq!(of.unwrap()["numerator"], line["count"], "{start}");
        compared += 1;
    }
    assert!(compared > 50, "{compared}");
    // a pair is of the month of the first side's record
    for line in lines.iter().filter(|line| line["side"] == "detention record") {
        let number = |name: &str| line[name].parse::<i64>().unwrap();
        if line["comparable"] == "true" {
            let alone = number("only_here") + number("not_to_be_told") + number("without_key");
            let all = number("matched") + alone;
            assert_eq!(all, number("count"), "{line:?}");
        }
    }
    let page = sample::text(&made, "pack.html");
    assert!(page.contains("id=\"reconciliation-s136_cell\""));
    assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join("indicators/reconciliations.toml").exists());
}

/// Every way of pairing tried.
fn most(one: &[Record], other: &[Record], days: i32) -> usize {
    let Some((first, rest)) = one.split_first() else { return 0 };
    let alone = most(rest, other, days);
    let with = other.iter().enumerate().filter(|(_, second)| {
        first.key.is_some() && first.key == second.key && (first.day - second.day).abs() <= days
    });
    let best = with.map(|(at, _)| {
        let mut left = other.to_vec();
        left.remove(at);
        1 + most(rest, &left, days)
    });
    best.max().unwrap_or(0).max(alone)
}

fn some_records() -> impl Strategy<Value = Vec<Record>> {
    let key =
        prop_oneof![1 => Just(None), 6 => prop::sample::select(vec!["a", "b"]).prop_map(Some)];
    let record = (key, 0..8_i32).prop_map(|(key, day)| Record {
        key: key.map(str::to_owned),
        day,
        file: 0,
        line: 2,
    });
    prop::collection::vec(record, 0..6).prop_map(|mut records| {
        records.sort();
        records
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn no_way_of_pairing_gives_more(one in some_records(), other in some_records(), days in 0..4_i32) {
        let found = pairs(&one, &other, days);
        for (here, there) in &found {
            prop_assert_eq!(&one[*here].key, &other[*there].key);
            prop_assert!((one[*here].day - other[*there].day).abs() <= days);
        }
        let mut here: Vec<_> = found.iter().map(|pair| pair.0).collect();
        let mut there: Vec<_> = found.iter().map(|pair| pair.1).collect();
        here.dedup();
        there.dedup();
        prop_assert_eq!((here.len(), there.len()), (found.len(), found.len()));
        prop_assert_eq!(found.len(), most(&one, &other, days));
    }
}
