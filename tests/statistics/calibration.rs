//! Whether the bands of forecasts hold what they say, and what the published table says.

use std::collections::BTreeMap;
use std::path::Path;

use super::Table;
use simulate::{FAMILIES, HISTORIES, HORIZONS, Held, PROCESSES, Process, cell};

#[path = "../../benches/calibration/simulate.rs"]
mod simulate;

/// The past of every series here.
const HISTORY: usize = HISTORIES[1];
/// Series of each family and process.
const SERIES: u32 = 40;

/// Processes that a forecast can know of and that the whole table is held to.
fn knowable() -> impl Iterator<Item = (&'static str, Process)> {
    let named = ["stable", "trend of 0.2 sigma", "step of 2 sigma halfway"];
    PROCESSES.into_iter().filter(move |(name, ..)| named.contains(name)).map(|(n, p, _)| (n, p))
}

/// Three standard errors of a share of so many series.
fn sampling_error(share: f64, series: f64) -> f64 {
    3.0 * (share * (1.0 - share) / series).sqrt()
}

/// Over all natures of numbers together the bands hold what they say, a year ahead as well; and
/// each cell agrees with the published table.
#[test]
fn bands_hold_what_they_say() {
    let table = published("calibration.csv");
    for (process, moves) in knowable() {
        let mut all = [Held::default(); HORIZONS.len()];
        for (nature, family) in FAMILIES {
            let held = cell(family, moves, HISTORY, SERIES);
            for ((all, held), horizon) in all.iter_mut().zip(held).zip(HORIZONS) {
                all.series += held.series;
                all.inside_80 += held.inside_80;
                all.inside_95 += held.inside_95;
                let key = format!("{nature}, {process}, {horizon}");
                let (said, of) = (table[&key], held.series as f64);
                let room = 4.0 / 3.0 * sampling_error(said, of) + 0.5 / of;
                let ours = held.inside_80 as f64 / of;
                assert!((ours - said).abs() <= room, "{key}: {ours} is not the published {said}");
            }
        }
        for (held, horizon) in all.iter().zip(HORIZONS) {
            let of = held.series as f64;
            for (inside, nominal) in [(held.inside_80, 0.8), (held.inside_95, 0.95)] {
                let share = inside as f64 / of;
                println!("{process}, {horizon} ahead: {share:.3} of {nominal}");
                assert!(share >= nominal - sampling_error(nominal, of), "{process}, {horizon}");
            }
        }
    }
}

/// Coverage of the 80 % band by nature, process and horizon, for the history used here.
fn published(name: &str) -> BTreeMap<String, f64> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches").join(name);
    let table = Table::read(&path);
    let here = table.rows().filter(|row| row.text("history") == HISTORY.to_string());
    here.map(|row| {
        let key = ["nature", "process", "horizon"].map(|heading| row.text(heading)).join(", ");
        (key, row.number("coverage_80").unwrap())
    })
    .collect()
}

/// A probability of so much comes true so often, to five points: in every bin of stable series, and
/// in all but one in twenty of the bins of every process that a forecast can know of. (The others
/// are the outermost of counts about 3 after a step, and of stocks after one.)
#[test]
fn published_probabilities_come_true() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/reliability.csv");
    let table = Table::read(&path);
    let (mut looked, mut off) = (0, Vec::new());
    for row in table.rows().filter(|row| row.text("knowable") == "yes") {
        let [number, said, seen] =
            ["n", "predicted", "observed"].map(|heading| row.number(heading).unwrap());
        let holds = (said - seen).abs() <= 0.05 + sampling_error(said, number);
        let (nature, process) = (row.text("nature"), row.text("process"));
        assert!(holds || process != "stable", "{nature}: {said} came true {seen}");
        looked += 1;
        if !holds {
            off.push(format!("{nature}, {process}: {said} came true {seen}"));
        }
    }
    println!("{} of {looked} bins: {off:#?}", off.len());
    assert!(looked > 250 && 20 * off.len() <= looked, "{off:#?}");
}
