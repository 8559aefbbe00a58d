//! Measures: the rows of a feed become series, one point a period.
//!
//! [`plan`](plan::plan) turns a measure into one typed value, [`collect`] runs it, and
//! [`trace`](trace::trace) says where each row stopped. This is the last layer that sees polars.
//!
//! Sums are whole numbers, and the one division comes at the end: a year is the sum of its
//! months over the sum of their cases, never the mean of their values.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use ::polars::prelude::PolarsError;

use crate::area::{Members, Population};
use crate::error::{Error, Place};
use crate::feeds::Feed;
use crate::feeds::contract::Rows;
use crate::filter::ColumnType;
use crate::indicators::measure::Measure;
use crate::indicators::measure::each::Each;
use crate::measures::bag::Bag;
use crate::measures::calendar::{Calendar, day_number};
use crate::measures::levels::Levels;
use crate::measures::plan::{Fold, Plan};
use crate::measures::points::Maker;
use crate::measures::scan::Found;
use crate::measures::sums::{Adding, Sums};
use crate::measures::tally::Tally;
use crate::period::{Grain, Month, Period};
use crate::series::{Nature, Point, Series};

pub mod aggregates;
mod bag;
mod calendar;
pub mod census;
mod clock;
pub mod derived;
mod each;
mod flaws;
mod ids;
mod kernel;
mod levels;
pub mod matching;
mod people;
pub mod plan;
mod points;
mod polars;
mod prepared;
pub mod repeats;
mod rows;
mod scan;
mod shares;
mod stays;
mod sums;
mod tally;
pub mod trace;
mod working;

/// What a series is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The areas whose rows count, taken together, and on which days: a row counts by the day that
    /// places it in its period (of a stay the day it starts). Exactly one for feeds of totals. Not
    /// looked at where the feed has no area.
    pub areas: Members,
    /// A column to show it by.
    pub split: Option<String>,
    /// Of a split by areas, when each code is in force; one that is not named always is.
    pub in_force: Members,
    /// How long a period is.
    pub grain: Grain,
    /// The last month; its end is the cut-off of what is still open.
    pub as_at: Month,
    /// The first month; the first that was delivered when not given.
    pub first: Option<Month>,
    /// For rates, the people of the areas asked for (`None`) and of each code of a split by areas.
    pub populations: BTreeMap<Option<String>, Population>,
}

/// How rows are judged: two bodies of the same meaning, which tests hold to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// Loops over plain columns.
    Kernel,
    /// Polars' expressions.
    Plain,
}

/// The series of a measure: one where no split is asked for, else one for each code of the split
/// column (a code column's own list in its order, otherwise the values met, sorted), and last one
/// without a code for the rows whose code is unknown, when there are any. With `split_shares` each
/// is the share of the rows whose code is known, and none stands for the rest.
///
/// Every period from the first month to the as-at month is there:
/// - *missing*: no month of it was delivered for the areas asked for (or a source's row came
///   without its figure). Not zero. With `empty = "zero"` every month between the feed's first
///   and last is delivered; otherwise a month is when each area that ever reports has a row in it;
///   In a split by areas a part is missing as well where its code is not in force and no row has it;
/// - *suppressed*: the source withheld a figure that it needs;
/// - *partial*: some months of a year, or some areas of a month, were not delivered, or the source
///   says so: the value is of what there is. A week is delivered as the months that it touches are;
///   one that runs past the as-at month, or begins before the first, is partial;
/// - *provisional*: the source says so or, where it says nothing, the feed's `settles_after` has
///   not passed at the as-at month;
/// - *final* otherwise.
///
/// Rows that could not be decided are counted in [`Point::unknown`] in the period they belong to.
/// Bounds are given for counts, shares and levels of stays that have such rows.
///
/// The error is a definition's when a feed of totals is asked for several areas at once;
/// otherwise the feed lacks a column that the measure reads.
pub fn collect(
    plan: &Plan,
    measure: &Measure,
    feed: &Feed,
    request: &Request,
) -> Result<Vec<(Option<String>, Series)>, Error> {
    collect_by(Body::Kernel, plan, measure, feed, request)
}

/// Counts the rows of a feed in one pass for several questions, each a plan and its request: [`collect`]
/// then finds what it needs. What cannot be counted is left for it to say.
pub fn count(feed: &Feed, asked: &[(&Plan, Request)]) {
    let asked: Vec<(&Plan, Request, Calendar)> = asked
        .iter()
        .map(|(plan, request)| {
            let request = plan.each.map_or_else(|| request.clone(), |each| inner(request, each));
            let calendar = Calendar::new(feed, &request, plan.look_back());
            (*plan, request, calendar)
        })
        .collect();
    let asked = asked.iter().map(|(plan, request, calendar)| {
        let live = is_area(feed, request.split.as_ref());
        Adding { plan, feed, request, calendar, live, body: Body::Kernel }
    });
    let _ = scan::sums(feed, &asked.collect::<Vec<_>>());
}

/// As [`collect`], rows judged by one body or the other.
pub fn collect_by(
    body: Body,
    plan: &Plan,
    measure: &Measure,
    feed: &Feed,
    request: &Request,
) -> Result<Vec<(Option<String>, Series)>, Error> {
    let contract = &feed.contract;
    if contract.rows == Rows::Totals && contract.area.is_some() && request.areas.len() != 1 {
        let problem = format!(
            "measure `{}` rests on published figures, which are never added up: {} areas were asked for",
            measure.id,
            request.areas.len()
        );
        return Err(Error::definition(measure.place.clone(), problem)
            .help("ask for one area that the feed itself reports"));
    }
    if contract.rows == Rows::Totals && request.grain.months().is_none() {
        let said = format!("measure `{}` rests on published figures of whole months", measure.id);
        return Err(Error::definition(measure.place.clone(), said)
            .help("ask for months, quarters or years"));
    }
    let Some(each) = plan.each else { return folded(body, plan, measure, feed, request) };
    let calendar = Calendar::new(feed, request, plan.look_back());
    let periods: Vec<Period> = calendar.periods(request).collect();
    let series = folded(body, plan, measure, feed, &inner(request, each))?;
    let moves = |period| points::unsettled(period, request.as_at, contract.settles_after);
    let made = series.into_iter().map(|(code, one)| {
        let point = |&period| each::point(each, period, &one.points, moves(period));
        let points = periods.iter().map(point).collect();
        let nature = if measure.stock { Nature::Stock } else { Nature::Continuous };
        (code, Series { nature, points, events: None, ..one })
    });
    Ok(made.collect())
}

/// The request for inner periods: from a month earlier, because the first week of a month may
/// begin in the one before.
fn inner(request: &Request, each: Each) -> Request {
    let first = request.first.map(|month| month.plus(-1));
    Request { grain: each.inner, first, ..request.clone() }
}

/// The series of the request's own periods, each folded from its rows.
fn folded(
    body: Body,
    plan: &Plan,
    measure: &Measure,
    feed: &Feed,
    request: &Request,
) -> Result<Vec<(Option<String>, Series)>, Error> {
    let contract = &feed.contract;
    let calendar = Calendar::new(feed, request, plan.look_back());
    let by_areas = is_area(feed, request.split.as_ref());
    let adding = Adding { plan, feed, request, calendar: &calendar, live: by_areas, body };
    let sums = scan::sums(feed, &[adding]).map_err(|error| broken(plan, &error))?;
    let nothing = adding.nothing();
    let found: Vec<(Option<String>, Series)> = sums
        .iter()
        .flat_map(|sums| groups(feed, request, sums))
        .map(|(code, sums)| {
            let sums = sums.unwrap_or(&nothing);
            let people = request.populations.get(&code);
            let own = code.as_deref().and_then(|code| request.in_force.days(code));
            let calendar = match own.filter(|_| by_areas) {
                Some(days) => &calendar.only(days, &sums.live),
                None => &calendar,
            };
            let maker = Maker { plan, measure, contract, request, calendar, people };
            let (points, events) = match &plan.fold {
                Fold::Census(stay, level) => {
                    (Levels::new(&maker, stay, *level, sums).points(&maker), None)
                }
                _ => points(&maker, feed, sums),
            };
            (code, Series { nature: maker.nature(), unit: measure.unit, points, events })
        })
        .collect();
    let shared = measure.split_shares && request.split.is_some();
    Ok(if shared { shares::shares(&found) } else { found })
}

/// Whether a column holds areas.
fn is_area(feed: &Feed, column: Option<&String>) -> bool {
    let of =
        |(name, kind): &(String, ColumnType)| Some(name) == column && *kind == ColumnType::Area;
    feed.contract.columns.iter().any(of)
}

/// The error of a feed that lacks what a plan reads.
pub(crate) fn broken(plan: &Plan, error: &PolarsError) -> Error {
    let place = Place::file(format!("data/{}/feed.toml", plan.feed));
    Error::run(place, format!("a measure of feed `{}` could not be computed: {error}", plan.feed))
        .help("see that the feed's contract has the columns the measure names, with their types")
}

/// The points of a fold whose pieces add up, and the days of the events where they are counted.
fn points(maker: &Maker<'_>, feed: &Feed, sums: &Sums) -> (Vec<Point>, Option<Vec<NaiveDate>>) {
    let mut pieces = Cow::Borrowed(&sums.pieces);
    let mut days = days(&sums.events, maker.request);
    if maker.plan.fold == Fold::Gap {
        add_gaps(pieces.to_mut(), maker, feed, &days);
    }
    let periods = maker.calendar.periods(maker.request);
    let points = periods.map(|period| maker.point(period, &pieces)).collect();
    if maker.plan.look_back() > 0 {
        // before, only some of them are known
        days.retain(|day| *day >= maker.calendar.first());
    }
    let counted = maker.plan.fold == Fold::Count && maker.contract.rows != Rows::Totals;
    (points, counted.then_some(days))
}

/// Adds the days from each event to the next, to the piece of the later one. Where a month from the
/// one to the other was not delivered at all, there may have been others in it: unknown.
fn add_gaps(pieces: &mut [Tally], maker: &Maker<'_>, feed: &Feed, events: &[NaiveDate]) {
    // events before the first month asked for count as well
    let request = Request { first: None, ..maker.request.clone() };
    let all = Calendar::new(feed, &request, maker.plan.look_back());
    for pair in events.windows(2) {
        let (from, to) = (day_number(pair[0]), day_number(pair[1]));
        if let Some(at) = maker.calendar.position_of_day(to) {
            pieces[at].gap(all.delivered_from(from, to).then_some(to - from));
        }
    }
}

/// The days of events up to the as-at month, in order.
fn days(events: &Bag, request: &Request) -> Vec<NaiveDate> {
    let known = events.clone().counts().into_iter().filter_map(|(day, times)| {
        let day = NaiveDate::from_epoch_days(i32::try_from(day).ok()?)?;
        Some(std::iter::repeat_n(day, usize::try_from(times).ok()?))
    });
    known.flatten().take_while(|day| *day <= request.as_at.last_day()).collect()
}

/// The codes of the series asked for, with the sums of those that were met.
fn groups<'a>(
    feed: &Feed,
    request: &Request,
    sums: &'a Found,
) -> Vec<(Option<String>, Option<&'a Sums>)> {
    let Some(split) = &request.split else { return vec![(None, sums.get(&None))] };
    let listed = feed.contract.columns.iter().find_map(|(column, kind)| match kind {
        ColumnType::Code(codes) if column == split => Some(codes),
        _ => None,
    });
    let met = |code: &Option<String>| sums.get(code).is_some_and(|sums| sums.met);
    let mut codes: Vec<Option<String>> = match listed {
        Some(codes) => codes.iter().cloned().map(Some).collect(),
        None => sums.keys().filter(|code| code.is_some() && met(code)).cloned().collect(),
    };
    if met(&None) {
        codes.push(None);
    }
    codes.into_iter().map(|code| (code.clone(), sums.get(&code))).collect()
}
