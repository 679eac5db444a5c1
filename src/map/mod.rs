//! The map: papers on a plane, those with similar meanings close together.
//!
//! `positions()` gives each paper its place. It is a function of the papers in the order
//! in which they came; a paper that is added or edited moves no other: `docs/map.md` says
//! how.

mod atlas;
mod layout;
mod nearest;
mod picture;
mod positions;
mod regions;
mod rows;
mod tiles;
mod tree;

pub use atlas::{Atlas, Spot};
pub use picture::{Label, Near, SIZE, dots, labels, neighbourhood};
pub use positions::positions;
pub use regions::Region;
pub use tiles::{Marks, Tile, tiles};

use serde::{Deserialize, Serialize};

/// The map is so wide and so high.
pub const SIDE: u32 = 1 << 15;

/// A place on the map, from its left and its upper edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize)]
pub struct Place {
    /// From the left, less than [`SIDE`].
    pub x: u16,
    /// From above, less than [`SIDE`].
    pub y: u16,
}

/// A point of the plane while papers are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
struct Point {
    x: f32,
    y: f32,
}

impl Point {
    /// The same direction, but not farther than that.
    fn no_longer_than(self, most: f32) -> Self {
        let length = (self.x * self.x + self.y * self.y).sqrt();
        if length <= most {
            return self;
        }
        Self {
            x: self.x / length * most,
            y: self.y / length * most,
        }
    }
}
