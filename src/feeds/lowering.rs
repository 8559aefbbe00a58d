//! Row filters lowered to polars: true, false or unknown for every row, as SQL has it.
//!
//! Reads the columns that [`Feed`](super::Feed) describes: elapsed time comes from the
//! `<name>@utc` columns, so that a night on which the clocks change keeps its true length.

use chrono::{NaiveDate, NaiveDateTime};
use polars::prelude::{
    BooleanChunked, Column, DataType, Expr, Field, IntoColumn, IntoSeries, NewChunkedArray,
    TimeUnit, col, lit,
};

use super::coded;
use crate::filter::{Comparison, Filter, Literal, Operand};

/// The filter as a Boolean expression over a feed's rows; null is unknown.
///
/// `and`, `or` and `not` are three-valued: `false and unknown` is false, `true or unknown` is
/// true, `not unknown` is unknown. Every comparison with a missing value is unknown; only
/// `IS NULL` never is. Text is compared to the letter, `LIKE` whatever the case. A
/// [`Prior`](crate::filter::Prior) reads the column of its answers, which must be there.
pub fn expression(filter: &Filter) -> Expr {
    match filter {
        Filter::And(parts) => {
            parts.iter().map(expression).reduce(Expr::and).unwrap_or_else(|| lit(true))
        }
        Filter::Or(parts) => {
            parts.iter().map(expression).reduce(Expr::or).unwrap_or_else(|| lit(false))
        }
        Filter::Not(part) => expression(part).not(),
        Filter::Compare { left, comparison, right } => {
            compare(operand(left), *comparison, operand(right))
        }
        Filter::In { value, list } => list
            .iter()
            .map(|item| operand(value).eq(literal(item)))
            .reduce(Expr::or)
            .unwrap_or_else(|| lit(false)),
        Filter::IsNull(column) => col(column.as_str()).is_null(),
        Filter::Flag(column) => col(column.as_str()),
        Filter::Like { column, pattern } => like(column, pattern),
        // worked out before, from all rows
        Filter::Prior(prior) => col(prior.column()),
    }
}

fn compare(left: Expr, comparison: Comparison, right: Expr) -> Expr {
    match comparison {
        Comparison::Equal => left.eq(right),
        Comparison::NotEqual => left.neq(right),
        Comparison::Less => left.lt(right),
        Comparison::LessOrEqual => left.lt_eq(right),
        Comparison::Greater => left.gt(right),
        Comparison::GreaterOrEqual => left.gt_eq(right),
    }
}

fn operand(operand: &Operand) -> Expr {
    match operand {
        Operand::Column(column) => col(column.as_str()),
        Operand::Literal(value) => literal(value),
        Operand::Elapsed { to, from } => col(format!("{to}@utc")) - col(format!("{from}@utc")),
    }
}

/// Dates and times are given as whole days and microseconds and then cast: polars' own literal
/// for a date is a timestamp in nanoseconds, which ends in 2262.
fn literal(value: &Literal) -> Expr {
    match value {
        Literal::Text(text) => lit(text.as_str()),
        Literal::Integer(number) | Literal::Seconds(number) => lit(*number),
        Literal::Decimal(number) => lit(*number),
        Literal::Date(day) => {
            lit(day.signed_duration_since(NaiveDate::default()).num_days()).cast(DataType::Date)
        }
        Literal::Time(time) => {
            lit(microseconds(*time)).cast(DataType::Datetime(TimeUnit::Microseconds, None))
        }
    }
}

fn microseconds(time: NaiveDateTime) -> i64 {
    time.and_utc().timestamp_micros()
}

fn like(column: &str, pattern: &str) -> Expr {
    let pattern: Vec<char> = lower(pattern);
    col(column).map(
        move |column: Column| {
            let text = coded::texts(&column)?;
            let text = text.str()?;
            let found: BooleanChunked = BooleanChunked::from_iter_options(
                column.name().clone(),
                text.iter().map(|text| text.map(|text| matches(&lower(text), &pattern))),
            );
            Ok(found.into_series().into_column())
        },
        |_, field| Ok(Field::new(field.name().clone(), DataType::Boolean)),
    )
}

fn lower(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// Whether a text is what an SQL pattern describes: `%` is any run of characters, `_` any one.
///
/// Walks both once, going back only to the latest `%`, so that no pattern is slow.
fn matches(text: &[char], pattern: &[char]) -> bool {
    let (mut at, mut step) = (0, 0);
    let mut run: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(step) {
            Some('%') => {
                run = Some((at, step));
                step += 1;
            }
            Some(&wanted) if wanted == '_' || wanted == text[at] => {
                at += 1;
                step += 1;
            }
            _ => match run {
                Some((start, percent)) => {
                    run = Some((start + 1, percent));
                    at = start + 1;
                    step = percent + 1;
                }
                None => return false,
            },
        }
    }
    pattern[step..].iter().all(|&rest| rest == '%')
}

#[cfg(test)]
mod tests {
    use polars::prelude::{IntoLazy, NamedFrom, PolarsResult, Series, df};

    use super::*;

    /// What the filter says of each row of a small frame with every type and a missing value.
    fn answers(filter: &Filter) -> PolarsResult<Vec<Option<bool>>> {
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap();
        let noon = |text: &str| day(text).and_hms_opt(12, 0, 0).unwrap().and_utc();
        let dates = [Some("2017-12-10"), Some("2017-12-11"), None].map(|text| text.map(day));
        let days: Vec<Option<i32>> =
            dates.iter().map(|day| day.map(|day| day.to_epoch_days())).collect();
        let times = [Some("2017-12-10"), Some("2017-12-11"), None];
        let micros: Vec<Option<i64>> =
            times.iter().map(|text| text.map(|text| noon(text).timestamp_micros())).collect();
        let seconds: Vec<Option<i64>> =
            times.iter().map(|text| text.map(|text| noon(text).timestamp())).collect();
        let mut frame = df!(
            "yes" => [Some(true), Some(false), None],
            "text" => [Some("Police cell"), Some("100% A&E_1"), None],
            "age" => [Some(17_i64), Some(18), None],
            "cost" => [Some(0.5), Some(18.0), None],
        )?;
        let day_column = Series::new("day".into(), days).cast(&DataType::Date)?;
        let time_column = Series::new("at".into(), micros)
            .cast(&DataType::Datetime(TimeUnit::Microseconds, None))?;
        let codes = frame.column("text")?.cast(&coded::kind())?;
        frame.with_column(codes.with_name("code".into()))?;
        frame.with_column(day_column.into_column())?;
        frame.with_column(time_column.into_column())?;
        frame.with_column(Series::new("at@utc".into(), seconds.clone()).into_column())?;
        let later: Vec<Option<i64>> =
            seconds.iter().map(|seconds| seconds.map(|seconds| seconds + 86_400)).collect();
        frame.with_column(Series::new("end@utc".into(), later).into_column())?;
        let out = frame.lazy().with_columns([expression(filter).alias("@")]).collect()?;
        Ok(out.column("@")?.bool()?.iter().collect())
    }

    fn check(filter: &Filter, expected: [Option<bool>; 3]) {
        assert_eq!(answers(filter).unwrap(), expected, "{filter:?}");
    }

    fn column(name: &str) -> Operand {
        Operand::Column(name.to_owned())
    }

    fn compared(left: Operand, comparison: Comparison, right: Literal) -> Filter {
        Filter::Compare { left, comparison, right: Operand::Literal(right) }
    }

    const YES: Option<bool> = Some(true);
    const NO: Option<bool> = Some(false);

    #[test]
    fn and_or_not_follow_the_three_valued_truth_tables() {
        let flag = || Filter::Flag("yes".to_owned());
        check(&flag(), [YES, NO, None]);
        check(&Filter::Not(Box::new(flag())), [NO, YES, None]);
        // in the third row the flag is unknown: these say true and false there
        let empty = || Filter::IsNull("yes".to_owned());
        let filled = || Filter::Not(Box::new(empty()));
        check(&Filter::And(vec![flag(), empty()]), [NO, NO, None]);
        check(&Filter::And(vec![flag(), filled()]), [YES, NO, NO]);
        check(&Filter::Or(vec![flag(), empty()]), [YES, NO, YES]);
        check(&Filter::Or(vec![flag(), filled()]), [YES, YES, None]);
        check(&Filter::And(vec![flag(), flag()]), [YES, NO, None]);
        check(&Filter::Or(vec![flag(), flag()]), [YES, NO, None]);
    }

    #[test]
    fn a_comparison_with_a_missing_value_is_unknown() {
        use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        let age = |comparison| compared(column("age"), comparison, Literal::Integer(18));
        check(&age(Equal), [NO, YES, None]);
        check(&age(NotEqual), [YES, NO, None]);
        check(&age(Less), [YES, NO, None]);
        check(&age(LessOrEqual), [YES, YES, None]);
        check(&age(Greater), [NO, NO, None]);
        check(&age(GreaterOrEqual), [NO, YES, None]);
        check(&compared(column("age"), Less, Literal::Decimal(17.5)), [YES, NO, None]);
        check(&compared(column("cost"), Less, Literal::Integer(1)), [YES, NO, None]);
        let columns =
            Filter::Compare { left: column("cost"), comparison: Less, right: column("age") };
        check(&columns, [YES, NO, None]);
    }

    #[test]
    fn a_list_never_holds_a_missing_value() {
        let list = vec![Literal::Text("Police cell".into()), Literal::Text("Suite".into())];
        let inside = Filter::In { value: column("text"), list };
        check(&inside, [YES, NO, None]);
        check(&Filter::Not(Box::new(inside)), [NO, YES, None]);
        let ages = vec![Literal::Integer(18), Literal::Integer(19)];
        check(&Filter::In { value: column("age"), list: ages }, [NO, YES, None]);
    }

    #[test]
    fn codes_are_compared_as_their_texts() {
        use Comparison::{Equal, Less, NotEqual};
        let cell = || Literal::Text("Police cell".into());
        check(&compared(column("code"), Equal, cell()), [YES, NO, None]);
        check(&compared(column("code"), NotEqual, cell()), [NO, YES, None]);
        check(&compared(column("code"), Less, cell()), [NO, YES, None]);
        check(&compared(column("code"), Less, Literal::Text("B".into())), [NO, YES, None]);
        check(&compared(column("code"), Equal, Literal::Text("never met".into())), [NO, NO, None]);
        let like = |pattern: &str| Filter::Like { column: "code".into(), pattern: pattern.into() };
        check(&like("%CELL"), [YES, NO, None]);
        let inside = Filter::In { value: column("code"), list: vec![cell()] };
        check(&inside, [YES, NO, None]);
        for other in ["text", "code"] {
            let same =
                Filter::Compare { left: column("code"), comparison: Equal, right: column(other) };
            check(&same, [YES, YES, None]);
        }
    }

    #[test]
    fn dates_and_times_are_compared_as_what_they_are() {
        let change = NaiveDate::from_ymd_opt(2017, 12, 11).unwrap();
        let day = Literal::Date(change);
        check(&compared(column("day"), Comparison::Less, day.clone()), [YES, NO, None]);
        check(&compared(column("day"), Comparison::Equal, day.clone()), [NO, YES, None]);
        check(&compared(column("at"), Comparison::Less, day), [YES, NO, None]);
        let noon = Literal::Time(change.and_hms_opt(12, 0, 0).unwrap());
        check(&compared(column("at"), Comparison::Equal, noon), [NO, YES, None]);
        let far = Literal::Date(NaiveDate::from_ymd_opt(2999, 12, 31).unwrap());
        check(&compared(column("at"), Comparison::Less, far), [YES, YES, None]);
    }

    #[test]
    fn elapsed_time_is_in_seconds_of_universal_time() {
        let elapsed = Operand::Elapsed { to: "end".into(), from: "at".into() };
        let inside = compared(elapsed, Comparison::LessOrEqual, Literal::Seconds(86_400));
        check(&inside, [YES, YES, None]);
        let elapsed = Operand::Elapsed { to: "end".into(), from: "at".into() };
        check(&compared(elapsed, Comparison::Less, Literal::Seconds(86_400)), [NO, NO, None]);
    }

    #[test]
    fn like_takes_whole_texts_and_only_two_signs_are_special() {
        let like = |pattern: &str| Filter::Like { column: "text".into(), pattern: pattern.into() };
        check(&like("police%"), [YES, NO, None]);
        check(&like("%CELL"), [YES, NO, None]);
        check(&like("police"), [NO, NO, None]);
        check(&like("Police_cell"), [YES, NO, None]);
        check(&like("%a&e%"), [NO, YES, None]);
        check(&like("%e%_%"), [YES, YES, None]);
        check(&like(".*"), [NO, NO, None]);
        check(&like("%"), [YES, YES, None]);
        check(&like(""), [NO, NO, None]);
    }
}
