//! Reading targets, and what makes no sense in them.

use super::{Goal, Path, Target};
use crate::definition::{Data, Spanned, Table, Value};
use crate::error::{Error, Place, nearest};
use crate::indicators::amount::{Amount, in_unit};
use crate::indicators::baseline::Baseline;
use crate::period::Month;
use crate::unit::Unit;

/// The goals that are a word alone.
const WORDS: [&str; 3] = ["direction", "monitor", "never"];
/// The goals that are a key of a table.
const KEYS: [&str; 7] =
    ["at_most", "at_least", "between", "reduce_by", "increase_by", "milestone", "year_total"];

/// What a target is read against.
pub(in crate::indicators) struct Context<'a> {
    /// The unit of the figure; `None` while nothing is measured.
    pub(in crate::indicators) unit: Option<Unit>,
    /// What it is compared with.
    pub(in crate::indicators) baseline: Option<&'a Baseline>,
}

/// A target and where it stands.
pub(in crate::indicators) type Placed = (Target, Place);

/// One target or a list of them, in the order they were set.
pub(in crate::indicators) fn all(
    value: Value,
    context: &Context<'_>,
    errors: &mut Vec<Error>,
) -> Vec<Placed> {
    let place = value.place();
    let values = match value.data {
        Data::List(list) => list,
        _ => vec![value],
    };
    if values.is_empty() {
        let error = Error::definition(place, "the list of targets is empty");
        errors.push(error.help("write target = \"monitor\" when the plan only watches"));
    }
    let read: Vec<Placed> =
        values.into_iter().filter_map(|value| one(value, context, errors)).collect();
    in_order(&read, errors);
    read
}

/// A list of targets: set one after another, and never a never event among them.
fn in_order(targets: &[Placed], errors: &mut Vec<Error>) {
    if targets.len() < 2 {
        return;
    }
    for (target, place) in targets {
        if matches!(target.goal, Goal::Never | Goal::Milestone { .. }) {
            let said = "this target stands alone, not in a list";
            errors.push(Error::definition(place.clone(), said));
        }
    }
    for pair in targets.windows(2) {
        let ((earlier, _), (later, place)) = (&pair[0], &pair[1]);
        let start = |target: &Target| target.set.or(target.from);
        let wrong = match (start(earlier), start(later)) {
            (_, None) => "it is not said when this target replaced the one before it",
            (Some(before), Some(after)) if after == before => "two targets begin in the same month",
            (Some(before), Some(after)) if after < before => {
                "this target is older than the one before it"
            }
            _ => continue,
        };
        errors.push(
            Error::definition(place.clone(), wrong)
                .help("targets stand in the order they were set, each with `set` (or `from`)"),
        );
    }
}

fn one(value: Value, context: &Context<'_>, errors: &mut Vec<Error>) -> Option<Placed> {
    let place = value.place();
    match value.data {
        Data::Text(ref word) => {
            let goal = match word.as_str() {
                "direction" => Goal::Direction,
                "monitor" => Goal::Monitor,
                "never" => Goal::Never,
                other => {
                    let error = value.error(format!("there is no target `{other}`"));
                    errors.push(match nearest(other, WORDS) {
                        Some(meant) => error.help(format!("did you mean \"{meant}\"?")),
                        None => error
                            .help("write \"direction\", \"monitor\", \"never\" or { at_most = … }"),
                    });
                    return None;
                }
            };
            Some((Target::plain(goal), place))
        }
        Data::Table(table) => table_target(table, context, errors).map(|target| (target, place)),
        Data::Broken => None,
        _ => {
            errors.push(value.mismatch("a target such as \"direction\" or { at_most = 0 }"));
            None
        }
    }
}

fn table_target(
    mut table: Table,
    context: &Context<'_>,
    errors: &mut Vec<Error>,
) -> Option<Target> {
    let before = errors.len();
    let place = table.place();
    let goals: Vec<&str> = KEYS.into_iter().filter(|key| table.has(key)).collect();
    let goal = match goals.as_slice() {
        [key] => goal(key, &mut table, context, errors),
        _ => {
            let said = if goals.is_empty() {
                "a target without a goal"
            } else {
                "a target with two goals"
            };
            errors.push(
                Error::definition(place.clone(), said)
                    .help(format!("give one of {}", KEYS.join(", "))),
            );
            // Asked for, so that a misspelt goal is suggested below.
            for key in KEYS {
                table.value(key);
            }
            None
        }
    };
    let from = table.take::<Spanned<Month>>("from", errors);
    let by = table.take::<Spanned<Month>>("by", errors);
    let set = table.take::<Spanned<Month>>("set", errors);
    let path = table
        .value("path")
        .map_or(Some(Path::None), |path| self::path(path, context, by.as_ref(), errors));
    let tolerance = table.take::<Spanned<Amount>>("tolerance", errors);
    let tolerance = tolerance.and_then(|tolerance| {
        let number = in_unit(&tolerance, context.unit, errors)?;
        if number < 0.0 {
            errors.push(tolerance.error("a tolerance is not negative"));
        }
        Some(number)
    });
    let allowance = table.take::<u32>("allowance", errors);
    let reference = table.take::<String>("ref", errors);
    table.finish(errors);
    dates(from.as_ref(), by.as_ref(), set.as_ref(), context, errors);
    let target = Target {
        goal: goal?,
        from: from.map(|from| from.value),
        by: by.map(|by| by.value),
        set: set.map(|set| set.value),
        path: path?,
        tolerance,
        allowance,
        reference,
    };
    sense(&target, &place, context, errors);
    (errors.len() == before).then_some(target)
}

fn goal(
    key: &str,
    table: &mut Table,
    context: &Context<'_>,
    errors: &mut Vec<Error>,
) -> Option<Goal> {
    match key {
        "between" => {
            let ends = table.require::<Spanned<Vec<Spanned<Amount>>>>(key, errors)?;
            let place = ends.place();
            let numbers: Vec<f64> =
                ends.value.iter().filter_map(|end| in_unit(end, context.unit, errors)).collect();
            match numbers.as_slice() {
                [low, high] if low < high => Some(Goal::Between(*low, *high)),
                _ => {
                    let said = "`between` takes a lower and a higher value";
                    errors.push(Error::definition(place, said).help("write between = [2, 4]"));
                    None
                }
            }
        }
        "milestone" => {
            let open = table.require::<Spanned<bool>>(key, errors)?;
            let done = table.take::<Month>("done", errors);
            if !open.value {
                errors.push(
                    open.error("`milestone` is true").help("say when it was done with `done`"),
                );
            }
            Some(Goal::Milestone { done })
        }
        _ => {
            let amount = table.require::<Spanned<Amount>>(key, errors)?;
            match key {
                "reduce_by" | "increase_by" => {
                    let Amount { number, share } = amount.value;
                    if !share || number <= 0.0 || (key == "reduce_by" && number > 1.0) {
                        let said = format!("`{key}` is a share of the baseline");
                        errors.push(amount.error(said).help("write \"40 %\""));
                        return None;
                    }
                    let reduce = key == "reduce_by";
                    Some(if reduce { Goal::ReduceBy(number) } else { Goal::IncreaseBy(number) })
                }
                "year_total" => in_unit(&amount, context.unit, errors)
                    .map(|at_least| Goal::YearTotal { at_least }),
                "at_most" => in_unit(&amount, context.unit, errors).map(Goal::AtMost),
                _ => in_unit(&amount, context.unit, errors).map(Goal::AtLeast),
            }
        }
    }
}

fn path(
    value: Value,
    context: &Context<'_>,
    by: Option<&Spanned<Month>>,
    errors: &mut Vec<Error>,
) -> Option<Path> {
    let Some(by) = by else {
        errors.push(value.error("a path leads to a date").help("add by = \"2018-09\""));
        return None;
    };
    match &value.data {
        Data::Text(word) if word == "straight" => Some(Path::Straight),
        Data::Text(word) if word == "none" => Some(Path::None),
        Data::List(_) => {
            let points = points(value.clone(), context, errors)?;
            let ordered = points.windows(2).all(|pair| pair[0].0 < pair[1].0);
            if !ordered || points.last().is_none_or(|(month, _)| *month > by.value) {
                let error = value.error("the points of a path follow each other up to its date");
                errors.push(error.help(format!("the last may be {}, at the latest", by.value)));
                return None;
            }
            Some(Path::Points(points))
        }
        _ => {
            let error = value.error("this is not a path");
            errors
                .push(error.help(
                    "write \"none\", \"straight\" or [[\"2018-03\", 90], [\"2018-06\", 40]]",
                ));
            None
        }
    }
}

/// `[["2018-03", 90], ["2018-06", 40]]`.
fn points(
    value: Value,
    context: &Context<'_>,
    errors: &mut Vec<Error>,
) -> Option<Vec<(Month, f64)>> {
    let before = errors.len();
    let mut read = Vec::new();
    for pair in value.read::<Vec<Spanned<Vec<Value>>>>(errors)? {
        let place = pair.place();
        match <[Value; 2]>::try_from(pair.value) {
            Ok([month, amount]) => {
                let month = month.read::<Month>(errors);
                let amount = amount.read::<Spanned<Amount>>(errors);
                let number = amount.and_then(|amount| in_unit(&amount, context.unit, errors));
                read.extend(month.zip(number));
            }
            Err(_) => {
                let error = Error::definition(place, "a point is a month and a value");
                errors.push(error.help("write [\"2018-03\", 90]"));
            }
        }
    }
    (errors.len() == before).then_some(read)
}

fn dates(
    from: Option<&Spanned<Month>>,
    by: Option<&Spanned<Month>>,
    set: Option<&Spanned<Month>>,
    context: &Context<'_>,
    errors: &mut Vec<Error>,
) {
    if let (Some(from), Some(by)) = (from, by)
        && by.value < from.value
    {
        errors.push(by.error("the target is to be reached before it is in force"));
    }
    if let (Some(set), Some(by)) = (set, by)
        && by.value < set.value
    {
        errors.push(by.error("the target's date is past when it is set"));
    }
    if let Some(end) = context.baseline.and_then(Baseline::end) {
        for date in [from, by].into_iter().flatten().filter(|date| date.value <= end) {
            errors.push(
                date.error(format!("the target is dated before its baseline ends ({end})"))
                    .help("a target lies after what it is compared with"),
            );
        }
    }
}

/// What can be read and still makes no sense.
fn sense(target: &Target, place: &Place, context: &Context<'_>, errors: &mut Vec<Error>) {
    let mut wrong = |said: &str, help: &str| {
        errors.push(Error::definition(place.clone(), said).help(help));
    };
    let unit = context.unit;
    match target.goal {
        Goal::ReduceBy(_) | Goal::IncreaseBy(_) if context.baseline.is_none() => wrong(
            "a change is promised, but from nothing",
            "add baseline = …; a plan that gives none has target = \"direction\"",
        ),
        Goal::AtLeast(least)
            if unit == Some(Unit::Proportion)
                && least >= 1.0
                && target.tolerance.is_none()
                && target.allowance.is_none() =>
        {
            wrong(
                "a target of 100 % is missed by a single case",
                "add a tolerance or an allowance, and say in `choices` that it is ours",
            );
        }
        Goal::Milestone { .. } if target.by.is_none() => {
            wrong("a milestone has a date", "add by = \"2018-04\"");
        }
        Goal::YearTotal { .. } if unit.is_some_and(|unit| unit != Unit::Count) => {
            wrong("only counts are added up over a year", "use at_least");
        }
        _ => {}
    }
    if target.path == Path::Straight && context.baseline.is_none() {
        wrong("a straight line needs a place to begin", "add baseline = …");
    }
    let counts_failures = matches!(target.goal, Goal::AtLeast(_) if unit == Some(Unit::Proportion))
        || matches!(target.goal, Goal::AtMost(most) if most <= 0.0);
    if target.allowance.is_some() && !counts_failures {
        wrong(
            "an allowance is a number of events although none is the target",
            "it goes with at_most = 0 and with shares; elsewhere use tolerance",
        );
    }
}
