//! `concordat stats`: the statistics as tables, a CSV file in, a CSV file out.

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;

use clap::Subcommand;
use concordat::error::{Error, Kind, Place};
use concordat::stats::Answer;

use super::report::report;

mod figures;
mod funnel;
mod qic;
mod spc;

/// Statistics of a CSV file as a CSV file, to put beside other tools.
#[derive(Debug, Subcommand)]
pub(crate) enum Stats {
    /// Process limits, special causes and icons of series, as NHSRplotthedots gives them.
    Spc(spc::Spc),
    /// Run charts and control charts with runs analysis, as qicharts2 gives them.
    Qic(qic::Qic),
    /// Proportions with Wilson's interval.
    Proportion(figures::Proportion),
    /// Rates with exact or Byar's interval, of repeat events as well.
    Rate(figures::Rate),
    /// Means with Student's t interval.
    Mean(figures::Mean),
    /// Medians and other quantiles with intervals from ranks alone.
    Quantile(figures::Quantile),
    /// Directly standardised rates, of repeat events as well.
    Dsr(figures::Dsr),
    /// Indirectly standardised rates.
    Isr(figures::Isr),
    /// Indirectly standardised ratios.
    Smr(figures::Smr),
    /// Funnel limits, who lies outside them, and over-dispersion.
    Funnel(funnel::Funnel),
}

impl Stats {
    /// Writes the tables and says what was not answered; the exit code.
    pub(crate) fn run(&self, quiet: bool) -> u8 {
        match self {
            Self::Spc(spc) => finish(spc.answer(), &spc.destinations(), quiet),
            Self::Qic(qic) => finish(qic.answer(), &qic.destinations(), quiet),
            Self::Proportion(figures) => figures.run(quiet),
            Self::Rate(figures) => figures.run(quiet),
            Self::Mean(figures) => figures.run(quiet),
            Self::Quantile(figures) => figures.run(quiet),
            Self::Dsr(figures) => figures.run(quiet),
            Self::Isr(figures) => figures.run(quiet),
            Self::Smr(figures) => figures.run(quiet),
            Self::Funnel(funnel) => funnel.run(quiet),
        }
    }
}

/// Writes each table where it goes, if anywhere, and reports the problems; the exit code.
fn finish(answer: Result<Answer, Error>, destinations: &[Option<&Path>], quiet: bool) -> u8 {
    let Answer { tables, mut problems } = match answer {
        Ok(answer) => answer,
        Err(error) => return report(&[error]),
    };
    for (at, table) in tables.iter().enumerate() {
        let Some(path) = destinations.get(at).copied().flatten() else { continue };
        let before = destinations.iter().take(at).flatten();
        let written = if before.into_iter().any(|other| *other == path) {
            let place = Place::file(path.display().to_string());
            Err(Error::run(place, "is asked for twice").help("give each table a file of its own"))
        } else {
            write_whole(table.bytes(), path)
        };
        problems.extend(written.err());
    }
    problems.retain(|problem| !(quiet && problem.kind == Kind::Note));
    report(&problems)
}

/// Writes a file aside first, so that it is there whole or not at all; `-` is standard output.
pub(crate) fn write_whole(bytes: &[u8], path: &Path) -> Result<(), Error> {
    if path == Path::new("-") {
        // A reader that has gone away (`| head`) is no fault.
        let _ = std::io::stdout().lock().write_all(bytes);
        return Ok(());
    }
    let mut aside = OsString::from(path);
    aside.push(".part");
    let aside = Path::new(&aside);
    std::fs::write(aside, bytes).and_then(|()| std::fs::rename(aside, path)).map_err(|error| {
        let _ = std::fs::remove_file(aside);
        Error::run(Place::file(path.display().to_string()), format!("cannot be written: {error}"))
            .help("check that the folder is there and that you may write to it")
    })
}
