//! Whether the dates of a file contradict the order of day and month that its contract declares.

use super::fault::Fault;
use super::written::Written;

/// How many lines and texts a contradiction shows.
const SHOWN: usize = 5;

/// Fewest cells that contradict before a file is stopped: one is a slip.
const FEWEST: u64 = 2;

/// One contradiction in so many telling cells is more than slips explain.
const ONE_IN: u64 = 20;

/// Fewest dates of a workbook, and fewest texts beside them, that show a mix-up.
const FEWEST_MIXED: u64 = 3;

/// What the dates of one column of a file say about the order of day and month.
///
/// A cell tells where one of the two numbers is over 12. As declared, it is the day; where it is the
/// month, the cell is no date, and would be one if they changed places.
#[derive(Debug, Clone, Default)]
pub(crate) struct Order {
    format: String,
    /// Texts whose day is over 12.
    as_declared: u64,
    /// Texts whose month is over 12.
    against: u64,
    /// Other texts that are dates.
    silent: u64,
    /// Dates of a workbook whose day is over 12.
    dates_over: u64,
    /// Dates of a workbook whose day is 12 or less.
    dates_under: u64,
    lines: Vec<String>,
}

impl Order {
    /// Nothing told yet of cells of a format.
    pub(crate) fn of(format: &str) -> Self {
        Self { format: format.to_owned(), ..Self::default() }
    }

    /// A text that is a date, and whether its day is over 12.
    pub(crate) fn date(&mut self, over: bool) {
        if over {
            self.as_declared += 1;
        } else {
            self.silent += 1;
        }
    }

    /// A text whose month is over 12, and its line.
    pub(crate) fn swapped(&mut self, text: &str, line: u32) {
        self.against += 1;
        if self.lines.len() < SHOWN {
            self.lines.push(format!("{line} (`{text}`)"));
        }
    }

    /// A date of a workbook.
    pub(crate) fn entered(&mut self, written: Written) {
        if written.day().is_some_and(|day| chrono::Datelike::day(&day) > 12) {
            self.dates_over += 1;
        } else {
            self.dates_under += 1;
        }
    }

    /// Adds what was told by further rows of the column.
    pub(crate) fn add(&mut self, more: Self) {
        self.format = more.format;
        self.as_declared += more.as_declared;
        self.against += more.against;
        self.silent += more.silent;
        self.dates_over += more.dates_over;
        self.dates_under += more.dates_under;
        self.lines.extend(more.lines);
        self.lines.truncate(SHOWN);
    }

    /// Why the column contradicts its declaration, where it does: its rows with both numbers up to
    /// 12 would be read with day and month changed, and nobody would see it.
    pub(crate) fn contradiction(&self, column: &str) -> Option<Fault> {
        let Self { as_declared, against, format, .. } = self;
        if *against >= FEWEST && against * ONE_IN >= against + as_declared {
            let lines = self.lines.join(", ");
            let problem = format!(
                "column `{column}` contradicts its format `{format}`: in {against} rows the month is \
                 over 12, in {as_declared} rows the day is: lines {lines}"
            );
            return Some(Fault::new(problem).help(
                "declare the order the file is written in (%m/%d/%Y where the month stands first); \
                 where it is mixed, ask for the delivery again",
            ));
        }
        let mixed = self.dates_under >= FEWEST_MIXED && *as_declared >= FEWEST_MIXED;
        if mixed && self.dates_over == 0 && self.silent == 0 {
            let problem = format!(
                "column `{column}` was mixed up by a spreadsheet: its {} dates all have a day up to \
                 12, and its {as_declared} texts all a day over 12",
                self.dates_under
            );
            return Some(Fault::new(problem).help(
                "the spreadsheet took days for months where it could: ask for the data as it was \
                 before, as CSV",
            ));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(as_declared: u64, against: u64) -> Option<String> {
        let mut order = Order::of("%d/%m/%Y");
        (0..as_declared).for_each(|_| order.date(true));
        (0..against).for_each(|line| order.swapped("01/13/2017", u32::try_from(line).unwrap() + 2));
        order.contradiction("seen").map(|fault| fault.error("a.csv").to_string())
    }

    #[test]
    fn slips_are_told_from_another_order() {
        assert_eq!(said(9, 0), None);
        assert_eq!(said(0, 1), None, "one row may be a slip");
        assert_eq!(said(39, 2), None, "two in 41 may be slips");
        assert!(said(38, 2).is_some());
        let expected = "a.csv: column `seen` contradicts its format `%d/%m/%Y`: in 2 rows the \
            month is over 12, in 0 rows the day is: lines 2 (`01/13/2017`), 3 (`01/13/2017`)";
        assert_eq!(said(0, 2).unwrap(), expected);
    }

    #[test]
    fn dates_that_a_spreadsheet_took_for_others() {
        let mut order = Order::of("%d/%m/%Y");
        (0..3).for_each(|_| order.date(true));
        // 1 February 2017, as it read 02/01/2017 or 01/02/2017.
        (0..3).for_each(|_| order.entered(Written::Day(17_198)));
        assert!(order.contradiction("seen").is_some());
        order.date(false);
        assert!(order.contradiction("seen").is_none(), "a text with a day up to 12 is left alone");
    }
}
