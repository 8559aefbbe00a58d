//! What was delivered and used as a tidy table for machines.

use super::{integer, some};
use crate::disclosure::Figure;
use crate::disclosure::released::{Feed, File, Reason, Released};
use crate::document::frame::{Frame, Values};

/// `quality.csv`: for each file a row of its own, a row for each reason why rows were set aside, one
/// for each doubt about rows that were used, and a row for each column with its completeness; one row
/// for a feed without files. Lines of a file are the first few, with semicolons.
pub fn quality(released: &Released) -> Frame {
    let rows = quality_rows(released);
    let text =
        |read: &dyn Fn(&Row<'_>) -> Option<String>| Values::Text(rows.iter().map(read).collect());
    let whole = |read: &dyn Fn(&Row<'_>) -> Option<Figure>| {
        Values::Integer(rows.iter().map(|row| read(row).and_then(integer)).collect())
    };
    let due = |row: &Row<'_>| {
        let day = row.feed.due_day?;
        chrono::Datelike::with_day(&released.as_at.plus(1).first_day(), day)
    };
    Frame {
        columns: vec![
            ("feed", text(&|row| Some(row.feed.id.clone()))),
            ("file", text(&|row| row.file.map(|file| file.path.clone()))),
            ("rows_read", whole(&|row| row.whole().map(|file| file.read))),
            ("rows_used", whole(&|row| row.whole().map(|file| file.used))),
            (
                "rows_set_aside",
                whole(&|row| match row.about {
                    About::Reason(reason) => Some(reason.rows),
                    _ => row.whole().map(|file| file.set_aside),
                }),
            ),
            ("reason", text(&|row| row.reason().map(|reason| reason.reason.clone()))),
            (
                "column",
                text(&|row| match row.about {
                    About::Column(name, _) => Some(name.to_owned()),
                    _ => row.reason().and_then(|reason| reason.column.clone()),
                }),
            ),
            (
                "completeness",
                Values::Number(
                    rows.iter()
                        .map(|row| match row.about {
                            About::Column(_, share) => share.shown(),
                            _ => None,
                        })
                        .collect(),
                ),
            ),
            (
                "latest_period",
                text(&|row| {
                    row.whole().and_then(|file| file.latest).map(|month| month.to_string())
                }),
            ),
            ("due", Values::Date(rows.iter().map(due).collect())),
            ("status", text(&|row| Some(state(row.feed).to_owned()))),
            (
                "rows_doubted",
                whole(&|row| match row.about {
                    About::Doubt(doubt) => Some(doubt.rows),
                    _ => None,
                }),
            ),
            ("first_lines", text(&|row| row.reason().and_then(|reason| some(lines(reason))))),
        ],
    }
}

/// The rows of `quality.csv`, in order.
fn quality_rows(released: &Released) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for feed in &released.feeds {
        if feed.files.is_empty() {
            rows.push(Row { feed, file: None, about: About::File });
        }
        for file in &feed.files {
            let row = |about| Row { feed, file: Some(file), about };
            rows.push(row(About::File));
            rows.extend(file.reasons.iter().map(|reason| row(About::Reason(reason))));
            rows.extend(file.warnings.iter().map(|doubt| row(About::Doubt(doubt))));
            rows.extend(
                file.completeness.iter().map(|(name, share)| row(About::Column(name, *share))),
            );
        }
    }
    rows
}

fn lines(reason: &Reason) -> String {
    reason.lines.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn state(feed: &Feed) -> &'static str {
    match (&feed.stopped, feed.missing) {
        (Some(_), _) => "stopped",
        (None, true) => "missing",
        (None, false) => "ready",
    }
}

/// A row of the quality table.
struct Row<'a> {
    feed: &'a Feed,
    file: Option<&'a File>,
    about: About<'a>,
}

/// What of a file a row is about.
enum About<'a> {
    File,
    Reason(&'a Reason),
    Doubt(&'a Reason),
    Column(&'a str, Figure),
}

impl<'a> Row<'a> {
    /// The file, on the row that stands for the whole of it.
    fn whole(&self) -> Option<&'a File> {
        self.file.filter(|_| matches!(self.about, About::File))
    }

    /// Why rows were set aside or doubted.
    fn reason(&self) -> Option<&'a Reason> {
        match self.about {
            About::Reason(reason) | About::Doubt(reason) => Some(reason),
            About::File | About::Column(..) => None,
        }
    }
}
