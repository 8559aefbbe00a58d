//! Cells to dates and times.

use chrono::NaiveDate;

use super::{Cell, Cells, Reader};
use crate::feeds::order::Order;
use crate::feeds::reading::Dates;
use crate::feeds::tally::Why;
use crate::feeds::times::Times;
use crate::feeds::timestamp::{DAY, Fault};
use crate::feeds::written::Written;
use crate::feeds::zone::{Instant, Zone};

/// A local time, the point in time it names, and the second one where the clocks showed it twice.
type Moment = (i64, i64, Option<i64>);

/// The first and the last day that a column allows, counted from 1970.
#[derive(Debug, Clone, Copy)]
struct Range<'a> {
    dates: &'a Dates,
    from: i64,
    to: i64,
}

impl<'a> Range<'a> {
    fn new(dates: &'a Dates) -> Self {
        let days = |day: NaiveDate| i64::from(day.to_epoch_days());
        Self { dates, from: days(dates.range.0), to: days(dates.range.1) }
    }

    fn check(self, day: i64) -> Result<(), Why> {
        if (self.from..=self.to).contains(&day) {
            return Ok(());
        }
        let (from, to) = self.dates.range;
        Err(Why::OutOfRange { from: from.to_string(), to: to.to_string() })
    }
}

impl<'a> Reader<'a, '_, '_> {
    pub(super) fn dates(&mut self, cells: &'a Cells, dates: &Dates) -> Vec<Option<i32>> {
        let range = Range::new(dates);
        let checked = |day: i32| range.check(i64::from(day)).map(|()| day);
        if let Cells::Date(days) = cells {
            return self.typed(days, |day| checked(day).into());
        }
        let mut order = Order::of(dates.format.text());
        let read = |row: usize, line: u32, text: &str| {
            if let Some(day) = entered(cells, row, &mut order) {
                return checked(day.to_epoch_days()).into();
            }
            match moment(dates, text, line, &mut order) {
                Ok(seconds) => i32::try_from(seconds.div_euclid(DAY))
                    .map_err(|_| Why::NoSuchDate)
                    .and_then(checked)
                    .into(),
                Err(fault) => Cell::Bad(why(fault, dates)),
            }
        };
        let days = self.texts(cells, read, |_| None);
        self.told(order);
        days
    }

    pub(super) fn times(&mut self, dates: &Dates, cells: &'a Cells) -> Times {
        let range = Range::new(dates);
        let zone = self.rules.zone;
        let read = |local: i64| match range.check(local.div_euclid(DAY)) {
            Ok(()) => named(zone, local),
            Err(why) => Cell::Bad(why),
        };
        let known = |utc: i64| {
            let local = zone.local(utc);
            range.check(local.div_euclid(DAY)).map(|()| (local, utc, None)).into()
        };
        let values: Vec<Option<Moment>> = match cells {
            Cells::Time(values) => self.typed(values, read),
            Cells::Instant(values) => self.typed(values, known),
            Cells::Date(values) => self.typed(values, |_| Cell::Unknown(Why::DateAlone)),
            cells => {
                let mut order = Order::of(dates.format.text());
                let read = |row: usize, line: u32, text: &str| {
                    if entered(cells, row, &mut order).is_some() {
                        return match cells.written(row) {
                            Written::Moment(local) => read(local),
                            _ => Cell::Unknown(Why::DateAlone),
                        };
                    }
                    match moment(dates, text, line, &mut order) {
                        Ok(local) => read(local),
                        Err(Fault::DateAlone) => Cell::Unknown(Why::DateAlone),
                        Err(fault) => Cell::Bad(why(fault, dates)),
                    }
                };
                let values = self.texts(cells, read, |_| None);
                self.told(order);
                values
            }
        };
        let twice = values
            .iter()
            .enumerate()
            .filter_map(|(row, value)| Some((row, value.as_ref()?.2?)))
            .collect();
        Times {
            name: self.source.name.clone(),
            blank: self.source.open_end.then(|| cells.blank(self.fate.lines.len())),
            local: values.iter().map(|value| value.map(|(local, _, _)| local)).collect(),
            utc: values.iter().map(|value| value.map(|(_, utc, _)| utc)).collect(),
            twice,
        }
    }

    fn told(&mut self, order: Order) {
        let name = &self.source.name;
        if !self.fate.orders.contains_key(name) {
            self.fate.orders.insert(name.clone(), Order::default());
        }
        if let Some(known) = self.fate.orders.get_mut(name) {
            known.add(order);
        }
    }
}

/// The points in time that a local time names.
fn named(zone: &Zone, local: i64) -> Cell<Moment> {
    match zone.instant(local) {
        Instant::Once(utc) => Cell::Value((local, utc, None)),
        Instant::Twice(first, second) => Cell::Value((local, first, Some(second))),
        Instant::Never => Cell::Bad(Why::Skipped),
    }
}

/// The day of a cell that a workbook holds as a date.
fn entered(cells: &Cells, row: usize, order: &mut Order) -> Option<NaiveDate> {
    let written = cells.written(row);
    let day = written.day()?;
    order.entered(written);
    Some(day)
}

/// Reads a text, and takes down what it tells about the order of day and month.
fn moment(dates: &Dates, text: &str, line: u32, order: &mut Order) -> Result<i64, Fault> {
    match dates.format.moment(text) {
        Ok((seconds, over)) => {
            order.date(over);
            Ok(seconds)
        }
        Err(Fault::Swapped) => {
            order.swapped(text, line);
            Err(Fault::Swapped)
        }
        Err(fault) => Err(fault),
    }
}

fn why(fault: Fault, dates: &Dates) -> Why {
    match fault {
        Fault::Form => Why::Form { format: dates.format.text().to_owned() },
        Fault::NoSuchDate | Fault::Swapped => Why::NoSuchDate,
        Fault::NoSuchTime => Why::NoSuchTime,
        Fault::DateAlone => Why::DateAlone,
    }
}
