//! Every kind of TeX and damage in a real digest, in fragments of a few words, with
//! the expected reading.

/// A fragment of the digest and its reading.
pub struct Row {
    /// Whether it is from a title or an abstract.
    pub of: Of,
    /// As in the digest.
    pub source: &'static str,
    /// As HTML.
    pub html: &'static str,
    /// As plain text.
    pub plain: &'static str,
}

/// Where a fragment is from.
pub enum Of {
    /// A title.
    Title,
    /// An abstract.
    Abstract,
    /// An abstract whose title affects the reading.
    AbstractTitled(&'static str),
}

const fn row(of: Of, source: &'static str, html: &'static str, plain: &'static str) -> Row {
    Row {
        of,
        source,
        html,
        plain,
    }
}

use Of::{Abstract, AbstractTitled, Title};

#[rustfmt::skip]
/// The table.
pub const ROWS: &[Row] = &[
    row(Abstract, r#"at a 50\% compression rate"#, "at a 50% compression rate", "at a 50% compression rate"),
    row(Abstract, r#"usage by 52.6\%."#, "usage by 52.6%.", "usage by 52.6%."),
    row(Abstract, r#"with a 25\% pruning"#, "with a 25% pruning", "with a 25% pruning"),
    row(Abstract, "1.33times speedup", "1.33× speedup", "1.33× speedup"),
    row(Abstract, r#"up to 1.26\% in"#, "up to 1.26% in", "up to 1.26% in"),
    row(Abstract, "(EnglishrightarrowEnglish)", "(English→English)", "(English→English)"),
    row(Abstract, "(EnglishrightarrowGerman)", "(English→German)", "(English→German)"),
    row(Abstract, r#"recovers 93\% of"#, "recovers 93% of", "recovers 93% of"),
    row(Abstract, r#"at 0.02\% pre-training"#, "at 0.02% pre-training", "at 0.02% pre-training"),
    row(Abstract, "`what to align with'", "‘what to align with’", "‘what to align with’"),
    row(Title, "Values -- A Survey", "Values – A Survey", "Values – A Survey"),
    row(Abstract, "several works [ASA+22,GTLV22,ONR+22] have studied", "several works have studied", "several works have studied"),
    row(Abstract, "formulation min_x| Ax - b |_2, which", r#"formulation <math><semantics><mrow><munder><mo movablelimits="true" lspace="0" rspace="0.1667em">min</mo><mi>x</mi></munder><mo stretchy="false" lspace="0" rspace="0">|</mo><mi>A</mi><mi>x</mi><mo>−</mo><mi>b</mi><msub><mo stretchy="false" lspace="0" rspace="0">|</mo><mn>2</mn></msub></mrow><annotation encoding="application/x-tex">\min_x| Ax - b |_2</annotation></semantics></math>, which"#, "formulation minₓ |Ax − b|₂, which"),
    row(Abstract, "formulation min_{x} | langle exp(Ax), {bf 1}_n rangle^{-1} exp(Ax) - b |_2 of", r#"formulation <math><semantics><mrow><munder><mo movablelimits="true" lspace="0" rspace="0.1667em">min</mo><mi>x</mi></munder><mo stretchy="false" lspace="0" rspace="0">|</mo><mo stretchy="false">⟨</mo><mo lspace="0" rspace="0">exp</mo><mo stretchy="false">(</mo><mi>A</mi><mi>x</mi><mo stretchy="false">)</mo><mo>,</mo><msub><mi>𝟏</mi><mi>n</mi></msub><msup><mo stretchy="false">⟩</mo><mrow><mo lspace="0" rspace="0">−</mo><mn>1</mn></mrow></msup><mo lspace="0.1667em" rspace="0">exp</mo><mo stretchy="false">(</mo><mi>A</mi><mi>x</mi><mo stretchy="false">)</mo><mo>−</mo><mi>b</mi><msub><mo stretchy="false" lspace="0" rspace="0">|</mo><mn>2</mn></msub></mrow><annotation encoding="application/x-tex">\min_{x} | \langle \exp(Ax), {\bf 1}_n \rangle^{-1} \exp(Ax) - b |_2</annotation></semantics></math> of"#, "formulation minₓ |⟨exp(Ax), 1ₙ⟩⁻¹ exp(Ax) − b|₂ of"),
    row(Abstract, "on a ell_2 regression", r#"on a <math><semantics><mrow><msub><mi>ℓ</mi><mn>2</mn></msub></mrow><annotation encoding="application/x-tex">\ell_2</annotation></semantics></math> regression"#, "on a ℓ₂ regression"),
    row(Abstract, r#"finetuning a 50\% compressed"#, "finetuning a 50% compressed", "finetuning a 50% compressed"),
    row(Title, "Less -- Implementing", "Less – Implementing", "Less – Implementing"),
    row(Title, "Germany? -- An evaluation", "Germany? – An evaluation", "Germany? – An evaluation"),
    row(Abstract, "different sizes , i.e., 7", "different sizes, i.e., 7", "different sizes, i.e., 7"),
    row(Abstract, r#"documents.~Working in progress.\url{https://github.com/wbbeyourself/SCM4LLMs}"#, r#"documents. Working in progress. <a href="https://github.com/wbbeyourself/SCM4LLMs">https://github.com/wbbeyourself/SCM4LLMs</a>"#, "documents. Working in progress. https://github.com/wbbeyourself/SCM4LLMs"),
    row(Abstract, "classifiers, us-ing LLMs", "classifiers, using LLMs", "classifiers, using LLMs"),
    row(Abstract, "that employ-ing data", "that employing data", "that employing data"),
    row(Abstract, "update -- a draining task", "update – a draining task", "update – a draining task"),
    row(Abstract, "negative flips -- previously correct", "negative flips – previously correct", "negative flips – previously correct"),
    row(Abstract, "negative flips -- instances where", "negative flips – instances where", "negative flips – instances where"),
    row(Abstract, "incorrect -- by up", "incorrect – by up", "incorrect – by up"),
    row(Title, "SWIFT:A Scalable", "SWIFT: A Scalable", "SWIFT: A Scalable"),
    row(Abstract, r#"achieving 100\% accuracy"#, "achieving 100% accuracy", "achieving 100% accuracy"),
    row(Abstract, "these methods.In response", "these methods. In response", "these methods. In response"),
    row(Abstract, r#"their \( O(n^3) \) time"#, r#"their <math><semantics><mrow><mi>O</mi><mo stretchy="false">(</mo><msup><mi>n</mi><mn>3</mn></msup><mo stretchy="false">)</mo></mrow><annotation encoding="application/x-tex">O(n^3)</annotation></semantics></math> time"#, "their O(n³) time"),
    row(Abstract, r#"the \( L_{1,2}-norm \) to"#, r#"the <math><semantics><mrow><msub><mi>L</mi><mrow><mn>1</mn><mo rspace="0">,</mo><mn>2</mn></mrow></msub><mtext>-norm</mtext></mrow><annotation encoding="application/x-tex">L_{1,2}-norm</annotation></semantics></math> to"#, "the L₁,₂-norm to"),
    row(Abstract, r#"to \( O(n^2) \) and"#, r#"to <math><semantics><mrow><mi>O</mi><mo stretchy="false">(</mo><msup><mi>n</mi><mn>2</mn></msup><mo stretchy="false">)</mo></mrow><annotation encoding="application/x-tex">O(n^2)</annotation></semantics></math> and"#, "to O(n²) and"),
    row(Abstract, r#"(\aka the number"#, "(a.k.a. the number", "(a.k.a. the number"),
    row(AbstractTitled("PanGu-π: x"), "namely, PanGu-pi. Experiments", "namely, PanGu-π. Experiments", "namely, PanGu-π. Experiments"),
    row(AbstractTitled("PanGu-π: x"), "compare PanGu-pi with", "compare PanGu-π with", "compare PanGu-π with"),
    row(AbstractTitled("PanGu-π: x"), "that PanGu-pi-7B can", "that PanGu-π-7B can", "that PanGu-π-7B can"),
    row(Abstract, r#"about 10\% inference"#, "about 10% inference", "about 10% inference"),
    row(AbstractTitled("PanGu-π: x"), "and PanGu-pi-1B can", "and PanGu-π-1B can", "and PanGu-π-1B can"),
    row(AbstractTitled("PanGu-π: x"), "deployed PanGu-pi-7B in", "deployed PanGu-π-7B in", "deployed PanGu-π-7B in"),
    row(Abstract, "100M sim 1B parameters", "100M ∼ 1B parameters", "100M ∼ 1B parameters"),
    row(Abstract, "requiring 2times fewer", "requiring 2× fewer", "requiring 2× fewer"),
    row(AbstractTitled("OpenELM: x"), r#"Additionally, \model models can"#, "Additionally, OpenELM models can", "Additionally, OpenELM models can"),
    row(Abstract, "precision(e.g., W6A6", "precision (e.g., W6A6", "precision (e.g., W6A6"),
    row(Abstract, "(2.17downarrow vs 9.76", "(2.17↓ vs 9.76", "(2.17↓ vs 9.76"),
    row(Abstract, "realized 1.6times acceleration", "realized 1.6× acceleration", "realized 1.6× acceleration"),
    row(Abstract, "and 2.7times memory", "and 2.7× memory", "and 2.7× memory"),
    row(Abstract, "to 48times faster", "to 48× faster", "to 48× faster"),
    row(Abstract, "and 2.2times faster", "and 2.2× faster", "and 2.2× faster"),
    row(Abstract, "from L_0 to L_4 based", r#"from <math><semantics><mrow><msub><mi>L</mi><mn>0</mn></msub></mrow><annotation encoding="application/x-tex">L_0</annotation></semantics></math> to <math><semantics><mrow><msub><mi>L</mi><mn>4</mn></msub></mrow><annotation encoding="application/x-tex">L_4</annotation></semantics></math> based"#, "from L₀ to L₄ based"),
    row(Abstract, "by 15.81times (16.95times), while", "by 15.81× (16.95×), while", "by 15.81× (16.95×), while"),
    row(Abstract, "knowledge -- relevant knowledge", "knowledge – relevant knowledge", "knowledge – relevant knowledge"),
    row(Abstract, "mapping, itrule understanding", "mapping, <em>rule</em> understanding", "mapping, rule understanding"),
    row(Abstract, "models, eg GPT-3 and", "models, e.g. GPT-3 and", "models, e.g. GPT-3 and"),
    row(Abstract, "scratchx2013even for", "scratch–even for", "scratch–even for"),
    row(Abstract, "novel theory, ``Weight Guide'' aimed", "novel theory, “Weight Guide” aimed", "novel theory, “Weight Guide” aimed"),
    row(Abstract, r#"by 5.84\% and 1.96\%."#, "by 5.84% and 1.96%.", "by 5.84% and 1.96%."),
    row(Abstract, "minimize the L_2 distance", r#"minimize the <math><semantics><mrow><msub><mi>L</mi><mn>2</mn></msub></mrow><annotation encoding="application/x-tex">L_2</annotation></semantics></math> distance"#, "minimize the L₂ distance"),
    row(Abstract, "reduce the L_2 distance", r#"reduce the <math><semantics><mrow><msub><mi>L</mi><mn>2</mn></msub></mrow><annotation encoding="application/x-tex">L_2</annotation></semantics></math> distance"#, "reduce the L₂ distance"),
    row(AbstractTitled("eDKM: x"), r#"that \prjname can fine-tune"#, "that eDKM can fine-tune", "that eDKM can fine-tune"),
    row(Abstract, "by 130times, while", "by 130×, while", "by 130×, while"),
    row(Abstract, "the `where' and `how' questions", "the ‘where’ and ‘how’ questions", "the ‘where’ and ‘how’ questions"),
    row(Abstract, r#"First, "windowing'" strategically"#, r#"First, "windowing" strategically"#, r#"First, "windowing" strategically"#),
    row(Abstract, "of ``capacity density'' as", "of “capacity density” as", "of “capacity density” as"),
    row(Abstract, "(the densing law)that the", "(the densing law) that the", "(the densing law) that the"),
    row(Abstract, "public datasets ( https://huggingface.co/ControlLLM)", r#"public datasets (<a href="https://huggingface.co/ControlLLM">https://huggingface.co/ControlLLM</a>)"#, "public datasets (https://huggingface.co/ControlLLM)"),
    row(Abstract, "(or ``N:M'') Sparsity", "(or “N:M”) Sparsity", "(or “N:M”) Sparsity"),
];

/// Traces of TeX and damage that was not handled. Readers must never see any.
#[rustfmt::skip]
const RESIDUE: &[&str] = &[
    "\\%", "\\aka", "\\model", "\\prjname", "\\url", "\\(", "\\)", "prjname", "downarrow", "rightarrow",
    "PanGu-pi", "x2013", "us-ing", "employ-ing", "itrule", "windowing'", "``", "''", "`what", "`where", "`how",
    " -- ", "ell_2", "L_2", "L_0", "L_4", "_{1,2}", "min_", "langle", "{bf", "|_2", "sim 1B", ".~", "methods.In",
    "precision(e", "law)that", "sizes ,", "SWIFT:A", "ASA+22", "GTLV22", ", eg ", "datasets ( ", "^3)", "^2)", "^{-1}",
];

/// The first trace in a text, if any.
pub fn residue(text: &str) -> Option<&'static str> {
    let times = text
        .match_indices("times")
        .any(|(at, _)| text[..at].ends_with(|c: char| c.is_ascii_digit()));
    if times {
        return Some("a number with times");
    }
    RESIDUE
        .iter()
        .copied()
        .find(|residue| text.contains(residue))
}
