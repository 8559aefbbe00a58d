//! The repository's own workspace, opened once for all tests that only read it, and its packs, each
//! made once.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, OnceLock};

use concordat::packs::{self, Format, Made};
use concordat::workspace::{Opened, Workspace};

/// Every definition and every feed, without a problem.
pub(crate) static SAMPLE: LazyLock<(Workspace, Opened)> = LazyLock::new(|| {
    let workspace = Workspace::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    assert_eq!(workspace.problems, [], "the repository's own definitions have problems");
    let opened = workspace.open(workspace.contracts.keys().map(String::as_str));
    assert_eq!(opened.problems, [], "the repository's own feeds have problems");
    (workspace, opened)
});

/// The monthly pack of a plan, in all formats.
pub(crate) fn made(plan: &str, as_at: &str) -> Arc<Made> {
    type Packs = BTreeMap<(String, String), Arc<OnceLock<Arc<Made>>>>;
    static PACKS: Mutex<Packs> = Mutex::new(BTreeMap::new());
    let key = (plan.to_owned(), as_at.to_owned());
    let once = Arc::clone(PACKS.lock().unwrap().entry(key).or_default());
    let (workspace, opened) = &*SAMPLE;
    Arc::clone(once.get_or_init(|| Arc::new(of(workspace, opened, plan, as_at))))
}

/// The monthly pack of a plan, in all formats, from feeds that are open.
pub(crate) fn of(workspace: &Workspace, opened: &Opened, plan: &str, as_at: &str) -> Made {
    of_pack(workspace, opened, "monthly", plan, as_at)
}

/// A pack of a plan, in all formats, from feeds that are open.
pub(crate) fn of_pack(
    workspace: &Workspace,
    opened: &Opened,
    pack: &str,
    plan: &str,
    as_at: &str,
) -> Made {
    let pack = workspace.packs[pack].as_ref().unwrap();
    let formats = [Format::Html, Format::Csv, Format::Parquet];
    let plan = workspace.plan(plan).unwrap();
    packs::make(workspace, opened, plan, pack, as_at.parse().unwrap(), &formats).unwrap()
}

/// A file of a pack.
pub(crate) fn text(made: &Made, path: &str) -> String {
    let file = made.files.iter().find(|file| file.path == path);
    String::from_utf8(file.unwrap_or_else(|| panic!("no {path}")).bytes.clone()).unwrap()
}
