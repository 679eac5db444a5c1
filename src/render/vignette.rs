//! Vignettes: a small engraving for a paper that has no picture. Its topic chooses the
//! kind of pattern, its identity the shape of it, so that papers of one topic look
//! related and no two look the same. It says nothing, and machines are told so.

use std::fmt::Write as _;

/// How large the drawing is, in its own units: three to two.
const WIDTH: i32 = 120;
const HEIGHT: i32 = 80;

/// Numbers that follow from what a paper is, the same at every build.
struct Seed {
    bytes: [u8; 32],
    at: usize,
}

impl Seed {
    fn of(text: &str) -> Self {
        Self {
            bytes: *blake3::hash(text.as_bytes()).as_bytes(),
            at: 0,
        }
    }

    /// A number from `least` to `most`.
    fn from(&mut self, least: i32, most: i32) -> i32 {
        let byte = self.bytes[self.at % self.bytes.len()];
        self.at += 1;
        least + i32::from(byte) % (most - least + 1)
    }
}

/// A pattern: appends its shapes.
type Pattern = fn(&mut Seed, &mut String);

const PATTERNS: [Pattern; 8] = [
    rosette, ripples, waves, ridges, strings, turning, globe, knot,
];

/// The vignette of a paper, as SVG of less than a kilobyte.
pub fn vignette(topic: &str, identity: &str) -> String {
    let pattern = PATTERNS[Seed::of(topic).from(0, PATTERNS.len() as i32 - 1) as usize];
    let mut seed = Seed::of(identity);
    let mut svg = format!(
        "<svg class=\"plate\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=\"xMidYMid slice\" aria-hidden=\"true\">"
    );
    pattern(&mut seed, &mut svg);
    svg.push_str("</svg>");
    svg
}

/// Ellipses that turn about one point, as on a banknote.
fn rosette(seed: &mut Seed, out: &mut String) {
    let (cx, cy) = (seed.from(36, 84), seed.from(30, 50));
    let (long, short) = (seed.from(34, 62), seed.from(8, 22));
    let count = seed.from(7, 9);
    let _ = write!(out, "<g transform=\"translate({cx} {cy})\">");
    for n in 0..count {
        let turn = n * 180 / count;
        let _ = write!(
            out,
            "<ellipse rx=\"{long}\" ry=\"{short}\" transform=\"rotate({turn})\"/>"
        );
    }
    out.push_str("</g>");
}

/// Circles about two points.
fn ripples(seed: &mut Seed, out: &mut String) {
    let step = seed.from(5, 8);
    for (left, right) in [(14, 50), (70, 106)] {
        let (cx, cy) = (seed.from(left, right), seed.from(8, 72));
        let _ = write!(out, "<g transform=\"translate({cx} {cy})\">");
        for n in 1..=10 {
            let _ = write!(out, "<circle r=\"{}\"/>", n * step);
        }
        out.push_str("</g>");
    }
}

/// Lines of water, the nearer the higher.
fn waves(seed: &mut Seed, out: &mut String) {
    let width = seed.from(10, 16);
    let (grow, slant) = (seed.from(5, 12), seed.from(-3, 3));
    out.push_str("<path d=\"");
    for n in 0..9 {
        let y = n * 10 - 2;
        let tall = 1 + n * grow / 8;
        let shift = (n * slant).rem_euclid(2 * width) - 2 * width;
        let _ = write!(out, "M{shift} {y}q{width}-{tall} {} 0", 2 * width);
        let more = (WIDTH - shift) / (2 * width);
        out.push('t');
        for _ in 0..more {
            let _ = write!(out, "{} 0 ", 2 * width);
        }
        out.truncate(out.trim_end().len());
    }
    out.push_str("\"/>");
}

/// Lines that rise over something hidden, as over the pulses of a star.
fn ridges(seed: &mut Seed, out: &mut String) {
    let (mut peak, spread) = (seed.from(30, 70), seed.from(6, 11));
    let drift = seed.from(-2, 2);
    out.push_str("<path d=\"");
    for n in 0..11 {
        let y = 14 + n * 13 / 2;
        let tall = seed.from(3, 12);
        let after = seed.from(0, 6);
        peak = (peak + drift + seed.from(-4, 4)).clamp(24, 84);
        let start = peak - spread;
        let _ = write!(
            out,
            "M0 {y}h{start}q{} 0 {spread}-{tall}t{spread} {}t{spread} {}H{WIDTH}",
            spread / 2,
            tall - after,
            after
        );
    }
    out.push_str("\"/>");
}

/// Threads between two edges, whose crossings draw a curve.
fn strings(seed: &mut Seed, out: &mut String) {
    let step = seed.from(5, 8);
    let lean = seed.from(0, 40);
    let both = seed.from(0, 1) == 1;
    out.push_str("<path d=\"");
    for n in 0..=HEIGHT / step {
        let _ = write!(
            out,
            "M0 {}L{} {HEIGHT}",
            n * step,
            lean + n * step * (WIDTH - lean) / HEIGHT
        );
        if both || n % 2 == 0 {
            let _ = write!(
                out,
                "M{WIDTH} {}L{} 0",
                HEIGHT - n * step,
                WIDTH - lean - n * step * (WIDTH - lean) / HEIGHT
            );
        }
    }
    out.push_str("\"/>");
}

/// Polygons within one another, each turned a little.
fn turning(seed: &mut Seed, out: &mut String) {
    let sides = seed.from(3, 6);
    let (cx, cy) = (f64::from(seed.from(44, 76)), f64::from(seed.from(34, 46)));
    let turn = f64::from(seed.from(4, 11)) / 100.0;
    let count = if sides > 4 { 9 } else { 12 };
    out.push_str("<path d=\"");
    for n in 0..count {
        let radius = 74.0 * 0.82_f64.powi(n);
        for corner in 0..sides {
            let angle = std::f64::consts::TAU * f64::from(corner) / f64::from(sides)
                + turn * f64::from(n) * 2.0;
            let (x, y) = (cx + radius * angle.cos(), cy + radius * angle.sin());
            let _ = write!(
                out,
                "{}{} {}",
                if corner == 0 { 'M' } else { 'L' },
                x.round(),
                y.round()
            );
        }
        out.push('z');
    }
    out.push_str("\"/>");
}

/// A ball, shaded by lines on the side away from the light.
fn globe(seed: &mut Seed, out: &mut String) {
    let radius = seed.from(24, 36);
    let (cx, cy) = (seed.from(radius, WIDTH - radius), seed.from(34, 46));
    let light = seed.from(20, 80);
    let ground = cy + radius * seed.from(5, 9) / 10;
    out.push_str("<path d=\"");
    for n in 0..=(2 * radius / 2) {
        let y = cy - radius + n * 2;
        let half = f64::from(radius * radius - (y - cy) * (y - cy))
            .max(0.0)
            .sqrt()
            .round() as i32;
        // Towards the light every second line is left out.
        let skip = if n % 2 == 0 { 0 } else { half * light / 50 };
        if half > 0 && skip < 2 * half {
            let _ = write!(out, "M{} {y}h{}", cx - half + skip, 2 * half - skip);
        }
    }
    for y in (4..=ground.min(HEIGHT)).step_by(6) {
        let half = f64::from(radius * radius - (y - cy) * (y - cy))
            .max(0.0)
            .sqrt()
            .round() as i32;
        let _ = write!(
            out,
            "M0 {y}H{}M{} {y}H{WIDTH}",
            (cx - half - 3).max(0),
            (cx + half + 3).min(WIDTH)
        );
    }
    out.push_str("\"/>");
}

/// One line that swings in two directions.
fn knot(seed: &mut Seed, out: &mut String) {
    let (across, down) = [(7, 5), (5, 4), (4, 3), (5, 3), (7, 4), (5, 6)][seed.from(0, 5) as usize];
    let phase = f64::from(seed.from(10, 80)) / 100.0;
    let point = |n: i32| {
        let angle = std::f64::consts::TAU * f64::from(n) / 48.0;
        let x = 60.0 + 56.0 * (angle * f64::from(across) + phase).sin();
        let y = 40.0 + 36.0 * (angle * f64::from(down)).sin();
        (x.round() as i32, y.round() as i32)
    };
    let middle =
        |one: (i32, i32), other: (i32, i32)| ((one.0 + other.0) / 2, (one.1 + other.1) / 2);
    let start = middle(point(0), point(1));
    let _ = write!(out, "<path d=\"M{} {}", start.0, start.1);
    let mut at = start;
    for n in 1..=48 {
        let (turn, end) = (point(n), middle(point(n), point(n + 1)));
        let step = |of: i32, from: i32| of - from;
        let _ = write!(
            out,
            "q{} {} {} {}",
            step(turn.0, at.0),
            step(turn.1, at.1),
            step(end.0, at.0),
            step(end.1, at.1)
        );
        at = end;
    }
    out.push_str("\"/>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vignette_is_small_and_always_the_same() {
        let mut seen = std::collections::BTreeSet::new();
        let (mut total, mut largest) = (0, 0);
        for topic in 0..40 {
            for paper in 0..25 {
                let (topic, paper) = (format!("topic-{topic}"), format!("arxiv:{paper}"));
                let svg = vignette(&topic, &paper);
                assert_eq!(svg, vignette(&topic, &paper));
                assert!(svg.len() <= 1024, "{} {svg}", svg.len());
                assert!(!svg.contains("NaN") && !svg.contains("-0 "), "{svg}");
                total += svg.len();
                largest = largest.max(svg.len());
                seen.insert(svg);
            }
        }
        assert!(seen.len() > 160, "{} of 8 × 25", seen.len());
        assert!(
            total / 1000 < 800,
            "{} on average, {largest} at most",
            total / 1000
        );
    }
}
