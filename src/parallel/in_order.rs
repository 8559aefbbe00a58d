//! Results handed on in order while others are still worked on, few of them waiting.

use std::collections::BTreeMap;
use std::iter::Enumerate;
use std::panic::resume_unwind;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use super::{STACK, threads};

/// Applies a function to each item, on as many threads as the machine runs at once, and hands each result on
/// in the order of the items as soon as it is its turn. However many items there are, few results wait.
/// The first error ends it: an item's own, or that of whoever takes the results.
pub(crate) fn in_order<T, R: Send, E: Send>(
    items: impl IntoIterator<Item = T, IntoIter: Send>,
    apply: impl Fn(T) -> Result<R, E> + Sync,
    take: impl FnMut(R) -> Result<(), E> + Send,
) -> Result<(), E> {
    some_in_order(items, 2 * threads(), apply, take)
}

/// As [`in_order`]; no more than so many items are worked on or wait.
pub(crate) fn some_in_order<T, R: Send, E: Send>(
    items: impl IntoIterator<Item = T, IntoIter: Send>,
    most: usize,
    apply: impl Fn(T) -> Result<R, E> + Sync,
    take: impl FnMut(R) -> Result<(), E> + Send,
) -> Result<(), E> {
    let line = Line::new(items.into_iter(), most, take);
    thread::scope(|scope| {
        let builder = || thread::Builder::new().stack_size(STACK);
        let work = || line.work(&apply);
        let others: Vec<_> =
            (1..threads()).filter_map(|_| builder().spawn_scoped(scope, work).ok()).collect();
        // the caller works as well, so that it goes on where no thread is to be had
        work();
        for other in others {
            other.join().unwrap_or_else(|panic| resume_unwind(panic));
        }
    });
    let state = line.state.into_inner().unwrap_or_else(PoisonError::into_inner);
    state.error.map_or(Ok(()), Err)
}

/// Items, and results that wait for their turn.
struct Line<I, R, E, F> {
    state: Mutex<State<I, R, E>>,
    take: Mutex<F>,
    /// Something has moved on.
    moved: Condvar,
    /// How many items are worked on or wait, at most.
    most: usize,
}

struct State<I, R, E> {
    items: Enumerate<I>,
    /// Items that somebody works on, or has.
    begun: usize,
    done: BTreeMap<usize, Result<R, E>>,
    /// Whose turn it is.
    next: usize,
    /// Somebody hands a result on.
    handing: bool,
    /// Nothing more is worked on.
    over: bool,
    error: Option<E>,
}

impl<I: Iterator, R, E, F: FnMut(R) -> Result<(), E>> Line<I, R, E, F> {
    fn new(items: I, most: usize, take: F) -> Self {
        let state = State {
            items: items.enumerate(),
            begun: 0,
            done: BTreeMap::new(),
            next: 0,
            handing: false,
            over: false,
            error: None,
        };
        let (state, take) = (Mutex::new(state), Mutex::new(take));
        Self { state, take, moved: Condvar::new(), most }
    }

    fn state(&self) -> MutexGuard<'_, State<I, R, E>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, apply: &impl Fn(I::Item) -> Result<R, E>) {
        let panics = Panics(self);
        while let Some((at, item)) = self.item() {
            let made = apply(item);
            self.state().done.insert(at, made);
            self.hand_on();
        }
        std::mem::forget(panics);
    }

    /// The next item, as soon as few enough are ahead of their turn.
    fn item(&self) -> Option<(usize, I::Item)> {
        let mut state = self.state();
        while !state.over && state.begun - state.next >= self.most {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.over {
            return None;
        }
        let item = state.items.next()?;
        state.begun += 1;
        Some(item)
    }

    /// Hands on what is ready, unless somebody does.
    fn hand_on(&self) {
        let mut state = self.state();
        while !state.over && !state.handing {
            let next = state.next;
            let Some(made) = state.done.remove(&next) else { return };
            state.handing = true;
            drop(state);
            let mut take = self.take.lock().unwrap_or_else(PoisonError::into_inner);
            let taken = made.and_then(&mut *take);
            drop(take);
            state = self.state();
            state.handing = false;
            match taken {
                Ok(()) => state.next += 1,
                Err(error) => {
                    state.error = Some(error);
                    state.over = true;
                }
            }
            self.moved.notify_all();
        }
    }
}

/// Lets the others end where a thread panics.
struct Panics<'a, I: Iterator, R, E, F: FnMut(R) -> Result<(), E>>(&'a Line<I, R, E, F>);

impl<I: Iterator, R, E, F: FnMut(R) -> Result<(), E>> Drop for Panics<'_, I, R, E, F> {
    fn drop(&mut self) {
        self.0.state().over = true;
        self.0.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_taken_in_order_and_few_wait() {
        let mut taken = Vec::new();
        let result = in_order(
            0..1_000_u64,
            |number| Ok::<_, ()>(number * number),
            |square| {
                taken.push(square);
                Ok(())
            },
        );
        assert_eq!(result, Ok(()));
        assert!((0..1_000).zip(&taken).all(|(number, square)| number * number == *square));
        assert_eq!(taken.len(), 1_000);
        assert_eq!(in_order(0..0, |_| Ok::<u8, ()>(0), |_| Ok(())), Ok(()));
    }

    #[test]
    fn the_first_error_in_order_ends_it() {
        let mut taken = 0;
        let failing = |number: u32| if number % 10 == 7 { Err(number) } else { Ok(number) };
        let result = in_order(0..1_000, failing, |_| {
            taken += 1;
            Ok(())
        });
        assert_eq!((result, taken), (Err(7), 7));
        let full = |number: u32| if number == 5 { Err("full") } else { Ok(()) };
        assert_eq!(in_order(0..1_000, Ok, full), Err("full"));
    }

    #[test]
    #[should_panic(expected = "seven")]
    fn a_panic_is_not_lost() {
        let apply = |number| {
            assert!(number != 7, "seven");
            Ok::<_, ()>(())
        };
        let _ = in_order(0..100, apply, |()| Ok(()));
    }
}
