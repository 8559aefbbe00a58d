//! How long an indicator's periods are, and whether its measure and target bear it.

use super::Known;
use crate::definition::{Spanned, Table};
use crate::error::{Error, Place};
use crate::feeds::contract::{Contract, Rows};
use crate::indicators::measure::{Kind, Measure};
use crate::indicators::target::Goal;
use crate::indicators::target::read::Placed;
use crate::period::Grain;

/// What an indicator's periods can be, by their names.
const GRAINS: [Grain; 5] =
    [Grain::Week, Grain::Month, Grain::Quarter, Grain::FinancialYear, Grain::CalendarYear];

/// `frequency`, a month unless given.
pub(super) fn read(
    table: &mut Table,
    known: &Known<'_>,
    measure: Option<&Measure>,
    errors: &mut Vec<Error>,
) -> Grain {
    let word = table.take::<Spanned<String>>("frequency", errors);
    let place = word.as_ref().map_or_else(|| table.place(), Spanned::place);
    let grain = word.as_ref().map_or(Some(Grain::Month), |word| {
        GRAINS.into_iter().find(|grain| grain.name() == word.value)
    });
    let Some(grain) = grain else {
        let said =
            word.map_or_else(String::new, |word| format!("`{}` is no frequency", word.value));
        errors.push(Error::definition(place, said).help(
            "write \"week\", \"month\", \"quarter\", \"financial year\" or \"calendar year\"",
        ));
        return Grain::Month;
    };
    for one in measure.into_iter().flat_map(|measure| of_rows(measure, known)) {
        errors.extend(refused(one, grain, known.feeds.get(&one.feed), &place));
    }
    grain
}

/// Why a measure has no figure of such a length.
fn refused(
    measure: &Measure,
    grain: Grain,
    contract: Option<&Contract>,
    place: &Place,
) -> Option<Error> {
    let totals = contract.is_some_and(|contract| contract.rows == Rows::Totals);
    if totals && grain == Grain::Week {
        let said = format!("feed `{}` publishes whole months, which no week is", measure.feed);
        return Some(
            Error::definition(place.clone(), said).help("ask for months, quarters or years"),
        );
    }
    let inner = measure.each?.inner;
    (inner == grain).then(|| {
        let said = format!("measure `{}` is made of weeks, and a week has only one", measure.id);
        Error::definition(place.clone(), said)
            .help("ask for months, quarters or years, or for a measure without `each`")
    })
}

/// The measures of rows that a measure rests on.
fn of_rows<'a>(measure: &'a Measure, known: &Known<'a>) -> Vec<&'a Measure> {
    let Kind::Derived(derived) = &measure.kind else { return vec![measure] };
    let parts = derived.form.parts().into_iter();
    let parts = parts.filter_map(|id| known.measures.get(id)?.as_ref());
    parts.flat_map(|part| of_rows(part, known)).collect()
}

/// A year's total is added up from months, quarters or the financial year itself.
pub(super) fn total(targets: &[Placed], grain: Grain, errors: &mut Vec<Error>) {
    if !matches!(grain, Grain::Week | Grain::CalendarYear) {
        return;
    }
    for (target, place) in targets {
        if matches!(target.goal, Goal::YearTotal { .. }) {
            let said = "the total of a financial year is not added up from such periods";
            errors.push(
                Error::definition(place.clone(), said)
                    .help("leave `frequency` out, or write \"quarter\""),
            );
        }
    }
}

/// `season`: years have none.
pub(super) fn season(table: &mut Table, grain: Grain, errors: &mut Vec<Error>) -> bool {
    let Some(season) = table.take::<Spanned<bool>>("season", errors) else { return false };
    if season.value && grain.per_year() == 1 {
        errors
            .push(season.error("a figure of whole years has no season").help("leave `season` out"));
    }
    season.value
}
