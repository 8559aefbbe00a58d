//! Calendar periods: days, weeks, months, quarters, financial years (April to March) and calendar
//! years.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Grain {
    /// A day: only inside a longer period.
    Day,
    /// A week, Monday to Sunday (ISO 8601).
    Week,
    /// A calendar month.
    Month,
    /// A quarter of a UK financial year: April to June is the first.
    Quarter,
    /// A UK financial year, 1 April to 31 March.
    #[serde(rename = "financial year")]
    FinancialYear,
    /// A year from 1 January to 31 December.
    #[serde(rename = "calendar year")]
    CalendarYear,
}

impl Grain {
    /// `week`, `month`, `quarter`, `financial year`, `calendar year`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::FinancialYear => "financial year",
            Self::CalendarYear => "calendar year",
        }
    }

    /// Length in months; `None` of days and weeks, which months are not made of.
    pub fn months(self) -> Option<u32> {
        match self {
            Self::Day | Self::Week => None,
            Self::Month => Some(1),
            Self::Quarter => Some(3),
            Self::FinancialYear | Self::CalendarYear => Some(12),
        }
    }

    /// How many of them a year has: 52 weeks, a day or two short.
    pub fn per_year(self) -> u32 {
        match self {
            Self::Day => 365,
            Self::Week => 52,
            Self::Month => 12,
            Self::Quarter => 4,
            Self::FinancialYear | Self::CalendarYear => 1,
        }
    }

    /// Length in days, where it has no length in months.
    fn days(self) -> i64 {
        if self == Self::Week { 7 } else { 1 }
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

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
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
    /// The period of a grain that holds a day.
    pub fn holding(grain: Grain, day: NaiveDate) -> Self {
        let month = Month::containing(day);
        let start = match grain {
            Grain::Day => day,
            Grain::Week => {
                let after_monday = u64::from(day.weekday().num_days_from_monday());
                day.checked_sub_days(Days::new(after_monday)).unwrap_or(NaiveDate::MIN)
            }
            Grain::Month => month.first_day(),
            Grain::Quarter => {
                let into = i32::try_from((month.month() - 1) % 3).unwrap_or(0);
                month.plus(-into).first_day()
            }
            Grain::FinancialYear => {
                let year = if month.month() >= 4 { month.year() } else { month.year() - 1 };
                NaiveDate::from_ymd_opt(year, 4, 1).unwrap_or(NaiveDate::MIN)
            }
            Grain::CalendarYear => {
                NaiveDate::from_ymd_opt(month.year(), 1, 1).unwrap_or(NaiveDate::MIN)
            }
        };
        Self { grain, start }
    }

    /// The period of a grain that holds a month; of weeks the one that holds its last day.
    pub fn of(grain: Grain, month: Month) -> Self {
        Self::holding(grain, month.last_day())
    }

    /// The month of its first day.
    pub fn first_month(self) -> Month {
        Month::containing(self.start)
    }

    /// The month of its last day.
    pub fn last_month(self) -> Month {
        Month::containing(self.last_day())
    }

    /// The day after its last day.
    pub fn end(self) -> NaiveDate {
        self.plus(1).start
    }

    /// Its last day.
    pub fn last_day(self) -> NaiveDate {
        self.end().pred_opt().unwrap_or(NaiveDate::MIN)
    }

    /// How many days it has.
    pub fn days(self) -> i64 {
        (self.end() - self.start).num_days()
    }

    /// The day with which the `months` months to its end begin: of a month's 12 the first of the
    /// month after it, a year before.
    pub fn months_to_its_end(self, months: u32) -> NaiveDate {
        self.end().checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN)
    }

    /// The period `steps` later (earlier when negative).
    #[must_use]
    pub fn plus(self, steps: i32) -> Self {
        let start = match self.grain.months() {
            Some(months) => self.first_month().plus(months.cast_signed() * steps).first_day(),
            None => self
                .start
                .checked_add_signed(TimeDelta::days(self.grain.days() * i64::from(steps)))
                .unwrap_or(if steps < 0 { NaiveDate::MIN } else { NaiveDate::MAX }),
        };
        Self { grain: self.grain, start }
    }

    /// The same period a year before; of weeks the one 52 weeks before.
    #[must_use]
    pub fn year_before(self) -> Self {
        self.plus(-self.grain.per_year().cast_signed())
    }

    /// How many periods after `earlier`, one of the same grain, this one is.
    pub fn since(self, earlier: Self) -> i32 {
        if let Some(months) = self.grain.months() {
            return self.first_month().since(earlier.first_month()) / months.cast_signed();
        }
        let days = (self.start - earlier.start).num_days();
        i32::try_from(days / self.grain.days()).unwrap_or(i32::MAX)
    }

    /// Every period from this one to `last`, both counted; empty when `last` is earlier.
    pub fn to(self, last: Self) -> impl Iterator<Item = Self> {
        (0..=last.since(self)).map(move |step| self.plus(step))
    }
}

impl fmt::Display for Period {
    /// `2017-09-04`, `2017-W36`, `2017-09`, `2017/18 Q2`, `2017/18`, `2017`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.grain {
            Grain::Day => write!(f, "{}", self.start),
            Grain::Week => {
                let week = self.start.iso_week();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            Grain::Month => write!(f, "{}", self.first_month()),
            Grain::Quarter => {
                let year = Self::of(Grain::FinancialYear, self.first_month());
                let quarter = self.first_month().since(year.first_month()) / 3 + 1;
                write!(f, "{year} Q{quarter}")
            }
            Grain::FinancialYear => {
                write!(f, "{}/{:02}", self.start.year(), (self.start.year() + 1) % 100)
            }
            Grain::CalendarYear => write!(f, "{}", self.start.year()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Each day, the grain, the period that holds it, its first and its last day. ISO 8601: 2015 and
    /// 2020 have a week 53, 2016 and 2017 have none.
    #[test]
    fn every_boundary_from_both_sides() {
        use Grain::{CalendarYear, FinancialYear, Week};
        for (at, grain, name, first, last) in [
            ("2017-09-03", Week, "2017-W35", "2017-08-28", "2017-09-03"),
            ("2017-09-04", Week, "2017-W36", "2017-09-04", "2017-09-10"),
            ("2015-12-31", Week, "2015-W53", "2015-12-28", "2016-01-03"),
            ("2016-01-03", Week, "2015-W53", "2015-12-28", "2016-01-03"),
            ("2016-01-04", Week, "2016-W01", "2016-01-04", "2016-01-10"),
            ("2017-01-01", Week, "2016-W52", "2016-12-26", "2017-01-01"),
            ("2018-12-31", Week, "2019-W01", "2018-12-31", "2019-01-06"),
            ("2020-12-31", Week, "2020-W53", "2020-12-28", "2021-01-03"),
            ("2017-12-31", CalendarYear, "2017", "2017-01-01", "2017-12-31"),
            ("2018-01-01", CalendarYear, "2018", "2018-01-01", "2018-12-31"),
            ("2018-03-31", FinancialYear, "2017/18", "2017-04-01", "2018-03-31"),
            ("2018-04-01", FinancialYear, "2018/19", "2018-04-01", "2019-03-31"),
        ] {
            let period = Period::holding(grain, day(at));
            assert_eq!(period.to_string(), name, "{at}");
            assert_eq!((period.start, period.last_day()), (day(first), day(last)), "{at}");
        }
    }

    #[test]
    fn weeks_run_on_over_the_years() {
        let week = |at: &str| Period::holding(Grain::Week, day(at));
        let (first, last) = (week("2015-12-21"), week("2016-01-11"));
        let names: Vec<String> = first.to(last).map(|week| week.to_string()).collect();
        assert_eq!(names, ["2015-W52", "2015-W53", "2016-W01", "2016-W02"]);
        assert_eq!((last.since(first), last.plus(-3)), (3, first));
        // 52 weeks before week 53 of 2015 is week 1 of 2015
        assert_eq!(week("2015-12-31").year_before().to_string(), "2015-W01");
    }

    #[test]
    fn twelve_months_to_the_end_of_a_week() {
        let month = Month::new(2018, 2).unwrap().period();
        assert_eq!(month.months_to_its_end(12), day("2017-03-01"));
        // to the midnight after Sunday 4 March 2018
        let week = Period::holding(Grain::Week, day("2018-03-01"));
        assert_eq!(week.months_to_its_end(12), day("2017-03-05"));
    }
}
