use std::collections::BTreeMap;

use super::super::page::STYLE;

/// Text on its ground: at least 4.5 to 1 (WCAG 2.2, 1.4.3).
const TEXT: [(&str, &str); 13] = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("muted", "paper"),
    ("muted", "surface"),
    ("link", "paper"),
    ("link", "surface"),
    ("brand-ink", "brand"),
    ("brand-muted", "brand"),
    ("red-ink", "red"),
    ("amber-ink", "amber"),
    ("green-ink", "green"),
    ("blue-ink", "blue"),
    ("grey-ink", "grey"),
];

/// Drawings, frames and focus on their ground: at least 3 to 1 (WCAG 2.2, 1.4.11).
const SHAPES: [(&str, &str); 6] = [
    ("rule", "paper"),
    ("accent", "paper"),
    ("focus", "paper"),
    ("focus", "surface"),
    ("brand-ink", "brand"),
    ("link", "paper"),
];

fn colours(block: &str) -> BTreeMap<&str, [f64; 3]> {
    block
        .split(';')
        .filter_map(|line| line.rsplit_once("--")?.1.split_once(": #"))
        .map(|(name, hex)| {
            assert_eq!(hex.len(), 6, "{name}: #{hex}");
            let part = |at| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("a colour"));
            (name, [part(0), part(2), part(4)])
        })
        .collect()
}

/// Light, and light overlaid with dark.
fn modes() -> [BTreeMap<&'static str, [f64; 3]>; 2] {
    let mut blocks = STYLE.split(":root {").skip(1).map(|block| {
        let (block, _) = block.split_once('}').expect("an end of the block");
        colours(block)
    });
    let light = blocks.next().expect("light colours");
    let dark = blocks.next().expect("dark colours");
    let mut both = light.clone();
    both.extend(dark);
    [light, both]
}

/// Relative luminance, WCAG 2.2.
fn luminance(colour: [f64; 3]) -> f64 {
    let [red, green, blue] = colour.map(|part| {
        let part = part / 255.0;
        if part <= 0.04045 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The known answers: black on white is 21, and #767676 is the lightest grey that passes.
#[test]
fn contrast_is_the_published_formula() {
    let white = [255.0; 3];
    assert!((contrast([0.0; 3], white) - 21.0).abs() < 1e-9);
    assert!((contrast([118.0; 3], white) - 4.54).abs() < 0.005);
    assert!((contrast([0.0, 94.0, 184.0], white) - 6.38).abs() < 0.005, "domain.md part 6");
}

#[test]
fn every_pair_can_be_read_in_the_light_and_in_the_dark() {
    for (mode, colours) in ["light", "dark"].iter().zip(modes()) {
        for (pairs, least) in [(&TEXT[..], 4.5), (&SHAPES[..], 3.0)] {
            for (front, ground) in pairs {
                let found = contrast(colours[front], colours[ground]);
                assert!(found >= least, "{front} on {ground}, {mode}: {found:.2} < {least}");
            }
        }
    }
}

/// A colour that is not a custom property would escape the test above.
#[test]
fn no_colour_stands_outside_the_list() {
    let (_, rest) = STYLE.split_once("/* The page").expect("the page's style");
    assert!(!rest.contains('#') && !rest.contains("rgb(") && !rest.contains("hsl("));
}
