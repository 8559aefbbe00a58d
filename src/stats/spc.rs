//! `stats spc`: XmR limits, special causes and icons of many series, as tables.
//!
//! The tables read and written are those of NHSRplotthedots 0.2.2 with a case to each call: the
//! same columns, rows and spellings. A chart is judged as there: the limits of a phase come from
//! its own points (or the first of them), every rule stays inside its phase, and a date that is
//! missing altogether makes its neighbours adjacent; only an empty value is a gap.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;

use super::{Answer, Table};
use crate::error::{Error, Place};
use crate::statistics::signals::Rules;

mod cases;
mod phases;
mod rows;
mod series;

use cases::Case;
use phases::Chart;
use rows::Tables;
use series::Series;

/// Fewest points that limits may be held to. The reference refuses fewer, and so do we.
pub const FEWEST_BASELINE_POINTS: usize = 12;

/// Which way is better.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// Higher values are better. The reference's default.
    #[default]
    Increase,
    /// Lower values are better.
    Decrease,
    /// Neither: special causes are high or low, and no target is judged.
    Neutral,
}

impl Direction {
    /// Every direction.
    pub const ALL: [Self; 3] = [Self::Increase, Self::Decrease, Self::Neutral];

    /// The direction as cases name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Increase => "increase",
            Self::Decrease => "decrease",
            Self::Neutral => "neutral",
        }
    }
}

/// How a series is judged, where its case does not say otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Which way is better.
    pub direction: Direction,
    /// The value to reach, in the unit of the series.
    pub target: Option<f64>,
    /// Dates on which a new phase begins. A date that a series does not have is not used, and
    /// said so.
    pub rebases: BTreeSet<NaiveDate>,
    /// Only the first so many points of each phase make its limits, missing values counted; all
    /// when `None`. At least [`FEWEST_BASELINE_POINTS`].
    pub baseline_points: Option<usize>,
    /// Whether large moving ranges are left out once, as in the reference.
    pub screen: bool,
    /// Points that make a run (6 or 7) and the reading of two-in-three; no case says otherwise.
    pub rules: Rules,
}

impl Default for Settings {
    /// The reference's: higher is better, no target, one phase, all its points, screening, 7.
    fn default() -> Self {
        Self {
            direction: Direction::default(),
            target: None,
            rebases: BTreeSet::new(),
            baseline_points: None,
            screen: true,
            rules: Rules::default(),
        }
    }
}

impl Settings {
    /// What is wrong with them, and what to do.
    fn fault(&self) -> Option<(String, String)> {
        if let Some(points) = self.baseline_points.filter(|points| *points < FEWEST_BASELINE_POINTS)
        {
            return Some(too_few("the baseline has", points));
        }
        if !(6..=7).contains(&self.rules.run) {
            let problem = format!("a run of {} points is no rule", self.rules.run);
            return Some((problem, "choose 6 or 7".to_owned()));
        }
        let target = self.target.filter(|target| !target.is_finite())?;
        let problem = format!("the target is {target}, not a finite number");
        Some((problem, "give a figure in the series' unit".to_owned()))
    }
}

/// What is said where limits would rest on too few points.
fn too_few(what: &str, points: usize) -> (String, String) {
    (
        format!("{what} {points} points, too few to tell the spread"),
        format!("give {FEWEST_BASELINE_POINTS} or more, or none to use all points of each phase"),
    )
}

/// A day written as 2024-04-01; `None` for anything else.
pub fn date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |number, digit| {
            digit.is_ascii_digit().then(|| number * 10 + u32::from(digit - b'0'))
        })
    };
    let year = i32::try_from(number(&bytes[..4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&bytes[5..7])?, number(&bytes[8..])?)
}

/// Charts every series of a file, or every case of a file of cases.
///
/// `input` has the columns `series_id`, `date` and `value` (empty or `NA`: missing), `cases` has
/// `case_id` and `series_id`, and may have `improvement_direction`, `target`, `rebase` (dates,
/// `;` between), `fix_after_n_points` and `screen_outliers`; an empty cell takes the setting.
/// Without cases each series is one under its own name. Rows may stand in any order.
///
/// The first table has a row for each point, the second for each phase, in the order of the
/// cases (of the names, without cases), then of the dates. Both have the columns of the reference.
/// `NA` is missing, `NaN` undefined (limits where nothing varies). The `status` of a phase is `ok`;
/// or `ok:` and what was done where the reference stops, at a missing value inside what would be a
/// strict rise or fall; or `error:` and why the case was not answered, with `NA` in all that
/// follows. A rebase date that the series does not have changes nothing, as in the reference, and
/// is a note among the problems.
///
/// # Errors
/// A file cannot be read, lacks a column or has no rows, or the settings make no sense.
pub fn spc(input: &Path, cases: Option<&Path>, settings: &Settings) -> Result<Answer, Error> {
    if let Some((problem, help)) = settings.fault() {
        return Err(Error::run(Place::file(input.display().to_string()), problem).help(help));
    }
    let input = Table::read(input, &["series_id", "date", "value"])?;
    let cases = cases.map(|path| Table::read(path, &["case_id", "series_id"])).transpose()?;
    let (series, mut problems) = series::read(&input);
    let read = match &cases {
        Some(cases) => cases::read(cases, settings, &mut problems),
        None => cases::one_each(&input, &series, settings),
    };
    let mut tables = Tables::new();
    for case in &read {
        match chart(case, &series, &input) {
            Ok(chart) => {
                problems.extend(chart.notes(case));
                tables.add(case, &chart);
            }
            Err(Unanswered { why, reported }) => {
                tables.refuse(case.id, &why.problem);
                problems.extend((!reported).then_some(why));
            }
        }
    }
    Ok(Answer { tables: tables.finish(), problems })
}

/// Why a case has no chart, and whether that is among the problems already.
struct Unanswered {
    why: Error,
    reported: bool,
}

fn chart<'a>(
    case: &'a Case,
    series: &'a BTreeMap<&str, Result<Series, Error>>,
    input: &Table,
) -> Result<Chart<'a>, Unanswered> {
    let fresh = |why: &Error| Unanswered { why: why.clone(), reported: false };
    let settings = case.settings.as_ref().map_err(fresh)?;
    match series.get(case.series) {
        Some(Ok(series)) => Ok(Chart::of(series, settings)),
        Some(Err(why)) => Err(Unanswered { why: why.clone(), reported: true }),
        None => Err(fresh(&case.no_series(series.keys().copied(), input.file()))),
    }
}
