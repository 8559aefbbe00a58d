//! What the table does by chance: `benches/chance.csv` against the figures that the table was
//! designed by, against chances known by hand, and against fresh series of every family.

use std::collections::BTreeMap;

use super::simulation::outcome::outcome;
use super::simulation::table::{COLUMNS, MARKS, block, row};
use super::simulation::world::World;
use super::simulation::worlds::worlds;

const PUBLISHED: &str = include_str!("../../benches/chance.csv");

/// Fresh series of each world.
const FRESH: u32 = 40;
/// Seeds that the published table did not use.
const FIRST_SEED: u32 = 50_000;
/// Standard errors that a difference may have. With a hundred worlds one beyond 4 is not expected.
const ERRORS: f64 = 4.0;

type Row = BTreeMap<String, String>;

/// Published rows by family and world.
fn published() -> BTreeMap<(String, String), Row> {
    let mut reader = csv::Reader::from_reader(PUBLISHED.as_bytes());
    let rows = reader.deserialize::<Row>().map(Result::unwrap);
    rows.map(|row| ((row["family"].clone(), row["world"].clone()), row)).collect()
}

fn cell(family: &str, world: &str, column: &str) -> f64 {
    let rows = published();
    let row = rows.get(&(family.to_owned(), world.to_owned()));
    let row = row.unwrap_or_else(|| panic!("{family}: {world} is not published"));
    row[column].parse().unwrap()
}

#[test]
fn every_world_is_published_once_and_in_order() {
    let mut reader = csv::Reader::from_reader(PUBLISHED.as_bytes());
    assert_eq!(reader.headers().unwrap(), COLUMNS.as_slice());
    let rows: Vec<(String, String)> =
        reader.records().map(Result::unwrap).map(|r| (r[0].to_owned(), r[1].to_owned())).collect();
    let made: Vec<(String, String)> =
        worlds().iter().map(|w| (w.family.to_owned(), w.truth.to_owned())).collect();
    assert_eq!(rows, made, "run `cargo bench --profile dev --bench chance`");
    assert_eq!(published().len(), rows.len(), "two worlds have one name");
}

/// The README's table is the file's.
#[test]
fn the_readme_shows_the_published_table() {
    let mut reader = csv::Reader::from_reader(PUBLISHED.as_bytes());
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let readme = include_str!("../../benches/README.md");
    let (_, rest) = readme.split_once(MARKS[0]).unwrap();
    assert_eq!(rest.split_once(MARKS[1]).unwrap().0, block(&rows));
}

/// Milestones have no chance in them: a few series give the published row to the letter.
#[test]
fn milestones_give_their_row_exactly() {
    let rows = published();
    for world in worlds().into_iter().filter(|world| world.family == "milestones") {
        let published = &rows[&(world.family.to_owned(), world.truth.to_owned())];
        let found = row(&world, &outcome(&world, 0..3));
        for (column, cell) in COLUMNS.iter().zip(found) {
            if !["series", "months"].contains(column) {
                assert_eq!(cell, published[*column], "{world:?}: {column}");
            }
        }
    }
}

/// The contract's own figures: 3 % red and 1.9 changes on target, 79 % one sigma worse, a step red
/// at once at the median, a stalled line 86 %, 1.5 % in the year after a rebase, over-dispersed
/// shares 2.8 %, stocks on target 5 % and one sigma worse 33 %. None may get worse.
#[test]
fn the_published_table_is_no_worse_than_the_design() {
    let red = |family, world| cell(family, world, "red");
    assert!(red("values", "on target") <= 0.03);
    assert!(cell("values", "on target", "changes_a_year") <= 1.95);
    assert!(red("values", "one sigma worse") >= 0.79);
    let step = "a step from one sigma better to two worse";
    assert!(cell("values", step, "delay_median") <= 0.0);
    assert!(red("plan lines", "stalled at the start, the second year") >= 0.86);
    assert!(red("values", "on target, the year after a rebase") <= 0.015);
    assert!(red("shares", "50% of 200, on target, over-dispersed") <= 0.028);
    assert!(red("stocks", "on target, 0.6 carried over") <= 0.05);
    assert!(red("stocks", "one sigma worse, 0.6 carried over") >= 0.33);
}

/// Chances known without any simulation: the normal and Poisson laws, and events in a year.
#[test]
fn simulated_shares_are_those_of_the_laws() {
    let none = |mean: f64| libm::exp(-mean);
    let known = [
        ("values", "on target", "target_red", 0.5),
        ("values", "one sigma worse", "target_red", 0.841_345),
        ("values", "two sigma better", "target_red", 0.022_750),
        // P(X > 10) of a Poisson count of 10, and P(X < 95) of a share of 95 % of 100.
        ("counts", "10 a month, on target", "target_red", 0.416_960),
        ("shares", "95% of 100, on target", "target_red", 0.384_001),
        ("never events", "one a year", "red", 1.0 - none(1.0 / 12.0)),
        ("rare events", "one a month, at most 0.5 a month", "target_red", 1.0 - none(1.0)),
    ];
    for (family, world, column, chance) in known {
        // 12,000 independent months.
        let error = (chance * (1.0 - chance) / 12_000.0).sqrt();
        let found = cell(family, world, column);
        assert!((found - chance).abs() <= ERRORS * error, "{family}: {world}: {found} {chance}");
    }
    // No event in the 12 months to t: windows of one series overlap, so the error is larger.
    for (family, world) in
        [("never events", "one a year"), ("target 0", "one a year, as is allowed")]
    {
        let found = cell(family, world, "green");
        assert!((found - none(1.0)).abs() <= 0.04, "{family}: {world}: {found}");
    }
}

/// Fresh series of a family against its published row: the share of red within the sampling error
/// of both, the simple readings' and the delay's within what so few series allow, and every month decided
/// by one row.
fn agrees(family: &str) {
    let rows = published();
    let some: Vec<World> = worlds().into_iter().filter(|world| world.family == family).collect();
    assert!(!some.is_empty(), "no world of {family}");
    for world in some {
        let row = &rows[&(family.to_owned(), world.truth.to_owned())];
        let number = |column: &str| row[column].parse::<f64>().unwrap();
        let all = outcome(&world, FIRST_SEED..FIRST_SEED + FRESH);
        let found = &all.table;
        let scale = (number("series") / f64::from(FRESH) + 1.0).sqrt();
        let allowed = ERRORS * number("red_error").max(0.001) * scale;
        let (red, expected) = (found.shares[0], number("red"));
        println!("{world:?}: {red:.3} red, published {expected:.3} ± {allowed:.3}");
        assert!((red - expected).abs() <= allowed, "{world:?}: {red} {expected} {allowed}");
        for (simple, column) in [(&all.target, "target_red"), (&all.ten, "ten_percent_red")] {
            assert!((simple.shares[0] - number(column)).abs() <= 0.15, "{world:?}: {column}");
        }
        if let Some(delay) = &all.delay {
            assert!((delay.never - number("never_red")).abs() <= 0.25, "{world:?}: never red");
        }
        let decided: f64 = all.codes.values().sum();
        assert!((decided - 1.0).abs() < 1e-9, "{world:?}: {:?}", all.codes);
        let sum: f64 = found.shares.iter().sum();
        assert!((sum - 1.0).abs() < 1e-9, "{world:?}: {sum}");
    }
}

macro_rules! families {
    ($($test:ident: $family:literal,)*) => {
        $(#[test]
        fn $test() {
            agrees($family);
        })*

        #[test]
        fn every_family_has_a_test() {
            let tested = [$($family),*];
            let missed = worlds().iter().map(|w| w.family).find(|f| !tested.contains(f));
            assert_eq!(missed, None);
        }
    };
}

families! {
    values_are_as_published: "values",
    seasons_are_as_published: "seasonal values",
    gaps_are_as_published: "gaps",
    unknown_records_are_as_published: "unknown records",
    stocks_are_as_published: "stocks",
    counts_are_as_published: "counts",
    rare_events_are_as_published: "rare events",
    shares_are_as_published: "shares",
    quarters_are_as_published: "quarters",
    rates_are_as_published: "rates",
    replaced_targets_are_as_published: "replaced targets",
    plan_lines_are_as_published: "plan lines",
    directions_are_as_published: "directions",
    yearly_totals_are_as_published: "yearly totals",
    milestones_are_as_published: "milestones",
    zero_targets_are_as_published: "target 0",
    never_events_are_as_published: "never events",
}
