//! Whether rows belong to some areas, each on its own day.

use super::Truth;
use crate::area::Members;
use crate::feeds::coded;
use crate::measures::calendar::day_number;

/// The areas asked for, by the number that stands for each.
#[derive(Debug)]
pub(super) struct Belonging {
    /// When each number counts.
    by_number: Vec<When>,
    /// Whether some area always counts.
    always: bool,
    /// The days on which those count that do not always.
    sometimes: Vec<(i32, i32)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum When {
    Never,
    Always,
    /// From a day to the day before another.
    Days(Vec<(i32, i32)>),
}

impl Belonging {
    pub(super) fn new(areas: &Members) -> Self {
        let mut found = Self { by_number: Vec::new(), always: false, sometimes: Vec::new() };
        for (code, days) in areas.iter() {
            let Some(number) = coded::number(code).and_then(|n| usize::try_from(n).ok()) else {
                continue;
            };
            if found.by_number.len() <= number {
                found.by_number.resize(number + 1, When::Never);
            }
            let stretches = days.stretches().iter();
            let stretches: Vec<(i32, i32)> =
                stretches.map(|(from, to)| (day_number(*from), day_number(*to))).collect();
            found.by_number[number] = if days.is_always() {
                found.always = true;
                When::Always
            } else {
                found.sometimes.extend(&stretches);
                When::Days(stretches)
            };
        }
        found
    }

    /// Unknown where the row has no area and one of them counts on its day, or its area counts on some
    /// days and its own is not known.
    pub(super) fn holds(&self, code: Option<u32>, day: Option<i32>) -> Truth {
        let inside = |days: &[(i32, i32)]| match day {
            Some(day) => Truth::of(days.iter().any(|(from, to)| *from <= day && day < *to)),
            None if days.is_empty() => Truth::No,
            None => Truth::Unknown,
        };
        let Some(code) = code else {
            let may = if self.always { Truth::Yes } else { inside(&self.sometimes) };
            return may.min(Truth::Unknown);
        };
        match usize::try_from(code).ok().and_then(|code| self.by_number.get(code)) {
            None | Some(When::Never) => Truth::No,
            Some(When::Always) => Truth::Yes,
            Some(When::Days(days)) => inside(days),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::area::Days;

    #[test]
    fn a_row_counts_on_the_days_of_its_area() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut areas = Members::from_iter(["always here"]);
        let until = Days::stretch(None, Some(day("2019-04-01")));
        areas.insert("here until April", until.clone());
        let number = |code: &str| coded::number(code);
        let on = |text: &str| Some(day_number(day(text)));
        let all = Belonging::new(&areas);
        assert_eq!(all.holds(number("always here"), None), Truth::Yes);
        assert_eq!(all.holds(number("never here"), on("2019-03-31")), Truth::No);
        assert_eq!(all.holds(number("here until April"), on("2019-03-31")), Truth::Yes);
        assert_eq!(all.holds(number("here until April"), on("2019-04-01")), Truth::No);
        assert_eq!(all.holds(number("here until April"), None), Truth::Unknown);
        assert_eq!(all.holds(None, on("2019-04-01")), Truth::Unknown);
        let mut one = Members::default();
        one.insert("here until April", until);
        let one = Belonging::new(&one);
        assert_eq!(one.holds(None, on("2019-03-31")), Truth::Unknown);
        assert_eq!(one.holds(None, on("2019-04-01")), Truth::No);
        assert_eq!(one.holds(None, None), Truth::Unknown);
        assert_eq!(Belonging::new(&Members::default()).holds(None, None), Truth::No);
    }
}
