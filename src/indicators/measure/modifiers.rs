//! Reading what changes a kind: what unknown rows are, how long an outcome is waited for, which time
//! places a row, whether overlapping stays are kept.

use super::Unknown;
use super::read::Reader;
use crate::definition::{Spanned, Table};
use crate::feeds::contract::Rows;
use crate::filter::Prior;

impl Reader<'_> {
    /// `unknown = "exclude"`, as without it, or `"outside"`.
    pub(super) fn unknown(&mut self) -> Option<Unknown> {
        self.word("unknown", [("exclude", Unknown::Exclude), ("outside", Unknown::Outside)])
    }

    /// Whether an earlier stay is ended where the next one of the person starts: `overlapping =
    /// "end"`, as without it, or `"keep"`.
    pub(super) fn ends_early(&mut self) -> Option<bool> {
        if self.table.has("overlapping") && !self.table.has("person") {
            let error = self.table.error("`overlapping` asks whose stays they are");
            self.errors.push(error.help("add person, or leave `overlapping` out"));
        }
        self.word("overlapping", [("end", true), ("keep", false)])
    }

    /// One of two words; without the key the first.
    fn word<T: Copy>(&mut self, key: &str, words: [(&str, T); 2]) -> Option<T> {
        let [(usual, first), (other, second)] = words;
        let Some(said) = self.table.take::<Spanned<String>>(key, self.errors) else {
            return Some(first);
        };
        if said.value == usual {
            return Some(first);
        }
        if said.value == other {
            return Some(second);
        }
        let error = said.error(format!("`{}` is not what `{key}` can be", said.value));
        self.errors.push(error.help(format!("write \"{usual}\" or \"{other}\"")));
        None
    }

    /// `follow = { days = 28 }`; `None` without it, or where an error says what is wrong with it.
    pub(super) fn follow(&mut self) -> Option<u32> {
        let mut follow = self.table.take::<Table>("follow", self.errors)?;
        let days = follow.require::<Spanned<u32>>("days", self.errors);
        follow.finish(self.errors);
        let days = days?;
        if (1..=Prior::LONGEST).contains(&days.value) {
            return Some(days.value);
        }
        let said = format!("an outcome is waited for from 1 to {} days", Prior::LONGEST);
        self.errors.push(days.error(said).help("write follow = { days = 28 }"));
        None
    }

    /// The column that places a row in a period instead of the feed's event time; refused, with the
    /// reason, where the kind has a time of its own.
    pub(super) fn period_by(&mut self, kind: &str) -> Option<String> {
        let given = self.table.has("period_by");
        let why = match kind {
            _ if self.contract.rows == Rows::Totals => "published figures are of a period already",
            "within" => "a clock belongs to the period in which it starts",
            "repeat" => "a repeat is placed by the time from which its window is looked back",
            "bed-days" | "open" | "average-open" | "peak" => {
                "a stay is counted on the days it lasts"
            }
            _ if given => return self.day("period_by"),
            // taken all the same, so that a misspelt key is told what it may be
            _ => return self.table.take("period_by", self.errors),
        };
        if !given {
            return None;
        }
        let column = self.table.take::<Spanned<String>>("period_by", self.errors)?;
        self.errors.push(column.error(why).help("leave `period_by` out"));
        None
    }
}
