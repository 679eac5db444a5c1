//! `robots.txt`: which crawlers may read the site, and where the sitemap is.

use crate::cite::web_address;

/// User agents of AI crawlers, and whether each only looks up pages to answer
/// users. The others collect training data.
const AI_ROBOTS: [(&str, bool); 30] = [
    ("AI2Bot", false),
    ("Ai2Bot-Dolma", false),
    ("Amazonbot", false),
    ("Applebot-Extended", false),
    ("Bytespider", false),
    ("CCBot", false),
    ("ChatGPT-User", true),
    ("Claude-SearchBot", true),
    ("Claude-User", true),
    ("ClaudeBot", false),
    ("DeepSeekBot", false),
    ("Diffbot", false),
    ("DuckAssistBot", true),
    ("FacebookBot", false),
    ("GPTBot", false),
    ("Google-CloudVertexBot", false),
    ("Google-Extended", false),
    ("ImagesiftBot", false),
    ("Meta-ExternalAgent", false),
    ("Meta-ExternalFetcher", true),
    ("MistralAI-User", true),
    ("OAI-SearchBot", true),
    ("PanguBot", false),
    ("Perplexity-User", true),
    ("PerplexityBot", true),
    ("Timpibot", false),
    ("YouBot", true),
    ("anthropic-ai", false),
    ("cohere-training-data-crawler", false),
    ("omgili", false),
];

/// What AI crawlers may do with a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AiRobots {
    /// Anything.
    Welcome,
    /// Look up pages to answer users, but not train on them.
    LookUp,
    /// Nothing.
    Unwelcome,
}

/// The content of `robots.txt`.
#[derive(Debug, Clone, Copy)]
pub struct Robots<'a> {
    /// What AI crawlers may do.
    pub ai: AiRobots,
    /// Paths that no crawler may read. Each starts with `/`, the root of the site.
    pub disallow: &'a [String],
    /// The site's URL, ending in `/`, if known.
    pub base_url: Option<&'a str>,
    /// Whether there is a sitemap.
    pub has_sitemap: bool,
}

/// The file.
pub fn robots(robots: &Robots<'_>) -> String {
    let base = robots.base_url.and_then(web_address);
    // Paths in the file are relative to the root of the host.
    let folder = base
        .as_deref()
        .and_then(|base| Some(url::Url::parse(base).ok()?.path().to_owned()));
    let folder = folder.unwrap_or_else(|| "/".to_owned());
    let mut file = String::from("User-agent: *\n");
    for path in robots.disallow {
        file.push_str(&format!(
            "Disallow: {folder}{}\n",
            path.trim_start_matches('/')
        ));
    }
    if robots.disallow.is_empty() {
        file.push_str("Allow: /\n");
    }
    let unwelcome: Vec<&str> = AI_ROBOTS
        .iter()
        .filter(|(_, looks_up)| match robots.ai {
            AiRobots::Welcome => false,
            AiRobots::LookUp => !looks_up,
            AiRobots::Unwelcome => true,
        })
        .map(|(name, _)| *name)
        .collect();
    if !unwelcome.is_empty() {
        file.push('\n');
        for name in unwelcome {
            file.push_str(&format!("User-agent: {name}\n"));
        }
        file.push_str("Disallow: /\n");
    }
    if let Some(base) = base.filter(|_| robots.has_sitemap) {
        file.push_str(&format!("\nSitemap: {base}sitemap.xml\n"));
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Robots<'_> = Robots {
        ai: AiRobots::Welcome,
        disallow: &[],
        base_url: Some("https://a.org/papers/"),
        has_sitemap: true,
    };

    #[test]
    fn an_open_site_names_its_sitemap() {
        assert_eq!(
            robots(&OPEN),
            "User-agent: *\nAllow: /\n\nSitemap: https://a.org/papers/sitemap.xml\n"
        );
        let hidden = Robots {
            has_sitemap: false,
            ..OPEN
        };
        assert_eq!(robots(&hidden), "User-agent: *\nAllow: /\n");
    }

    #[test]
    fn paths_count_from_where_the_site_begins() {
        let disallow = ["/search/".to_owned(), "/*.pdf$".to_owned()];
        let file = robots(&Robots {
            disallow: &disallow,
            ..OPEN
        });
        assert!(
            file.starts_with(
                "User-agent: *\nDisallow: /papers/search/\nDisallow: /papers/*.pdf$\n\n"
            ),
            "{file}"
        );
        let at_root = robots(&Robots {
            disallow: &disallow,
            base_url: None,
            ..OPEN
        });
        assert!(at_root.contains("Disallow: /search/\n"), "{at_root}");
    }

    #[test]
    fn who_may_only_look_up_may_not_learn() {
        let file = |ai| robots(&Robots { ai, ..OPEN });
        let searched = file(AiRobots::LookUp);
        assert!(searched.contains("User-agent: GPTBot\n") && searched.contains("\nDisallow: /\n"));
        assert!(!searched.contains("OAI-SearchBot"));
        let closed = file(AiRobots::Unwelcome);
        assert!(closed.contains("User-agent: GPTBot\n") && closed.contains("OAI-SearchBot"));
        assert!(closed.starts_with("User-agent: *\nAllow: /\n"));
    }

    #[test]
    fn each_name_stands_once_and_in_order() {
        assert!(AI_ROBOTS.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
