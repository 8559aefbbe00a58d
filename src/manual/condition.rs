//! A row filter in plain English: `place is cell and age is under 18`.
//!
//! Three-valued as the filter is: what is said of a row holds only where every value it rests on is
//! given. A denial is carried inwards to the comparisons, which changes no row's answer.

use crate::filter::{ColumnType, Comparison, Filter, Literal, Operand, Prior, Schema};
use crate::number;
use crate::wording::{day, duration};

/// What a condition asks of a row, to follow "where". The columns are those of its feed: of times it
/// is said that they are before or after, of numbers that they are under or over.
pub fn words(filter: &Filter, schema: &Schema) -> String {
    phrase(filter, true, schema).text
}

/// Words, and whether they need brackets beside others.
struct Phrase {
    text: String,
    join: Join,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    /// One thing said of one column.
    Single,
    /// Several that all hold.
    And,
    /// Several of which one holds.
    Or,
    /// One column compared with several values.
    List,
}

fn single(text: String) -> Phrase {
    Phrase { text, join: Join::Single }
}

/// `holds` is false inside a denial.
fn phrase(filter: &Filter, holds: bool, schema: &Schema) -> Phrase {
    match filter {
        // a standard without a day is in force in no row
        Filter::Or(parts) if parts.is_empty() => single(never(holds)),
        Filter::And(parts) if holds => joined(parts, holds, Join::And, schema),
        Filter::Or(parts) if !holds => joined(parts, holds, Join::And, schema),
        Filter::And(parts) | Filter::Or(parts) => joined(parts, holds, Join::Or, schema),
        Filter::Not(part) => phrase(part, !holds, schema),
        Filter::Compare { left, comparison, right } => {
            let comparison = if holds { *comparison } else { opposite(*comparison) };
            single(compared(left, comparison, right, schema))
        }
        Filter::In { value, list } => one_of(value, list, holds),
        Filter::IsNull(column) if holds => single(format!("{column} is not given")),
        Filter::IsNull(column) => single(format!("{column} is given")),
        Filter::Flag(column) => single(format!("{column} is {}", if holds { "yes" } else { "no" })),
        Filter::Like { column, pattern } => single(like(column, pattern, holds)),
        Filter::Prior(prior) => single(before(prior, holds, schema)),
    }
}

fn never(holds: bool) -> String {
    let rows = if holds { "in no row" } else { "in every row" };
    format!("{rows}, as the standard has no day yet")
}

fn joined(parts: &[Filter], holds: bool, join: Join, schema: &Schema) -> Phrase {
    let said: Vec<String> = parts
        .iter()
        .map(|part| {
            let part = phrase(part, holds, schema);
            let alone = parts.len() == 1 || part.join == Join::Single || part.join == join;
            if alone { part.text } else { format!("({})", part.text) }
        })
        .collect();
    Phrase { text: said.join(if join == Join::And { " and " } else { " or " }), join }
}

fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
    }
}

fn compared(left: &Operand, comparison: Comparison, right: &Operand, schema: &Schema) -> String {
    // what is fixed stands on the right
    let (left, comparison, right) = match left {
        Operand::Literal(_) => (right, comparison.mirrored(), left),
        _ => (left, comparison, right),
    };
    // two times are compared by what lies between them
    if let (Operand::Elapsed { to, from }, Operand::Literal(Literal::Seconds(0))) = (left, right) {
        return format!("{to} {} {from}", moment(comparison));
    }
    let relation = if in_time(left, schema) || in_time(right, schema) {
        moment(comparison)
    } else if matches!(left, Operand::Elapsed { .. }) {
        length(comparison)
    } else {
        size(comparison)
    };
    format!("{} {relation} {}", operand(left), operand(right))
}

/// Whether it is a moment, which is before or after another.
fn in_time(operand: &Operand, schema: &Schema) -> bool {
    match operand {
        Operand::Column(column) => {
            matches!(schema.get(column), Some(ColumnType::Time | ColumnType::Date))
        }
        Operand::Literal(literal) => matches!(literal, Literal::Date(_) | Literal::Time(_)),
        Operand::Elapsed { .. } => false,
    }
}

fn moment(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "is at",
        Comparison::NotEqual => "is not at",
        Comparison::Less => "is before",
        Comparison::LessOrEqual => "is not after",
        Comparison::Greater => "is after",
        Comparison::GreaterOrEqual => "is not before",
    }
}

fn length(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "is exactly",
        Comparison::NotEqual => "is not exactly",
        Comparison::Less => "is shorter than",
        Comparison::LessOrEqual => "is at most",
        Comparison::Greater => "is longer than",
        Comparison::GreaterOrEqual => "is at least",
    }
}

fn size(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "is",
        Comparison::NotEqual => "is not",
        Comparison::Less => "is under",
        Comparison::LessOrEqual => "is at most",
        Comparison::Greater => "is over",
        Comparison::GreaterOrEqual => "is at least",
    }
}

fn operand(operand: &Operand) -> String {
    match operand {
        Operand::Column(column) => column.clone(),
        Operand::Literal(literal) => self::literal(literal),
        Operand::Elapsed { to, from } => format!("the time from {from} to {to}"),
    }
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => word(text),
        Literal::Integer(number) => number.to_string(),
        Literal::Decimal(number) => number::exact(*number).unwrap_or_default(),
        Literal::Date(date) => day(*date),
        Literal::Time(time) => format!("{} at {}", day(time.date()), time.format("%H:%M")),
        Literal::Seconds(seconds) => duration(*seconds),
    }
}

/// A code as it is; other text in quotation marks.
fn word(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.');
    let is_code = !text.is_empty() && text.chars().all(plain);
    if is_code { text.to_owned() } else { format!("“{text}”") }
}

fn one_of(value: &Operand, values: &[Literal], holds: bool) -> Phrase {
    let value = operand(value);
    let words: Vec<String> = values.iter().map(literal).collect();
    let is = if holds { "is" } else { "is not" };
    match words.as_slice() {
        [one] => single(format!("{value} {is} {one}")),
        [first @ .., last] => {
            let text = match (holds, first) {
                (true, _) => format!("{value} is {} or {last}", first.join(", ")),
                (false, [one]) => format!("{value} is neither {one} nor {last}"),
                (false, _) => format!("{value} is none of {} and {last}", first.join(", ")),
            };
            Phrase { text, join: Join::List }
        }
        [] => single(value),
    }
}

/// Whether another record came before.
fn before(prior: &Prior, holds: bool, schema: &Schema) -> String {
    let Prior { person, days, among } = prior;
    let has = if holds { "has an" } else { "has no" };
    let among = among
        .as_ref()
        .map_or_else(String::new, |among| format!(" (one where {})", words(among, schema)));
    format!("{person} {has} earlier record in the {days} days before{among}")
}

/// A pattern whose only signs are `%` at its ends is said in words; another is shown as it is.
fn like(column: &str, pattern: &str, holds: bool) -> String {
    let inner = pattern.trim_start_matches('%').trim_end_matches('%');
    let (open_start, open_end) = (pattern.starts_with('%'), pattern.ends_with('%'));
    let not = if holds { "" } else { "does not " };
    let verb = |does: &str, do_: &str| if holds { does.to_owned() } else { format!("{not}{do_}") };
    if inner.is_empty() || inner.contains(['%', '_', '\\']) {
        let verb = verb("matches", "match");
        return format!("{column} {verb} the pattern “{pattern}”, in capitals or not");
    }
    let verb = match (open_start, open_end) {
        (true, true) => verb("contains", "contain"),
        (false, true) => verb("begins with", "begin with"),
        (true, false) => verb("ends with", "end with"),
        (false, false) => if holds { "is" } else { "is not" }.to_owned(),
    };
    format!("{column} {verb} “{inner}”, in capitals or not")
}
