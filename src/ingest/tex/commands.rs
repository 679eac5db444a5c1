//! Commands: what those of running text become in plain text.

use super::group;

/// What a command does to plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It stands for these characters.
    Shown(&'static str),
    /// It shows nothing; an argument it may have is shown.
    Nothing,
    /// Its first groups are not shown.
    Dropped(usize),
    /// Its argument is a quotation.
    Quoted,
    /// Of its two arguments the first is shown.
    FirstOfTwo,
    /// It moves what comes; a length may be behind it.
    Moved,
    /// Its argument stands between two equal signs.
    Verbatim,
    /// Its argument is a key of the bibliography.
    Cited,
}

/// The role of a command, where it is one of TeX's or of a common package's.
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

/// What is behind an option in brackets, where there is one.
pub(super) fn without_options(text: &str) -> &str {
    let rest = text.strip_prefix('*').unwrap_or(text);
    let Some(inner) = rest.trim_start_matches(' ').strip_prefix('[') else {
        return text;
    };
    // The bound keeps the reading linear.
    let end = inner.bytes().take(200).position(|byte| byte == b']');
    end.map_or(text, |end| &inner[end + 1..])
}

/// What is behind as many groups.
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

/// What is behind a length: `-.05em`, ` 0.5ex`.
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

/// The text between two equal signs, and what is behind: `|a_b|`.
pub(super) fn verbatim(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix('*').unwrap_or(text);
    let sign = text.chars().next()?;
    if sign.is_alphanumeric() || sign.is_whitespace() || matches!(sign, '{' | '}' | '\\') {
        return None;
    }
    text[sign.len_utf8()..].split_once(sign)
}
