//! SQL text to the typed tree, checked against the contract's columns.

use std::collections::BTreeSet;
use std::ops::Range;

use sqlparser::ast::{BinaryOperator, Expr, Spanned, UnaryOperator};
use sqlparser::dialect::GenericDialect;
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Span, Token, Tokenizer};

use super::{Comparison, Filter, Schema, Standings};
use super::{call::is_of, refuse};
use crate::error::{Error, Place};

impl Filter {
    /// Reads a condition such as `power = 's136' AND age < 18`, and checks every column, code and
    /// type in it against the columns there are. `place` turns bytes of the text into a place in
    /// its file. All problems are given at once.
    ///
    /// What is understood: `AND OR NOT`, comparisons, `[NOT] IN` a list, `[NOT] BETWEEN`,
    /// `IS [NOT] NULL`, `[NOT] ILIKE`, a yes/no column alone or compared with `TRUE` or `FALSE`,
    /// `DATE '2017-12-11'`, `TIMESTAMP '2017-12-11 08:30'`, one time less another compared
    /// with `INTERVAL '24' HOUR`, and `prior(person, INTERVAL '90' DAY)`, perhaps with
    /// `FILTER (WHERE …)` (see [`Prior`](super::Prior); not every filter may look at other rows).
    /// Everything else is refused, because engines differ on it.
    pub fn parse(
        sql: &str,
        schema: &Schema,
        place: impl Fn(Range<usize>) -> Place,
    ) -> Result<Self, Vec<Error>> {
        Ok(Self::parse_with(sql, schema, &Standings::new(), place)?.0)
    }

    /// The same, with standards that `in_force('name', day)` may ask for: true from the standard's
    /// day on, and of no row while it has none. Gives the names of those asked for besides.
    pub fn parse_with(
        sql: &str,
        schema: &Schema,
        standings: &Standings,
        place: impl Fn(Range<usize>) -> Place,
    ) -> Result<(Self, BTreeSet<String>), Vec<Error>> {
        let tree = syntax(sql).map_err(|(problem, at)| {
            vec![
                Error::definition(place(at), problem)
                    .help("a row filter is one SQL condition, such as place = 'cell' AND age < 18"),
            ]
        })?;
        let (errors, named) = (Vec::new(), BTreeSet::new());
        let mut reader = Reader { sql, schema, standings, place: &place, errors, named };
        let filter = reader.condition(&tree);
        let Reader { mut errors, named, .. } = reader;
        let mut told = BTreeSet::new();
        errors.retain(|error| told.insert(error.clone()));
        match filter {
            Some(filter) if errors.is_empty() => Ok((filter, named)),
            _ => Err(errors),
        }
    }
}

/// Most words and signs of SQL in one filter: its tree is followed to its end without a bound.
const MOST_WORDS: usize = 200;

/// Whether a token makes the tree deeper; names, values and the commas of lists do not.
fn is_grammar(token: &Token) -> bool {
    match token {
        Token::Word(word) => word.keyword != Keyword::NoKeyword,
        Token::Number(..) | Token::SingleQuotedString(_) | Token::Comma | Token::Whitespace(_) => {
            false
        }
        _ => true,
    }
}

/// The syntax tree, or what is wrong and where.
fn syntax(sql: &str) -> Result<Expr, (String, Range<usize>)> {
    if sql.trim().is_empty() {
        return Err(("the filter is empty".to_owned(), 0..sql.len()));
    }
    let dialect = GenericDialect {};
    let tokens = Tokenizer::new(&dialect, sql).tokenize_with_location().map_err(|problem| {
        let at = byte(sql, problem.location);
        (format!("not SQL: {}", problem.message), at..sql.len())
    })?;
    if let Some(extra) = tokens.iter().filter(|token| is_grammar(&token.token)).nth(MOST_WORDS) {
        let at = byte(sql, extra.span.start);
        let problem = format!("the filter is too long: over {MOST_WORDS} words and signs of SQL");
        return Err((problem, at..sql.len()));
    }
    let mut parser = Parser::new(&dialect).with_tokens_with_locations(tokens);
    let tree = parser.parse_expr().map_err(|problem| syntax_error(sql, problem))?;
    let next = parser.peek_token();
    if next.token == Token::EOF {
        return Ok(tree);
    }
    let span = range(sql, next.span);
    Err((format!("not SQL: nothing was expected after the condition, but here is `{next}`"), span))
}

/// The parser writes its place into its message: it is taken out again.
fn syntax_error(sql: &str, problem: ParserError) -> (String, Range<usize>) {
    let message = match problem {
        ParserError::TokenizerError(message) | ParserError::ParserError(message) => message,
        ParserError::RecursionLimitExceeded => "it is nested too deeply".to_owned(),
    };
    let Some((said, place)) = message.split_once(" at Line: ") else {
        return (not_sql(&message), 0..sql.len());
    };
    let numbers = place.split_once(", Column: ");
    let at = numbers
        .and_then(|(line, column)| Some((line.parse().ok()?, column.parse().ok()?)))
        .map_or(0, |(line, column)| byte(sql, Location { line, column }));
    (not_sql(said), at..sql.len())
}

fn not_sql(message: &str) -> String {
    format!("not SQL: {}", message.replace("Expected: ", "expected ").replace("EOF", "its end"))
}

/// The byte at a line and column, both counted from 1, columns in characters.
fn byte(sql: &str, at: Location) -> usize {
    let mut start = 0;
    for _ in 1..at.line {
        start += sql[start..].find('\n').map_or(0, |end| end + 1);
    }
    let column = usize::try_from(at.column).unwrap_or(1).saturating_sub(1);
    sql[start..].char_indices().nth(column).map_or(sql.len(), |(byte, _)| start + byte)
}

/// The bytes of a span; the whole text where the parser keeps none. The parser's spans leave out
/// closing brackets: they are taken in.
pub(super) fn range(sql: &str, span: Span) -> Range<usize> {
    if span == Span::empty() {
        return 0..sql.len();
    }
    let start = byte(sql, span.start);
    let mut end = byte(sql, span.end).max(start);
    while sql[start..end].matches('(').count() > sql[start..end].matches(')').count() {
        end = sql[end..].find(')').map_or(sql.len(), |at| end + at + 1);
        if end == sql.len() {
            break;
        }
    }
    start..end
}

/// One filter being read.
pub(super) struct Reader<'a> {
    pub(super) sql: &'a str,
    pub(super) schema: &'a Schema,
    pub(super) standings: &'a Standings,
    pub(super) place: &'a dyn Fn(Range<usize>) -> Place,
    pub(super) errors: Vec<Error>,
    /// Standards it asks for.
    pub(super) named: BTreeSet<String>,
}

impl Reader<'_> {
    /// Reports a problem with a part of the filter.
    pub(super) fn wrong<T>(&mut self, part: &Expr, problem: String, help: &str) -> Option<T> {
        let place = (self.place)(range(self.sql, part.span()));
        self.errors.push(Error::definition(place, problem).help(help));
        None
    }

    pub(super) fn condition(&mut self, part: &Expr) -> Option<Filter> {
        match part {
            Expr::Nested(inner) => self.condition(inner),
            Expr::BinaryOp { left, op, right } => match op {
                BinaryOperator::And | BinaryOperator::Or => self.joined(part, op),
                _ => match comparison(op) {
                    Some(comparison) => self.compared(part, left, comparison, right),
                    None => self.refused(part),
                },
            },
            Expr::UnaryOp { op: UnaryOperator::Not, expr } => {
                Some(Filter::Not(Box::new(self.condition(expr)?)))
            }
            Expr::Between { expr, negated, low, high } => {
                let from = self.compared(part, expr, Comparison::GreaterOrEqual, low);
                let to = self.compared(part, expr, Comparison::LessOrEqual, high);
                Some(negate(*negated, Filter::And(vec![from?, to?])))
            }
            Expr::InList { expr, list, negated } => {
                Some(negate(*negated, self.listed(expr, list)?))
            }
            Expr::IsNull(column) => Some(Filter::IsNull(self.column(column)?.0)),
            Expr::IsNotNull(column) => {
                Some(Filter::Not(Box::new(Filter::IsNull(self.column(column)?.0))))
            }
            Expr::ILike { negated, any: false, expr, pattern, escape_char: None } => {
                Some(negate(*negated, self.like(expr, pattern)?))
            }
            Expr::Identifier(_) => self.flag(part),
            Expr::Function(call) if is_of(call, "prior") => self.prior(part, call),
            Expr::Function(call) if is_of(call, "in_force") => self.in_force(part, call),
            _ => self.refused(part),
        }
    }

    /// A run of the same `AND` or `OR`, flattened. Every part is read, so that all problems are told.
    fn joined(&mut self, part: &Expr, op: &BinaryOperator) -> Option<Filter> {
        let mut terms = Vec::new();
        flatten(part, op, &mut terms);
        let read: Vec<Option<Filter>> = terms.iter().map(|term| self.condition(term)).collect();
        let parts: Option<Vec<Filter>> = read.into_iter().collect();
        Some(if *op == BinaryOperator::And { Filter::And(parts?) } else { Filter::Or(parts?) })
    }

    fn refused(&mut self, part: &Expr) -> Option<Filter> {
        let (what, help) = refuse::why(part);
        self.wrong(part, format!("{what} in a row filter"), help)
    }
}

/// The terms of a run of the same operator, in order; parentheses around such a run change nothing.
fn flatten<'a>(part: &'a Expr, op: &BinaryOperator, terms: &mut Vec<&'a Expr>) {
    match part {
        Expr::BinaryOp { left, op: this, right } if this == op => {
            flatten(left, op, terms);
            flatten(right, op, terms);
        }
        _ => terms.push(part),
    }
}

fn negate(negated: bool, filter: Filter) -> Filter {
    if negated { Filter::Not(Box::new(filter)) } else { filter }
}

fn comparison(op: &BinaryOperator) -> Option<Comparison> {
    Some(match op {
        BinaryOperator::Eq => Comparison::Equal,
        BinaryOperator::NotEq => Comparison::NotEqual,
        BinaryOperator::Lt => Comparison::Less,
        BinaryOperator::LtEq => Comparison::LessOrEqual,
        BinaryOperator::Gt => Comparison::Greater,
        BinaryOperator::GtEq => Comparison::GreaterOrEqual,
        _ => return None,
    })
}
