//! The published look-ups of codes and names, where they lie beside the project: every spelling that
//! they have of one of our areas means it.

use std::path::{Path, PathBuf};

use super::own;

/// A published look-up; `None`, with a word, where it is not there.
fn published(file: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(file);
    if path.is_file() {
        return Some(path);
    }
    crate::skipped(&format!("no ../shared/data/{file} beside the project"));
    None
}

/// The cells under some headings.
fn cells(path: &Path, headings: &[&str]) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let found = reader.headers().unwrap().clone();
    let at = |heading: &&str| found.iter().position(|one| one == *heading).expect(heading);
    let at: Vec<usize> = headings.iter().map(at).collect();
    let of = |row: csv::StringRecord| at.iter().map(|at| row[*at].to_owned()).collect();
    reader.records().map(|row| of(row.unwrap())).collect()
}

/// ONS code, ODS code and name of each clinical commissioning group, in three editions.
#[test]
fn both_codes_and_every_name_of_a_group_mean_it() {
    let areas = own();
    let mut met = std::collections::BTreeSet::new();
    for (file, edition) in
        [("CCG17_names_v3", "CCG17"), ("CCG19_names", "CCG19"), ("CCG20_names", "CCG20")]
    {
        let Some(path) = published(&format!("geo/{file}.csv")) else { return };
        let headings = ["CD", "CDH", "NM"].map(|ending| format!("{edition}{ending}"));
        for row in cells(&path, &headings.each_ref().map(String::as_str)) {
            let ours = areas.get(&row[1]).map(|area| area.code.as_str());
            for spelling in &row {
                assert_eq!(areas.find(spelling, Some("ccg")), ours, "{file}: {row:?}");
            }
            met.extend(ours.map(|code| (code.to_owned(), edition)));
        }
    }
    // a code is in the editions of the years in which it is in force
    for area in areas.all().filter(|area| area.kind == "ccg") {
        for (edition, on) in
            [("CCG17", "2017-04-01"), ("CCG19", "2019-04-01"), ("CCG20", "2020-04-01")]
        {
            let there = met.contains(&(area.code.clone(), edition));
            let in_force = area.in_force().holds(super::day(on));
            assert_eq!(there, in_force, "{} in {edition}", area.code);
        }
    }
}

#[test]
fn forces_and_councils_are_as_the_office_for_national_statistics_has_them() {
    let areas = own();
    let Some(path) = published("geo/PFA19_names.csv") else { return };
    let forces = cells(&path, &["PFA19CD", "PFA19NM"]);
    for area in areas.all().filter(|area| area.kind == "police force") {
        let row = forces.iter().find(|row| row[0] == area.code).expect("a published code");
        assert_eq!(areas.find(&row[1], Some("police force")), Some(area.code.as_str()));
    }
    let Some(path) = published("geo/LAD19_CSP19_PFA19.csv") else { return };
    let mut single = 0;
    for row in cells(&path, &["LAD19CD", "LAD19NM", "PFA19CD"]) {
        // districts are not among our areas, and share names with counties
        if let Some(area) = areas.get(&row[0]) {
            assert_eq!(areas.find(&row[1], Some("local authority")), Some(area.code.as_str()));
            let plan = areas.plans().find(|plan| areas.parts(&plan.code).days(&row[0]).is_some());
            let force = areas.parts(&plan.unwrap().code).days(&row[2]).is_some();
            assert!(force, "{row:?} lies in the plan's force");
            single += 1;
        }
    }
    assert_eq!(single, 3, "Derby, Nottingham and Peterborough");
    for (spelling, code) in
        [("Derbyshire County Council", "E10000007"), ("Peterborough City Council", "E06000031")]
    {
        assert_eq!(areas.find(spelling, Some("local authority")), Some(code));
    }
}

/// The residents of each district by name of the 2011 Census, added up by its police force.
#[test]
fn people_are_those_of_the_census() {
    let mut areas = own();
    let text = include_str!("../../indicators/areas/population.csv");
    areas.read_populations(&concordat::definition::Source::new("population.csv", text));
    let Some(census) = published("geo/la-ethnic-groups.csv") else { return };
    let all = "Ethnic Group: All categories: Ethnic group; measures: Value";
    let census = cells(&census, &["geography code", "geography", all]);
    let number = |row: &Vec<String>| row[2].parse::<i64>().unwrap();
    let sum = |wanted: &dyn Fn(&str) -> bool| -> i64 {
        census.iter().filter(|row| wanted(&row[0])).map(number).sum()
    };
    let between = |first: &str, last: &str| sum(&|code: &str| first <= code && code <= last);
    let people = |code: &str| areas.population(code, "all").unwrap().of(2011).unwrap().1.people;
    assert_eq!(people("Eng"), sum(&|code: &str| code.starts_with('E')));
    assert_eq!(people("E06000015"), between("E06000015", "E06000015"), "Derby");
    assert_eq!(people("E10000007"), between("E07000032", "E07000039"), "Derbyshire");
    assert_eq!(people("E06000018"), between("E06000018", "E06000018"), "Nottingham");
    assert_eq!(people("E10000024"), between("E07000170", "E07000176"), "Nottinghamshire");
    assert_eq!(people("E06000031"), between("E06000031", "E06000031"), "Peterborough");
    assert_eq!(people("E10000003"), between("E07000008", "E07000012"), "Cambridgeshire");
    assert_eq!(people("oxfordshire"), between("E07000177", "E07000181"), "Oxfordshire");
    let hertfordshire = between("E07000095", "E07000103") + between("E07000240", "E07000243");
    assert_eq!(people("E10000015"), hertfordshire, "Hertfordshire");
}
