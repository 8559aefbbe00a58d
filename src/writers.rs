//! A finished document in one format each; nothing is computed here, numbers are only rounded.

pub mod html;
pub mod number;
