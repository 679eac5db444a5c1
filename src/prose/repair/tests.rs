use super::*;
use crate::prose::{Options, read};

#[test]
fn every_rule_has_a_name_of_its_own_and_its_example_holds() {
    let rules = repairs();
    for (at, rule) in rules.iter().enumerate() {
        assert!(rules[..at].iter().all(|other| other.name != rule.name));
        let (damaged, plain) = rule.example;
        if damaged.is_empty() {
            continue;
        }
        let reading = read(damaged, &Options::default());
        assert_eq!(reading.plain(), plain, "{}", rule.name);
        assert!(
            reading.repairs().iter().any(|made| made.rule == rule.name),
            "{}",
            rule.name
        );
        let off = Options {
            repairs_off: [rule.name.to_owned()].into(),
        };
        let left = read(damaged, &off);
        assert!(left.repairs().iter().all(|made| made.rule != rule.name));
    }
}

#[test]
fn repairs_of_formulas_keep_what_the_author_set_apart() {
    for (damaged, plain) in [
        ("in O(n^q n!) time", "in O(n^q n!) time"),
        (
            "achieves O(k^(1 + c^2) n) time",
            "achieves O(k^(1+c²)n) time",
        ),
        (
            "the sum + max{l_p, l_c}, and",
            "the sum + max{lₚ, l_c}, and",
        ),
        ("the class Σ^P_2 holds", "the class Σᴾ₂ holds"),
        ("in L^r (1 ≤ r < ∞) norms", "in Lʳ (1 ≤ r < ∞) norms"),
        ("sets {b_1, b_2} of", "sets {b₁, b₂} of"),
        (
            "an upper bound 2^O(n * log n) which",
            "an upper bound 2^(O(n∗log n)) which",
        ),
    ] {
        assert_eq!(read(damaged, &Options::default()).plain(), plain);
    }
}

#[test]
fn signs_that_a_database_spelt_out_are_those_signs() {
    for (damaged, plain) in [
        ("6/spl times/6 at 20/spl deg/", "6×6 at 20°"),
        ("the LENS/sup TM/ system", "the LENS™ system"),
        ("a 3/sup rd/ order spline", "a 3rd order spline"),
        ("forces u/sub f/, u/sub s/ in", "forces u_f, uₛ in"),
        ("of 1cm/sup 3/ robots", "of 1cm³ robots"),
        ("and E/sub kin/ of the", "and Eₖᵢₙ of the"),
        ("K/sub /spl theta//=J/sub /spl theta///sup T/K", "K_θ=J_θᵀK"),
        ("/spl epsi/-stabilization", "ε-stabilization"),
        // None of them.
        (
            "the path /sub folder/ and /spl else/",
            "the path /sub folder/ and /spl else/",
        ),
        ("a /sup without an end", "a /sup without an end"),
        ("pub/sub systems", "pub/sub systems"),
    ] {
        assert_eq!(read(damaged, &Options::default()).plain(), plain);
    }
}

#[test]
fn commands_get_back_what_they_lost() {
    for (damaged, plain) in [
        ("a emph{price of x} concept", "a price of x concept"),
        (
            "atrous convolutioncite{Deeplabv1} was",
            "atrous convolution was",
        ),
        (
            "are availableootnote{\\url{https://a.org/b}}.",
            "are available (https://a.org/b).",
        ),
        ("either ( extit{i}) directly", "either (i) directly"),
        ("a footnote{so} it is", "a (so) it is"),
        ("an xemph{ is open", "an xemph{ is open"),
    ] {
        assert_eq!(read(damaged, &Options::default()).plain(), plain);
    }
}

#[test]
fn hyphens_at_line_ends_stay_between_words() {
    for (damaged, plain) in [
        ("a low(cid:173) level task", "a low-level task"),
        (
            "the nearest(cid:173) neighbour rule",
            "the nearest-neighbour rule",
        ),
        (
            "memory(cid:173) based learn(cid:173) ing",
            "memory-based learning",
        ),
        (
            "to real(cid:173) ize high(cid:173) est self(cid:173) ish",
            "to realize highest selfish",
        ),
        ("multi(cid:173) dimensional", "multidimensional"),
    ] {
        assert_eq!(read(damaged, &Options::default()).plain(), plain);
    }
}
