//! `views.csv`: every number of a page that is neither a value nor of a finding, one a row.

use super::facts;
use crate::disclosure::Figure;
use crate::disclosure::released::{Indicator, Released};
use crate::disclosure::sections::{
    Apart, Class, Coded, CostMonth, Distribution, Flow, Grid, Made, Mix, MixMonth, Part, Promise,
    Section, Setting, What, Window,
};
use crate::document::frame::{Frame, Values};
use crate::document::pictures;
use crate::period::Month;
use crate::wording::views as say;

/// A number: the row and the column it stands in, what it is, and itself.
type Row = (String, String, &'static str, Option<Figure>);

/// A number, the view and the measure it is of, and the first and last month of its window.
struct Line {
    view: String,
    measure: String,
    window: Option<Window>,
    row: (String, String, &'static str),
    value: Option<f64>,
}

/// One row a number: which view it is of, in which months, and where it stands in it. The aggregates
/// of the sections come first, then each indicator's facts, forecast and days between events.
pub fn views(released: &Released, sections: &[Section<Figure>]) -> Frame {
    let mut lines: Vec<Line> =
        sections.iter().flat_map(|section| &section.parts).flat_map(of_part).collect();
    lines.extend(released.indicators.iter().flat_map(of_indicator));
    let text = |read: &dyn Fn(&Line) -> String| {
        let cell = |line| Some(read(line)).filter(|text| !text.is_empty());
        Values::Text(lines.iter().map(cell).collect())
    };
    let month = |read: fn(Window) -> Month| {
        let cell = |line: &Line| line.window.map(|window| read(window).to_string());
        Values::Text(lines.iter().map(cell).collect())
    };
    Frame {
        columns: vec![
            ("view", text(&|line| line.view.clone())),
            ("measure", text(&|line| line.measure.clone())),
            ("first_month", month(|window| window.first)),
            ("last_month", month(|window| window.last)),
            ("row", text(&|line| line.row.0.clone())),
            ("column", text(&|line| line.row.1.clone())),
            ("figure", text(&|line| line.row.2.to_owned())),
            ("value", Values::Number(lines.iter().map(|line| line.value).collect())),
        ],
    }
}

/// The numbers of a part of a section; of an indicator those of its dated targets.
fn of_part(part: &Part<Figure>) -> Vec<Line> {
    let (view, measure, window, rows) = match part {
        Part::Made(made) => (made.id.clone(), made.measure.clone(), made.window, of_made(made)),
        Part::Indicator { id, targets: Some(targets), .. } => {
            let found = targets.iter().enumerate().flat_map(|(at, one)| of_promise(at, one));
            (format!("{id}--targets"), String::new(), None, found.collect())
        }
        _ => return Vec::new(),
    };
    let line = |(row, column, what, of): Row| Line {
        view: view.clone(),
        measure: measure.clone(),
        window,
        row: (row, column, what),
        value: of.and_then(Figure::shown),
    };
    rows.into_iter().map(line).collect()
}

/// The numbers of an indicator's part that are neither values nor of its finding.
fn of_indicator(one: &Indicator) -> impl Iterator<Item = Line> {
    let id = pictures::id(one);
    facts::numbers(one).into_iter().map(move |(part, row, what, value)| Line {
        view: format!("{id}--{part}"),
        measure: one.measure.clone().unwrap_or_default(),
        window: None,
        row: (row, String::new(), what),
        value: Some(value),
    })
}

fn named(row: impl Into<String>, column: impl Into<String>, what: &'static str, of: Figure) -> Row {
    (row.into(), column.into(), what, Some(of))
}

fn of_promise(at: usize, promise: &Promise<Figure>) -> Vec<Row> {
    let name = format!("{} by {}", at + 1, promise.by);
    let expected = promise.expected.as_ref();
    let of =
        |what: &'static str, figure: Option<Figure>| (name.clone(), String::new(), what, figure);
    vec![
        of("target", Some(promise.target)),
        of("when set", promise.then.map(|then| then.1)),
        of("expected", expected.map(|expected| expected.median)),
        of("80% from", expected.map(|expected| expected.eighty.0)),
        of("80% to", expected.map(|expected| expected.eighty.1)),
        of("probability", expected.and_then(|expected| expected.probability)),
        of("change needed", expected.and_then(|expected| expected.required)),
        of("came", promise.came.map(|came| came.1)),
    ]
}

fn of_made(made: &Made<Figure>) -> Vec<Row> {
    match &made.what {
        What::Nothing => Vec::new(),
        What::Hours { grid, .. } | What::Cross { grid, .. } => of_grid(grid),
        What::Distribution { lengths, .. } | What::Nights(lengths) => of_lengths(lengths),
        What::Mix { mix, .. } => of_mix(mix),
        What::Codes { codes, .. } => codes.rows.iter().flat_map(of_code).collect(),
        What::People(people) => {
            let class = |class: &Class<Figure>| {
                let more = if class.or_more { " or more" } else { "" };
                let name = format!("{}{more}", class.times);
                [named(&name, "", "people", class.people), named(&name, "", "cases", class.events)]
            };
            let mut rows: Vec<Row> = people.classes.iter().flat_map(class).collect();
            rows.push(named("all", "", "people", people.people));
            rows.push(named("all", "", "cases", people.events));
            rows.push(named("more than once", "", "people", people.again));
            rows.push(named("more than once", "", "cases", people.events_again));
            rows.extend(of_apart(&people.apart));
            rows
        }
        What::Cost(cost) => {
            let month = |name: String, of: &CostMonth<Figure>| {
                vec![
                    named(&name, "", "bed days", of.bed_days),
                    named(&name, "", "with a known cost", of.known),
                    (name.clone(), String::new(), "coverage", of.share),
                    named(&name, "", "pounds", of.pounds),
                ]
            };
            let mut rows: Vec<Row> =
                cost.months.iter().flat_map(|of| month(of.month.to_string(), of)).collect();
            rows.extend(month("all".to_owned(), &cost.total));
            rows
        }
        What::WhatIf { flow, settings } => of_flow(flow, settings),
    }
}

fn of_mix(mix: &Mix<Figure>) -> Vec<Row> {
    let month = |month: &MixMonth<Figure>| {
        let at = month.month.to_string();
        let all = |figures: &Option<Vec<Figure>>, what: &'static str| {
            let figures = figures.iter().flatten().zip(&mix.codes);
            figures.map(|(of, code)| named(&at, code, what, *of)).collect::<Vec<Row>>()
        };
        let mut rows = all(&month.cases, "cases");
        rows.extend(month.unknown.map(|of| named(&at, "", "not known", of)));
        rows.extend(all(&month.shares, "share"));
        rows
    };
    mix.months.iter().flat_map(month).collect()
}

fn of_flow(flow: &Flow<Figure>, settings: &[Setting<Figure>]) -> Vec<Row> {
    let mut rows = vec![
        named("now", "", "open", flow.open),
        named("now", "", "started", flow.started),
        named("now", "", "ended", flow.ended),
        named("now", "", "starts a day", flow.a_day),
        named("now", "", "mean stay", flow.mean),
        named("now", "", "undecided", flow.undecided),
    ];
    for (nights, share) in flow.lasting.iter().enumerate() {
        rows.push(named(nights.to_string(), "", "share that lasts longer", *share));
    }
    for setting in settings {
        let name = say::setting(setting.starts_share, setting.stay_share);
        rows.push(named(&name, "", "starts a month", setting.starts));
        rows.push(named(&name, "", "mean stay", setting.mean));
        for (months, open) in &setting.after {
            rows.push(named(&name, format!("{months} months"), "open", *open));
        }
        rows.push(named(&name, "long run", "open", setting.long_run));
    }
    rows
}

fn of_code(row: &Coded<Figure>) -> Vec<Row> {
    let name = row.code.clone().unwrap_or_else(|| "not known".to_owned());
    let of =
        |what: &'static str, figure: Option<Figure>| (name.clone(), String::new(), what, figure);
    vec![
        of("cases", Some(row.cases)),
        of("inside", Some(row.inside)),
        of("share", row.share),
        of("95% from", row.interval.map(|ends| ends.0)),
        of("95% to", row.interval.map(|ends| ends.1)),
        of("cases before", row.cases_before),
        of("share before", row.share_before),
    ]
}

fn of_grid(grid: &Grid<Figure>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (row, cells) in grid.rows.iter().zip(&grid.cells) {
        rows.extend(
            grid.columns.iter().zip(cells).map(|(column, of)| named(row, column, "cases", *of)),
        );
    }
    rows.extend(
        grid.rows.iter().zip(&grid.by_row).map(|(row, of)| named(row, "all", "cases", *of)),
    );
    let columns = grid.columns.iter().zip(&grid.by_column);
    rows.extend(columns.map(|(column, of)| named("all", column, "cases", *of)));
    rows.push(named("all", "all", "cases", grid.total));
    rows.extend(of_apart(&grid.apart));
    rows
}

fn of_lengths(lengths: &Distribution<Figure>) -> Vec<Row> {
    let mut rows = Vec::new();
    for band in &lengths.bands {
        let to = band.to.map_or_else(String::new, |to| to.to_string());
        let name = format!("{} to {to} seconds", band.above);
        rows.push(named(&name, "", "cases", band.rows));
        rows.push(named(&name, "", "over", band.over));
    }
    let all = |what: &'static str, of: Option<Figure>| ("all".to_owned(), String::new(), what, of);
    rows.push(all("cases", Some(lengths.known)));
    rows.push(all("over", lengths.over));
    rows.push(all("median seconds", lengths.median));
    rows.push(all("90th percentile seconds", lengths.ninetieth));
    rows.push(all("limit not told", Some(lengths.untold)));
    rows.push(all("not ended and past the limit", Some(lengths.open_over)));
    rows.extend(of_apart(&lengths.apart));
    rows
}

fn of_apart(apart: &Apart<Figure>) -> Vec<Row> {
    apart.iter().map(|(why, of)| named(say::why(*why), "", "apart", *of)).collect()
}
