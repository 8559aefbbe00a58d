//! The tables against PHEindicatormethods 2.1.0, cell by cell, and their messages.

use std::path::Path;

use concordat::stats::{Answer, Output, Settings, dsr, funnel, isr, mean, proportion, rate, smr};

use super::{agree, own, reference};

mod hand;
mod messages;
mod properties;
mod repeats;
mod tables;

/// A reference table: its answer's file, and ours.
struct Compared {
    file: &'static str,
    ours: Answer,
    table: usize,
}

fn settings(multiplier: f64) -> Settings {
    Settings { levels: "0.9,0.95,0.99,0.998".parse().unwrap(), multiplier }
}

fn answers(folder: &Path) -> Vec<Compared> {
    let at = |file: &str| folder.join(file);
    let of = |file, ours| Compared { file, ours, table: 0 };
    // These two carry their own inputs beside the answers, which are not read.
    let shares =
        proportion::proportion(&at("expected_phe_proportion.csv"), &settings(1.0)).unwrap();
    let rates = rate::rate(&at("expected_phe_rate.csv"), &settings(1.0)).unwrap();
    let per = settings(1e5);
    let funnels = funnel::funnel(&at("funnel_input.csv"), &funnel::Options::default()).unwrap();
    vec![
        of("expected_phe_proportion.csv", shares),
        of("expected_phe_rate.csv", rates),
        of("expected_phe_mean.csv", mean::mean(&at("mean_input.csv"), &per).unwrap()),
        of("expected_phe_dsr.csv", dsr::dsr(&at("dsr_input.csv"), &per).unwrap()),
        of("expected_phe_dsr_nonindep.csv", dsr::dsr(&at("dsr_nonindep_input.csv"), &per).unwrap()),
        of("expected_phe_israte.csv", isr::isr(&at("isr_input.csv"), &per).unwrap()),
        of("expected_phe_isratio.csv", smr::smr(&at("isr_input.csv"), &settings(100.0)).unwrap()),
        of("expected_phe_funnel_limits.csv", funnels.clone()),
        Compared { file: "expected_phe_funnel_significance.csv", ours: funnels, table: 1 },
    ]
}

#[test]
fn a_sample_of_every_kind_agrees() {
    let counts = [45, 46, 28, 8, 8, 8, 8, 300, 56];
    assert_eq!(compared(&own("phe")), counts);
}

#[test]
fn every_row_of_the_reference_agrees() {
    if let Some(folder) = reference() {
        assert_eq!(compared(&folder), [223, 595, 28, 36, 16, 36, 36, 900, 168]);
    }
}

/// Compares all tables of a folder; the number of rows of each.
fn compared(folder: &Path) -> Vec<usize> {
    let mut counts = Vec::new();
    let mut differing = Vec::new();
    for Compared { file, ours, table } in answers(folder) {
        let ours = rows_of(&text(&ours.tables[table]));
        let theirs = rows_of(&quoted(folder, file));
        assert_eq!(ours.len(), theirs.len(), "{file}: number of rows");
        assert_eq!(ours[0], theirs[0], "{file}: headings");
        let pairs = ours.iter().zip(&theirs).skip(1);
        let differ = pairs.filter(|(ours, theirs)| {
            !(ours.len() == theirs.len() && ours.iter().zip(*theirs).all(|(a, b)| same(a, b)))
        });
        let differ: Vec<_> = differ.map(|pair| format!("{file}: {pair:?}")).collect();
        println!("{file}: {} of {} rows agree", ours.len() - 1 - differ.len(), ours.len() - 1);
        differing.extend(differ);
        counts.push(ours.len() - 1);
    }
    let shown = &differing[..differing.len().min(10)];
    assert!(differing.is_empty(), "{} rows differ: {shown:#?}", differing.len());
    counts
}

fn text(output: &Output) -> String {
    String::from_utf8(output.bytes().to_vec()).unwrap()
}

fn rows_of(text: &str) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let cells = |record: csv::StringRecord| record.iter().map(str::to_owned).collect();
    reader.records().map(|record| cells(record.unwrap())).collect()
}

/// A reference file, which has two labels with a comma in them without quotes.
fn quoted(folder: &Path, file: &str) -> String {
    let mut text = std::fs::read_to_string(folder.join(file)).unwrap();
    for label in
        ["Dobson, with confidence adjusted for non-independent events", "rate (crude per 100,000)"]
    {
        text = text.replace(label, &format!("\"{label}\""));
    }
    text
}

/// Words alike, numbers to nine digits; `NaN` of the reference is our `NA`.
fn same(ours: &str, theirs: &str) -> bool {
    match (ours.parse::<f64>(), theirs.parse::<f64>()) {
        (Ok(a), Ok(b)) => agree(a, b) || (a == b),
        _ => ours == theirs || (ours == "NA" && theirs == "NaN"),
    }
}
