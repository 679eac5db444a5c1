//! Social images: the pictures that chats and networks show with a link. A theme
//! template produces an SVG, which is rendered with built-in fonts so that it looks
//! the same on every machine.

mod draw;
mod faces;
mod fit;
mod lines;
mod picture;
mod press;
mod printable;
mod view;

pub use draw::{HEIGHT, WIDTH};
pub use fit::register;
pub use press::Press;
pub use printable::printable;
pub use view::{CardView, PictureContext};
