//! Intervals against PHEindicatormethods 2.1.0, published tables and hand cases.

use std::collections::BTreeMap;
use std::path::Path;

use concordat::statistics::intervals::mean::Known;
use concordat::statistics::intervals::{Confidence, Interval, Method, events, mean, proportion};

use super::{Row, Table, agree, agree_if_there, own, reference, within};

const LEVEL: Confidence = Confidence::NINETY_FIVE;

#[test]
fn a_sample_of_the_reference_agrees() {
    assert_eq!(proportions(&own("phe")), 45);
    assert_eq!(rates(&own("phe")), 46);
    assert_eq!(means(&own("phe")), 28);
}

#[test]
fn the_whole_reference_agrees() {
    if let Some(folder) = reference() {
        assert_eq!(proportions(&folder), 223);
        assert_eq!(rates(&folder), 595);
        assert_eq!(means(&folder), 28);
    }
}

fn proportions(folder: &Path) -> usize {
    let table = Table::read(&folder.join("expected_phe_proportion.csv"));
    for row in table.rows() {
        let interval = proportion::wilson(cell(row, "x"), cell(row, "n"), level(row));
        same(row, interval.map(|interval| interval.times(cell(row, "multiplier"))));
        assert_eq!(interval.map(|interval| interval.method), Some(Method::Wilson));
    }
    table.rows.len()
}

fn rates(folder: &Path) -> usize {
    let table = Table::read(&folder.join("expected_phe_rate.csv"));
    for row in table.rows() {
        let interval = events::rate(cell(row, "x"), cell(row, "n"), level(row));
        same(row, interval.map(|interval| interval.times(cell(row, "multiplier"))));
        let method =
            if row.text("method") == "Exact" { Method::ExactPoisson } else { Method::Byar };
        assert_eq!(interval.map(|interval| interval.method), Some(method), "{:?}", row.cells);
    }
    table.rows.len()
}

fn means(folder: &Path) -> usize {
    let input = Table::read(&folder.join("mean_input.csv"));
    let mut areas: BTreeMap<&str, Vec<Option<f64>>> = BTreeMap::new();
    for row in input.rows() {
        areas.entry(row.text("area")).or_default().push(row.number("v"));
    }
    let table = Table::read(&folder.join("expected_phe_mean.csv"));
    for row in table.rows() {
        // The reference answers nothing for an area with a missing value.
        let values: Option<Vec<f64>> = areas[row.text("area")].iter().copied().collect();
        same(row, values.and_then(|values| mean::student(&values, 1.0, level(row))));
    }
    table.rows.len()
}

fn same(row: Row, interval: Option<Interval>) {
    let ends = interval.map(|interval| (interval.lower, interval.upper));
    let agrees = agree_if_there(ends.map(|ends| ends.0), row.number("lowercl"))
        && agree_if_there(ends.map(|ends| ends.1), row.number("uppercl"));
    assert!(agrees, "{:?}: {interval:?}", row.cells);
}

#[expect(clippy::unwrap_used, reason = "a test stops at a cell that is not there")]
fn cell(row: Row, heading: &str) -> f64 {
    row.number(heading).unwrap()
}

#[expect(clippy::unwrap_used, reason = "a test stops at a level that is none")]
fn level(row: Row) -> Confidence {
    Confidence::new(cell(row, "conf")).unwrap()
}

fn ends(interval: Option<Interval>) -> String {
    interval.map_or("none".to_owned(), |i| format!("{:.4} {:.4}", i.lower, i.upper))
}

/// Newcombe (1998), Statistics in Medicine 17, 857-872, table I.
#[test]
fn single_proportions_as_published() {
    let published = [
        (81.0, 263.0, "0.2527 0.3676", "0.2553 0.3662"),
        (15.0, 148.0, "0.0578 0.1617", "0.0624 0.1605"),
        (0.0, 20.0, "0.0000 0.1684", "0.0000 0.1611"),
        (1.0, 29.0, "0.0009 0.1776", "0.0061 0.1718"),
    ];
    for (x, n, exact, score) in published {
        assert_eq!(ends(proportion::exact(x, n, LEVEL)), exact, "{x} of {n}");
        assert_eq!(ends(proportion::wilson(x, n, LEVEL)), score, "{x} of {n}");
    }
}

/// With all or none the exact limits are powers: 0.025^(1/n).
#[test]
fn exact_proportions_by_hand() {
    for n in [1.0, 4.0, 20.0, 365.0] {
        let end = libm::pow(0.025, 1.0 / n);
        let none = proportion::exact(0.0, n, LEVEL).unwrap();
        let all = proportion::exact(n, n, LEVEL).unwrap();
        assert_eq!((none.lower, all.upper), (0.0, 1.0));
        assert!(within(all.lower, end, 1e-12) && within(none.upper, 1.0 - end, 1e-11), "{n}");
    }
    assert_eq!(proportion::exact(0.0, 0.0, LEVEL), None);
    assert_eq!(proportion::exact(3.0, 2.0, LEVEL), None);
    assert_eq!(proportion::wilson(-1.0, 2.0, LEVEL), None);
}

/// Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10.
#[test]
fn differences_of_proportions_as_published() {
    let published = [
        ((56.0, 70.0), (48.0, 80.0), "0.0524 0.3339"),
        ((9.0, 10.0), (3.0, 10.0), "0.1705 0.8090"),
        ((6.0, 7.0), (2.0, 7.0), "0.0582 0.8062"),
        ((5.0, 56.0), (0.0, 29.0), "-0.0381 0.1926"),
        ((0.0, 10.0), (0.0, 20.0), "-0.1611 0.2775"),
        ((0.0, 10.0), (0.0, 10.0), "-0.2775 0.2775"),
        ((10.0, 10.0), (0.0, 20.0), "0.6791 1.0000"),
        ((10.0, 10.0), (0.0, 10.0), "0.6075 1.0000"),
    ];
    for (first, second, expected) in published {
        let ours = proportion::difference(first, second, 1.0, LEVEL);
        assert_eq!(ends(ours), expected, "{first:?} less {second:?}");
    }
}

#[test]
fn overdispersion_widens_a_difference_on_both_sides() {
    let (first, second) = ((56.0, 70.0), (48.0, 80.0));
    let narrow = proportion::difference(first, second, 1.0, LEVEL).unwrap();
    let wide = proportion::difference(first, second, 2.0, LEVEL).unwrap();
    assert!(agree(0.2 - wide.lower, 2.0 * (0.2 - narrow.lower)));
    assert!(agree(wide.upper - 0.2, 2.0 * (narrow.upper - 0.2)));
    assert_eq!(proportion::difference(first, second, 0.5, LEVEL), Some(narrow), "held to 1");
    let held = proportion::difference((10.0, 10.0), (0.0, 10.0), 9.0, LEVEL).unwrap();
    assert_eq!((held.lower, held.upper), (-1.0, 1.0));
}

/// Exact 95 % Poisson limits as tables after Garwood (1936) print them; the last row was worked out
/// apart in 40-digit arithmetic.
#[test]
fn counts_as_published() {
    let published = [
        (0.0, "0.0000 3.6889"),
        (1.0, "0.0253 5.5716"),
        (3.0, "0.6187 8.7673"),
        (10.0, "4.7954 18.3904"),
        (100.0, "81.3640 121.6268"),
    ];
    for (count, expected) in published {
        assert_eq!(ends(events::exact(count, LEVEL)), expected, "{count}");
    }
    assert_eq!(events::exact(-1.0, LEVEL), None);
    assert_eq!(events::byar(0.0, LEVEL), None);
    assert_eq!(events::byar(0.1, LEVEL), None, "the lower end would be negative");
    assert_eq!(events::rate(3.0, 0.0, LEVEL), None);
    let edge = |count| events::rate(count, 1.0, LEVEL).unwrap().method;
    assert_eq!((edge(9.0), edge(10.0)), (Method::ExactPoisson, Method::Byar));
}

/// R's documentation of `poisson.test` has this example: 11 cases in 800 against 21 in 3,011. The
/// digits were worked out apart, from the binomial tails in 60-digit arithmetic.
#[test]
fn the_ratio_of_two_rates() {
    let ratio = events::ratio((11.0, 800.0), (21.0, 3011.0), LEVEL).unwrap();
    assert!(within(ratio.lower, 0.858_426_403_391_639_7, 1e-12), "{ratio:?}");
    assert!(within(ratio.upper, 4.277_265_943_654_074, 1e-12), "{ratio:?}");
    let turned = events::ratio((21.0, 3011.0), (11.0, 800.0), LEVEL).unwrap();
    assert!(agree(turned.lower, 1.0 / ratio.upper) && agree(turned.upper, 1.0 / ratio.lower));
    let endless = events::ratio((3.0, 1.0), (0.0, 1.0), LEVEL).unwrap();
    assert_eq!(endless.upper, f64::INFINITY);
    // Three of three: the lower share is 0.025^(1/3) = 0.292402, its odds 0.41324.
    assert_eq!(format!("{:.4}", endless.lower), "0.4132");
    assert_eq!(events::ratio((0.0, 1.0), (3.0, 1.0), LEVEL).unwrap().lower, 0.0);
    assert_eq!(events::ratio((0.0, 1.0), (0.0, 1.0), LEVEL), None);
    assert_eq!(events::ratio((1.0, 0.0), (1.0, 1.0), LEVEL), None);
}

/// 10, 12, 14: mean 12, deviation 2, t(0.975; 2) = 4.302653, half width 4.302653 · 2/√3 = 4.9683.
#[test]
fn a_mean_by_hand() {
    let values = [10.0, 12.0, 14.0];
    assert_eq!(ends(mean::student(&values, 1.0, LEVEL)), "7.0317 16.9683");
    let plain = mean::student(&values, 1.0, LEVEL).unwrap();
    let stretched = mean::student(&values, 2.0, LEVEL).unwrap();
    assert!(agree(stretched.upper - 12.0, 2.0 * (plain.upper - 12.0)));
    assert_eq!(mean::student(&[3.0], 1.0, LEVEL), None);
    assert_eq!(ends(mean::student(&[3.0, 3.0], 1.0, LEVEL)), "3.0000 3.0000");
}

/// Sigmas 3 and 4 of 9 and 16 values: standard error √(1 + 1), half width 1.959964 · √2 = 2.7718.
#[test]
fn a_difference_of_means_by_hand() {
    let known = |mean, sigma, number| Known { mean, sigma, number };
    let ours = mean::difference(known(10.0, 3.0, 9), known(7.0, 4.0, 16), LEVEL);
    assert_eq!(ends(ours), "0.2282 5.7718");
    assert_eq!(mean::difference(known(1.0, 1.0, 0), known(1.0, 1.0, 2), LEVEL), None);
    assert_eq!(mean::difference(known(1.0, -1.0, 2), known(1.0, 1.0, 2), LEVEL), None);
}

#[test]
fn a_level_is_a_probability() {
    assert_eq!(Confidence::new(95.0), None);
    assert_eq!(Confidence::new(0.0), None);
    assert_eq!(Confidence::new(1.0), None);
    assert_eq!(Confidence::new(f64::NAN), None);
    assert!(agree(LEVEL.z(), 1.959_963_984_540_054));
}

/// The levels in constant use have their z written down: what is worked out, to fifteen digits.
#[test]
fn the_written_z_is_the_computed_one() {
    for level in [Confidence::NINETY_FIVE, Confidence::EIGHTY] {
        let computed = Confidence::new(level.probability()).unwrap();
        assert!(within(level.z(), computed.z(), 1e-15), "{:?}", computed.z());
    }
}
