//! Which papers are related.

use super::{MOST, MOST_ALIKE, Related, Subject, mark};
use crate::derive::{Blocks, Phrase, TextPrint, gist};
use crate::library::terms::{Terms, Text};
use crate::meaning::Table;

fn subject<'a>(name: &str, (title, text): (&'a str, &str), phrases: &'a [Phrase]) -> Subject<'a> {
    Subject {
        name: mark(name),
        title,
        is_offered: true,
        vector: Box::leak(Box::new(Table::built_in().paper(title, text))),
        phrases,
        print: TextPrint::of(title, text),
        authors: &[],
    }
}

fn library(papers: &[(&str, &str)]) -> (Terms, Related) {
    let terms = Terms::of(papers.len(), |n| Text {
        title: papers[n].0,
        abstract_text: papers[n].1,
        words: None,
        print: None,
    });
    let names: Vec<String> = (0..papers.len()).map(|n| format!("paper-{n}")).collect();
    let spoken: Vec<_> = papers.iter().map(|(a, b)| gist(a, b).phrases).collect();
    let subjects: Vec<Subject<'_>> = (papers.iter().zip(&names).zip(&spoken))
        .map(|((texts, name), phrases)| subject(name, *texts, phrases))
        .collect();
    let related = Related::of(&terms, &subjects, &Blocks::none());
    (terms, related)
}

fn neighbours(related: &Related, paper: usize) -> Vec<usize> {
    let list = related.of_paper(paper).iter();
    list.map(|neighbour| neighbour.paper).collect()
}

#[test]
fn papers_that_use_the_same_telling_words_are_related() {
    let papers = [
        (
            "Low-rank gradients",
            "Memory is saved by low-rank gradient updates.",
        ),
        ("Pruning pear trees", "Pears are pruned in May."),
        (
            "Gradients of low rank",
            "A gradient in low-rank form takes less memory.",
        ),
        ("When to prune", "Trees bear more pears when pruned late."),
        ("Birds", "A survey of song."),
    ];
    let (_, related) = library(&papers);
    assert_eq!(neighbours(&related, 0), [2]);
    assert_eq!(neighbours(&related, 1), [3]);
    assert_eq!(neighbours(&related, 4), [0; 0]);
    let spans = related.of_paper(0)[0].shared().iter();
    let told: Vec<_> = spans
        .map(|span| span.of(papers[0].0, papers[0].1))
        .collect();
    assert!(told.iter().any(|one| one.contains("low-rank")), "{told:?}");
    assert!(
        !told.iter().any(|one| one == "low" || one == "rank"),
        "{told:?}"
    );
}

#[test]
fn short_texts_with_the_same_words_are_not_versions_of_one() {
    let papers = [
        ("A title of a paper", "The abstract of that paper."),
        ("The title of the next paper", "Its abstract."),
    ];
    let (_, related) = library(&papers);
    assert!(!related.of_paper(0)[0].is_near_duplicate);
}

#[test]
fn papers_of_like_meaning_come_before_those_with_a_word_in_common() {
    let (_, related) = library(&[
        (
            "Pruning networks for tablets",
            "Weights of small magnitude are removed.",
        ),
        (
            "Tablets in museums",
            "Visitors point a tablet at paintings.",
        ),
        (
            "Compressing models for tablets",
            "Quantization makes neural nets small.",
        ),
    ]);
    assert_eq!(neighbours(&related, 0), [2, 1]);
}

#[test]
fn an_author_of_both_papers_counts() {
    let texts = [
        ("Mills of the north", "Wheels turn."),
        ("Mills of the south", "Wheels turn."),
        ("Mills of the south", "Wheels turn."),
    ];
    let terms = Terms::of(texts.len(), |n| Text {
        title: texts[n].0,
        abstract_text: texts[n].1,
        words: None,
        print: None,
    });
    let authors: [&[u64]; 3] = [&[1, 2], &[3], &[2, 3]];
    let names = ["a", "c", "b"];
    let subjects: Vec<Subject<'_>> = (0..texts.len())
        .map(|n| Subject {
            authors: authors[n],
            ..subject(names[n], texts[n], &[])
        })
        .collect();
    let related = Related::of(&terms, &subjects, &Blocks::none());
    assert_eq!(neighbours(&related, 0), [2, 1]);
}

#[test]
fn a_paper_with_neighbours_has_four_where_there_are_so_many() {
    let papers: Vec<(String, String)> = (0..6)
        .map(|n| {
            let filler = ["gears", "lamps", "sails", "kilns", "looms", "mills"];
            let text: Vec<&str> = (0..6).filter(|k| *k != n).map(|k| filler[k]).collect();
            (
                format!("{} of clocks", filler[n]),
                format!("{} {}.", text[n % 5], text[(n + 2) % 5]),
            )
        })
        .collect();
    let papers: Vec<(&str, &str)> = (papers.iter())
        .map(|(title, text)| (title.as_str(), text.as_str()))
        .collect();
    let (_, related) = library(&papers);
    for n in 0..papers.len() {
        assert!(neighbours(&related, n).len() >= 4, "{n}");
    }
}

#[test]
fn versions_of_one_text_are_marked_and_do_not_fill_the_list() {
    let text = "Orchards are pruned by robots with shears.";
    let mut papers = vec![("Robots in Orchards", text); 6];
    papers.push((
        "Robots Pruning Trees",
        "Robots that prune trees in orchards.",
    ));
    papers.push(("Editorial", ""));
    papers.push(("Editorial", ""));
    papers.push(("Song", "Birds sing."));
    let (_, related) = library(&papers);
    let list = related.of_paper(0);
    let duplicates = list.iter().filter(|other| other.is_near_duplicate).count();
    assert_eq!(duplicates, MOST_ALIKE);
    assert!(
        list.iter()
            .any(|other| other.paper == 6 && !other.is_near_duplicate)
    );
    assert_eq!(neighbours(&related, 7), [8]);
    assert!(related.of_paper(7)[0].is_near_duplicate);
}

#[test]
fn titles_that_differ_in_a_letter_are_near_and_parts_are_not() {
    use super::are_near;
    let title = "Robots pruning trees in old orchards";
    assert!(are_near(title, "Robots prunning trees in old orchards"));
    assert!(!are_near(title, "Robots felling trees in old forests"));
    assert!(!are_near(
        &format!("{title}: Part I"),
        &format!("{title}: Part II")
    ));
    assert!(!are_near(
        &format!("{title} 2019"),
        &format!("{title} 2020")
    ));
    assert!(!are_near("Editorial", "Editorials"));
}

#[test]
fn a_withdrawn_paper_is_not_offered() {
    let papers = [
        ("Low-rank updates", "Gradients."),
        ("Low-rank gradients", "Updates."),
        ("Birds", "Song."),
    ];
    let terms = Terms::of(papers.len(), |n| Text {
        title: papers[n].0,
        abstract_text: papers[n].1,
        words: None,
        print: None,
    });
    let subjects: Vec<Subject<'_>> = (0..papers.len())
        .map(|n| Subject {
            is_offered: n != 1,
            ..subject(["a", "b", "c"][n], papers[n], &[])
        })
        .collect();
    let related = Related::of(&terms, &subjects, &Blocks::none());
    assert_eq!(neighbours(&related, 0), [0; 0]);
    assert_eq!(neighbours(&related, 1), [0]);
}

#[test]
fn nobody_is_beside_himself_and_lists_are_short() {
    let words = [
        "gears", "lamps", "rivers", "sails", "clocks", "kilns", "looms",
    ];
    let papers: Vec<(String, String)> = (0..300)
        .map(|n| {
            let word = |k: usize| words[(n / 7_usize.pow(k as u32)) % 7];
            (
                format!("{} and {}", word(0), word(1)),
                format!("Study {n} of {}.", word(2)),
            )
        })
        .collect();
    let papers: Vec<(&str, &str)> = papers
        .iter()
        .map(|(title, text)| (title.as_str(), text.as_str()))
        .collect();
    let (_, related) = library(&papers);
    let (_, again) = library(&papers);
    for n in 0..papers.len() {
        let list = neighbours(&related, n);
        assert!(list.len() <= MOST && !list.contains(&n));
        assert_eq!(related.of_paper(n), again.of_paper(n));
    }
}

#[test]
fn an_empty_library_has_no_neighbours() {
    let (_, related) = library(&[]);
    assert_eq!(neighbours(&related, 0), [0; 0]);
    let (_, related) = library(&[("", ""), ("", "")]);
    assert_eq!(neighbours(&related, 0), [0; 0]);
}

/// A paper of made-up words: its name, its title and its text.
fn made_up(name: u32, seed: u32) -> (String, String, String) {
    let words = [
        "gears", "lamps", "rivers", "sails", "clocks", "kilns", "looms", "low-rank", "rank",
        "mills", "springs", "towers", "bridges", "anchors",
    ];
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(name);
    let mut word = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        words[(state >> 16) as usize % words.len()]
    };
    let title = [word(), word()].join(" ");
    let text = [word(), word(), word(), word(), word()].join(" ");
    (format!("paper-{name}"), title, text)
}

/// The neighbours of all papers by name, with the words that relate them.
type Found = Vec<(String, Vec<(String, String, Vec<String>)>)>;

fn found(papers: &[(String, String, String)], known: &Blocks) -> Found {
    let terms = Terms::with(known, papers.len(), |n| Text {
        title: &papers[n].1,
        abstract_text: &papers[n].2,
        words: None,
        print: None,
    });
    let spoken: Vec<_> = papers.iter().map(|(_, a, b)| gist(a, b).phrases).collect();
    let subjects: Vec<Subject<'_>> = (papers.iter().zip(&spoken))
        .map(|((name, title, text), phrases)| subject(name, (title, text), phrases))
        .collect();
    let related = Related::of(&terms, &subjects, known);
    (0..papers.len())
        .map(|n| {
            let list = related.of_paper(n).iter();
            let list = list.map(|other| {
                let (_, title, text) = &papers[n];
                let spans = other.shared().iter();
                (
                    papers[other.paper].0.clone(),
                    format!("{:?} {}", other.score, other.is_near_duplicate),
                    spans
                        .map(|span| span.of(title, text).into_owned())
                        .collect(),
                )
            });
            (papers[n].0.clone(), list.collect())
        })
        .collect()
}

#[test]
fn neighbours_that_are_kept_are_those_that_would_be_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut papers: Vec<_> = (0..150).map(|name| made_up(name, 1)).collect();
    for step in 0..40_u32 {
        let at = (step as usize * 37) % papers.len();
        match step % 4 {
            0 => papers[at] = made_up(at as u32, step + 2),
            1 => papers.insert(at, made_up(1_000 + step, step)),
            2 => drop(papers.remove(at)),
            _ => papers.rotate_left(at),
        }
        let known = Blocks::open(folder.path());
        assert_eq!(
            found(&papers, &known),
            found(&papers, &Blocks::none()),
            "after step {step}"
        );
    }
}
