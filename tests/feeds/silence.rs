//! A foreign reader that stops at a damaged file has no say of its own: its panic is our message.

use super::parquet::typed;
use super::ugly::arrow;
use super::{EVENTS, Workspace};
use crate::program::concordat;

const DAMAGED: &str = "the file is damaged: it cannot be read";

/// Some bytes of files are changed, one at a time, until a foreign reader stops at them: that of Arrow
/// on the thread that asks, that of Parquet there and on threads of its own.
#[test]
fn of_damaged_files_only_our_message_is_told() {
    let contract = EVENTS.replace("\"*.parquet\"", "\"*.arrow\", \"*.parquet\"");
    for (name, bytes) in [("a.arrow", arrow(false, None)), ("a.parquet", typed())] {
        let workspace = Workspace::new();
        workspace.deliver("feed.toml", &contract);
        std::fs::create_dir(workspace.folder.path().join("indicators")).unwrap();
        let mut told = 0;
        for at in (bytes.len() / 2..bytes.len()).step_by(7) {
            let mut bytes = bytes.clone();
            bytes[at] ^= 0x7F;
            let problems = workspace.deliver(name, bytes).open(&contract).problems;
            if !problems.iter().any(|error| error.problem == DAMAGED) {
                continue;
            }
            told += 1;
            if told == 12 {
                break;
            }
            let check = concordat(workspace.folder.path(), &["check", "--feed", "feed"]);
            let said = format!(
                "  × data/feed/{name}: {DAMAGED}\n  help: open it and save it again, or ask for the \
                 delivery again\n"
            );
            assert_eq!((check.code, check.errors), (1, said), "{name}, byte {at}");
        }
        assert!(told > 2, "{name}: the reader stops at no damage that was tried");
    }
}
