//! The field's terms for codes: ratings, variation, assurance, methods.

use crate::disclosure::released::{
    Assurance, Better, Colour, Kind, Method, Position, Side, Signal, Status, ToleranceBasis,
    Variation,
};

/// The word of a rating, as it stands in files.
pub fn colour(colour: Colour) -> &'static str {
    match colour {
        Colour::Red => "red",
        Colour::Amber => "amber",
        Colour::Green => "green",
        Colour::NotRated => "not rated",
    }
}

/// The word of a position.
pub fn position(position: Position) -> &'static str {
    match position {
        Position::Met => "met",
        Position::Near => "near",
        Position::Missed => "missed",
    }
}

/// The word of a variation.
pub fn variation(variation: Variation) -> &'static str {
    match variation {
        Variation::Improvement => "improvement",
        Variation::Common => "common cause",
        Variation::Concern => "concern",
    }
}

/// The word of an assurance.
pub fn assurance(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::Pass => "pass",
        Assurance::HitOrMiss => "hit or miss",
        Assurance::Fail => "fail",
    }
}

/// The word of a status, as it stands in files.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Final => "final",
        Status::Provisional => "provisional",
        Status::Partial => "partial",
        Status::Missing => "missing",
        Status::Suppressed => "suppressed",
    }
}

/// The name of a kind of chart.
pub fn chart(kind: Kind) -> &'static str {
    match kind {
        Kind::Xmr => "XmR chart",
        Kind::Stock => "XmR chart of a level that carries over",
        Kind::P => "p′ chart",
        Kind::U => "u′ chart",
        Kind::G => "g chart of the days between events",
        Kind::T => "t chart of the days between events",
        Kind::Run => "run chart",
    }
}

/// Which way is good.
pub fn better(better: Better) -> &'static str {
    match better {
        Better::Lower => "lower is better",
        Better::Higher => "higher is better",
        Better::Neither => "neither way is better",
    }
}

/// How an interval was made, as it stands in files.
pub fn method(method: Method) -> &'static str {
    match method {
        Method::Wilson => "Wilson",
        Method::ClopperPearson => "Clopper-Pearson",
        Method::Byar => "Byar's",
        Method::ExactPoisson => "Exact",
        Method::StudentT => "Student's t",
        Method::Normal => "Normal",
        Method::Newcombe => "Newcombe",
        Method::ConditionalExact => "Conditional exact",
        Method::Dobson => "Dobson's",
        Method::DobsonRepeats => "Dobson's, for repeat events",
        Method::OrderStatistics => "Order statistics",
    }
}

/// Where a tolerance comes from.
pub fn basis(basis: ToleranceBasis) -> &'static str {
    match basis {
        ToleranceBasis::None => "none",
        ToleranceBasis::Plan => "stated by the plan",
        ToleranceBasis::Sigma => "one sigma of this phase",
        ToleranceBasis::PhaseBefore => "one sigma of the phase before",
        ToleranceBasis::FewPoints => "one sigma of the few points of this phase",
        ToleranceBasis::Interval => "the exact 95% interval of the latest value",
    }
}

/// A signal as a code, as it stands in files.
pub fn signal(signal: Signal) -> &'static str {
    match signal {
        Signal::Outside(Side::High) => "above upper limit",
        Signal::Outside(Side::Low) => "below lower limit",
        Signal::Trend(Side::High) => "trend up",
        Signal::Trend(Side::Low) => "trend down",
        Signal::TwoInThree(Side::High) => "two in three high",
        Signal::TwoInThree(Side::Low) => "two in three low",
        Signal::Shift(Side::High) => "shift high",
        Signal::Shift(Side::Low) => "shift low",
    }
}

/// A signal as the end of a sentence: "the latest point is …"; `run` points make a run or a trend.
pub fn signal_phrase(signal: Signal, run: u32) -> String {
    let run = if run == 6 { "six" } else { "seven" };
    match signal {
        Signal::Outside(Side::High) => "above the upper process limit".to_owned(),
        Signal::Outside(Side::Low) => "below the lower process limit".to_owned(),
        Signal::Trend(Side::High) => format!("in a run of {run} or more rising"),
        Signal::Trend(Side::Low) => format!("in a run of {run} or more falling"),
        Signal::TwoInThree(Side::High) => "one of two in three close to the upper limit".to_owned(),
        Signal::TwoInThree(Side::Low) => "one of two in three close to the lower limit".to_owned(),
        Signal::Shift(Side::High) => format!("in a run of {run} or more above the mean"),
        Signal::Shift(Side::Low) => format!("in a run of {run} or more below the mean"),
    }
}
