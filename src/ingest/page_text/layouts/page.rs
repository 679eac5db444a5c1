//! The layouts of page text, described by what they show for one paper.

use super::Paper;

/// How a page shows its papers.
pub(super) struct Layout {
    pub(super) name: &'static str,
    /// The text above the papers.
    head: &'static str,
    /// A paper, with fields in braces (see [`field`]). If there are several
    /// templates, papers alternate between them.
    papers: &'static [&'static str],
    /// The text below the papers.
    foot: &'static str,
}

const fn layout(name: &'static str, papers: &'static [&'static str]) -> Layout {
    Layout {
        name,
        head: "",
        papers,
        foot: "",
    }
}

impl Layout {
    const fn under(self, head: &'static str) -> Self {
        Self { head, ..self }
    }

    const fn over(self, foot: &'static str) -> Self {
        Self { foot, ..self }
    }

    fn of(&self, nth: usize) -> &'static str {
        self.papers[nth % self.papers.len()]
    }

    /// A page with papers.
    pub(super) fn page(&self, papers: &[Paper]) -> String {
        let mut page = self.head.to_owned();
        for (nth, paper) in papers.iter().enumerate() {
            let mut rest = self.of(nth);
            while let Some((before, behind)) = rest.split_once('{') {
                let (name, behind) = behind.split_once('}').unwrap();
                page.push_str(before);
                page.push_str(&field(name, nth, paper));
                rest = behind;
            }
            page.push_str(rest);
        }
        page + self.foot
    }

    /// What the page shows of a paper's abstract.
    pub(super) fn text(&self, nth: usize, paper: &Paper) -> String {
        let shown = self.of(nth);
        if shown.contains("{parts") {
            split(&paper.text).join("\n\n")
        } else if shown.contains("{text") {
            paper.text.clone()
        } else {
            String::new()
        }
    }
}

/// A field of a paper as shown on a page. A number after its name is the wrapping
/// width; `double` separates lines with blank lines.
fn field(name: &str, nth: usize, paper: &Paper) -> String {
    if let Some(name) = name.strip_suffix(" double") {
        return field(name, nth, paper).replace('\n', "\n\n");
    }
    if let Some((name, width)) = name.split_once(' ') {
        return wrap(&field(name, nth, paper), width.parse().unwrap());
    }
    match name {
        "title" => paper.title.clone(),
        "authors" => paper.authors.join(", "),
        "authors;" => paper.authors.join("; "),
        "text" => paper.text.clone(),
        "parts" => split(&paper.text).join("\n\n"),
        "parts_lines" => split(&paper.text).join("\n"),
        "number" => (nth + 1).to_string(),
        "arxiv" => format!("2503.{:05}", nth + 10_000),
        "user" => format!("user{nth}"),
        "votes" => (nth * 3 + 1).to_string(),
        "people" => (nth % 7 + 1).to_string(),
        "remarks" => (nth % 4 + 2).to_string(),
        _ => panic!("papers have no field {name}"),
    }
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

/// Splits an abstract into several paragraphs at sentence ends.
fn split(text: &str) -> Vec<String> {
    let sentences = crate::text::sentences(text);
    sentences
        .chunks(2)
        .map(|pair| text[pair[0].start..pair[pair.len() - 1].end].to_owned())
        .collect()
}

const BY_AK: &str = "new\n\nSubscribe\n\nbyAK and the research community\n\nMar 14\n\n";

pub(super) const LAYOUTS: &[Layout] = &[
    layout("blank lines", &["{title}\n\n{text}\n\n"]).under(BY_AK),
    layout("no blank lines", &["{title}\n{text}\n"]),
    layout("groups", &["{title}\n{text}\n\n"]),
    layout(
        "many blank lines",
        &[
            "{title}\n{text}\n\n\n",
            "{title}\n\n{text}\n\n\n",
            "{title}\n\n\n{text}\n\n\n",
            "{title}\n\n\n\n{text}\n\n\n",
            "{title}\n\n\n\n\n{text}\n\n\n",
        ],
    ),
    layout("authors, groups", &["{title}\n{authors}\n{text}\n\n"]),
    layout(
        "authors, blank lines",
        &["{title}\n\n{authors}\n\n{text}\n\n"],
    ),
    layout(
        "authors, no blank lines",
        &["{title}\n{authors}\n{text}\n"],
    ),
    layout(
        "authors and, semicolons",
        &["{title}\n\n{authors;}\n\n{text}\n\n"],
    ),
    layout("numbers", &["{number}. {title}\n{text}\n\n"]),
    layout("numbers alone", &["{number}.\n{title}\n{text}\n\n"]),
    layout(
        "brackets, authors",
        &["[{number}] {title}\n\n{authors}\n\n{text}\n\n"],
    ),
    layout("hash", &["#{number} {title}\n{text}\n"]),
    layout(
        "wrapped 72, blank lines",
        &["{title 72}\n\n{text 72}\n\n"],
    ),
    layout("wrapped 80, no blank lines", &["{title 80}\n{text 80}\n"]),
    layout("wrapped 66, groups", &["{title 66}\n{text 66}\n\n"]),
    layout(
        "wrapped 100, no blank lines",
        &["{title 100}\n{text 100}\n"],
    ),
    layout(
        "wrapped 76, authors, groups",
        &["{title 76}\n{authors 76}\n{text 76}\n\n"],
    ),
    layout(
        "wrapped 76, authors, blank lines",
        &["{title 76}\n\n{authors 76}\n\n{text 76}\n\n"],
    ),
    layout(
        "wrapped 72, double",
        &["{title 72 double}\n\n{text 72 double}\n\n\n"],
    ),
    layout("titles, lines", &["{title}\n"]),
    layout("titles, blank lines", &["{title}\n\n"]).under(BY_AK),
    layout("titles, dashes", &["- {title}\n"]).under("Reading group\n\n"),
    layout("titles, bullets", &["• {title}\n"]),
    layout("titles, numbers", &["{number}) {title}\n"]),
    layout("titles, authors, groups", &["{title}\n{authors}\n\n"]),
    layout("titles, authors, lines", &["{title}\n{authors}\n"]),
    layout(
        "cards",
        &["Submitted by\n\n{user}\n\n{votes}\n\n{title}\n\n·\n{people} authors\n\n{remarks}\n\n"],
    )
    .under("Daily Papers\n\nbyAK and the research community\n\nMar 14\n\n"),
    layout(
        "cards, lines",
        &["Upvote\n{votes}\nSubmitted by\n{user}\n{title}\n·\n{people} authors\n{remarks}\n"],
    )
    .under("Models\nDatasets\nDaily Papers\nby AK and the research community\nMar 14\n"),
    layout(
        "markdown",
        &[
            "{number}. **[{title}](https://arxiv.org/abs/{arxiv})**\n   *{authors}*\n\n   {text}\n\n",
        ],
    )
    .under("# Weekly reading\n\n"),
    layout(
        "markdown headings",
        &["## {title}\n\n**Authors:** {authors}\n\n**Abstract:** {text}\n\n"],
    ),
    layout(
        "cards, glued",
        &["Submitted by{user}\n\n{votes}\n\n{title}\nMeta AI\n· {people} authors\n\n"],
    )
    .under("Daily Papers\n\nMar 14\n\n"),
    layout(
        "labels",
        &["Title: {title}\nAuthors: {authors}\nAbstract: {text}\n\n"],
    ),
    layout(
        "listing",
        &[
            "[{number}] arXiv:{arxiv} [pdf, html, other]\nTitle: {title}\n{authors}\nComments: 10 pages\nSubjects: Machine Learning (cs.LG); Artificial Intelligence (cs.AI)\n{text}\n",
        ],
    )
    .under(
        "Computer Science > Machine Learning\nNew submissions for Friday, 14 March 2025\nTotal of 45 entries\n",
    ),
    layout(
        "search results",
        &[
            "{number}. arXiv:{arxiv} [pdf, other] cs.LG cs.AI\n{title}\nAuthors: {authors}\nAbstract: {text} ▽ More\nSubmitted 13 March, 2025; originally announced March 2025.\nComments: 10 pages\n",
        ],
    ),
    layout("votes after", &["{title}\n\n▲ {number}\n\n{text}\n\n"]),
    layout("votes before", &["{number}\n\n{title}\n\n{text}\n\n"]).under(BY_AK),
    layout(
        "review list",
        &[
            "{title}\n{authors}\nPublished: 22 Jan 2025, Last Modified: 11 Feb 2025\nICLR 2025 Poster\nReaders: Everyone\nKeywords: graphs, learning\nTL;DR: We do it.\nAbstract: {text}\n\n",
        ],
    ),
    layout("several paragraphs", &["{title}\n\n{parts}\n\n"]),
    layout("several paragraphs, lines", &["{title}\n{parts_lines}\n"]),
    layout(
        "some without abstract",
        &[
            "{title}\n\n{text}\n\n",
            "{title}\n\n{text}\n\n",
            "{title}\n\n{text}\n\n",
            "{title}\n\n{text}\n\n",
            "{title}\n\n",
        ],
    ),
    layout(
        "some without abstract, lines",
        &[
            "{title}\n{text}\n",
            "{title}\n{text}\n",
            "{title}\n{text}\n",
            "{title}\n{text}\n",
            "{title}\n",
        ],
    ),
    layout(
        "addresses",
        &["{title}\n\nhttps://arxiv.org/abs/{arxiv}\n\n{text}\n\n"],
    ),
    layout("menus", &["{title}\n\n{text}\n\n"])
        .under(
            "Hugging Face\nModels\nDatasets\nSpaces\nDocs\nPricing\nLog In\nSign Up\nDaily Papers\nMar 14\n",
        )
        .over(
            "Previous\n1\n2\n3\nNext\nCompany\nTOS\nPrivacy\nAbout\nJobs\n© 2025 The Page\n",
        ),
];
