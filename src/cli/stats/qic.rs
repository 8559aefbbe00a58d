//! `concordat stats qic`: run charts and control charts of any table, by the rules of qicharts2.

use std::path::{Path, PathBuf};

use concordat::error::Error;
use concordat::statistics::runs::Method;
use concordat::stats::Answer;
use concordat::stats::qic::{Aggregate, Chart, Settings, method, qic};

/// Draw run charts and control charts, and give every point with its limits and signals.
#[derive(Debug, clap::Args)]
pub(crate) struct Qic {
    /// The figures: a CSV file with `series_id`, `x`, `y` and, for shares and rates, `n`.
    #[arg(value_name = "SERIES.csv")]
    input: PathBuf,
    /// Which series to draw and how: a CSV file with `case_id`, `series_id`, `chart` and the
    /// settings below as columns. Without it every series is drawn by the settings given here.
    #[arg(long, value_name = "CASES.csv", conflicts_with = "settings")]
    cases: Option<PathBuf>,
    /// Where to write the points.
    #[arg(long, short, value_name = "POINTS.csv")]
    out: PathBuf,
    #[command(flatten)]
    drawing: Drawing,
}

/// How every series is drawn.
#[derive(Debug, clap::Args)]
#[group(id = "settings", multiple = true)]
struct Drawing {
    /// The chart: run, i, mr, p, pp, u, up, c, g, t, ip, xbar or s; run where not given.
    #[arg(long)]
    chart: Option<Chart>,
    /// The last point of the baseline, counted from 1; without effect beside --part.
    #[arg(long, value_name = "POINT")]
    freeze: Option<usize>,
    /// The last point of each part but the last, such as 12,24.
    #[arg(long, value_name = "POINTS", value_delimiter = ',')]
    part: Vec<usize>,
    /// Points left out of limits and runs, such as 3,9.
    #[arg(long, value_name = "POINTS", value_delimiter = ',')]
    exclude: Vec<usize>,
    /// A centre line to use instead of the computed one, before multiplying.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    cl: Option<f64>,
    /// How runs are judged: anhoej, bestbox or cutbox; anhoej where not given.
    #[arg(long, value_parser = method)]
    method: Option<Method>,
    /// Multiply all that is drawn, such as by 100 for percentages.
    #[arg(long, value_name = "NUMBER")]
    multiply: Option<f64>,
    /// Keep moving ranges that are too long to be of the process.
    #[arg(long)]
    no_screening: bool,
    /// How rows with the same x become one value: mean, median, sum or sd; mean where not given.
    #[arg(long, value_name = "HOW")]
    aggregate: Option<Aggregate>,
}

impl Qic {
    /// Draws the series.
    pub(super) fn answer(&self) -> Result<Answer, Error> {
        qic(&self.input, self.cases.as_deref(), &self.drawing.settings())
    }

    /// Where the table goes.
    pub(super) fn destinations(&self) -> [Option<&Path>; 1] {
        [Some(&self.out)]
    }
}

impl Drawing {
    fn settings(&self) -> Settings {
        let usual = Settings::default();
        Settings {
            chart: self.chart.unwrap_or(usual.chart),
            freeze: self.freeze,
            part: self.part.clone(),
            exclude: self.exclude.clone(),
            cl: self.cl,
            method: self.method.unwrap_or(usual.method),
            multiply: self.multiply.unwrap_or(usual.multiply),
            screening: !self.no_screening,
            aggregate: self.aggregate.unwrap_or(usual.aggregate),
        }
    }
}
