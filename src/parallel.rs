//! Work done side by side, its results in order.
//!
//! Plain threads, not a pool that takes up further work while it waits: reading a feed and measuring wait
//! for polars' own pool, and work taken up on top of work would run out of stack.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread;

mod in_order;

pub(crate) use in_order::{in_order, some_in_order};

/// Room of a thread, in bytes: as much as the main one has.
const STACK: usize = 8 << 20;

/// How many threads the machine runs at once.
pub(crate) fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// Applies a function to each item, on as many threads as the machine runs at once; the results are in
/// the order of the items. A panic in one goes on in the caller.
pub(crate) fn map<T: Send, R: Send>(items: Vec<T>, apply: impl Fn(T) -> R + Sync) -> Vec<R> {
    let threads = threads().min(items.len());
    if threads <= 1 {
        return items.into_iter().map(apply).collect();
    }
    let waiting = Mutex::new(items.into_iter().enumerate());
    let work = || {
        let mut done = Vec::new();
        while let Some((at, item)) = next(&waiting) {
            done.push((at, apply(item)));
        }
        done
    };
    let mut done: Vec<(usize, R)> = side_by_side(threads, work).into_iter().flatten().collect();
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Adds each item to a sum, one sum a thread; which items went into which is left to chance.
pub(crate) fn fold<T: Send, A: Send>(
    items: Vec<T>,
    start: impl Fn() -> A + Sync,
    add: impl Fn(&mut A, T) + Sync,
) -> Vec<A> {
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(items.len());
    let waiting = Mutex::new(items.into_iter());
    side_by_side(threads, || {
        let mut sum = start();
        while let Some(item) = next(&waiting) {
            add(&mut sum, item);
        }
        sum
    })
}

fn next<I: Iterator>(waiting: &Mutex<I>) -> Option<I::Item> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).next()
}

/// The same work on so many threads.
fn side_by_side<R: Send>(threads: usize, work: impl Fn() -> R + Sync) -> Vec<R> {
    thread::scope(|scope| {
        let builder = || thread::Builder::new().stack_size(STACK);
        // the caller works as well, so that it goes on where no thread is to be had
        let others: Vec<_> =
            (1..threads).filter_map(|_| builder().spawn_scoped(scope, &work).ok()).collect();
        let mut done = vec![work()];
        for other in others {
            done.push(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_order() {
        let squares: Vec<u64> = map((0..1_000_u64).collect(), |number| number * number);
        assert!((0..1_000).zip(squares).all(|(number, square)| square == number * number));
        assert!(map(Vec::<u8>::new(), |number| number).is_empty());
    }

    #[test]
    fn every_item_is_in_one_sum() {
        let sums = fold((0..1_000_u64).collect(), || 0, |sum, number| *sum += number);
        assert_eq!(sums.into_iter().sum::<u64>(), 499_500);
        assert_eq!(fold(Vec::<u8>::new(), || 7, |_, _| {}), [7]);
    }

    #[test]
    #[should_panic(expected = "seven")]
    fn a_panic_is_not_lost() {
        map((0..100).collect(), |number| assert!(number != 7, "seven"));
    }
}
