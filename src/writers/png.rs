//! A chart as a PNG picture, for slides and mail.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use crate::charts::font_files;
use crate::error::{Error, Place};

/// Pixels of the picture for each of the drawing's: sharp on a slide across a whole screen.
const SCALE: f32 = 2.0;

/// The fonts that pictures are drawn with: their own and no other, so that a picture does not depend
/// on the machine.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for file in font_files() {
        fonts.load_font_data(file.to_vec());
    }
    Arc::new(fonts)
});

/// Draws an SVG picture on white, twice its size in pixels. The same picture gives the same bytes.
pub fn png(name: &str, svg: &str) -> Result<Vec<u8>, Error> {
    let failed =
        |why: &str| Error::run(Place::file(name), format!("the picture could not be made: {why}"));
    let options = Options { fontdb: Arc::clone(&FONTS), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| failed(&error.to_string()))?;
    let size = tree.size().to_int_size().scale_by(SCALE).ok_or_else(|| failed("it has no size"))?;
    let mut picture =
        Pixmap::new(size.width(), size.height()).ok_or_else(|| failed("it is too large"))?;
    picture.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut picture.as_mut());
    picture.encode_png().map_err(|error| failed(&error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A square of 10 and a letter I, whose stem stands alone, on 40 by 20: 80 by 40 pixels.
    const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\" \
        width=\"100%\"><rect x=\"5\" y=\"5\" width=\"10\" height=\"10\" fill=\"#005EB8\"/>\
        <text x=\"20\" y=\"18\" font-family=\"Inter, Arial\" font-size=\"20\">I</text></svg>";

    #[test]
    fn shapes_and_letters_are_drawn_on_white_at_twice_the_size() {
        let bytes = png("x.png", PICTURE).unwrap();
        assert_eq!(bytes, png("x.png", PICTURE).unwrap());
        let picture = Pixmap::decode_png(&bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (80, 40));
        let at = |x, y| {
            let pixel = picture.pixel(x, y).unwrap();
            (pixel.red(), pixel.green(), pixel.blue(), pixel.alpha())
        };
        assert_eq!(at(2, 2), (255, 255, 255, 255));
        assert_eq!(at(20, 20), (0, 0x5E, 0xB8, 255));
        let black = (40..80).filter(|x| at(*x, 24) == (0, 0, 0, 255)).count();
        assert!((2..=6).contains(&black), "{black} pixels of the stem are black");
    }

    #[test]
    fn what_is_no_picture_is_an_error() {
        assert!(png("x.png", "<svg").unwrap_err().to_string().contains("x.png"));
    }
}
