//! Reading a plan: its indicators in its own order, each checked as a whole.

use super::baseline::{Baseline, rebases};
use super::measure::read::{column, filter};
use super::target::Goal;
use super::target::read::{Context, Placed, all};
use super::{Asked, Better, Indicator, Measures, Plan, Stated};
use crate::area::Areas;
use crate::definition::{Source, Spanned, Table};
use crate::error::{Error, Place, nearest};
use crate::feeds::contract::Contract;
use crate::filter::ColumnType;
use crate::period::{Grain, Month};
use crate::unit::Unit;

/// What a plan is read against.
pub(super) struct Known<'a> {
    pub(super) measures: &'a Measures,
    pub(super) feeds: &'a std::collections::BTreeMap<String, Contract>,
    pub(super) areas: &'a Areas,
}

impl Known<'_> {
    /// The code of an area that must exist.
    fn area(&self, code: Spanned<String>, errors: &mut Vec<Error>) -> Option<String> {
        if self.areas.get(&code.value).is_some() {
            return Some(code.value);
        }
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
    let indicators = tables
        .into_iter()
        .filter_map(|(id, table)| indicator(&id, table, area.as_deref(), known, errors))
        .collect();
    Some(Plan { id: id.to_owned(), title: title?, area: area?, indicators })
}

/// One indicator. One with mistakes stays in the plan, but as not reportable: it is never rated
/// from half a definition.
fn indicator(
    id: &Spanned<String>,
    mut table: Table,
    plan_area: Option<&str>,
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
    let asked = asked(&mut table, known, errors);
    let measure = asked.as_ref().and_then(|asked| known.measure(asked));
    let unit = measure.map(|measure| measure.unit);
    let contract = measure.and_then(|measure| known.feeds.get(&measure.feed));
    let title = title.or_else(|| measure.map(|measure| measure.title.clone()));
    if title.is_none() && matches!(asked, Some(Asked::NotReportable { .. })) {
        errors.push(
            table.error("`title` is missing").help("without a measure there is no other title"),
        );
    }
    let area = table.take::<Spanned<String>>("area", errors);
    let area = area.map_or(plan_area.map(str::to_owned), |area| known.area(area, errors));
    let splits = splits(&mut table, contract, errors);
    let better = better(&mut table, errors);
    let grain = grain(&mut table, errors);
    let baseline = table.take::<Table>("baseline", errors);
    let baseline = baseline.and_then(|baseline| Baseline::read(baseline, unit, errors));
    let rebase_tables = table.take::<Vec<Table>>("rebase", errors).unwrap_or_default();
    let rebases = rebases(rebase_tables, baseline.as_ref(), errors);
    let targets = targets(&mut table, unit, baseline.as_ref(), errors);
    let better = settle_better(better, &targets, id, errors);
    let season = table.take::<Spanned<bool>>("season", errors);
    if let Some(season) = &season
        && season.value
        && grain == Grain::FinancialYear
    {
        errors
            .push(season.error("a figure of whole years has no season").help("leave `season` out"));
    }
    let owner = table.take("owner", errors);
    let stated = table.take::<Table>("stated", errors);
    let stated = stated.map(|stated| self::stated(stated, errors)).unwrap_or_default();
    let beside = table.take::<Vec<String>>("beside", errors).unwrap_or_default();
    let choices = table.take::<Vec<String>>("choices", errors).unwrap_or_default();
    table.finish(errors);
    let asked = if errors.len() == before { asked? } else { wrong(asked) };
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
        season: season.is_some_and(|season| season.value),
        owner,
        stated,
        beside,
        choices,
        place: id.place(),
    })
}

/// What stands in the plan for an indicator with mistakes.
fn wrong(asked: Option<Asked>) -> Asked {
    let feed = match asked {
        Some(Asked::NotReportable { feed, .. }) => feed,
        _ => String::new(),
    };
    Asked::NotReportable {
        feed,
        why: "Its definition is wrong: `concordat check` says how.".to_owned(),
    }
}

impl<'a> Known<'a> {
    fn measure(&self, asked: &Asked) -> Option<&'a super::Measure> {
        match asked {
            Asked::Measured { measure, .. } => self.measures.get(measure)?.as_ref(),
            Asked::NotReportable { .. } => None,
        }
    }
}

/// `measure` and perhaps `where`, or `needs`.
fn asked(table: &mut Table, known: &Known<'_>, errors: &mut Vec<Error>) -> Option<Asked> {
    let measure = table.take::<Spanned<String>>("measure", errors);
    let narrowed = table.take::<Spanned<String>>("where", errors);
    let needs = table.take::<Table>("needs", errors);
    match (measure, needs) {
        (Some(measure), None) => measured(&measure, narrowed, known, errors),
        (None, Some(mut needs)) => {
            let feed = needs.require("feed", errors);
            let why = needs.require::<String>("what", errors);
            needs.finish(errors);
            if let Some(narrowed) = narrowed {
                errors.push(narrowed.error("`where` without a measure").help("leave it out"));
            }
            Some(Asked::NotReportable { feed: feed?, why: why? })
        }
        _ => {
            errors.push(table.error("an indicator has a measure, or says what it needs").help(
                "add measure = \"…\", or needs = { feed = \"…\", what = \"…\" } while it cannot be reported",
            ));
            None
        }
    }
}

fn measured(
    measure: &Spanned<String>,
    narrowed: Option<Spanned<String>>,
    known: &Known<'_>,
    errors: &mut Vec<Error>,
) -> Option<Asked> {
    let Some(found) = known.measures.get(&measure.value) else {
        let error = measure.error(format!("there is no measure `{}`", measure.value));
        errors.push(match nearest(&measure.value, known.measures.keys().map(String::as_str)) {
            Some(meant) => error.help(format!("did you mean `{meant}`?")),
            None => error.help("measures are defined in indicators/measures/*.toml"),
        });
        return None;
    };
    let Some(found) = found else {
        let why = format!("Its measure `{}` is defined wrongly.", measure.value);
        return Some(Asked::NotReportable { feed: String::new(), why });
    };
    let narrowed = match (narrowed, known.feeds.get(&found.feed)) {
        (Some(sql), Some(contract)) => Some(filter(&sql, &contract.schema(), errors)?),
        _ => None,
    };
    Some(Asked::Measured { measure: measure.value.clone(), filter: narrowed })
}

/// Columns it is also shown by: codes, areas, and yes/no.
fn splits(table: &mut Table, contract: Option<&Contract>, errors: &mut Vec<Error>) -> Vec<String> {
    let names = table.take::<Vec<Spanned<String>>>("split", errors).unwrap_or_default();
    if let Some(contract) = contract {
        for name in &names {
            match column(name, contract, errors) {
                None | Some(ColumnType::Code(_) | ColumnType::Area | ColumnType::Flag) => {}
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

fn better(table: &mut Table, errors: &mut Vec<Error>) -> Option<Spanned<Better>> {
    let word = table.take::<Spanned<String>>("better", errors)?;
    let better = match word.value.as_str() {
        "lower" => Better::Lower,
        "higher" => Better::Higher,
        "neither" => Better::Neither,
        other => {
            let error = word.error(format!("`{other}` is no direction"));
            errors.push(error.help("write \"lower\", \"higher\" or \"neither\""));
            return None;
        }
    };
    Some(word.map(|_| better))
}

fn grain(table: &mut Table, errors: &mut Vec<Error>) -> Grain {
    match table.take::<Spanned<String>>("frequency", errors) {
        None => Grain::Month,
        Some(word) => match word.value.as_str() {
            "month" => Grain::Month,
            "financial year" => Grain::FinancialYear,
            other => {
                let error = word.error(format!("`{other}` is no frequency"));
                errors.push(error.help("write \"month\" or \"financial year\""));
                Grain::Month
            }
        },
    }
}

fn targets(
    table: &mut Table,
    unit: Option<Unit>,
    baseline: Option<&Baseline>,
    errors: &mut Vec<Error>,
) -> Vec<Placed> {
    let context = Context { unit, baseline };
    let Some(value) = table.value("target") else {
        errors.push(table.error("`target` is missing").help(
            "write \"direction\" where the plan gives no number, \"monitor\" where it only watches",
        ));
        return Vec::new();
    };
    let targets = all(value, &context, errors);
    for (target, place) in &targets {
        if target.goal == Goal::Never && unit.is_some_and(|unit| unit != Unit::Count) {
            let said = "only a count can be a never event";
            errors
                .push(Error::definition(place.clone(), said).help("name a measure of kind count"));
        }
    }
    targets
}

/// The direction that a goal implies, where it implies one.
fn implied(goal: &Goal) -> Option<Better> {
    match goal {
        Goal::AtMost(_) | Goal::ReduceBy(_) | Goal::Never => Some(Better::Lower),
        Goal::AtLeast(_)
        | Goal::IncreaseBy(_)
        | Goal::YearTotal { .. }
        | Goal::Milestone { .. } => Some(Better::Higher),
        Goal::Between(..) | Goal::Monitor => Some(Better::Neither),
        Goal::Direction => None,
    }
}

/// `better` as written, or as the targets imply; the two must not disagree.
fn settle_better(
    written: Option<Spanned<Better>>,
    targets: &[Placed],
    id: &Spanned<String>,
    errors: &mut Vec<Error>,
) -> Better {
    if let Some(written) = written {
        let disagrees = |goal: &Goal| match (implied(goal), written.value) {
            (Some(Better::Lower), Better::Higher | Better::Neither)
            | (Some(Better::Higher), Better::Lower | Better::Neither) => true,
            (None, Better::Neither) => *goal == Goal::Direction,
            _ => false,
        };
        if targets.iter().any(|(target, _)| disagrees(&target.goal)) {
            let error = written.error("the target points the other way than `better`");
            errors.push(error.help(
                "at_most and reduce_by go with lower, at_least with higher, direction with either",
            ));
        }
        return written.value;
    }
    let implied = targets.iter().find_map(|(target, _)| implied(&target.goal));
    if implied.is_none() && !targets.is_empty() {
        let error = id.error("`better` is missing");
        errors
            .push(error.help(
                "a direction alone does not say which: add better = \"lower\" or \"higher\"",
            ));
    }
    implied.unwrap_or(Better::Neither)
}

fn stated(mut table: Table, errors: &mut Vec<Error>) -> Stated {
    let stated = Stated {
        value: table.take("value", errors),
        rag: table.take("rag", errors),
        as_at: table.take::<Month>("as_at", errors),
    };
    table.finish(errors);
    stated
}
