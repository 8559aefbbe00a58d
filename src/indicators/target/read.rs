//! Reading targets: one, or a list of them.

use super::{Goal, Path, Target, check, path, total};
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
    check::in_order(&read, errors);
    read
}

fn one(value: Value, context: &Context<'_>, errors: &mut Vec<Error>) -> Option<Placed> {
    let place = value.place();
    match value.data {
        Data::Text(ref word) => {
            let goal = word_goal(word, &value, errors)?;
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

/// A goal that is a word alone.
fn word_goal(word: &str, value: &Value, errors: &mut Vec<Error>) -> Option<Goal> {
    match word {
        "direction" => Some(Goal::Direction),
        "monitor" => Some(Goal::Monitor),
        "never" => Some(Goal::Never),
        other => {
            let error = value.error(format!("there is no target `{other}`"));
            let meant = nearest(other, WORDS).map_or_else(
                || "write \"direction\", \"monitor\", \"never\" or { at_most = … }".to_owned(),
                |meant| format!("did you mean \"{meant}\"?"),
            );
            errors.push(error.help(meant));
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
    let goal = goal(&mut table, context, errors);
    let from = table.take::<Spanned<Month>>("from", errors);
    let by = table.take::<Spanned<Month>>("by", errors);
    let set = table.take::<Spanned<Month>>("set", errors);
    let path = table
        .value("path")
        .map_or(Some(Path::None), |path| path::read(path, context, by.as_ref(), errors));
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
    check::dates(from.as_ref(), by.as_ref(), set.as_ref(), context, errors);
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
    check::sense(&target, &place, context, errors);
    (errors.len() == before).then_some(target)
}

/// The one key that is a goal.
fn goal(table: &mut Table, context: &Context<'_>, errors: &mut Vec<Error>) -> Option<Goal> {
    let goals: Vec<&str> = KEYS.into_iter().filter(|key| table.has(key)).collect();
    if let [key] = goals.as_slice() {
        return promised(key, table, context, errors);
    }
    let said = if goals.is_empty() { "a target without a goal" } else { "a target with two goals" };
    errors.push(table.error(said).help(format!("give one of {}", KEYS.join(", "))));
    for key in KEYS {
        table.value(key); // asked for, so that a misspelt one is suggested
    }
    None
}

fn promised(
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
        "milestone" => total::milestone(table, errors),
        "year_total" => total::year(table, context, errors),
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
                "at_most" => in_unit(&amount, context.unit, errors).map(Goal::AtMost),
                _ => in_unit(&amount, context.unit, errors).map(Goal::AtLeast),
            }
        }
    }
}
