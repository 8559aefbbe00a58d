//! Working days: Monday to Friday, bank holidays left out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate, Weekday};

use super::Areas;
use crate::definition::Source;
use crate::definition::lines::lines;
use crate::error::{Error, Place};

/// The only division whose holidays are read: the Act and the plans are of England and Wales.
const DIVISION: &str = "england-and-wales";
/// The bank holidays that every year has at the least.
const USUAL: usize = 8;

/// The working days of the calendar years whose bank holidays are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingDays {
    /// 1 January of the first year.
    first: NaiveDate,
    /// For each day from it on, how many of the days up to it, and it, are working days.
    passed: Vec<i64>,
}

impl WorkingDays {
    /// Of the years from the first to the last that has a holiday; `None` without any.
    pub fn new(holidays: &BTreeSet<NaiveDate>) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(holidays.first()?.year(), 1, 1)?;
        let last = NaiveDate::from_ymd_opt(holidays.last()?.year(), 12, 31)?;
        let mut passed = Vec::new();
        let mut number = 0;
        for day in first.iter_days().take_while(|day| *day <= last) {
            let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
            number += i64::from(!weekend && !holidays.contains(&day));
            passed.push(number);
        }
        Some(Self { first, passed })
    }

    /// Working days up to a day, and it; `None` outside the years.
    fn passed(&self, day: NaiveDate) -> Option<i64> {
        let at = usize::try_from((day - self.first).num_days()).ok()?;
        self.passed.get(at).copied()
    }

    /// In how many working days something that started on one day was done on another: the least n
    /// for which it was done by the end of the n-th working day after the day it started, which is
    /// day 0. What is done on a weekend or a bank holiday counts as done on the working day after.
    ///
    /// `None` where either day is outside the years whose holidays are known, and where the second
    /// is before the first.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use concordat::area::WorkingDays;
    ///
    /// let day = |month, day| NaiveDate::from_ymd_opt(2018, month, day).unwrap();
    /// // Good Friday and Easter Monday
    /// let calendar = WorkingDays::new(&[day(3, 30), day(4, 2)].into()).unwrap();
    /// assert_eq!(calendar.elapsed(day(3, 29), day(3, 29)), Some(0));
    /// assert_eq!(calendar.elapsed(day(3, 29), day(4, 3)), Some(1));
    /// // done on the Saturday: after the Thursday's end, by the Tuesday's
    /// assert_eq!(calendar.elapsed(day(3, 29), day(3, 31)), Some(1));
    /// assert_eq!(calendar.elapsed(day(3, 29), NaiveDate::MAX), None);
    /// ```
    pub fn elapsed(&self, from: NaiveDate, to: NaiveDate) -> Option<i64> {
        let (before, _) = (self.passed(from)?, self.passed(to)?);
        match to.cmp(&from) {
            std::cmp::Ordering::Less => None,
            std::cmp::Ordering::Equal => Some(0),
            // the working days after the first day and before the last, and one more to reach it
            std::cmp::Ordering::Greater => Some(self.passed(to.pred_opt()?)? - before + 1),
        }
    }
}

impl Areas {
    /// Reads `holidays.csv` (date, name, area): the bank holidays of England and Wales, substitute
    /// days as they were taken.
    ///
    /// Days that are none, or fall on a weekend, repeated ones and years with fewer than 8 are
    /// errors, and then no working day is known: a figure from half a calendar would be wrong.
    pub fn read_holidays(&mut self, source: &Source) -> Vec<Error> {
        let mut errors = Vec::new();
        let mut days = BTreeSet::new();
        for (place, [date, name, area]) in lines(source, ["date", "name", "area"], &mut errors) {
            match holiday(&place, &date, &name, &area) {
                Ok(day) if days.insert(day) => {}
                Ok(day) => errors.push(Error::definition(place, format!("{day} is there twice"))),
                Err(error) => errors.push(error),
            }
        }
        let mut years: BTreeMap<i32, usize> = BTreeMap::new();
        if let (Some(first), Some(last)) = (days.first(), days.last()) {
            years.extend((first.year()..=last.year()).map(|year| (year, 0)));
        }
        for day in &days {
            *years.entry(day.year()).or_default() += 1;
        }
        if errors.is_empty() {
            for (year, number) in years.into_iter().filter(|(_, number)| *number < USUAL) {
                let said = format!("{year} has {number} bank holidays, fewer than {USUAL}");
                let error = Error::definition(Place::file(&*source.file), said);
                errors.push(error.help("give every holiday of each year, or leave the year out"));
            }
        }
        let known = if errors.is_empty() { WorkingDays::new(&days) } else { None };
        self.working_days = known.map(Arc::new);
        errors
    }

    /// The working days, where the holidays are known.
    pub fn working_days(&self) -> Option<&Arc<WorkingDays>> {
        self.working_days.as_ref()
    }
}

fn holiday(place: &Place, date: &str, name: &str, area: &str) -> Result<NaiveDate, Error> {
    let wrong = |said: String, help: &str| Error::definition(place.clone(), said).help(help);
    let Ok(day) = NaiveDate::parse_from_str(date, "%Y-%m-%d") else {
        return Err(wrong(format!("`{date}` is not a day"), "write it as 2017-12-25"));
    };
    if area != DIVISION {
        let said = format!("`{area}` is not `{DIVISION}`");
        return Err(wrong(
            said,
            "the Act and the plans are of England and Wales: leave others out",
        ));
    }
    if name.is_empty() {
        return Err(wrong(format!("{date} has no name"), "say which holiday it is"));
    }
    if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
        let said = format!("{date} is a {}", day.format("%A"));
        return Err(wrong(said, "give the substitute day, on which nobody worked"));
    }
    Ok(day)
}
