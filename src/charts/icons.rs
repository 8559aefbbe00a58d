//! Signs for ratings, variation and assurance, of our own drawing.
//!
//! Each says what it says three times: by its shape, by a letter or line inside, and by colour.
//! Filled shapes are loud (a rating, a concern, a failing process), outlined ones quiet. Letters
//! are outlines of the bundled font, so that no font is needed.

use super::font::outline;
use super::theme::{
    ALARM, AMBER, BLUE, COMMON, Colour, GREEN, IMPROVEMENT, INK, NEITHER, PAPER, QUIET, RED,
};

/// What a sign says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Symbol {
    /// Rated red: an octagon with R.
    Red,
    /// Rated amber: a triangle with A.
    Amber,
    /// Rated green: a circle with G.
    Green,
    /// Not rated: an outlined square with a dash.
    NotRated,
    /// An action that is complete: a square with a tick.
    Blue,
    /// Common cause variation: a circle with a level line.
    CommonCause,
    /// Special cause, improvement by high values: a circle with H and a rising line.
    ImprovementHigh,
    /// Special cause, improvement by low values: a circle with L and a falling line.
    ImprovementLow,
    /// Special cause, concern about high values: a filled hexagon with H and a rising line.
    ConcernHigh,
    /// Special cause, concern about low values: a filled hexagon with L and a falling line.
    ConcernLow,
    /// Special cause, neither good nor bad, high values: a diamond with H below a pointer.
    NeitherHigh,
    /// Special cause, neither good nor bad, low values: a diamond with L above a pointer.
    NeitherLow,
    /// The process will meet the target: a circle with P above the target's line.
    Pass,
    /// The process will sometimes meet the target and sometimes not: a circle with ?.
    HitOrMiss,
    /// The process will not meet the target: a filled hexagon with F.
    Fail,
    /// Nothing to assure against: a broken circle with a dash.
    NoTarget,
}

impl Symbol {
    /// Every sign, in the order of a key.
    pub const ALL: [Self; 16] = [
        Self::Red,
        Self::Amber,
        Self::Green,
        Self::NotRated,
        Self::Blue,
        Self::CommonCause,
        Self::ImprovementHigh,
        Self::ImprovementLow,
        Self::ConcernHigh,
        Self::ConcernLow,
        Self::NeitherHigh,
        Self::NeitherLow,
        Self::Pass,
        Self::HitOrMiss,
        Self::Fail,
        Self::NoTarget,
    ];

    /// What it says in words; the name that assistive technology reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::Red => "Red",
            Self::Amber => "Amber",
            Self::Green => "Green",
            Self::NotRated => "Not rated",
            Self::Blue => "Complete",
            Self::CommonCause => "Common cause variation",
            Self::ImprovementHigh => "Improvement, high values",
            Self::ImprovementLow => "Improvement, low values",
            Self::ConcernHigh => "Concern, high values",
            Self::ConcernLow => "Concern, low values",
            Self::NeitherHigh => "Change, high values",
            Self::NeitherLow => "Change, low values",
            Self::Pass => "Will meet the target",
            Self::HitOrMiss => "Will sometimes meet the target",
            Self::Fail => "Will not meet the target",
            Self::NoTarget => "No target",
        }
    }
}

const CIRCLE: &str = "M20 3A17 17 0 0 1 20 37A17 17 0 0 1 20 3Z";
const OCTAGON: &str = "M13 3H27L37 13V27L27 37H13L3 27V13Z";
const HEXAGON: &str = "M11 4H29L38 20L29 36H11L2 20Z";
const TRIANGLE: &str = "M20 3.5L38 35.5H2Z";
const DIAMOND: &str = "M20 1.5L38.5 20L20 38.5L1.5 20Z";
const SQUARE: &str = "M5 5H35V35H5Z";
const RISING: &str = "M10.5 28L16.5 29L22 24L29 14.5";
const FALLING: &str = "M10.5 12L16.5 11L22 16L29 25.5";
const LEVEL: &str = "M8.5 21.5L14.3 15.5L20 24L25.7 16L31.5 21";

/// Draws a sign: 40 by 40 by nature, legible from 24 pixels. Its name is in it; beside words that
/// say the same, hide it from assistive technology.
pub fn draw(symbol: Symbol) -> String {
    let (words, drawing) = (symbol.words(), shapes(symbol));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 40\" role=\"img\" \
         aria-label=\"{words}\"><title>{words}</title>{drawing}</svg>"
    )
}

/// The shapes of a sign alone, 40 by 40, for a page that draws each once.
pub fn shapes(symbol: Symbol) -> String {
    match symbol {
        Symbol::Red => filled(OCTAGON, RED) + &letter('R', 21.0, (20.0, 27.6), PAPER),
        Symbol::Amber => shape(TRIANGLE, AMBER, INK, 2.5) + &letter('A', 17.0, (20.0, 31.0), INK),
        Symbol::Green => filled(CIRCLE, GREEN) + &letter('G', 21.0, (20.0, 27.6), PAPER),
        Symbol::NotRated => shape(SQUARE, PAPER, QUIET, 2.5) + &line("M13 20H27", QUIET, 3.5, ""),
        Symbol::Blue => filled(SQUARE, BLUE) + &line("M12 20.5L18 26.5L28.5 14", PAPER, 4.0, ""),
        Symbol::CommonCause => {
            let dots = [(8.5, 21.5), (14.3, 15.5), (20.0, 24.0), (25.7, 16.0), (31.5, 21.0)];
            outlined(CIRCLE, COMMON) + &line(LEVEL, COMMON, 2.0, "") + &spots(&dots, COMMON)
        }
        Symbol::ImprovementHigh => outlined(CIRCLE, IMPROVEMENT) + &high(IMPROVEMENT),
        Symbol::ImprovementLow => outlined(CIRCLE, IMPROVEMENT) + &low(IMPROVEMENT),
        Symbol::ConcernHigh => filled(HEXAGON, ALARM) + &high(PAPER),
        Symbol::ConcernLow => filled(HEXAGON, ALARM) + &low(PAPER),
        Symbol::NeitherHigh => {
            outlined(DIAMOND, NEITHER)
                + &filled("M20 7.5L24 13H16Z", NEITHER)
                + &letter('H', 18.0, (20.0, 29.0), NEITHER)
        }
        Symbol::NeitherLow => {
            outlined(DIAMOND, NEITHER)
                + &filled("M20 32.5L24 27H16Z", NEITHER)
                + &letter('L', 18.0, (20.0, 24.0), NEITHER)
        }
        Symbol::Pass => outlined(CIRCLE, IMPROVEMENT) + &assured('P', IMPROVEMENT),
        Symbol::HitOrMiss => outlined(CIRCLE, COMMON) + &assured('?', QUIET),
        Symbol::Fail => filled(HEXAGON, ALARM) + &assured('F', PAPER),
        Symbol::NoTarget => {
            let ring = line(CIRCLE, COMMON, 2.5, " stroke-dasharray=\"5 3.9\"");
            ring + &line("M14 20H26", COMMON, 3.0, "")
        }
    }
}

/// H and a line that rises, ending in a point.
fn high(colour: Colour) -> String {
    line(RISING, colour, 2.0, "")
        + &spots(&[(29.0, 14.5)], colour)
        + &letter('H', 13.5, (15.5, 21.0), colour)
}

/// L and a line that falls, ending in a point.
fn low(colour: Colour) -> String {
    line(FALLING, colour, 2.0, "")
        + &spots(&[(29.0, 25.5)], colour)
        + &letter('L', 13.5, (15.0, 29.0), colour)
}

/// A letter above a target's line.
fn assured(of: char, colour: Colour) -> String {
    letter(of, 19.0, (20.0, 24.8), colour)
        + &line("M11.5 29.5H28.5", colour, 2.0, " stroke-dasharray=\"3.4 1.8\"")
}

fn filled(path: &str, fill: Colour) -> String {
    format!("<path d=\"{path}\" fill=\"{}\"/>", fill.hex())
}

fn outlined(path: &str, edge: Colour) -> String {
    shape(path, PAPER, edge, 2.5)
}

fn shape(path: &str, fill: Colour, edge: Colour, width: f64) -> String {
    format!(
        "<path d=\"{path}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"{width}\" \
         stroke-linejoin=\"round\"/>",
        fill.hex(),
        edge.hex(),
    )
}

fn line(path: &str, colour: Colour, width: f64, more: &str) -> String {
    format!(
        "<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\" \
         stroke-linejoin=\"round\"{more}/>",
        colour.hex(),
    )
}

fn spots(at: &[(f64, f64)], colour: Colour) -> String {
    let dot = |(x, y): &(f64, f64)| {
        format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"2.8\" fill=\"{}\"/>", colour.hex())
    };
    at.iter().map(dot).collect()
}

fn letter(of: char, size: f64, (x, y): (f64, f64), colour: Colour) -> String {
    format!("<path d=\"{}\" fill=\"{}\"/>", outline(of, size, x, y), colour.hex())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Everything but the colours and the name.
    fn without_colour(svg: &str) -> String {
        let drawing = svg.split_once("</title>").unwrap().1;
        let mut parts = drawing.split('#');
        let mut plain = parts.next().unwrap().to_owned();
        for part in parts {
            plain += &part[6..];
        }
        plain
    }

    #[test]
    fn signs_differ_without_their_colours_and_are_named() {
        let drawn: BTreeSet<String> =
            Symbol::ALL.into_iter().map(|symbol| without_colour(&draw(symbol))).collect();
        assert_eq!(drawn.len(), Symbol::ALL.len());
        let names: BTreeSet<_> = Symbol::ALL.into_iter().map(Symbol::words).collect();
        assert_eq!(names.len(), Symbol::ALL.len());
    }

    #[test]
    fn letters_have_an_outline() {
        for of in ['R', 'A', 'G', 'H', 'L', 'P', '?', 'F'] {
            assert!(outline(of, 20.0, 0.0, 0.0).starts_with('M'), "{of}");
        }
        assert!(outline('\u{4E2D}', 20.0, 0.0, 0.0).is_empty());
    }
}
