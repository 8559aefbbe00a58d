//! The font: its letters' true widths, and the font itself for pages and single pictures.
//!
//! Inter, under the SIL Open Font License 1.1 (`fonts/OFL.txt`), cut down to Latin letters,
//! figures and the signs that packs use.

use std::fmt::Write as _;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// What pictures ask for. Arial is no wider than Inter, so text that fits in one fits in both.
pub(crate) const FAMILY: &str = "Inter, Arial, sans-serif";

/// How bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// 400.
    Regular,
    /// 600.
    SemiBold,
}

const FILES: [&[u8]; 2] =
    [include_bytes!("fonts/Inter-Regular.ttf"), include_bytes!("fonts/Inter-SemiBold.ttf")];
static REGULAR: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(FILES[0], 0).ok());
static SEMI_BOLD: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(FILES[1], 0).ok());

fn face(weight: Weight) -> Option<&'static Face<'static>> {
    match weight {
        Weight::Regular => REGULAR.as_ref(),
        Weight::SemiBold => SEMI_BOLD.as_ref(),
    }
}

fn glyph(face: &Face<'_>, letter: char) -> Option<GlyphId> {
    face.glyph_index(letter).filter(|found| found.0 != 0)
}

/// Widths of the letters of ASCII, of which nearly every text is, by weight.
static ASCII: LazyLock<[[f64; 128]; 2]> = LazyLock::new(|| {
    let of = |weight| {
        std::array::from_fn(|at| looked_up(u8::try_from(at).map_or('?', char::from), weight))
    };
    [of(Weight::Regular), of(Weight::SemiBold)]
});

/// Width of a letter as a share of the font's size. A letter the font lacks counts a whole em, as
/// wide as the fonts that would stand in for it.
fn advance(letter: char, weight: Weight) -> f64 {
    let known = ASCII[weight as usize].get(letter as usize);
    known.copied().unwrap_or_else(|| looked_up(letter, weight))
}

fn looked_up(letter: char, weight: Weight) -> f64 {
    let known = face(weight).and_then(|face| {
        let advance = face.glyph_hor_advance(glyph(face, letter)?)?;
        Some(f64::from(advance) / f64::from(face.units_per_em()))
    });
    known.unwrap_or(1.0)
}

/// Width of a line of text in pixels, at a font size in pixels, without kerning: pictures switch
/// it off, so that this is what is seen.
pub(crate) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    text.chars().map(|letter| advance(letter, weight)).sum::<f64>() * size
}

/// The outline of one semi-bold letter as SVG path data, its width centred on `x`, its base line
/// at `y`. Empty for a letter the font lacks.
pub(crate) fn outline(letter: char, size: f64, x: f64, y: f64) -> String {
    let Some(face) = face(Weight::SemiBold) else { return String::new() };
    let Some(glyph) = glyph(face, letter) else { return String::new() };
    let scale = size / f64::from(face.units_per_em());
    let left = x - advance(letter, Weight::SemiBold) * size / 2.0;
    let mut path = PathData { scale, left, base: y, data: String::new() };
    face.outline_glyph(glyph, &mut path);
    path.data
}

struct PathData {
    scale: f64,
    left: f64,
    base: f64,
    data: String,
}

impl PathData {
    fn push(&mut self, command: char, points: &[(f32, f32)]) {
        self.data.push(command);
        for (at, (x, y)) in points.iter().enumerate() {
            let x = self.left + f64::from(*x) * self.scale;
            let y = self.base - f64::from(*y) * self.scale;
            let space = if at == 0 { "" } else { " " };
            // Writing into a string does not fail.
            let _ = write!(self.data, "{space}{x:.1} {y:.1}");
        }
    }
}

impl OutlineBuilder for PathData {
    fn move_to(&mut self, x: f32, y: f32) {
        self.push('M', &[(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.push('L', &[(x, y)]);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.push('Q', &[(x1, y1), (x, y)]);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.push('C', &[(x1, y1), (x2, y2), (x, y)]);
    }

    fn close(&mut self) {
        self.data.push('Z');
    }
}

/// The font's files, TrueType, for who draws the letters himself.
pub fn font_files() -> [&'static [u8]; 2] {
    FILES
}

/// Two `@font-face` rules that carry the font itself, for the style sheet of a page or a picture
/// that must look the same without a network: about 37 KB.
pub fn font_face_css() -> String {
    let regular = STANDARD.encode(include_bytes!("fonts/Inter-Regular.woff2"));
    let semi_bold = STANDARD.encode(include_bytes!("fonts/Inter-SemiBold.woff2"));
    let rule = |weight: u16, data: &str| {
        format!(
            "@font-face{{font-family:Inter;font-style:normal;font-weight:{weight};\
             src:url(data:font/woff2;base64,{data}) format(\"woff2\")}}"
        )
    };
    rule(400, &regular) + &rule(600, &semi_bold)
}
