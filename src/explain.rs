//! One number, explained: the rows it counts step by step, the facts, each rule's test.

mod outlook;

use std::fmt::Write;

use crate::disclosure::released::{Indicator, Promise, Range, Released};
use crate::disclosure::{self, Figure, Profile};
use crate::error::{Error, Place, nearest};
use crate::indicators::Plan;
use crate::measures::trace::{Trace, trace};
use crate::period::{Month, Period};
use crate::unit::Unit;
use crate::wording::{self, terms};
use crate::workspace::{Opened, Workspace};

/// Explains an indicator (`DER-001`) of a plan as at a month, as plain text; with an area or code,
/// that part of its split.
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
        let upper = id.to_uppercase();
        let near = nearest(&upper, plan.indicators.iter().map(|indicator| indicator.id.as_str()));
        let place = Place::file(format!("indicators/plans/{}.toml", plan.id));
        let error = Error::run(place, format!("plan `{}` has no indicator `{id}`", plan.id));
        return Err(error.help(near.map_or_else(
            || "its indicators are the tables of that file".to_owned(),
            |near| format!("did you mean `{near}`?"),
        )));
    };
    let asked = asked.clone();
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
        rows: &std::collections::BTreeMap::new(),
        feeds: &opened.quality,
        as_at,
    };
    let released = disclosure::release(&subject, Profile::Internal);
    let indicator = one_of(&released.indicators, area, plan)?;
    let whole = indicator.split.is_none();
    let traced = match workspace.measured(opened, &asked, as_at).filter(|_| whole) {
        Some(measured) => {
            Some(trace(&measured.plan, measured.feed, &measured.request, indicator.facts.period)?)
        }
        None => None,
    };
    Ok(text(indicator, &released, traced.as_ref()))
}

/// The whole, or the part of a split that an area or code names.
fn one_of<'a>(
    found: &'a [Indicator],
    area: Option<&str>,
    plan: &Plan,
) -> Result<&'a Indicator, Error> {
    let part = |code: &str| {
        let own = |one: &&Indicator| match &one.split {
            Some((_, of)) => of == code,
            None => one.area == code,
        };
        found.iter().find(own)
    };
    let place = Place::file(format!("indicators/plans/{}.toml", plan.id));
    let Some(area) = area else {
        return found.first().ok_or_else(|| Error::run(place, "there is nothing to explain"));
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

fn text(indicator: &Indicator, released: &Released, traced: Option<&Trace>) -> String {
    let mut out = String::new();
    head(&mut out, indicator, released);
    if let Some(traced) = traced {
        rows(&mut out, indicator, traced);
    }
    facts(&mut out, indicator);
    outlook::lines(&mut out, indicator);
    let _ = writeln!(out, "\nRules, in order; the first that applies decides");
    for test in indicator.tests.iter().filter(|test| can_apply(test.code, indicator)) {
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

/// Rows of other kinds of promise cannot apply; showing them would only hide the ones that can.
fn can_apply(code: &str, indicator: &Indicator) -> bool {
    let never = indicator.facts.promise == Promise::Never;
    code.starts_with('N') || code.starts_with('E') && never || code[..1] == indicator.rule[..1]
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
            value.shown().map_or_else(String::new, six_digits)
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
    let _ = writeln!(out, "\nFacts");
    let all = [target(indicator), process(indicator), certainty(indicator), events(indicator)];
    for (name, value) in all.into_iter().flatten().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "  {name:<32} {value}");
    }
}

/// Names and values; an empty value is a fact that does not apply.
type Lines = Vec<(&'static str, String)>;

fn target(indicator: &Indicator) -> Lines {
    let facts = &indicator.facts;
    let shown = |figure: Option<Figure>| exact_or_nothing(figure, indicator.unit);
    let month = |month: Option<Month>| month.map_or_else(String::new, wording::month);
    let basis = facts.tolerance.map(|_| terms::basis(facts.tolerance_basis));
    vec![
        ("previous period", shown(facts.previous)),
        ("target in force", shown(facts.target)),
        ("target set", month(facts.target_set)),
        ("target by", month(facts.target_by)),
        ("miss (0 or below is met)", shown(facts.miss)),
        ("position", words(facts.position.map(terms::position))),
        ("tolerance", shown(facts.tolerance)),
        ("tolerance from", words(basis)),
        ("green up to", shown(facts.green_threshold)),
        ("red beyond", shown(facts.red_threshold)),
        ("periods met running", facts.met_running.to_string()),
    ]
}

fn process(indicator: &Indicator) -> Lines {
    let facts = &indicator.facts;
    let shown = |figure: Option<Figure>| exact_or_nothing(figure, indicator.unit);
    let limits = match (facts.lower_limit, facts.upper_limit) {
        (Some(lower), Some(upper)) => {
            format!("{} to {}", exact(lower, indicator.unit), exact(upper, indicator.unit))
        }
        _ => String::new(),
    };
    let signal = facts.signal.map_or_else(String::new, |signal| {
        format!("{}, run of {}", terms::signal(signal), facts.signal_run)
    });
    if !matches!(facts.promise, Promise::Numeric | Promise::Direction) {
        return vec![(
            "variation of the chart",
            words(indicator.icons.variation.map(terms::variation)),
        )];
    }
    if facts.promise == Promise::Direction {
        return vec![
            ("points before it", facts.phase_points.to_string()),
            ("sigma", shown(facts.sigma)),
            ("variation", terms::variation(facts.variation).to_owned()),
            ("signal", signal),
        ];
    }
    vec![
        ("points of the phase before it", facts.phase_points.to_string()),
        ("mean of the misses", shown(facts.mean)),
        ("sigma of the misses", shown(facts.sigma)),
        ("limits of the misses", limits),
        ("variation", terms::variation(facts.variation).to_owned()),
        ("signal", signal),
        ("assurance", words(facts.assurance.map(terms::assurance))),
        ("carried over (r)", facts.persistence.map_or_else(String::new, |r| exact(r, Unit::Ratio))),
    ]
}

fn certainty(indicator: &Indicator) -> Lines {
    let facts = &indicator.facts;
    let unit = indicator.unit;
    let range = |range: Option<Range>| {
        range.map_or_else(String::new, |range| {
            let (lower, upper) = (exact(range.lower, unit), exact(range.upper, unit));
            format!("{lower} to {upper} ({})", terms::method(range.method))
        })
    };
    let mean = |mean: Figure, points: usize| {
        format!(
            "{} ({})",
            exact(mean, unit),
            wording::many(points, wording::grain(indicator.grain))
        )
    };
    let mut lines = vec![
        ("exact interval of the value", range(facts.exact.map(|exact| exact.0))),
        ("the same of the last three", range(facts.pooled.map(|pooled| pooled.0))),
    ];
    if let Some(missed) = &facts.mean_miss {
        lines.push(("mean miss of the latest", mean(missed.mean, missed.points)));
        lines.push(("its 95% interval", range(Some(missed.interval))));
    }
    if let Some(change) = &facts.change {
        lines.push(("mean of the baseline", mean(change.baseline, change.baseline_points)));
        lines.push(("mean of the latest", mean(change.latest, change.latest_points)));
        lines.push(("95% interval of the difference", range(change.interval)));
    }
    lines
}

fn events(indicator: &Indicator) -> Lines {
    let Some(events) = &indicator.facts.events else { return Vec::new() };
    vec![
        ("events in the period", wording::count(events.latest)),
        ("events in 3 months", events.quarter.map_or_else(String::new, wording::count)),
        ("events in 12 months", wording::count(events.year)),
        ("events since", wording::count(events.later)),
        ("records that cannot be decided", wording::count(events.unknown)),
        ("allowed a year", events.allowance.to_string()),
    ]
}

fn words(word: Option<&'static str>) -> String {
    word.unwrap_or_default().to_owned()
}

fn exact_or_nothing(figure: Option<Figure>, unit: Unit) -> String {
    figure.map_or_else(String::new, |figure| exact(figure, unit))
}

/// To six digits, enough to do the sums by hand.
fn exact(figure: Figure, unit: Unit) -> String {
    let full = figure.shown().map_or_else(String::new, six_digits);
    match unit {
        Unit::Proportion | Unit::Seconds => format!("{full} ({})", wording::figure(figure, unit)),
        _ => full,
    }
}

fn six_digits(value: f64) -> String {
    let before = if value.abs() >= 1.0 { libm::floor(libm::log10(value.abs())) + 1.0 } else { 1.0 };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 5")]
    let decimals = (6.0 - before).clamp(0.0, 5.0) as usize;
    let text = format!("{value:.decimals$}");
    match text.split_once('.') {
        Some(_) => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        None => text,
    }
}
