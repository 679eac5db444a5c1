//! What TeX commands in running text become in plain text.

use super::group;

/// The effect of a command in plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Produces these characters.
    Shown(&'static str),
    /// Produces nothing; its argument, if any, is shown.
    Nothing,
    /// Its first groups are not shown.
    Dropped(usize),
    /// Its argument is a quotation.
    Quoted,
    /// The first of its two arguments is shown.
    FirstOfTwo,
    /// Moves what follows; it may be followed by a length.
    Moved,
    /// Its argument is between two equal delimiters.
    Verbatim,
    /// Its argument is a citation key.
    Cited,
}

/// The role of a standard command or of one from a common package.
pub(super) fn role(name: &str) -> Option<Role> {
    use Role::*;
    Some(match name {
        "textasciitilde" | "sim" => Shown("~"),
        "textbackslash" | "backslash" => Shown("\\"),
        "textdollar" => Shown("$"),
        "textunderscore" => Shown("_"),
        "textasciicircum" => Shown("^"),
        "textbraceleft" => Shown("{"),
        "textbraceright" => Shown("}"),
        "nobreakspace" | "space" | "quad" | "qquad" | "enspace" | "thinspace" | "newline"
        | "par" | "newblock" | "linebreak" | "tab" => Shown(" "),
        "emdash" => Shown("—"),
        "endash" => Shown("–"),
        "item" => Shown("• "),
        "etal" => Shown("et al."),
        "rm" | "it" | "em" | "sl" | "bf" | "tt" | "sf" | "sc" | "cal" | "small"
        | "footnotesize" | "scriptsize" | "tiny" | "large" | "Large" | "normalsize" | "itshape"
        | "slshape" | "bfseries" | "ttfamily" | "sffamily" | "rmfamily" | "scshape" | "upshape"
        | "mdseries" | "normalfont" | "protect" | "relax" | "noindent" | "ignorespaces"
        | "unskip" | "xspace" | "allowbreak" | "break" | "nobreak" | "nolinebreak" | "null"
        | "leavevmode" | "bgroup" | "egroup" | "begingroup" | "endgroup" | "selectfont"
        | "boldmath" | "hfill" | "sloppy" | "raggedright" | "BibitemOpen" | "BibitemShut"
        | "hyp" | "bibstart" => Nothing,
        "noopsort" | "SortNoop" | "sortnoop" | "noop" | "index" | "label" | "vspace" | "hspace"
        | "hphantom" | "vphantom" | "phantom" | "color" | "begin" | "end" | "thanks"
        | "footnote" | "natexlab" | "fontsize" | "href" | "textcolor" | "colorbox" | "raisebox"
        | "scalebox" | "bibinfo" | "bibfield" | "parbox" | "foreignlanguage" | "selectlanguage"
        | "hyperlink" => Dropped(1),
        "enquote" | "mkbibquote" | "say" => Quoted,
        "texorpdfstring" => FirstOfTwo,
        "llap" | "rlap" | "smash" | "raise" | "lower" | "kern" | "mkern" | "hskip" | "vskip"
        | "moveleft" | "moveright" => Moved,
        "verb" | "path" => Verbatim,
        "cite" | "citep" | "citet" | "citealp" | "parencite" | "textcite" | "autocite"
        | "footcite" | "fullcite" | "nocite" | "citenum" => Cited,
        _ => return None,
    })
}

/// The text after an optional argument in brackets.
pub(super) fn without_options(text: &str) -> &str {
    let rest = text.strip_prefix('*').unwrap_or(text);
    let Some(inner) = rest.trim_start_matches(' ').strip_prefix('[') else {
        return text;
    };
    // The limit keeps this linear.
    let end = inner.bytes().take(200).position(|byte| byte == b']');
    end.map_or(text, |end| &inner[end + 1..])
}

/// The text after this many groups.
pub(super) fn without_groups(text: &str, groups: usize) -> &str {
    let mut rest = text;
    for _ in 0..groups {
        let behind = without_options(rest);
        let Some(inner) = behind.trim_start_matches(' ').strip_prefix('{') else {
            break;
        };
        rest = group(inner).1;
    }
    rest
}

/// The text after a length: `-.05em`, ` 0.5ex`.
pub(super) fn without_length(text: &str) -> &str {
    let number = text.trim_start_matches([' ', '=']);
    let number = number.trim_start_matches(['-', '+']);
    let unit = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    if unit.len() == number.len() {
        return text;
    }
    let unit = unit.trim_start_matches(' ');
    let behind = [
        "em", "ex", "pt", "pc", "mm", "cm", "in", "bp", "sp", "mu", "dd", "cc",
    ]
    .iter()
    .find_map(|name| unit.strip_prefix(name));
    behind.map_or(text, |rest| rest.trim_start_matches(' '))
}

/// The text between two equal delimiters, and the rest: `|a_b|`.
pub(super) fn verbatim(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix('*').unwrap_or(text);
    let sign = text.chars().next()?;
    if sign.is_alphanumeric() || sign.is_whitespace() || matches!(sign, '{' | '}' | '\\') {
        return None;
    }
    text[sign.len_utf8()..].split_once(sign)
}
