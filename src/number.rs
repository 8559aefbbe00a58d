//! How numbers are written: the one place where they are rounded.
//!
//! Rounding works on the shortest decimal that stands for the number, so that what a reader
//! would round by hand comes out the same: 1.005 to two decimals is 1.01. Halves go away from
//! zero, and what rounds to nothing is 0, never −0. A number that is not finite is
//! "not defined".

const MINUS: char = '\u{2212}';
const NOT_DEFINED: &str = "not defined";

/// A number with this many decimals and a comma at every third place.
///
/// ```
/// use concordat::number::decimal;
/// assert_eq!(decimal(1234.5, 0), "1,235");
/// assert_eq!(decimal(-0.04, 1), "0.0");
/// ```
pub fn decimal(value: f64, decimals: u8) -> String {
    write("", value, 0, decimals, "")
}

/// A share (0.5 is a half) as per cent with this many decimals.
pub fn percent(share: f64, decimals: u8) -> String {
    write("", share, 2, decimals, "%")
}

/// Pounds without pence.
pub fn pounds(value: f64) -> String {
    write("£", value, 0, 0, "")
}

/// Seconds as h:mm:ss, rounded to the second; hours go on past a day.
pub fn clock(seconds: f64) -> String {
    let Some(rounded) = Rounded::new(seconds, 0, 0) else { return NOT_DEFINED.to_owned() };
    let Ok(whole) = rounded.whole.parse::<u64>() else { return decimal(seconds, 0) + " s" };
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    format!("{}{hours}:{minutes:02}:{seconds:02}", rounded.sign())
}

/// The number in full, for machines: the shortest text that reads back as the same number.
/// `None` when it is not finite.
pub fn exact(value: f64) -> Option<String> {
    // Adding zero turns −0 into 0 and leaves every other number as it is.
    value.is_finite().then(|| (value + 0.0).to_string())
}

fn write(before: &str, value: f64, shift: usize, decimals: u8, after: &str) -> String {
    let Some(rounded) = Rounded::new(value, shift, usize::from(decimals)) else {
        return NOT_DEFINED.to_owned();
    };
    let mut text = rounded.sign() + before + &grouped(&rounded.whole);
    if decimals > 0 {
        text.push('.');
        text.push_str(&rounded.fraction);
    }
    text + after
}

/// Puts a comma before every third digit from the right.
fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A rounded number as its digits.
struct Rounded {
    negative: bool,
    whole: String,
    fraction: String,
}

impl Rounded {
    /// Moves the decimal point `shift` places to the right and keeps `decimals` places.
    fn new(value: f64, shift: usize, decimals: usize) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        // Display never uses an exponent and gives the shortest digits that read back the same.
        let text = value.abs().to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let mut digits: Vec<u8> =
            whole.bytes().chain(fraction.bytes()).map(|digit| digit - b'0').collect();
        let cut = whole.len() + shift + decimals;
        digits.resize(digits.len().max(cut + 1), 0);
        let up = digits[cut] >= 5;
        digits.truncate(cut);
        if up {
            add_one(&mut digits);
        }
        let negative = value < 0.0 && digits.iter().any(|&digit| digit > 0);
        let text: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        let (whole, fraction) = text.split_at(text.len() - decimals);
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        Some(Self { negative, whole: whole.to_owned(), fraction: fraction.to_owned() })
    }

    fn sign(&self) -> String {
        if self.negative { MINUS.to_string() } else { String::new() }
    }
}

/// Adds one in the last place.
fn add_one(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return;
        }
        *digit = 0;
    }
    digits.insert(0, 1);
}
