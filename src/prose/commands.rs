//! Commands: what TeX's commands for running text stand for.

use crate::text::{tex_accent, tex_letter, tex_symbol};

/// What a command does to the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    /// Stands for these characters.
    Characters(&'static str),
    /// Puts a combining mark on its argument.
    Accent(char),
    /// Emphasises its argument.
    Emphasis,
    /// Emphasises its argument strongly.
    Strong,
    /// Shows its argument as code.
    Code,
    /// Shows its argument as it is.
    Argument,
    /// Shows its argument in quotation marks.
    Quoted,
    /// Raises its argument.
    Raised,
    /// Lowers its argument.
    Lowered,
    /// Has that many arguments and shows the last one.
    LastOf(usize),
    /// Has that many arguments and shows the first one.
    FirstOf(usize),
    /// Has that many arguments and shows none.
    Dropped(usize),
    /// An address as argument.
    Url,
    /// An address and a text as arguments.
    Href,
    /// Keys into the bibliography, for a reader who can skip them.
    Cite,
    /// Keys into the bibliography as a part of the sentence.
    TextCite,
    /// A footnote.
    Footnote,
    /// Emphasises the rest of its group.
    EmphasisSwitch,
    /// Emphasises the rest of its group strongly.
    StrongSwitch,
    /// Shows the rest of its group as code.
    CodeSwitch,
    /// Changes nothing that is shown.
    Nothing,
    /// Ends a paragraph.
    Paragraph,
    /// Begins an environment.
    Begin,
    /// Ends an environment.
    End,
    /// Begins an item of a list.
    Item,
    /// A number or a quantity with its unit.
    Quantity,
    /// The name of the thing that the paper is about.
    OwnName,
}

/// The command with that name, where it is one of TeX's, of a common package's
/// or of authors' common habit.
pub(super) fn command(name: &str) -> Option<Command> {
    use Command::*;
    Some(match name {
        "emph" | "textit" | "textsl" | "itshape" | "Emph" => Emphasis,
        "textbf" | "textsb" => Strong,
        "texttt" | "path" | "lstinline" | "code" => Code,
        "textsc" | "textsf" | "textrm" | "textup" | "textmd" | "textnormal" | "text"
        | "underline" | "uline" | "uwave" | "sout" | "mbox" | "hbox" | "fbox" | "makebox"
        | "textln" | "gls" | "Gls" | "glspl" | "acs" | "ac" | "acf" | "acp" | "acl" | "smash"
        | "lowercase" | "uppercase" | "hl" | "textlf" | "ensuremath" | "mathop" | "section"
        | "subsection" | "paragraph" | "title" | "centerline" => Argument,
        "enquote" | "say" => Quoted,
        "textsuperscript" | "textsup" => Raised,
        "textsubscript" | "textsub" => Lowered,
        "textcolor" | "colorbox" | "hyperlink" | "scalebox" | "raisebox" | "hyperref"
        | "resizebox" | "parbox" => LastOf(2),
        "texorpdfstring" => FirstOf(2),
        "color" | "label" | "ref" | "eqref" | "autoref" | "cref" | "Cref" | "pageref"
        | "vspace" | "hspace" | "thanks" | "keywords" | "index" | "footnotemark"
        | "bibliography" | "bibliographystyle" | "includegraphics" | "input" | "vskip"
        | "hskip" | "setlength" | "phantom" | "hphantom" | "fontsize" => Dropped(1),
        "url" => Url,
        "href" => Href,
        "cite" | "citep" | "Citep" | "parencite" | "autocite" | "citealp" | "citenum"
        | "footcite" | "nocite" | "Cite" => Cite,
        "citet" | "Citet" | "textcite" | "citealt" | "citeauthor" | "citeyear" | "Citeauthor"
        | "newcite" | "shortcite" => TextCite,
        "footnote" | "footnotetext" => Footnote,
        "em" | "it" | "sl" => EmphasisSwitch,
        "bf" | "bfseries" | "boldmath" => StrongSwitch,
        "tt" | "ttfamily" => CodeSwitch,
        "rm" | "sf" | "sc" | "scshape" | "sffamily" | "rmfamily" | "upshape" | "mdseries"
        | "normalfont" | "small" | "footnotesize" | "scriptsize" | "tiny" | "large" | "Large"
        | "LARGE" | "huge" | "normalsize" | "cal" | "noindent" | "indent" | "xspace"
        | "protect" | "relax" | "centering" | "medskip" | "smallskip" | "bigskip" | "hfill"
        | "vfill" | "null" | "leavevmode" | "unskip" | "ignorespaces" | "noopsort"
        | "nolinebreak" | "allowbreak" | "clearpage" | "newpage" | "sloppy" | "nobreak" | "hyp"
        | "linebreak" | "displaystyle" | "textstyle" | "scriptstyle" | "maketitle" => Nothing,
        "par" | "paragraphbreak" => Paragraph,
        "begin" => Begin,
        "end" => End,
        "item" => Item,
        "SI" | "qty" | "num" | "si" | "unit" | "ang" => Quantity,
        "model" | "ourmodel" | "method" | "ourmethod" | "ours" | "name" | "mname"
        | "methodname" | "modelname" | "sysname" | "systemname" | "prjname" | "projectname"
        | "projname" | "system" | "sys" | "tool" | "toolname" | "ourtool" | "approach"
        | "ourapproach" | "papername" | "algname" | "algoname" | "datasetname" | "dataset"
        | "benchname" | "benchmark" | "frameworkname" | "framework" | "proj" | "thename"
        | "nameofmethod" | "methodName" | "modelName" | "ourname" | "OurMethod" | "oursystem"
        | "shortname" | "us" | "our" | "acronym" | "mymodel" | "mymethod" | "dsname" => OwnName,
        _ => {
            return tex_letter(name)
                .or_else(|| tex_symbol(name))
                .or_else(|| characters(name))
                .map(Characters)
                .or_else(|| tex_accent(name).map(Accent));
        }
    })
}

/// Commands that stand for characters.
fn characters(name: &str) -> Option<&'static str> {
    Some(match name {
        "textdollar" => "$",
        "textbackslash" => "\\",
        "textasciitilde" | "textasciitilda" => "~",
        "textasciicircum" => "^",
        "textunderscore" => "_",
        "textbraceleft" => "{",
        "textbraceright" => "}",
        "nobreakspace" | "space" | "quad" | "qquad" | "enspace" | "thinspace" | "newline"
        | "break" | "hrule" => " ",
        "romannumeral" => "",
        "ie" => "i.e.",
        "Ie" => "I.e.",
        "eg" => "e.g.",
        "Eg" => "E.g.",
        "aka" => "a.k.a.",
        "etc" => "etc.",
        "etal" => "et al.",
        "wrt" => "w.r.t.",
        "vs" => "vs.",
        "cf" => "cf.",
        "iid" => "i.i.d.",
        "viz" => "viz.",
        "dof" => "d.o.f.",
        _ => return None,
    })
}

/// A unit of the `siunitx` package, as its symbol.
pub(super) fn unit(name: &str) -> Option<&'static str> {
    Some(match name {
        "metre" | "meter" | "m" => "m",
        "kilo" => "k",
        "mega" => "M",
        "giga" => "G",
        "milli" => "m",
        "micro" => "μ",
        "nano" => "n",
        "centi" => "c",
        "gram" | "g" => "g",
        "kilogram" | "kg" => "kg",
        "second" | "s" => "s",
        "minute" => "min",
        "hour" => "h",
        "hertz" => "Hz",
        "newton" => "N",
        "watt" => "W",
        "volt" => "V",
        "ampere" => "A",
        "ohm" => "Ω",
        "pascal" => "Pa",
        "joule" => "J",
        "kelvin" => "K",
        "celsius" => "°C",
        "degree" | "deg" => "°",
        "percent" => "%",
        "per" => "/",
        "squared" => "²",
        "cubed" => "³",
        "byte" => "B",
        "bit" => "bit",
        "mm" => "mm",
        "cm" => "cm",
        "km" => "km",
        "ms" => "ms",
        _ => return None,
    })
}
