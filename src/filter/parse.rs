//! SQL text to the typed tree, checked against the contract's columns.
