//! Charts: small SVGs that are drawn when the site is built. Whoever cannot see
//! one has the same numbers in the table beside it.

use std::fmt::Write as _;

use super::{RESERVED, escape};

/// The width of a chart in its own units.
const WIDTH: usize = 400;

/// The height of the highest bar.
const HEIGHT: usize = 96;

/// What is above the bars, for their numbers, and below, for their names.
const ABOVE: usize = 18;
const BELOW: usize = 20;

/// From how many bars on they are too narrow for numbers.
const MOST_NUMBERS: usize = 12;

/// How many bars are named; fewer where their names are long.
const NAMES: usize = 5;
const FEW_NAMES: usize = 3;

/// The width of a letter.
const LETTER: usize = 8;

/// How many letters a name has that is not long.
const SHORT_NAME: usize = 8;

/// A chart of upright bars. `id` is unique on the page; `title` and `description`
/// are for those who hear it.
pub(super) fn bars(id: &str, title: &str, description: &str, bars: &[(String, usize)]) -> String {
    let id = escape(id);
    let height = ABOVE + HEIGHT + BELOW;
    let mut svg = format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"{RESERVED}{id}-title {RESERVED}{id}-text\" fill=\"currentColor\" font-size=\"13\"><title id=\"{RESERVED}{id}-title\">{}</title><desc id=\"{RESERVED}{id}-text\">{}</desc>",
        escape(title),
        escape(description),
    );
    let highest = bars.iter().map(|(_, value)| *value).max().unwrap_or(0);
    let base = ABOVE + HEIGHT;
    let letters = (bars.iter().map(|(label, _)| label.chars().count())).max();
    let letters = letters.unwrap_or(0);
    let names = match letters > SHORT_NAME {
        true => FEW_NAMES,
        false => NAMES,
    };
    // All of them where each has room below its own bar.
    let names = names.max(WIDTH / ((letters + 1) * LETTER));
    let named = named(bars.len(), names);
    for (n, (label, value)) in bars.iter().enumerate() {
        let (left, right) = (edge(n, bars.len()), edge(n + 1, bars.len()));
        let width = right - left;
        let gap = (width / 5).min(8);
        let tall = scaled(*value, highest, HEIGHT);
        if tall > 0 {
            let _ = write!(
                svg,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{tall}\"/>",
                left + gap / 2,
                base - tall,
                (width - gap).max(1),
            );
        }
        let middle = left + width / 2;
        if bars.len() <= MOST_NUMBERS && *value > 0 {
            let _ = write!(
                svg,
                "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{value}</text>",
                base - tall - 5,
            );
        }
        if named.contains(&n) {
            // The first and the last name keep within the chart.
            let room = if letters > SHORT_NAME {
                96
            } else {
                letters * LETTER
            };
            let (at, anchor) = match n {
                _ if width > room => (middle, "middle"),
                0 => (left, "start"),
                n if n + 1 == bars.len() => (right, "end"),
                _ => (middle, "middle"),
            };
            let _ = write!(
                svg,
                "<text x=\"{at}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
                base + 15,
                escape(label),
            );
        }
    }
    let _ = write!(
        svg,
        "<path d=\"M0 {base}h{WIDTH}\" fill=\"none\" stroke=\"currentColor\"/></svg>"
    );
    svg
}

/// A row of small bars, without words: a figure within a table that has them. It is as
/// wide whatever the number of values, on a scale of its own.
pub fn spark(values: &[usize]) -> String {
    const TALL: usize = 24;
    const STEP: usize = 5;
    let width = (values.len() * STEP).max(1);
    let highest = values.iter().copied().max().unwrap_or(0);
    let mut svg = format!(
        "<svg class=\"spark\" viewBox=\"0 0 {width} {TALL}\" preserveAspectRatio=\"none\" aria-hidden=\"true\" fill=\"currentColor\">"
    );
    for (n, value) in values.iter().enumerate() {
        let tall = scaled(*value, highest, TALL);
        if tall > 0 {
            let _ = write!(
                svg,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{tall}\"/>",
                n * STEP,
                TALL - tall,
                STEP - 1,
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

/// The level of a value between nothing, 0, and the highest, [`LEVELS`].
pub fn level(value: usize, highest: usize) -> usize {
    scaled(value, highest, LEVELS)
}

/// How many levels a heat table tells apart.
pub const LEVELS: usize = 5;

/// A skyline: upright bars that touch, in one path, for pages of which a site has tens of
/// thousands. `label` is for those who hear it.
pub(super) fn skyline(label: &str, values: &[usize]) -> String {
    const TALL: usize = 20;
    let highest = values.iter().copied().max().unwrap_or(0);
    let width = values.len() * 4;
    let mut svg = format!(
        "<svg class=\"skyline\" viewBox=\"0 0 {width} {TALL}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\"><path d=\"",
        escape(label),
    );
    for (n, value) in values.iter().enumerate() {
        let tall = scaled(*value, highest, TALL);
        if tall > 0 {
            let _ = write!(svg, "M{} {TALL}v-{tall}h3v{tall}", n * 4);
        }
    }
    svg.push_str("\"/></svg>");
    svg
}

/// A lying bar, without words: a figure within a table that has them.
pub fn bar(value: usize, highest: usize) -> String {
    let width = scaled(value, highest, 100);
    format!(
        "<svg class=\"bar\" viewBox=\"0 0 100 8\" width=\"100\" height=\"8\" aria-hidden=\"true\" fill=\"currentColor\"><rect width=\"{width}\" height=\"8\"/></svg>"
    )
}

/// A value on a scale whose end is the highest value; what is there is seen.
fn scaled(value: usize, highest: usize, length: usize) -> usize {
    if value == 0 || highest == 0 {
        return 0;
    }
    let value = value.min(highest) as u128;
    let scaled = (value * length as u128 + highest as u128 / 2) / highest as u128;
    usize::try_from(scaled).unwrap_or(length).clamp(1, length)
}

/// Where the bar `n` of `len` begins.
fn edge(n: usize, len: usize) -> usize {
    n * WIDTH / len.max(1)
}

/// Which of `len` bars have their names written: the first, the last, and some between
/// that stand evenly, `names` in all.
fn named(len: usize, names: usize) -> Vec<usize> {
    if len <= names {
        return (0..len).collect();
    }
    (0..names).map(|n| n * (len - 1) / (names - 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_chart_says_what_it_shows() {
        let years = [
            ("2023".to_owned(), 2),
            ("2024".to_owned(), 0),
            ("<25>".to_owned(), 4),
        ];
        let svg = bars("years", "Papers & years", "From 2 to 4.", &years);
        assert!(svg.contains("<title id=\"op-years-title\">Papers &amp; years</title>"));
        assert!(svg.contains("&lt;25&gt;"));
        assert_eq!(svg.matches("<rect").count(), 2);
    }

    proptest! {
        #[test]
        fn any_numbers_stay_within_the_chart(values in prop::collection::vec(any::<usize>(), 0..200)) {
            let named: Vec<(String, usize)> = values.iter().map(|value| (value.to_string(), *value)).collect();
            for svg in [bars("a", "b", "c", &named), spark(&values)] {
                for number in svg.split(" height=\"").skip(1) {
                    let number: usize = number.split('"').next().unwrap().parse().unwrap();
                    prop_assert!(number <= ABOVE + HEIGHT + BELOW);
                }
            }
        }
    }
}
