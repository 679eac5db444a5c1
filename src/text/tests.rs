//! Golden-file tests: one table with the tokenizer's expected output, shared with
//! its browser counterpart. `BLESS_GOLDEN=1` rewrites it; review the diff.

use std::path::Path;

use super::{clean, fold, positioned_tokens, sentences, stem, title_key, tokens};

/// Undoes the escapes of the golden file's first column.
fn unescape(field: &str) -> String {
    let mut text = String::new();
    let mut rest = field;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let kind = rest.chars().next().expect("an escape has a letter");
        rest = &rest[kind.len_utf8()..];
        text.push(match kind {
            't' => '\t',
            'n' => '\n',
            '\\' => '\\',
            'u' => {
                let (code, after) = rest
                    .strip_prefix('{')
                    .and_then(|rest| rest.split_once('}'))
                    .expect("a code point stands in braces");
                rest = after;
                char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap()
            }
            other => panic!("unknown escape \\{other}"),
        });
    }
    text + rest
}

#[test]
fn the_golden_file_holds() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/tokens.tsv");
    let golden = std::fs::read_to_string(&path).unwrap();
    let mut actual = String::new();
    let mut cases = 0;
    for line in golden.lines() {
        if let Some((input, _)) = line.split_once('\t') {
            cases += 1;
            let tokens = tokens(&unescape(input));
            let stems: Vec<_> = tokens.iter().map(|token| stem(token)).collect();
            actual += &format!("{input}\t{}\t{}\n", tokens.join(" "), stems.join(" "));
        } else {
            actual += &format!("{line}\n");
        }
    }
    assert!(cases > 150, "only {cases} cases");
    if std::env::var_os("BLESS_GOLDEN").is_some() {
        std::fs::write(&path, actual).unwrap();
        return;
    }
    for (number, (want, have)) in golden.lines().zip(actual.lines()).enumerate() {
        assert_eq!(have, want, "{}:{}", path.display(), number + 1);
    }
}

#[test]
fn a_joined_compound_has_the_position_of_its_first_word() {
    let found = positioned_tokens("the low-rank C++17 强化学习 way");
    let found: Vec<_> = found.iter().map(|(at, t)| (*at, t.as_str())).collect();
    assert_eq!(
        found,
        [
            (0, "the"),
            (1, "low"),
            (2, "rank"),
            (1, "lowrank"),
            (3, "c++"),
            (4, "17"),
            (3, "c++17"),
            (5, "强化"),
            (6, "化学"),
            (7, "学习"),
            (8, "way"),
        ]
    );
}

/// Each pattern would take minutes if any function rescanned the whole text.
#[test]
fn hostile_text_takes_linear_time() {
    for pattern in [
        "a",
        "a-",
        "a.",
        "A.",
        "'a",
        "a's",
        "c++",
        ".net",
        "..",
        "\u{301}",
        "a\u{301}\u{323}",
        "が\u{3099}",
        "学",
        "。",
        "\u{200d}",
        "א\u{5b0}",
        "\n",
        "1. ",
        "e.g. ",
        ". ",
        "\"",
        "(",
        ").",
        "A.a",
        "Fig.",
    ] {
        for tail in ["", ",,,,", "))))"] {
            let text = pattern.repeat(30_000) + &tail.repeat(10_000);
            clean(&text);
            fold(&text);
            tokens(&text);
            sentences(&text);
            title_key(&text);
        }
    }
}

proptest::proptest! {
    #[test]
    fn tokens_are_folded_bounded_and_never_empty(text in "(.|[a-zA-Z'.+#:-]|[é强β]){0,60}") {
        for token in tokens(&text) {
            proptest::prop_assert!((1..=super::MAX_TOKEN_CHARS).contains(&token.chars().count()));
            proptest::prop_assert!(!token.contains(char::is_whitespace));
            proptest::prop_assert_eq!(fold(&token), token.as_str());
            // A token must match itself when typed. (The joined form of "C/C++" is
            // the only kind found solely through its compound.)
            if !token.contains(['+', '#', '.']) {
                proptest::prop_assert_eq!(tokens(&token), [token.as_str()]);
            }
            proptest::prop_assert!(!stem(&token).is_empty());
        }
    }
}
