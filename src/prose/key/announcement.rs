//! Announcements: a sentence in which the authors say what they do, or what
//! their paper does.

/// What the authors say that they, or their paper, do: the strongest verb behind
/// "we", "this paper", "is".
pub(super) fn announcement(words: &[&str]) -> i32 {
    let mut best = 0;
    for (at, word) in words.iter().enumerate() {
        let subject = match *word {
            "we" => 0,
            "paper" | "work" | "study" | "survey" | "article" | "review" | "thesis" | "letter"
            | "report" | "tutorial" | "primer" | "research" | "chapter" | "overview" | "essay"
            | "manuscript" | "dissertation" | "evaluation" => {
                let ours = at > 0
                    && words[..at]
                        .iter()
                        .rev()
                        .take(3)
                        .any(|word| matches!(*word, "this" | "our" | "the" | "present"));
                if !ours {
                    continue;
                }
                6
            }
            "authors" => 0,
            // "prompting us to conduct a survey"
            "us" if words.get(at + 1) == Some(&"to") => 14,
            "is" | "are" => {
                if let Some(weight) = words[at + 1..]
                    .iter()
                    .take(2)
                    .find_map(|verb| participle(verb))
                {
                    best = best.max(weight - 12);
                }
                continue;
            }
            _ => continue,
        };
        // The verb may have adverbs before it; a further subject ends the search.
        let mut discount = 0;
        for (nth, verb) in words[at + 1..].iter().take(6).enumerate() {
            match *verb {
                "we" | "that" | "which" => break,
                "can" | "could" | "may" | "might" | "would" | "must" | "need" | "cannot" => {
                    discount += 25
                }
                "then" | "also" | "further" | "additionally" | "finally" => discount += 12,
                _ => {}
            }
            if let Some(weight) = verb_weight(verb) {
                // "We introduce our benchmark": it is known already.
                if words.get(at + 2 + nth) == Some(&"our") {
                    discount += 12;
                }
                best = best.max(weight + subject - discount);
                break;
            }
        }
    }
    best
}

fn participle(word: &str) -> Option<i32> {
    Some(match word {
        "proposed" | "introduced" | "presented" | "developed" => 50,
        "studied" | "investigated" | "described" | "designed" | "reviewed" | "explored" => 42,
        _ => return None,
    })
}

/// How much a verb announces, in any of its forms.
fn verb_weight(word: &str) -> Option<i32> {
    let stem = match word {
        "study" | "studies" | "studied" | "studying" => "study",
        _ => word
            .strip_suffix("ing")
            .or_else(|| word.strip_suffix("ed"))
            .or_else(|| word.strip_suffix("es"))
            .or_else(|| word.strip_suffix('s'))
            .or_else(|| word.strip_suffix('e'))
            .unwrap_or(word),
    };
    Some(match stem {
        "propos" | "introduc" | "present" => 60,
        "develop" | "devis" | "unveil" | "contribut" => 52,
        "design" | "construct" | "formulat" | "reformulat" | "rethink" | "recast" | "initiat"
        | "pioneer" => 46,
        "study" | "investigat" | "explor" | "examin" | "revisit" | "survey" | "review"
        | "describ" | "delv" | "research" | "report" => 44,
        "analyz" | "analys" | "benchmark" | "address" | "tackl" | "provid" | "conduct"
        | "offer" | "creat" | "curat" | "build" | "prov" | "establish" | "advocat" | "argu"
        | "releas" | "outlin" | "systematically" | "collect" | "open-sourc" | "aim" | "seek"
        | "characteriz" | "compar" | "prepar" => 38,
        "show" | "demonstrat" | "evaluat" | "focus" | "deriv" | "extend" | "consider"
        | "discuss" | "implement" | "generaliz" | "adapt" | "cover" | "summariz" | "validat"
        | "assess" | "hypothesiz" | "suggest" | "highlight" | "identif" | "combin" | "enabl"
        | "answer" | "solv" | "optimiz" | "reveal" | "observ" => 30,
        "us" | "utiliz" | "utilis" | "leverag" | "employ" | "apply" | "train" | "find"
        | "perform" | "achiev" | "test" | "bring" | "mak" | "tak" | "set" | "start"
        | "fine-tun" => 20,
        _ => return None,
    })
}
