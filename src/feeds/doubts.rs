//! Doubts about rows, few bytes for each: a feed may have one about every row.

use super::tally::Why;

/// What is doubtful: why, and in which column, if in one.
type Kind = (Why, String);

/// Doubts about rows. They count when the row is used in the end.
#[derive(Debug, Default)]
pub(crate) struct Doubts {
    kinds: Vec<Kind>,
    /// Line of the row, and which kind.
    rows: Vec<(u32, u32)>,
}

impl Doubts {
    /// Doubts the row on a line.
    pub(crate) fn push(&mut self, line: u32, why: Why, column: &str) {
        let same = |kind: &Kind| kind.0 == why && kind.1 == column;
        let kind = self.kinds.iter().position(same).unwrap_or_else(|| {
            self.kinds.push((why, column.to_owned()));
            self.kinds.len() - 1
        });
        self.rows.push((line, u32::try_from(kind).unwrap_or(u32::MAX)));
    }

    /// Adds those of a later part of the file.
    pub(crate) fn join(&mut self, later: Self) {
        let first = self.rows.len();
        for (why, column) in later.kinds {
            // only to know which kind it is
            self.push(0, why, &column);
        }
        let kinds: Vec<u32> = self.rows.drain(first..).map(|(_, kind)| kind).collect();
        let rows = later.rows.into_iter();
        self.rows.extend(rows.filter_map(|(line, kind)| Some((line, *kinds.get(kind as usize)?))));
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Line, why and column of one, by its position; a column that is empty is none.
    pub(crate) fn get(&self, at: usize) -> Option<(u32, &Why, &str)> {
        let (line, kind) = self.rows.get(at)?;
        let (why, column) = self.kinds.get(*kind as usize)?;
        Some((*line, why, column))
    }

    /// The line of one.
    pub(crate) fn line(&self, at: usize) -> u32 {
        self.rows.get(at).map_or(0, |(line, _)| *line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubts_of_parts_keep_their_order_and_their_words() {
        let mut one = Doubts::default();
        one.push(2, Why::Twice, "started");
        one.push(3, Why::SameKey, "");
        let mut other = Doubts::default();
        other.push(5, Why::DateAlone, "ended");
        other.push(6, Why::Twice, "started");
        one.join(other);
        let all: Vec<_> = (0..one.len()).filter_map(|at| one.get(at)).collect();
        assert_eq!(
            all,
            [
                (2, &Why::Twice, "started"),
                (3, &Why::SameKey, ""),
                (5, &Why::DateAlone, "ended"),
                (6, &Why::Twice, "started"),
            ]
        );
        assert_eq!(one.kinds.len(), 3);
    }
}
