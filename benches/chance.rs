//! What the rating table does by chance: judges series of every world and writes
//! `benches/chance.csv` and the marked block of `benches/README.md`.
//!
//!     cargo bench --profile dev --bench chance
//!     cargo bench --profile dev --bench chance -- stocks    one family, with the rows that decided

#![allow(clippy::print_stdout, reason = "a bench says what it found")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench that cannot go on stops here")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "numbers of cases are small"
)]

#[path = "../tests/judgement/build.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod build;
#[path = "../tests/judgement/chance/simulation.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod simulation;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use simulation::outcome::{Outcome, outcome};
use simulation::table::{COLUMNS, MARKS, block, row};
use simulation::world::World;
use simulation::worlds::worlds;

/// Series of each world.
const SERIES: u32 = 1000;

fn main() {
    let family = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    if let Some(family) = family {
        let some: Vec<World> = worlds().into_iter().filter(|w| w.family == family).collect();
        for (world, outcome) in some.iter().zip(simulate(&some)) {
            let codes = outcome.codes.iter().map(|(code, share)| format!("{code} {share:.3}"));
            println!(
                "{}\n    {}",
                row(world, &outcome).join(", "),
                codes.collect::<Vec<_>>().join(" ")
            );
        }
        return;
    }
    let all = worlds();
    let outcomes = simulate(&all);
    let rows: Vec<Vec<String>> = all.iter().zip(&outcomes).map(|(w, o)| row(w, o)).collect();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/benches");
    let mut table = csv::Writer::from_path(format!("{folder}/chance.csv")).unwrap();
    table.write_record(COLUMNS).unwrap();
    for row in &rows {
        table.write_record(row).unwrap();
    }
    table.flush().unwrap();
    let readme = format!("{folder}/README.md");
    let text = std::fs::read_to_string(&readme).unwrap();
    let (before, rest) = text.split_once(MARKS[0]).expect("no place for the table");
    let (_, after) = rest.split_once(MARKS[1]).expect("no end of the table");
    std::fs::write(&readme, [before, MARKS[0], &block(&rows), MARKS[1], after].concat()).unwrap();
    println!("{} worlds of {SERIES} series: benches/chance.csv, benches/README.md", rows.len());
}

/// Every world, on as many threads as there are cores; the answer does not depend on how many.
fn simulate(worlds: &[World]) -> Vec<Outcome> {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(vec![Outcome::default(); worlds.len()]);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(world) = worlds.get(at) else { break };
                    let one = outcome(world, 0..SERIES);
                    found.lock().unwrap()[at] = one;
                }
            });
        }
    });
    found.into_inner().unwrap()
}
