//! Targets against limits, at their edges.

use concordat::statistics::assurance::Assurance::{Fail, HitOrMiss, Pass};
use concordat::statistics::assurance::assurance;
use concordat::statistics::limits::{Limits, Lines};
use concordat::statistics::signals::Side::{High, Low};

const LIMITS: Limits = Limits {
    mean: 10.0,
    sigma: Some(2.0),
    lines: Some(Lines { lower: 4.0, upper: 16.0, near_lower: 6.0, near_upper: 14.0 }),
    average_moving_range: Some(2.256),
    screened: 0,
};

#[test]
fn a_target_on_a_limit_is_hit_or_miss() {
    let targets = [(16.1, Fail, Pass), (3.9, Pass, Fail)];
    for (target, high, low) in targets {
        assert_eq!(
            (assurance(&LIMITS, target, High), assurance(&LIMITS, target, Low)),
            (high, low)
        );
    }
    for target in [4.0, 10.0, 16.0] {
        assert_eq!(assurance(&LIMITS, target, High), HitOrMiss);
        assert_eq!(assurance(&LIMITS, target, Low), HitOrMiss);
    }
}

#[test]
fn without_lines_nothing_is_assured() {
    let bare = Limits { lines: None, ..LIMITS };
    assert_eq!(assurance(&bare, 1e9, High), HitOrMiss);
}
