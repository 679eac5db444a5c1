use super::*;

#[test]
fn symbols_are_sorted_for_the_search() {
    assert!(
        symbols::SYMBOLS
            .windows(2)
            .all(|pair| pair[0].0 < pair[1].0)
    );
}

#[test]
fn the_macros_parse() {
    assert!(math_html("x", false).starts_with("<math>"));
}

#[test]
fn formulas_read_as_a_line_of_unicode() {
    for (tex, plain) in [
        ("O(n^3)", "O(n³)"),
        ("L_{1,2}", "L₁,₂"),
        (r"\ell_2", "ℓ₂"),
        (r"\min_x| Ax - b |_2", "minₓ |Ax − b|₂"),
        (
            r"\min_{x} | \langle \exp(Ax), {\bf 1}_n \rangle^{-1} \exp(Ax) - b |_2",
            "minₓ |⟨exp(Ax), 1ₙ⟩⁻¹ exp(Ax) − b|₂",
        ),
        (r"3\times", "3×"),
        (r"\sim 3", "∼ 3"),
        (r"x \in \mathbb{R}^d", "x ∈ ℝᵈ"),
        (r"\frac{1}{n+1}", "1/(n + 1)"),
        (r"\sqrt{T}", "√T"),
        (r"\tilde{O}(\sqrt{dT})", "Õ(√dT)"),
        (r"-1", "−1"),
        (r"O(n\log n)", "O(n log n)"),
        (r"\epsilon", "ϵ"),
        (r"x^{*}", "x*"),
        (r"a_{i\in S}", "a_(i∈S)"),
        (r"90^\circ", "90°"),
        (r"\text{if } x>0", "if x > 0"),
        ("p(x|y)", "p(x|y)"),
        (r"\mathcalO(1/\sqrtT)", "O(1/√T)"),
        ("n^q n!", "n^q n!"),
        ("(1 ≤ r < ∞)", "(1 ≤ r < ∞)"),
        ("2^{O(n * \\log n)}", "2^(O(n∗log n))"),
    ] {
        assert_eq!(math_plain(tex), plain, "{tex}");
    }
}

#[test]
fn a_space_that_holds_is_a_character() {
    for tex in [r"\texttt{a~b }", r"\text{ sim _x_}"] {
        let html = math_html(tex, false);
        assert!(!html.contains("&nbsp;"), "{html}");
        assert!(html.contains('\u{a0}'), "{html}");
    }
}
