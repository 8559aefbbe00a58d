//! Foreign readers, held so that what they did not expect of a file ends with the file.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::feeds::fault::Fault;

thread_local! {
    /// A foreign reader is at work on this thread.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// How many foreign readers are at work.
static AT_WORK: AtomicUsize = AtomicUsize::new(0);

/// How the threads are called on which polars reads the columns of a file.
const POLARS: &str = "polars-";

/// What a foreign reader gives. That it stops at bytes it did not expect is the file's fault, and what
/// it has to say of it in its own words is not shown.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    be_silent_where_guarded();
    AT_WORK.fetch_add(1, Ordering::SeqCst);
    let outer = GUARDED.replace(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(outer);
    AT_WORK.fetch_sub(1, Ordering::SeqCst);
    read.unwrap_or_else(|_| {
        Err(Fault::new("the file is damaged: it cannot be read")
            .help("open it and save it again, or ask for the delivery again"))
    })
}

/// Panics are told as before, but for those of guarded readers.
fn be_silent_where_guarded() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let tell = take_hook();
        set_hook(Box::new(move |panic| {
            let polars = || thread::current().name().is_some_and(|name| name.starts_with(POLARS));
            let at_work = GUARDED.get() || AT_WORK.load(Ordering::SeqCst) > 0 && polars();
            if !at_work {
                tell(panic);
            }
        }));
    });
}
