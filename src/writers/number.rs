//! A released figure as a reader sees it.

use crate::disclosure::{Figure, Why};
use crate::document::Format;
use crate::number;

/// The figure as shown: rounded, or the words that say why it is not there.
pub fn shown(figure: Figure, format: Format) -> String {
    match (figure.shown(), figure.withheld()) {
        (Some(value), _) => formatted(value, format),
        (None, Some(why)) => why_not(why).to_owned(),
        (None, None) => String::new(),
    }
}

/// The figure in full for machines; `None` when it is withheld.
pub fn exact(figure: Figure) -> Option<String> {
    figure.shown().and_then(number::exact)
}

fn formatted(value: f64, format: Format) -> String {
    match format {
        Format::Decimal(decimals) => number::decimal(value, decimals),
        Format::Percent(decimals) => number::percent(value, decimals),
        Format::Clock => number::clock(value),
        Format::Pounds => number::pounds(value),
    }
}

fn why_not(why: Why) -> &'static str {
    match why {
        Why::SuppressedAtSource => "suppressed at source",
        Why::Missing => "not delivered",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_withheld_figure_says_why() {
        assert_eq!(why_not(Why::SuppressedAtSource), "suppressed at source");
        assert_eq!(why_not(Why::Missing), "not delivered");
    }

    #[test]
    fn each_format_is_the_one_it_names() {
        let shown = |value, format| shown(Figure::for_test(value), format);
        assert_eq!(shown(1234.56, Format::Decimal(1)), "1,234.6");
        assert_eq!(shown(0.125, Format::Percent(1)), "12.5%");
        assert_eq!(shown(90_061.0, Format::Clock), "25:01:01");
        assert_eq!(shown(1234.5, Format::Pounds), "£1,235");
    }

    #[test]
    fn the_machine_gets_every_digit() {
        assert_eq!(exact(Figure::for_test(0.1 + 0.2)).as_deref(), Some("0.30000000000000004"));
        assert_eq!(exact(Figure::for_test(-0.0)).as_deref(), Some("0"));
        assert_eq!(exact(Figure::for_test(f64::NAN)), None);
    }
}
