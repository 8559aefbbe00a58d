//! One series: its rows, what is wrong with them, and its points.

use chrono::{Datelike, NaiveDate};

use super::chart::{Chart, Figures};
use super::settings::{Aggregate, Settings};
use crate::error::Error;
use crate::statistics::limits::run::median;
use crate::statistics::limits::xbar::Subgroup;
use crate::statistics::sums;
use crate::stats::table::Row;

/// Rows of one name that can be read, in order of `x`, those that share one together.
pub(super) struct Series<'a> {
    /// Its first row in the file.
    pub(super) row: Row<'a>,
    groups: Vec<Vec<Figure<'a>>>,
    /// Whether any row has a denominator.
    has_n: bool,
}

/// A row's figures.
struct Figure<'a> {
    row: Row<'a>,
    at: At,
    y: Option<f64>,
    n: Option<f64>,
}

/// Where on the axis: a number, or a date by its day.
#[derive(Clone, Copy, PartialEq)]
enum At {
    Number(f64),
    Date(f64),
}

/// One point: what the rows that share an `x` come to.
pub(super) struct Point<'a> {
    /// As written in the first of them.
    pub(super) x: &'a str,
    /// The value drawn: a share or rate where there are denominators, else as aggregated.
    pub(super) value: Option<f64>,
    /// Sum of `y`.
    pub(super) sum: Option<f64>,
    /// Sum of `n` of the rows that have both figures, 0 where none has; `None` where the chart
    /// does not look at `n` or the series has none.
    pub(super) size: Option<f64>,
    /// The single measurements.
    pub(super) measured: Subgroup,
}

impl<'a> Series<'a> {
    /// Reads the rows of the series of that name.
    ///
    /// # Errors
    /// All cells that are not what they should be.
    pub(super) fn read(name: &str, rows: &[Row<'a>]) -> Result<Self, Vec<Error>> {
        let mut problems = Vec::new();
        let mut figures: Vec<Figure<'_>> = Vec::new();
        for row in rows {
            let mut number = |heading| match row.number(heading) {
                Ok(number) => number,
                Err(error) => {
                    problems.push(about_series(name, error));
                    None
                }
            };
            let (y, n) = (number("y"), number("n"));
            match position(*row) {
                Ok(at) => figures.push(Figure { row: *row, at, y, n }),
                Err(error) => problems.push(about_series(name, error)),
            }
        }
        let dated = |figure: &Figure<'_>| matches!(figure.at, At::Date(_));
        if let Some(first) = figures.first().map(dated)
            && let Some(other) = figures.iter().find(|figure| dated(figure) != first)
        {
            let x = other.row.text("x");
            problems.push(about_series(
                name,
                other
                    .row
                    .problem(format!("`x` is `{x}`; rows above have another kind of `x`"))
                    .help("write numbers in all rows of a series, or dates in all"),
            ));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        figures.sort_by(|one, other| one.at.order().total_cmp(&other.at.order()));
        let has_n = figures.iter().any(|figure| figure.n.is_some());
        let mut groups: Vec<Vec<Figure<'_>>> = Vec::new();
        for figure in figures {
            match groups.last_mut() {
                Some(group) if group.first().is_some_and(|first| first.at == figure.at) => {
                    group.push(figure);
                }
                _ => groups.push(vec![figure]),
            }
        }
        match rows.first() {
            Some(row) => Ok(Self { row: *row, groups, has_n }),
            None => Err(problems),
        }
    }

    /// How many points there are.
    pub(super) fn length(&self) -> usize {
        self.groups.len()
    }

    /// Every row that this chart cannot be drawn of.
    pub(super) fn faults(&self, about: &str, chart: Chart) -> Vec<Error> {
        let name = chart.name();
        if chart.needs_n() && !self.has_n {
            let problem = format!("{about}: a {name} chart needs `n`, and the series has none");
            let help = "add the cases or the exposure of each row as a column `n`";
            return vec![self.row.problem(problem).help(help)];
        }
        let mut found = Vec::new();
        let mut fault = |row: Row<'_>, problem: String, help: &str| {
            found.push(row.problem(format!("{about}: {problem}")).help(help));
        };
        for group in &self.groups {
            for figure in group {
                let n = figure.n.filter(|_| chart.reads_n());
                if let Some(n) = n.filter(|n| *n < 0.0) {
                    fault(figure.row, format!("`n` is {n}"), "a denominator is above 0");
                } else if let Some((problem, help)) = figure.y.and_then(|y| y_fault(chart, y, n)) {
                    fault(figure.row, problem, help);
                }
            }
            let complete = group.iter().find(|figure| figure.y.is_some() && figure.n.is_some());
            if let (Some(figure), Some(0.0)) = (complete, self.size(group, chart)) {
                let help = "where there were no cases, leave `y` and `n` empty: the point is a gap";
                fault(figure.row, "`n` is 0".to_owned(), help);
            }
        }
        found
    }

    /// The points of a chart.
    pub(super) fn points(&self, settings: &Settings) -> Vec<Point<'a>> {
        self.groups.iter().filter_map(|group| self.point(group, settings)).collect()
    }

    fn point(&self, group: &[Figure<'a>], settings: &Settings) -> Option<Point<'a>> {
        let chart = settings.chart;
        let by_n = self.has_n && chart.reads_n();
        let values: Vec<f64> = group
            .iter()
            .filter(|figure| figure.n.is_some() || !by_n)
            .filter_map(|figure| figure.y)
            .collect();
        let sum = (!values.is_empty()).then(|| sums::sum(&values));
        let size = self.size(group, chart);
        let value = if by_n {
            sum.zip(size).map(|(sum, size)| sum / size)
        } else {
            aggregate(settings.aggregate, &values)
        };
        let measured = Subgroup::of(&values);
        Some(Point { x: group.first()?.row.text("x"), value, sum, size, measured })
    }

    /// Sum of the denominators of the rows that have both figures.
    fn size(&self, group: &[Figure<'_>], chart: Chart) -> Option<f64> {
        let complete = group.iter().filter(|figure| figure.y.is_some());
        let sizes: Vec<f64> = complete.filter_map(|figure| figure.n).collect();
        (self.has_n && chart.reads_n()).then(|| sums::sum(&sizes))
    }
}

impl At {
    fn order(self) -> f64 {
        match self {
            Self::Number(order) | Self::Date(order) => order,
        }
    }
}

fn about_series(name: &str, error: Error) -> Error {
    Error { problem: format!("series `{name}`: {}", error.problem), ..error }
}

fn position(row: Row<'_>) -> Result<At, Error> {
    let text = row.text("x");
    let date = if text.len() == 7 { format!("{text}-01") } else { text.to_owned() };
    if let Ok(date) = NaiveDate::parse_from_str(&date, "%Y-%m-%d") {
        return Ok(At::Date(f64::from(date.num_days_from_ce())));
    }
    match text.parse::<f64>() {
        // Adding 0 makes one of 0 and -0.
        Ok(number) if number.is_finite() => Ok(At::Number(number + 0.0)),
        _ => Err(row
            .problem(format!("`x` is `{text}`, neither a number nor a date"))
            .help("write a number, a date such as 2026-04-30 or a month such as 2026-04")),
    }
}

fn y_fault(chart: Chart, y: f64, n: Option<f64>) -> Option<(String, &'static str)> {
    let name = chart.name();
    match (chart.figures(), n) {
        (Figures::Share, Some(n)) if y > n => {
            Some((format!("`y` is {y}, more than `n`, which is {n}"), "`y` is a part of `n`"))
        }
        (Figures::Share | Figures::NotNegative, _) if y < 0.0 => {
            Some((format!("`y` is {y} on a {name} chart"), "a count is 0 or more"))
        }
        (Figures::Above0, _) if y <= 0.0 => Some((
            format!("`y` is {y} on a {name} chart"),
            "a time between events is above 0: measure it more finely, or draw a g chart",
        )),
        _ => None,
    }
}

fn aggregate(how: Aggregate, values: &[f64]) -> Option<f64> {
    match how {
        Aggregate::Mean => sums::mean(values),
        Aggregate::Median => median(values),
        Aggregate::Sum => (!values.is_empty()).then(|| sums::sum(values)),
        Aggregate::Deviation => sums::deviation(values),
    }
}
