//! Citation keys: short, readable names for papers in bibliographies, for example
//! `zhao2024galore`.

use std::borrow::{Borrow, Cow};
use std::collections::HashSet;

use rayon::prelude::*;

use super::work::Work;
use crate::model::{Paper, slugify};

/// The most characters taken from the family name or from a word of the title.
const MAX_PART: usize = 24;

/// The longest key accepted from a source, in characters.
const MAX_KEPT: usize = 120;

/// The keys of all papers of a library, in the order given.
///
/// A key combines the first author's family name, the year, and the short name or
/// the first significant word of the title, in lower-case ASCII. Unknown parts are
/// left out (`zhaogalore`, `galore2024`, `galore`). If neither an author nor a
/// short name is known, two words of the title are used. If the title yields
/// nothing, the key is `paper`.
///
/// A paper imported from a bibliography keeps its key.
///
/// If papers share a key, the first one listed keeps it (by date, then by slug), so
/// that later digests never change a key that somebody has cited. The others append
/// letters derived from their slugs. Keys are therefore stable as long as papers
/// arrive in date order. Always compute them for the whole library: for a part of
/// it, a suffix might be missing.
pub fn keys<'a, W, I>(works: I) -> Vec<String>
where
    W: Borrow<Work<'a>>,
    I: IntoParallelIterator<Item = W>,
    I::Iter: IndexedParallelIterator,
{
    let works = works.into_par_iter();
    let wishes: Vec<Wish<'a>> = works.map(|work| Wish::of(work.borrow())).collect();
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.par_sort_by(|&a, &b| {
        let (a, b) = (&wishes[a], &wishes[b]);
        (a.folded.cmp(&b.folded)).then_with(|| a.rank().cmp(&b.rank()))
    });
    let mut keys = vec![String::new(); wishes.len()];
    let folded = wishes.iter().map(|wish| wish.folded.as_str());
    let mut taken: HashSet<Cow<'_, str>> = folded.map(Cow::Borrowed).collect();
    let mut previous = None;
    for at in order {
        let Wish {
            base,
            folded,
            paper,
        } = &wishes[at];
        keys[at] = if previous == Some(folded) {
            distinct(base, paper.slug.as_str(), &mut taken)
        } else {
            base.clone()
        };
        previous = Some(folded);
    }
    keys
}

/// The key that a paper has if no other wants it.
struct Wish<'a> {
    base: String,
    /// The same without case, which BibTeX ignores.
    folded: String,
    paper: &'a Paper,
}

impl<'a> Wish<'a> {
    fn of(work: &Work<'a>) -> Self {
        let base = base(work);
        Self {
            folded: base.to_lowercase(),
            base,
            paper: work.item.paper,
        }
    }

    /// What decides between papers that want one key.
    fn rank(&self) -> impl Ord {
        let paper = self.paper;
        // Keys that are already in use win over generated ones. A paper without
        // a date counts as oldest: no digest can have added it today.
        (paper.citation_key.is_none(), paper.date, &paper.slug)
    }
}

/// The key with as many letters of the slug's hash as make it unique. Three are
/// nearly always enough.
fn distinct(base: &str, slug: &str, taken: &mut HashSet<Cow<'_, str>>) -> String {
    let letters: String = blake3::hash(slug.as_bytes())
        .as_bytes()
        .iter()
        .map(|byte| char::from(b'a' + byte % 26))
        .collect();
    (3..=letters.len())
        .map(|length| format!("{base}-{}", &letters[..length]))
        // Two papers should never share a slug; keep them apart even so.
        .chain((2..).map(|n| format!("{base}-{letters}-{n}")))
        .find(|key| taken.insert(Cow::Owned(key.to_lowercase())))
        .unwrap_or_default()
}

/// A source's key without characters that are not allowed in keys.
fn kept(key: &str) -> String {
    let is_plain = |c: &char| {
        c.is_alphanumeric()
            || matches!(c, ':' | '-' | '_' | '.' | '+' | '/' | '*' | '!' | '&' | '|')
    };
    key.chars().filter(is_plain).take(MAX_KEPT).collect()
}

fn base(work: &Work<'_>) -> String {
    let given = work.item.paper.citation_key.as_deref().map(kept);
    if let Some(key) = given.filter(|key| !key.is_empty()) {
        return key;
    }
    let author = work
        .names
        .list
        .first()
        .map(|name| part(name.surname()))
        .unwrap_or_default();
    let short = work.item.short.map(part).unwrap_or_default();
    let words = if !short.is_empty() {
        short
    } else {
        let count = if author.is_empty() { 2 } else { 1 };
        telling_words(&work.title, count)
    };
    let year = work.year.map(|year| year.to_string()).unwrap_or_default();
    let key = if author.is_empty() {
        format!("{words}{year}")
    } else {
        format!("{author}{year}{words}")
    };
    if key.is_empty() || (author.is_empty() && words.is_empty()) {
        format!("paper{year}")
    } else {
        key
    }
}

/// ASCII letters and digits only, in lower case.
fn part(text: &str) -> String {
    let mut part = slugify(text, MAX_PART);
    part.retain(|c| c != '-');
    part
}

/// The first significant words of a title.
fn telling_words(title: &str, count: usize) -> String {
    let slug = slugify(title, 200);
    let words = || slug.split('-').filter(|word| !word.is_empty());
    let telling = words().filter(|word| word.len() > 1 && !LITTLE_WORDS.contains(word));
    let mut chosen: String = telling.take(count).collect();
    if chosen.is_empty() {
        chosen = words().take(count).collect();
    }
    chosen.truncate(2 * MAX_PART);
    chosen
}

/// Insignificant words that titles begin with.
const LITTLE_WORDS: [&str; 34] = [
    "about", "all", "an", "and", "are", "at", "beyond", "can", "do", "does", "for", "from", "how",
    "in", "into", "is", "it", "its", "my", "not", "of", "on", "or", "our", "the", "to", "toward",
    "towards", "we", "what", "when", "why", "with", "you",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cite::Item;
    use crate::model::{Author, Date, Paper, Slug};

    fn paper(slug: &str, title: &str, author: &str, year: Option<i16>) -> Paper {
        let mut paper = Paper::new(Slug::parse(slug).unwrap(), title);
        if !author.is_empty() {
            paper.authors.push(Author::named(author));
        }
        paper.year = year;
        paper
    }

    fn key_of(title: &str, author: &str, year: Option<i16>, short: Option<&str>) -> String {
        let paper = paper("x", title, author, year);
        let mut item = Item::new(&paper, title);
        item.short = short;
        keys(&[Work::of(item)]).remove(0)
    }

    #[test]
    fn keys_are_readable_and_leave_out_what_is_unknown() {
        let galore = "GaLore: Memory-Efficient LLM Training";
        for (title, author, year, short, want) in [
            (
                galore,
                "Jiawei Zhao",
                Some(2024),
                Some("GaLore"),
                "zhao2024galore",
            ),
            (galore, "Jiawei Zhao", Some(2024), None, "zhao2024galore"),
            (galore, "Jiawei Zhao", None, None, "zhaogalore"),
            (galore, "", Some(2024), Some("GaLore"), "galore2024"),
            (galore, "", Some(2024), None, "galorememory2024"),
            (galore, "", None, Some("GaLore"), "galore"),
            (
                "On the Dangers of X",
                "Émile van der Berg",
                Some(2021),
                None,
                "vanderberg2021dangers",
            ),
            (
                "What Is It?",
                "王小明",
                Some(2021),
                None,
                "wangxiaoming2021what",
            ),
            ("!!!", "", None, None, "paper"),
            ("!!!", "", Some(2021), None, "paper2021"),
        ] {
            assert_eq!(key_of(title, author, year, short), want, "{title} {author}");
        }
    }

    #[test]
    fn a_paper_that_comes_later_does_not_change_a_key() {
        let mut first = paper("galore-b", "GaLore", "Jiawei Zhao", Some(2024));
        first.date = Some(Date::constant(2024, 3, 7));
        let mut second = paper("galore-a", "GaLore", "Lin Zhao", Some(2024));
        second.date = Some(Date::constant(2024, 5, 1));
        let mut third = paper("galore-c", "GaLore", "Ann Zhao", Some(2024));
        third.date = Some(Date::constant(2024, 6, 1));
        let item = |paper| Work::of(Item::new(paper, "GaLore"));
        let two = keys(&[item(&second), item(&first)]);
        assert_eq!(two[1], "zhao2024galore");
        assert!(two[0].starts_with("zhao2024galore-"));
        let three = keys(&[item(&third), item(&first), item(&second)]);
        assert_eq!(three[1..], [two[1].clone(), two[0].clone()]);
    }

    proptest::proptest! {
        #[test]
        fn keys_are_unique_and_plain(
            papers in proptest::collection::vec(("[a-c ]{0,4}", "[a-c]{0,2}", "\\PC{0,12}"), 0..12)
        ) {
            let papers: Vec<Paper> = papers
                .iter()
                .enumerate()
                .map(|(at, (title, author, odd))| {
                    paper(&format!("p{at}"), &format!("{title}{odd}"), author, None)
                })
                .collect();
            let works: Vec<Work<'_>> = papers
                .iter()
                .map(|p| Work::of(Item::new(p, &p.title)))
                .collect();
            let keys = keys(&works);
            let distinct: HashSet<&String> = keys.iter().collect();
            proptest::prop_assert_eq!(distinct.len(), works.len());
            proptest::prop_assert!(keys.iter().all(|key| !key.is_empty()
                && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')));
        }
    }
}
