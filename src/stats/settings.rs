//! What a user may set: how sure intervals are, and in what unit figures are given.

use std::str::FromStr;

use super::table::Row;
use crate::error::Error;
use crate::statistics::intervals::{Confidence, Method};

/// What to do where a level is given as a percentage.
const AS_PROBABILITY: &str = "write a probability between 0 and 1: 0.95 for 95 %";

/// Levels of confidence and the number that figures are multiplied by.
///
/// A file's own columns `conf` and `multiplier` go before.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The levels, answered one after the other.
    pub levels: Levels,
    /// What figures are multiplied by: 100 for percentages, 100,000 for rates. Above 0.
    pub multiplier: f64,
}

impl Settings {
    /// 95 % intervals of figures times `multiplier`.
    pub fn times(multiplier: f64) -> Self {
        Self { levels: Levels::default(), multiplier }
    }
}

/// One or more levels of confidence in the order given, as `0.95` or `0.95,0.998`.
#[derive(Debug, Clone, PartialEq)]
pub struct Levels(Vec<Confidence>);

impl Levels {
    /// The levels, at least one.
    pub fn all(&self) -> &[Confidence] {
        &self.0
    }
}

impl Default for Levels {
    /// 95 %.
    fn default() -> Self {
        Self(vec![Confidence::NINETY_FIVE])
    }
}

impl FromStr for Levels {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.split(',').map(|level| probability(level.trim())).collect::<Result<_, _>>().map(Self)
    }
}

fn probability(text: &str) -> Result<Confidence, String> {
    let level = text.parse::<f64>().ok().and_then(Confidence::new);
    level.ok_or_else(|| format!("`{text}` is no level of confidence: {AS_PROBABILITY}"))
}

/// A multiplier or reference value from a command line.
///
/// # Errors
/// Not a number above 0.
pub fn multiplier(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(number) if number > 0.0 && number.is_finite() => Ok(number),
        _ => Err(format!("`{text}` is not a number above 0, such as 100 or 100000")),
    }
}

/// Reads the levels of rows; most rows have that of the row before.
#[derive(Default)]
pub(super) struct LevelColumn(Option<Confidence>);

impl LevelColumn {
    /// The level in the column `conf` of a row.
    pub(super) fn of(&mut self, row: Row<'_>) -> Result<Confidence, Error> {
        let given = row.needed("conf")?;
        let same = |level: &Confidence| level.probability().to_bits() == given.to_bits();
        let level = self.0.filter(same).or_else(|| Confidence::new(given)).ok_or_else(|| {
            row.problem(format!("`conf` is {given}, not a level of confidence"))
                .help(AS_PROBABILITY)
        })?;
        self.0 = Some(level);
        Ok(level)
    }
}

/// The multiplier of a row: of its column where the file has one.
pub(super) fn multiplier_of(row: Row<'_>, otherwise: f64) -> Result<f64, Error> {
    match row.number("multiplier")? {
        None => Ok(otherwise),
        Some(number) if number > 0.0 => Ok(number),
        Some(number) => Err(row
            .problem(format!("`multiplier` is {number}, not above 0"))
            .help("write what the figure is multiplied by: 100 for %, 100000 for rates")),
    }
}

/// How an interval was made, in the words of the tables that analysts know.
pub(super) fn method(method: Method) -> &'static str {
    match method {
        Method::Wilson => "Wilson",
        Method::ClopperPearson | Method::ExactPoisson | Method::ConditionalExact => "Exact",
        Method::Byar => "Byars",
        Method::StudentT => "Student's t-distribution",
        Method::Normal => "Normal",
        Method::Newcombe => "Newcombe",
        Method::Dobson => "Dobson",
        Method::DobsonRepeats => "Dobson, with confidence adjusted for non-independent events",
        Method::OrderStatistics => "Order statistics",
    }
}

/// The problem of a row whose interval has no end at this level.
pub(super) fn no_interval(row: Row<'_>, level: Confidence) -> Error {
    row.problem(format!("has no interval at the level {}", level.probability()))
        .help("the level is too near to 1 for so few events: choose a lower one")
}
