//! Small random feeds: the engine and the naive interpreter give the same points, and the trace
//! accounts for every row.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use concordat::measures::plan::plan;
use concordat::measures::trace::{Trace, trace};
use concordat::measures::{Body, Request, collect, collect_by};
use concordat::period::{Month, Period};
use concordat::series::Point;
use proptest::prelude::*;

use super::frame::{Value, coverage, feed};
use super::naive::Question;
use made::{Asked, asked, asked_of_blank_ends, measure, some_contract};

mod made;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_engine_equals_the_naive_interpreter(asked in asked()) {
        agrees(&asked)?;
    }

    #[test]
    fn so_it_does_where_a_blank_end_is_not_ended(asked in asked_of_blank_ends()) {
        agrees(&asked)?;
    }

    #[test]
    fn the_order_of_rows_never_matters(asked in asked()) {
        let contract = some_contract(asked.feed);
        let coverage = coverage(&asked.rows, "at", Some("area"));
        let measure = measure(&asked);
        let plan = plan(&measure, None, &contract).unwrap();
        let forwards = feed(contract.clone(), &asked.rows, coverage.clone());
        let mut turned = asked.rows.clone();
        turned.reverse();
        let backwards = feed(contract, &turned, coverage);
        prop_assert_eq!(
            collect(&plan, &measure, &forwards, &asked.request).unwrap(),
            collect(&plan, &measure, &backwards, &asked.request).unwrap()
        );
    }
}

/// The engine gives the points and the account of the naive interpreter.
fn agrees(asked: &Asked) -> Result<(), TestCaseError> {
    let contract = some_contract(asked.feed);
    let mut coverage = coverage(&asked.rows, "at", Some("area"));
    let provisional = coverage.months.iter().copied().filter(|month| month.month() % 5 == 0);
    coverage.provisional = provisional.collect();
    let measure = measure(asked);
    let narrowed = asked.filters.1.as_ref();
    let plan = plan(&measure, narrowed, &contract).unwrap();
    let feed = feed(contract.clone(), &asked.rows, coverage.clone());
    let request = &asked.request;
    let question = Question {
        measure: &measure,
        narrowed,
        contract: &contract,
        rows: &asked.rows,
        coverage: &coverage,
        request,
        part: None,
    };

    let found = collect(&plan, &measure, &feed, request).unwrap();
    prop_assert_eq!(&found, &collect_by(Body::Plain, &plan, &measure, &feed, request).unwrap());
    let mut groups: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
    for (row, values) in asked.rows.iter().enumerate() {
        let code = request.split.as_ref().and_then(|split| values.get(split));
        let code = code.map(|code| match code {
            Value::Text(code) => code.clone(),
            other => panic!("{other:?}"),
        });
        groups.entry(code).or_default().push(row);
    }
    for (code, series) in &found {
        let rows = groups.remove(code).unwrap_or_default();
        // the people of a part are its own
        let own = request.populations.get(code).cloned().map(|people| (None, people));
        let request = Request { populations: own.into_iter().collect(), ..request.clone() };
        let by_areas = request.split.as_deref() == Some("area");
        let part = code.as_deref().filter(|_| by_areas);
        let part = part.and_then(|code| request.in_force.days(code));
        let expected = Question { request: &request, part, ..question.clone() }.points(&rows);
        same(&series.points, &expected)?;
    }
    // what no series was made of holds no row that counts or may count
    for row in groups.values().flatten() {
        prop_assert!(question.answers(*row, None).contains(&Some(false)));
    }

    let whole = trace(&plan, &feed, request, None).unwrap();
    accounts(&question, &whole, &[question.all_days()])?;
    let period = Period::of(request.grain, Month::new(2017, 4).unwrap());
    let one = trace(&plan, &feed, request, Some(period)).unwrap();
    accounts(&question, &one, &question.windows(period))?;
    Ok(())
}

fn same(found: &[Point], expected: &[Point]) -> Result<(), TestCaseError> {
    prop_assert_eq!(found.len(), expected.len());
    // means of decimals may differ in their last digit
    let near = |one: f64, other: f64| (one - other).abs() <= 1e-12 * one.abs().max(other.abs());
    for (found, expected) in found.iter().zip(expected) {
        let mut expected = expected.clone();
        if let (Some(one), Some(other)) = (found.value, expected.value)
            && found.numerator.is_none()
            && near(one, other)
        {
            expected.value = found.value;
        }
        if let (Some(one), Some(other)) = (found.bounds, expected.bounds)
            && near(one.0, other.0)
            && near(one.1, other.1)
        {
            expected.bounds = found.bounds;
        }
        // a sum of decimals is not an exact sum, which the naive interpreter does not tell apart
        expected.numerator = expected.numerator.filter(|_| found.numerator.is_some());
        expected.denominator = expected.denominator.filter(|_| found.denominator.is_some());
        prop_assert_eq!(found, &expected);
    }
    Ok(())
}

/// Each row is where its first false answer is, else its first unknown one, else counted.
fn accounts(
    question: &Question<'_>,
    found: &Trace,
    windows: &[(NaiveDate, NaiveDate)],
) -> Result<(), TestCaseError> {
    prop_assert_eq!(found.rows(), question.rows.len() as u64);
    let mut expected = vec![(0_u64, 0_u64); found.steps.len()];
    let mut passed = 0;
    for row in 0..question.rows.len() {
        let answers = question.answers(row, Some(windows));
        prop_assert_eq!(answers.len(), found.steps.len());
        let first = |answer| answers.iter().position(|given| *given == answer);
        match (first(Some(false)), first(None)) {
            (Some(step), _) => expected[step].0 += 1,
            (None, Some(step)) => expected[step].1 += 1,
            (None, None) => passed += 1,
        }
    }
    let stopped: Vec<_> = found.steps.iter().map(|step| (step.failed, step.unknown)).collect();
    prop_assert_eq!(stopped, expected);
    prop_assert_eq!(found.counted, passed);
    Ok(())
}
