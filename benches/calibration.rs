//! Writes how often the bands of forecasts hold on made-up series: `benches/calibration.csv`, and
//! how predicted probabilities compare with what came: `benches/reliability.csv`.
//!
//!     cargo bench --bench calibration
//!
//! Seeds are fixed: the same program writes the same bytes.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "numbers of series are small"
)]

use std::path::Path;

#[path = "calibration/simulate.rs"]
mod simulate;

use simulate::{BINS, FAMILIES, Family, HISTORIES, HORIZONS, Held, PROCESSES, Process, cell};

/// Series in each cell.
const SERIES: u32 = 2000;

/// Headings of the table of bands.
const BANDS: [&str; 13] = [
    "nature",
    "process",
    "knowable",
    "history",
    "horizon",
    "n",
    "recognised",
    "coverage_80",
    "coverage_95",
    "said_80",
    "said_95",
    "coverage_80_recognised",
    "coverage_95_recognised",
];

/// Headings of the table of probabilities.
const PROBABILITIES: [&str; 8] =
    ["nature", "process", "knowable", "from", "to", "n", "predicted", "observed"];

/// A share with four decimals; empty of nothing.
fn share(part: f64, whole: usize) -> String {
    if whole == 0 { String::new() } else { format!("{:.4}", part / whole as f64) }
}

fn bands(held: &Held) -> [String; 8] {
    let of = |part: usize, whole: usize| share(part as f64, whole);
    [
        held.series.to_string(),
        of(held.recognised, held.series),
        of(held.inside_80, held.series),
        of(held.inside_95, held.series),
        share(held.said_80, held.series),
        share(held.said_95, held.series),
        of(held.recognised_80, held.recognised),
        of(held.recognised_95, held.recognised),
    ]
}

fn probabilities(bins: &[(usize, f64, usize); BINS]) -> Vec<[String; 5]> {
    let edge = |at: usize| format!("{:.1}", at as f64 / BINS as f64);
    let row = |(at, (number, predicted, observed)): (usize, &(usize, f64, usize))| {
        let (predicted, observed) = (share(*predicted, *number), share(*observed as f64, *number));
        [edge(at), edge(at + 1), number.to_string(), predicted, observed]
    };
    bins.iter().enumerate().filter(|(_, bin)| bin.0 > 0).map(row).collect()
}

/// The cells of every history, each made by a thread of its own.
fn cells(family: Family, moves: Process) -> Vec<(usize, [Held; HORIZONS.len()])> {
    std::thread::scope(|scope| {
        let made = HISTORIES
            .map(|history| (history, scope.spawn(move || cell(family, moves, history, SERIES))));
        made.into_iter().map(|(history, made)| (history, made.join().unwrap_or_default())).collect()
    })
}

fn main() -> Result<(), csv::Error> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches");
    let mut table = csv::Writer::from_path(folder.join("calibration.csv"))?;
    let mut reliability = csv::Writer::from_path(folder.join("reliability.csv"))?;
    table.write_record(BANDS)?;
    reliability.write_record(PROBABILITIES)?;
    for (nature, family) in FAMILIES {
        for (process, moves, knowable) in PROCESSES {
            let head = [nature, process, if knowable { "yes" } else { "no" }].map(str::to_owned);
            let mut all = Held::default();
            for (history, held) in cells(family, moves) {
                for (held, horizon) in held.iter().zip(HORIZONS) {
                    let at = [history.to_string(), horizon.to_string()];
                    table.write_record(head.iter().chain(&at).chain(&bands(held)))?;
                    for (all, bin) in all.bins.iter_mut().zip(held.bins) {
                        *all = (all.0 + bin.0, all.1 + bin.1, all.2 + bin.2);
                    }
                }
            }
            for row in probabilities(&all.bins) {
                reliability.write_record(head.iter().chain(&row))?;
            }
        }
    }
    table.flush()?;
    reliability.flush()?;
    Ok(())
}
