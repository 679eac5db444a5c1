//! Renders an SVG to pixels. It reads no files and no system fonts, whatever the
//! SVG asks for.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Options, Tree};

use super::faces;

/// The width of a social image, in pixels.
pub const WIDTH: u32 = 1200;

/// The height of a social image, in pixels.
pub const HEIGHT: u32 = 630;

/// The pixels of an SVG, as RGB, row by row.
///
/// # Errors
/// Returns what is wrong with the SVG.
pub(super) fn draw(svg: &[u8]) -> Result<Vec<[u8; 3]>, String> {
    let options = Options {
        font_family: "DejaVu Serif".to_owned(),
        fontdb: faces::database(),
        image_href_resolver: ImageHrefResolver {
            resolve_data: ImageHrefResolver::default_data_resolver(),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    };
    let tree = Tree::from_data(svg, &options).map_err(|error| error.to_string())?;
    let size = tree.size();
    let mut pixmap = Pixmap::new(WIDTH, HEIGHT).expect("a card has an area");
    #[expect(clippy::cast_precision_loss, reason = "lengths that an f32 holds")]
    let scale = Transform::from_scale(WIDTH as f32 / size.width(), HEIGHT as f32 / size.height());
    resvg::render(&tree, scale, &mut pixmap.as_mut());
    Ok(pixmap
        .pixels()
        .iter()
        .map(|pixel| {
            // Transparent parts are white.
            let open = 255 - pixel.alpha();
            [
                pixel.red() + open,
                pixel.green() + open,
                pixel.blue() + open,
            ]
        })
        .collect())
}
