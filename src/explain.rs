//! One number, explained: the rows it counts step by step, every number that its rating rests on,
//! and each rule's test in order, so that a reader can do it by hand.
//!
//! For people inside who may see every record. What a pack would say is taken from what the internal
//! profile releases; the sums behind it, which no pack shows, from the finding itself.

mod outlook;

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::disclosure::Figure;
use crate::disclosure::released::{Indicator, Released};
use crate::error::{Error, Place, nearest};
use crate::indicators::Plan;
use crate::judgement::Finding;
use crate::judgement::facts::Promise;
use crate::judgement::rating;
use crate::measures::trace::{Trace, nowhere, trace};
use crate::period::{Month, Period};
use crate::wording::{self, terms};
use crate::workspace::{Opened, Workspace};

mod facts;
mod reconciliation;
pub mod rules;
mod text;
mod workings;

use text::{six, wrapped};

/// Explains an indicator (`DER-001`) of a plan as at a month, as plain text; with an area or code,
/// that part of its split. The id of a reconciliation (`s136_cell`) explains that one for the plan's area.
///
/// For people inside: nothing is withheld, and no file is written.
pub fn explain(
    workspace: &Workspace,
    opened: &Opened,
    plan: &Plan,
    id: &str,
    area: Option<&str>,
    as_at: Month,
) -> Result<String, Error> {
    let Some(asked) = plan.indicators.iter().find(|indicator| indicator.id == id) else {
        let compared = &workspace.catalogue.reconciliations;
        return match (compared.get(id), area) {
            (Some(asked), None) => reconciliation::explain(workspace, opened, plan, asked, as_at),
            (Some(asked), Some(_)) => {
                let said = format!("`{id}` is compared for the plan's own area only");
                Err(Error::run(asked.place.clone(), said).help("leave --area out"))
            }
            (None, _) => Err(unknown(plan, compared.keys(), id)),
        };
    };
    let asked = asked.clone();
    let only = Plan { indicators: vec![asked.clone()], ..plan.clone() };
    let (findings, released, errors) = workspace.inside(opened, &only, as_at);
    if let Some(error) = errors.into_iter().next() {
        return Err(error);
    }
    let at = one_of(&released.indicators, area, plan)?;
    let (indicator, finding) = (&released.indicators[at], &findings[at]);
    let whole = indicator.split.is_none();
    let mut traced = Vec::new();
    if let Some(measured) = workspace.measured(opened, &asked, as_at).filter(|_| whole) {
        for part in &measured.parts {
            let period = indicator.facts.period;
            let rows = trace(&part.plan, part.feed, &part.request, period)?;
            let plans = workspace.areas.of_plans();
            traced.push(Counts {
                measure: part.measure.id.clone(),
                feed: part.measure.feed.clone(),
                days: period.map_or_else(String::new, |period| days_of(&part.plan, period)),
                rows,
                nowhere: nowhere(&part.plan, part.feed, &part.request, period, &plans)?,
            });
        }
    }
    Ok(written(finding, indicator, &released, &traced))
}

/// An id that is neither of an indicator nor of a reconciliation.
fn unknown<'a>(plan: &'a Plan, compared: impl Iterator<Item = &'a String>, id: &str) -> Error {
    let upper = id.to_uppercase();
    let indicators = plan.indicators.iter().map(|indicator| indicator.id.as_str());
    let near = nearest(&upper, indicators).or_else(|| nearest(id, compared.map(String::as_str)));
    let place = Place::file(format!("indicators/plans/{}.toml", plan.id));
    let error = Error::run(place, format!("plan `{}` has no indicator `{id}`", plan.id));
    error.help(near.map_or_else(
        || "its indicators are the tables of that file".to_owned(),
        |near| format!("did you mean `{near}`?"),
    ))
}

/// Position of the whole, or of the part of a split that an area or code names.
fn one_of(found: &[Indicator], area: Option<&str>, plan: &Plan) -> Result<usize, Error> {
    let part = |code: &str| {
        let own = |one: &Indicator| match &one.split {
            Some((_, of)) => of == code,
            None => one.area == code,
        };
        found.iter().position(own)
    };
    let place = Place::file(format!("indicators/plans/{}.toml", plan.id));
    let Some(area) = area else {
        let nothing = || Error::run(place, "there is nothing to explain");
        return if found.is_empty() { Err(nothing()) } else { Ok(0) };
    };
    part(area).ok_or_else(|| {
        let known: Vec<&str> = found
            .iter()
            .map(|one| one.split.as_ref().map_or(one.area.as_str(), |(_, code)| code.as_str()))
            .collect();
        let id = found.first().map_or("", |one| one.id.as_str());
        Error::run(place, format!("`{id}` is not computed for `{area}`"))
            .help(format!("it is computed for: {}", known.join(", ")))
    })
}

/// What became of the rows of one measure of rows.
struct Counts {
    measure: String,
    feed: String,
    /// Of which days they are asked for.
    days: String,
    rows: Trace,
    /// Rows whose area is part of no plan, by code.
    nowhere: BTreeMap<String, u64>,
}

fn written(
    finding: &Finding,
    indicator: &Indicator,
    released: &Released,
    traced: &[Counts],
) -> String {
    let mut out = String::new();
    head(&mut out, indicator, released);
    for Counts { measure, feed, days, rows: counts, nowhere } in traced {
        let part = if traced.len() > 1 { format!(" for `{measure}`") } else { String::new() };
        rows(&mut out, &format!("`{feed}`{part}{days}"), counts);
        for (code, rows) in nowhere {
            let _ = writeln!(out, "  {:<26} {rows:>12}", wording::nowhere(code));
        }
    }
    out += &facts::sections(finding, indicator.unit);
    outlook::lines(&mut out, indicator);
    rules_tried(&mut out, finding);
    if let Some(proposal) = &indicator.proposal {
        let _ = writeln!(out, "\nA suggested rebase");
        for words in [
            wording::proposal::headline(indicator, proposal),
            wording::proposal::evidence(indicator, proposal),
            wording::proposal::how(indicator, proposal, &released.plan),
        ] {
            let _ = writeln!(out, "{}", wrapped("  ", &words));
        }
        for line in wording::proposal::lines(proposal).lines() {
            let _ = writeln!(out, "    {line}");
        }
    }
    let lists = [
        ("To know besides", wording::reason::caveats(indicator)),
        ("What the plan leaves open, and we decided", indicator.choices.clone()),
    ];
    for (title, lines) in lists {
        if !lines.is_empty() {
            let _ = writeln!(out, "\n{title}");
        }
        for line in lines {
            let _ = writeln!(out, "{}", wrapped("  - ", &line));
        }
    }
    out
}

/// Each row that was tried, its conditions with their numbers, up to the one that decided.
fn rules_tried(out: &mut String, finding: &Finding) {
    let _ = writeln!(out, "\nRules, in order; the first that applies decides");
    let facts = &finding.facts;
    for test in rating::trace(facts).iter().filter(|test| can_apply(test.code, finding)) {
        let row = rating::TABLE.iter().find(|row| row.code == test.code);
        let applied = if test.applied { "YES" } else { "no" };
        let first = format!("  {:<3} {applied:<4} ", test.code);
        let _ = writeln!(out, "{}", wrapped(&first, row.map_or("", |row| row.when)));
        for (depth, words, holds) in rules::written(test.code, facts).lines() {
            let said = match holds {
                Some(true) => "true",
                Some(false) => "false",
                None => "not asked",
            };
            let first = format!("           {said:<10} {}", "  ".repeat(depth));
            let _ = writeln!(out, "{}", wrapped(&first, &words));
        }
    }
    let _ = writeln!(
        out,
        "{}",
        wrapped("  ", "(Rows for other kinds of promise cannot apply and are left out.)")
    );
}

/// Rows of other kinds of promise cannot apply; showing them would only hide the ones that can.
fn can_apply(code: &str, finding: &Finding) -> bool {
    let promise = finding.facts.promise;
    let of_events = matches!(promise, Promise::Never | Promise::Zero);
    let never = promise == Promise::Never;
    match code {
        "N3" => of_events,
        _ if code.starts_with('N') => true,
        _ => code.starts_with('E') && never || code[..1] == finding.rating.code[..1],
    }
}

fn head(out: &mut String, indicator: &Indicator, released: &Released) {
    let facts = &indicator.facts;
    let name = format!("{}/{}  ", released.plan, indicator.id);
    let title = format!("{} ({})", indicator.title, indicator.reference);
    let _ = writeln!(out, "{}", wrapped(&name, &title));
    let _ = writeln!(
        out,
        "{} ({}), as at {}",
        indicator.area_name,
        indicator.area,
        wording::month(released.as_at)
    );
    if let (Some(value), Some(period)) = (facts.value, facts.period) {
        let _ = writeln!(
            out,
            "Value: {} in {}{}",
            wording::figure(value, indicator.unit),
            wording::period(period),
            fraction(facts.numerator, facts.denominator, value)
        );
    }
    let rating = format!("Rating: {} ({}). ", terms::colour(indicator.colour), indicator.rule);
    let reason = wording::reason::reason(indicator);
    let _ = writeln!(out, "{}", wrapped("", &(rating + &reason)));
    let limit = wording::standard::limit(indicator);
    if !limit.is_empty() {
        let _ = writeln!(out, "{}", wrapped("", &format!("Limit: {limit}")));
    }
    let stated = wording::plan::stated(indicator);
    if !stated.is_empty() {
        let _ = writeln!(out, "{}", wrapped("", &format!("The plan stated: {stated}")));
    }
}

/// ` = 1582 / 12, which is 131.83` where there is something to divide.
fn fraction(above: Option<Figure>, below: Option<Figure>, value: Figure) -> String {
    match (above, below) {
        (Some(above), Some(below)) => format!(
            " = {} / {} = {}",
            wording::count(above),
            wording::count(below),
            value.shown().map_or_else(String::new, six)
        ),
        _ => String::new(),
    }
}

fn rows(out: &mut String, feed: &str, traced: &Trace) {
    let _ = writeln!(out, "\nRows of feed {feed}");
    let _ =
        writeln!(out, "  {:<26} {:>12} {:>12} {:>12}", "step", "left out", "unknown", "remaining");
    let mut left = traced.rows();
    let _ = writeln!(out, "  {:<26} {:>12} {:>12} {left:>12}", "rows of the feed", "", "");
    for step in &traced.steps {
        left -= step.failed + step.unknown;
        let _ = writeln!(
            out,
            "  {:<26} {:>12} {:>12} {left:>12}",
            step.name, step.failed, step.unknown
        );
    }
    let _ = writeln!(out, "  {:<26} {:>12} {:>12} {:>12}", "counted", "", "", traced.counted);
}

/// The days that a period's value is made of.
fn days_of(plan: &crate::measures::plan::Plan, period: Period) -> String {
    let runs = plan.runs(period);
    let ends = runs.first().zip(runs.last());
    ends.map_or_else(String::new, |((first, _), (_, last))| format!(", {first} to {last}"))
}
