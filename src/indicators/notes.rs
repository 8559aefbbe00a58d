//! What people say of a month: `reports/notes/<plan>/<YYYY-MM>.md`, signed by role and dated.
//!
//! Markdown of the plain kind. The head, between two lines `+++`, is TOML: `role` and `date`. What
//! stands before the first heading is said of the whole month, what stands under `## DER-005` of that
//! indicator. Names of people are not asked for: a role signs.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Plan;
use crate::definition::Source;
use crate::error::{Error, Place, nearest};
use crate::period::Month;

/// What one role says of a plan's month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notes {
    /// The role that signs: `Performance analyst`.
    pub role: String,
    /// The day it was signed.
    pub date: NaiveDate,
    /// Of the month as a whole.
    pub general: Vec<Passage>,
    /// Of single indicators, by their id.
    pub indicators: BTreeMap<String, Vec<Passage>>,
}

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage {
    /// A paragraph.
    Paragraph(String),
    /// The points of a list.
    List(Vec<String>),
}

/// The notes of all plans by plan and month. What is wrong in a file leaves the whole file out, so
/// that nobody is quoted in part.
pub(super) fn read(
    sources: &[Source],
    plans: &BTreeMap<String, Plan>,
    errors: &mut Vec<Error>,
) -> BTreeMap<(String, Month), Notes> {
    let mut found = BTreeMap::new();
    for source in sources {
        let before = errors.len();
        let (plan, month) = (plan_of(source, plans, errors), month_of(source, errors));
        let notes = plan.and_then(|plan| notes(source, plan, errors));
        if let (Some(plan), Some(month), Some(notes)) = (plan, month, notes)
            && errors.len() == before
        {
            found.insert((plan.id.clone(), month), notes);
        }
    }
    found
}

/// The plan whose folder the file lies in.
fn plan_of<'a>(
    source: &Source,
    plans: &'a BTreeMap<String, Plan>,
    errors: &mut Vec<Error>,
) -> Option<&'a Plan> {
    let folder = source.file.rsplit('/').nth(1).unwrap_or_default();
    let plan = plans.get(folder);
    if plan.is_none() {
        let place = Place::file(&*source.file);
        let error = Error::definition(place, format!("there is no plan `{folder}`"));
        errors.push(match nearest(folder, plans.keys().map(String::as_str)) {
            Some(meant) => error.help(format!("did you mean `reports/notes/{meant}`?")),
            None => error.help("notes lie in a folder named as the plan: reports/notes/<plan>"),
        });
    }
    plan
}

/// The month that the file is named after.
fn month_of(source: &Source, errors: &mut Vec<Error>) -> Option<Month> {
    let month = super::load::stem(&source.file).parse().ok();
    if month.is_none() {
        let error = Error::definition(Place::file(&*source.file), "the file's name is no month");
        errors.push(error.help("name it after the month it is about, such as 2019-03.md"));
    }
    month
}

fn notes(source: &Source, plan: &Plan, errors: &mut Vec<Error>) -> Option<Notes> {
    let Some(body) = body(&source.text) else {
        let error = Error::definition(Place::line(&*source.file, 1), "the notes are not signed");
        let help = "put role = \"…\" and date = 2019-04-12 first, between two lines of +++";
        errors.push(error.help(help));
        return None;
    };
    let mut head = Source::new(&*source.file, outside_blank(&source.text, body)).parse(errors);
    let role = head.require::<String>("role", errors);
    let date = head.require::<NaiveDate>("date", errors);
    head.finish(errors);
    let mut pages =
        Pages { source, plan, general: Vec::new(), indicators: BTreeMap::new(), at: None };
    let text = source.text.get(body..).unwrap_or_default();
    pages.take(text, body, errors);
    Some(Notes { role: role?, date: date?, general: pages.general, indicators: pages.indicators })
}

/// Where the text after the head begins; `None` without a head.
fn body(text: &str) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "+++")?;
    let mut at = first.len();
    for line in lines {
        at += line.len();
        if line.trim_end() == "+++" {
            return Some(at);
        }
    }
    None
}

/// The head alone, every byte where it stands in the file, so that problems are found there.
fn outside_blank(text: &str, body: usize) -> String {
    let head = text.get(..body).unwrap_or_default();
    head.split_inclusive('\n')
        .map(|line| if line.trim_end() == "+++" { line.replace('+', " ") } else { line.to_owned() })
        .collect()
}

/// Passages as they are read, and of whom.
struct Pages<'a> {
    source: &'a Source,
    plan: &'a Plan,
    general: Vec<Passage>,
    indicators: BTreeMap<String, Vec<Passage>>,
    /// The indicator under whose heading the text stands.
    at: Option<String>,
}

impl Pages<'_> {
    /// Reads the Markdown that begins at a byte of the file. Marks of emphasis are dropped, a link is
    /// followed by its address, and HTML stays the text that it is.
    fn take(&mut self, text: &str, begins: usize, errors: &mut Vec<Error>) {
        let mut words = String::new();
        // points of lists in lists are points of the outermost
        let (mut items, mut depth) = (Vec::new(), 0_usize);
        let mut address = None;
        for (event, span) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
            match event {
                Event::Text(said)
                | Event::Code(said)
                | Event::Html(said)
                | Event::InlineHtml(said) => words.push_str(&said),
                Event::SoftBreak | Event::HardBreak => words.push(' '),
                Event::Start(Tag::List(_)) => depth += 1,
                Event::Start(Tag::Item) | Event::End(TagEnd::Item) => {
                    items.extend(taken(&mut words));
                }
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    address = Some(dest_url.to_string());
                }
                Event::End(TagEnd::Link | TagEnd::Image) => {
                    let address = address.take().filter(|address| !words.ends_with(address));
                    words.extend(address.map(|address| format!(" ({address})")));
                }
                Event::End(TagEnd::List(_)) => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        self.push(Passage::List(std::mem::take(&mut items)));
                    }
                }
                Event::End(TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::CodeBlock) => {
                    if depth > 0 {
                        words.push(' ');
                    } else if let Some(said) = taken(&mut words) {
                        self.push(Passage::Paragraph(said));
                    }
                }
                Event::End(TagEnd::Heading(level)) => {
                    let heading = std::mem::take(&mut words);
                    let place = self.source.place(begins + span.start..begins + span.end);
                    self.heading(heading.trim(), level, place, errors);
                }
                _ => {}
            }
        }
    }

    fn push(&mut self, passage: Passage) {
        match &self.at {
            Some(id) => self.indicators.entry(id.clone()).or_default().push(passage),
            None => self.general.push(passage),
        }
    }

    /// `## DER-005`: what follows is said of that indicator.
    fn heading(&mut self, id: &str, level: HeadingLevel, place: Place, errors: &mut Vec<Error>) {
        let ids = || self.plan.indicators.iter().map(|indicator| indicator.id.as_str());
        if level == HeadingLevel::H2 && ids().any(|known| known == id) {
            self.at = Some(id.to_owned());
            return;
        }
        let error = Error::definition(place, format!("`{id}` is no indicator of the plan"));
        errors.push(match nearest(id, ids()) {
            Some(meant) => error.help(format!("did you mean `## {meant}`?")),
            None => error.help("a heading names the indicator that is spoken of: ## DER-005"),
        });
    }
}

/// The words read so far; they begin anew.
fn taken(words: &mut String) -> Option<String> {
    let said = std::mem::take(words).trim().to_owned();
    (!said.is_empty()).then_some(said)
}
