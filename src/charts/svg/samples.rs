//! Charts of the kinds that packs hold, made by hand, for tests.

use chrono::{Months, NaiveDate};

use crate::charts::{
    Chart, ChartExpected, ChartLine, ChartPath, ChartPhase, ChartPoint, Direction::High,
    Direction::Low, Mark,
};
use crate::disclosure::Figure;
use crate::unit::Unit;

/// A month's first day.
pub(crate) fn month(start: &str, after: usize) -> NaiveDate {
    let start: NaiveDate = format!("{start}-01").parse().unwrap();
    start + Months::new(u32::try_from(after).unwrap())
}

/// A chart of values without phases; `None` is a gap.
pub(crate) fn chart(id: &str, unit: Unit, start: &str, values: &[Option<f64>]) -> Chart {
    let points = values.iter().enumerate().map(|(at, value)| ChartPoint {
        start: month(start, at),
        value: value.map(Figure::for_test),
        mark: Mark::Common,
        hollow: false,
    });
    Chart {
        id: id.to_owned(),
        title: "A title that says what the chart shows".to_owned(),
        subtitle: "What is measured, monthly, whole county".to_owned(),
        caption: "XmR chart. Synthetic data.".to_owned(),
        alt: "The same in words.".to_owned(),
        unit,
        points: points.collect(),
        phases: vec![],
        targets: vec![],
        path: None,
        forecast: vec![],
        annotations: vec![],
    }
}

/// Mean and limits over a stretch.
pub(crate) fn phase(first: usize, last: usize, mean: f64, spread: f64) -> ChartPhase {
    ChartPhase {
        first,
        last,
        mean: Some(Figure::for_test(mean)),
        median: false,
        lower: vec![Some(Figure::for_test(mean - spread)); (last + 1).saturating_sub(first)],
        upper: vec![Some(Figure::for_test(mean + spread)); (last + 1).saturating_sub(first)],
    }
}

/// A target over a stretch.
pub(crate) fn target(first: usize, last: usize, value: f64) -> ChartLine {
    ChartLine { first, last, value: Figure::for_test(value) }
}

/// A wave that a hand could draw, `spread` to either side of `level`.
pub(crate) fn wave(count: u32, level: f64, spread: f64) -> Vec<Option<f64>> {
    let turn = |at: u32| f64::from((at * 7 + at * at % 5 * 3) % 13) / 6.0 - 1.0;
    (0..count).map(|at| Some(level + spread * turn(at))).collect()
}

/// 63 months of detentions: two phases, special causes both ways, a target, a month not final.
pub(crate) fn detentions() -> Chart {
    let mut values: Vec<_> = wave(36, 312.0, 28.0).iter().map(|v| v.map(f64::round)).collect();
    values.extend(wave(27, 226.0, 24.0).iter().map(|v| v.map(f64::round)));
    values[17] = Some(401.0);
    let mut chart = chart("s136-detentions", Unit::Count, "2012-07", &values);
    chart.title = "Detentions under section 136 fell after street triage began, and have stayed \
                   near 226 a month since"
        .to_owned();
    chart.subtitle = "Detentions under section 136, number each month, whole county".to_owned();
    chart.caption = "XmR chart: limits are the mean ± 3 × mean moving range / 1.128, each phase \
                     for itself. Synthetic data. Source: police s136 records, to September 2017."
        .to_owned();
    chart.points[17].mark = Mark::Concern(High);
    for at in 52..60 {
        chart.points[at].mark = Mark::Improvement(Low);
    }
    chart.points[62].hollow = true;
    chart.phases = vec![phase(0, 35, 312.4, 78.0), phase(36, 62, 226.3, 69.9)];
    chart.targets = vec![target(24, 47, 250.0), target(48, 62, 220.0)];
    chart.annotations = vec![
        (month("2012-07", 36), "Street triage starts in the whole county".to_owned()),
        (month("2012-07", 17), "Custody closed for repairs".to_owned()),
    ];
    chart
}

/// A share with the plan's own line to a target that is still to come.
pub(crate) fn ambulance_share() -> Chart {
    let mut values = wave(26, 0.58, 0.07);
    for (at, value) in values.iter_mut().enumerate().skip(14) {
        *value = value.map(|v| v + 0.012 * f64::from(u8::try_from(at).unwrap() - 13));
    }
    let mut chart = chart("conveyed", Unit::Proportion, "2015-04", &values);
    chart.title = "More people are taken to a place of safety by ambulance".to_owned();
    chart.subtitle = "Share of detentions conveyed by ambulance, monthly, whole county".to_owned();
    for at in 20..26 {
        chart.points[at].mark = Mark::Improvement(High);
    }
    chart.phases = vec![phase(0, 25, 0.604, 0.121)];
    chart.path = Some(ChartPath {
        points: vec![
            (month("2015-04", 12), Figure::for_test(0.6)),
            (month("2015-04", 24), Figure::for_test(0.7)),
            (month("2015-04", 36), Figure::for_test(0.9)),
        ],
        stated: true,
    });
    chart.annotations = vec![(month("2015-04", 13), "Ambulance protocol agreed".to_owned())];
    chart
}

/// Response times with months that were not delivered.
pub(crate) fn response_times() -> Chart {
    let mut values = wave(40, 505.0, 70.0);
    values[15..20].fill(None);
    values[31] = Some(742.0);
    let mut chart = chart("response", Unit::Seconds, "2014-06", &values);
    chart.title = "Response times are as they were: between 5 and 11 minutes".to_owned();
    chart.subtitle = "Category 2 mean response, monthly".to_owned();
    chart.points[31].mark = Mark::Concern(High);
    chart.phases = vec![phase(0, 39, 505.0, 168.0)];
    chart.targets = vec![target(0, 39, 480.0)];
    chart
}

/// Eight months: no limits yet; the straight line is ours.
pub(crate) fn young() -> Chart {
    let values = [41.0, 38.0, 44.0, 40.0, 35.0, 39.0, 33.0, 36.0].map(Some);
    let mut chart = chart("young", Unit::Count, "2017-02", &values);
    chart.points[7].hollow = true;
    chart.path = Some(ChartPath {
        points: vec![
            (month("2017-02", 0), Figure::for_test(41.0)),
            (month("2017-02", 13), Figure::for_test(20.0)),
        ],
        stated: false,
    });
    chart.targets = vec![target(0, 7, 20.0)];
    chart
}

/// A target that lies ahead, with a forecast whose outer band goes below 0.
pub(crate) fn expected() -> Chart {
    let mut chart = young();
    chart.id = "expected".to_owned();
    chart.forecast = (8..14_u8)
        .map(|at| {
            let [wide, wider] = [8.0, 30.0].map(|spread| spread + 0.8 * f64::from(at - 8));
            let around =
                |spread: f64| (Figure::for_test(34.0 - spread), Figure::for_test(34.0 + spread));
            ChartExpected {
                start: month("2017-02", at.into()),
                median: Figure::for_test(34.0),
                eighty: around(wide),
                ninety_five: around(wider),
            }
        })
        .collect();
    chart
}

/// Rare events: mostly none.
pub(crate) fn rare() -> Chart {
    let values = [
        0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0,
        0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
    ]
    .map(Some);
    let mut chart = chart("children-in-cells", Unit::Count, "2015-10", &values);
    chart.title = "No child has been held in a cell since January 2017".to_owned();
    chart.phases = vec![phase(0, 23, 0.21, 1.06)];
    chart.targets = vec![target(0, 23, 0.0)];
    chart
}

/// Twelve phases and long reasons: too much to write above the plot.
pub(crate) fn crowded() -> Chart {
    let mut chart = chart("crowded", Unit::BedDaysPerDay, "2008-04", &wave(120, 14.0, 3.0));
    for at in 0..12 {
        chart.phases.push(phase(
            at * 10,
            at * 10 + 9,
            14.0 + f64::from(u8::try_from(at % 3).unwrap()),
            4.0,
        ));
        let reason = "The way of counting changed again, this time because the contract, the \
                      system and the ward's name changed in the same month";
        chart.annotations.push((month("2008-04", at * 10), reason.to_owned()));
    }
    chart.points[70].mark = Mark::Neither(High);
    chart
}
