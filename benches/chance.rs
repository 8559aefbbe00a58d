//! What the rating table does by chance: simulates every world and writes `benches/chance.csv` and
//! the table of `benches/README.md`.
//!
//!     cargo bench --profile dev --bench chance
//!     cargo bench --profile dev --bench chance -- --codes values    the rows that decided

#![allow(clippy::print_stdout, reason = "a bench says what it found")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot go on stops here")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "numbers of cases are small"
)]

#[path = "../tests/judgement/build.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod build;
#[path = "../tests/judgement/chance/simulation.rs"]
mod simulation;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;

use simulation::outcome::{Outcome, outcome};
use simulation::world::World;
use simulation::worlds::worlds;

fn main() {
    let number: u32 = std::env::var("SERIES").ok().and_then(|s| s.parse().ok()).unwrap_or(1000);
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let only = arguments.get(1).cloned().unwrap_or_default();
    let worlds: Vec<World> =
        worlds().into_iter().filter(|w| w.family.contains(&only)).collect();
    let started = std::time::Instant::now();
    let outcomes = simulate(&worlds, number);
    for (w, o) in worlds.iter().zip(&outcomes) {
        let s = o.table.shares.map(|s| format!("{:5.1}", 100.0 * s)).join(" ");
        let d = o.delay.as_ref().map_or(String::new(), |d| format!("delay {:?} {:?} never {:.1} early {:?}", d.median, d.ninth_decile, 100.0 * d.never, d.early));
        println!("{:?}\n    R A G N {s} ±{:.1} ch {:.2} | target R {:.1} ch {:.1} | ten R {:.1} ch {:.1} | {d}", w, 100.0 * o.table.red_error, o.table.changes_a_year,
            100.0 * o.target.shares[0], o.target.changes_a_year, 100.0 * o.ten.shares[0], o.ten.changes_a_year);
        let codes: Vec<String> = o.codes.iter().map(|(c, s)| format!("{c} {:.1}", 100.0 * s)).collect();
        println!("    {}", codes.join(" "));
    }
    println!("{:.0} s", started.elapsed().as_secs_f64());
}

fn simulate(worlds: &[World], number: u32) -> Vec<Outcome> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(vec![Outcome::default(); worlds.len()]);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(world) = worlds.get(at) else { break };
                    let one = outcome(world, number);
                    found.lock().unwrap()[at] = one;
                }
            });
        }
    });
    found.into_inner().unwrap()
}
