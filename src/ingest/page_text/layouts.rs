//! Tests on real papers, put into pages of many layouts: what goes in must come
//! out again.

use std::collections::BTreeMap;

use super::super::{Format, Reading, Request, read};

/// A paper as a page shows it.
#[derive(Debug, Clone)]
struct Paper {
    title: String,
    authors: Vec<String>,
    text: Vec<String>,
}

fn normal(text: &str) -> String {
    crate::text::clean_line(text)
}

/// Papers of the shared corpus, or `None` where it is not there.
fn papers(from: usize, most: usize) -> Option<Vec<Paper>> {
    let shared = std::env::var("OFFPRINT_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned());
    let path = std::path::Path::new(&shared).join("corpora/papers-1k.jsonl");
    let Ok(text) = std::fs::read_to_string(&path) else {
        assert!(
            std::env::var("OFFPRINT_REQUIRE_SHARED").as_deref() != Ok("1"),
            "{} is missing",
            path.display()
        );
        // Past the harness, which shows what a test prints only where it fails.
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "skipped: the shared corpus is not there");
        return None;
    };
    let columns = BTreeMap::new();
    let reading = read(&Request {
        name: "papers-1k.jsonl",
        bytes: text.as_bytes(),
        format: Some(Format::Jsonl),
        date: None,
        earlier: None,
        columns: &columns,
    });
    let all = reading.records.into_iter().skip(from).take(most);
    Some(
        all.map(|record| Paper {
            title: record.title,
            authors: record.authors.into_iter().map(|a| a.name).collect(),
            text: record
                .abstract_text
                .split("\n\n")
                .map(normal)
                .filter(|p| !p.is_empty())
                .collect(),
        })
        .collect(),
    )
}

fn wrap(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    for word in text.split(' ') {
        let word_length = word.chars().count();
        if length > 0 && length + 1 + word_length > width {
            out.push('\n');
            length = 0;
        } else if length > 0 {
            out.push(' ');
            length += 1;
        }
        out.push_str(word);
        length += word_length;
    }
    out
}

/// Splits an abstract of one paragraph into several at sentence ends.
fn split(text: &str) -> Vec<String> {
    let sentences = crate::text::sentences(text);
    sentences
        .chunks(2)
        .map(|pair| text[pair[0].start..pair[pair.len() - 1].end].to_owned())
        .collect()
}

type Layout = (&'static str, fn(&[Paper]) -> String, Expect);

/// What of the papers a page shows.
#[derive(Clone, Copy, PartialEq)]
enum Expect {
    Abstracts,
    Titles,
    Split,
    AllButFifth,
}

fn each(papers: &[Paper], mut f: impl FnMut(usize, &Paper) -> String) -> String {
    papers.iter().enumerate().map(|(n, p)| f(n, p)).collect()
}

const HEAD: &str = "new\n\nSubscribe\n\nbyAK and the research community\n\nMar 14\n\n";

const LAYOUTS: &[Layout] = &[
    (
        "blank lines",
        |p| HEAD.to_owned() + &each(p, |_, p| format!("{}\n\n{}\n\n", p.title, p.text.join(" "))),
        Expect::Abstracts,
    ),
    (
        "no blank lines",
        |p| each(p, |_, p| format!("{}\n{}\n", p.title, p.text.join(" "))),
        Expect::Abstracts,
    ),
    (
        "groups",
        |p| each(p, |_, p| format!("{}\n{}\n\n", p.title, p.text.join(" "))),
        Expect::Abstracts,
    ),
    (
        "many blank lines",
        |p| {
            each(p, |n, p| {
                format!(
                    "{}{}{}\n\n\n",
                    p.title,
                    "\n".repeat(n % 5 + 1),
                    p.text.join(" ")
                )
            })
        },
        Expect::Abstracts,
    ),
    (
        "authors, groups",
        |p| {
            each(p, |_, p| {
                format!(
                    "{}\n{}\n{}\n\n",
                    p.title,
                    p.authors.join(", "),
                    p.text.join(" ")
                )
            })
        },
        Expect::Abstracts,
    ),
    (
        "authors, blank lines",
        |p| {
            each(p, |_, p| {
                format!(
                    "{}\n\n{}\n\n{}\n\n",
                    p.title,
                    p.authors.join(", "),
                    p.text.join(" ")
                )
            })
        },
        Expect::Abstracts,
    ),
    (
        "authors, no blank lines",
        |p| {
            each(p, |_, p| {
                format!(
                    "{}\n{}\n{}\n",
                    p.title,
                    p.authors.join(", "),
                    p.text.join(" ")
                )
            })
        },
        Expect::Abstracts,
    ),
    (
        "authors and, semicolons",
        |p| {
            each(p, |_, p| {
                format!(
                    "{}\n\n{}\n\n{}\n\n",
                    p.title,
                    p.authors.join("; "),
                    p.text.join(" ")
                )
            })
        },
        Expect::Abstracts,
    ),
    (
        "numbers",
        |p| {
            each(p, |n, p| {
                format!("{}. {}\n{}\n\n", n + 1, p.title, p.text.join(" "))
            })
        },
        Expect::Abstracts,
    ),
    (
        "numbers alone",
        |p| {
            each(p, |n, p| {
                format!("{}.\n{}\n{}\n\n", n + 1, p.title, p.text.join(" "))
            })
        },
        Expect::Abstracts,
    ),
    (
        "brackets, authors",
        |p| {
            each(p, |n, p| {
                format!(
                    "[{}] {}\n\n{}\n\n{}\n\n",
                    n + 1,
                    p.title,
                    p.authors.join(", "),
                    p.text.join(" ")
                )
            })
        },
        Expect::Abstracts,
    ),
    (
        "hash",
        |p| {
            each(p, |n, p| {
                format!("#{} {}\n{}\n", n + 1, p.title, p.text.join(" "))
            })
        },
        Expect::Abstracts,
    ),
    (
        "wrapped 72, blank lines",
        |p| {
            each(p, |_, p| {
                format!(
                    "{}\n\n{}\n\n",
                    wrap(&p.title, 72),
                    wrap(&p.text.join(" "), 72)
                )
            })
        },
        Expect::Abstracts,
    ),
    (
        "wrapped 80, no blank lines",
        |p| {
            each(p, |_, p| {
                format!("{}\n{}\n", wrap(&p.title, 80), wrap(&p.text.join(" "), 80))
            })
        },
        Expect::Abstracts,
    ),
    (
        "wrapped 66, groups",
        |p| {
            each(p, |_, p| {
                format!(
                    "{}\n{}\n\n",
                    wrap(&p.title, 66),
                    wrap(&p.text.join(" "), 66)
                )
            })
        },
        Expect::Abstracts,
    ),
    (
        "wrapped 100, no blank lines",
        |p| {
            each(p, |_, p| {
                format!(
                    "{}\n{}\n",
                    wrap(&p.title, 100),
                    wrap(&p.text.join(" "), 100)
                )
            })
        },
        Expect::Abstracts,
    ),
    (
        "wrapped 76, authors, groups",
        |p| {
            each(p, |_, p| {
                format!(
                    "{}\n{}\n{}\n\n",
                    wrap(&p.title, 76),
                    wrap(&p.authors.join(", "), 76),
                    wrap(&p.text.join(" "), 76)
                )
            })
        },
        Expect::Abstracts,
    ),
    (
        "wrapped 76, authors, blank lines",
        |p| {
            each(p, |_, p| {
                format!(
                    "{}\n\n{}\n\n{}\n\n",
                    wrap(&p.title, 76),
                    wrap(&p.authors.join(", "), 76),
                    wrap(&p.text.join(" "), 76)
                )
            })
        },
        Expect::Abstracts,
    ),
    (
        "wrapped 72, double",
        |p| {
            each(p, |_, p| {
                format!(
                    "{}\n\n{}\n\n\n",
                    wrap(&p.title, 72).replace('\n', "\n\n"),
                    wrap(&p.text.join(" "), 72).replace('\n', "\n\n")
                )
            })
        },
        Expect::Abstracts,
    ),
    (
        "titles, lines",
        |p| each(p, |_, p| format!("{}\n", p.title)),
        Expect::Titles,
    ),
    (
        "titles, blank lines",
        |p| HEAD.to_owned() + &each(p, |_, p| format!("{}\n\n", p.title)),
        Expect::Titles,
    ),
    (
        "titles, dashes",
        |p| "Reading group\n\n".to_owned() + &each(p, |_, p| format!("- {}\n", p.title)),
        Expect::Titles,
    ),
    (
        "titles, bullets",
        |p| each(p, |_, p| format!("• {}\n", p.title)),
        Expect::Titles,
    ),
    (
        "titles, numbers",
        |p| each(p, |n, p| format!("{}) {}\n", n + 1, p.title)),
        Expect::Titles,
    ),
    (
        "titles, authors, groups",
        |p| {
            each(p, |_, p| {
                format!("{}\n{}\n\n", p.title, p.authors.join(", "))
            })
        },
        Expect::Titles,
    ),
    (
        "titles, authors, lines",
        |p| each(p, |_, p| format!("{}\n{}\n", p.title, p.authors.join(", "))),
        Expect::Titles,
    ),
    (
        "cards",
        |p| {
            "Daily Papers\n\nbyAK and the research community\n\nMar 14\n\n".to_owned()
                + &each(p, |n, p| {
                    format!(
                        "Submitted by\n\nuser{n}\n\n{}\n\n{}\n\n·\n{} authors\n\n{}\n\n",
                        n * 3 + 1,
                        p.title,
                        n % 7 + 1,
                        n % 4 + 2
                    )
                })
        },
        Expect::Titles,
    ),
    (
        "cards, lines",
        |p| {
            "Models\nDatasets\nDaily Papers\nby AK and the research community\nMar 14\n".to_owned()
                + &each(p, |n, p| {
                    format!(
                        "Upvote\n{}\nSubmitted by\nuser{n}\n{}\n·\n{} authors\n{}\n",
                        n * 3 + 1,
                        p.title,
                        n % 7 + 1,
                        n % 4 + 2
                    )
                })
        },
        Expect::Titles,
    ),
    (
        "markdown",
        |p| {
            "# Weekly reading\n\n".to_owned()
                + &each(p, |n, p| {
                    format!(
                        "{}. **[{}](https://arxiv.org/abs/2503.{:05})**\n   *{}*\n\n   {}\n\n",
                        n + 1,
                        p.title,
                        n + 10_000,
                        p.authors.join(", "),
                        p.text.join(" ")
                    )
                })
        },
        Expect::Abstracts,
    ),
    (
        "markdown headings",
        |p| {
            each(p, |_, p| {
                format!(
                    "## {}\n\n**Authors:** {}\n\n**Abstract:** {}\n\n",
                    p.title,
                    p.authors.join(", "),
                    p.text.join(" ")
                )
            })
        },
        Expect::Abstracts,
    ),
    (
        "cards, glued",
        |p| {
            "Daily Papers\n\nMar 14\n\n".to_owned()
                + &each(p, |n, p| {
                    format!(
                        "Submitted byuser{n}\n\n{}\n\n{}\nMeta AI\n· {} authors\n\n",
                        n * 3 + 1,
                        p.title,
                        n % 7 + 1
                    )
                })
        },
        Expect::Titles,
    ),
    (
        "labels",
        |p| {
            each(p, |_, p| {
                format!(
                    "Title: {}\nAuthors: {}\nAbstract: {}\n\n",
                    p.title,
                    p.authors.join(", "),
                    p.text.join(" ")
                )
            })
        },
        Expect::Abstracts,
    ),
    (
        "listing",
        |p| {
            "Computer Science > Machine Learning\nNew submissions for Friday, 14 March 2025\nTotal of 45 entries\n".to_owned() + &each(p, |n, p| format!("[{}] arXiv:2503.{:05} [pdf, html, other]\nTitle: {}\n{}\nComments: 10 pages\nSubjects: Machine Learning (cs.LG); Artificial Intelligence (cs.AI)\n{}\n", n + 1, n + 10_000, p.title, p.authors.join(", "), p.text.join(" ")))
        },
        Expect::Abstracts,
    ),
    (
        "search results",
        |p| {
            each(p, |n, p| {
                format!(
                    "{}. arXiv:2503.{:05} [pdf, other] cs.LG cs.AI\n{}\nAuthors: {}\nAbstract: {} ▽ More\nSubmitted 13 March, 2025; originally announced March 2025.\nComments: 10 pages\n",
                    n + 1,
                    n + 10_000,
                    p.title,
                    p.authors.join(", "),
                    p.text.join(" ")
                )
            })
        },
        Expect::Abstracts,
    ),
    (
        "votes after",
        |p| {
            each(p, |n, p| {
                format!("{}\n\n▲ {}\n\n{}\n\n", p.title, n + 1, p.text.join(" "))
            })
        },
        Expect::Abstracts,
    ),
    (
        "votes before",
        |p| {
            HEAD.to_owned()
                + &each(p, |n, p| {
                    format!("{}\n\n{}\n\n{}\n\n", n + 1, p.title, p.text.join(" "))
                })
        },
        Expect::Abstracts,
    ),
    (
        "review list",
        |p| {
            each(p, |_, p| {
                format!(
                    "{}\n{}\nPublished: 22 Jan 2025, Last Modified: 11 Feb 2025\nICLR 2025 Poster\nReaders: Everyone\nKeywords: graphs, learning\nTL;DR: We do it.\nAbstract: {}\n\n",
                    p.title,
                    p.authors.join(", "),
                    p.text.join(" ")
                )
            })
        },
        Expect::Abstracts,
    ),
    (
        "several paragraphs",
        |p| {
            each(p, |_, p| {
                format!(
                    "{}\n\n{}\n\n",
                    p.title,
                    split(&p.text.join(" ")).join("\n\n")
                )
            })
        },
        Expect::Split,
    ),
    (
        "several paragraphs, lines",
        |p| {
            each(p, |_, p| {
                format!("{}\n{}\n", p.title, split(&p.text.join(" ")).join("\n"))
            })
        },
        Expect::Split,
    ),
    (
        "some without abstract",
        |p| {
            each(p, |n, p| {
                if n % 5 == 4 {
                    format!("{}\n\n", p.title)
                } else {
                    format!("{}\n\n{}\n\n", p.title, p.text.join(" "))
                }
            })
        },
        Expect::AllButFifth,
    ),
    (
        "some without abstract, lines",
        |p| {
            each(p, |n, p| {
                if n % 5 == 4 {
                    format!("{}\n", p.title)
                } else {
                    format!("{}\n{}\n", p.title, p.text.join(" "))
                }
            })
        },
        Expect::AllButFifth,
    ),
    (
        "addresses",
        |p| {
            each(p, |n, p| {
                format!(
                    "{}\n\nhttps://arxiv.org/abs/2503.{:05}\n\n{}\n\n",
                    p.title,
                    n + 10_000,
                    p.text.join(" ")
                )
            })
        },
        Expect::Abstracts,
    ),
    (
        "menus",
        |p| {
            "Hugging Face\nModels\nDatasets\nSpaces\nDocs\nPricing\nLog In\nSign Up\nDaily Papers\nMar 14\n".to_owned() + &each(p, |_, p| format!("{}\n\n{}\n\n", p.title, p.text.join(" "))) + "Previous\n1\n2\n3\nNext\nCompany\nTOS\nPrivacy\nAbout\nJobs\n© 2025 The Page\n"
        },
        Expect::Abstracts,
    ),
];

fn reading(page: &str) -> Reading {
    let columns = BTreeMap::new();
    read(&Request {
        name: "2025-03-14.txt",
        bytes: page.as_bytes(),
        format: Some(Format::PageText),
        date: None,
        earlier: None,
        columns: &columns,
    })
}

#[test]
fn papers_come_out_of_every_layout_as_they_went_in() {
    let count = std::env::var("LAYOUT_N")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(100);
    let show = std::env::var("LAYOUT").ok();
    let Some(all) = papers(0, 1000) else { return };
    for (name, render, expect) in LAYOUTS {
        let (mut want, mut got, mut right, mut warned) = (0, 0, 0, 0);
        for papers in all.chunks(count) {
            let page = render(papers);
            let reading = reading(&page);
            assert_eq!(reading.read, reading.records.len() + reading.rejected);
            want += papers.len();
            got += reading.records.len();
            warned += reading
                .diagnostics
                .count(crate::diagnostics::Severity::Warning);
            let mut by_title: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for record in &reading.records {
                by_title
                    .entry(normal(&record.title))
                    .or_default()
                    .push(record.abstract_text.clone());
            }
            for (n, paper) in papers.iter().enumerate() {
                let text = match expect {
                    Expect::Titles => String::new(),
                    Expect::Split => split(&paper.text.join(" ")).join("\n\n"),
                    Expect::AllButFifth if n % 5 == 4 => String::new(),
                    _ => paper.text.join(" "),
                };
                let found = by_title.get(&paper.title);
                if found.is_some_and(|texts| texts.contains(&text)) {
                    right += 1;
                } else if show.as_deref() == Some(*name) {
                    println!(
                        "--- {}\n    {:?}\n want {}",
                        paper.title,
                        found.map(|f| f
                            .iter()
                            .map(|t| t
                                .chars()
                                .rev()
                                .take(150)
                                .collect::<String>()
                                .chars()
                                .rev()
                                .collect::<String>())
                            .collect::<Vec<_>>()),
                        text.chars()
                            .rev()
                            .take(150)
                            .collect::<String>()
                            .chars()
                            .rev()
                            .collect::<String>()
                    );
                }
            }
            if show.as_deref() == Some(*name) {
                let titles: std::collections::BTreeSet<_> =
                    papers.iter().map(|p| p.title.clone()).collect();
                for r in &reading.records {
                    if !titles.contains(&r.title) {
                        println!(
                            "+++ {} | {}",
                            r.title,
                            r.abstract_text.chars().take(60).collect::<String>()
                        );
                    }
                }
                println!(
                    "{}",
                    crate::diagnostics::render_all(
                        &reading.diagnostics,
                        crate::diagnostics::Style::Plain,
                        3
                    )
                );
            }
        }
        println!("{name:<34} want {want} got {got} right {right} warnings {warned}");
        // Where lines are broken, a title of two lines and a short paragraph can
        // look the same; elsewhere hardly anything is in doubt.
        let least = if name.starts_with("wrapped") { 75 } else { 99 };
        assert!(right * 100 >= want * least, "{name}: {right} of {want}");
        assert!(warned * 100 <= want, "{name}: {warned} warnings");
    }
}
