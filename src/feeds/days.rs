//! The day of each row, and the months it belongs to.

use chrono::NaiveDate;
use polars::prelude::{ChunkAgg, ChunkFullNull, DataFrame, DataType, Int32Chunked, PolarsResult};

use super::contract::Contract;
use crate::period::Month;

/// The first and last month that a row belongs to.
pub(super) type Span = (Month, Month);

/// The day of each row: that of its event, or the first of its period.
#[derive(Debug)]
pub(super) struct Days {
    days: Int32Chunked,
    /// How many months a row belongs to.
    months: i32,
}

impl Days {
    /// The column that they are read from.
    pub(super) fn column(contract: &Contract) -> Option<&str> {
        let period = contract.reading.period.as_ref();
        period.map(|_| "period").or(contract.event_time.as_deref())
    }

    /// The days of some rows of a feed.
    pub(super) fn new(contract: &Contract, rows: &DataFrame) -> Self {
        let period = contract.reading.period.as_ref();
        let name = Self::column(contract);
        let read = |name: &str| -> PolarsResult<Int32Chunked> {
            let days = rows.column(name)?.cast(&DataType::Date)?.cast(&DataType::Int32)?;
            Ok(days.i32()?.rechunk().into_owned())
        };
        let days = name.and_then(|name| read(name).ok());
        let months = period.and_then(|source| source.grain.months()).unwrap_or(1);
        Self {
            days: days.unwrap_or_else(|| Int32Chunked::full_null("".into(), rows.height())),
            months: months.cast_signed(),
        }
    }

    /// Those of some rows next to each other.
    pub(super) fn slice(&self, rows: &std::ops::Range<usize>) -> Self {
        let from = i64::try_from(rows.start).unwrap_or(i64::MAX);
        Self { days: self.days.slice(from, rows.len()), months: self.months }
    }

    /// The day of a row.
    pub(super) fn get(&self, row: usize) -> Option<NaiveDate> {
        self.days.get(row).and_then(NaiveDate::from_epoch_days)
    }

    /// The months of each row. Neighbours are often of one month, which is worked out once.
    pub(super) fn spans(&self) -> impl Iterator<Item = Option<Span>> {
        let mut known: Option<(std::ops::RangeInclusive<i32>, Span)> = None;
        self.days.iter().map(move |day| {
            let day = day?;
            if let Some((_, span)) = known.as_ref().filter(|(days, _)| days.contains(&day)) {
                return Some(*span);
            }
            let month = Month::containing(NaiveDate::from_epoch_days(day)?);
            let days = month.first_day().to_epoch_days()..=month.last_day().to_epoch_days();
            let span = self.span(month);
            known = Some((days, span));
            Some(span)
        })
    }

    /// The last month of all.
    pub(super) fn latest(&self) -> Option<Month> {
        let latest = NaiveDate::from_epoch_days(self.days.max()?)?;
        Some(self.span(Month::containing(latest)).1)
    }

    fn span(&self, first: Month) -> Span {
        (first, first.plus(self.months - 1))
    }
}
