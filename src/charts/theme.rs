//! Colours and sizes of every picture.
//!
//! Each colour that carries meaning has at least 3 : 1 contrast on white (WCAG 2.2, 1.4.11), each
//! that letters are set in at least 4.5 : 1 (1.4.3). The ratios stated here are tested. No meaning
//! rests on colour alone: see [`crate::charts::Mark`].

/// A colour: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour(pub(crate) u8, pub(crate) u8, pub(crate) u8);

impl Colour {
    /// The way SVG and HTML write it, such as `#212B32`.
    pub(crate) fn hex(self) -> String {
        format!("#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

/// The paper.
pub(crate) const PAPER: Colour = Colour(0xFF, 0xFF, 0xFF);
/// Titles and the mean: 14.42 on white.
pub(crate) const INK: Colour = Colour(0x21, 0x2B, 0x32);
/// Small print and scales: 7.09 on white.
pub(crate) const QUIET: Colour = Colour(0x4C, 0x5A, 0x66);
/// Grid lines. Decoration, kept faint on purpose: 1.24 on white.
pub(crate) const GRID: Colour = Colour(0xE3, 0xE7, 0xEA);
/// Lines that lead from a label to what it names. Decoration: 2.23 on white.
pub(crate) const LEADER: Colour = Colour(0xA6, 0xAF, 0xB6);
/// Values with common cause variation, and process limits: 4.53 on white.
pub(crate) const COMMON: Colour = Colour(0x6B, 0x78, 0x83);
/// Special cause, improvement: 5.70 on white.
pub(crate) const IMPROVEMENT: Colour = Colour(0x0B, 0x68, 0xB8);
/// Special cause, concern: 4.24 on white.
pub(crate) const CONCERN: Colour = Colour(0xD4, 0x50, 0x0C);
/// Special cause where neither way is good: 5.88 on white.
pub(crate) const NEITHER: Colour = Colour(0x7A, 0x4F, 0xB0);
/// Target lines: 5.88 on white.
pub(crate) const TARGET: Colour = Colour(0xC8, 0x10, 0x2E);
/// A plan's own line: 5.18 on white.
pub(crate) const PLAN: Colour = Colour(0x0B, 0x7A, 0x75);
/// The line of a forecast: 7.03 on white, 4.81 on [`BAND_80`].
pub(crate) const FORECAST: Colour = Colour(0x4A, 0x55, 0x8F);
/// The inner band of a forecast. An area behind lines, labelled in the key: 1.46 on white.
pub(crate) const BAND_80: Colour = Colour(0xCF, 0xD5, 0xEA);
/// The outer band of a forecast: 1.17 on white.
pub(crate) const BAND_95: Colour = Colour(0xEA, 0xED, 0xF6);
/// Rated red: 7.16 on white.
pub(crate) const RED: Colour = Colour(0xB3, 0x00, 0x1B);
/// Rated amber: 2.01 on white, so it is always edged with [`INK`] (7.18 against it).
pub(crate) const AMBER: Colour = Colour(0xF2, 0xA9, 0x00);
/// Rated green: 6.21 on white.
pub(crate) const GREEN: Colour = Colour(0x00, 0x70, 0x3C);
/// An action that is complete: 10.25 on white.
pub(crate) const BLUE: Colour = Colour(0x12, 0x43, 0x6D);
/// Concern filled, with white letters in it: 4.97 on white.
pub(crate) const ALARM: Colour = Colour(0xC2, 0x48, 0x0A);

/// Bars of counts: 4.53 on white.
pub(crate) const STEEL: Colour = Colour(0x4F, 0x79, 0xA8);
/// Cells from none to the most. The numbers in them are in [`INK`], in the last two in [`PAPER`].
pub(crate) const HEAT: [Colour; 5] = [
    Colour(0xF4, 0xF6, 0xF8),
    Colour(0xDC, 0xE8, 0xF3),
    Colour(0xA9, 0xC9, 0xE4),
    Colour(0x2F, 0x73, 0xAD),
    Colour(0x12, 0x43, 0x6D),
];

/// Sizes of one format of a chart, in pixels at its natural width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Format {
    /// Whole width.
    pub(crate) width: f64,
    /// Height of the plot itself; the whole follows from the words around it.
    pub(crate) plot_height: f64,
    /// Letters of the title.
    pub(crate) title: f64,
    /// Letters of the subtitle.
    pub(crate) subtitle: f64,
    /// Letters of scales, labels and key.
    pub(crate) label: f64,
    /// Letters of notes and caption.
    pub(crate) small: f64,
    /// Widest a note above the plot may be.
    pub(crate) note_width: f64,
    /// Words for the process limits: upper and lower.
    pub(crate) limits: [&'static str; 2],
}

/// For a page.
pub(crate) const WIDE: Format = Format {
    width: 800.0,
    plot_height: 300.0,
    title: 20.0,
    subtitle: 14.5,
    label: 13.5,
    small: 12.5,
    note_width: 190.0,
    limits: ["Upper limit", "Lower limit"],
};

/// For a telephone.
pub(crate) const NARROW: Format = Format {
    width: 400.0,
    plot_height: 230.0,
    title: 17.0,
    subtitle: 13.0,
    label: 12.0,
    small: 11.5,
    note_width: 120.0,
    limits: ["Upper", "Lower"],
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2.2 defines it.
    fn luminance(colour: Colour) -> f64 {
        let part = |level: u8| {
            let share = f64::from(level) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }
        };
        0.2126 * part(colour.0) + 0.7152 * part(colour.1) + 0.0722 * part(colour.2)
    }

    fn contrast(one: Colour, other: Colour) -> f64 {
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn colours_have_the_contrast_their_description_states() {
        assert!((contrast(Colour(0, 0, 0), PAPER) - 21.0).abs() < 1e-9, "black on white is 21");
        let stated = [
            (INK, 14.42),
            (QUIET, 7.09),
            (GRID, 1.24),
            (LEADER, 2.23),
            (COMMON, 4.53),
            (IMPROVEMENT, 5.70),
            (CONCERN, 4.24),
            (NEITHER, 5.88),
            (TARGET, 5.88),
            (PLAN, 5.18),
            (FORECAST, 7.03),
            (BAND_80, 1.46),
            (BAND_95, 1.17),
            (RED, 7.16),
            (AMBER, 2.01),
            (GREEN, 6.21),
            (BLUE, 10.25),
            (ALARM, 4.97),
            (STEEL, 4.53),
        ];
        for (colour, ratio) in stated {
            assert!((contrast(colour, PAPER) - ratio).abs() < 0.006, "{}", colour.hex());
        }
        assert!((contrast(AMBER, INK) - 7.18).abs() < 0.006);
    }

    #[test]
    fn parts_that_mean_something_have_three_to_one_and_letters_four_and_a_half() {
        for part in [COMMON, IMPROVEMENT, CONCERN, NEITHER, TARGET, PLAN, RED, GREEN, BLUE, ALARM] {
            assert!(contrast(part, PAPER) >= 3.0, "{}", part.hex());
        }
        for letters in [INK, QUIET, TARGET, PLAN, RED, GREEN, ALARM, COMMON] {
            assert!(contrast(letters, PAPER) >= 4.5, "{}", letters.hex());
        }
        assert!(contrast(INK, AMBER) >= 4.5, "the letter in the amber sign");
        for (at, cell) in HEAT.into_iter().enumerate() {
            let letters = if at < 3 { INK } else { PAPER };
            assert!(contrast(letters, cell) >= 4.5, "the number in {}", cell.hex());
        }
    }
}
