//! The sums behind a rating of the T and D rows, period by period.

use super::text::{maybe, named, six, table, wrapped};
use crate::judgement::Finding;
use crate::judgement::facts::{Change, Facts, MadeOf, MeanMiss, Promise, ToleranceBasis};
use crate::judgement::working::{Line, Sums, Working};
use crate::period::Period;
use crate::series::Point;
use crate::statistics::intervals::Confidence;
use crate::statistics::limits::xmr::{LIMIT_PER_RANGE, RANGE_PER_SIGMA, SCREEN_PER_RANGE};
use crate::wording::{self, terms};

/// The phase's periods and what is made of them; empty where nothing is.
pub(super) fn process(finding: &Finding, working: &Working) -> String {
    let facts = &finding.facts;
    let (Some(first), Some(last)) = (working.lines.first(), working.lines.last()) else {
        return String::new();
    };
    let judged = wording::period(last.period);
    let mut out = format!(
        "\nThe phase since {}: what {judged} is tested against\n",
        wording::period(first.period)
    );
    out += &lines(&working.lines, facts.promise, Some(last.period), working.turned);
    out.push('\n');
    let of = if facts.promise == Promise::Numeric { "misses" } else { "values" };
    if let Some(sums) = &working.sums {
        // Of a direction where higher is better the sign was turned; a reader sees the values.
        let sign = if working.turned { -1.0 } else { 1.0 };
        let before = match sums.sizes {
            Some(cases) => format!(
                "{} / {} = {} (of {of} × cases, over cases)",
                six(sign * sums.sum),
                six(cases),
                six(sign * sums.sum / cases)
            ),
            None => division(sign * sums.sum, sums.points),
        };
        out += &named(&format!("mean of the {of} before"), &before);
        let borrowed = facts.sigma_basis == ToleranceBasis::PhaseBefore;
        let name = if borrowed { "sigma of these, for the limits" } else { "sigma" };
        out += &spread(sums, last.size, name);
        out += &limits(facts, sums, working.turned);
    }
    if facts.sigma_basis == ToleranceBasis::PhaseBefore {
        let points = facts.phase_points;
        let why = format!(
            "The phase has {points} points before {judged}, and 12 are needed: sigma is of the phase \
             before."
        );
        out += &["\n", &wrapped("  ", &why), "\n"].concat();
        out += &lines(&working.earlier, facts.promise, None, working.turned);
        out.push('\n');
        out +=
            &working.earlier_sums.as_ref().map_or_else(String::new, |sums| ranges(sums, "sigma"));
    }
    out
}

/// The limits that the period judged is tested against.
fn limits(facts: &Facts, sums: &Sums, turned: bool) -> String {
    let limits = facts.lower_limit.zip(facts.upper_limit);
    let Some((lower, upper)) = limits.filter(|_| sums.kept > 0) else { return String::new() };
    let (low, high) = if turned { (-upper, -lower) } else { (lower, upper) };
    let centre = six(if turned { -1.0 } else { 1.0 } * facts.mean.unwrap_or(0.0));
    let made = if sums.law.is_some() {
        format!("{centre} ± 3 × sigma")
    } else {
        let range = six(average(sums.kept_sum, sums.kept));
        format!("{centre} ± {LIMIT_PER_RANGE} × {range}{}", widened(sums))
    };
    named("limits", &format!("{made} = {} to {}", six(low), six(high)))
}

/// `132.8 / 24 = 5.53333`.
fn division(sum: f64, number: usize) -> String {
    format!("{} / {number} = {}", six(sum), six(average(sum, number)))
}

#[expect(clippy::cast_precision_loss, reason = "a series has few periods")]
fn average(sum: f64, number: usize) -> f64 {
    sum / number.max(1) as f64
}

/// From the periods to sigma, which has a name of its own: by moving ranges alone, or by the law of
/// shares, rates and rare events and Laney's factor, for the cases of the period judged.
fn spread(sums: &Sums, cases: Option<f64>, name: &str) -> String {
    let Some(law) = sums.law else { return ranges(sums, name) };
    let mut out = named(
        "sigma of one case, by chance",
        &format!("{}, √ of the law's variance, all cases together", six(law.unit_sigma)),
    );
    let factor = match law.factor {
        Some(factor) => {
            out += &ranges(sums, "Laney's factor");
            if factor < 1.0 { "1 (never below)".to_owned() } else { six(factor) }
        }
        None => "1 (no two neighbours to tell by)".to_owned(),
    };
    if let Some(cases) = cases {
        let made = format!(
            "{} / √{} × {factor} = {}",
            six(law.unit_sigma),
            six(cases),
            six(law.sigma(cases))
        );
        out += &named(&format!("{name}, of {} cases", six(cases)), &made);
    }
    out
}

/// From moving ranges to sigma, which has a name of its own.
fn ranges(sums: &Sums, name: &str) -> String {
    if sums.ranges == 0 {
        return named("moving ranges", "none: no two neighbours");
    }
    let mut out = named("mean moving range", &division(sums.range_sum, sums.ranges));
    let left_out = sums.ranges - sums.kept;
    let screened = if sums.screen.is_finite() {
        let mean = six(average(sums.range_sum, sums.ranges));
        format!("{left_out}, of {SCREEN_PER_RANGE} × {mean} = {} or more", six(sums.screen))
    } else {
        "none: the plan asks for no screening".to_owned()
    };
    out += &named("left out by screening", &screened);
    if sums.kept == 0 {
        return out + &named(name, "0: nothing varies");
    }
    if left_out > 0 {
        out += &named("mean of the ranges kept", &division(sums.kept_sum, sums.kept));
    }
    let range = average(sums.kept_sum, sums.kept);
    let sigma = range / RANGE_PER_SIGMA / sums.r.map_or(1.0, |r| (1.0 - r).sqrt());
    if let Some(r) = sums.r {
        let made = format!(
            "{} = 1 + 2 × the correlation of each difference of two neighbours with the next, held to \
             0.4–0.8 (0.6 with too few to tell)",
            six(r)
        );
        out += &named("carried over, r", &made);
    }
    let divided = format!("{} / {RANGE_PER_SIGMA}{} = {}", six(range), widened(sums), six(sigma));
    out + &named(name, &divided)
}

/// ` / √(1 − 0.4)` for a stock.
fn widened(sums: &Sums) -> String {
    sums.r.map_or_else(String::new, |r| format!(" / √(1 − {})", six(r)))
}

fn lines(lines: &[Line], promise: Promise, judged: Option<Period>, turned: bool) -> String {
    let numeric = promise == Promise::Numeric;
    let sized = lines.iter().any(|line| line.size.is_some());
    let row = |line: &Line| {
        let mut row = vec![wording::period(line.period), maybe(line.value)];
        if numeric {
            row.extend([maybe(line.target), maybe(line.miss)]);
        }
        if sized {
            let score = line.score.map(|score| if turned { -score } else { score });
            row.extend([maybe(line.size), maybe(score)]);
        }
        row.extend([maybe(line.range), note(line, judged)]);
        row
    };
    let mut headings = vec!["period", "value"];
    headings.extend(if numeric { &["target", "miss"][..] } else { &[] });
    headings.extend(if sized { &["cases", "score", "range", ""][..] } else { &["range", ""] });
    table(&headings, &lines.iter().map(row).collect::<Vec<_>>())
}

fn note(line: &Line, judged: Option<Period>) -> String {
    let mut notes = Vec::new();
    if Some(line.period) == judged {
        notes.push("the period judged".to_owned());
    }
    if line.value.is_none() {
        notes.push("no settled value".to_owned());
    }
    if line.screened {
        notes.push("left out".to_owned());
    }
    notes.extend(line.signals.iter().map(|signal| terms::signal(*signal).to_owned()));
    notes.join("; ")
}

/// Whether chance explains the miss: intervals, and what they are made of.
pub(super) fn chance(finding: &Finding, working: &Working) -> String {
    let facts = &finding.facts;
    let mut out = String::new();
    if let Some(exact) = facts.exact {
        let made = counts(facts.numerator, facts.denominator, facts.value);
        out += &named("exact interval of the latest", &interval(&made, exact));
    }
    if let Some(pooled) = facts.pooled {
        let points: Vec<&Point> =
            working.pooled.iter().filter_map(|at| finding.series.points.get(*at)).collect();
        let sum = |of: fn(&Point) -> Option<i64>| -> Option<i64> {
            points.iter().map(|point| of(point)).sum()
        };
        let total: f64 = points.iter().filter_map(|point| point.value).sum();
        let made = counts(sum(|p| p.numerator), sum(|p| p.denominator), Some(total));
        let shared = if sum(|p| p.denominator).is_none() {
            format!(", a period's share of {}", points.len())
        } else {
            String::new()
        };
        let name = format!("the same of the last {}", points.len());
        out += &named(&name, &interval(&format!("{made}{shared}"), pooled));
    }
    out += &facts.mean_miss.map_or_else(String::new, |missed| mean_miss(facts, working, missed));
    out
}

/// The mean miss of the latest points, its standard error and its interval.
fn mean_miss(facts: &Facts, working: &Working, missed: MeanMiss) -> String {
    let mut out = String::new();
    let points = missed.points;
    let known: Vec<f64> = working.lines.iter().filter_map(|line| line.miss).collect();
    let sum: f64 = known[known.len().saturating_sub(points)..].iter().sum();
    let made = match missed.cases {
        Some(cases) => format!(
            "{} / {} = {} (of misses × cases, over cases, of {points})",
            six(missed.mean * cases),
            six(cases),
            six(missed.mean)
        ),
        None => division(sum, points),
    };
    out += &named("mean miss of the latest", &made);
    let source = if missed.cases.is_some() {
        "sigma of one case, with Laney's factor"
    } else if facts.sigma.is_some_and(|s| (s - missed.sigma).abs() <= 1e-12 * s) {
        "sigma"
    } else if facts.phase_points >= 12 {
        "counting error of the values before, being above sigma: √mean of counts, √(p(1 − p)/n) of \
         shares"
    } else {
        "standard deviation of the misses before"
    };
    let stretch = facts
        .persistence
        .map_or_else(String::new, |r| format!(" × √((1 + {0}) / (1 − {0}))", six(r)));
    out += &named(
        "its standard error",
        &format!(
            "{} / √{}{stretch} = {} ({source})",
            six(missed.sigma),
            missed.cases.map_or_else(|| points.to_string(), six),
            six(missed.error)
        ),
    );
    out += &named(
        "its 95% interval",
        &format!(
            "{} ± {} × {} = {} to {} ({})",
            six(missed.mean),
            six(missed.factor),
            six(missed.error),
            six(missed.interval.lower),
            six(missed.interval.upper),
            terms::method(missed.interval.method)
        ),
    );
    out
}

/// `7 of 13`, `12`.
fn counts(events: Option<i64>, cases: Option<i64>, value: Option<f64>) -> String {
    match (events, cases) {
        (Some(events), Some(cases)) => format!("{events} of {cases}"),
        _ => maybe(value),
    }
}

fn interval(made: &str, certainty: crate::judgement::facts::Certainty) -> String {
    let interval = certainty.interval;
    format!(
        "{made}: {} to {} ({}); {} the target",
        six(interval.lower),
        six(interval.upper),
        terms::method(interval.method),
        if certainty.excludes { "excludes" } else { "does not exclude" }
    )
}

/// The latest periods against the baseline.
pub(super) fn change(finding: &Finding, change: &Change, turned: bool) -> String {
    let mut out = String::from("\nThe latest periods against the baseline\n");
    if change.same_months {
        out += "  There are fewer than 12: only the same calendar months of the baseline count.\n";
    }
    let rows = |periods: &[Period], name: &str| -> Vec<Vec<String>> {
        let of = |period: &Period| {
            finding.series.points.iter().find(|point| point.period == *period).map(|point| {
                let whole = |n: Option<i64>| n.map_or_else(|| "–".to_owned(), |n| n.to_string());
                vec![
                    wording::period(*period),
                    maybe(point.value),
                    whole(point.numerator),
                    whole(point.denominator),
                    name.to_owned(),
                ]
            })
        };
        periods.iter().filter_map(of).collect()
    };
    let both = [rows(&change.baseline_periods, "baseline"), rows(&change.latest_periods, "latest")];
    out += &table(&["period", "value", "numerator", "denominator", ""], &both.concat());
    out.push('\n');
    let printed = if change.baseline_points == 0 { " (printed by the plan)" } else { "" };
    out += &named("settled after the baseline", &change.after.to_string());
    out += &named("mean of the baseline", &format!("{}{printed}", six(change.baseline)));
    out += &named("mean of the latest", &six(change.latest));
    let difference = change.latest - change.baseline;
    let good = if turned { "above 0 is better" } else { "below 0 is better" };
    out += &named("difference", &format!("{} ({good})", six(difference)));
    let z = Confidence::NINETY_FIVE.z();
    let ends = change.interval.map_or_else(
        || "none: there is no sigma".to_owned(),
        |i| format!("{} to {} ({})", six(i.lower), six(i.upper), terms::method(i.method)),
    );
    match change.made_of {
        Some(MadeOf::Means { latest, baseline }) => {
            let square = |sigma: f64, number: usize| sigma * sigma / average_count(number);
            let error = (square(latest.sigma, latest.number)
                + square(baseline.sigma, baseline.number))
            .sqrt();
            let known = |sigma: f64, number: usize| format!("{}² / {number}", six(sigma));
            let sum = format!(
                "√({} + {}) = {}",
                known(latest.sigma, latest.number),
                known(baseline.sigma, baseline.number),
                six(error)
            );
            out += &named("its standard error", &sum);
            out += &named("", &sources(finding));
            let made = format!("{} ± {} × {} = {ends}", six(difference), six(z), six(error));
            out += &named("its 95% interval", &made);
        }
        Some(MadeOf::Shares { latest, baseline, factor }) => {
            let share = |(events, cases): (f64, f64)| {
                format!("{} / {} = {}", six(events), six(cases), six(events / cases))
            };
            out += &named("latest, pooled", &share(latest));
            out += &named("baseline, pooled", &baseline.map_or_else(String::new, share));
            out += &named("Laney's factor", &six(factor));
            out += &named("95% interval of the difference", &ends);
        }
        None => out += &named("95% interval of the difference", &ends),
    }
    out
}

/// Where the sigmas of both sides come from.
fn sources(finding: &Finding) -> String {
    let stock = finding.facts.persistence.map_or_else(String::new, |r| {
        format!(", each times √((1 + {0}) / (1 − {0})) for a stock", six(r))
    });
    format!(
        "(latest: sigma above; baseline: sigma of its own points, if 6 or more; the counting error \
         where that is larger{stock})"
    )
}

#[expect(clippy::cast_precision_loss, reason = "a series has few periods")]
fn average_count(number: usize) -> f64 {
    number as f64
}
