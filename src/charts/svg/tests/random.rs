//! Any chart at all can be drawn, inside its view box, the same way twice.

use proptest::prelude::*;

use super::assert_inside;
use crate::charts::svg::samples::month;
use crate::charts::svg::{draw, draw_narrow};
use crate::charts::{
    Chart, ChartExpected, ChartLine, ChartPath, ChartPhase, ChartPoint, Direction, Mark, sparkline,
};
use crate::disclosure::Figure;
use crate::unit::Unit;

fn value() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => 0.0..1.0_f64,
        8 => 0.0..500.0_f64,
        2 => -1e4..1e7_f64,
        1 => any::<f64>(),
    ]
}

fn figure() -> impl Strategy<Value = Option<Figure>> {
    proptest::option::of(value().prop_map(Figure::for_test))
}

fn mark() -> impl Strategy<Value = Mark> {
    let direction = prop_oneof![Just(Direction::High), Just(Direction::Low)];
    (0..6_u8, direction).prop_map(|(kind, direction)| match kind {
        0 => Mark::Improvement(direction),
        1 => Mark::Concern(direction),
        2 => Mark::Neither(direction),
        _ => Mark::Common,
    })
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-zA-Z ]{0,120}", "\\PC{0,40}", any::<String>()]
}

fn phases() -> impl Strategy<Value = Vec<ChartPhase>> {
    let limits = || {
        let level = (figure(), 0..30_usize).prop_map(|(limit, points)| vec![limit; points]);
        prop_oneof![level, proptest::collection::vec(figure(), 0..30)]
    };
    let phase = (0..90_usize, 0..30_usize, figure(), any::<bool>(), limits(), limits());
    let phase = phase.prop_map(|(first, more, mean, median, lower, upper)| ChartPhase {
        first,
        last: first + more,
        mean,
        median,
        lower,
        upper,
    });
    proptest::collection::vec(phase, 0..5)
}

fn lines() -> impl Strategy<Value = (Vec<ChartLine>, Option<ChartPath>)> {
    let target = (0..90_usize, 0..30_usize, value()).prop_map(|(first, more, value)| ChartLine {
        first,
        last: first + more,
        value: Figure::for_test(value),
    });
    let at = (0..120_usize, value())
        .prop_map(|(after, value)| (month("2010-04", after), Figure::for_test(value)));
    let path = (proptest::collection::vec(at, 0..4), any::<bool>())
        .prop_map(|(points, stated)| ChartPath { points, stated });
    (proptest::collection::vec(target, 0..4), proptest::option::of(path))
}

fn forecast() -> impl Strategy<Value = Vec<ChartExpected>> {
    let figure = || value().prop_map(Figure::for_test);
    let ends = || (figure(), figure());
    let expected = (0..120_usize, figure(), ends(), ends()).prop_map(
        |(after, median, eighty, ninety_five)| ChartExpected {
            start: month("2010-04", after),
            median,
            eighty,
            ninety_five,
        },
    );
    proptest::collection::vec(expected, 0..4)
}

fn chart() -> impl Strategy<Value = Chart> {
    let point = (figure(), mark(), any::<bool>());
    let points = proptest::collection::vec(point, 0..90);
    let notes = proptest::collection::vec((0..100_usize, words()), 0..8);
    let texts = (words(), words(), words(), words());
    (0..Unit::ALL.len(), 1..4_usize, points, phases(), (lines(), forecast()), notes, texts)
        .prop_map(|(unit, step, points, phases, ((targets, path), forecast), notes, texts)| Chart {
            id: texts.3.clone(),
            title: texts.0,
            subtitle: texts.1,
            caption: texts.2,
            alt: texts.3,
            unit: Unit::ALL[unit],
            points: (0..)
                .zip(points)
                .map(|(at, (value, mark, hollow))| ChartPoint {
                    start: month("2010-04", at * step),
                    value,
                    mark,
                    hollow,
                })
                .collect(),
            phases,
            targets,
            path,
            forecast,
            annotations: notes
                .into_iter()
                .map(|(after, text)| (month("2010-04", after), text))
                .collect(),
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_chart_is_drawn_inside_and_the_same_twice(chart in chart()) {
        for svg in [draw, draw_narrow] {
            let first = svg(&chart).unwrap();
            assert_inside(&first);
            prop_assert_eq!(first, svg(&chart).unwrap());
        }
        assert_inside(&sparkline::draw(&chart));
    }
}
