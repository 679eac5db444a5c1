//! Cards: the pictures that chats and networks show beside a link. A card is an
//! SVG that a template of the theme wrote, drawn with the faces that come with
//! the program, so that it looks the same on every machine.

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
