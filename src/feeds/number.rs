//! Numbers as they are written in deliveries.

use std::borrow::Cow;

use super::reading::Number;
use super::tally::Why;
use super::texts::fold;

/// Reads a whole number: digits with an optional sign, and decimals only if they are all zero
/// (`12.0`, as spreadsheets write it). Scientific notation has lost digits and is refused.
pub(crate) fn integer(text: &str, number: &Number) -> Result<i64, Why> {
    if is_zero(text, number) {
        return Ok(0);
    }
    let digits = ungroup(text, number)?;
    let whole = match digits.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|byte| byte == b'0') => whole,
        _ => &digits,
    };
    let value: i64 = whole.parse().map_err(|_| Why::NotWhole)?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "a range is compared as the contract writes it"
    )]
    in_range(value as f64, number)?;
    Ok(value)
}

/// Reads a number with decimals, in plain or scientific notation (`5.03563e+006`). Where shares are
/// declared to be written with a per cent sign, `90.50%` is 0.905, and a text without the sign is
/// refused: nothing says what it is a share of. `entered` is a number of a workbook, which keeps
/// the share itself behind the sign it shows.
pub(crate) fn decimal(text: &str, number: &Number, entered: bool) -> Result<f64, Why> {
    if is_zero(text, number) {
        return Ok(0.0);
    }
    let text = match text.strip_suffix('%') {
        Some(text) if number.percent => text.trim_end(),
        None if number.percent && !entered => return Err(Why::NoPercent),
        _ => text,
    };
    let digits = ungroup(text, number)?;
    let plain = |byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-');
    if !digits.bytes().all(plain) {
        return Err(Why::NotNumber);
    }
    // The point is moved in the text, so that 47.3% is as near to 0.473 as a number can be.
    let value = match number.percent && !entered {
        true if digits.contains(['e', 'E']) => return Err(Why::NotNumber),
        true => format!("{digits}e-2").parse(),
        false => digits.parse(),
    };
    let value: f64 = value.map_err(|_| Why::NotNumber)?;
    if !value.is_finite() {
        return Err(Why::NotNumber);
    }
    in_range(value, number)?;
    Ok(value)
}

fn is_zero(text: &str, number: &Number) -> bool {
    !number.zero.is_empty() && number.zero.contains(&fold(text))
}

/// Refuses values outside the contract's range.
pub(crate) fn in_range(value: f64, number: &Number) -> Result<(), Why> {
    match number.range {
        Some((from, to)) if !(from..=to).contains(&value) => {
            Err(Why::OutOfRange { from: from.to_string(), to: to.to_string() })
        }
        _ => Ok(()),
    }
}

/// Takes out the commas between thousands, where the contract declares them and they stand right.
fn ungroup<'a>(text: &'a str, number: &Number) -> Result<Cow<'a, str>, Why> {
    if !number.thousands || !text.contains(',') {
        return Ok(Cow::Borrowed(text));
    }
    let whole = text.split('.').next().unwrap_or_default();
    let mut groups = whole.trim_start_matches(['+', '-']).split(',');
    let first = groups.next().map_or(0, str::len);
    if !(1..=3).contains(&first) || groups.any(|group| group.len() != 3) {
        return Err(Why::NotNumber);
    }
    let decimals = text.get(whole.len()..).unwrap_or_default();
    if decimals.contains(',') {
        return Err(Why::NotNumber);
    }
    Ok(Cow::Owned(text.replace(',', "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Number =
        Number { range: None, thousands: false, percent: false, zero: Vec::new() };
    const GROUPED: Number =
        Number { range: None, thousands: true, percent: false, zero: Vec::new() };

    #[test]
    fn whole_numbers() {
        for (text, expected) in [
            ("528", Some(528)),
            ("-3", Some(-3)),
            ("0012", Some(12)),
            ("2051422041", Some(2_051_422_041)),
            ("12.0", Some(12)),
            ("12.5", None),
            ("5e+002", None),
            ("7,365", None),
            ("99999999999999999999", None),
            (".0", None),
            ("½", None),
        ] {
            assert_eq!(integer(text, &PLAIN).ok(), expected, "{text}");
        }
        for (text, expected) in [
            ("7,365", Some(7_365)),
            ("1,234,567", Some(1_234_567)),
            ("73,65", None),
            (",365", None),
        ] {
            assert_eq!(integer(text, &GROUPED).ok(), expected, "{text}");
        }
    }

    #[test]
    fn decimals() {
        for (text, expected) in [
            ("5.03563e+006", Some(5_035_630.0)),
            ("725690", Some(725_690.0)),
            ("0.852975", Some(0.852_975)),
            ("-1.5", Some(-1.5)),
            ("nan", None),
            ("inf", None),
            ("1e999", None),
            ("90.50%", None),
            ("£5", None),
        ] {
            assert_eq!(decimal(text, &PLAIN, false).ok(), expected, "{text}");
        }
        assert_eq!(decimal("1,234.5", &GROUPED, false), Ok(1_234.5));
        assert_eq!(decimal("1.5,000", &GROUPED, false), Err(Why::NotNumber));
    }

    #[test]
    fn ranges_hold_their_ends() {
        let age = Number { range: Some((0.0, 120.0)), ..PLAIN };
        assert_eq!(integer("120", &age), Ok(120));
        let error = integer("121", &age).unwrap_err();
        assert_eq!(error.to_string(), "outside the range 0 to 120");
    }

    #[test]
    fn shares_have_a_sign() {
        let share = Number { percent: true, ..GROUPED };
        for (text, expected) in [
            ("90.50%", Ok(0.905)),
            ("47%", Ok(0.47)),
            ("47.3 %", Ok(0.473)),
            ("-1,250%", Ok(-12.5)),
            ("100%", Ok(1.0)),
            ("0.905", Err(Why::NoPercent)),
            ("%", Err(Why::NotNumber)),
            ("5e1%", Err(Why::NotNumber)),
            ("5%%", Err(Why::NotNumber)),
        ] {
            assert_eq!(decimal(text, &share, false), expected, "{text}");
        }
        assert_eq!(decimal("0.905", &share, true), Ok(0.905));
        assert_eq!(decimal("90.5%", &PLAIN, false), Err(Why::NotNumber));
    }

    #[test]
    fn words_for_zero_are_declared() {
        let number = Number { zero: vec!["-".to_owned(), "nil".to_owned()], ..PLAIN };
        assert_eq!(integer("-", &number), Ok(0));
        assert_eq!(decimal("Nil", &number, false), Ok(0.0));
        assert_eq!(integer("-3", &number), Ok(-3));
        assert_eq!(integer("-", &PLAIN), Err(Why::NotWhole));
    }
}
