//! The interval of repeat events: by hand, and how often it holds the truth.

use concordat::statistics::intervals::repeats::Repeats;
use concordat::statistics::intervals::{Confidence, Interval, Method, events};
use concordat::statistics::standardised::{Stratum, direct};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::super::agree;

const LEVEL: Confidence = Confidence::NINETY_FIVE;

/// Six people once, three twice, one ten times: 22 events, variance 6 + 12 + 100 = 118. Byar's
/// limits of 22 are 13.7825 and 33.3098, the scale is √(118/22) = 2.31595:
/// 22 − 2.31595 · 8.2175 = 2.969, 22 + 2.31595 · 11.3098 = 48.193.
#[test]
fn by_hand() {
    let found = Repeats::of(&[(1.0, 6.0), (2.0, 3.0), (10.0, 1.0)]).unwrap();
    assert_eq!((found.persons, found.events, found.variance), (10.0, 22.0, 118.0));
    let interval = found.rate(1.0, LEVEL).unwrap();
    assert_eq!(format!("{:.3} {:.3}", interval.lower, interval.upper), "2.969 48.193");
    assert_eq!(interval.method, Method::DobsonRepeats);
}

#[test]
fn with_one_event_a_person_it_is_the_plain_interval() {
    for count in [0.0, 3.0, 40.0] {
        let found = Repeats::of(&[(1.0, count)]).unwrap();
        assert_eq!(found.rate(50.0, LEVEL), events::rate(count, 50.0, LEVEL));
    }
}

#[test]
fn with_one_age_band_it_is_that_of_the_standardised_rate() {
    let persons = [(1.0, 30.0), (2.0, 8.0), (3.0, 4.0), (7.0, 2.0)];
    let ours = Repeats::of(&persons).unwrap().rate(4_000.0, LEVEL).unwrap();
    let theirs = direct(&[Stratum::repeats(&persons, 4_000.0, 5.0)]).unwrap().interval(LEVEL);
    let Interval { lower, upper, method } = theirs.unwrap();
    assert!(agree(ours.lower, lower) && agree(ours.upper, upper), "{ours:?}");
    assert_eq!(ours.method, method);
}

#[test]
fn nothing_that_is_no_count() {
    assert_eq!(Repeats::of(&[(0.0, 2.0)]), None);
    assert_eq!(Repeats::of(&[(1.0, -2.0)]), None);
    assert_eq!(Repeats::of(&[(f64::NAN, 2.0)]), None);
    assert_eq!(Repeats::of(&[(1.0, 2.0)]).unwrap().rate(0.0, LEVEL), None);
}

/// How persons found share their events: most have one, few have many, as with repeat detentions.
const LAWS: [(&str, &[(f64, f64)]); 2] = [
    ("few repeats", &[(1.0, 0.85), (2.0, 0.10), (3.0, 0.05)]),
    ("many repeats", &[(1.0, 0.80), (2.0, 0.11), (3.0, 0.05), (5.0, 0.03), (10.0, 0.01)]),
];

/// In 4,000 runs the standard error of a coverage of 95 % is 0.34 points; 1.4 points are four.
#[test]
fn it_holds_the_truth_as_often_as_it_says() {
    const RUNS: u32 = 4_000;
    for (law, shares) in LAWS {
        for persons in [50.0, 200.0, 1_000.0] {
            let mut random = ChaCha8Rng::seed_from_u64(136);
            let truth: f64 = shares.iter().map(|(times, share)| times * share * persons).sum();
            let (mut held, mut plain) = (0, 0);
            for _ in 0..RUNS {
                let drawn: Vec<(f64, f64)> = shares
                    .iter()
                    .map(|(times, share)| {
                        (*times, f64::from(poisson(&mut random, share * persons)))
                    })
                    .collect();
                let found = Repeats::of(&drawn).unwrap();
                held += u32::from(found.rate(1.0, LEVEL).unwrap().holds(truth));
                plain += u32::from(events::rate(found.events, 1.0, LEVEL).unwrap().holds(truth));
            }
            let percent = |runs: u32| f64::from(runs) / f64::from(RUNS) * 100.0;
            let (held, plain) = (percent(held), percent(plain));
            println!("{law}, {persons} persons: held {held:.1} %, plain interval {plain:.1} %");
            assert!((held - 95.0).abs() < 1.4, "{law}, {persons}: {held}");
            assert!(plain < 93.0, "{law}, {persons}: the plain interval should not do");
        }
    }
}

/// Events until a sum of exponential waits passes the mean.
fn poisson(random: &mut ChaCha8Rng, mean: f64) -> u32 {
    let (mut left, mut count) = (mean, 0);
    loop {
        left += libm::log(1.0 - random.random::<f64>());
        if left < 0.0 {
            return count;
        }
        count += 1;
    }
}
