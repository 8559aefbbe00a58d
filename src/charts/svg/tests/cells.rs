//! Shaded cells and bars: what stands in them, and that nothing leaves the picture.

use proptest::prelude::*;

use super::xml::parse;
use super::{assert_inside, layer, texts};
use crate::charts::heat::Heat;
use crate::charts::histogram::Histogram;
use crate::charts::svg::{draw, draw_narrow};
use crate::disclosure::Figure;

fn heat(rows: &[&str], columns: usize, cells: Vec<Vec<Option<Figure>>>) -> Heat {
    Heat {
        id: "hours".into(),
        title: "Detentions by weekday and hour".into(),
        subtitle: "Cases".into(),
        caption: "Darker is more.".into(),
        alt: "A table of shaded cells.".into(),
        rows: rows.iter().map(|row| (*row).to_owned()).collect(),
        columns: (0..columns).map(|column| format!("{column:02}")).collect(),
        cells,
        percent: false,
    }
}

/// Seven days by 24 hours, each cell its own number.
fn week() -> Heat {
    let number = |row: u32, column: u32| Some(Figure::for_test(f64::from(row * 24 + column)));
    let cells = (0..7).map(|row| (0..24).map(|column| number(row, column)).collect());
    heat(&["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], 24, cells.collect())
}

#[test]
fn every_cell_shows_its_number_and_a_narrow_picture_is_turned() {
    let (wide, narrow) = (draw(&week()).unwrap(), draw_narrow(&week()).unwrap());
    for svg in [&wide, &narrow] {
        assert_inside(svg);
        let mut found: Vec<u32> =
            texts(&parse(svg), "numbers").iter().map(|text| text.parse().unwrap()).collect();
        found.sort_unstable();
        assert_eq!(found, (0..168).collect::<Vec<u32>>());
        assert_eq!(layer(&parse(svg), "cells").len(), 168);
    }
    // days down the side, and all hours above; and the other way round
    assert_eq!(texts(&parse(&wide), "names")[..3], ["Mon", "Tue", "Wed"]);
    assert_eq!(texts(&parse(&wide), "names").len(), 7 + 24);
    assert_eq!(texts(&parse(&narrow), "names")[..3], ["00", "01", "02"]);
    assert_eq!(texts(&parse(&narrow), "names").last().unwrap(), "Sun");
}

#[test]
fn a_cell_without_a_number_is_empty() {
    let cells = vec![vec![None, Some(Figure::for_test(0.0))]];
    let svg = draw(&heat(&["Mon"], 2, cells)).unwrap();
    assert_eq!(texts(&parse(&svg), "numbers"), ["0"]);
    assert_eq!(layer(&parse(&svg), "cells").len(), 1);
}

#[test]
fn a_name_wider_than_a_narrow_picture_stays_inside() {
    let mut wide = heat(&[""; 9], 25, vec![vec![None; 25]; 9]);
    wide.columns[0] = "W".repeat(60);
    for svg in [draw(&wide).unwrap(), draw_narrow(&wide).unwrap()] {
        assert_inside(&svg);
    }
}

fn bars(bars: Vec<(Figure, Figure)>) -> Histogram {
    let edges = (0..bars.len()).map(|at| format!("{} h", at * 3)).collect();
    Histogram {
        id: "lengths".into(),
        title: "Detentions: how long they took".into(),
        subtitle: "Cases".into(),
        caption: "Each bar is 3 h wide.".into(),
        alt: "A bar chart.".into(),
        bars,
        edges,
        marks: vec![
            (0.5, "Half: 1 h 30 min or less".into()),
            (1.9, "Nine in ten: 6 h or less".into()),
        ],
        limits: vec![(2.0, "Limit 6 h".into())],
    }
}

#[test]
fn what_is_over_its_limit_stands_apart_and_is_named() {
    let of = |rows: f64, over: f64| (Figure::for_test(rows), Figure::for_test(over));
    let all = bars(vec![of(8.0, 0.0), of(0.0, 0.0), of(3.0, 2.0)]);
    for svg in [draw(&all).unwrap(), draw_narrow(&all).unwrap()] {
        assert_inside(&svg);
        let elements = parse(&svg);
        assert_eq!(layer(&elements, "bars").len(), 2, "one bar is empty");
        // of one bar, and of the key
        assert_eq!(layer(&elements, "over").len(), 2);
        assert!(texts(&elements, "key")[0].starts_with("Over the limit"));
        assert_eq!(texts(&elements, "word").len(), 3);
    }
    let inside = bars(vec![of(8.0, 0.0)]);
    assert!(layer(&parse(&draw(&inside).unwrap()), "over").is_empty());
}

fn figure() -> impl Strategy<Value = Figure> {
    prop_oneof![4 => 0.0..300.0_f64, 1 => Just(0.0), 1 => any::<f64>()].prop_map(Figure::for_test)
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z ]{0,60}", "\\PC{0,30}", any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_cells_stay_inside(
        rows in proptest::collection::vec(words(), 0..15),
        columns in proptest::collection::vec(words(), 0..26),
        number in figure(),
        percent: bool,
    ) {
        let cells = vec![vec![Some(number); columns.len()]; rows.len()];
        let title = rows.first().cloned().unwrap_or_default();
        let any = Heat { title, rows, columns, cells, percent, ..week() };
        for svg in [draw(&any).unwrap(), draw_narrow(&any).unwrap()] {
            assert_inside(&svg);
        }
    }

    #[test]
    fn any_bars_stay_inside(
        of in proptest::collection::vec((figure(), figure()), 0..40),
        at in -1.0..50.0_f64,
    ) {
        let mut any = bars(of);
        any.marks[0].0 = at;
        any.limits[0].0 = at + 1.0;
        for svg in [draw(&any).unwrap(), draw_narrow(&any).unwrap()] {
            assert_inside(&svg);
        }
    }
}
