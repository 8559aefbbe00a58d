//! Forecasts by hand, against a second computation, and where there is none.

use concordat::statistics::forecast::{
    Because, Model, Nature, Part, Refusal, backtest, carried, forecast, theil_sen,
};
use concordat::statistics::signals::{Side, Signal};
use serde::Deserialize;

use super::{agree, own, some, within};

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    nature: String,
    values: Vec<f64>,
    #[serde(default)]
    cases: Vec<f64>,
    #[serde(default)]
    expected: f64,
    horizon: usize,
    weights: Vec<f64>,
    median: f64,
    eighty: [f64; 2],
    ninety_five: [f64; 2],
    level: f64,
    at_or_below: f64,
}

fn with_gaps(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().map(|value| value.is_finite().then_some(*value)).collect()
}

/// Nine digits, of a number that may be 0 eight decimals.
fn close(ours: f64, theirs: f64) -> bool {
    agree(ours, theirs) || (ours - theirs).abs() < 1e-9
}

/// Bands, medians, weights and probabilities of every nature, with gaps, steps and trends.
#[test]
fn forecasts_agree_with_a_second_computation() {
    let text = std::fs::read_to_string(own("forecast.toml")).unwrap();
    let cases: Cases = toml::from_str(&text).unwrap();
    for case in &cases.case {
        let values = with_gaps(&case.values);
        let known = some(&case.cases);
        let nature = match case.nature.as_str() {
            "counts" => Nature::Counts,
            "shares" => Nature::Shares { cases: &known, expected: case.expected },
            "stock" => Nature::Stock,
            _ => Nature::Measured,
        };
        let forecast = forecast(&values, nature).unwrap();
        let ahead = forecast.ahead(case.horizon);
        let ours = [
            ahead.median,
            ahead.eighty.lower,
            ahead.eighty.upper,
            ahead.ninety_five.lower,
            ahead.ninety_five.upper,
            ahead.law.at_or_below(case.level),
        ];
        let [[low, high], [lowest, highest]] = [case.eighty, case.ninety_five];
        let theirs = [case.median, low, high, lowest, highest, case.at_or_below];
        for (ours, theirs) in ours.iter().zip(theirs) {
            assert!(close(*ours, theirs), "{}: {ours} is not {theirs}", case.name);
        }
        for ((ours, _), theirs) in forecast.lines().iter().zip(&case.weights) {
            assert!(close(*ours, *theirs), "{}: weight {ours} is not {theirs}", case.name);
        }
    }
    println!("forecast.toml: {} cases agree", cases.case.len());
    assert_eq!(cases.case.len(), 45);
}

/// Sen's own example (1968, section 6): 21 slopes, their median 4.
#[test]
fn sens_example() {
    let at = [1.0, 2.0, 3.0, 4.0, 10.0, 12.0, 18.0];
    let values = [9.0, 15.0, 19.0, 20.0, 45.0, 55.0, 78.0];
    assert_eq!(theil_sen(&at, &values), Some(4.0));
    assert_eq!(theil_sen(&[1.0, 1.0], &[1.0, 2.0]), None);
}

/// 4, 6, 5, 7, 3, 5: mean 5, squares 1 + 1 + 0 + 4 + 4 + 0 = 10, s² = 10/5 = 2; a single value to
/// come has variance 2 · (1 + 1/6) = 7/3 with 5 degrees.
///
/// Slopes of the 15 pairs, by distance: 2, −1, 2, −4, 2; 1/2, 1/2, −1, −1; 1, −1, 0; −1/4, −1/4;
/// 1/5. Sorted the eighth is 0: the slope is 0, and the straight line has variance
/// 10/4 · (1 + 1/6 + π/3 · 3.5²/17.5) one period ahead, 3.5 periods from the middle.
///
/// Both lines leave 10 over. The level takes one number from the values, the slope two, so that
/// their weights are as √6 to 1.
#[test]
fn a_stable_mean_by_hand() {
    let forecast = forecast(&some(&[4.0, 6.0, 5.0, 7.0, 3.0, 5.0]), Nature::Measured).unwrap();
    assert_eq!((forecast.model, forecast.because), (Model::Level, Because::Fits));
    let weight = 6.0_f64.sqrt() / (1.0 + 6.0_f64.sqrt());
    assert!(agree(forecast.weight, weight));
    let ahead = forecast.ahead(1);
    let [(first, Part::Measured(level)), (_, Part::Measured(slope))] = ahead.law.parts() else {
        panic!("{:?}", ahead.law);
    };
    assert!(agree(*first, weight));
    assert_eq!((level.centre, level.freedom, slope.centre, slope.freedom), (5.0, 5.0, 5.0, 4.0));
    assert!(agree(level.scale, (7.0_f64 / 3.0).sqrt()));
    let doubt = 1.0 / 6.0 + std::f64::consts::PI / 3.0 * 0.7;
    assert!(agree(slope.scale, (2.5 * (1.0 + doubt)).sqrt()));
}

/// With r = 0.6: 10, 14, 12. Less what is carried over: 10, 14 − 6 = 8, 12 − 8.4 = 3.6; of a mean
/// of 1: 1, 0.4, 0.4; variances 1, 0.64, 0.64. Mean: (10 + 3.2/0.64 + 1.44/0.64)/(1 + 2 · 0.16/0.64)
/// = 17.25/1.5 = 11.5, its variance 2/3. Left over: −1.5, 3.4, −1: 2.25 + 11.56/0.64 + 1/0.64 =
/// 21.875, over 2 degrees 10.9375.
///
/// Two periods ahead 0.36 of 12 − 11.5 = 0.5 is left: 11.68; variance 10.9375 · (1 − 0.1296 +
/// 0.64² · 2/3) = 10.9375 · 1.1434667 = 12.506667.
#[test]
fn a_stock_reverts_by_hand() {
    let carried = carried(&some(&[10.0, 14.0, 12.0]));
    let ways = carried.ways.iter().map(|(_, way)| way);
    let way = ways.clone().find(|way| within(way.r, 0.6, 1e-12)).unwrap();
    assert!(agree(way.level, 11.5) && agree(way.doubt[0], 2.0 / 3.0));
    assert!(agree(way.deviation * way.deviation, 10.9375));
    let ahead = way.ahead(2);
    assert!(agree(ahead.centre, 11.68) && agree(ahead.scale * ahead.scale, 37.52 / 3.0));
    let whole: f64 = carried.ways.iter().map(|(weight, _)| weight).sum();
    assert!(agree(whole, 1.0));
}

#[test]
fn what_leads_is_named() {
    let rising: Vec<f64> = (0..12).map(|at| 10.0 + 3.0 * f64::from(at)).collect();
    let forecast_of = |values: &[f64]| forecast(&some(values), Nature::Measured).unwrap();
    let forecast = forecast_of(&rising);
    assert_eq!(forecast.model, Model::Slope { per_period: 3.0 });
    assert_eq!(forecast.because, Because::Signalled(Signal::Trend(Side::High)));
    assert!(close(forecast.ahead(2).median, 49.0));
    let stepped = [[5.0, 6.0, 4.0].repeat(3), [25.0, 26.0, 24.0].repeat(3)].concat();
    let forecast = forecast_of(&stepped);
    assert_eq!(forecast.model, Model::LatestLevel { first: 9 });
    assert_eq!(forecast.because, Because::Signalled(Signal::Shift(Side::High)));
    assert!(forecast.weight > 0.999 && (forecast.ahead(6).median - 25.0).abs() < 0.1);
}

/// A series that never moves is forecast as it is, of whatever nature.
#[test]
fn what_never_moves_stays() {
    for value in [0.0, 0.1, 7.0] {
        for nature in [Nature::Measured, Nature::Stock] {
            let ahead = forecast(&some(&[value; 14]), nature).unwrap().ahead(12);
            let ends = [ahead.median, ahead.ninety_five.lower, ahead.ninety_five.upper];
            for end in ends {
                assert!((end - value).abs() < 1e-6, "{nature:?}: {end} is not {value}");
            }
        }
    }
    // No event in 14 periods: 0 is to be expected, 1 is possible.
    let ahead = forecast(&some(&[0.0; 14]), Nature::Counts).unwrap().ahead(1);
    assert_eq!((ahead.median, ahead.eighty.upper), (0.0, 0.0));
    assert!((0.9..0.99).contains(&ahead.law.at_or_below(0.0)));
}

#[test]
fn no_forecast_leaves_what_can_be() {
    let falling: Vec<f64> = (0..20).map(|at| (60.0 - 3.0 * f64::from(at)).max(1.0)).collect();
    for nature in [Nature::Measured, Nature::Counts, Nature::Stock] {
        let ahead = forecast(&some(&falling), nature).unwrap().ahead(12);
        assert!(ahead.ninety_five.lower >= 0.0 && ahead.median >= 0.0);
        assert_eq!(ahead.law.at_or_above(0.0), 1.0);
        assert_eq!(ahead.law.at_or_below(-1.0), 0.0);
    }
    let cases = [Some(20.0); 12];
    let nature = Nature::Shares { cases: &cases, expected: 20.0 };
    let rising: Vec<f64> = (0..12).map(|at| 0.45 + 0.05 * f64::from(at)).collect();
    let ahead = forecast(&some(&rising), nature).unwrap().ahead(12);
    assert!(ahead.ninety_five.upper <= 1.0 && agree(ahead.law.at_or_below(1.0), 1.0));
    // Bands are of whole cases.
    for end in [ahead.eighty.lower, ahead.eighty.upper] {
        assert!(close(end * 20.0, (end * 20.0).round()));
    }
}

#[test]
fn what_cannot_be_forecast_says_why() {
    let why = |values: &[Option<f64>], nature| forecast(values, nature).unwrap_err();
    let five = [Some(1.0), None, Some(2.0), Some(1.0), Some(3.0), Some(2.0)];
    assert_eq!(why(&five, Nature::Measured), Refusal::TooFew(5));
    assert_eq!(why(&[], Nature::Stock), Refusal::TooFew(0));
    assert_eq!(why(&[Some(-1.0); 8], Nature::Counts), Refusal::NotSuch);
    assert_eq!(why(&[Some(f64::NAN); 8], Nature::Measured), Refusal::NotSuch);
    let cases = [Some(10.0); 8];
    let shares = |expected| Nature::Shares { cases: &cases, expected };
    assert_eq!(why(&[Some(1.5); 8], shares(10.0)), Refusal::NotSuch);
    assert_eq!(why(&[Some(0.5); 8], shares(0.0)), Refusal::NoCases);
    let unknown = Nature::Shares { cases: &[None; 8], expected: 10.0 };
    assert_eq!(why(&[Some(0.5); 8], unknown), Refusal::NoCases);
}

/// Six 5s and then 5, 5, 9: each of the last three is forecast as 5 from what lies before it, one
/// period ahead. The first two are right, the third is off by 4 and outside bands without width.
#[test]
fn a_back_test_by_hand() {
    let values = [5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 9.0];
    let found = backtest(&some(&values), Nature::Measured, 1, usize::MAX).unwrap();
    assert_eq!((found.horizon, found.origins, found.inside_eighty), (1, 3, 2));
    assert!(agree(found.error, 4.0 / 3.0));
    assert_eq!(backtest(&some(&values[..6]), Nature::Measured, 1, usize::MAX), None);
    let further = backtest(&some(&values), Nature::Measured, 3, usize::MAX).unwrap();
    assert_eq!((further.origins, further.inside_eighty), (1, 0));
}
