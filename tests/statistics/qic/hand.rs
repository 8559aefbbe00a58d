//! Textbook examples, cases by hand, and where we differ from the reference.

use concordat::error::Error;
use concordat::statistics::limits::drawn::Drawn;
use concordat::statistics::limits::iprime::i_prime;
use concordat::statistics::limits::p::{p, p_prime};
use concordat::statistics::limits::s::c4;
use concordat::statistics::limits::t::t;
use concordat::stats::qic::{Chart, Settings, qic};

use super::points;
use crate::statistics::{Table, agree, own, some, within};

/// The points of one series, given as lines of `x,y,n`.
fn draw(lines: &[String], settings: &Settings) -> (Table, Vec<Error>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("series.csv");
    let rows: Vec<String> = lines.iter().map(|line| format!("one,{line}\n")).collect();
    std::fs::write(&file, format!("series_id,x,y,n\n{}", rows.concat())).unwrap();
    let answer = qic(&file, None, settings).unwrap();
    (points(&answer), answer.problems)
}

/// Values at 1, 2, 3, … with one denominator for all.
fn of(values: &[f64], n: &str) -> Vec<String> {
    values.iter().enumerate().map(|(at, y)| format!("{},{y},{n}", at + 1)).collect()
}

fn chart(chart: Chart) -> Settings {
    Settings { chart, ..Settings::default() }
}

/// Column of the first point, as many digits as a book prints.
fn prints(table: &Table, heading: &str, expected: &str) {
    let digits = expected.split('.').nth(1).map_or(0, str::len);
    let ours = table.rows().next().unwrap().number(heading).unwrap();
    assert_eq!(format!("{ours:.digits$}"), expected, "{heading}");
}

/// Points with a signal, by `x`.
fn signals(table: &Table) -> Vec<&str> {
    let beyond = table.rows().filter(|row| row.text("sigma_signal") == "TRUE");
    beyond.map(|row| row.text("x")).collect()
}

/// Montgomery, *Introduction to Statistical Quality Control*, 6th edition, example 6.5: costs of
/// processing loans, 300.5 ± 20.72; moving ranges 7.79, upper limit 25.45.
#[test]
fn montgomery_individuals() {
    let costs = [
        310.0, 288.0, 297.0, 298.0, 307.0, 303.0, 294.0, 297.0, 308.0, 306.0, 294.0, 299.0, 297.0,
        299.0, 314.0, 295.0, 293.0, 306.0, 301.0, 304.0,
    ];
    let (table, _) = draw(&of(&costs, ""), &chart(Chart::I));
    prints(&table, "cl", "300.5");
    prints(&table, "ucl", "321.22");
    prints(&table, "lcl", "279.78");
    let (table, _) = draw(&of(&costs, ""), &chart(Chart::Mr));
    prints(&table, "cl", "7.79");
    prints(&table, "ucl", "25.45");
}

/// The same book, example 7.1: cans of orange juice, 30 samples of 50. Samples 15 and 23 are
/// beyond the limits; without them 21 is.
#[test]
fn montgomery_shares() {
    let cans = [
        12.0, 15.0, 8.0, 10.0, 4.0, 7.0, 16.0, 9.0, 14.0, 10.0, 5.0, 6.0, 17.0, 12.0, 22.0, 8.0,
        10.0, 5.0, 13.0, 11.0, 20.0, 18.0, 24.0, 15.0, 9.0, 12.0, 7.0, 13.0, 9.0, 6.0,
    ];
    let (table, _) = draw(&of(&cans, "50"), &chart(Chart::P));
    prints(&table, "cl", "0.2313");
    prints(&table, "ucl", "0.4102");
    prints(&table, "lcl", "0.0524");
    assert_eq!(signals(&table), ["15", "23"]);
    let settings = Settings { exclude: vec![15, 23], ..chart(Chart::P) };
    let (table, _) = draw(&of(&cans, "50"), &settings);
    prints(&table, "cl", "0.2150");
    prints(&table, "ucl", "0.3893");
    prints(&table, "lcl", "0.0407");
    assert_eq!(signals(&table), ["15", "21", "23"]);
}

/// The same book, example 7.3: nonconformities of circuit boards, 26 samples. Samples 6 and 20
/// are beyond the limits. (The book goes on from the rounded mean 19.85 to an upper limit of 33.22.)
#[test]
fn montgomery_counts() {
    let boards = [
        21.0, 24.0, 16.0, 12.0, 15.0, 5.0, 28.0, 20.0, 31.0, 25.0, 20.0, 24.0, 16.0, 19.0, 10.0,
        17.0, 13.0, 22.0, 18.0, 39.0, 30.0, 24.0, 16.0, 19.0, 17.0, 15.0,
    ];
    let (table, _) = draw(&of(&boards, ""), &chart(Chart::C));
    prints(&table, "cl", "19.85");
    prints(&table, "ucl", "33.21");
    prints(&table, "lcl", "6.48");
    assert_eq!(signals(&table), ["6", "20"]);
    let settings = Settings { exclude: vec![6, 20], ..chart(Chart::C) };
    let (table, _) = draw(&of(&boards, ""), &settings);
    prints(&table, "cl", "19.67");
    prints(&table, "ucl", "32.97");
    prints(&table, "lcl", "6.36");
}

/// The same book, example 7.4: errors in 50 shipments a week, 74 in 1,000; no lower limit.
#[test]
fn montgomery_rates() {
    let errors = [
        2.0, 3.0, 8.0, 1.0, 1.0, 4.0, 1.0, 4.0, 5.0, 1.0, 8.0, 2.0, 4.0, 3.0, 4.0, 1.0, 8.0, 3.0,
        7.0, 4.0,
    ];
    let (table, _) = draw(&of(&errors, "50"), &chart(Chart::U));
    prints(&table, "cl", "0.0740");
    prints(&table, "ucl", "0.1894");
    prints(&table, "lcl", "0.0000");
}

/// The same book, table 6.3: 25 samples of five piston rings, x̄ 74.001 with limits 73.988 and
/// 74.014, s 0.0094 with the upper limit 0.0196. (The book's 74.014 is of the rounded s.)
#[test]
fn montgomery_means_and_deviations() {
    let rings = |which| points(&qic(&own("qic/piston_rings.csv"), None, &chart(which)).unwrap());
    let means = rings(Chart::XBar);
    prints(&means, "cl", "74.001");
    prints(&means, "lcl", "73.988");
    let upper = means.rows().next().unwrap().number("ucl").unwrap();
    assert!((upper - 74.014).abs() < 0.001);
    let deviations = rings(Chart::S);
    prints(&deviations, "cl", "0.0094");
    prints(&deviations, "ucl", "0.0196");
    prints(&deviations, "lcl", "0");
}

/// The same book, appendix VI.
#[test]
fn montgomery_c4() {
    let printed = [(2, "0.7979"), (3, "0.8862"), (5, "0.9400"), (10, "0.9727"), (25, "0.9896")];
    for (number, expected) in printed {
        assert_eq!(format!("{:.4}", c4(number).unwrap()), expected);
    }
    assert_eq!((c4(0), c4(1)), (None, None));
}

/// Three measurements a point, 1 2 3 and 3 4 5: standard deviations 1, centre 3; c4 of three is
/// 0.8862, so x̄ has 3 ± 3/(0.8862 √3) = 3 ± 1.954, and s has B4 = 2.568 and B3 = 0.
#[test]
fn means_and_deviations_by_hand() {
    let lines: Vec<String> =
        ["1,1,", "1,2,", "1,3,", "2,3,", "2,4,", "2,5,"].map(str::to_owned).into();
    let (table, _) = draw(&lines, &chart(Chart::XBar));
    prints(&table, "cl", "3");
    prints(&table, "ucl", "4.954");
    prints(&table, "lcl", "1.046");
    let (table, _) = draw(&lines, &chart(Chart::S));
    prints(&table, "cl", "1");
    prints(&table, "ucl", "2.568");
    prints(&table, "lcl", "0");
}

/// Times 1 and 2^3.6 become 1 and 2: mean 1.5, range 1, sigma 1/1.128 = 0.88652. The centre is
/// 1.5^3.6 = 4.3047, the upper limit 4.15957^3.6, the lower would be below 0.
#[test]
fn times_by_hand() {
    let long = 12.125_732_532_083_184;
    let drawn = t(&some(&[1.0, long, 1.0, long]), None, true).unwrap();
    assert!(within(drawn.centre.unwrap(), 4.304_7, 1e-4));
    assert!(within(drawn.upper.unwrap(), libm::pow(4.159_574_5, 3.6), 1e-7));
    assert_eq!((drawn.lower, drawn.near_lower), (Some(0.0), None));
}

/// 4 of 40 and 8 of 40 in turn: p 0.15, sigma √(0.15 · 0.85/40) = 0.056458, each range 0.1 is
/// 1.77122 of it, over 1.128 the factor 1.57023.
#[test]
fn laney_by_hand() {
    let points = [4.0, 8.0, 4.0, 8.0].map(|events| Some((events, 40.0)));
    let prime = p_prime(&points, None, true).unwrap();
    assert!(within(prime.factor.unwrap(), 1.570_23, 1e-5));
    assert!(within(prime.sigma(40.0).unwrap(), 0.056_458 * 1.570_23, 1e-5));
    assert_eq!(prime.sigma(0.0), None);
    // All equal: nothing scatters, no factor, no limits.
    let equal = p_prime(&[Some((4.0, 40.0)); 4], None, true).unwrap();
    assert_eq!((equal.factor, equal.drawn(Some(40.0)).upper), (None, None));
    assert_eq!(p(&[None, None], None), None);
}

/// 1 and 3 on denominators of 1: √(π/2) · 2/√2 = √π; at a denominator of 4, half of that.
#[test]
fn i_prime_by_hand() {
    let points = [Some((1.0, 1.0)), Some((3.0, 1.0))];
    let found = i_prime(&points, &points, None, true).unwrap();
    let root = std::f64::consts::PI.sqrt();
    assert!(agree(found.unit_sigma.unwrap(), root));
    assert!(agree(found.drawn(Some(4.0)).upper.unwrap(), 2.0 + 1.5 * root));
    assert_eq!(found.drawn(None), Drawn { centre: Some(2.0), ..Drawn::default() });
}

/// The second difference: a subgroup whose figures are all missing is a gap on a c chart.
#[test]
fn a_subgroup_without_figures_is_no_count_of_0() {
    let lines: Vec<String> = ["1,4,", "1,2,", "2,,", "2,NA,", "3,6,"].map(str::to_owned).into();
    let (table, _) = draw(&lines, &chart(Chart::C));
    let values: Vec<_> = table.rows().map(|row| row.number("y")).collect();
    assert_eq!(values, [Some(6.0), None, Some(6.0)]);
    prints(&table, "cl", "6");
}

/// The fourth difference: the third point has no measurement and enters nothing. The others, 1 3
/// and 2 4 9, have variances 2 and 13: pooled √((1 · 2 + 2 · 13)/3) = 3.0551.
#[test]
fn a_subgroup_without_measurements_has_no_freedom() {
    let lines: Vec<String> =
        ["1,1,", "1,3,", "2,2,", "2,4,", "2,9,", "3,,"].map(str::to_owned).into();
    let (table, _) = draw(&lines, &chart(Chart::S));
    prints(&table, "cl", "3.0551");
    assert_eq!(table.rows().last().unwrap().number("ucl"), None);
}

/// The third difference: a given centre of a t chart is a time.
#[test]
fn a_given_centre_of_a_t_chart_is_a_time() {
    let drawn = t(&some(&[3.0, 5.0, 4.0]), Some(4.0), true).unwrap();
    assert!(agree(drawn.centre.unwrap(), 4.0));
}

/// Dates are put in order, and named as they were written.
#[test]
fn rows_are_put_in_order_of_their_dates() {
    let lines: Vec<String> =
        ["2026-03,3,", "2025-12,1,", "2026-01-15,2,"].map(str::to_owned).into();
    let (table, problems) = draw(&lines, &chart(Chart::Run));
    let found: Vec<_> = table.rows().map(|row| (row.text("x"), row.text("y"))).collect();
    assert_eq!(found, [("2025-12", "1"), ("2026-01-15", "2"), ("2026-03", "3")]);
    assert!(problems.is_empty());
    assert!(table.rows().all(|row| row.text("case_id") == "one" && row.text("cl") == "2"));
}
