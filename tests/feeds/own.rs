//! The project's own contracts and deliveries.

use std::path::Path;

use concordat::area::Areas;
use concordat::definition::Source;
use concordat::feeds::{load_contracts, open};
use concordat::quality::FeedState;

use super::said_of;

fn own_areas(root: &Path) -> Areas {
    let read = |name: &str| {
        let file = format!("indicators/areas/{name}.csv");
        let text = std::fs::read_to_string(root.join(&file)).unwrap();
        Source::new(file, text)
    };
    let (areas, errors) = Areas::read(&read("areas"), &read("area_links"), &read("area_names"));
    assert_eq!(errors, []);
    areas
}

/// Every contract is read, every feed can be used, and every delivered row is accounted for.
#[test]
fn own_feeds_can_be_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (contracts, errors) = load_contracts(root);
    assert_eq!(errors.iter().map(said_of).collect::<Vec<_>>(), Vec::<String>::new());
    assert!(contracts.len() >= 8, "{:?}", contracts.keys());
    let areas = own_areas(root);
    for contract in contracts.values() {
        let opened = open(contract, root, &areas);
        let said: Vec<String> = opened.problems.iter().map(said_of).collect();
        assert_eq!(said, Vec::<String>::new());
        assert_eq!(opened.quality.state, FeedState::Ready);
        let feed = opened.feed.unwrap();
        let mut used = 0;
        for file in &feed.quality.files {
            assert_eq!(file.rows_read, file.rows_used + file.rows_set_aside(), "{}", file.file);
            for note in &file.set_aside {
                let listed = ["not an area", "not in the code list", "not of the format"];
                let known = !listed.iter().any(|words| note.reason.starts_with(words));
                assert!(known, "{}: {note:?}", file.file);
            }
            assert_eq!(file.unknown_headings, Vec::<String>::new(), "{}", file.file);
            used += file.rows_used;
        }
        assert!(feed.rows.height() > 0 && used >= feed.rows.height() as u64, "{}", contract.id);
    }
}
