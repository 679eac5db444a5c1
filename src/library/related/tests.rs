//! Who stands beside whom.

use super::{MOST, MOST_ALIKE, Related, Subject};
use crate::derive::Blocks;
use crate::library::terms::{Terms, Text};

fn library(papers: &[(&str, &str)]) -> (Terms, Related) {
    let terms = Terms::of(papers.len(), |n| Text {
        title: papers[n].0,
        abstract_text: papers[n].1,
        words: None,
    });
    let names: Vec<String> = (0..papers.len()).map(|n| format!("paper-{n}")).collect();
    let subjects: Vec<Subject<'_>> = papers
        .iter()
        .zip(&names)
        .map(|((title, _), name)| Subject {
            name,
            title,
            is_offered: true,
        })
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
    let (terms, related) = library(&[
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
    ]);
    assert_eq!(neighbours(&related, 0), [2]);
    assert_eq!(neighbours(&related, 1), [3]);
    assert_eq!(neighbours(&related, 4), [0; 0]);
    let words: Vec<&str> = related.of_paper(0)[0]
        .terms()
        .iter()
        .map(|term| terms.word(*term))
        .collect();
    assert!(words.contains(&"low-rank"), "{words:?}");
    assert!(
        !words.contains(&"low") && !words.contains(&"rank"),
        "{words:?}"
    );
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
    });
    let subjects: Vec<Subject<'_>> = (0..papers.len())
        .map(|n| Subject {
            name: ["a", "b", "c"][n],
            title: papers[n].0,
            is_offered: n != 1,
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
    });
    let subjects: Vec<Subject<'_>> = papers
        .iter()
        .map(|(name, title, _)| Subject {
            name,
            title,
            is_offered: true,
        })
        .collect();
    let related = Related::of(&terms, &subjects, known);
    (0..papers.len())
        .map(|n| {
            let list = related.of_paper(n).iter();
            let list = list.map(|other| {
                let words = other.terms().iter();
                (
                    papers[other.paper].0.clone(),
                    format!("{:?} {}", other.score, other.is_near_duplicate),
                    words.map(|term| terms.word(*term).to_owned()).collect(),
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
