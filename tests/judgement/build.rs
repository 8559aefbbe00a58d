//! Small makers of what a judgement is made from.

use concordat::error::Place;
use concordat::indicators::charting::Charting;
use concordat::indicators::target::{Goal, Path, Target};
use concordat::indicators::{Asked, Better, Indicator, Stated};
use concordat::judgement::{FeedFacts, Finding, judge};
use concordat::period::{Grain, Month};
use concordat::quality::FeedState;
use concordat::series::{Nature, Point, Series, Status};
use concordat::unit::Unit;

pub(super) fn month(text: &str) -> Month {
    text.parse().unwrap()
}

pub(super) fn target(goal: Goal) -> Target {
    Target {
        goal,
        from: None,
        by: None,
        set: None,
        path: Path::None,
        tolerance: None,
        allowance: None,
        reference: None,
    }
}

pub(super) fn indicator(better: Better, targets: Vec<Target>) -> Indicator {
    Indicator {
        id: "TST-001".to_owned(),
        reference: "1".to_owned(),
        title: "A test".to_owned(),
        asked: Asked::Measured { measure: "a_measure".to_owned(), filter: None },
        area: "testshire".to_owned(),
        splits: Vec::new(),
        better,
        grain: Grain::Month,
        baseline: None,
        rebases: Vec::new(),
        targets,
        season: false,
        charting: Charting::default(),
        owner: None,
        stated: Stated::default(),
        beside: vec![],
        choices: Vec::new(),
        place: Place::file("indicators/plans/test.toml"),
    }
}

pub(super) fn feed() -> FeedFacts {
    FeedFacts { state: FeedState::Ready, settles_after: 1, latest: None, newly_reported: 0 }
}

/// A series of months; `None` is a missing month.
pub(super) fn monthly(nature: Nature, first: &str, values: &[Option<f64>]) -> Series {
    let first = month(first).period();
    let points = values
        .iter()
        .zip(0..)
        .map(|(value, at)| {
            let status = if value.is_some() { Status::Final } else { Status::Missing };
            Point { value: *value, ..Point::empty(first.plus(at), status) }
        })
        .collect();
    Series { nature, unit: Unit::Count, points, events: None }
}

/// Judged as at the month after the series' last, so that its last value is *t*.
pub(super) fn judged(indicator: &Indicator, series: Series) -> Finding {
    let last = series.points.last().unwrap().period.last_month();
    judge(indicator, "testshire", None, series, &feed(), last.plus(1))
}
