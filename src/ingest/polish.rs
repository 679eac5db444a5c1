//! Final cleanup for every record: removes markup around words and placeholders
//! that programs write instead of a summary, and extracts identifiers from venues.

use super::{language, marks};
use crate::model::{Facts, PaperId, Record};
use crate::text::{clean, clean_line};

/// Cleans up a record. Returns the fields that were dropped because they held
/// nothing but an error message of the program that should have filled them.
pub(super) fn polish(record: &mut Record) -> Vec<String> {
    let record = &mut record.facts;
    unmark_line(&mut record.title);
    if let Some(tag) = record.language.as_deref().and_then(language::tag) {
        record.language = Some(tag.to_owned());
    }
    if record.abstract_text.contains(['<', '&']) {
        let plain = marks::prose(&record.abstract_text).into_owned();
        record.abstract_text = clean(&plain).trim().to_owned();
    }
    let publication = &mut *record.publication;
    let lines = [
        &mut record.venue,
        &mut record.summary,
        &mut record.comment,
        &mut publication.series,
        &mut publication.publisher,
    ];
    for line in lines.into_iter().flatten() {
        unmark_line(line);
    }
    for word in &mut record.keywords {
        unmark_line(word);
    }
    let mut failed = Vec::new();
    if record.summary.as_deref().is_some_and(is_failure) {
        record.summary = None;
        failed.push("summary".to_owned());
    }
    if is_failure(&record.abstract_text) {
        record.abstract_text.clear();
        failed.push("abstract".to_owned());
    }
    take_arxiv(record);
    failed
}

fn unmark_line(text: &mut String) {
    if text.contains(['<', '&']) {
        *text = clean_line(&marks::line(text));
    }
}

/// Extracts the identifier from a venue such as "arXiv preprint arXiv:1901.00002"
/// or "CoRR abs/1901.00002". If nothing else is left, there is no venue.
fn take_arxiv(record: &mut Facts) {
    let Some(venue) = &record.venue else {
        return;
    };
    let lower = venue.to_lowercase();
    if !lower.contains("arxiv") && !lower.contains("corr") {
        return;
    }
    let mut says_more = false;
    let mut found = None;
    for word in venue.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')')) {
        let lower = word.to_lowercase();
        let bare = lower
            .trim_start_matches("arxiv:")
            .trim_start_matches("abs/");
        if let Some(id) = PaperId::new("arxiv", bare.trim_end_matches('.')) {
            found.get_or_insert(id);
            continue;
        }
        says_more |= !matches!(
            lower.trim_matches(['.', ':']),
            "" | "arxiv"
                | "preprint"
                | "preprints"
                | "e-print"
                | "e-prints"
                | "eprint"
                | "eprints"
                | "corr"
                | "abs"
                | "cornell"
                | "university"
                | "org"
                | "arxiv.org"
                | "available"
                | "at"
        ) && !lower.starts_with('[');
    }
    if let Some(id) = found
        && record.ids.iter().all(|id| id.scheme() != "arxiv")
    {
        record.ids.push(id);
    }
    if !says_more && record.ids.iter().any(|id| id.scheme() == "arxiv") {
        record.venue = None;
    }
}

/// The longest error message, in bytes.
const MAX_MESSAGE: usize = 400;

/// Whether a text only says that there is none, as programs write when a model or a
/// service failed.
fn is_failure(text: &str) -> bool {
    if text.is_empty() || text.len() > MAX_MESSAGE {
        return false;
    }
    let lower = text.to_lowercase().replace('’', "'");
    let lower = lower.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '*' | '"'
                    | '\''
                    | '`'
                    | '['
                    | ']'
                    | '('
                    | ')'
                    | '<'
                    | '>'
                    | '⚠'
                    | '❌'
                    | '\u{fe0f}'
            )
    });
    let whole = lower.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '.' | '!' | ':' | '…' | '。' | '！' | '-' | '—')
    });
    whole.is_empty()
        || WHOLE.contains(&whole)
        || BEGINNINGS
            .iter()
            .any(|beginning| lower.starts_with(beginning))
}

/// Complete error messages.
const WHOLE: &[&str] = &[
    "error",
    "errors",
    "failed",
    "failure",
    "n/a",
    "na",
    "none",
    "null",
    "nan",
    "undefined",
    "unknown",
    "not available",
    "not provided",
    "not found",
    "no summary",
    "no summary available",
    "no summary generated",
    "no summary provided",
    "no tldr",
    "no tldr available",
    "no abstract",
    "no abstract available",
    "no abstract provided",
    "no abstract found",
    "no description",
    "no description available",
    "no content",
    "summary unavailable",
    "summary not available",
    "summary not found",
    "summary failed",
    "abstract unavailable",
    "abstract not available",
    "abstract not found",
    "abstract not provided",
    "an abstract is not available",
    "generation failed",
    "translation failed",
    "processing failed",
    "analysis failed",
    "timeout",
    "timed out",
    "request timed out",
    "request timeout",
    "rate limit",
    "rate limited",
    "todo",
    "tbd",
    "tba",
    "pending",
    "processing",
    "loading",
    "coming soon",
    "skipped",
    "placeholder",
    "internal server error",
    "service unavailable",
    "bad gateway",
    "生成失败",
    "摘要生成失败",
    "总结失败",
    "总结生成失败",
    "处理失败",
    "分析失败",
    "翻译失败",
    "错误",
    "无",
    "暂无",
    "无摘要",
    "暂无摘要",
    "生成失敗",
    "要約の生成に失敗しました",
    "要約に失敗しました",
    "エラー",
];

/// The beginnings of error messages.
const BEGINNINGS: &[&str] = &[
    "error:",
    "error -",
    "error code",
    "error generating",
    "error occurred",
    "error while",
    "error during",
    "error calling",
    "error fetching",
    "error processing",
    "error summarizing",
    "error parsing",
    "an error occurred",
    "an error has occurred",
    "an unexpected error",
    "exception:",
    "traceback (most recent",
    "failed to generate",
    "failed to summar",
    "failed to fetch",
    "failed to parse",
    "failed to process",
    "failed to get",
    "failed to retrieve",
    "failed to load",
    "failed to translate",
    "failed to extract",
    "failed to call",
    "failed to connect",
    "failed to create",
    "failed to produce",
    "failed:",
    "summary generation failed",
    "summary generation error",
    "summarization failed",
    "summarisation failed",
    "summary could not be generated",
    "summary not generated",
    "tldr generation failed",
    "generation failed:",
    "translation failed:",
    "could not generate",
    "couldn't generate",
    "could not summar",
    "could not be generated",
    "unable to generate",
    "unable to summar",
    "unable to fetch",
    "unable to process",
    "unable to access",
    "unable to provide",
    "i'm sorry",
    "i am sorry",
    "sorry,",
    "sorry but",
    "i cannot",
    "i can't",
    "i can not",
    "i could not",
    "i'm unable",
    "i am unable",
    "i'm not able",
    "i don't have",
    "i do not have",
    "i apologize",
    "i apologise",
    "as an ai ",
    "as an ai,",
    "as a language model",
    "as a large language model",
    "unfortunately, i ",
    "it seems you haven't",
    "it seems that you haven't",
    "it looks like you haven't",
    "it appears you haven't",
    "it seems the abstract",
    "please provide the ",
    "please provide an abstract",
    "rate limit exceeded",
    "rate limit reached",
    "rate limit error",
    "rate limit hit",
    "rate limit:",
    "ratelimiterror",
    "rate_limit",
    "rate exceeded",
    "too many requests",
    "you exceeded your current quota",
    "quota exceeded",
    "insufficient_quota",
    "insufficient quota",
    "invalid api key",
    "incorrect api key",
    "api error",
    "api request failed",
    "api call failed",
    "api limit",
    "openai api",
    "openai error",
    "gemini api",
    "http error",
    "httperror",
    "http 4",
    "http 5",
    "429 ",
    "500 internal",
    "502 bad",
    "503 service",
    "connection error",
    "connectionerror",
    "connection timed out",
    "timeouterror",
    "readtimeout",
    "timeout:",
    "request failed",
    "request timed out",
    "max retries",
    "maximum retries",
    "maximum context length",
    "this model's maximum context",
    "content not available",
    "no summary could be",
    "{'error",
    "{\"error",
    "摘要生成失败",
    "生成失败",
    "总结失败",
    "处理失败",
    "请求失败",
    "错误：",
    "错误:",
    "抱歉",
    "对不起",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Source;

    #[test]
    fn failures_are_told_from_what_authors_write() {
        for text in [
            "Error",
            "Error.",
            "**Error**",
            "Summary generation failed",
            "N/A",
            "I'm sorry, but I cannot help with that.",
            "I’m sorry, I can't access the paper.",
            "Rate limit exceeded: try again in 20 s",
            "Error: 429 Too Many Requests",
            "Failed to generate summary",
            "...",
        ] {
            assert!(is_failure(text), "{text}");
        }
        for text in [
            "Error correction codes protect data.",
            "Errors in measurement are studied.",
            "Rate limits of channels are derived.",
            "Failed experiments teach us.",
            "Unknown words are segmented.",
            "None of the models can do it.",
            "",
        ] {
            assert!(!is_failure(text), "{text}");
        }
    }

    #[test]
    fn identifiers_come_out_of_venues() {
        for (venue, left, id) in [
            ("arXiv preprint arXiv:1901.00002", None, "arxiv:1901.00002"),
            ("CoRR, abs/1901.00002", None, "arxiv:1901.00002"),
            ("CoRR abs/1901.00002v2", None, "arxiv:1901.00002"),
            (
                "arXiv:hep-th/9901001 [hep-th]",
                None,
                "arxiv:hep-th/9901001",
            ),
            (
                "NeurIPS 2019, arXiv:1901.00002",
                Some("NeurIPS 2019, arXiv:1901.00002"),
                "arxiv:1901.00002",
            ),
            ("arXiv", Some("arXiv"), ""),
            ("Journal of Correlation", Some("Journal of Correlation"), ""),
        ] {
            let mut record = Record::new(Source::JSONL, 1, "T");
            record.venue = Some(venue.to_owned());
            assert!(polish(&mut record).is_empty());
            assert_eq!(record.venue.as_deref(), left, "{venue}");
            let ids: Vec<&str> = record.ids.iter().map(PaperId::as_str).collect();
            assert_eq!(ids.join(" "), id, "{venue}");
        }
    }
}
