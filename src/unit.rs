//! What values are measured in.

use serde::Serialize;

/// What a value is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// A number of events.
    Count,
    /// A share between 0 and 1, shown as per cent.
    Proportion,
    /// Seconds, shown as h:mm:ss.
    Seconds,
    /// Whole or average days.
    Days,
    /// Whole or average working days.
    #[serde(rename = "working days")]
    WorkingDays,
    /// Bed days for each day of the period, which is the average number of occupied beds.
    #[serde(rename = "bed days per day")]
    BedDaysPerDay,
    /// People or placements at a time.
    Placements,
    /// People a week.
    #[serde(rename = "people per week")]
    PeoplePerWeek,
    /// Pounds.
    Pounds,
    /// A plain ratio.
    Ratio,
    /// Growth since a year before, as a share of what there was; shown as per cent, below 0 where
    /// there is less.
    Change,
    /// Events for so many people; the measure says how many, and of which age.
    Rate,
}

impl Unit {
    /// The name used in definitions and output files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Proportion => "proportion",
            Self::Seconds => "seconds",
            Self::Days => "days",
            Self::WorkingDays => "working days",
            Self::BedDaysPerDay => "bed days per day",
            Self::Placements => "placements",
            Self::PeoplePerWeek => "people per week",
            Self::Pounds => "pounds",
            Self::Ratio => "ratio",
            Self::Change => "change",
            Self::Rate => "rate",
        }
    }

    /// Every unit, for reading definitions.
    pub const ALL: [Self; 12] = [
        Self::Count,
        Self::Proportion,
        Self::Seconds,
        Self::Days,
        Self::WorkingDays,
        Self::BedDaysPerDay,
        Self::Placements,
        Self::PeoplePerWeek,
        Self::Pounds,
        Self::Ratio,
        Self::Change,
        Self::Rate,
    ];
}
