//! Sanitising: HTML that a person wrote loses what runs or reaches out, while the
//! pieces that this program wrote pass it as marks.

/// What stands for the n-th piece of our own HTML until the rest is sanitised.
/// The character is one that cleaned text cannot contain.
pub(super) fn mark(n: usize) -> String {
    format!("\u{fdd1}{n}\u{fdd2}")
}

/// Puts the pieces in where their marks stand.
pub(super) fn place_pieces(html: &str, pieces: &[String]) -> String {
    let mut out = String::with_capacity(html.len() + pieces.iter().map(String::len).sum::<usize>());
    let mut rest = html;
    while let Some(start) = rest.find('\u{fdd1}') {
        out.push_str(&rest[..start]);
        let after = &rest[start + '\u{fdd1}'.len_utf8()..];
        let Some(end) = after.find('\u{fdd2}') else {
            rest = after;
            break;
        };
        if let Some(piece) = after[..end]
            .parse::<usize>()
            .ok()
            .and_then(|n| pieces.get(n))
        {
            out.push_str(piece);
        }
        rest = &after[end + '\u{fdd2}'.len_utf8()..];
    }
    out.push_str(rest);
    out
}

/// What a person's HTML may have: text and its structure, no script, no style.
pub(super) fn sanitised(html: &str) -> String {
    ammonia::Builder::default()
        .add_tags([
            "details",
            "summary",
            "figure",
            "figcaption",
            "section",
            "input",
        ])
        .add_generic_attributes(["class", "id"])
        .add_tag_attributes("input", ["type", "checked", "disabled"])
        .add_tag_attributes("td", ["style"])
        .add_tag_attributes("th", ["style"])
        .filter_style_properties(std::collections::HashSet::from(["text-align"]))
        .link_rel(None)
        .url_relative(ammonia::UrlRelative::PassThrough)
        .clean(html)
        .to_string()
}
