//! Contracts: the examples are read, and what is wrong is said all at once.

use concordat::definition::Source;
use concordat::feeds::contract::{Contract, Empty, Rows};
use concordat::feeds::load_contracts;
use concordat::filter::ColumnType;
use serde::Deserialize;
use tempfile::TempDir;

use super::{contract_of, said_of};

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    contract: String,
    said: Vec<String>,
}

#[test]
fn wrong_contracts_follow_the_cases() {
    let cases: Cases = toml::from_str(include_str!("../cases/feeds/contracts.toml")).unwrap();
    for case in cases.case {
        let mut errors = Vec::new();
        let source = Source::new("data/feed/feed.toml", &*case.contract);
        assert_eq!(Contract::parse("feed", &source, &mut errors), None, "{}", case.name);
        let said: Vec<String> = errors.iter().map(said_of).collect();
        assert_eq!(said, case.said, "{}", case.name);
    }
}

#[test]
fn the_example_of_events_is_read() {
    let contract = contract_of(include_str!("../cases/feeds/feed-s136.toml"));
    assert_eq!(contract.id, "feed");
    assert_eq!(contract.rows, Rows::Events);
    assert_eq!(contract.key, ["detention"]);
    assert_eq!(contract.event_time.as_deref(), Some("detained"));
    assert_eq!(contract.area.as_deref(), Some("force"));
    assert_eq!(contract.due_day, Some(15));
    assert_eq!(contract.settles_after, 1);
    assert_eq!(contract.empty, Empty::Missing);
    assert_eq!(contract.checks.len(), 1);
    let names: Vec<&str> = contract.columns.iter().map(|(name, _)| name.as_str()).collect();
    let expected =
        ["detention", "detained", "arrived", "ended", "age", "force", "extended", "power", "place"];
    assert_eq!(names, expected);
    let codes = ["hospital", "ed", "cell"].map(str::to_owned).to_vec();
    assert_eq!(contract.schema()["place"], ColumnType::Code(codes));
}

#[test]
fn the_example_of_long_totals_is_read() {
    let contract = contract_of(include_str!("../cases/feeds/feed-oap_published.toml"));
    assert_eq!(contract.rows, Rows::Totals);
    let columns: Vec<&str> = contract.columns.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(columns, ["breakdown", "org", "within", "days", "active", "started", "cost"]);
    assert_eq!(contract.schema()["cost"], ColumnType::Decimal);
}

#[test]
fn a_workspace_gives_its_contracts_and_every_problem() {
    let folder = TempDir::new().unwrap();
    for (feed, text) in [
        ("ambsys", include_str!("../cases/feeds/feed-ambsys.toml")),
        ("broken", "title = 3"),
        ("worse", "title = "),
    ] {
        let data = folder.path().join("data").join(feed);
        std::fs::create_dir_all(&data).unwrap();
        std::fs::write(data.join("feed.toml"), text).unwrap();
    }
    std::fs::create_dir_all(folder.path().join("data/nothing")).unwrap();
    let (contracts, errors) = load_contracts(folder.path());
    assert_eq!(contracts.keys().collect::<Vec<_>>(), ["ambsys"]);
    for feed in ["data/broken/feed.toml", "data/worse/feed.toml"] {
        assert!(errors.iter().any(|error| error.place.file == feed), "{feed}: {errors:?}");
    }
}
