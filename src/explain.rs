//! One number, explained: the rows it counts step by step, the facts, each rule's test.

use std::fmt::Write;

use crate::disclosure::released::{Indicator, Released};
use crate::disclosure::{self, Figure, Profile};
use crate::error::{Error, Place, nearest};
use crate::indicators::Plan;
use crate::measures::trace::{Trace, trace};
use crate::period::{Month, Period};
use crate::unit::Unit;
use crate::wording::{self, terms};
use crate::workspace::{Opened, Workspace};

/// Explains an indicator (`DER-001`) of a plan as at a month, as plain text.
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
        let near = nearest(id, plan.indicators.iter().map(|indicator| indicator.id.as_str()));
        let place = Place::file(format!("indicators/plans/{}.toml", plan.id));
        let error = Error::run(place, format!("plan `{}` has no indicator `{id}`", plan.id));
        return Err(error.help(near.map_or_else(
            || "its indicators are the tables of that file".to_owned(),
            |near| format!("did you mean `{near}`?"),
        )));
    };
    let mut asked = asked.clone();
    if let Some(area) = area {
        let known = workspace.areas.find(area, None).ok_or_else(|| {
            Error::run(
                Place::file("indicators/areas/areas.csv"),
                format!("there is no area `{area}`"),
            )
            .help("name it by its code")
        })?;
        known.clone_into(&mut asked.area);
    }
    let only = Plan { indicators: vec![asked.clone()], ..plan.clone() };
    let (findings, errors) = workspace.assess(opened, &only, as_at);
    if let Some(error) = errors.into_iter().next() {
        return Err(error);
    }
    let subject = disclosure::Subject {
        plan: &only,
        measures: &workspace.catalogue.measures,
        areas: &workspace.areas,
        findings: &findings,
        feeds: &opened.quality,
        as_at,
    };
    let released = disclosure::release(&subject, Profile::Internal);
    let Some(indicator) = released.indicators.first() else { return Ok(String::new()) };
    let traced = match workspace.measured(opened, &asked, as_at) {
        Some(measured) => {
            Some(trace(&measured.plan, measured.feed, &measured.request, indicator.facts.period)?)
        }
        None => None,
    };
    Ok(text(indicator, &released, traced.as_ref()))
}

fn text(indicator: &Indicator, released: &Released, traced: Option<&Trace>) -> String {
    let mut out = String::new();
    head(&mut out, indicator, released);
    if let Some(traced) = traced {
        rows(&mut out, indicator, traced);
    }
    facts(&mut out, indicator);
    let _ = writeln!(out, "\nRules, in order; the first that applies decides");
    for test in &indicator.tests {
        let when = released.rules.iter().find(|rule| rule.code == test.code);
        let _ = writeln!(
            out,
            "  {:<3} {:<3} {}",
            test.code,
            if test.applied { "YES" } else { "no" },
            when.map_or("", |rule| rule.when)
        );
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
            let _ = writeln!(out, "  - {line}");
        }
    }
    out
}

fn head(out: &mut String, indicator: &Indicator, released: &Released) {
    let facts = &indicator.facts;
    let _ = writeln!(
        out,
        "{}/{}  {}  ({})",
        released.plan, indicator.id, indicator.title, indicator.reference
    );
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
    let _ = writeln!(
        out,
        "Rating: {} ({}). {}",
        terms::colour(indicator.colour),
        indicator.rule,
        wording::reason::reason(indicator)
    );
    let stated = wording::plan::stated(indicator);
    if !stated.is_empty() {
        let _ = writeln!(out, "The plan stated: {stated}");
    }
}

/// ` = 1582 / 12, which is 131.83` where there is something to divide.
fn fraction(above: Option<Figure>, below: Option<Figure>, value: Figure) -> String {
    match (above, below) {
        (Some(above), Some(below)) => format!(
            " = {} / {} = {}",
            wording::count(above),
            wording::count(below),
            value.shown().and_then(crate::number::exact).unwrap_or_default()
        ),
        _ => String::new(),
    }
}

fn rows(out: &mut String, indicator: &Indicator, traced: &Trace) {
    let period = indicator.facts.period.map_or_else(String::new, |p| format!(", {}", period_of(p)));
    let _ = writeln!(out, "\nRows of feed `{}`{period}", indicator.feed);
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

fn period_of(period: Period) -> String {
    format!("{} to {}", period.start, period.last_day())
}

fn facts(out: &mut String, indicator: &Indicator) {
    let facts = &indicator.facts;
    let unit = indicator.unit;
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(out, "  {name:<34} {value}");
        }
    };
    let shown = |figure: Option<Figure>| figure.map_or_else(String::new, |f| exact(f, unit));
    let range = |range: Option<crate::disclosure::released::Range>| {
        range.map_or_else(String::new, |range| {
            format!(
                "{} to {} ({})",
                exact(range.lower, unit),
                exact(range.upper, unit),
                terms::method(range.method)
            )
        })
    };
    line("\nFacts", " ".to_owned());
    line("previous period", shown(facts.previous));
    line("target in force", shown(facts.target));
    line("target set", facts.target_set.map_or_else(String::new, wording::month));
    line("target by", facts.target_by.map_or_else(String::new, wording::month));
    line("miss (0 or below is met)", shown(facts.miss));
    line("position", facts.position.map_or_else(String::new, |p| terms::position(p).to_owned()));
    line("tolerance", shown(facts.tolerance));
    line(
        "tolerance from",
        facts
            .tolerance
            .map_or_else(String::new, |_| terms::basis(facts.tolerance_basis).to_owned()),
    );
    line("green up to", shown(facts.green_threshold));
    line("red beyond", shown(facts.red_threshold));
    line("points of the phase before it", facts.phase_points.to_string());
    line("mean of the misses", shown(facts.mean));
    line("sigma of the misses", shown(facts.sigma));
    line(
        "limits of the misses",
        match (facts.lower_limit, facts.upper_limit) {
            (Some(lower), Some(upper)) => {
                format!("{} to {}", exact(lower, unit), exact(upper, unit))
            }
            _ => String::new(),
        },
    );
    line("variation", terms::variation(facts.variation).to_owned());
    line(
        "signal",
        facts.signal.map_or_else(String::new, |s| {
            format!("{}, run of {}", terms::signal(s), facts.signal_run)
        }),
    );
    line("assurance", facts.assurance.map_or_else(String::new, |a| terms::assurance(a).to_owned()));
    line("periods met running", facts.met_running.to_string());
    line("exact interval of the value", range(facts.exact.map(|exact| exact.0)));
    line("the same of the last three", range(facts.pooled.map(|pooled| pooled.0)));
    if let Some(mean) = &facts.mean_miss {
        line(&format!("mean miss of the latest {}", mean.points), exact(mean.mean, unit));
        line("its 95 % interval", range(Some(mean.interval)));
    }
    if let Some(change) = &facts.change {
        line(
            "mean of the baseline",
            format!("{} ({} periods)", exact(change.baseline, unit), change.baseline_points),
        );
        line(
            "mean of the latest",
            format!("{} ({} periods)", exact(change.latest, unit), change.latest_points),
        );
        line("95 % interval of the difference", range(change.interval));
    }
    if let Some(events) = &facts.events {
        line("events in the period", wording::count(events.latest));
        line("events in 3 months", events.quarter.map_or_else(String::new, wording::count));
        line("events in 12 months", wording::count(events.year));
        line("events since", wording::count(events.later));
        line("records that cannot be decided", wording::count(events.unknown));
        line("allowed a year", events.allowance.to_string());
    }
}

/// In full, so that a reader can do the sums by hand.
fn exact(figure: Figure, unit: Unit) -> String {
    let full = figure.shown().and_then(crate::number::exact).unwrap_or_default();
    match unit {
        Unit::Proportion | Unit::Seconds => format!("{full} ({})", wording::figure(figure, unit)),
        _ => full,
    }
}
