//! Reading a plan: its indicators in its own order, each checked as a whole.

use super::baseline::{Baseline, rebases, stretch};
use super::charting::Charting;
use super::measure::columns::column;
use super::measure::{Kind, Measure};
use super::standards::Standards;
use super::target::Goal;
use super::target::read::{Context, Placed, all};
use super::{Asked, Indicator, Measures, Plan, Stated};
use crate::area::Areas;
use crate::definition::{Source, Spanned, Table};
use crate::error::{Error, Place, nearest};
use crate::feeds::contract::Contract;
use crate::filter::ColumnType;
use crate::period::Month;
use crate::unit::Unit;

mod asked;
mod better;
mod frequency;

/// What a plan is read against.
pub(super) struct Known<'a> {
    pub(super) measures: &'a Measures,
    pub(super) feeds: &'a std::collections::BTreeMap<String, Contract>,
    pub(super) areas: &'a Areas,
    pub(super) standards: &'a Standards,
}

impl Known<'_> {
    /// The code of an area that must exist.
    fn area(&self, code: Spanned<String>, errors: &mut Vec<Error>) -> Option<String> {
        if self.areas.get(&code.value).is_some() {
            return Some(code.value);
        }
        // that there are no areas at all was said when they were read
        self.areas.all().next()?;
        let error = code.error(format!("there is no area `{}`", code.value));
        errors.push(match nearest(&code.value, self.areas.all().map(|area| area.code.as_str())) {
            Some(meant) => error.help(format!("did you mean `{meant}`?")),
            None => error.help("areas are named by their code in indicators/areas/areas.csv"),
        });
        None
    }
}

/// The plan of a file; `None` when it has no readable `[plan]`.
pub(super) fn read(
    id: &str,
    source: &Source,
    known: &Known<'_>,
    errors: &mut Vec<Error>,
) -> Option<Plan> {
    let mut document = source.parse(errors);
    if !document.has("plan") {
        let error = document.error("the file does not say which plan it is");
        errors.push(error.help("begin it with [plan], a title and an area"));
    }
    let head = document.take::<Table>("plan", errors);
    let (mut title, mut area) = (None, None);
    if let Some(mut head) = head {
        title = head.require::<String>("title", errors);
        area = head.require::<Spanned<String>>("area", errors);
        head.finish(errors);
    }
    let area = area.and_then(|area| known.area(area, errors));
    let tables = document.tables(errors);
    if tables.is_empty() {
        let error = Error::definition(Place::file(&*source.file), "the plan has no indicators");
        errors.push(error.help("add one table for each row of the plan, such as [DER-001]"));
    }
    let ids: Vec<String> = tables.iter().map(|(id, _)| id.value.clone()).collect();
    let plan = Around { area: area.as_deref(), ids: &ids };
    let indicators = tables
        .into_iter()
        .filter_map(|(id, table)| indicator(&id, table, &plan, known, errors))
        .collect();
    Some(Plan { id: id.to_owned(), title: title?, area: area?, indicators })
}

/// What an indicator shares with its plan.
struct Around<'a> {
    area: Option<&'a str>,
    ids: &'a [String],
}

/// One indicator. One with mistakes stays in the plan, but as not reportable: it is never rated
/// from half a definition.
fn indicator(
    id: &Spanned<String>,
    mut table: Table,
    plan: &Around<'_>,
    known: &Known<'_>,
    errors: &mut Vec<Error>,
) -> Option<Indicator> {
    let before = errors.len();
    if !id.value.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-') {
        let error = id.error(format!("`{}` cannot be an indicator's id", id.value));
        errors.push(error.help("ids are letters, digits and hyphens: they name files"));
    }
    let reference = table.require::<String>("ref", errors);
    let title = table.take::<String>("title", errors);
    let asked = asked::read(&id.value, &mut table, known, errors);
    let measure = asked.as_ref().and_then(|asked| known.measure(asked));
    let unit = measure.map(|measure| measure.unit);
    let feeds = measure.map_or_else(Vec::new, Measure::feeds);
    let contracts: Vec<&Contract> =
        feeds.iter().filter_map(|feed| known.feeds.get(*feed)).collect();
    let title = title.or_else(|| measure.map(|measure| measure.title.clone()));
    if title.is_none() && asked.as_ref().is_some_and(waits) {
        errors.push(
            table.error("`title` is missing").help("without a measure there is no other title"),
        );
    }
    let area = table.take::<Spanned<String>>("area", errors);
    let area = area.map_or(plan.area.map(str::to_owned), |area| known.area(area, errors));
    let splits = splits(&mut table, &contracts, measure, errors);
    if let (Some(measure), Some(area)) = (measure, &area) {
        people_known(measure, area, id, known.areas, errors);
    }
    let better = better::written(&mut table, errors);
    let grain = frequency::read(&mut table, known, measure, errors);
    let baseline = table.take::<Table>("baseline", errors);
    let baseline = baseline.and_then(|baseline| Baseline::read(baseline, unit, errors));
    let rebase_tables = table.take::<Vec<Table>>("rebase", errors).unwrap_or_default();
    let rebases = rebases(rebase_tables, baseline.as_ref(), errors);
    let targets = targets(&mut table, measure, baseline.as_ref(), errors);
    frequency::total(&targets, grain, errors);
    let better = better::settle(better, &targets, id, errors);
    let season = frequency::season(&mut table, grain, errors);
    let charting = table.take::<Table>("chart", errors);
    let charting = charting.map_or_else(Charting::default, |one| Charting::read(one, unit, errors));
    let owner = table.take("owner", errors);
    let stated = table.take::<Table>("stated", errors);
    let stated = stated.map(|stated| self::stated(stated, errors)).unwrap_or_default();
    let beside = beside(id, &mut table, plan.ids, errors);
    let choices = table.take::<Vec<String>>("choices", errors).unwrap_or_default();
    table.finish(errors);
    let asked = if errors.len() == before { asked? } else { asked::wrong(asked) };
    Some(Indicator {
        id: id.value.clone(),
        reference: reference.unwrap_or_default(),
        title: title.unwrap_or_else(|| id.value.clone()),
        asked,
        area: area.unwrap_or_default(),
        splits,
        better,
        grain,
        baseline,
        rebases,
        targets: targets.into_iter().map(|(target, _)| target).collect(),
        season,
        charting,
        owner,
        stated,
        beside,
        choices,
        place: id.place(),
    })
}

/// Whether it says what it needs. An indicator of a measure that is defined wrongly does not: what is
/// wrong was said of the measure.
fn waits(asked: &Asked) -> bool {
    matches!(asked, Asked::NotReportable { feed, .. } if !feed.is_empty())
}

/// Columns it is also shown by: codes, areas, and yes/no.
fn splits(
    table: &mut Table,
    contracts: &[&Contract],
    measure: Option<&Measure>,
    errors: &mut Vec<Error>,
) -> Vec<String> {
    let rate = measure.is_some_and(|measure| matches!(measure.kind, Kind::Rate { .. }));
    let names = table.take::<Vec<Spanned<String>>>("split", errors).unwrap_or_default();
    for contract in contracts {
        for name in &names {
            match column(name, contract, errors) {
                None | Some(ColumnType::Area) => {}
                Some(_) if rate => {
                    let said = format!("the people of each `{}` are not known", name.value);
                    errors.push(name.error(said).help("a rate is split by areas only"));
                }
                Some(ColumnType::Code(_) | ColumnType::Flag) => {}
                Some(_) => {
                    let said = format!("`{}` has no closed list of values to split by", name.value);
                    errors
                        .push(name.error(said).help("split by a code, an area or a yes/no column"));
                }
            }
        }
    }
    names.into_iter().map(|name| name.value).collect()
}

/// A rate needs the people of its area.
fn people_known(
    measure: &Measure,
    area: &str,
    id: &Spanned<String>,
    areas: &Areas,
    errors: &mut Vec<Error>,
) {
    let Kind::Rate { age, .. } = &measure.kind else { return };
    if areas.population(area, age).is_some() {
        return;
    }
    let error = id.error(format!("no population of `{area}` aged `{age}` is known"));
    let known: Vec<&str> = areas.ages(area).collect();
    errors.push(match nearest(age, known.iter().copied()) {
        Some(meant) => error.help(format!("did the measure mean the age `{meant}`?")),
        None => error.help("add it to indicators/areas/population.csv, or set another area"),
    });
}

fn targets(
    table: &mut Table,
    measure: Option<&Measure>,
    baseline: Option<&Baseline>,
    errors: &mut Vec<Error>,
) -> Vec<Placed> {
    let unit = measure.map(|measure| measure.unit);
    let context = Context { unit, baseline };
    let Some(value) = table.value("target") else {
        errors.push(table.error("`target` is missing").help(
            "write \"direction\" where the plan gives no number, \"monitor\" where it only watches",
        ));
        return Vec::new();
    };
    let targets = all(value, &context, errors);
    for (target, place) in &targets {
        let each = measure.is_some_and(|measure| measure.each.is_some());
        if target.goal == Goal::Never && (each || unit.is_some_and(|unit| unit != Unit::Count)) {
            let said = "only a count can be a never event";
            errors
                .push(Error::definition(place.clone(), said).help("name a measure of kind count"));
        }
        if matches!(target.goal, Goal::YearTotal { .. })
            && measure.is_some_and(|measure| !measure.adds_up())
        {
            let said = "people who come in several months would be counted in each of them";
            errors.push(Error::definition(place.clone(), said).help(
                "promise the people of the year: frequency = \"financial year\" and at_least",
            ));
        }
    }
    targets
}

/// Other indicators of the plan that measure the same thing from another source.
fn beside(
    id: &Spanned<String>,
    table: &mut Table,
    ids: &[String],
    errors: &mut Vec<Error>,
) -> Vec<String> {
    let others = table.take::<Vec<Spanned<String>>>("beside", errors).unwrap_or_default();
    for other in &others {
        if other.value == id.value {
            errors.push(
                other
                    .error("an indicator does not stand beside itself")
                    .help("leave it out, or name another indicator of the same plan"),
            );
        } else if !ids.contains(&other.value) {
            let error = other.error(format!("the plan has no indicator `{}`", other.value));
            errors.push(match nearest(&other.value, ids.iter().map(String::as_str)) {
                Some(meant) => error.help(format!("did you mean `{meant}`?")),
                None => error.help("name an indicator of the same plan"),
            });
        }
    }
    others.into_iter().map(|other| other.value).collect()
}

fn stated(mut table: Table, errors: &mut Vec<Error>) -> Stated {
    let period = table.take::<Spanned<String>>("period", errors);
    let stated = Stated {
        value: table.take("value", errors),
        quote: table.take("quote", errors),
        months: period.and_then(|period| stretch(&period, errors)),
        rag: table.take("rag", errors),
        as_at: table.take::<Month>("as_at", errors),
    };
    table.finish(errors);
    stated
}
