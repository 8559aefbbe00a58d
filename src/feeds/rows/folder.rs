//! Where rows are written until they are kept, or no longer needed.

use std::fs::DirBuilder;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// What stands between a feed and the process that writes.
const MAKING: &str = ".making-";

/// What nobody has touched for so long is left over.
const OLD: Duration = Duration::from_hours(24);

/// So that one process has several at a time.
static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A folder that goes when nobody needs it any more, unless it is kept.
#[derive(Debug)]
pub(crate) struct Folder(Mutex<Option<PathBuf>>);

impl Folder {
    /// A new folder for a feed, in the workspace's cache or, where that cannot be written, among the system's
    /// temporary files. What runs that broke off have left is taken away.
    pub(crate) fn new(root: &Path, feed: &str) -> io::Result<Self> {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("{feed}{MAKING}{}-{number}", std::process::id());
        let cache = root.join(".cache");
        let inside = cache.join(&name);
        let path = if make(&inside).is_ok() {
            sweep(&cache, &inside);
            inside
        } else {
            let outside = std::env::temp_dir().join(format!("concordat-{name}"));
            make(&outside)?;
            outside
        };
        Ok(Self(Mutex::new(Some(path))))
    }

    /// Where it is, as long as it is its own.
    pub(crate) fn path(&self) -> Option<PathBuf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts it where it stays, in place of what was there; says whether that was possible.
    pub(crate) fn keep(&self, target: &Path) -> bool {
        let mut own = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(path) = own.as_ref() else { return false };
        // beside it, so that a run that breaks off here leaves what the next one takes away
        let mut old = path.clone().into_os_string();
        old.push("-old");
        let _ = std::fs::rename(target, &old);
        let moved = std::fs::rename(path, target).is_ok();
        let _ = std::fs::remove_dir_all(old);
        if moved {
            *own = None;
        }
        moved
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(path) = self.path() {
            let _ = std::fs::remove_dir_all(path);
        }
    }
}

/// Makes a folder that nobody else may look into.
fn make(path: &Path) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Takes away what processes have left that no longer run, or that is a day older than what is made now.
fn sweep(cache: &Path, now: &Path) {
    let touched = |path: &Path| path.metadata().and_then(|about| about.modified()).ok();
    let Ok(entries) = std::fs::read_dir(cache) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some((_, process)) = name.split_once(MAKING) else { continue };
        let process: String = process.chars().take_while(char::is_ascii_digit).collect();
        let runs = Path::new("/proc").join(&process).exists() || !Path::new("/proc/self").exists();
        let age =
            touched(now).zip(touched(&path)).and_then(|(now, old)| now.duration_since(old).ok());
        if !runs || age.is_some_and(|age| age > OLD) {
            let _ = std::fs::remove_dir_all(&path);
        }
    }
}
