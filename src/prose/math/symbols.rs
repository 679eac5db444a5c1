//! Symbols: the commands of TeX's math mode and the characters they stand for.

/// The character or characters that a command without argument stands for.
pub(crate) fn symbol(name: &str) -> Option<&'static str> {
    SYMBOLS
        .binary_search_by(|(known, _)| (*known).cmp(name))
        .ok()
        .map(|at| SYMBOLS[at].1)
}

/// Whether a command names a function that is set upright, such as `\log`.
pub(crate) fn is_function(name: &str) -> bool {
    matches!(
        name,
        "arccos"
            | "arcsin"
            | "arctan"
            | "arg"
            | "argmax"
            | "argmin"
            | "cos"
            | "cosh"
            | "cot"
            | "coth"
            | "csc"
            | "deg"
            | "det"
            | "dim"
            | "exp"
            | "gcd"
            | "hom"
            | "inf"
            | "ker"
            | "lg"
            | "lim"
            | "liminf"
            | "limsup"
            | "ln"
            | "log"
            | "max"
            | "min"
            | "Pr"
            | "sec"
            | "sin"
            | "sinh"
            | "sup"
            | "tan"
            | "tanh"
            | "poly"
            | "polylog"
            | "sgn"
            | "sign"
            | "tr"
            | "rank"
            | "diag"
    )
}

/// Whether a command structures a formula: it takes arguments, opens or closes
/// something, or only moves the pen.
pub(crate) fn is_structure(name: &str) -> bool {
    matches!(
        name,
        "frac"
            | "tfrac"
            | "dfrac"
            | "cfrac"
            | "binom"
            | "tbinom"
            | "dbinom"
            | "sqrt"
            | "left"
            | "right"
            | "middle"
            | "big"
            | "Big"
            | "bigg"
            | "Bigg"
            | "bigl"
            | "bigr"
            | "Bigl"
            | "Bigr"
            | "biggl"
            | "biggr"
            | "Biggl"
            | "Biggr"
            | "displaystyle"
            | "textstyle"
            | "scriptstyle"
            | "scriptscriptstyle"
            | "limits"
            | "nolimits"
            | "hat"
            | "widehat"
            | "tilde"
            | "widetilde"
            | "bar"
            | "overline"
            | "underline"
            | "vec"
            | "dot"
            | "ddot"
            | "dddot"
            | "breve"
            | "check"
            | "acute"
            | "grave"
            | "mathring"
            | "overrightarrow"
            | "underbrace"
            | "overbrace"
            | "underset"
            | "overset"
            | "stackrel"
            | "operatorname"
            | "mathop"
            | "mathbin"
            | "mathrel"
            | "mathord"
            | "mathopen"
            | "mathclose"
            | "substack"
            | "pmod"
            | "bmod"
            | "mod"
            | "choose"
            | "over"
            | "atop"
            | "phantom"
            | "xrightarrow"
            | "xleftarrow"
            | "not"
            | "boxed"
            | "ensuremath"
    )
}

/// Whether a command cannot stand without something behind it.
pub(crate) fn takes_argument(name: &str) -> bool {
    is_function(name)
        || font(name).is_some()
        || accent(name).is_some()
        || matches!(name, "frac" | "tfrac" | "dfrac" | "sqrt" | "binom")
}

/// Whether a command changes the font, or nothing at all, for what follows it.
pub(crate) fn is_switch(name: &str) -> bool {
    matches!(
        name,
        "bf" | "it"
            | "rm"
            | "sf"
            | "tt"
            | "cal"
            | "em"
            | "sc"
            | "sl"
            | "bfseries"
            | "itshape"
            | "mit"
            | "boldmath"
            | "label"
            | "nonumber"
            | "notag"
    )
}

/// Accents: the combining character that a command puts on its argument.
pub(crate) fn accent(name: &str) -> Option<char> {
    Some(match name {
        "hat" | "widehat" | "Hat" => '\u{302}',
        "tilde" | "widetilde" | "Tilde" => '\u{303}',
        "bar" | "overline" | "Bar" | "widebar" => '\u{304}',
        "vec" | "overrightarrow" => '\u{20d7}',
        "dot" => '\u{307}',
        "ddot" => '\u{308}',
        "check" => '\u{30c}',
        "breve" => '\u{306}',
        "acute" => '\u{301}',
        "grave" => '\u{300}',
        "mathring" => '\u{30a}',
        _ => return None,
    })
}

/// What a font command does to its argument in a line of Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Font {
    /// Letters with a double stroke; only the usual number sets have their own
    /// characters that every font has.
    Blackboard,
    /// Nothing that a line of text can show.
    Plain,
    /// The argument is text: its spaces count.
    Text,
}

/// The font that a command with one argument sets.
pub(crate) fn font(name: &str) -> Option<Font> {
    Some(match name {
        "mathbb" | "mathds" | "mathbbm" | "Bbb" => Font::Blackboard,
        "mathcal" | "mathscr" | "mathfrak" | "mathbf" | "mathrm" | "mathit" | "mathsf"
        | "mathtt" | "boldsymbol" | "bm" | "pmb" | "bold" | "mb" | "mc" | "vect" | "vct"
        | "mtx" | "operatorname" => Font::Plain,
        "text" | "textrm" | "textbf" | "textit" | "textsf" | "texttt" | "textsc" | "textnormal"
        | "mbox" | "hbox" | "emph" | "textup" | "textsl" => Font::Text,
        _ => return None,
    })
}

/// The double-struck letter, where it is one of the usual number sets or of the
/// letters for expectation and probability.
pub(crate) fn blackboard(letter: char) -> Option<char> {
    Some(match letter {
        'C' => 'ℂ',
        'E' => '𝔼',
        'F' => '𝔽',
        'H' => 'ℍ',
        'N' => 'ℕ',
        'P' => 'ℙ',
        'Q' => 'ℚ',
        'R' => 'ℝ',
        'S' => '𝕊',
        'Z' => 'ℤ',
        '1' => '𝟙',
        _ => return None,
    })
}

/// Sorted by name (by bytes), for the binary search; a test holds that.
pub(super) const SYMBOLS: &[(&str, &str)] = &[
    ("Bbbk", "𝕜"),
    ("Box", "□"),
    ("Cap", "⋒"),
    ("Coloneqq", "⩴"),
    ("Cup", "⋓"),
    ("Delta", "Δ"),
    ("Diamond", "◇"),
    ("Downarrow", "⇓"),
    ("Gamma", "Γ"),
    ("Im", "ℑ"),
    ("Join", "⋈"),
    ("Lambda", "Λ"),
    ("Leftarrow", "⇐"),
    ("Leftrightarrow", "⇔"),
    ("Longleftarrow", "⟸"),
    ("Longleftrightarrow", "⟺"),
    ("Longrightarrow", "⟹"),
    ("Omega", "Ω"),
    ("P", "¶"),
    ("Phi", "Φ"),
    ("Pi", "Π"),
    ("Psi", "Ψ"),
    ("Re", "ℜ"),
    ("Rightarrow", "⇒"),
    ("S", "§"),
    ("Sigma", "Σ"),
    ("Theta", "Θ"),
    ("Uparrow", "⇑"),
    ("Upsilon", "Υ"),
    ("Vdash", "⊩"),
    ("Vert", "‖"),
    ("Xi", "Ξ"),
    ("aleph", "ℵ"),
    ("alpha", "α"),
    ("angle", "∠"),
    ("approx", "≈"),
    ("approxeq", "≊"),
    ("ast", "∗"),
    ("asymp", "≍"),
    ("backslash", "\\"),
    ("because", "∵"),
    ("beta", "β"),
    ("beth", "ℶ"),
    ("bigcap", "⋂"),
    ("bigcup", "⋃"),
    ("bigoplus", "⨁"),
    ("bigotimes", "⨂"),
    ("bigstar", "★"),
    ("bigvee", "⋁"),
    ("bigwedge", "⋀"),
    ("blacksquare", "■"),
    ("bot", "⊥"),
    ("bowtie", "⋈"),
    ("boxplus", "⊞"),
    ("boxtimes", "⊠"),
    ("bullet", "•"),
    ("cap", "∩"),
    ("cdot", "·"),
    ("cdots", "⋯"),
    ("checkmark", "✓"),
    ("chi", "χ"),
    ("circ", "∘"),
    ("circlearrowleft", "↺"),
    ("circledast", "⊛"),
    ("clubsuit", "♣"),
    ("cmark", "✓"),
    ("colon", ":"),
    ("coloneqq", "≔"),
    ("complement", "∁"),
    ("cong", "≅"),
    ("coprod", "∐"),
    ("copyright", "©"),
    ("cup", "∪"),
    ("curvearrowright", "↷"),
    ("dag", "†"),
    ("dagger", "†"),
    ("dashv", "⊣"),
    ("ddagger", "‡"),
    ("ddots", "⋱"),
    ("degree", "°"),
    ("delta", "δ"),
    ("diamond", "⋄"),
    ("diamondsuit", "♢"),
    ("digamma", "ϝ"),
    ("div", "÷"),
    ("doteq", "≐"),
    ("dotplus", "∔"),
    ("dots", "…"),
    ("dotsb", "⋯"),
    ("dotsc", "…"),
    ("downarrow", "↓"),
    ("ell", "ℓ"),
    ("emptyset", "∅"),
    ("eps", "ϵ"),
    ("epsilon", "ϵ"),
    ("eqqcolon", "≕"),
    ("equiv", "≡"),
    ("eta", "η"),
    ("eth", "ð"),
    ("exists", "∃"),
    ("flat", "♭"),
    ("forall", "∀"),
    ("gamma", "γ"),
    ("ge", "≥"),
    ("geq", "≥"),
    ("geqslant", "⩾"),
    ("gets", "←"),
    ("gg", "≫"),
    ("ggg", "⋙"),
    ("gtrapprox", "⪆"),
    ("gtrsim", "≳"),
    ("hbar", "ℏ"),
    ("heartsuit", "♡"),
    ("hookleftarrow", "↩"),
    ("hookrightarrow", "↪"),
    ("iff", "⟺"),
    ("iint", "∬"),
    ("imath", "ı"),
    ("implies", "⟹"),
    ("in", "∈"),
    ("infty", "∞"),
    ("int", "∫"),
    ("iota", "ι"),
    ("jmath", "ȷ"),
    ("kappa", "κ"),
    ("lVert", "‖"),
    ("lambda", "λ"),
    ("land", "∧"),
    ("langle", "⟨"),
    ("lbrace", "{"),
    ("lbrack", "["),
    ("lceil", "⌈"),
    ("ldots", "…"),
    ("le", "≤"),
    ("leadsto", "⇝"),
    ("leftarrow", "←"),
    ("leftharpoonup", "↼"),
    ("leftrightarrow", "↔"),
    ("leq", "≤"),
    ("leqslant", "⩽"),
    ("lessapprox", "⪅"),
    ("lesssim", "≲"),
    ("lfloor", "⌊"),
    ("ll", "≪"),
    ("lll", "⋘"),
    ("lnot", "¬"),
    ("longleftarrow", "⟵"),
    ("longleftrightarrow", "⟷"),
    ("longmapsto", "⟼"),
    ("longrightarrow", "⟶"),
    ("lor", "∨"),
    ("ltimes", "⋉"),
    ("lvert", "|"),
    ("mapsto", "↦"),
    ("mho", "℧"),
    ("mid", "∣"),
    ("models", "⊨"),
    ("mp", "∓"),
    ("mu", "μ"),
    ("nabla", "∇"),
    ("natural", "♮"),
    ("ne", "≠"),
    ("nearrow", "↗"),
    ("neg", "¬"),
    ("neq", "≠"),
    ("nexists", "∄"),
    ("ngeq", "≱"),
    ("ni", "∋"),
    ("nleq", "≰"),
    ("nmid", "∤"),
    ("notin", "∉"),
    ("nsubseteq", "⊈"),
    ("nu", "ν"),
    ("nwarrow", "↖"),
    ("odot", "⊙"),
    ("oint", "∮"),
    ("omega", "ω"),
    ("ominus", "⊖"),
    ("oplus", "⊕"),
    ("oslash", "⊘"),
    ("otimes", "⊗"),
    ("parallel", "∥"),
    ("partial", "∂"),
    ("perp", "⊥"),
    ("phi", "ϕ"),
    ("pi", "π"),
    ("pm", "±"),
    ("pounds", "£"),
    ("prec", "≺"),
    ("preceq", "⪯"),
    ("prime", "′"),
    ("prod", "∏"),
    ("propto", "∝"),
    ("psi", "ψ"),
    ("qquad", "  "),
    ("quad", " "),
    ("rVert", "‖"),
    ("rangle", "⟩"),
    ("rbrace", "}"),
    ("rbrack", "]"),
    ("rceil", "⌉"),
    ("restriction", "↾"),
    ("rfloor", "⌋"),
    ("rho", "ρ"),
    ("rightarrow", "→"),
    ("rightharpoonup", "⇀"),
    ("rightleftharpoons", "⇌"),
    ("rightsquigarrow", "⇝"),
    ("rtimes", "⋊"),
    ("rvert", "|"),
    ("searrow", "↘"),
    ("setminus", "∖"),
    ("sharp", "♯"),
    ("sigma", "σ"),
    ("sim", "∼"),
    ("simeq", "≃"),
    ("spadesuit", "♠"),
    ("sqcap", "⊓"),
    ("sqcup", "⊔"),
    ("sqsubseteq", "⊑"),
    ("sqsupseteq", "⊒"),
    ("square", "□"),
    ("star", "⋆"),
    ("subset", "⊂"),
    ("subseteq", "⊆"),
    ("subsetneq", "⊊"),
    ("succ", "≻"),
    ("succeq", "⪰"),
    ("sum", "∑"),
    ("supset", "⊃"),
    ("supseteq", "⊇"),
    ("supsetneq", "⊋"),
    ("surd", "√"),
    ("swarrow", "↙"),
    ("tau", "τ"),
    ("therefore", "∴"),
    ("theta", "θ"),
    ("times", "×"),
    ("to", "→"),
    ("top", "⊤"),
    ("triangle", "△"),
    ("triangleleft", "◁"),
    ("trianglelefteq", "⊴"),
    ("triangleq", "≜"),
    ("triangleright", "▷"),
    ("twoheadrightarrow", "↠"),
    ("uparrow", "↑"),
    ("updownarrow", "↕"),
    ("upharpoonright", "↾"),
    ("uplus", "⊎"),
    ("upsilon", "υ"),
    ("vDash", "⊨"),
    ("vareps", "ε"),
    ("varepsilon", "ε"),
    ("varkappa", "ϰ"),
    ("varnothing", "∅"),
    ("varphi", "φ"),
    ("varpi", "ϖ"),
    ("varrho", "ϱ"),
    ("varsigma", "ς"),
    ("vartheta", "ϑ"),
    ("vdash", "⊢"),
    ("vdots", "⋮"),
    ("vee", "∨"),
    ("vert", "|"),
    ("wedge", "∧"),
    ("wp", "℘"),
    ("xi", "ξ"),
    ("xmark", "✗"),
    ("zeta", "ζ"),
];
