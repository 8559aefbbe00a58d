//! What each kind of measure costs a row, judged in loops over plain columns and by polars' expressions.
//!
//!     cargo bench --bench kernels

#![allow(clippy::print_stdout, reason = "a bench says what it found")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot go on stops here")]
#![allow(clippy::cast_precision_loss, reason = "numbers of rows and measures")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use concordat::assess::Part;
use concordat::feeds::contract::Rows;
use concordat::feeds::{Derived, Feed};
use concordat::measures::{Body, collect_by};
use concordat::period::Month;
use concordat::synth::{self, Options};
use concordat::workspace::{Opened, Workspace};
use tempfile::TempDir;

/// How many times the sample's volume.
const SCALE: f64 = 20.0;

/// How often each is timed; the least counts.
const RUNS: usize = 3;

/// Least nanoseconds a row: by the kernel, by polars.
type Costs = (usize, [f64; 2]);

fn main() {
    let folder = made();
    let workspace = Workspace::load(folder.path()).unwrap();
    let opened = workspace.open(workspace.contracts.keys().map(String::as_str));
    println!("| kind | measures | ns a row: kernel | polars' expressions | times as fast |");
    println!("|---|--:|--:|--:|--:|");
    for (kind, (measures, [kernel, plain])) in by_kind(&workspace, &opened) {
        let times = plain / kernel;
        println!("| {kind} | {measures} | {kernel:.1} | {plain:.1} | {times:.1} |");
    }
}

/// The project's definitions over rows that are made up.
fn made() -> TempDir {
    let (own, folder) = (Path::new(env!("CARGO_MANIFEST_DIR")), TempDir::new().unwrap());
    copy(&own.join("indicators"), &folder.path().join("indicators"), &|_| true);
    let contract = |name: &str| name == "feed.toml";
    copy(&own.join("data"), &folder.path().join("data"), &contract);
    let options = Options { scale: SCALE, ..Options::default() };
    synth::write(&folder.path().join("data"), options).unwrap();
    folder
}

fn copy(from: &Path, to: &Path, wanted: &dyn Fn(&str) -> bool) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()), wanted);
        } else if wanted(&entry.file_name().to_string_lossy()) {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// The mean over the measures of each kind, of feeds of rows.
fn by_kind(workspace: &Workspace, opened: &Opened) -> BTreeMap<String, Costs> {
    let as_at: Month = "2018-12".parse().unwrap();
    let mut sums: BTreeMap<String, Costs> = BTreeMap::new();
    let mut done = BTreeSet::new();
    for indicator in workspace.catalogue.plans.values().flat_map(|plan| &plan.indicators) {
        let counted = workspace.measured(opened, indicator, as_at);
        for part in counted.iter().flat_map(|counted| &counted.parts) {
            if part.feed.contract.rows == Rows::Totals || !done.insert(&part.measure.id) {
                continue;
            }
            let kind = format!("{:?}", part.measure.kind);
            let kind = kind.split([' ', '(', '{']).next().unwrap_or_default().to_owned();
            let (measures, costs) = sums.entry(kind).or_default();
            *measures += 1;
            for (cost, body) in costs.iter_mut().zip([Body::Kernel, Body::Plain]) {
                *cost += cost_of(part, body);
            }
        }
    }
    for (measures, costs) in sums.values_mut() {
        for cost in costs {
            *cost /= *measures as f64;
        }
    }
    sums
}

/// Nanoseconds a row, on all cores.
fn cost_of(part: &Part<'_>, body: Body) -> f64 {
    let rows = part.feed.rows.height();
    let time = |_| {
        // nothing is known from before
        let feed = Feed { derived: Derived::default(), ..part.feed.clone() };
        let started = Instant::now();
        collect_by(body, &part.plan, part.measure, &feed, &part.request).unwrap();
        started.elapsed().as_secs_f64() * 1e9 / rows as f64
    };
    (0..RUNS).map(time).fold(f64::INFINITY, f64::min)
}
