//! Tiles: the points of the map as they are published, so that a browser loads only what
//! it shows. The whole map is one tile with some of the papers; each quarter is a tile
//! with some of the rest, and so on. `docs/map.md` describes the format.

use super::atlas::Spot;
use super::tree::interleaved;
use super::{Place, SIDE};

/// The most papers in a tile.
const MOST: usize = 2048;

/// The most times that the map is divided: every position is then its own tile.
const DEPTH: u32 = SIDE.ilog2();

/// The properties of a paper that colours can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// The paper's number in the search index.
    pub number: u32,
    /// One more than the index of its topic, its year and its count in the lists of
    /// those; 0 if it has none.
    pub shades: [u32; 3],
    /// The lower, the sooner the paper is shown.
    pub rank: u64,
}

/// A tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// How many times the map was divided.
    pub depth: u32,
    /// Its column at this depth, from the left.
    pub x: u32,
    /// Its row, from the top.
    pub y: u32,
    /// How many papers it has.
    pub papers: usize,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A point while tiles are filled.
#[derive(Debug, Clone, Copy)]
struct Dot {
    place: Place,
    marks: Marks,
}

/// The tiles of a map, those of the whole first. `bits` says how many bits each of the
/// three shades has.
pub fn tiles(spots: &[Spot], bits: [u32; 3], marks: impl Fn(usize) -> Marks) -> Vec<Tile> {
    let mut dots: Vec<(u32, Dot)> = spots
        .iter()
        .map(|spot| {
            let Place { x, y } = spot.place;
            let dot = Dot {
                place: spot.place,
                marks: marks(spot.paper),
            };
            (interleaved(x, y), dot)
        })
        .collect();
    dots.sort_unstable_by_key(|(key, dot)| (*key, dot.marks.number));
    let dots: Vec<Dot> = dots.into_iter().map(|(_, dot)| dot).collect();
    let mut tiles = Vec::new();
    divide(dots, (0, 0, 0), bits, &mut tiles);
    tiles.sort_by_key(|tile| (tile.depth, tile.y, tile.x));
    tiles
}

fn divide(mut dots: Vec<Dot>, at: (u32, u32, u32), bits: [u32; 3], tiles: &mut Vec<Tile>) {
    let (depth, x, y) = at;
    if dots.is_empty() {
        return;
    }
    let mut rest = Vec::new();
    if dots.len() > MOST && depth < DEPTH {
        let mut ranks: Vec<(u64, u32)> = (dots.iter())
            .map(|dot| (dot.marks.rank, dot.marks.number))
            .collect();
        let (_, last, _) = ranks.select_nth_unstable(MOST - 1);
        let last = *last;
        (dots, rest) = dots
            .into_iter()
            .partition(|dot| (dot.marks.rank, dot.marks.number) <= last);
    }
    dots.sort_unstable_by_key(|dot| dot.marks.number);
    tiles.push(Tile {
        depth,
        x,
        y,
        papers: dots.len(),
        bytes: written(&dots, depth, bits),
    });
    let shift = DEPTH - depth.min(DEPTH - 1) - 1;
    for (right, below) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        let quarter: Vec<Dot> = rest
            .iter()
            .filter(|dot| {
                u32::from(dot.place.x) >> shift & 1 == right
                    && u32::from(dot.place.y) >> shift & 1 == below
            })
            .copied()
            .collect();
        divide(
            quarter,
            (depth + 1, 2 * x + right, 2 * y + below),
            bits,
            tiles,
        );
    }
}

/// The bytes of a tile: the number of papers, the encoding of gaps, then the papers.
fn written(dots: &[Dot], depth: u32, bits: [u32; 3]) -> Vec<u8> {
    let gaps: Vec<u32> = std::iter::once(dots.first().map_or(0, |dot| dot.marks.number))
        .chain(dots.windows(2).map(|pair| {
            let gap = pair[1].marks.number - pair[0].marks.number;
            gap.saturating_sub(1)
        }))
        .collect();
    let mean = gaps.iter().map(|gap| u64::from(*gap)).sum::<u64>() / gaps.len().max(1) as u64;
    // Two thirds of the mean, as a power of two.
    let low = (mean * 2 / 3).max(1).ilog2();
    let mut out = Bits::default();
    out.add(u32::try_from(dots.len()).unwrap_or(u32::MAX), 24);
    out.add(low, 8);
    let side = DEPTH - depth;
    for (dot, gap) in dots.iter().zip(gaps) {
        for _ in 0..gap >> low {
            out.add(1, 1);
        }
        out.add(0, 1);
        out.add(gap, low);
        out.add(u32::from(dot.place.x), side);
        out.add(u32::from(dot.place.y), side);
        for (shade, bits) in dot.marks.shades.iter().zip(bits) {
            out.add(*shade, bits);
        }
    }
    out.bytes
}

/// Bits, the highest first.
#[derive(Debug, Default)]
struct Bits {
    bytes: Vec<u8>,
    used: u32,
}

impl Bits {
    /// Adds the lowest bits of a number.
    fn add(&mut self, number: u32, bits: u32) {
        for bit in (0..bits).rev() {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let last = self.bytes.len() - 1;
            self.bytes[last] |= u8::from(number >> bit & 1 == 1) << (7 - self.used % 8);
            self.used += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(n: usize) -> Spot {
        Spot {
            place: Place {
                x: (n * 7919 % SIDE as usize) as u16,
                y: (n * n % SIDE as usize) as u16,
            },
            paper: n,
        }
    }

    fn marks(n: usize) -> Marks {
        Marks {
            number: n as u32,
            shades: [n as u32 % 5, n as u32 % 3, 0],
            rank: (n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15),
        }
    }

    /// Reads a tile as the script of the theme does.
    fn read(tile: &Tile, bits: [u32; 3]) -> Vec<(Place, Marks)> {
        let mut at = 0;
        let mut take = |count: u32| {
            let mut number = 0_u32;
            for _ in 0..count {
                let bit = tile.bytes[at / 8] >> (7 - at % 8) & 1;
                number = number << 1 | u32::from(bit);
                at += 1;
            }
            number
        };
        let (count, low) = (take(24), take(8));
        let side = DEPTH - tile.depth;
        let mut next = 0;
        let mut all = Vec::new();
        for _ in 0..count {
            let mut high = 0;
            while take(1) == 1 {
                high += 1;
            }
            let number = next + (high << low) + take(low);
            next = number + 1;
            let x = tile.x << side | take(side);
            let y = tile.y << side | take(side);
            let place = Place {
                x: x as u16,
                y: y as u16,
            };
            let shades = bits.map(&mut take);
            all.push((
                place,
                Marks {
                    shades,
                    ..marks(number as usize)
                },
            ));
        }
        all
    }

    #[test]
    fn every_paper_is_in_one_tile_with_all_that_is_shown_of_it() {
        for count in [1, 100, 2048, 2049, 30_000] {
            let spots: Vec<Spot> = (0..count).map(spot).collect();
            let bits = [3, 2, 0];
            let tiles = tiles(&spots, bits, marks);
            let mut found: Vec<(Place, Marks)> =
                tiles.iter().flat_map(|tile| read(tile, bits)).collect();
            found.sort_by_key(|(_, marks)| marks.number);
            let expected: Vec<_> = spots
                .iter()
                .map(|one| (one.place, marks(one.paper)))
                .collect();
            assert_eq!(found, expected, "{count}");
            assert!(tiles.iter().all(|tile| tile.papers <= MOST));
            assert_eq!((tiles[0].depth, tiles[0].papers), (0, count.min(MOST)));
        }
    }

    #[test]
    fn papers_of_one_place_are_all_there() {
        let spots: Vec<Spot> = (0..5000)
            .map(|paper| Spot {
                place: Place { x: 7, y: 9 },
                paper,
            })
            .collect();
        let tiles = tiles(&spots, [3, 2, 0], marks);
        let all: usize = tiles.iter().map(|tile| tile.papers).sum();
        assert_eq!(all, 5000);
    }
}
