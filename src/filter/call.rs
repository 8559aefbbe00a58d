//! Calls in a filter: `name(one, other)`.

use sqlparser::ast::{Expr, Function, FunctionArg, FunctionArgExpr, FunctionArguments};

/// Whether a call is of a name, whatever the case.
pub(super) fn is_of(call: &Function, name: &str) -> bool {
    call.name.to_string().eq_ignore_ascii_case(name)
}

/// The two arguments of a call; `None` where there are more or fewer, or anything besides them but a
/// `FILTER`, which is the caller's to allow.
pub(super) fn arguments(call: &Function) -> Option<(&Expr, &Expr)> {
    let plain = call.over.is_none()
        && call.within_group.is_empty()
        && call.null_treatment.is_none()
        && call.parameters == FunctionArguments::None;
    let FunctionArguments::List(list) = &call.args else { return None };
    let bare = list.duplicate_treatment.is_none() && list.clauses.is_empty();
    match list.args.as_slice() {
        [
            FunctionArg::Unnamed(FunctionArgExpr::Expr(one)),
            FunctionArg::Unnamed(FunctionArgExpr::Expr(other)),
        ] if plain && bare => Some((one, other)),
        _ => None,
    }
}
