//! What a workbook says about a cell besides its text.

use chrono::{NaiveDate, NaiveDateTime};

use super::timestamp::DAY;

/// What a cell was entered as. Cells of text files are all texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) enum Written {
    /// Text, or nothing.
    #[default]
    Text,
    /// A number.
    Number,
    /// A date without a time of day: days since 1970.
    Day(i32),
    /// A date and time of day: local seconds since 1970.
    Moment(i64),
    /// A time of day without a date, in seconds.
    Clock(i64),
}

impl Written {
    /// A date, or a date and time of day, as it is in ISO 8601: `2017-02-01`, `2017-02-01T10:00:00`.
    /// Fractions of a second are cut off.
    pub(crate) fn iso(text: &str) -> Option<Self> {
        if let Ok(day) = text.parse::<NaiveDate>() {
            return Some(Self::Day(day.to_epoch_days()));
        }
        let time: NaiveDateTime = text.parse().ok()?;
        Some(Self::Moment(time.and_utc().timestamp()))
    }

    /// The day of a date.
    pub(crate) fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => NaiveDate::from_epoch_days(day),
            Self::Moment(at) => NaiveDate::from_epoch_days(i32::try_from(at.div_euclid(DAY)).ok()?),
            Self::Text | Self::Number | Self::Clock(_) => None,
        }
    }

    /// How a date or a time is written where a text is asked for; `None` for texts and numbers.
    pub(crate) fn text(self) -> Option<String> {
        let clock = |seconds: i64| {
            let (hours, minutes) = (seconds / 3_600, seconds / 60 % 60);
            format!("{hours:02}:{minutes:02}:{:02}", seconds % 60)
        };
        match self {
            Self::Text | Self::Number => None,
            Self::Day(_) => Some(self.day()?.to_string()),
            Self::Moment(at) => Some(format!("{} {}", self.day()?, clock(at.rem_euclid(DAY)))),
            Self::Clock(seconds) => Some(clock(seconds)),
        }
    }

    /// A date and a time of day in neighbouring cells as one.
    pub(crate) fn join(self, other: Self) -> Self {
        match (self, other) {
            (Self::Day(day), Self::Clock(clock)) => Self::Moment(i64::from(day) * DAY + clock),
            _ => Self::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_joined_and_written() {
        let day = Written::iso("2017-02-01").unwrap();
        assert_eq!(day, Written::Day(17_198));
        assert_eq!(day.text().unwrap(), "2017-02-01");
        let moment = Written::iso("2017-02-01T10:00:30.5").unwrap();
        assert_eq!(moment.text().unwrap(), "2017-02-01 10:00:30");
        assert_eq!(day.join(Written::Clock(36_030)), moment);
        assert_eq!(Written::Clock(36_030).text().unwrap(), "10:00:30");
        assert_eq!(day.join(day), Written::Text);
        assert_eq!(Written::iso("01/02/2017"), None);
        assert_eq!(Written::iso("2017-02-30"), None);
    }
}
