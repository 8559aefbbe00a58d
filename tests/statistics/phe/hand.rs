//! Standardising, funnels, over-dispersion and quantiles by hand and from published tables.

use concordat::statistics::dispersion::{Kind, Unit, dispersion};
use concordat::statistics::funnel::axis::{Steps, ends, sizes};
use concordat::statistics::funnel::{Significance, limits};
use concordat::statistics::intervals::quantile::{Ranks, quantile};
use concordat::statistics::intervals::{Confidence, Method};
use concordat::statistics::standardised::{Compared, Stratum, direct, indirect};

use super::super::{agree, within};

const LEVEL: Confidence = Confidence::NINETY_FIVE;

/// Ranks of 95 % intervals of a median with their exact coverage: the table of Campbell and Gardner
/// (1988), *British Medical Journal* 296, 1454–1456, and the sums of binomial coefficients over 2ⁿ.
#[test]
fn ranks_of_a_median_as_published() {
    let published = [
        (6, 1, 6, 0.96875),
        (10, 2, 9, 0.978_515_625),
        (15, 4, 12, 0.964_843_75),
        (20, 6, 15, 0.958_610_534_667_968_8),
        (25, 8, 18, 0.956_714_749_336_242_7),
        (30, 10, 21, 0.957_226_054_742_932_3),
        (40, 14, 27, 0.961_522_691_715_799_7),
        (50, 18, 33, 0.967_160_862_435_731_5),
        (100, 40, 61, 0.964_799_799_782_295_2),
    ];
    for (number, lower, upper, coverage) in published {
        let ranks = Ranks::of(number, 0.5, LEVEL).unwrap();
        assert_eq!((ranks.lower, ranks.upper), (Some(lower), Some(upper)), "{number}");
        assert!(within(ranks.coverage, coverage, 1e-13), "{number}: {}", ranks.coverage);
    }
}

/// An upper end of the 90th percentile needs 0.9ⁿ ≤ 0.025, which 36 values are the first to give;
/// a lower end needs 0.1ⁿ ≤ 0.025, given by two. Five values are too few for a median: 2 · 1/32.
#[test]
fn too_few_values_have_one_end_or_none() {
    let ends = |number, share| {
        let ranks = Ranks::of(number, share, LEVEL).unwrap();
        (ranks.lower.is_some(), ranks.upper.is_some())
    };
    assert_eq!(ends(35, 0.9), (true, false));
    assert_eq!(ends(36, 0.9), (true, true));
    assert_eq!((ends(1, 0.9), ends(2, 0.9)), ((false, false), (true, false)));
    assert_eq!((ends(5, 0.5), ends(6, 0.5)), ((false, false), (true, true)));
    let one_sided = Ranks::of(2, 0.9, LEVEL).unwrap();
    assert!(agree(one_sided.coverage, 0.99), "all but both below: {}", one_sided.coverage);
    assert_eq!(Ranks::of(0, 0.5, LEVEL), None);
    assert_eq!(Ranks::of(9, 1.0, LEVEL), None);
    // 1,000,000 values: the ranks lie 1.96 standard errors of √(n/4) = 500 from the middle.
    let many = Ranks::of(1_000_000, 0.5, LEVEL).unwrap();
    assert_eq!((many.lower, many.upper), (Some(499_020), Some(500_981)));
}

/// 1 to 10: the median is 5.5, type 7 puts the 90th percentile at 1 + 0.9 · 9 = 9.1.
#[test]
fn quantiles_of_values() {
    let values: Vec<f64> = [3, 1, 2, 5, 4, 6, 10, 8, 9, 7].map(f64::from).to_vec();
    let median = quantile(&values, 0.5, LEVEL).unwrap();
    assert_eq!((median.value, median.lower, median.upper), (5.5, Some(2.0), Some(9.0)));
    assert_eq!(median.interval().unwrap().method, Method::OrderStatistics);
    let ninth = quantile(&values, 0.9, LEVEL).unwrap();
    assert!(agree(ninth.value, 9.1));
    assert_eq!((ninth.upper, ninth.interval()), (None, None));
    assert_eq!(quantile(&[], 0.5, LEVEL), None);
    assert_eq!(quantile(&[1.0, f64::NAN], 0.5, LEVEL), None);
}

/// Eleven units of 100 expected each: s = 1/20, z = 20·(√(O/100) − 1). Observed 64, 81, 81, four
/// times 100, 121, 121, 144, 196 have z −4, −2, −2, 0, 0, 0, 0, 2, 2, 4, 8. A tenth in from the
/// ends of eleven is the second: −2 and 4. Winsorised squares: 3 · 4 + 2 · 4 + 2 · 16 = 52,
/// φ = 52/11; τ² = (52 − 10) / (4400 − 4400/11) = 42/4000 = 0.0105; the last unit is then
/// 0.4/√(0.0025 + 0.0105) = 3.508 from the average, and the 95 % limits of √(O/E) are
/// 1 ± 1.959964 · 0.1140175 = 0.7765297 and 1.2234703, squared 0.602998 and 1.496880.
#[test]
fn over_dispersion_by_hand() {
    let observed = [64.0, 81.0, 81.0, 100.0, 100.0, 100.0, 100.0, 121.0, 121.0, 144.0, 196.0];
    let units = observed.map(|observed| Unit { figure: observed / 100.0, size: 100.0 });
    let found = dispersion(Kind::Events, &units, 1.0).unwrap();
    let z = [-4.0, -2.0, -2.0, 0.0, 0.0, 0.0, 0.0, 2.0, 2.0, 4.0, 8.0];
    let near = |ours: f64, theirs: f64| (ours - theirs).abs() < 1e-12;
    assert!(found.distances.iter().zip(z).all(|(ours, theirs)| near(*ours, theirs)));
    let drawn_in = z.map(|z| z.clamp(-2.0, 4.0));
    assert!(found.winsorised.iter().zip(drawn_in).all(|(ours, theirs)| near(*ours, theirs)));
    assert!(near(found.phi, 52.0 / 11.0) && near(found.between, 0.0105), "{found:?}");
    assert_eq!(format!("{:.3}", found.adjusted(units[10])), "3.508");
    let (lower, upper) = found.limits(100.0, 1.959_964);
    assert_eq!(format!("{lower:.6} {upper:.6}"), "0.602998 1.496880");
    assert_eq!(Significance::distance(3.508), Significance::HighOuter);
}

/// Two sets of proportions, worked out apart from the formulas of the papers: the first within
/// what chance explains (τ² just above 0), the second far beyond.
#[test]
fn over_dispersion_of_proportions() {
    let cases = [346.0, 76.0, 190.0, 378.0, 78.0, 522.0, 86.0, 133.0, 259.0, 120.0];
    let sets = [
        (
            [53.0, 18.0, 40.0, 66.0, 9.0, 81.0, 15.0, 28.0, 45.0, 12.0],
            1.127_780_354_649_885_5,
            0.000_304_060_375_791_809_33,
        ),
        (
            [53.0, 54.0, 40.0, 198.0, 9.0, 243.0, 15.0, 84.0, 45.0, 36.0],
            30.629_312_652_464_527,
            0.039_685_187_034_829_73,
        ),
    ];
    for (events, phi, between) in sets {
        let average = events.iter().sum::<f64>() / cases.iter().sum::<f64>();
        let unit = |(events, cases)| Unit { figure: events / cases, size: cases };
        let units: Vec<Unit> = events.into_iter().zip(cases).map(unit).collect();
        let found = dispersion(Kind::Proportion, &units, average).unwrap();
        assert!(agree(found.phi, phi) && within(found.between, between, 1e-8), "{found:?}");
    }
    let same = [Unit { figure: 0.2, size: 50.0 }; 5];
    let none = dispersion(Kind::Proportion, &same, 0.2).unwrap();
    assert_eq!((none.phi, none.between), (0.0, 0.0));
    assert_eq!(dispersion(Kind::Proportion, &same[..1], 0.2), None);
    assert_eq!(dispersion(Kind::Events, &[Unit { figure: 1.0, size: 0.0 }; 3], 1.0), None);
}

/// A half of 100: 0.5 ± 1.959964 · 0.05. The expected numbers of 10 observed are Garwood's limits,
/// 4.7954 and 18.3904.
#[test]
fn funnel_limits_by_hand() {
    let half = limits::proportion(0.5, 100.0, LEVEL);
    assert_eq!(format!("{:.6} {:.6}", half.lower, half.upper), "0.402002 0.597998");
    let ten = limits::expected(10.0, LEVEL).unwrap();
    assert_eq!(format!("{:.4} {:.4}", ten.fewest, ten.most), "4.7954 18.3904");
}

/// 7 of 10 and 3 of 10: z = 0.2·√10/0.5 = 1.265; 19 of 20 against a half is beyond both limits.
#[test]
fn where_a_unit_lies() {
    let share = |events: f64, cases| Significance::proportion(events / cases, cases, 0.5);
    assert_eq!(share(7.0, 10.0), Significance::Within);
    assert_eq!(share(15.0, 20.0), Significance::HighInner);
    assert_eq!(share(19.0, 20.0), Significance::HighOuter);
    assert_eq!(share(1.0, 20.0), Significance::LowOuter);
    // 3 observed is significantly above expected numbers below 0.6187, below those above 8.7673.
    assert_eq!(Significance::events(3.0, 0.61, 1.0), Significance::HighInner);
    assert_eq!(Significance::events(3.0, 0.63, 1.0), Significance::Within);
    assert_eq!(Significance::events(3.0, 8.76, 1.0), Significance::Within);
    assert_eq!(Significance::events(3.0, 8.78, 1.0), Significance::LowInner);
    assert_eq!(Significance::events(0.0, 8.0, 1.0), Significance::LowOuter);
}

#[test]
fn the_axis_of_a_funnel() {
    // 110 is more than twice 50: from 0 to 110 · 1.05 = 115.5, up to the second digit: 120.
    assert_eq!(ends(50.0, 110.0), (0.0, 120.0));
    // 60 is not more than twice 50: from 47.5 down to the first digit.
    assert_eq!(ends(50.0, 60.0), (40.0, 63.0));
    let to_the_end = sizes(0.0, 2_000.0, Steps::ToTheEnd);
    assert_eq!((to_the_end.len(), to_the_end[0], to_the_end[99]), (100, 1.0, 2_000.0));
    let short = sizes(0.0, 50.0, Steps::ShortOfTheEnd);
    assert_eq!((short[1], short[99]), (2.0, 100.0), "by at least 1, past the end");
}

/// Two bands, 5 of 1,000 and 30 of 2,000, standard population 3 and 1: rate
/// (3 · 0.005 + 0.015)/4 = 0.0075, variance (0.75/1000)² · 5 + (0.25/2000)² · 30 = 3.28125e-6.
/// Byar's limits of 35 are 24.376 and 48.678: 0.0075 + √(3.28125e-6/35) · (24.376 − 35) = 0.004247
/// and 0.011688.
#[test]
fn a_standardised_rate_by_hand() {
    let bands = [Stratum::independent(5.0, 1e3, 3.0), Stratum::independent(30.0, 2e3, 1.0)];
    let found = direct(&bands).unwrap();
    assert!(agree(found.rate, 0.0075) && agree(found.variance, 3.281_25e-6), "{found:?}");
    let interval = found.interval(LEVEL).unwrap();
    assert_eq!(format!("{:.6} {:.6}", interval.lower, interval.upper), "0.004247 0.011688");
    assert_eq!(direct(&bands[..1]).unwrap().interval(LEVEL), None, "fewer than ten events");
    assert_eq!(direct(&[]), None);
    assert_eq!(direct(&[Stratum::independent(5.0, 0.0, 1.0)]), None);
    assert_eq!(direct(&[Stratum::independent(5.0, 9.0, 0.0)]), None);
}

/// 1,000 and 500 people at reference rates 20/4,000 and 30/1,000: 5 + 15 = 20 expected.
#[test]
fn a_standardised_ratio_by_hand() {
    let band = |events, population, reference_events, reference_population| Compared {
        events,
        population,
        reference_events,
        reference_population,
    };
    let found = indirect(&[band(8.0, 1e3, 20.0, 4e3), band(18.0, 500.0, 30.0, 1e3)]).unwrap();
    assert!(agree(found.expected, 20.0) && agree(found.ratio(), 1.3), "{found:?}");
    assert!(agree(found.reference_rate, 0.01));
    assert_eq!(indirect(&[]), None);
    assert_eq!(indirect(&[band(1.0, 0.0, 1.0, 9.0)]), None, "nothing is expected");
    assert_eq!(indirect(&[band(1.0, 5.0, 1.0, 0.0)]), None);
}
