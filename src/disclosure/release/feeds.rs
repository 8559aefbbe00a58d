//! What is known of feeds and their files, released.

use super::Gate;
use crate::disclosure::released::{Feed, File, Reason};
use crate::quality::{FeedQuality, FeedState, FileQuality, Note};

impl Gate {
    pub(super) fn feed(self, feed: &FeedQuality) -> Feed {
        Feed {
            id: feed.feed.clone(),
            title: feed.title.clone(),
            stopped: match &feed.state {
                FeedState::Stopped { why } => Some(why.clone()),
                FeedState::Ready | FeedState::Missing => None,
            },
            missing: feed.state == FeedState::Missing,
            synthetic: feed.synthetic,
            files: feed.files.iter().map(|file| self.file(file)).collect(),
            due_day: feed.due_day,
            settles_after: feed.settles_after,
            latest: feed.latest,
        }
    }

    fn file(self, file: &FileQuality) -> File {
        let completeness =
            file.completeness.iter().map(|(column, share)| (column.clone(), self.figure(*share)));
        File {
            path: file.file.clone(),
            sha256: file.sha256.clone(),
            read: self.count(file.rows_read),
            used: self.count(file.rows_used),
            set_aside: self.count(file.rows_set_aside()),
            reasons: file.set_aside.iter().map(|note| self.reason(note)).collect(),
            warnings: file.warnings.iter().map(|note| self.reason(note)).collect(),
            unknown_headings: file.unknown_headings.clone(),
            completeness: completeness.collect(),
            latest: file.latest,
        }
    }

    fn reason(self, note: &Note) -> Reason {
        Reason {
            reason: note.reason.clone(),
            column: note.column.clone(),
            rows: self.count(note.rows),
            lines: note.lines.clone(),
        }
    }
}
