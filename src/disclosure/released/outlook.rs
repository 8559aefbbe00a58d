//! What is to be expected, as one profile releases it.

use crate::disclosure::Figure;
use crate::period::Period;
pub use crate::statistics::forecast::{Because, Refusal};
pub use crate::statistics::trajectory::Outlook as Word;

/// What is to be expected of one indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// The first period of the phase that it rests on.
    pub since: Period,
    /// The forecast, or why there is none.
    pub course: Result<Course, Refusal>,
    /// How far the values are from the plan's line or level.
    pub gap: Option<Gap>,
}

/// How far the values are from a plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// Actual less planned in the latest settled period.
    pub latest: Figure,
    /// The sum over all periods that have both; of counts only.
    pub cumulative: Option<Figure>,
    /// How many periods have both.
    pub periods: usize,
    /// To the plan's own line or level; else to our straight line.
    pub judged: bool,
}

/// A forecast and what follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// The line that leads.
    pub model: Model,
    /// Its weight among the lines.
    pub weight: Figure,
    /// Why it leads.
    pub because: Because,
    /// The lines that were averaged, with their weights; none of a stock.
    pub lines: Vec<(Figure, Model)>,
    /// Settled values that it rests on.
    pub points: usize,
    /// Where the process is in the latest settled period.
    pub level: Figure,
    /// Every period from the one after the latest settled on.
    pub ahead: Vec<Expected>,
    /// The last of them is the one that the target is to be reached by.
    pub dated: bool,
    /// The chance of meeting a target in the last of them.
    pub chance: Option<Chance>,
    /// How good such forecasts of this series were.
    pub backtest: Option<Backtest>,
}

/// A line that a forecast rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Model {
    /// The mean of all values.
    Level,
    /// The mean since the last change of level, from this period on.
    LatestLevel(Period),
    /// A straight line with this change from one period to the next.
    Slope(Figure),
    /// Reverting to a line.
    Reverting {
        /// How much is carried over to the next period.
        r: Figure,
        /// The line in the latest settled period.
        level: Figure,
        /// Its change from one period to the next.
        slope: Figure,
    },
}

/// The forecast of one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expected {
    /// The period.
    pub period: Period,
    /// As likely exceeded as not.
    pub median: Figure,
    /// Ends of the 80 % band.
    pub eighty: (Figure, Figure),
    /// Ends of the 95 % band.
    pub ninety_five: (Figure, Figure),
}

/// The chance of meeting a target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// The target.
    pub target: Figure,
    /// The probability.
    pub probability: Figure,
    /// What it means.
    pub word: Word,
    /// The change each period from here that meets the target; `None` when the process already
    /// does.
    pub required: Option<Figure>,
}

/// How good forecasts of this series were.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backtest {
    /// How many periods ahead was forecast.
    pub horizon: usize,
    /// How many forecasts were held against what came.
    pub origins: usize,
    /// Mean distance between forecast and value.
    pub error: Figure,
    /// How many of the values lay inside the 80 % band.
    pub inside_eighty: usize,
    /// How many times the bands were widened for it; 1 where they held what they say.
    pub widen: Figure,
}
