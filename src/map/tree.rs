//! The tree: points in squares within squares. What many far points do to one is as
//! what one point in their middle does that counts as many.
//!
//! The squares do not depend on where the outermost points are, but for their number:
//! a point that moves a little changes little.

use super::Point;

/// A square with so few points is not divided.
const FEW: usize = 8;

/// How often the whole is halved at most.
const DEPTH: u32 = 16;

/// The smallest whole, from its middle to its edge.
const LEAST: f32 = 1.0;

/// A square, in the order in which the tree is walked.
#[derive(Debug, Clone, Copy)]
struct Square {
    middle: Point,
    count: f32,
    /// The square of its width.
    width: f32,
    /// The next square that is not within it.
    next: u32,
    /// Where its points begin, if it is not divided.
    points: Option<u32>,
}

/// Points in squares.
#[derive(Debug)]
pub(super) struct Tree {
    squares: Vec<Square>,
    /// The points' numbers, near ones together.
    pub(super) order: Vec<u32>,
    /// The points in that order.
    pub(super) points: Vec<Point>,
}

/// How points push one point away.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Push {
    pub(super) x: f32,
    pub(super) y: f32,
    /// How near all are together; the point itself counts one if it is among them.
    pub(super) sum: f32,
}

impl Tree {
    /// Puts points into squares.
    pub(super) fn of(points: &[Point]) -> Self {
        let farthest = points.iter().fold(LEAST, |most, point| {
            most.max(point.x.abs()).max(point.y.abs())
        });
        let mut half = LEAST;
        // What is not finite ends it too.
        while half <= farthest && half < 1e9 {
            half *= 2.0;
        }
        let scale = 65535.0 / (2.0 * half);
        let mut keyed: Vec<(u32, u32)> = (0_u32..)
            .zip(points)
            .map(|(n, point)| {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "what is outside is put on the edge"
                )]
                let place = |at: f32| ((at + half) * scale) as u16;
                (interleaved(place(point.x), place(point.y)), n)
            })
            .collect();
        keyed.sort_unstable();
        let order: Vec<u32> = keyed.iter().map(|(_, n)| *n).collect();
        let mut tree = Self {
            squares: Vec::with_capacity(points.len()),
            points: order.iter().map(|n| points[*n as usize]).collect(),
            order,
        };
        if !keyed.is_empty() {
            tree.divide(&keyed, (0, keyed.len()), DEPTH, 2.0 * half);
        }
        tree
    }

    fn divide(&mut self, keyed: &[(u32, u32)], range: (usize, usize), depth: u32, width: f32) {
        let (from, to) = range;
        let count = (to - from) as f32;
        let mut middle = Point::default();
        for point in &self.points[from..to] {
            middle.x += point.x;
            middle.y += point.y;
        }
        middle.x /= count;
        middle.y /= count;
        let at = self.squares.len();
        let is_whole = to - from <= FEW || depth == 0;
        self.squares.push(Square {
            middle,
            count,
            width: width * width,
            next: 0,
            points: is_whole.then_some(from as u32),
        });
        if !is_whole {
            let shift = 2 * (depth - 1);
            let mut start = from;
            while start < to {
                let quarter = keyed[start].0 >> shift;
                let rest = &keyed[start..to];
                let end = start + rest.partition_point(|(key, _)| key >> shift <= quarter);
                self.divide(keyed, (start, end), depth - 1, width / 2.0);
                start = end;
            }
        }
        self.squares[at].next = self.squares.len() as u32;
    }

    /// How all points push one away.
    pub(super) fn push(&self, point: Point) -> Push {
        let mut push = Push::default();
        let mut at = 0;
        while let Some(square) = self.squares.get(at) {
            let x = point.x - square.middle.x;
            let y = point.y - square.middle.y;
            let distance = x * x + y * y;
            if square.width < distance {
                let near = 1.0 / (1.0 + distance);
                let all = square.count * near;
                push.sum += all;
                push.x += all * near * x;
                push.y += all * near * y;
                at = square.next as usize;
            } else if let Some(from) = square.points {
                let from = from as usize;
                for other in &self.points[from..from + square.count as usize] {
                    let x = point.x - other.x;
                    let y = point.y - other.y;
                    let near = 1.0 / (1.0 + x * x + y * y);
                    push.sum += near;
                    push.x += near * near * x;
                    push.y += near * near * y;
                }
                at = square.next as usize;
            } else {
                at += 1;
            }
        }
        push
    }
}

/// The bits of two numbers in turn.
pub(super) fn interleaved(x: u16, y: u16) -> u32 {
    spread(x) << 1 | spread(y)
}

fn spread(number: u16) -> u32 {
    let mut bits = u32::from(number);
    bits = (bits | bits << 8) & 0x00ff_00ff;
    bits = (bits | bits << 4) & 0x0f0f_0f0f;
    bits = (bits | bits << 2) & 0x3333_3333;
    (bits | bits << 1) & 0x5555_5555
}
