//! Runs random text through the tokenizer and its counterpart in the browser. They
//! must agree on every fold, token, position, stem and stop word, or the search box
//! misses papers that are in the index.
#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at the first surprise and says when it is skipped"
)]

#[path = "support/node.rs"]
mod node_script;

use offprint::meaning::{endings, for_each_word};
use offprint::text;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// The answer of `tests/golden/twin.mjs --stdin` for one text.
type Answer = (String, Vec<(u32, String)>, Vec<String>, Vec<bool>);

fn own_answer(text: &str) -> Answer {
    let tokens = text::positioned_tokens(text);
    let stems = tokens.iter().map(|(_, t)| text::stem(t).into()).collect();
    let stops = tokens.iter().map(|(_, t)| text::is_stop_word(t)).collect();
    (text::fold(text).into(), tokens, stems, stops)
}

fn assert_agreement(texts: &[String]) {
    let Some(answers) = node_script::ask::<Answer>("twin.mjs", &["--stdin"], texts) else {
        return;
    };
    for (text, twin) in texts.iter().zip(answers) {
        let own = own_answer(text);
        assert_eq!(own, twin, "{text:?} ({})", text.escape_unicode());
    }
}

/// Pieces of text, chosen so that rules interact often.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-zA-Z]{1,8}",
        2 => "[a-z]{2,5}(s|es|ies|ed|ing|eed|eses|isation|ise|yse|ll|our|y|e|tting|ias|us|is)",
        2 => "[0-9]{1,3}",
        6 => "[-_./:@&^'’‐–− ,+#]",
        1 => Just("C++".to_owned()),
        1 => Just(".net".to_owned()),
        1 => Just("'s".to_owned()),
        1 => "[a-z]{30,45}",
        2 => "[αβγπςΣΩϵά]{1,3}",
        2 => "[àéîõüßæøłđıİŒÞŋ]{1,3}",
        2 => "[一-鿿぀-ヿ㐀-䶿가-힣ｦ-ﾝ々〇]{1,4}",
        1 => "[\u{20000}-\u{2A6DF}𝐀-𝑓𝟎-𝟿😀-🙏🇦-🇿🄰-🅿]{1,2}",
        1 => "[\u{300}-\u{36F}\u{591}-\u{5C7}\u{64B}-\u{65F}\u{93C}-\u{94D}\u{3099}\u{20D0}-\u{20F0}]{1,3}",
        1 => "[\u{AD}\u{200B}-\u{200F}\u{2060}\u{FEFF}\u{FE0F}\u{E0041}]",
        1 => "[а-яёЁא-תء-يक-हा-्ก-๛က-႟ក-៿]{1,5}",
        // Assigned long enough ago that both sides know it.
        2 => "\\p{Age=15.0}{1,3}",
    ]
}

#[test]
fn random_text_gives_the_same_tokens_in_the_browser() {
    let mut runner = TestRunner::deterministic();
    let text = prop::collection::vec(piece(), 0..14).prop_map(|pieces| pieces.concat());
    let texts: Vec<String> = (0..20_000)
        .map(|_| text.new_tree(&mut runner).unwrap().current())
        .collect();
    assert_agreement(&texts);
}

#[test]
fn the_browser_has_the_same_stop_words() {
    assert_agreement(&[text::stop_words().join(" ")]);
}

/// The words by which texts are compared in meaning, and their other forms.
#[test]
fn random_words_have_the_same_forms_in_the_browser() {
    type Forms = (Vec<String>, Vec<Vec<String>>);
    let mut runner = TestRunner::deterministic();
    let text = prop::collection::vec(piece(), 0..8).prop_map(|pieces| pieces.concat());
    let mut texts: Vec<String> = (0..10_000)
        .map(|_| text.new_tree(&mut runner).unwrap().current())
        .collect();
    texts.extend(
        [
            "running",
            "studies",
            "bigger",
            "glasses",
            "éééing",
            "Σίσυφος ΟΔΟΣ",
        ]
        .map(str::to_owned),
    );
    let Some(answers) = node_script::ask::<Forms>("meaning-twin.mjs", &["--stdin"], &texts) else {
        return;
    };
    let mut several = 0;
    for (text, twin) in texts.iter().zip(answers) {
        let mut own: Forms = Default::default();
        for_each_word(text, &mut |word| {
            own.0.push(word.to_owned());
            own.1.push(endings(word).collect());
        });
        several += own.1.iter().filter(|forms| forms.len() > 1).count();
        assert_eq!(own, twin, "{text:?} ({})", text.escape_unicode());
    }
    assert!(several > 400, "{several} words with several forms");
}
