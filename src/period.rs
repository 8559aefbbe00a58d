//! Calendar periods: months, quarters and financial years (April to March).

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Grain {
    /// A calendar month.
    Month,
    /// A quarter of a UK financial year: April to June is the first.
    Quarter,
    /// A UK financial year, 1 April to 31 March.
    #[serde(rename = "financial year")]
    FinancialYear,
}

impl Grain {
    /// Length in months.
    pub fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::FinancialYear => 12,
        }
    }
}

/// A calendar month, such as 2017-09.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// Months since January of year 0.
    index: i32,
}

impl Month {
    /// The month of a year; `month` is 1 to 12.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, 1).map(Self::containing)
    }

    /// The month that holds a day.
    pub fn containing(day: NaiveDate) -> Self {
        Self { index: day.year() * 12 + day.month0().cast_signed() }
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.index.div_euclid(12)
    }

    /// The month of the year, 1 to 12.
    pub fn month(self) -> u32 {
        self.index.rem_euclid(12).cast_unsigned() + 1
    }

    /// The first day.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), self.month(), 1).unwrap_or(NaiveDate::MIN)
    }

    /// The last day.
    pub fn last_day(self) -> NaiveDate {
        self.plus(1).first_day().pred_opt().unwrap_or(NaiveDate::MIN)
    }

    /// The month `months` later (earlier when negative).
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self { index: self.index + months }
    }

    /// How many months after `earlier` this one is.
    pub fn since(self, earlier: Self) -> i32 {
        self.index - earlier.index
    }

    /// The month as a period.
    pub fn period(self) -> Period {
        Period { grain: Grain::Month, start: self.first_day() }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl Serialize for Month {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Month {
    type Err = String;

    /// Reads `2017-09`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not a month; write it as 2017-09");
        let (year, month) = text.split_once('-').ok_or_else(wrong)?;
        if year.len() != 4 || month.len() != 2 {
            return Err(wrong());
        }
        let (year, month) =
            (year.parse().map_err(|_| wrong())?, month.parse().map_err(|_| wrong())?);
        Self::new(year, month).ok_or_else(wrong)
    }
}

/// A calendar period: its grain and its first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// How long it is.
    pub grain: Grain,
    /// Its first day.
    pub start: NaiveDate,
}

impl Period {
    /// The period of a grain that holds a month.
    pub fn of(grain: Grain, month: Month) -> Self {
        match grain {
            Grain::Month => month.period(),
            Grain::Quarter => {
                let into = i32::try_from((month.month() - 1) % 3).unwrap_or(0);
                Self { grain, start: month.plus(-into).first_day() }
            }
            Grain::FinancialYear => {
                let year = if month.month() >= 4 { month.year() } else { month.year() - 1 };
                Self { grain, start: NaiveDate::from_ymd_opt(year, 4, 1).unwrap_or(NaiveDate::MIN) }
            }
        }
    }

    /// Its first month.
    pub fn first_month(self) -> Month {
        Month::containing(self.start)
    }

    /// Its last month.
    pub fn last_month(self) -> Month {
        self.first_month().plus(self.grain.months().cast_signed() - 1)
    }

    /// The day after its last day.
    pub fn end(self) -> NaiveDate {
        self.start.checked_add_months(Months::new(self.grain.months())).unwrap_or(NaiveDate::MAX)
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        self.end().pred_opt().unwrap_or(NaiveDate::MIN)
    }

    /// How many days it has.
    pub fn days(self) -> i64 {
        (self.end() - self.start).num_days()
    }

    /// The period `steps` later (earlier when negative).
    #[must_use]
    pub fn plus(self, steps: i32) -> Self {
        let months = self.grain.months().cast_signed() * steps;
        Self { grain: self.grain, start: self.first_month().plus(months).first_day() }
    }

    /// Every period from this one to `last`, both counted; empty when `last` is earlier.
    pub fn to(self, last: Self) -> impl Iterator<Item = Self> {
        let steps =
            last.first_month().since(self.first_month()) / self.grain.months().cast_signed();
        (0..=steps).map(move |step| self.plus(step))
    }
}

impl fmt::Display for Period {
    /// `2017-09`, `2017/18 Q2`, `2017/18`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.grain {
            Grain::Month => write!(f, "{}", self.first_month()),
            Grain::Quarter => {
                let year = Self::of(Grain::FinancialYear, self.first_month());
                let quarter = self.first_month().since(year.first_month()) / 3 + 1;
                write!(f, "{year} Q{quarter}")
            }
            Grain::FinancialYear => {
                write!(f, "{}/{:02}", self.start.year(), (self.start.year() + 1) % 100)
            }
        }
    }
}
