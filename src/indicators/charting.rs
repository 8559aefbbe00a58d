//! How a chart and its limits are made, where a plan says otherwise than the table of charts.

use crate::definition::{Spanned, Table};
use crate::error::Error;
use crate::unit::Unit;

/// Kinds of chart, by their names in the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Individual values and moving ranges.
    Xmr,
    /// Individual values of a level that carries over: limits widened by its persistence.
    Stock,
    /// Shares, binomial limits with Laney's factor.
    P,
    /// Rates, Poisson limits with Laney's factor.
    U,
    /// Days between rare events, by the geometric law.
    G,
    /// Days between rare events, made symmetric by a power.
    T,
    /// The median and the runs about it; no limits.
    Run,
}

/// What changes a chart or its numbers. Part of the definition, and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charting {
    /// The chart a plan asks for; else the table of charts chooses.
    pub kind: Option<Kind>,
    /// Whether shares are charted and judged by quarters; the table decides unless given.
    pub quarters: Option<bool>,
    /// Leave moving ranges of 3.267 mean moving ranges or more out of the limits.
    pub screen: bool,
    /// Points that make a run or a trend: 7, or 6.
    pub run: u32,
    /// Points beyond the limits count as one of the two in two-in-three (the reading of 2023).
    pub beyond_counts: bool,
    /// Why the plan says otherwise; `None` where it does not.
    pub why: Option<String>,
}

impl Default for Charting {
    fn default() -> Self {
        Self { kind: None, quarters: None, screen: true, run: 7, beyond_counts: false, why: None }
    }
}

impl Charting {
    /// Reads `chart = { kind = "xmr", screen = false, run = 6, two_in_three = "2023", why = "…" }`;
    /// every key but `why` may be left out.
    pub(super) fn read(mut table: Table, unit: Option<Unit>, errors: &mut Vec<Error>) -> Self {
        let mut read = Self::default();
        if let Some(kind) = table.take::<Spanned<String>>("kind", errors) {
            match named(&kind.value) {
                Some((kind_of, quarters)) => {
                    if let Some(problem) = unit.and_then(|unit| unfit(kind_of, unit)) {
                        errors.push(
                            kind.error(problem).help("leave `kind` out, or say \"xmr\" or \"run\""),
                        );
                    }
                    (read.kind, read.quarters) = (Some(kind_of), quarters);
                }
                None => errors.push(
                    kind.error(format!("`{}` is no kind of chart", kind.value))
                        .help("write \"xmr\", \"p\", \"p by quarters\", \"g\", \"t\" or \"run\""),
                ),
            }
        }
        read.screen = table.take::<bool>("screen", errors).unwrap_or(true);
        if let Some(run) = table.take::<Spanned<u32>>("run", errors) {
            if !(6..=7).contains(&run.value) {
                errors.push(run.error("a run is of 6 or 7 points").help("write 6 or 7"));
            }
            read.run = run.value;
        }
        if let Some(reading) = table.take::<Spanned<String>>("two_in_three", errors) {
            read.beyond_counts = reading.value == "2023";
            if !read.beyond_counts {
                errors.push(
                    reading
                        .error(format!("`{}` is no reading of two-in-three", reading.value))
                        .help("write \"2023\", or leave it out for that of NHSRplotthedots"),
                );
            }
        }
        read.why = table.require::<Spanned<String>>("why", errors).map(|why| {
            if why.value.trim().is_empty() {
                errors.push(
                    why.error("another chart needs its reason").help("say why it fits better"),
                );
            }
            why.value
        });
        table.finish(errors);
        read
    }
}

/// A kind by its name in a plan, and whether it is by quarters where that is said.
fn named(name: &str) -> Option<(Kind, Option<bool>)> {
    match name {
        "xmr" => Some((Kind::Xmr, Some(false))),
        "p" => Some((Kind::P, Some(false))),
        "p by quarters" => Some((Kind::P, Some(true))),
        "g" => Some((Kind::G, None)),
        "t" => Some((Kind::T, None)),
        "run" => Some((Kind::Run, Some(false))),
        _ => None,
    }
}

/// Why a kind of chart cannot show figures of a unit.
fn unfit(kind: Kind, unit: Unit) -> Option<&'static str> {
    match kind {
        Kind::P if unit != Unit::Proportion => Some("a p chart is of shares"),
        Kind::G | Kind::T if unit != Unit::Count => Some("g and t charts are of counted events"),
        _ => None,
    }
}
