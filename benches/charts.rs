//! How many charts are drawn a second: every chart of the sample workspace's monthly packs, again and
//! again on one core, as a part of a page and as a file of its own.
//!
//!     cargo bench --bench charts

#![allow(clippy::print_stdout, reason = "a bench says what it found")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot go on stops here")]

use std::path::Path;
use std::time::{Duration, Instant};

use concordat::charts::Chart;
use concordat::charts::svg::{draw, standalone};
use concordat::document::{Block, monthly};
use concordat::period::Month;
use concordat::workspace::Workspace;

/// How long each way of drawing is tried.
const TIME: Duration = Duration::from_secs(5);

fn main() {
    let workspace = Workspace::load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let opened = workspace.open(workspace.contracts.keys().map(String::as_str));
    let as_at: Month = "2018-12".parse().unwrap();
    let mut charts: Vec<Chart> = Vec::new();
    for plan in workspace.catalogue.plans.values() {
        let (_, released, _) = workspace.inside(&opened, plan, as_at);
        for block in monthly::monthly(&released, "Monthly", "analysts").blocks {
            if let Block::Chart(chart) = block {
                charts.push(*chart);
            }
        }
    }
    println!("{} charts", charts.len());
    timed("in a page", &charts, |chart| draw(chart).unwrap().len());
    timed("as a file, with its font", &charts, |chart| standalone(chart).unwrap().len());
}

fn timed(what: &str, charts: &[Chart], draw: impl Fn(&Chart) -> usize) {
    let (mut drawn, mut bytes) = (0_u32, 0);
    let started = Instant::now();
    while started.elapsed() < TIME {
        for chart in charts {
            bytes += draw(chart);
            drawn += 1;
        }
    }
    let a_second = f64::from(drawn) / started.elapsed().as_secs_f64();
    println!("{what}: {a_second:.0} a second, {} bytes each", bytes / drawn as usize);
}
