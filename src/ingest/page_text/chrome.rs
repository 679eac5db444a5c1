//! Page chrome: menus, buttons and notices, recognised by vocabulary. All words of
//! such a line are typical of controls, in any order.

use crate::text::is_stop_word;

/// How certain we are that a line is chrome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ingest) enum Chrome {
    /// The words fit, but it might be a short title.
    Likely,
    /// No title looks like this.
    Sure,
}

/// The longest chrome, in words: a footer on one line.
const MAX_WORDS: usize = 40;

/// Whether a line can be chrome, and how certain that is.
pub(in crate::ingest) fn chrome(text: &str) -> Option<Chrome> {
    let lower = text.to_lowercase();
    if lower.starts_with('©')
        || lower.starts_with("copyright ")
        || lower.contains("all rights reserved")
        || is_pagination(&lower)
    {
        return Some(Chrome::Sure);
    }
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'')
        .filter(|word| word.contains(char::is_alphanumeric))
        .collect();
    if words.is_empty() || words.len() > MAX_WORDS {
        return None;
    }
    let known = |word: &&str| {
        let number = word.bytes().all(|b| b.is_ascii_digit());
        number || is_stop_word(word) || [ACTIONS, THINGS, PLACES].iter().any(|list| has(list, word))
    };
    let telling = words
        .iter()
        .any(|word| !is_stop_word(word) && known(word) && word.parse::<u64>().is_err());
    if !words.iter().all(known) || !telling {
        return None;
    }
    // Buttons do not end with a full stop, as the sentence "Its abstract." does,
    // and do not speak in the first person.
    let is_said = words.iter().any(|word| matches!(*word, "we" | "our"));
    if (lower.ends_with('.') && words.len() < 5) || is_said {
        return None;
    }
    let acts = has(ACTIONS, words[0]) && words[1..].iter().any(|word| has(THINGS, word));
    // Five place names in a row are a menu, not a title.
    Some(if acts || words.len() >= 5 {
        Chrome::Sure
    } else {
        Chrome::Likely
    })
}

fn has(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// "1 2 3 … 10", "1 - 25 of 122", "« Previous 1 2 Next »".
fn is_pagination(lower: &str) -> bool {
    let mut numbers = 0;
    let mut others = 0;
    for word in lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .take(60)
    {
        if word.bytes().all(|b| b.is_ascii_digit()) {
            numbers += 1;
        } else if !matches!(
            word,
            "of" | "page"
                | "pages"
                | "next"
                | "previous"
                | "prev"
                | "first"
                | "last"
                | "to"
                | "total"
                | "entries"
                | "results"
                | "showing"
        ) {
            others += 1;
        }
    }
    others == 0 && (numbers >= 2 || (numbers == 1 && lower.contains("page")))
}

/// What a control does.
#[rustfmt::skip]
static ACTIONS: &[&str] = &[
    "accept", "add", "back", "bookmark", "browse", "cancel", "cite", "click", "close", "collapse",
    "copy", "create", "delete", "download", "edit", "expand", "explore", "export", "filter",
    "follow", "get", "go", "hide", "import", "install", "join", "jump", "load", "log", "login",
    "logout", "manage", "next", "open", "prev", "previous", "print", "read", "refresh",
    "register", "reject", "report", "reset", "return", "save", "search", "see", "select", "share",
    "show", "sign", "skip", "sort", "start", "submit", "subscribe", "switch", "toggle", "try",
    "undo", "unsubscribe", "upgrade", "upvote", "view", "visit",
];

/// What it acts on, and where.
#[rustfmt::skip]
static THINGS: &[&str] = &[
    "abstract", "abstracts", "account", "all", "arxiv", "bibtex", "bottom", "citation",
    "citations", "code", "collection", "collections", "comments", "content", "cookie", "cookies",
    "date", "demo", "details", "discussion", "email", "emails", "entries", "entry", "everyone",
    "feed", "fewer", "full", "history", "home", "html", "image", "images", "in", "inbox", "items",
    "less", "library", "link", "links", "list", "listings", "main", "material", "menu", "mode",
    "more", "navigation", "newsletter", "notifications", "out", "page", "pages", "paper",
    "papers", "pdf", "poster", "preferences", "profile", "project", "readers", "results",
    "review", "reviews", "revisions", "rss", "sections", "settings", "similar", "slides",
    "source", "summary", "supplementary", "theme", "thread", "to", "top", "trending", "up",
    "updates", "video", "website",
];

/// Names of places and states on a site.
#[rustfmt::skip]
static PLACES: &[&str] = &[
    "about", "accepted", "accessibility", "account", "ads", "advertise", "advertisement",
    "affiliates", "ai", "announcements", "api", "app", "apps", "archive", "archives", "blog",
    "brand", "businesses", "by", "careers", "categories", "changelog", "chat", "community",
    "company", "conditions", "contact", "contribute", "cookie", "cookies", "copyright", "cross",
    "cross-lists", "daily", "dark", "dashboard", "datasets", "day", "days", "developers",
    "discord", "docs", "documentation", "donate", "education", "english", "enterprise", "events",
    "everyone", "facebook", "faq", "featured", "feedback", "follow", "forum", "forums", "github",
    "guide", "guides", "help", "home", "hot", "hub", "huggingface", "inference", "instagram",
    "issues", "jobs", "language", "latest", "legal", "light", "likes", "linkedin", "listings",
    "lists", "login", "mastodon", "menu", "models", "month", "monthly", "navigation", "new",
    "newest", "news", "newsletter", "of", "oldest", "oral", "orals", "organizations", "overview",
    "paper", "papers", "partners", "people", "picks", "podcast", "policy", "popular", "poster",
    "posters", "posts", "press", "pricing", "privacy", "pro", "product", "products", "readers",
    "recent", "rejected", "replacements", "resources", "revisions", "rss", "search", "security",
    "service", "services", "settings", "site", "sitemap", "solutions", "spaces", "sponsor",
    "sponsored", "sponsors", "spotlight", "spotlights", "status", "store", "submissions",
    "support", "system", "tasks", "team", "terms", "today", "tomorrow", "tos", "trending",
    "tutorials", "twitter", "use", "users", "week", "weekly", "weeks", "withdrawn", "year",
    "yearly", "yesterday", "youtube",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_without_repetition() {
        for list in [ACTIONS, THINGS, PLACES] {
            assert!(list.is_sorted_by(|a, b| a < b));
        }
    }

    #[test]
    fn controls_are_told_from_titles() {
        for (text, want) in [
            ("new", Some(Chrome::Likely)),
            ("Subscribe", Some(Chrome::Likely)),
            (
                "Get trending papers in your email inbox!",
                Some(Chrome::Sure),
            ),
            ("Load more", Some(Chrome::Sure)),
            ("View PDF", Some(Chrome::Sure)),
            ("Sign Up", Some(Chrome::Sure)),
            ("Privacy", Some(Chrome::Likely)),
            ("Terms of Service", Some(Chrome::Likely)),
            ("Previous", Some(Chrome::Likely)),
            ("© 2025 The Page", Some(Chrome::Sure)),
            ("1 2 3 ... 10 Next", Some(Chrome::Sure)),
            ("Page 2 of 7", Some(Chrome::Sure)),
            (
                "Models Datasets Spaces Docs Enterprise Pricing",
                Some(Chrome::Sure),
            ),
            ("Daily Papers", Some(Chrome::Likely)),
            ("▽ More", None),
            ("Densing Law of LLMs", None),
            ("Show, Attend and Tell", None),
            ("Attention Is All You Need", None),
            ("To Be or Not to Be", None),
            ("Read, Watch, and Move", None),
            ("2048", None),
        ] {
            assert_eq!(chrome(text), want, "{text}");
        }
    }
}
