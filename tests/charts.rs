//! Pictures as the outside sees them: signs and the font. Charts need released figures, so their
//! tests stand beside them in `src/charts/svg/tests.rs`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use concordat::charts::font_face_css;
use concordat::charts::icons::{Symbol, draw};

#[test]
fn signs_are_small_whole_pictures_with_a_name() {
    for symbol in Symbol::ALL {
        let svg = draw(symbol);
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"), "{symbol:?}");
        assert!(svg.contains(&format!("<title>{}</title>", symbol.words())), "{symbol:?}");
        assert!(svg.contains("role=\"img\"") && svg.contains("viewBox=\"0 0 40 40\""));
        assert!(!svg.contains(" id=") && svg.len() < 1800, "{symbol:?}: {} bytes", svg.len());
    }
}

#[test]
fn ratings_carry_their_colour() {
    let colours = [
        (Symbol::Red, "#B3001B"),
        (Symbol::Amber, "#F2A900"),
        (Symbol::Green, "#00703C"),
        (Symbol::Blue, "#12436D"),
    ];
    for (symbol, colour) in colours {
        assert!(draw(symbol).contains(colour), "{symbol:?}");
    }
}

#[test]
fn the_font_comes_along_in_two_weights() {
    let css = font_face_css();
    for weight in ["font-weight:400", "font-weight:600"] {
        assert_eq!(css.matches(weight).count(), 1);
    }
    for data in css.split("base64,").skip(1) {
        let data = data.split(')').next().expect("an end");
        let font = STANDARD.decode(data).expect("base64");
        assert_eq!(&font[..4], b"wOF2");
    }
    assert!(css.len() < 60_000, "{} bytes", css.len());
}
