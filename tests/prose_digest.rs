//! Every piece of TeX and every damage in a real digest, with what a reader should
//! see instead; and what must not change.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests and examples may stop at the first surprise, and say so"
)]

use std::path::PathBuf;

use offprint::model::LinkKind;
use offprint::prose::{Options, read_abstract, read_title};

/// A fragment of the digest, and its reading.
struct Row {
    /// Whether it is part of a title, or else the title that belongs to it where
    /// that matters.
    of: Of,
    source: &'static str,
    html: &'static str,
    plain: &'static str,
}

enum Of {
    Title,
    Abstract,
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
const ROWS: &[Row] = &[
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
    row(Abstract, "(or ``N:M'') Sparsity", "(or “N:M”) Sparsity", "(or “N:M”) Sparsity"),
];

fn read_row(row: &Row) -> (String, String) {
    let options = Options::default();
    let reading = match row.of {
        Title => read_title(row.source, &options),
        Abstract => read_abstract(row.source, "", &options),
        AbstractTitled(title) => read_abstract(row.source, title, &options),
    };
    (reading.inline_html(), reading.plain())
}

#[test]
fn every_piece_of_tex_and_every_damage_reads_as_wanted() {
    for row in ROWS {
        let (html, plain) = read_row(row);
        assert_eq!(html, row.html, "{}", row.source);
        assert_eq!(plain, row.plain, "{}", row.source);
    }
}

/// What looks like damage and is none.
#[test]
fn prose_stays_as_it_is() {
    for text in [
        "long optimization times",
        "8 to 24 times faster than",
        "we simulate the sim and a sim of 3 robots",
        "with ~3x better throughput and ~0.6x memory",
        "a budget of $100K, or $5 and $10, or $5-$10",
        "an increase of 5.2%-21.8% in the Act.EM metric",
        "How to (re)warm your model? Use f(x) and class(es).",
        "upper- and lower-case, 2-4x, mid-to-long",
        "W2*A8 and W6A6 with snake_case_names and __init__",
        "the file my_model_v2.pt and the option --verbose",
        "Key.Net, Node.js and torch.nn.Module",
        "its iterations, items and itineraries",
        "a resolution of 1400x2000 or 1920x1080",
        "people's models' weights aren't \"open\"",
        "at 5' 10'' or 3 in. tall",
        "Q&A with AT&T, <EOS> and </s>, x < y > z",
        "see [12] and [1, 2], or [0, 1], or Pearl [1995]",
        "a set {1, 2, 3} of {A, B}",
        "models like C++, C# and F#; 50% off, #1",
        "the arrows keys, downstream, upright",
        "a * b, p < 0.05*, 3 * 4 * 5",
        "by 2%~3%, 25K~34K, 2X~5X and 8 fps~12 fps",
        "a speed (~ 300Hz) of 0.18 m/s~0.20 m/s",
        "a Guard ~>Action rule in ~O(n) at cs.unc.edu/~name",
        "the rate of max{p, n} and min{a, b}",
    ] {
        let reading = read_abstract(text, "", &Options::default());
        assert_eq!(reading.plain(), text);
        assert!(reading.repairs().is_empty(), "{text}");
        assert!(!reading.html().contains("<em>"), "{text}");
    }
}

/// The folder of the shared digests, or `None` where it is not required and not
/// there.
fn shared(path: &str) -> Option<String> {
    let root = std::env::var_os("OFFPRINT_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    match std::fs::read_to_string(root.join(path)) {
        Ok(text) => Some(text),
        Err(error) => {
            assert!(
                std::env::var("OFFPRINT_REQUIRE_SHARED").as_deref() != Ok("1"),
                "{path}: {error}"
            );
            println!("skipped: {path} is not here");
            None
        }
    }
}

/// Title and abstract of each paper.
fn digest() -> Option<Vec<(String, String)>> {
    let text = shared("digests/hf-papers-mar-14.txt")?;
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .skip_while(|line| *line != "Mar 14")
        .skip(1)
        .collect();
    let papers: Vec<_> = lines
        .chunks_exact(2)
        .map(|pair| (pair[0].to_owned(), pair[1].to_owned()))
        .collect();
    assert_eq!(papers.len(), 122);
    Some(papers)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_digest_changes_where_the_table_says_and_nowhere_else() {
    let Some(papers) = digest() else { return };
    let mut used = vec![false; ROWS.len()];
    for (title, text) in &papers {
        let options = Options::default();
        let readings = [
            (title, read_title(title, &options)),
            (text, read_abstract(text, title, &options)),
        ];
        for (source, reading) in readings {
            let mut want = one_line(source);
            for (row, used) in ROWS.iter().zip(&mut used) {
                if want.contains(row.source) {
                    *used = true;
                    want = want.replace(row.source, row.plain);
                    assert!(reading.inline_html().contains(row.html), "{}", row.source);
                }
            }
            assert_eq!(one_line(&reading.plain()), want);
        }
    }
    for (row, used) in ROWS.iter().zip(used) {
        assert!(used, "no paper has {}", row.source);
    }
}

#[test]
fn all_links_of_the_digest_are_found_and_classified() {
    let Some(papers) = digest() else { return };
    let mut links = Vec::new();
    for (title, text) in &papers {
        links.extend(read_abstract(text, title, &Options::default()).links());
    }
    assert_eq!(links.len(), 44);
    for (kind, path) in [
        (LinkKind::Project, "stdgen.github.io"),
        (LinkKind::Model, "huggingface.co/ControlLLM"),
        (
            LinkKind::Dataset,
            "huggingface.co/datasets/ServiceNow/repliqa",
        ),
        (LinkKind::Dataset, "huggingface.co/datasets/uonlp/CulturaX"),
        (LinkKind::Model, "huggingface.co/nvidia/NV-Embed-v1"),
        (LinkKind::Model, "huggingface.co/apple/OpenELM"),
        (LinkKind::Video, "rb.gy/ws1ile"),
        (LinkKind::Model, "huggingface.co/CofeAI/FLM-101B"),
        (
            LinkKind::Model,
            "huggingface.co/YiDuo1999/Llama-3-Physician-8B-Instruct",
        ),
        (LinkKind::Code, "aka.ms/LongMem"),
        (LinkKind::Code, "github.com/wbbeyourself/SCM4LLMs"),
    ] {
        let url = format!("https://{path}");
        assert!(
            links
                .iter()
                .any(|link| link.url == url && link.kind == kind),
            "{url}"
        );
    }
    let code = links
        .iter()
        .filter(|link| link.kind == LinkKind::Code)
        .count();
    assert_eq!(code, 35);
}
