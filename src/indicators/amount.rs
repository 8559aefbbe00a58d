//! Numbers in definitions: plain, or shares with their % sign.

use crate::definition::{Data, Read, Spanned, Value};
use crate::error::Error;
use crate::unit::Unit;

/// A number, or a share between 0 and 1 written with a % sign: `95 %` is 0.95.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount {
    /// The number; a share as a fraction.
    pub(super) number: f64,
    /// Written with a % sign.
    pub(super) share: bool,
}

impl Read for Amount {
    const EXPECTED: &'static str = "a number, or a share such as \"95 %\"";

    fn read(value: Value, errors: &mut Vec<Error>) -> Option<Self> {
        let Data::Text(text) = &value.data else {
            return match value.data {
                Data::Integer(_) | Data::Decimal(_) | Data::Broken => {
                    f64::read(value, errors).map(|number| Self { number, share: false })
                }
                _ => {
                    errors.push(value.mismatch(Self::EXPECTED));
                    None
                }
            };
        };
        let digits = text.trim().strip_suffix('%').map(str::trim_end);
        let percent = digits.and_then(|digits| digits.parse::<f64>().ok());
        let Some(percent) = percent.filter(|percent| percent.is_finite()) else {
            let error = value.error(format!("`{text}` is not a share"));
            errors.push(error.help("write a number without quotes, or a share as \"95 %\""));
            return None;
        };
        Some(Self { number: percent / 100.0, share: true })
    }
}

/// The number of an amount in an indicator's unit: shares carry their % sign and lie between 0 and
/// 100 %, changes carry it too, other units never do. An unknown unit allows either.
pub(super) fn in_unit(
    amount: &Spanned<Amount>,
    unit: Option<Unit>,
    errors: &mut Vec<Error>,
) -> Option<f64> {
    let Amount { number, share } = amount.value;
    let wrong = match unit {
        Some(Unit::Proportion | Unit::Change) if !share => {
            Some(amount.error("a share is written with its % sign").help("write \"95 %\""))
        }
        Some(unit) if !matches!(unit, Unit::Proportion | Unit::Change) && share => Some(
            amount
                .error(format!("this figure is no share: its unit is {}", unit.name()))
                .help("write a number without a % sign; reduce_by and increase_by take shares"),
        ),
        _ if unit != Some(Unit::Change) && share && !(0.0..=1.0).contains(&number) => Some(
            amount
                .error("a share lies between 0 % and 100 %")
                .help("write it as \"95 %\"; a number that is no share has no % sign"),
        ),
        _ => None,
    };
    match wrong {
        Some(error) => {
            errors.push(error);
            None
        }
        None => Some(number),
    }
}
