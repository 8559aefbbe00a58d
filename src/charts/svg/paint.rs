//! Shapes drawn by plotters, four steps to the pixel, and its SVG made small.
//!
//! plotters writes where things are; how they look is written once on the group around them.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::charts::font::Weight;
use crate::charts::text::clean;
use crate::charts::theme::Colour;
use crate::error::{Error, Place};

/// Steps to the pixel: plotters draws on whole steps.
const STEPS: f64 = 4.0;

/// A point of the picture in pixels from its left upper corner.
pub(crate) type Spot = (f64, f64);

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    /// A line through points.
    Line(Vec<Spot>),
    /// A closed, filled shape.
    Polygon(Vec<Spot>),
    /// A circle: middle and radius.
    Circle(Spot, f64),
    /// A line of text on its base line.
    Text(Spot, Anchor, String),
}

/// Which part of a line of text stands at its spot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// How the shapes of a layer look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Look {
    /// Lines of a width, with the lengths of dashes and gaps.
    Stroke(Colour, f64, &'static [f64]),
    /// Filled shapes with an edge of another colour and a width.
    Fill(Colour, Colour, f64),
    /// Text of a size; `halo` keeps lines behind it from crossing it.
    Letters {
        /// Colour of the letters.
        colour: Colour,
        /// Font size in pixels.
        size: f64,
        /// How bold.
        weight: Weight,
        /// Whether it has a white edge.
        halo: bool,
    },
}

/// Shapes that look alike, drawn above the layers before.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Layer {
    /// What they are, for style sheets and tests.
    pub(crate) name: &'static str,
    /// How they look.
    pub(crate) look: Look,
    /// The shapes.
    pub(crate) shapes: Vec<Shape>,
}

/// The layers as SVG elements, on a white ground. Empty layers leave nothing.
pub(crate) fn paint(layers: &[Layer], width: f64, height: f64) -> Result<String, Error> {
    let size = (to_step(width).unsigned_abs(), to_step(height).unsigned_abs());
    let ground = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
    let ground = Layer {
        name: "paper",
        look: Look::Fill(crate::charts::theme::PAPER, crate::charts::theme::PAPER, 0.0),
        shapes: vec![Shape::Polygon(ground.to_vec())],
    };
    let mut svg = String::new();
    for layer in std::iter::once(&ground).chain(layers).filter(|layer| !layer.shapes.is_empty()) {
        svg += &group(layer.name, layer.look);
        svg += &plotted(&layer.shapes, size).map_err(|error| {
            Error::run(Place::file("chart"), format!("the drawing failed: {error}"))
        })?;
        svg += "</g>\n";
    }
    Ok(svg)
}

/// The opening tag of a layer.
fn group(name: &str, look: Look) -> String {
    match look {
        Look::Stroke(colour, width, dashes) => {
            let dashes = if dashes.is_empty() {
                String::new()
            } else {
                let dashes: Vec<_> = dashes.iter().map(|&d| to_step(d).to_string()).collect();
                format!(" stroke-dasharray=\"{}\"", dashes.join(" "))
            };
            format!(
                "<g class=\"chart-{name}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" \
                 stroke-linejoin=\"round\"{dashes}>",
                colour.hex(),
                to_step(width),
            )
        }
        Look::Fill(fill, edge, width) => format!(
            "<g class=\"chart-{name}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"{}\">",
            fill.hex(),
            edge.hex(),
            to_step(width),
        ),
        Look::Letters { colour, size, weight, halo } => {
            let bold = if weight == Weight::SemiBold { " font-weight=\"600\"" } else { "" };
            let halo = if halo {
                " stroke=\"#FFFFFF\" stroke-width=\"14\" stroke-linejoin=\"round\" \
                 paint-order=\"stroke\""
            } else {
                ""
            };
            format!(
                "<g class=\"chart-{name}\" fill=\"{}\" font-size=\"{}\"{bold}{halo}>",
                colour.hex(),
                to_step(size),
            )
        }
    }
}

/// What plotters writes about each shape and the group says for all: dropped.
const SAID_BY_THE_GROUP: [&str; 11] = [
    " opacity=\"1\"",
    " fill=\"none\"",
    " fill=\"#000000\"",
    " stroke=\"none\"",
    " stroke=\"#000000\"",
    " stroke-width=\"1\"",
    " dy=\"-0.5ex\"",
    " text-anchor=\"start\"",
    " font-family=\"Inter\"",
    " font-size=\"100\"",
    "\n",
];

/// The shapes as plotters draws them, without what the group says. Text cannot be hit by the
/// dropping: quotation marks and line breaks do not occur in it.
fn plotted(
    shapes: &[Shape],
    size: (u32, u32),
) -> Result<String, DrawingAreaErrorKind<std::io::Error>> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        for shape in shapes {
            draw_shape(&area, shape)?;
        }
        area.present()?;
    }
    let inner = svg.split_once(">\n").map_or("", |(_, rest)| rest);
    let inner = inner.strip_suffix("</svg>\n").unwrap_or(inner);
    let mut inner = inner.to_owned();
    for said in SAID_BY_THE_GROUP {
        inner = inner.replace(said, "");
    }
    Ok(inner.replace(" \"/>", "\"/>"))
}

fn draw_shape(
    area: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
    shape: &Shape,
) -> Result<(), DrawingAreaErrorKind<std::io::Error>> {
    match shape {
        Shape::Line(spots) => area.draw(&PathElement::new(steps(spots), BLACK)),
        Shape::Polygon(spots) => area.draw(&Polygon::new(steps(spots), BLACK)),
        Shape::Circle(middle, radius) => {
            area.draw(&Circle::new(step(*middle), to_step(*radius), BLACK.filled()))
        }
        Shape::Text(spot, anchor, text) => {
            let across = match anchor {
                Anchor::Start => HPos::Left,
                Anchor::Middle => HPos::Center,
                Anchor::End => HPos::Right,
            };
            let style = TextStyle::from(("Inter", 124.0).into_font())
                .color(&BLACK)
                .pos(Pos::new(across, VPos::Bottom));
            area.draw(&Text::new(clean(text), step(*spot), style))
        }
    }
}

fn steps(spots: &[Spot]) -> Vec<(i32, i32)> {
    spots.iter().map(|&spot| step(spot)).collect()
}

fn step(spot: Spot) -> (i32, i32) {
    (to_step(spot.0), to_step(spot.1))
}

fn to_step(pixels: f64) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "held to a hundred thousand pixels")]
    let steps = (pixels * STEPS).round().clamp(-400_000.0, 400_000.0) as i32;
    steps
}
