//! What changed since the month before, and one indicator in sentences.

use std::path::Path;

use concordat::disclosure::released::{
    Assurance, Before, Colour, Indicator, Released, Side, Signal, Variation,
};
use concordat::wording::changes::Change;
use concordat::wording::commentary::commentary;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::sample::SAMPLE;

/// Every case of a file in `tests/cases`.
fn cases<T: DeserializeOwned>(file: &str) -> Vec<T> {
    #[derive(Deserialize)]
    struct Cases<T> {
        case: Vec<T>,
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(file);
    let cases: Cases<T> = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(!cases.case.is_empty(), "no cases were read");
    cases.case
}

/// Derbyshire as at March 2019.
fn released() -> Released {
    let (workspace, opened) = &*SAMPLE;
    let plan = workspace.plan("derbyshire").unwrap();
    workspace.inside(opened, plan, "2019-03".parse().unwrap()).1
}

fn whole(released: &Released, id: &str) -> Indicator {
    released.indicators.iter().find(|one| one.id == id && one.split.is_none()).unwrap().clone()
}

fn variation(name: &str) -> Variation {
    match name {
        "common" => Variation::Common,
        "improvement" => Variation::Improvement,
        "concern" => Variation::Concern,
        other => panic!("{other}"),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    name: String,
    then: (String, String),
    now: (String, String),
    #[serde(default)]
    same_period: bool,
    change: Option<String>,
}

/// Every case in `tests/cases/changes.toml` is one expectation.
#[test]
fn changes_follow_the_cases() {
    let colour = |name: &str| match name {
        "red" => Colour::Red,
        "amber" => Colour::Amber,
        "green" => Colour::Green,
        "not rated" => Colour::NotRated,
        other => panic!("{other}"),
    };
    let base = whole(&released(), "DER-001");
    for case in cases::<Changed>("changes.toml") {
        let mut one = base.clone();
        let period = one.facts.period.unwrap();
        one.colour = colour(&case.now.0);
        one.facts.variation = variation(&case.now.1);
        one.before = Some(Before {
            colour: colour(&case.then.0),
            variation: variation(&case.then.1),
            period: Some(if case.same_period { period } else { period.plus(-1) }),
            ..one.before.unwrap()
        });
        let found = Change::of(&one).map(|(change, _)| change.name().to_owned());
        assert_eq!(found, case.change, "{}", case.name);
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    name: String,
    of: String,
    variation: Option<String>,
    signal: Option<String>,
    /// How many points, the latest last, the chart marks with the signal.
    #[serde(default)]
    marked: usize,
    assurance: Option<String>,
    says: String,
}

/// Every case in `tests/cases/commentary.toml` is one expectation.
#[test]
fn commentary_follows_the_cases() {
    let released = released();
    for case in cases::<Said>("commentary.toml") {
        let mut one = whole(&released, &case.of);
        one.icons.variation = case.variation.as_deref().map(variation);
        one.icons.assurance = case.assurance.as_deref().map(|name| match name {
            "pass" => Assurance::Pass,
            "hit or miss" => Assurance::HitOrMiss,
            "fail" => Assurance::Fail,
            other => panic!("{other}"),
        });
        one.icons.signal = case.signal.as_deref().map(|name| match name {
            "outside low" => Signal::Outside(Side::Low),
            "shift low" => Signal::Shift(Side::Low),
            "trend high" => Signal::Trend(Side::High),
            other => panic!("{other}"),
        });
        let latest = one.points.iter().position(|point| Some(point.period) == one.facts.period);
        for (at, point) in one.points.iter_mut().enumerate() {
            let marked = latest.is_some_and(|t| at <= t && at + case.marked > t);
            point.signals = one.icons.signal.filter(|_| marked).into_iter().collect();
        }
        assert_eq!(commentary(&one), case.says, "{}", case.name);
    }
}
