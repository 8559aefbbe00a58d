//! `concordat stats spc`.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::ValueEnum;
use concordat::error::Error;
use concordat::statistics::signals::{Rules, TwoInThree};
use concordat::stats::Answer;
use concordat::stats::spc::{Direction, Settings, date, spc};

/// Process limits, special causes and icons of series, as NHSRplotthedots gives them.
///
/// The options are for series without cases, and for what a case leaves empty.
#[derive(Debug, clap::Args)]
pub(crate) struct Spc {
    /// The values: `series_id`, `date` (2024-04-01), `value` (empty where it is missing).
    #[arg(value_name = "SERIES.csv")]
    series: PathBuf,
    /// What to chart, and how: `case_id`, `series_id`, and if wanted `improvement_direction`,
    /// `target`, `rebase` (dates with `;` between), `fix_after_n_points`, `screen_outliers`. Every
    /// series is charted once unless given.
    #[arg(long, value_name = "CASES.csv")]
    cases: Option<PathBuf>,
    /// Where the table of points goes; `-` for standard output.
    #[arg(long, short, value_name = "POINTS.csv")]
    out: PathBuf,
    /// Where the table of phases goes: limits, counts, icons, and why a series was not answered.
    #[arg(long, value_name = "SUMMARY.csv")]
    summary: Option<PathBuf>,
    /// Which way is better.
    #[arg(long, value_enum, default_value_t = Better::Increase)]
    direction: Better,
    /// The value to reach.
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    target: Option<f64>,
    /// The first date of a new phase. May be given again, or with commas between.
    #[arg(long, value_name = "YYYY-MM-DD", value_delimiter = ',', value_parser = day)]
    rebase: Vec<NaiveDate>,
    /// Make the limits of each phase from its first points only: 12 or more.
    #[arg(long, value_name = "N")]
    baseline_points: Option<usize>,
    /// Keep moving ranges of 3.267 times their mean and more, as NHS England's workbooks do.
    #[arg(long)]
    no_screening: bool,
    /// Points that make a run on one side of the mean, or a trend: 7 or 6.
    #[arg(long, value_name = "POINTS", default_value_t = 7)]
    run: usize,
    /// Which points count as one of the two in two-in-three.
    #[arg(long, value_enum, default_value_t = Counted::Near)]
    two_in_three: Counted,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Better {
    /// Higher values are better.
    Increase,
    /// Lower values are better.
    Decrease,
    /// Neither.
    Neutral,
}

/// Which points count in two-in-three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Counted {
    /// Those between two and three sigma, as in NHSRplotthedots 0.2.2.
    Near,
    /// Those beyond three sigma as well, as in NHS England's tools since 2023.
    Beyond,
}

/// The word of an option for a day.
fn day(text: &str) -> Result<NaiveDate, String> {
    date(text).ok_or_else(|| "write a date as 2024-04-01".to_owned())
}

impl Spc {
    /// Charts the series.
    pub(super) fn answer(&self) -> Result<Answer, Error> {
        let settings = Settings {
            direction: match self.direction {
                Better::Increase => Direction::Increase,
                Better::Decrease => Direction::Decrease,
                Better::Neutral => Direction::Neutral,
            },
            target: self.target,
            rebases: self.rebase.iter().copied().collect(),
            baseline_points: self.baseline_points,
            screen: !self.no_screening,
            rules: Rules {
                run: self.run,
                two_in_three: match self.two_in_three {
                    Counted::Near => TwoInThree::NearOnly,
                    Counted::Beyond => TwoInThree::OrBeyond,
                },
            },
        };
        spc(&self.series, self.cases.as_deref(), &settings)
    }

    /// Where the tables go: the points, the phases.
    pub(super) fn destinations(&self) -> [Option<&Path>; 2] {
        [Some(&self.out), self.summary.as_deref()]
    }
}
