//! Tests of term counts and of the spellings that readers see.

use super::{Count, Length, Terms, Text};
use crate::text::{is_stop_word, stem, tokens};

fn terms(papers: &[(&'static str, &'static str)]) -> Terms {
    Terms::of(papers.len(), |n| Text {
        title: papers[n].0,
        abstract_text: papers[n].1,
        words: None,
        print: None,
    })
}

fn count(terms: &Terms, paper: usize, stem: &str) -> Option<Count> {
    terms
        .paper(paper)
        .find(|count| terms.stem(count.term) == stem)
}

#[test]
fn terms_are_counted_in_title_and_abstract() {
    let terms = terms(&[
        ("Pruning the Pruned", "We prune the tree, and the trees."),
        ("Grafting", ""),
    ]);
    let prune = count(&terms, 0, "prune").unwrap();
    assert_eq!((prune.in_title, prune.in_abstract), (2, 1));
    let tree = count(&terms, 0, "tree").unwrap();
    assert_eq!((tree.in_title, tree.in_abstract), (0, 2));
    assert_eq!(
        terms.length(0),
        Length {
            title: 3,
            abstract_text: 3
        }
    );
    let the = count(&terms, 0, "the").unwrap();
    assert_eq!((the.in_title, the.in_abstract), (1, 0), "stop words");
    assert!(terms.is_stop(the.term) && !terms.is_stop(tree.term));
    assert_eq!(terms.frequency(tree.term), 1);
    assert_eq!((terms.papers(), terms.paper(1).len()), (2, 1));
    let numbers: Vec<u32> = terms.paper(0).map(|count| count.term).collect();
    assert!(numbers.is_sorted());
}

#[test]
fn readers_see_words_as_people_write_them() {
    let terms = terms(&[
        (
            "LoRA: Low-Rank Adaptation",
            "LoRA adapts. GPT-4 does too; Low-rank adapting is adapting.",
        ),
        (
            "MRI",
            "The MRI scans of lora, a state-of-the-art q&a: N:M, 3D.",
        ),
    ]);
    let word = |stem: &str| {
        let n = (0..terms.len() as u32).find(|n| terms.stem(*n) == stem);
        n.map(|n| terms.word(n))
    };
    assert_eq!(word("lora"), Some("LoRA"));
    assert_eq!(word("lowrank"), Some("low-rank"));
    assert_eq!(word("adapt"), Some("adapting"));
    assert_eq!(word("gpt4"), Some("GPT-4"));
    assert_eq!(word("mri"), Some("MRI"));
    assert_eq!(word("3d"), Some("3D"));
    assert_eq!(word("stateoftheart"), Some("state-of-the-art"));
}

proptest::proptest! {
    #[test]
    fn no_token_is_lost_and_none_is_made_up(papers in proptest::collection::vec(("[a-zA-Zéß强 .-]{0,40}", "[a-zA-Zéß强 .-]{0,80}"), 0..6)) {
        let terms = Terms::of(papers.len(), |n| Text { title: &papers[n].0, abstract_text: &papers[n].1, words: None, print: None });
        for (n, (title, text)) in papers.iter().enumerate() {
            let mut want: Vec<String> = tokens(title).iter().map(|token| stem(token).into_owned()).collect();
            want.extend(tokens(text).iter().filter(|token| !is_stop_word(token)).map(|token| stem(token).into_owned()));
            want.sort();
            want.dedup();
            let mut got: Vec<String> = terms.paper(n).map(|count| terms.stem(count.term).to_owned()).collect();
            got.sort();
            proptest::prop_assert_eq!(got, want);
        }
    }
}
