//! Times whose every character has its place, such as `04/08/2018 21:28`: read without looking at the
//! format piece by piece. What is not read here at once is left to the reader that says why.

use super::DAY;
use super::token::{Field, Token};

/// Where the numbers of a format stand in every text of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fixed {
    length: usize,
    literals: Vec<(usize, u8)>,
    year: usize,
    month: usize,
    day: usize,
    /// Hour, minute and second, with the seconds in each and how many there are of it.
    clock: Vec<(usize, u32, u32)>,
}

impl Fixed {
    /// The places of a format's numbers; `None` where some may be longer or shorter than others.
    pub(super) fn new(tokens: &[Token]) -> Option<Self> {
        let (mut year, mut month, mut day) = (None, None, None);
        let (mut literals, mut clock) = (Vec::new(), Vec::new());
        let mut at = 0;
        for token in tokens {
            let (field, length) = match token {
                Token::Literal(byte) => {
                    literals.push((at, *byte));
                    at += 1;
                    continue;
                }
                Token::Number { field: Field::Year, .. } => (Field::Year, 4),
                Token::Number { field, short: false } => (*field, 2),
                _ => return None,
            };
            match field {
                Field::Year => year = Some(at),
                Field::Month => month = Some(at),
                Field::Day => day = Some(at),
                Field::Hour => clock.push((at, 3_600, 24)),
                Field::Minute => clock.push((at, 60, 60)),
                Field::Second => clock.push((at, 1, 60)),
                Field::ShortYear | Field::Quarter | Field::HourOfTwelve => return None,
            }
            at += length;
        }
        Some(Self { length: at, literals, year: year?, month: month?, day: day?, clock })
    }

    /// Seconds since 1970 and the day of the month; `None` where the text is no such time.
    pub(super) fn read(&self, text: &str) -> Option<(i64, u32)> {
        let bytes = text.as_bytes();
        let plain = bytes.len() == self.length
            && self.literals.iter().all(|(at, byte)| bytes.get(*at) == Some(byte));
        if !plain {
            return None;
        }
        let year = pair(bytes, self.year)? * 100 + pair(bytes, self.year + 2)?;
        let (month, day) = (pair(bytes, self.month)?, pair(bytes, self.day)?);
        let mut seconds = days(year, month, day)? * DAY;
        for (at, each, most) in &self.clock {
            let number = pair(bytes, *at).filter(|number| number < most)?;
            seconds += i64::from(number * each);
        }
        Some((seconds, day))
    }
}

/// A number of two digits.
fn pair(bytes: &[u8], at: usize) -> Option<u32> {
    let digit = |at: usize| {
        let digit = bytes.get(at)?.wrapping_sub(b'0');
        (digit < 10).then_some(u32::from(digit))
    };
    Some(digit(at)? * 10 + digit(at + 1)?)
}

/// Days from 1970 to a day that there is.
fn days(year: u32, month: u32, day: u32) -> Option<i64> {
    const BEFORE: [u32; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
    /// Days from the first of the year 0 to 1970.
    const EPOCH: u32 = 719_528;
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let index = usize::try_from(month).ok()?;
    let (before, after) = (*BEFORE.get(index.checked_sub(1)?)?, *BEFORE.get(index)?);
    let longest = after - before + u32::from(leap && month == 2);
    if !(1..=longest).contains(&day) {
        return None;
    }
    // Leap years before this one, the year 0 among them.
    let earlier = year.checked_sub(1);
    let leaps = earlier.map_or(0, |last| last / 4 - last / 100 + last / 400 + 1);
    let of_year = before + u32::from(leap && month > 2) + day - 1;
    Some(i64::from(year * 365 + leaps + of_year) - i64::from(EPOCH))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn every_day_of_four_centuries_is_the_calendars() {
        for year in 1_800..2_200 {
            for month in 0..14 {
                for day in 0..33 {
                    let date = NaiveDate::from_ymd_opt(year, month, day);
                    let theirs = date.map(|date| i64::from(date.to_epoch_days()));
                    assert_eq!(
                        days(year.unsigned_abs(), month, day),
                        theirs,
                        "{year} {month} {day}"
                    );
                }
            }
        }
        for year in [0, 1, 4, 100, 400, 9_999] {
            let theirs = NaiveDate::from_ymd_opt(year, 3, 1).unwrap().to_epoch_days();
            assert_eq!(days(year.unsigned_abs(), 3, 1), Some(i64::from(theirs)));
        }
    }
}
