//! Social images: the pictures that chats and networks show with a link. A theme
//! template produces an SVG, which is rendered with built-in fonts so that it looks
//! the same on every machine.

mod draw;
mod faces;
mod fit;
mod images;
mod lines;
mod picture;
mod printable;
mod view;

pub use draw::{HEIGHT, WIDTH};
pub use fit::register;
pub use images::SocialImages;
pub use printable::printable;
pub use view::{SocialImage, SocialImageContext};
