//! What a series said a month earlier.

use concordat::indicators::Better;
use concordat::indicators::target::Goal;
use concordat::judgement::judge;
use concordat::judgement::rating::Colour;
use concordat::series::Nature;

use super::build::{feed, indicator, judged, month, monthly, target};

/// None in 2016 and January 2017, one in February, which has not settled in March. As at February the
/// event is there too, provisional, and counts; as at January it is not.
#[test]
fn an_event_in_the_month_that_was_added_is_new() {
    let never = indicator(Better::Lower, vec![target(Goal::Never)]);
    let mut values = vec![Some(0.0); 13];
    values.push(Some(1.0));
    let series = monthly(Nature::Count, "2016-01", &values);
    let at = |as_at: &str| {
        let found = judge(&never, "testshire", None, series.clone(), &feed(), month(as_at));
        let found = found.with_before(&feed());
        let before = found.before.unwrap();
        assert_eq!(before.as_at, month(as_at).plus(-1));
        (found.rating.code, before.rating.code, before.period.unwrap().first_month())
    };
    assert_eq!(at("2017-02"), ("E1", "E3", month("2016-12")));
    assert_eq!(at("2017-03"), ("E1", "E1", month("2017-01")));
}

/// Nine months of 10, then 10, 10, 30 against at most 12: the month that is added misses.
#[test]
fn it_is_what_the_series_would_have_been_a_month_earlier() {
    let at_most = indicator(Better::Lower, vec![target(Goal::AtMost(12.0))]);
    let mut values = [9.0, 11.0, 10.0].repeat(5).into_iter().map(Some).collect::<Vec<_>>();
    values.push(Some(30.0));
    let series = monthly(Nature::Count, "2016-01", &values);
    let found = judged(&at_most, series.clone()).with_before(&feed());
    let earlier = judge(&at_most, "testshire", None, series, &feed(), found.as_at.plus(-1));
    let before = found.before.unwrap();
    assert_eq!(found.facts.value, Some(30.0));
    assert_eq!((before.value, before.rating.colour), (Some(10.0), Colour::Green));
    assert_eq!(before.rating, earlier.rating);
    assert_eq!(before.variation, earlier.facts.variation);
    assert_eq!(before.period, earlier.facts.period);
}
