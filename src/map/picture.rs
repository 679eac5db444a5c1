//! Pictures of the map: the whole map for readers without JavaScript, and the
//! neighbourhood of one paper.

use std::fmt::Write as _;

use super::atlas::{Atlas, Spot};
use super::{Place, SIDE};

/// The width and height of a picture, in its own units.
pub const SIZE: i32 = 1000;

/// The most papers that a picture of the whole shows, and the most names.
const MOST: usize = 1500;
const NAMES: usize = 28;

/// The width and height of a neighbourhood's picture, and the most papers that it shows.
const NEAR_SIZE: i32 = 160;
const NEAR_MOST: usize = 32;

/// The width of a letter in a name, relative to the font size, and the margin around names.
const LETTER: f32 = 0.52;

/// A name on the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Its text.
    pub text: String,
    /// Where its middle is, from the left.
    pub x: i32,
    /// Where its middle is, from above.
    pub y: i32,
    /// Its font size.
    pub size: u32,
}

/// The papers as dots on the path of an SVG.
pub fn dots(atlas: &Atlas) -> String {
    let step = atlas.spots.len().div_ceil(MOST).max(1);
    let mut places: Vec<(i32, i32)> = (atlas.spots.iter().step_by(step))
        .map(|spot| scaled(spot.place))
        .collect();
    places.sort_unstable_by_key(|(x, y)| (*y, *x));
    places.dedup();
    path(places)
}

/// Dots, from top to bottom, as the path of an SVG: lines of length zero, which round
/// caps turn into dots.
fn path(dots: Vec<(i32, i32)>) -> String {
    let mut path = String::with_capacity(8 * dots.len());
    let mut at = (0, 0);
    for (n, (x, y)) in dots.into_iter().enumerate() {
        let (right, down) = (x - at.0, y - at.1);
        let mark = if n == 0 { 'M' } else { 'm' };
        let space = if down < 0 { "" } else { " " };
        let _ = write!(path, "{mark}{right}{space}{down}h0");
        at = (x, y);
    }
    path
}

/// The names that fit on a picture, the largest regions first.
pub fn labels(atlas: &Atlas) -> Vec<Label> {
    let mut placed: Vec<(f32, f32, f32, f32)> = Vec::new();
    let mut labels = Vec::new();
    for region in &atlas.regions {
        let size = [30, 22, 17, 0][usize::from(region.scale.min(3))];
        if size == 0 || labels.len() == NAMES {
            continue;
        }
        let (x, y) = scaled(region.place);
        let half = region.name.chars().count() as f32 * LETTER * size as f32 / 2.0;
        // Within the picture.
        let x = (x as f32).clamp(half.min(500.0), (SIZE as f32 - half).max(500.0));
        let tall = size as f32 * 0.75;
        let own = (x - half, x + half, y as f32 - tall, y as f32 + tall);
        let meets = |other: &(f32, f32, f32, f32)| {
            own.0 < other.1 && other.0 < own.1 && own.2 < other.3 && other.2 < own.3
        };
        if placed.iter().any(meets) {
            continue;
        }
        placed.push(own);
        labels.push(Label {
            text: region.name.clone(),
            x: x as i32,
            y,
            size,
        });
    }
    labels
}

/// The neighbourhood of a paper as an SVG without words: the paper and those nearest to
/// it on the map.
pub fn neighbourhood(atlas: &Atlas, near: &Near, paper: usize) -> Option<String> {
    let own = atlas.place(paper)?;
    let around = near.around(atlas, own, NEAR_MOST + 1);
    let mut farthest = 1;
    for place in &around {
        let (x, y) = apart(own, *place);
        farthest = farthest.max(x.abs()).max(y.abs());
    }
    let middle = NEAR_SIZE / 2;
    let shown = |apart: i32| middle + apart * (middle - 8) / farthest;
    let mut dots: Vec<(i32, i32)> = (around.iter())
        .filter(|place| **place != own)
        .map(|place| apart(own, *place))
        .map(|(x, y)| (shown(x), shown(y)))
        .collect();
    dots.sort_unstable_by_key(|(x, y)| (*y, *x));
    dots.dedup();
    let path = path(dots);
    Some(format!(
        "<svg class=\"map-near\" viewBox=\"0 0 {NEAR_SIZE} {NEAR_SIZE}\" aria-hidden=\"true\"><path d=\"{path}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"4\" stroke-linecap=\"round\"/><circle cx=\"{middle}\" cy=\"{middle}\" r=\"5\"/></svg>"
    ))
}

fn apart(own: Place, other: Place) -> (i32, i32) {
    (
        i32::from(other.x) - i32::from(own.x),
        i32::from(other.y) - i32::from(own.y),
    )
}

fn scaled(place: Place) -> (i32, i32) {
    let along = |at: u16| i32::from(at) * SIZE / SIDE as i32;
    (along(place.x), along(place.y))
}

/// Papers by grid cell, to find those around a position.
#[derive(Debug, Default)]
pub struct Near {
    side: usize,
    cells: Vec<Vec<Place>>,
}

impl Near {
    /// Puts the papers of an atlas into cells.
    pub fn of(atlas: &Atlas) -> Self {
        // About four per cell.
        let side = (atlas.spots.len() / 4).isqrt().max(1);
        let mut near = Self {
            side,
            cells: vec![Vec::new(); side * side],
        };
        for Spot { place, .. } in &atlas.spots {
            let cell = near.cell(place.y) * side + near.cell(place.x);
            near.cells[cell].push(*place);
        }
        near
    }

    fn cell(&self, at: u16) -> usize {
        usize::from(at) * self.side / SIDE as usize
    }

    /// The nearest to a position, at most `most` of them.
    fn around(&self, atlas: &Atlas, own: Place, most: usize) -> Vec<Place> {
        let most = most.min(atlas.spots.len());
        let (column, row) = (self.cell(own.x), self.cell(own.y));
        for reach in 1..=self.side {
            let rows = row.saturating_sub(reach)..=(row + reach).min(self.side - 1);
            let mut found: Vec<Place> = Vec::new();
            for row in rows {
                for column in column.saturating_sub(reach)..=(column + reach).min(self.side - 1) {
                    found.extend(&self.cells[row * self.side + column]);
                }
            }
            if found.len() >= most || reach == self.side {
                found.sort_by_key(|place| {
                    let (x, y) = apart(own, *place);
                    (i64::from(x).pow(2) + i64::from(y).pow(2), *place)
                });
                found.truncate(most);
                return found;
            }
        }
        Vec::new()
    }
}
