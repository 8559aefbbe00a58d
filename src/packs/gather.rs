//! What a pack's sections show: indicators of the plan, and aggregates of the rows of measures.

use crate::aggregate::stays::Flow;
use crate::disclosure::sections::{Counted, Made, Part, Section, Setting, What};
use crate::error::Error;
use crate::indicators::charting::Charting;
use crate::indicators::measure::{Kind, Measure};
use crate::indicators::target::{Goal, Target};
use crate::indicators::{Asked, Better, Indicator, Plan, Stated};
use crate::measures::aggregates;
use crate::packs::definition::{self, Pack};
use crate::packs::view::View;
use crate::packs::{coded, history};
use crate::period::{Grain, Month};
use crate::statistics::what_if;
use crate::workspace::{Opened, Workspace};

/// Months of a window.
pub(super) const MONTHS: i32 = 12;

/// What `reference` says of a measure that no indicator of the plan asks for.
pub(super) const NOT_ASKED: &str = "Not in the plan";

/// The plan as a pack shows it: the indicators that use a measure of those sections that have a view of
/// indicators, in the order of the sections, without their splits; for a measure that none uses one
/// without a target, which is watched for the plan's area. A pack without sections shows the plan as it is.
pub(super) fn asked(workspace: &Workspace, plan: &Plan, pack: &Pack) -> Plan {
    if pack.sections.is_empty() {
        return plan.clone();
    }
    let mut indicators: Vec<Indicator> = Vec::new();
    let of_indicators =
        |section: &&definition::Section| section.views.iter().any(View::of_indicators);
    let sections = pack.sections.iter().filter(of_indicators);
    for id in sections.flat_map(|section| &section.measures) {
        let Some(measure) = workspace.catalogue.measures.get(id) else { continue };
        let mut of_plan: Vec<Indicator> = plan
            .indicators
            .iter()
            .filter(|one| uses(one, id))
            .map(|one| Indicator { splits: Vec::new(), ..one.clone() })
            .collect();
        if of_plan.is_empty() {
            of_plan.push(watched(measure, plan));
        }
        let new = |one: &Indicator| indicators.iter().all(|other| other.id != one.id);
        of_plan.retain(new);
        indicators.extend(of_plan);
    }
    Plan { indicators, ..plan.clone() }
}

fn uses(indicator: &Indicator, id: &str) -> bool {
    matches!(&indicator.asked, Asked::Measured { measure, .. } if measure == id)
}

/// A measure that no indicator of the plan uses: watched, and rated by nobody.
fn watched(measure: &Measure, plan: &Plan) -> Indicator {
    Indicator {
        id: measure.id.replace('_', "-"),
        reference: NOT_ASKED.to_owned(),
        title: measure.title.clone(),
        asked: Asked::Measured { measure: measure.id.clone(), filter: None },
        area: plan.area.clone(),
        splits: Vec::new(),
        better: Better::Neither,
        grain: Grain::Month,
        baseline: None,
        rebases: Vec::new(),
        targets: vec![Target::plain(Goal::Monitor)],
        season: false,
        charting: Charting::default(),
        owner: None,
        stated: Stated::default(),
        beside: Vec::new(),
        choices: Vec::new(),
        place: measure.place.clone(),
    }
}

/// Every section of a pack for a plan, as [`asked`] narrowed it.
pub(super) fn sections(
    workspace: &Workspace,
    opened: &Opened,
    plan: &Plan,
    pack: &Pack,
    as_at: Month,
) -> (Vec<Section<f64>>, Vec<Error>) {
    let gather = Gather { workspace, opened, plan, as_at };
    let mut errors = Vec::new();
    let mut sections = Vec::new();
    for (at, section) in pack.sections.iter().enumerate() {
        let mut parts = Vec::new();
        for id in &section.measures {
            let Some(measure) = workspace.catalogue.measures.get(id) else { continue };
            parts.extend(gather.indicators(measure, section));
            for view in section.views.iter().filter(|view| !view.of_indicators()) {
                match gather.view(measure, view, at) {
                    Ok(part) => parts.extend(part),
                    Err(error) => errors.push(error),
                }
            }
        }
        if section.views.contains(&View::Questions) {
            parts.push(Part::Questions(section.measures.clone()));
        }
        sections.push(Section { title: section.title.clone(), text: section.text.clone(), parts });
    }
    (sections, errors)
}

/// Everything a view is made from.
#[derive(Clone, Copy)]
pub(super) struct Gather<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) opened: &'a Opened,
    pub(super) plan: &'a Plan,
    pub(super) as_at: Month,
}

impl Gather<'_> {
    /// The indicators of a measure, where a view of the section is of indicators.
    fn indicators(&self, measure: &Measure, section: &definition::Section) -> Vec<Part<f64>> {
        let views = &section.views;
        let has = |view: View| views.contains(&view);
        if !views.iter().any(View::of_indicators) {
            return Vec::new();
        }
        let part = |one: &Indicator| Part::Indicator {
            id: one.id.clone(),
            asked: one.reference != NOT_ASKED,
            chart: has(View::Chart),
            forecast: has(View::Forecast),
            days_between: has(View::DaysBetween),
            targets: has(View::Targets).then(|| history::promises(self, one)),
        };
        self.plan.indicators.iter().filter(|one| uses(one, &measure.id)).map(part).collect()
    }

    fn view(
        &self,
        measure: &Measure,
        view: &View,
        section: usize,
    ) -> Result<Option<Part<f64>>, Error> {
        if *view == View::Reconciliation {
            let sides = |one: &&crate::indicators::reconciliation::Reconciliation| {
                one.sides.iter().any(|side| side.measure == measure.id)
            };
            let all = self.workspace.catalogue.reconciliations.values();
            return Ok(all.filter(sides).map(|one| Part::Reconciliation(one.id.clone())).next());
        }
        if *view == View::Questions {
            return Ok(None);
        }
        let place = (self.plan.area.as_str(), Grain::Month);
        let part = self.workspace.part(self.opened, measure, None, place, self.as_at);
        let window = part
            .as_ref()
            .and_then(|part| aggregates::window(&part.plan, part.feed, &part.request, MONTHS));
        let what = match part.as_ref().zip(window) {
            Some((part, window)) => self.what(measure, view, part, window)?,
            None => What::Nothing,
        };
        let area = self.workspace.areas.get(&self.plan.area);
        let made = Made {
            id: format!("{}--{}-{}", measure.id.replace('_', "-"), section + 1, name(view)),
            measure: measure.id.clone(),
            title: measure.title.clone(),
            source: measure.source.clone(),
            area: area.map_or_else(|| self.plan.area.clone(), |area| area.name.clone()),
            feed: measure.feed.clone(),
            synthetic: self.opened.quality.get(&measure.feed).is_some_and(|feed| feed.synthetic),
            window,
            what,
        };
        Ok(Some(Part::Made(Box::new(made))))
    }

    /// Codes of areas by their names.
    fn area(&self, code: &mut String) {
        if let Some(area) = self.workspace.areas.get(code) {
            code.clone_from(&area.name);
        }
    }

    fn what(
        &self,
        measure: &Measure,
        view: &View,
        part: &crate::assess::Part<'_>,
        window: crate::aggregate::Window,
    ) -> Result<What<f64>, Error> {
        let (plan, feed, request) = (&part.plan, part.feed, &part.request);
        let of = match measure.kind {
            Kind::BedDays { .. } => Counted::BedDays,
            Kind::Open { .. } => Counted::Open,
            _ => Counted::Cases,
        };
        let found = match view {
            View::Split(column) => Some(What::Mix {
                column: column.clone(),
                of,
                mix: {
                    let mut mix = coded::mix(part, column, window)?;
                    mix.codes.iter_mut().for_each(|code| self.area(code));
                    mix
                },
            }),
            View::Reasons(column) | View::By(column) => Some(What::Codes {
                column: column.clone(),
                of,
                codes: {
                    let by = matches!(view, View::By(_));
                    let mut codes = coded::codes(part, column, window, by)?;
                    codes
                        .rows
                        .iter_mut()
                        .filter_map(|row| row.code.as_mut())
                        .for_each(|code| self.area(code));
                    codes
                },
            }),
            View::Cross(down, across) => Some(What::Cross {
                down: down.clone(),
                across: across.clone(),
                grid: aggregates::by_codes(plan, feed, request, window, (down, across))?,
            }),
            View::Heatmap(column) => Some(What::Hours {
                column: column.clone(),
                grid: aggregates::by_hour(plan, feed, request, window, column)?,
            }),
            View::Distribution => {
                aggregates::distribution(plan, feed, request, window)?.map(|lengths| {
                    What::Distribution { standard: measure.standard().cloned(), lengths }
                })
            }
            View::People(person) => {
                Some(What::People(aggregates::people(plan, feed, request, window, person)?))
            }
            View::LengthOfStay => {
                aggregates::lengths(plan, feed, request, window)?.map(What::Nights)
            }
            View::Cost(column) => {
                aggregates::cost(plan, feed, request, window, column)?.map(What::Cost)
            }
            View::WhatIf => aggregates::flow(plan, feed, request, window)?
                .map(|flow| What::WhatIf { settings: settings(&flow), flow }),
            View::Chart
            | View::Forecast
            | View::DaysBetween
            | View::Targets
            | View::Reconciliation
            | View::Questions => None,
        };
        Ok(found.unwrap_or(What::Nothing))
    }
}

/// Starts and lengths of stay, as shares of those now, that are worked out for who reads without the
/// page's script.
const SETTINGS: [(f64, f64); 7] =
    [(1.0, 1.0), (0.75, 1.0), (0.5, 1.0), (1.0, 0.75), (1.0, 0.5), (0.75, 0.75), (0.5, 0.5)];

fn settings(flow: &Flow<f64>) -> Vec<Setting<f64>> {
    let now = (what_if::a_month(flow.a_day), flow.mean);
    let setting = |(starts_share, stay_share): (f64, f64)| {
        let (starts, mean) = (now.0 * starts_share, now.1 * stay_share);
        let usual = (flow.mean, flow.within.as_slice());
        let after = |months: u32| {
            (months, what_if::open_after(months.into(), flow.open, (starts, mean), usual))
        };
        Setting {
            starts_share,
            stay_share,
            starts,
            mean,
            after: [3, 6, 12].map(after).to_vec(),
            long_run: what_if::in_the_long_run(starts, mean),
        }
    };
    SETTINGS.map(setting).to_vec()
}

/// A view's name in an id.
fn name(view: &View) -> String {
    let plain = |text: &str| text.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
    match view {
        View::Split(column) => format!("split-{}", plain(column)),
        View::Reasons(column) => format!("reasons-{}", plain(column)),
        View::By(column) => format!("by-{}", plain(column)),
        View::Cross(down, across) => format!("cross-{}-{}", plain(down), plain(across)),
        View::Heatmap(column) => format!("heatmap-{}", plain(column)),
        View::Distribution => "distribution".to_owned(),
        View::People(_) => "people".to_owned(),
        View::LengthOfStay => "nights".to_owned(),
        View::Cost(_) => "cost".to_owned(),
        View::WhatIf => "what-if".to_owned(),
        _ => "view".to_owned(),
    }
}
