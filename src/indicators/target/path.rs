//! Reading the way to a target that has a date.

use super::Path;
use super::read::Context;
use crate::definition::{Data, Spanned, Value};
use crate::error::Error;
use crate::indicators::amount::{Amount, in_unit};
use crate::period::Month;

/// `"none"`, `"straight"`, or the points that the plan prints.
pub(super) fn read(
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
            let wrong = value.error("the points of a path follow each other up to its date");
            let points = points(value, context, errors)?;
            let ordered = points.windows(2).all(|pair| pair[0].0 < pair[1].0);
            if !ordered || points.last().is_none_or(|(month, _)| *month > by.value) {
                errors.push(wrong.help(format!("the last may be {}, at the latest", by.value)));
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
        let Ok([month, amount]) = <[Value; 2]>::try_from(pair.value) else {
            let error = Error::definition(place, "a point is a month and a value");
            errors.push(error.help("write [\"2018-03\", 90]"));
            continue;
        };
        let month = month.read::<Month>(errors);
        let amount = amount.read::<Spanned<Amount>>(errors);
        let number = amount.and_then(|amount| in_unit(&amount, context.unit, errors));
        read.extend(month.zip(number));
    }
    (errors.len() == before).then_some(read)
}
