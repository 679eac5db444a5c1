//! Recognises withdrawals: what arXiv authors write into the comment or abstract of
//! a paper they withdraw.

/// Whether a comment says that the paper is withdrawn, at its start or after other
/// remarks: "10 pages; withdrawn by the authors".
pub(super) fn comment_says_withdrawn(comment: &str) -> bool {
    let remarks = comment.split([';', '.', ',']).take(20);
    says_withdrawn(comment)
        || remarks
            .filter(|remark| remark.to_lowercase().contains("withdrawn"))
            .any(says_withdrawn)
}

/// Whether a comment or abstract starts by saying that the paper is withdrawn.
/// Withdrawal from a conference does not count.
pub(super) fn says_withdrawn(text: &str) -> bool {
    let head: String = text.chars().take(200).collect::<String>().to_lowercase();
    let words: Vec<&str> = head
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .collect();
    let Some(at) = words
        .iter()
        .take(12)
        .position(|word| matches!(*word, "withdrawn" | "withdrew" | "withdraw" | "retracted"))
    else {
        return false;
    };
    // It may be preceded by "This paper has been", "The authors have", "Submission
    // is", "v2:".
    let subject = words[..at].iter().all(|word| {
        matches!(
            *word,
            "this"
                | "the"
                | "paper"
                | "article"
                | "submission"
                | "manuscript"
                | "preprint"
                | "work"
                | "version"
                | "draft"
                | "has"
                | "have"
                | "had"
                | "been"
                | "is"
                | "was"
                | "are"
                | "being"
                | "author"
                | "authors"
                | "we"
                | "i"
                | "note"
                | "to"
                | "arxiv"
                | "admin"
                | "now"
                | "here"
                | "by"
                | "hereby"
                | "wish"
                | "want"
                | "decided"
                | "temporarily"
                | "of"
                | "our"
                | "my"
        )
    });
    let elsewhere = words.get(at + 1) == Some(&"from")
        && !matches!(words.get(at + 2), Some(&"arxiv" | &"publication"));
    let goes_on = words
        .get(at + 1)
        .is_none_or(|next| !matches!(*next, "papers" | "articles" | "consent" | "states"));
    subject && !elsewhere && goes_on
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_may_say_it_behind_other_remarks() {
        for (comment, want) in [
            (
                "10 pages; withdrawn by the author due to an error in Eq. 3",
                true,
            ),
            ("12 pages, 3 figures. This paper has been withdrawn", true),
            ("Withdrawn", true),
            ("v2: the flawed version was withdrawn from ICML", false),
            ("10 pages, withdrawn from NeurIPS", false),
            ("An earlier version, arXiv:2001.00001, stays", false),
            ("We study withdrawn drugs, 10 pages", false),
        ] {
            assert_eq!(comment_says_withdrawn(comment), want, "{comment}");
        }
    }

    #[test]
    fn a_paper_that_was_taken_back_says_so_at_once() {
        for (text, want) in [
            (
                "This paper has been withdrawn by the author due to an error in equation 1",
                true,
            ),
            ("Withdrawn", true),
            ("withdrawn due to a crucial error", true),
            ("Paper withdrawn by the authors", true),
            (
                "This submission has been withdrawn by arXiv administrators due to overlap",
                true,
            ),
            ("The authors have withdrawn this paper", true),
            ("We withdraw this paper since Lemma 2 is wrong", true),
            ("This article has been retracted", true),
            ("Withdrawn from arXiv", true),
            ("Withdrawn from ICLR 2024 and extended", false),
            ("12 pages. A section was withdrawn", false),
            ("A study of withdrawn papers", false),
            ("Accepted at ICML", false),
            ("Retracted papers are cited for years", false),
            ("", false),
        ] {
            assert_eq!(says_withdrawn(text), want, "{text}");
        }
    }
}
