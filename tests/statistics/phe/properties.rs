//! What must hold whatever the figures.

use std::fmt::Write;

use concordat::statistics::funnel::limits;
use concordat::statistics::intervals::quantile::quantile;
use concordat::statistics::intervals::repeats::Repeats;
use concordat::statistics::intervals::{Confidence, events};
use concordat::statistics::standardised::{Compared, Stratum, direct, indirect};
use concordat::stats::{
    Settings, dsr, funnel, isr, mean, proportion, quantile as quantiles, rate, smr,
};
use proptest::prelude::*;

use super::super::agree;

const LEVEL: Confidence = Confidence::NINETY_FIVE;

/// A cell that a table may hold, mostly sound.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (0_u32..50).prop_map(|number| number.to_string()),
        1 => (-1e9..1e9_f64).prop_map(|number| number.to_string()),
        1 => prop::sample::select(vec!["", "NA", "x", "inf", "NaN", "-0", "1e308", "1e-308", "0.95"])
            .prop_map(str::to_owned),
    ]
}

const COLUMNS: [&str; 13] =
    ["area", "ageband", "x", "n", "stdpop", "xr", "nr", "v", "num", "den", "rate", "set", "id"];

proptest! {
    #[test]
    fn alike_bands_have_the_crude_rate(
        events in 10_u32..5_000, bands in prop::collection::vec(1_u32..100, 1..20),
    ) {
        // Bands with the same rate, in proportion to the standard population.
        let people = |share: u32| f64::from(share) * 1e4;
        let all: f64 = bands.iter().map(|share| people(*share)).sum();
        let crude = f64::from(events) / all;
        let strata: Vec<Stratum> = bands
            .iter()
            .map(|share| Stratum::independent(people(*share) * crude, people(*share), f64::from(*share)))
            .collect();
        let found = direct(&strata).unwrap();
        prop_assert!(agree(found.rate, crude) && agree(found.events, f64::from(events)));
        if let Some(interval) = found.interval(LEVEL) {
            let plain = events::byar(found.events, LEVEL).unwrap();
            prop_assert!(agree(interval.lower, plain.lower / all));
            prop_assert!(agree(interval.upper, plain.upper / all));
            prop_assert!(interval.holds(found.rate));
        }
    }

    #[test]
    fn the_standard_against_itself_is_one(
        bands in prop::collection::vec((1_u32..500, 1_u32..100_000), 1..20),
    ) {
        let bands: Vec<Compared> = bands
            .into_iter()
            .map(|(events, population)| (f64::from(events), f64::from(population)))
            .map(|(events, population)| Compared {
                events, population, reference_events: events, reference_population: population,
            })
            .collect();
        let found = indirect(&bands).unwrap();
        prop_assert!(agree(found.ratio(), 1.0));
        prop_assert!(found.interval(LEVEL).unwrap().holds(1.0));
    }

    #[test]
    fn funnels_close_on_the_average(share in 0.01..0.99_f64, size in 1_u32..10_000) {
        let size = f64::from(size);
        let width = |limits: limits::Limits| limits.upper - limits.lower;
        let (small, large) = (
            limits::proportion(share, size, LEVEL),
            limits::proportion(share, size * 100.0, LEVEL),
        );
        prop_assert!(small.lower < share && share < small.upper);
        prop_assert!(agree(width(small), 10.0 * width(large)));
        let (few, many) = (limits::expected(size, LEVEL).unwrap(), limits::expected(size * 100.0, LEVEL).unwrap());
        prop_assert!(few.fewest < size && size < few.most);
        prop_assert!(size / few.fewest > size * 100.0 / many.fewest);
        prop_assert!(size / few.most < size * 100.0 / many.most);
    }

    #[test]
    fn intervals_of_repeats_hold_the_rate_and_narrow_with_persons(
        persons in prop::collection::vec((1_u32..12, 0_u32..200), 1..8), times in 2_u32..20,
    ) {
        let of = |times: u32| {
            let pairs: Vec<(f64, f64)> =
                persons.iter().map(|(k, n)| (f64::from(*k), f64::from(n * times))).collect();
            Repeats::of(&pairs).unwrap()
        };
        let (small, large) = (of(1), of(times));
        let one = small.rate(100.0, LEVEL).unwrap();
        let other = large.rate(100.0 * f64::from(times), LEVEL).unwrap();
        prop_assert!(one.holds(small.events / 100.0));
        prop_assert!(other.upper - other.lower < one.upper - one.lower || small.events == 0.0);
        let plain = events::rate(small.events, 100.0, LEVEL).unwrap();
        prop_assert!(one.lower <= plain.lower && plain.upper <= one.upper);
    }

    #[test]
    fn intervals_of_quantiles_hold_them(
        values in prop::collection::vec(-1e3..1e3_f64, 1..80), share in 0.01..0.99_f64,
    ) {
        let found = quantile(&values, share, LEVEL).unwrap();
        prop_assert!(found.lower.is_none_or(|lower| lower <= found.value));
        prop_assert!(found.upper.is_none_or(|upper| found.value <= upper));
        prop_assert!(found.ranks.coverage >= 0.95 - 1e-9);
        let wider = quantile(&values, share, Confidence::new(0.99).unwrap()).unwrap();
        prop_assert!(wider.ranks.lower <= found.ranks.lower);
    }

    #[test]
    fn any_table_is_answered_or_named(
        rows in prop::collection::vec(prop::collection::vec(cell(), COLUMNS.len()), 1..12),
        more in prop::option::of(prop::sample::select(vec!["conf", "eventfreq", "multiplier"])),
    ) {
        let mut text = COLUMNS.join(",");
        let last = more.unwrap_or("other");
        writeln!(text, ",{last}").unwrap();
        for (at, row) in rows.iter().enumerate() {
            writeln!(text, "{},{}", row.join(","), ["1", "0.95", "2", "x"][at % 4]).unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("in.csv");
        std::fs::write(&input, text).unwrap();
        let settings = Settings::times(100.0);
        let options = funnel::Options { over_dispersion: true, ..funnel::Options::default() };
        let answers = [
            proportion::proportion(&input, &settings),
            rate::rate(&input, &settings),
            mean::mean(&input, &settings),
            quantiles::quantile(&input, &settings, "0.5".parse().unwrap()),
            dsr::dsr(&input, &settings),
            isr::isr(&input, &settings),
            smr::smr(&input, &settings),
            funnel::funnel(&input, &options),
        ];
        for answer in answers {
            let answer = answer.unwrap();
            let answered = answer.tables.iter().any(|table| super::text(table).lines().count() > 1);
            prop_assert!(answered || !answer.problems.is_empty());
        }
    }
}
