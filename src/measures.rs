//! Measures: the rows of a feed become series, one point a period.
//!
//! [`plan`](plan::plan) turns a measure into one typed value, [`collect`] runs it, and
//! [`trace`](trace::trace) says where each row stopped. This is the last layer that sees polars.
//!
//! Sums are whole numbers, and the one division comes at the end: a year is the sum of its
//! months over the sum of their cases, never the mean of their values.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use ::polars::prelude::PolarsError;

use crate::area::{Members, Population};
use crate::error::{Error, Place};
use crate::feeds::Feed;
use crate::feeds::contract::Rows;
use crate::filter::ColumnType;
use crate::indicators::measure::Measure;
use crate::indicators::measure::each::Each;
use crate::measures::calendar::{Calendar, day_number};
use crate::measures::levels::Levels;
use crate::measures::plan::{Fold, Plan};
use crate::measures::points::Maker;
use crate::measures::rows::{Stop, TakenRows, take};
use crate::measures::tally::Tally;
use crate::period::{Grain, Month, Period};
use crate::series::{Nature, Point, Series};

pub mod aggregates;
mod calendar;
pub mod census;
mod clock;
pub mod derived;
mod each;
mod flaws;
mod levels;
pub mod matching;
pub mod plan;
mod points;
mod polars;
pub mod repeats;
mod rows;
mod shares;
mod stays;
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
    let Some(each) = plan.each else { return folded(plan, measure, feed, request) };
    let calendar = Calendar::new(feed, request, plan.look_back());
    let periods: Vec<Period> = calendar.periods(request).collect();
    let series = folded(plan, measure, feed, &inner(request, each))?;
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
    plan: &Plan,
    measure: &Measure,
    feed: &Feed,
    request: &Request,
) -> Result<Vec<(Option<String>, Series)>, Error> {
    let contract = &feed.contract;
    let rows = take(plan, feed, request).map_err(|error| broken(plan, &error))?;
    let calendar = Calendar::new(feed, request, plan.look_back());
    let by_areas = is_area(feed, request.split.as_ref());
    let found: Vec<(Option<String>, Series)> = groups(feed, request, &rows)
        .into_iter()
        .map(|(code, members)| {
            let people = request.populations.get(&code);
            let own = code.as_deref().and_then(|code| request.in_force.days(code));
            let calendar = match own.filter(|_| by_areas) {
                Some(days) => &calendar.only(days, &months_with(&rows, &members, &calendar)),
                None => &calendar,
            };
            let maker = Maker { plan, measure, contract, request, calendar, people };
            let points = match &plan.fold {
                Fold::Census(stay, level) => {
                    Levels::new(&maker, stay, *level, &rows, &members).points(&maker)
                }
                _ => points(&maker, feed, &rows, &members),
            };
            let events = (plan.fold == Fold::Count && contract.rows != Rows::Totals).then(|| {
                let mut events = days(&rows, &members, request);
                if plan.look_back() > 0 {
                    // before, only some of them are known
                    events.retain(|day| *day >= calendar.first());
                }
                events
            });
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

/// The months, as positions in the calendar, in which some of the rows that count or may count are:
/// of stays all those from their start to their end.
fn months_with(rows: &TakenRows, members: &[usize], calendar: &Calendar) -> BTreeSet<usize> {
    let live = members.iter().filter(|row| !matches!(rows.stops[**row], Stop::Failed(_)));
    let span = |row: &usize| match rows.spans.get(*row) {
        Some(span) => span.map(|span| (span.from_day, span.to_day)),
        None => rows.days[*row].map(|day| (day, day)),
    };
    live.filter_map(span).flat_map(|(from, to)| calendar.positions(from, to)).collect()
}

/// The error of a feed that lacks what a plan reads.
pub(crate) fn broken(plan: &Plan, error: &PolarsError) -> Error {
    let place = Place::file(format!("data/{}/feed.toml", plan.feed));
    Error::run(place, format!("a measure of feed `{}` could not be computed: {error}", plan.feed))
        .help("see that the feed's contract has the columns the measure names, with their types")
}

/// The points of a fold whose pieces add up.
fn points(maker: &Maker<'_>, feed: &Feed, rows: &TakenRows, members: &[usize]) -> Vec<Point> {
    let mut pieces = vec![Tally::default(); maker.calendar.pieces.len()];
    for &row in members {
        if let Some(at) = rows.days[row].and_then(|day| maker.calendar.position_of_day(day)) {
            pieces[at].add(maker.plan, rows, row);
        }
    }
    if maker.plan.fold == Fold::Gap {
        add_gaps(&mut pieces, maker, feed, rows, members);
    }
    let periods = maker.calendar.periods(maker.request);
    periods.map(|period| maker.point(period, &pieces)).collect()
}

/// Adds the days from each event to the next, to the piece of the later one. Where a month from the
/// one to the other was not delivered at all, there may have been others in it: unknown.
fn add_gaps(
    pieces: &mut [Tally],
    maker: &Maker<'_>,
    feed: &Feed,
    rows: &TakenRows,
    members: &[usize],
) {
    // events before the first month asked for count as well
    let request = Request { first: None, ..maker.request.clone() };
    let all = Calendar::new(feed, &request, maker.plan.look_back());
    let events = days(rows, members, maker.request);
    for pair in events.windows(2) {
        let (from, to) = (day_number(pair[0]), day_number(pair[1]));
        if let Some(at) = maker.calendar.position_of_day(to) {
            pieces[at].gap(all.delivered_from(from, to).then_some(to - from));
        }
    }
}

/// The day of every counted row up to the as-at month, in order.
fn days(rows: &TakenRows, members: &[usize], request: &Request) -> Vec<NaiveDate> {
    let counted = members.iter().filter(|row| rows.stops[**row] == Stop::Counted);
    let known = counted.filter_map(|row| NaiveDate::from_epoch_days(rows.days[*row]?));
    let mut days: Vec<NaiveDate> = known.filter(|day| *day <= request.as_at.last_day()).collect();
    days.sort_unstable();
    days
}

/// The rows of each series.
fn groups(feed: &Feed, request: &Request, rows: &TakenRows) -> Vec<(Option<String>, Vec<usize>)> {
    let Some(split) = &request.split else {
        return vec![(None, (0..rows.stops.len()).collect())];
    };
    let mut members: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    let mut met: BTreeSet<Option<&str>> = BTreeSet::new();
    for (row, stop) in rows.stops.iter().enumerate() {
        let code = rows.splits[row].as_deref();
        members.entry(code).or_default().push(row);
        if !matches!(stop, Stop::Failed(_)) {
            met.insert(code);
        }
    }
    let listed = feed.contract.columns.iter().find_map(|(column, kind)| match kind {
        ColumnType::Code(codes) if column == split => Some(codes),
        _ => None,
    });
    let mut codes: Vec<Option<&str>> = match listed {
        Some(codes) => codes.iter().map(|code| Some(code.as_str())).collect(),
        None => met.iter().flatten().map(|code| Some(*code)).collect(),
    };
    if met.contains(&None) {
        codes.push(None);
    }
    codes
        .into_iter()
        .map(|code| (code.map(str::to_owned), members.remove(&code).unwrap_or_default()))
        .collect()
}
