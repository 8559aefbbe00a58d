//! What SQL has and row filters do not: each with what to write instead.

use sqlparser::ast::{Expr, UnaryOperator};

/// What is refused, and what to do.
pub(super) fn why(part: &Expr) -> (&'static str, &'static str) {
    match part {
        Expr::Subquery(_)
        | Expr::Exists { .. }
        | Expr::InSubquery { .. }
        | Expr::AnyOp { .. }
        | Expr::AllOp { .. } => (
            "a query cannot stand",
            "a filter sees one row at a time: list the values, or make a column in the feed",
        ),
        Expr::Function(_)
        | Expr::Extract { .. }
        | Expr::Substring { .. }
        | Expr::Trim { .. }
        | Expr::Position { .. }
        | Expr::Ceil { .. }
        | Expr::Floor { .. }
        | Expr::Overlay { .. } => (
            "a function cannot stand",
            "compare the column itself; what must be worked out first belongs in the feed's contract",
        ),
        Expr::Cast { .. } | Expr::Convert { .. } | Expr::AtTimeZone { .. } => (
            "a conversion cannot stand",
            "columns have the type the feed's contract gives them: change it there",
        ),
        Expr::Case { .. } => ("CASE cannot stand", "write it with AND, OR and NOT"),
        Expr::Like { .. } => (
            "LIKE, which engines read with or without regard to case, cannot stand",
            "write ILIKE, which never regards case",
        ),
        Expr::ILike { .. } => (
            "ILIKE with ANY or ESCAPE cannot stand",
            "write one ILIKE for each pattern, joined by OR",
        ),
        Expr::SimilarTo { .. } | Expr::RLike { .. } => {
            ("a regular expression cannot stand", "use ILIKE with % and _")
        }
        Expr::IsTrue(_)
        | Expr::IsFalse(_)
        | Expr::IsNotTrue(_)
        | Expr::IsNotFalse(_)
        | Expr::IsUnknown(_)
        | Expr::IsNotUnknown(_) => (
            "IS TRUE, IS FALSE and IS UNKNOWN cannot stand",
            "write the yes/no column alone, with NOT before it, or IS NULL",
        ),
        Expr::IsDistinctFrom(..) | Expr::IsNotDistinctFrom(..) => {
            ("IS DISTINCT FROM cannot stand", "write <> and say what NULL means with IS NULL")
        }
        Expr::CompoundIdentifier(_) | Expr::CompoundFieldAccess { .. } => (
            "a name with a dot cannot stand",
            "a filter sees the columns of its own feed: write the column's name alone",
        ),
        Expr::BinaryOp { .. }
        | Expr::UnaryOp { op: UnaryOperator::Minus | UnaryOperator::Plus, .. } => (
            "arithmetic cannot stand",
            "only one time less another can be worked out: ended - arrived <= INTERVAL '24' HOUR",
        ),
        Expr::Value(_) | Expr::TypedString(_) | Expr::Interval(_) => (
            "a fixed value alone is not a condition; it cannot stand",
            "compare it with a column; after OR the column is named again: a = 'x' OR a = 'y'",
        ),
        _ => ("this cannot stand", "use AND, OR, NOT, comparisons, IN, BETWEEN, IS NULL and ILIKE"),
    }
}
