//! A key: the short readable name under which a bibliography holds a paper,
//! such as `zhao2024galore`.

use std::collections::HashSet;

use rayon::prelude::*;

use super::work::Work;
use crate::model::slugify;

/// The longest part that the family name or a word of the title becomes.
const MAX_PART: usize = 24;

/// The longest key of a source that is kept, in characters.
const MAX_KEPT: usize = 120;

/// The keys of all papers of a library, in the order given.
///
/// A key is the first author's family name, the year, and the short name or the
/// first telling word of the title, in ASCII and lower case; what is not known
/// is left out (`zhaogalore`, `galore2024`, `galore`), and where no author is
/// known and no short name either, two words of the title stand in for them. A
/// title that leaves nothing gives `paper`.
///
/// A paper that came from a bibliography keeps the key it had there.
///
/// Where papers share such a key, the one that was listed first keeps it (by
/// its date, then by its slug), so that what a later digest brings does not
/// change a key that somebody has cited. Each other one adds letters that are
/// made from its slug alone. Keys are therefore stable as long as papers arrive
/// in the order of their dates. They must be made for the whole library at once:
/// the same call on a part of it may leave out a suffix.
pub fn keys(works: &[Work<'_>]) -> Vec<String> {
    let bases: Vec<String> = works.par_iter().map(base).collect();
    // BibTeX does not tell upper from lower case in keys.
    let folded: Vec<String> = bases.iter().map(|base| base.to_lowercase()).collect();
    let mut order: Vec<usize> = (0..works.len()).collect();
    order.sort_by(|&a, &b| {
        let rank = |at: usize| {
            let paper = works[at].item.paper;
            // A key that people use already comes before one that is made here.
            // A paper without date is as old as can be: it has no digest that
            // could have brought it today.
            (paper.citation_key.is_none(), paper.date, &paper.slug)
        };
        folded[a]
            .cmp(&folded[b])
            .then_with(|| rank(a).cmp(&rank(b)))
    });
    let mut keys = vec![String::new(); works.len()];
    let mut taken: HashSet<String> = folded.iter().cloned().collect();
    let mut previous = None;
    for at in order {
        let base = &bases[at];
        keys[at] = if previous == Some(&folded[at]) {
            distinct(base, works[at].item.paper.slug.as_str(), &mut taken)
        } else {
            base.clone()
        };
        previous = Some(&folded[at]);
    }
    keys
}

/// The key with as many letters of the slug's hash as make it unique; three do
/// but for an accident.
fn distinct(base: &str, slug: &str, taken: &mut HashSet<String>) -> String {
    let letters: String = blake3::hash(slug.as_bytes())
        .as_bytes()
        .iter()
        .map(|byte| char::from(b'a' + byte % 26))
        .collect();
    (3..=letters.len())
        .map(|length| format!("{base}-{}", &letters[..length]))
        // Two papers of one slug would be the caller's fault; they stay apart.
        .chain((2..).map(|n| format!("{base}-{letters}-{n}")))
        .find(|key| taken.insert(key.to_lowercase()))
        .unwrap_or_default()
}

/// The key of a source without what no bibliography can carry in a key.
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

/// The first words of a title that tell something.
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

/// Words with which titles begin and that tell nothing of the paper.
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
