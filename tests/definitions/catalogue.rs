//! Measures and plans checked as a whole: the project's own are right, and each file of
//! `cases/indicators/bad` is wrong in the way its last lines say.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use concordat::area::Areas;
use concordat::definition::Source;
use concordat::feeds::contract::{Contract, load_contracts};
use concordat::filter::Filter;
use concordat::indicators::baseline::Baseline;
use concordat::indicators::measure::{Convention, Kind, Length, Unknown};
use concordat::indicators::target::{Goal, Path as Way};
use concordat::indicators::{Asked, Better, Catalogue, Indicator};
use concordat::period::{Grain, Month};
use concordat::unit::Unit;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn own() -> Catalogue {
    let (areas, errors) = Areas::load(root());
    assert_eq!(errors, []);
    let (contracts, errors) = load_contracts(root());
    assert_eq!(errors, []);
    let (catalogue, errors) = Catalogue::load(root(), &contracts, &areas);
    assert_eq!(super::told(&errors), [""; 0]);
    catalogue
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

#[test]
fn derbyshire_has_its_eighteen_rows_in_the_order_printed() {
    let catalogue = own();
    let plan = &catalogue.plans["derbyshire"];
    assert_eq!(plan.area, "derbyshire");
    let ids: Vec<&str> = plan.indicators.iter().map(|row| row.id.as_str()).collect();
    let printed: Vec<String> = (1..=18).map(|row| format!("DER-{row:03}")).collect();
    assert_eq!(ids[..18], printed);
    assert_eq!(ids[18..20], ["DER-024", "DER-026"]);
    let refs: Vec<&str> = plan.indicators.iter().map(|row| row.reference.as_str()).collect();
    assert_eq!(refs[9..11], ["KPI 10 (first)", "KPI 10 (second)"], "printed twice");
    for row in &plan.indicators[..20] {
        assert!(
            !row.choices.is_empty() || matches!(row.asked, Asked::NotReportable { .. }),
            "{} leaves nothing open?",
            row.id
        );
    }
}

#[test]
fn definitions_mean_what_they_say() {
    let catalogue = own();
    let row = |id: &str| -> &Indicator {
        catalogue.plans["derbyshire"].indicators.iter().find(|row| row.id == id).unwrap()
    };
    let uses = row("DER-001");
    assert_eq!((uses.better, uses.grain), (Better::Lower, Grain::Month));
    assert_eq!(
        uses.baseline,
        Some(Baseline::Months { from: month("2014-01"), to: month("2014-12") })
    );
    assert_eq!(uses.rebases[0].from, month("2015-11"));
    assert_eq!(row("DER-003").better, Better::Lower, "a never event implies it");
    let moved = row("DER-005");
    assert_eq!(moved.splits, ["ccg"]);
    let dates: Vec<_> = moved.targets.iter().map(|target| (target.set, target.by)).collect();
    assert_eq!(dates[0], (None, None), "in force until the first date was set");
    assert_eq!(
        dates[1..],
        [("2017-08", "2017-09"), ("2017-09", "2017-12"), ("2017-11", "2018-09")]
            .map(|(set, by)| (Some(month(set)), Some(month(by))))
    );
    let beds = row("DER-026");
    assert_eq!(beds.targets[0].goal, Goal::AtMost(0.0));
    assert_eq!(beds.targets[0].path, Way::Straight);
    assert_eq!(row("DER-010").area, "RX9");

    let measure = |id: &str| &catalogue.measures[id];
    let Kind::Within { limits, .. } = &measure("s136_in_time").kind else { panic!() };
    let hours = |hours: i64| Length::Seconds(hours * 3_600);
    let lengths: Vec<Length> = limits.iter().map(|limit| limit.length).collect();
    assert_eq!(lengths, [72, 36, 24].map(hours));
    assert_eq!(limits[0].before, NaiveDate::from_ymd_opt(2017, 12, 11));
    assert!(matches!(
        measure("oap_bed_days").kind,
        Kind::BedDays { convention: Convention::Mhsds, .. }
    ));
    assert!(measure("oap_bed_days").stock && measure("police_training").stock);
    assert!(!measure("s136_uses").stock);
    for (id, unit) in [
        ("s136_uses", Unit::Count),
        ("s136_in_time", Unit::Proportion),
        ("oap_bed_days", Unit::BedDaysPerDay),
        ("oap_peak", Unit::Placements),
        ("c2_mean", Unit::Seconds),
        ("step_down_people_a_week", Unit::PeoplePerWeek),
        ("police_training", Unit::Proportion),
        ("oap_published_days", Unit::Days),
    ] {
        assert_eq!(measure(id).unit, unit, "{id}");
    }
}

/// The feeds and areas that the bad cases name.
fn small_world() -> (BTreeMap<String, Contract>, Areas) {
    let mut errors = Vec::new();
    let contracts = [
        ("s136", include_str!("../cases/indicators/s136.toml")),
        ("stays", include_str!("../cases/indicators/stays.toml")),
        ("returns", include_str!("../cases/indicators/returns.toml")),
    ]
    .map(|(id, text)| {
        let contract = Contract::parse(id, &Source::new(id, text), &mut errors);
        (id.to_owned(), contract.unwrap_or_else(|| panic!("{errors:?}")))
    });
    let (areas, wrong) = Areas::read(
        &Source::new("areas.csv", "code,name,kind\nnorthshire,Northshire,plan\n"),
        &Source::new("area_links.csv", "area,part_of,from,to\n"),
        &Source::new("area_names.csv", "spelling,kind,code\n"),
    );
    assert_eq!(wrong, []);
    (contracts.into_iter().collect(), areas)
}

const GOOD_STANDARDS: &str = include_str!("../cases/indicators/standards.toml");
const GOOD_MEASURES: &str = include_str!("../cases/indicators/measures.toml");
const GOOD_PLAN: &str = "[plan]\ntitle = 'Good'\narea = 'northshire'\n[G-1]\nref = '1'\nmeasure = 'uses'\ntarget = 'never'\n";

#[test]
fn a_right_definition_has_no_errors() {
    let (feeds, areas) = small_world();
    let (catalogue, errors) = Catalogue::read(
        Some(&Source::new("standards.toml", GOOD_STANDARDS)),
        &[Source::new("good.toml", GOOD_MEASURES)],
        &[Source::new("plan.toml", GOOD_PLAN)],
        &feeds,
        &areas,
    );
    assert_eq!(super::told(&errors), [""; 0]);
    assert_eq!(catalogue.plans["plan"].indicators.len(), 1);
    let used = |id: &str| catalogue.standards[id].used_by.join(" ");
    assert_eq!(used("detention"), "in_time_by_name");
    assert_eq!(used("station_removed"), "never_yet");
    assert_eq!(used("child_station"), "");
    let Some(Filter::And(parts)) = &catalogue.measures["never_yet"].filter else { panic!() };
    assert_eq!(parts[1], Filter::Or(vec![]), "no day is known: false of every row");
    let share = &catalogue.measures["extended_share"];
    assert_eq!(share.unknown(), Some(Unknown::Outside));
    assert_eq!((share.follow(), share.period_by.as_deref()), (Some(28), Some("ended")));
    assert_eq!(catalogue.measures["again"].unknown(), Some(Unknown::Exclude));
    let Kind::BedDays { stay, .. } = &catalogue.measures["beds_held"].kind else { panic!() };
    assert_eq!(stay.person, None, "stays that overlap are kept");
}

/// Each file is a plan or standards (named so) or measures, and ends with what it should say:
/// `# error: <line> <the words at fault> | <problem>` and `# help: <help>` for the one before it.
#[test]
fn bad_definitions_say_what_is_wrong_where_and_what_to_do() {
    let folder = root().join("tests/cases/indicators/bad");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 25, "only {} cases were read", files.len());
    let (feeds, areas) = small_world();
    let mut wrong = 0;
    for file in files {
        let name = file.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        let expected: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("# error: ") || line.starts_with("# help: "))
            .collect();
        let found = found(name, &text, &feeds, &areas);
        if expected != found {
            eprintln!("{name}\n  found\n{}\n  expected\n{}", found.join("\n"), expected.join("\n"));
            wrong += 1;
        }
    }
    assert_eq!(wrong, 0, "files that are wrong in another way than they say");
}

fn found(name: &str, text: &str, feeds: &BTreeMap<String, Contract>, areas: &Areas) -> Vec<String> {
    let good = Source::new("good.toml", GOOD_MEASURES);
    let bad = Source::new(name, text);
    let standards = Source::new("standards.toml", GOOD_STANDARDS);
    let is_plan = name.starts_with("plan-");
    let (_, errors) = if name.starts_with("standard-") {
        Catalogue::read(Some(&bad), &[], &[], feeds, areas)
    } else if is_plan {
        let other = Source::new("other.toml", GOOD_PLAN);
        Catalogue::read(Some(&standards), &[good], &[other, bad], feeds, areas)
    } else {
        Catalogue::read(Some(&standards), &[good, bad], &[], feeds, areas)
    };
    let mut lines = Vec::new();
    for error in errors {
        assert_eq!(error.place.file, name, "{error}");
        let words = error.place.excerpt.map_or(String::new(), |at| {
            at.source[at.start..at.end].lines().next().unwrap_or_default().to_owned()
        });
        let line = error.place.line.unwrap_or_default();
        lines.push(format!("# error: {line} {words} | {}", error.problem));
        lines.extend(error.help.map(|help| format!("# help: {help}")));
    }
    lines
}
