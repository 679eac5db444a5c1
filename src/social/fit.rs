//! Fits text into boxes. SVG does not break lines, so templates call
//! `fit(text=…, width=…, …)` to get them.

use serde::Serialize;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::faces::Face;
use super::lines::{Piece, balanced, broken, cut, pieces, written};

/// The ratio between one font size to try and the next.
const STEP: f64 = 0.96;

/// How far a text may shrink to keep its words whole; beyond that, words are broken
/// at their hyphens.
const WHOLE_WORDS: f64 = 0.75;

/// The box to fit a text into.
#[derive(Debug, Clone, Copy)]
struct Space {
    face: Face,
    width: f64,
    /// From the top of the first line's capitals to the baseline of the last line.
    height: f64,
    /// The largest font size, and the smallest that is still legible.
    size: f64,
    least: f64,
    /// The line height, relative to the font size.
    leading: f64,
    most_lines: usize,
    /// Whether to make lines about equally long.
    balance: bool,
    top: f64,
}

/// A text fitted into its box.
#[derive(Debug, Serialize)]
struct Fitted {
    size: f64,
    lines: Vec<Line>,
    /// The baseline of the last line; the top of the box if there are none.
    bottom: f64,
    /// Whether the end was cut off.
    cut: bool,
}

#[derive(Debug, Serialize)]
struct Line {
    text: String,
    /// Its baseline.
    y: f64,
}

/// Registers the template function `fit`. Arguments: `text`, `width`, `height`,
/// `size`, and optionally `least` (the smallest font size; default `size`), `face`
/// (`regular`, `italic` or `bold`), `leading` (1.2), `lines` (the most lines),
/// `top` (0) and `balance` (true). Returns `size`, `lines` (each with `text` and
/// `y`), `bottom` and `cut`.
pub fn register(tera: &mut Tera) {
    tera.register_function(
        "fit",
        |kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
            let face = kwargs
                .get::<String>("face")?
                .unwrap_or_else(|| "regular".to_owned());
            let face = Face::named(&face).ok_or_else(|| {
                Error::message(format!(
                    "there is no typeface `{face}`; the choices are regular, italic and bold"
                ))
            })?;
            let size = kwargs.must_get::<f64>("size")?;
            let least = kwargs.get::<f64>("least")?.unwrap_or(size);
            if !(size.is_finite() && least >= 1.0 && size >= least) {
                return Err(Error::message(
                    "`size` must be at least `least`, and `least` at least 1",
                ));
            }
            let space = Space {
                face,
                width: kwargs.must_get::<f64>("width")?,
                height: kwargs.must_get::<f64>("height")?,
                size,
                least,
                leading: kwargs.get::<f64>("leading")?.unwrap_or(1.2),
                most_lines: kwargs.get::<usize>("lines")?.unwrap_or(usize::MAX),
                balance: kwargs.get::<bool>("balance")?.unwrap_or(true),
                top: kwargs.get::<f64>("top")?.unwrap_or(0.0),
            };
            let text = kwargs.must_get::<String>("text")?;
            Ok(Value::from_serializable(&fit(&text, &space)))
        },
    );
}

fn fit(text: &str, space: &Space) -> Fitted {
    let whole = pieces(text, space.face, false);
    if let Some((size, lines)) = fitted(&whole, space, space.least.max(space.size * WHOLE_WORDS)) {
        return placed(lines, size, space, false);
    }
    let pieces = pieces(text, space.face, true);
    if let Some((size, lines)) = fitted(&pieces, space, space.least) {
        return placed(lines, size, space, false);
    }
    let size = space.least;
    let (lines, cut) = cut(&pieces, space.face, space.width / size, room(space, size));
    placed(lines, size, space, cut)
}

/// The largest font size, not below `least`, at which the whole text fits, and its
/// lines.
fn fitted(pieces: &[Piece<'_>], space: &Space, least: f64) -> Option<(f64, Vec<String>)> {
    let mut size = space.size;
    loop {
        let room = room(space, size);
        let width = space.width / size;
        let lines = broken(pieces, width);
        let fits = lines.len() <= room && pieces.iter().all(|piece| piece.width <= width);
        if fits {
            let lines = if space.balance {
                balanced(pieces, width, lines)
            } else {
                lines
            };
            return Some((size, written(pieces, &lines)));
        }
        if size <= least {
            return None;
        }
        size = (size * STEP).max(least);
    }
}

/// Positions the lines.
fn placed(lines: Vec<String>, size: f64, space: &Space, cut: bool) -> Fitted {
    let head = space.top + space.face.cap_height() * size;
    let lines: Vec<Line> = lines
        .into_iter()
        .zip(0_u32..)
        .map(|(text, n)| Line {
            text,
            y: tenths(head + f64::from(n) * size * space.leading),
        })
        .collect();
    Fitted {
        size: tenths(size),
        bottom: lines.last().map_or(space.top, |line| line.y),
        lines,
        cut,
    }
}

/// How many lines of a font size fit.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of lines, from a length that is not negative"
)]
fn room(space: &Space, size: f64) -> usize {
    let rest = space.height - space.face.cap_height() * size;
    if rest < 0.0 {
        return 0;
    }
    let further = (rest / (size * space.leading).max(1.0)) as usize;
    (further + 1).min(space.most_lines)
}

fn tenths(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPACE: Space = Space {
        face: Face::Bold,
        width: 1056.0,
        height: 250.0,
        size: 92.0,
        least: 44.0,
        leading: 1.1,
        most_lines: usize::MAX,
        balance: true,
        top: 0.0,
    };

    fn fits(fitted: &Fitted) {
        for line in &fitted.lines {
            let width = SPACE.face.width(&line.text) * fitted.size;
            assert!(width <= SPACE.width + 0.5, "{width}: {}", line.text);
        }
        assert!(fitted.bottom <= SPACE.height + 0.5, "{fitted:?}");
    }

    #[test]
    fn a_short_title_is_large_and_a_long_one_smaller() {
        let short = fit("Retrieval & RAG", &SPACE);
        assert_eq!((short.size, short.lines.len(), short.cut), (92.0, 1, false));
        let title = "GaLore: Memory-Efficient LLM Training by Gradient Low-Rank Projection";
        let long = fit(title, &SPACE);
        assert!(long.size < 92.0 && !long.cut, "{long:?}");
        let text: Vec<&str> = long.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(text.join(" ").replace("- ", "-"), title);
        fits(&short);
        fits(&long);
    }

    #[test]
    fn what_is_too_long_ends_in_a_mark() {
        let words = "several remarkable words ".repeat(30);
        for text in [words.as_str(), &"W".repeat(300), &"a-".repeat(600)] {
            let fitted = fit(text, &SPACE);
            assert!(fitted.cut && fitted.lines.last().unwrap().text.ends_with('…'));
            fits(&fitted);
        }
    }

    #[test]
    fn words_stay_whole_where_a_smaller_size_lets_them() {
        let lines = |text: &str| -> Vec<String> {
            let fitted = fit(text, &SPACE);
            fits(&fitted);
            fitted.lines.into_iter().map(|line| line.text).collect()
        };
        assert_eq!(
            lines("Small & On-Device Models"),
            ["Small & On-Device", "Models"]
        );
        let broken = lines("Retrieval-Augmented-Question-Answering-with-Long-Contexts");
        assert!(broken[0].ends_with('-'), "{broken:?}");
    }

    #[test]
    fn lines_are_about_equally_long() {
        let fitted = fit(
            "A survey of methods that nobody has ever tried at all",
            &SPACE,
        );
        let widths: Vec<f64> = fitted
            .lines
            .iter()
            .map(|line| SPACE.face.width(&line.text))
            .collect();
        let (least, most) = (
            widths.iter().copied().fold(f64::MAX, f64::min),
            widths.iter().copied().fold(0.0, f64::max),
        );
        assert!(least > 0.6 * most, "{fitted:?}");
    }

    #[test]
    fn nothing_fits_where_there_is_no_room() {
        let fitted = fit(
            "Nothing",
            &Space {
                height: 10.0,
                ..SPACE
            },
        );
        assert!(fitted.lines.is_empty() && fitted.cut);
        let fitted = fit("", &SPACE);
        assert!(fitted.lines.is_empty() && !fitted.cut);
    }
}
