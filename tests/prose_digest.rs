//! Every kind of TeX and damage in a real digest, with the expected reading, and
//! text that must not change.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "tests and examples may stop at the first surprise, and say so"
)]

use std::path::PathBuf;

use offprint::model::LinkKind;
use offprint::prose::{Options, read_abstract, read_title};

#[path = "support/prose_rows.rs"]
#[expect(
    unreachable_pub,
    reason = "the tests through the binary use it as well"
)]
mod prose_rows;

use prose_rows::Of::{Abstract, AbstractTitled, Title};
use prose_rows::{ROWS, Row, residue};

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
fn all_tex_and_damage_is_read_as_expected() {
    for row in ROWS {
        let (html, plain) = read_row(row);
        assert_eq!(html, row.html, "{}", row.source);
        assert_eq!(plain, row.plain, "{}", row.source);
    }
}

/// Text that looks damaged but is not.
#[test]
fn plain_prose_is_unchanged() {
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

/// A file of the shared digests, or `None` if it is missing and optional.
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
            // Bypass the test harness, which hides the output of passing tests.
            use std::io::Write as _;
            let _ = writeln!(std::io::stderr(), "skipped: {path} is not here");
            None
        }
    }
}

/// The title and abstract of each paper.
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
fn the_digest_changes_only_where_the_table_says() {
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

/// Every URL in the digest, in order, with the kind of link.
#[rustfmt::skip]
const LINKS: &[(LinkKind, &str)] = &[
    (LinkKind::Project, "https://stdgen.github.io"),
    (LinkKind::Code, "https://github.com/linkedin/ControlLLM"),
    (LinkKind::Model, "https://huggingface.co/ControlLLM"),
    (LinkKind::Code, "https://github.com/horseee/LLM-Pruner"),
    (LinkKind::Dataset, "https://huggingface.co/datasets/ServiceNow/repliqa"),
    (LinkKind::Code, "https://github.com/kriskrisliu/PAT_Pruning-Aware-Tuning"),
    (LinkKind::Code, "https://github.com/abilliyb/Knowledge_Injection_Survey_Papers"),
    (LinkKind::Code, "https://github.com/zyxxmu/DSnoT"),
    (LinkKind::Code, "https://github.com/OpenSparseLLMs/Linearization"),
    (LinkKind::Code, "https://github.com/WLiK/LLM4Rec"),
    (LinkKind::Code, "https://aka.ms/LongMem"),
    (LinkKind::Code, "https://github.com/VITA-Group/welore"),
    (LinkKind::Code, "https://github.com/stefan-m-lenz/UroLlmEval"),
    (LinkKind::Code, "https://github.com/caiyuxuan1120/LLaVA-KD"),
    (LinkKind::Code, "https://github.com/bytedance/HLLM"),
    (LinkKind::Code, "https://github.com/mit-han-lab/omniserve"),
    (LinkKind::Dataset, "https://huggingface.co/datasets/uonlp/CulturaX"),
    (LinkKind::Model, "https://huggingface.co/nvidia/NV-Embed-v1"),
    (LinkKind::Code, "https://github.com/wbbeyourself/SCM4LLMs"),
    (LinkKind::Code, "https://github.com/MLGroupJLU/MatrixNuclearNorm"),
    (LinkKind::Code, "https://github.com/open-compass/Ada-LEval"),
    (LinkKind::Code, "https://github.com/Xingrun-Xing2/EfficientLLM"),
    (LinkKind::Code, "https://github.com/apple/corenet"),
    (LinkKind::Model, "https://huggingface.co/apple/OpenELM"),
    (LinkKind::Code, "https://github.com/allen4747/Ferret"),
    (LinkKind::Code, "https://github.com/mightyzau/InfMLLM"),
    (LinkKind::Code, "https://github.com/Strivin0311/long-llms-learning"),
    (LinkKind::Code, "https://github.com/AILab-CVC/SEED-Bench"),
    (LinkKind::Code, "https://github.com/THUDM/LongBench"),
    (LinkKind::Code, "https://github.com/nlp-uoregon/ullme"),
    (LinkKind::Video, "https://rb.gy/ws1ile"),
    (LinkKind::Code, "https://github.com/tjunlp-lab/Awesome-LLMs-Evaluation-Papers"),
    (LinkKind::Code, "https://github.com/google-research/long-range-arena"),
    (LinkKind::Code, "https://github.com/ECOFRI/CXR_LLaVA"),
    (LinkKind::Model, "https://huggingface.co/CofeAI/FLM-101B"),
    (LinkKind::Code, "https://github.com/RulinShao/LightSeq"),
    (LinkKind::Code, "https://github.com/LAION-AI/AIW"),
    (LinkKind::Code, "https://github.com/MLGroupJLU/LLM-eval-survey"),
    (LinkKind::Code, "https://github.com/Imbernoulli/SURGE"),
    (LinkKind::Code, "https://github.com/Now-Join-Us/CIT-LLM-Routing"),
    (LinkKind::Code, "https://github.com/NVlabs/MaskLLM"),
    (LinkKind::Code, "https://github.com/LaVi-Lab/AIM"),
    (LinkKind::Code, "https://github.com/Pro-GenAI/LML-DAP"),
    (LinkKind::Model, "https://huggingface.co/YiDuo1999/Llama-3-Physician-8B-Instruct"),
];

#[test]
fn all_links_of_the_digest_are_found_and_classified() {
    assert_eq!(LINKS.len(), 44);
    let Some(papers) = digest() else { return };
    let mut found = Vec::new();
    let mut written = 0;
    for (title, text) in &papers {
        written += text.matches("://").count();
        let reading = read_abstract(text, title, &Options::default());
        for link in reading.links() {
            // It is kept where it is in the text.
            assert!(reading.plain().contains(&link.url), "{}", link.url);
            assert!(
                reading
                    .html()
                    .contains(&format!("<a href=\"{}\">", link.url)),
                "{}",
                link.url
            );
            found.push((link.kind, link.url));
        }
    }
    assert_eq!(written, 44);
    let wanted: Vec<(LinkKind, String)> = LINKS
        .iter()
        .map(|(kind, url)| (*kind, (*url).to_owned()))
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn every_row_leaves_a_trace_that_is_searched_for() {
    for row in ROWS {
        assert!(residue(row.source).is_some(), "{}", row.source);
        assert_eq!(residue(row.plain), None, "{}", row.plain);
    }
}
