//! Released indicators as charts, and their codes as signs.

use crate::charts::{
    Chart, ChartExpected, ChartLine, ChartPath, ChartPhase, ChartPoint, Direction, Mark,
};
use crate::disclosure::released::outlook::Expected;
use crate::disclosure::released::{
    Assurance, Better, Colour, Gap, Indicator, Kind, Phase, Point, Promise, Side, Signal, Status,
    Variation,
};
use crate::document::Icon;
use crate::unit::Unit;
use crate::wording;

/// Periods that a sparkline shows.
const SPARKLINE: usize = 24;

/// The indicator's chart; `None` when no period has a value.
pub(super) fn chart(indicator: &Indicator) -> Option<Chart> {
    let shown = |point: &Point| point.value.is_some_and(|value| value.shown().is_some());
    indicator.points.iter().any(shown).then(|| Chart {
        id: id(indicator),
        title: wording::chart::title(indicator),
        subtitle: wording::chart::subtitle(indicator),
        caption: wording::chart::caption(indicator),
        alt: wording::chart::alt(indicator),
        unit: indicator.unit,
        points: indicator.points.iter().map(|point| chart_point(point, indicator.better)).collect(),
        phases: indicator.phases.iter().map(|phase| chart_phase(indicator, phase)).collect(),
        targets: targets(indicator),
        path: path(indicator),
        forecast: forecast(indicator),
        annotations: indicator
            .phases
            .iter()
            .filter_map(|phase| {
                let start = indicator.points.get(phase.first)?.period.start;
                Some((start, phase.why.clone()?))
            })
            .collect(),
    })
}

/// The days between events; `None` where they are not rare, and with a single one.
pub(super) fn gaps(indicator: &Indicator) -> Option<Chart> {
    let gaps = indicator.gaps.as_ref().filter(|gaps| !gaps.points.is_empty())?;
    // Few events are long gaps.
    let better = match indicator.better {
        Better::Lower => Better::Higher,
        Better::Higher => Better::Lower,
        Better::Neither => Better::Neither,
    };
    let point = |gap: &Gap| ChartPoint {
        start: gap.day,
        value: gap.days.filter(|days| days.shown().is_some()),
        mark: gap.signals.first().map_or(Mark::Common, |signal| mark(*signal, better)),
        hollow: !gap.settled,
    };
    // What has passed since the last event, should one come on the next day.
    let open = ChartPoint {
        start: gaps.until,
        value: Some(gaps.since),
        mark: if gaps.beyond { mark(Signal::Outside(Side::High), better) } else { Mark::Common },
        hollow: true,
    };
    let mut points: Vec<ChartPoint> = gaps.points.iter().map(point).collect();
    points.insert(gaps.points.iter().take_while(|gap| gap.settled).count(), open);
    let last = points.len() - 1;
    Some(Chart {
        id: format!("{}--days-between", id(indicator)),
        title: wording::gaps::title(indicator, gaps),
        subtitle: wording::gaps::subtitle(indicator),
        caption: wording::gaps::caption(indicator, gaps),
        alt: wording::gaps::alt(indicator, gaps),
        unit: Unit::Days,
        points,
        phases: vec![ChartPhase {
            first: 0,
            last,
            mean: gaps.centre,
            median: gaps.kind == Kind::G || gaps.upper.is_none(),
            lower: vec![gaps.lower; last + 1],
            upper: vec![gaps.upper; last + 1],
        }],
        targets: Vec::new(),
        path: None,
        forecast: Vec::new(),
        annotations: Vec::new(),
    })
}

/// The last periods of the chart, small.
pub(super) fn sparkline(indicator: &Indicator) -> Option<Chart> {
    let mut chart = chart(indicator)?;
    let from = chart.points.len().saturating_sub(SPARKLINE);
    chart.points.drain(..from);
    chart.phases.retain(|phase| phase.last >= from);
    for phase in &mut chart.phases {
        let cut = from.saturating_sub(phase.first).min(phase.lower.len());
        phase.lower.drain(..cut);
        phase.upper.drain(..cut);
        phase.first = phase.first.saturating_sub(from);
        phase.last -= from;
    }
    chart.targets.retain(|line| line.last >= from);
    for line in &mut chart.targets {
        line.first = line.first.saturating_sub(from);
        line.last -= from;
    }
    chart.path = None;
    chart.forecast.clear();
    chart.annotations.clear();
    chart.alt = wording::chart::small(indicator, chart.points.len());
    chart.id.push_str("-small");
    Some(chart)
}

/// The name of the indicator's chart and of its part of the page.
pub(super) fn id(indicator: &Indicator) -> String {
    match &indicator.split {
        None => indicator.id.clone(),
        Some((_, code)) => {
            let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { '-' };
            format!("{}--{}", indicator.id, code.chars().map(plain).collect::<String>())
        }
    }
}

fn chart_phase(indicator: &Indicator, phase: &Phase) -> ChartPhase {
    let points = indicator.points.get(phase.first..=phase.last).unwrap_or_default();
    ChartPhase {
        first: phase.first,
        last: phase.last,
        mean: phase.centre,
        median: phase.kind == Kind::Run,
        lower: points.iter().map(|point| point.lower_limit).collect(),
        upper: points.iter().map(|point| point.upper_limit).collect(),
    }
}

fn chart_point(point: &Point, better: Better) -> ChartPoint {
    ChartPoint {
        start: point.period.start,
        value: point.value.filter(|value| value.shown().is_some()),
        mark: point.signals.first().map_or(Mark::Common, |signal| mark(*signal, better)),
        hollow: matches!(point.status, Status::Provisional | Status::Partial),
    }
}

fn mark(signal: Signal, better: Better) -> Mark {
    let direction = match signal.side() {
        Side::High => Direction::High,
        Side::Low => Direction::Low,
    };
    match (better, direction) {
        (Better::Neither, _) => Mark::Neither(direction),
        (Better::Higher, Direction::High) | (Better::Lower, Direction::Low) => {
            Mark::Improvement(direction)
        }
        _ => Mark::Concern(direction),
    }
}

/// Stretches of points with one target.
fn targets(indicator: &Indicator) -> Vec<ChartLine> {
    let mut lines: Vec<ChartLine> = Vec::new();
    for (at, point) in indicator.points.iter().enumerate() {
        let Some(value) = point.target else { continue };
        match lines.last_mut() {
            Some(line) if line.last + 1 == at && line.value == value => line.last = at,
            _ => lines.push(ChartLine { first: at, last: at, value }),
        }
    }
    // Where the target changes from month to month the way is drawn, not a stair of single months.
    if indicator.path.is_empty() {
        lines
    } else {
        lines.into_iter().filter(|l| l.last > l.first).collect()
    }
}

fn path(indicator: &Indicator) -> Option<ChartPath> {
    (indicator.path.len() > 1).then(|| ChartPath {
        points: indicator.path.iter().map(|(month, value)| (month.first_day(), *value)).collect(),
        stated: indicator.path_judged,
    })
}

fn forecast(indicator: &Indicator) -> Vec<ChartExpected> {
    let course = indicator.outlook.as_ref().and_then(|outlook| outlook.course.as_ref().ok());
    let expected = |expected: &Expected| ChartExpected {
        start: expected.period.start,
        median: expected.median,
        eighty: expected.eighty,
        ninety_five: expected.ninety_five,
    };
    course.map_or(Vec::new(), |course| course.ahead.iter().map(expected).collect())
}

/// The sign of a rating.
pub(super) fn rating(colour: Colour) -> Icon {
    match colour {
        Colour::Red => Icon::Red,
        Colour::Amber => Icon::Amber,
        Colour::Green => Icon::Green,
        Colour::NotRated => Icon::NotRated,
    }
}

/// The signs of variation and assurance at the latest settled period; none without a value.
pub(super) fn judgement(indicator: &Indicator) -> Vec<Icon> {
    let facts = &indicator.facts;
    if facts.value.is_none() {
        return Vec::new();
    }
    let icons = indicator.icons;
    let side = icons.signal.map(Signal::side);
    let variation = icons.variation.map(|variation| match (variation, side) {
        (Variation::Improvement, Some(Side::High)) => Icon::ImprovementHigh,
        (Variation::Improvement, _) => Icon::ImprovementLow,
        (Variation::Concern, Some(Side::High)) => Icon::ConcernHigh,
        (Variation::Concern, _) => Icon::ConcernLow,
        (Variation::Common, Some(Side::High)) => Icon::NeitherHigh,
        (Variation::Common, Some(Side::Low)) => Icon::NeitherLow,
        (Variation::Common, None) => Icon::CommonCause,
    });
    let without_target = matches!(facts.promise, Promise::Direction | Promise::Monitor);
    let assurance = match icons.assurance {
        Some(Assurance::Pass) => Some(Icon::Pass),
        Some(Assurance::HitOrMiss) => Some(Icon::HitOrMiss),
        Some(Assurance::Fail) => Some(Icon::Fail),
        None => without_target.then_some(Icon::NoTarget),
    };
    variation.into_iter().chain(assurance).collect()
}
