//! Things that happened: a line at their month with its words above the plot, or numbers there
//! and the words below where there are too many.

use super::frame::{Frame, Sight};
use super::lines::letters;
use super::paint::{Anchor, Layer, Look, Shape};
use super::place::{Area, Taken};
use crate::charts::Chart;
use crate::charts::calendar::{month_and_year, position};
use crate::charts::font::{Weight, width};
use crate::charts::text::{clean, wrap_evenly};
use crate::charts::theme::{COMMON, Format, INK, LEADER};

/// Most notes that are listed; what is more is counted.
const MOST_LISTED: usize = 20;

/// Something that happened at one place on the scale of time.
#[derive(Debug, Clone, PartialEq)]
struct Note {
    /// Where, in pixels.
    x: f64,
    /// A new phase begins here.
    breaks: bool,
    /// When, as text.
    when: String,
    /// What; empty for a phase that gives no reason.
    text: String,
}

/// Notes with their places; heights are measured upwards from the plot's upper edge.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Notes {
    placed: Vec<(Note, Option<Flag>)>,
    /// What is listed below the plot, already numbered.
    pub(crate) listed: Vec<String>,
    /// Room above the plot.
    pub(crate) height: f64,
}

/// Words beside a line or on its top.
#[derive(Debug, Clone, PartialEq)]
struct Flag {
    area: Area,
    /// Upper end of the line.
    line_top: f64,
    anchor: Anchor,
    lines: Vec<String>,
}

/// Between a line and its words.
const SPACE: f64 = 5.0;

impl Notes {
    /// Places the notes of a chart; of the frame only the width is used.
    pub(crate) fn of(chart: &Chart, sight: &Sight, frame: &Frame, format: &Format) -> Self {
        let notes = collect(chart, sight, frame);
        let mut whole = true;
        let texts: Vec<_> = notes
            .iter()
            .map(|note| {
                let size = format.small;
                let lines = wrap_evenly(&note.text, size, Weight::Regular, format.note_width, 4);
                whole &= lines.len() < 4;
                lines
            })
            .collect();
        if let Some(placed) = whole.then(|| fly(&notes, &texts, format)).flatten() {
            let height = height(&placed);
            if height <= 0.4 * format.plot_height {
                let placed = notes.into_iter().zip(placed).collect();
                return Self { placed, listed: Vec::new(), height };
            }
        }
        Self::numbered(notes, format)
    }

    /// Numbers above, words below.
    fn numbered(notes: Vec<Note>, format: &Format) -> Self {
        let said = notes.iter().filter(|note| !note.text.is_empty());
        let mut listed: Vec<String> = said
            .clone()
            .zip(1..)
            .map(|(note, number)| format!("{number}. {}: {}", note.when, note.text))
            .collect();
        if listed.len() > MOST_LISTED {
            let more = listed.len() - MOST_LISTED;
            listed.truncate(MOST_LISTED);
            listed.push(format!("… and {more} more"));
        }
        let mut number = 0;
        let texts: Vec<_> = notes
            .iter()
            .map(|note| {
                number += usize::from(!note.text.is_empty());
                if note.text.is_empty() { Vec::new() } else { vec![number.to_string()] }
            })
            .collect();
        let placed = stand(&notes, &texts, format);
        let height = height(&placed);
        Self { placed: notes.into_iter().zip(placed).collect(), listed, height }
    }

    /// Where their lines stand.
    pub(crate) fn places(&self) -> impl Iterator<Item = f64> {
        self.placed.iter().map(|(note, _)| note.x)
    }

    /// Lines and words, in a frame that now has its height.
    pub(crate) fn layers(&self, frame: &Frame, format: &Format) -> Vec<Layer> {
        let (mut breaks, mut events, mut text) = (Vec::new(), Vec::new(), Vec::new());
        for (note, flag) in &self.placed {
            let top = frame.top + flag.as_ref().map_or(-2.0, |flag| flag.line_top);
            let line = Shape::Line(vec![(note.x, frame.bottom), (note.x, top)]);
            if note.breaks {
                breaks.push(line);
            } else {
                events.push(line);
            }
            let Some(flag) = flag else { continue };
            let x = match flag.anchor {
                Anchor::Start => flag.area.left,
                Anchor::Middle => note.x,
                Anchor::End => flag.area.right,
            };
            let mut y = frame.top + flag.area.top + format.small;
            for words in &flag.lines {
                text.push(Shape::Text((x, y), flag.anchor, words.clone()));
                y += leading(format);
            }
        }
        vec![
            Layer { name: "events", look: Look::Stroke(LEADER, 1.0, &[2.0, 2.0]), shapes: events },
            Layer { name: "breaks", look: Look::Stroke(COMMON, 1.0, &[]), shapes: breaks },
            Layer { name: "notes", look: letters(INK, format.small), shapes: text },
        ]
    }
}

fn leading(format: &Format) -> f64 {
    format.small * 1.22
}

/// Every note inside the plot and every phase break, in order of place; what happens at one place
/// is one note.
fn collect(chart: &Chart, sight: &Sight, frame: &Frame) -> Vec<Note> {
    let breaks: Vec<_> = chart
        .phases
        .iter()
        .filter(|phase| phase.first > 0)
        .filter_map(|phase| chart.points.get(phase.first))
        .map(|point| point.start)
        .collect();
    let note = |date, text: &str| {
        let breaks = breaks.contains(&date);
        let at = position(date) - if breaks { sight.half } else { 0.0 };
        let inside = sight.span.0 <= at && at <= sight.span.1 && frame.month().is_finite();
        let text = clean(text);
        inside.then(|| Note { x: frame.x(at), breaks, when: month_and_year(date), text })
    };
    let bare = breaks.iter().filter_map(|&date| note(date, ""));
    let said = chart.annotations.iter().filter_map(|(date, text)| note(*date, text));
    let mut notes: Vec<Note> = said.chain(bare).collect();
    notes.sort_by(|a, b| a.x.total_cmp(&b.x));
    notes.dedup_by(|later, earlier| {
        let same = (later.x - earlier.x).abs() < 0.25;
        if same {
            earlier.breaks |= later.breaks;
            if !later.text.is_empty() {
                let first = if earlier.text.is_empty() { "" } else { "; " };
                earlier.text = format!("{}{first}{}", earlier.text, later.text);
            }
        }
        same
    });
    notes.retain(|note| note.breaks || !note.text.is_empty());
    notes
}

/// A place for each text beside its line, on the lowest level where it touches nothing; `None`
/// when one finds none.
fn fly(notes: &[Note], texts: &[Vec<String>], format: &Format) -> Option<Vec<Option<Flag>>> {
    let most = texts.iter().map(Vec::len).max().unwrap_or(0);
    let level_height = leading(format) * f64::from(u8::try_from(most).unwrap_or(u8::MAX)) + 4.0;
    let page = Area { left: 4.0, top: -1e6, right: format.width - 4.0, bottom: 0.0 };
    let mut taken = Taken::default();
    let mut flags = Vec::new();
    for (note, lines) in notes.iter().zip(texts) {
        if lines.is_empty() {
            flags.push(None);
            continue;
        }
        let wide =
            lines.iter().map(|l| width(l, format.small, Weight::Regular)).fold(0.0, f64::max);
        let tall = leading(format) * f64::from(u8::try_from(lines.len()).unwrap_or(u8::MAX));
        let places = (0..4_u8).flat_map(|level| {
            let bottom = -4.0 - level_height * f64::from(level);
            [(note.x + SPACE, Anchor::Start), (note.x - SPACE - wide, Anchor::End)].map(
                |(left, anchor)| {
                    let area = Area { left, top: bottom - tall, right: left + wide, bottom };
                    (area, anchor)
                },
            )
        });
        let (area, anchor) = places.into_iter().find(|(area, _)| {
            let line = ((note.x, 0.0), (note.x, area.top));
            let roomy = Area { left: area.left - 2.0, right: area.right + 2.0, ..*area };
            taken.free(&page, &[roomy]).is_some()
                && !taken.areas.iter().any(|other| other.crossed(line))
        })?;
        taken.lines.push(((note.x, 0.0), (note.x, area.top)));
        taken.areas.push(area);
        flags.push(Some(Flag { area, line_top: area.top, anchor, lines: lines.clone() }));
    }
    Some(flags)
}

/// A number on the top of each line, higher where it would touch another. One that finds no place
/// on six levels is left out; its note is listed all the same.
fn stand(notes: &[Note], texts: &[Vec<String>], format: &Format) -> Vec<Option<Flag>> {
    let mut taken = Taken::default();
    let mut place = |x: f64, lines: &[String]| {
        let half = width(lines.first()?, format.small, Weight::Regular) / 2.0 + 1.0;
        let (left, right) = (x - half, x + half);
        let bottoms = (0..6_u8).map(|level| -3.0 - leading(format) * f64::from(level));
        let mut areas =
            bottoms.map(|bottom| Area { left, top: bottom - leading(format), right, bottom });
        let area = areas.find(|area| {
            let line = ((x, 0.0), (x, area.bottom));
            !taken.areas.iter().any(|other| other.meets(area) || other.crossed(line))
                && !taken.lines.iter().any(|&line| area.crossed(line))
        })?;
        taken.lines.push(((x, 0.0), (x, area.bottom)));
        taken.areas.push(area);
        let lines = lines.to_vec();
        Some(Flag { area, line_top: area.bottom, anchor: Anchor::Middle, lines })
    };
    notes.iter().zip(texts).map(|(note, lines)| place(note.x, lines)).collect()
}

fn height(flags: &[Option<Flag>]) -> f64 {
    -flags.iter().flatten().map(|flag| flag.area.top).fold(0.0, f64::min)
}
