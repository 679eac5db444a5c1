//! `[[script]]`: third-party or own scripts, for example for analytics or comments.

use super::origin::origin_of;
use super::value::{fault, set};
use crate::config::fields::Fields;
use crate::config::node::Value;
use crate::diagnostics::nearest;

/// One `[[script]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct ScriptSettings {
    /// `src`: a URL, or the path of a file of the site.
    pub src: String,
    /// The URL's origin; `None` for a file of the site.
    pub origin: Option<String>,
    /// `place`: where on the page it goes.
    pub place: ScriptPlace,
    /// `pages`: the kinds of pages it is added to; empty for all.
    pub pages: Vec<String>,
    /// `target`: the ID of an element to create for the script to fill.
    pub target: Option<String>,
    /// Its other attributes, in order. An attribute without a value has an empty
    /// one.
    pub attributes: Vec<(String, String)>,
}

/// Where on a page a script goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScriptPlace {
    /// In the head.
    Head,
    /// At the end of the main content.
    End,
}

/// The kinds of pages, as templates name them.
const KINDS: [&str; 17] = [
    "index", "papers", "paper", "cite", "topics", "topic", "digests", "digest", "authors",
    "author", "venues", "venue", "trends", "search", "saved", "page", "404",
];

/// Reads one `[[script]]`. `None` if it is unusable.
pub(super) fn read_script(script: Fields<'_, '_>) -> Option<ScriptSettings> {
    let mut read = ScriptSettings {
        src: String::new(),
        origin: None,
        place: ScriptPlace::Head,
        pages: Vec::new(),
        target: None,
        attributes: Vec::new(),
    };
    match script.string("src") {
        Some(src) => read.take_src(src, &script),
        None if script.node("src").is_none() => fault(
            &script,
            "src",
            "a [[script]] needs a src".to_owned(),
            "add a line such as src = \"https://example.org/script.js\"",
        ),
        None => {}
    }
    let places = [("head", ScriptPlace::Head), ("end", ScriptPlace::End)];
    set(&mut read.place, script.choice("place", &places));
    if let Some(kinds) = script.strings("pages") {
        read.pages = kinds;
        read.check_kinds(&script);
    }
    if let Some(target) = script.string("target") {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if !target.is_empty() && target.chars().all(fits) {
            read.target = Some(target);
        } else {
            let message = format!("`{target}` is not a valid element id");
            fault(
                &script,
                "target",
                message,
                "use letters, digits, `-` and `_`",
            );
        }
        if read.place == ScriptPlace::Head {
            let message = "the element of a `target` cannot be in the head of a page".to_owned();
            fault(&script, "target", message, "add place = \"end\"");
        }
    }
    read.take_attributes(&script);
    script.finish_but(is_data);
    (!read.src.is_empty()).then_some(read)
}

impl ScriptSettings {
    fn take_src(&mut self, src: String, script: &Fields<'_, '_>) {
        self.origin = origin_of(&src);
        let fits = match &self.origin {
            Some(_) => src
                .chars()
                .all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '<' | '>')),
            None => is_own_file(&src),
        };
        if fits {
            self.src = src;
            return;
        }
        let help = match src.starts_with("http:") || src.starts_with("//") {
            true => "write it as https://…; files loaded over http can be modified on the way",
            false => "write https://…, or the path of a file in static/, such as visits.js",
        };
        fault(
            script,
            "src",
            format!("`{src}` is not the URL or file of a script"),
            help,
        );
    }

    fn check_kinds(&self, script: &Fields<'_, '_>) {
        for kind in &self.pages {
            if !KINDS.contains(&kind.as_str()) {
                let known = format!("known are {}", KINDS.join(", "));
                let help = match nearest(kind, KINDS) {
                    Some(name) => format!("did you mean `{name}`? {known}"),
                    None => known,
                };
                fault(
                    script,
                    "pages",
                    format!("there is no kind of page `{kind}`"),
                    &help,
                );
            }
        }
    }

    fn take_attributes(&mut self, script: &Fields<'_, '_>) {
        let is_module = script.choice("type", &[("module", ())]).is_some();
        if is_module {
            self.add("type", "module");
        }
        let is_async = script.bool("async") == Some(true);
        if is_async {
            self.add("async", "");
        }
        // A script should not block the page from loading.
        let waits = script.bool("defer").unwrap_or(!is_module && !is_async);
        if waits {
            self.add("defer", "");
        }
        let integrity = script.string("integrity");
        if let Some(integrity) = &integrity {
            if is_integrity(integrity) {
                self.add("integrity", integrity);
            } else {
                let message = format!("`{integrity}` is not a valid integrity hash");
                fault(script, "integrity", message, "write it as sha384-…");
            }
        }
        let modes = ["anonymous", "use-credentials"].map(|mode| (mode, mode));
        let mode = script.choice("crossorigin", &modes);
        // Without CORS, browsers cannot check the integrity of a cross-origin
        // script.
        let implied = integrity.filter(|_| self.origin.is_some());
        if let Some(mode) = mode.or(implied.map(|_| "anonymous")) {
            self.add("crossorigin", mode);
        }
        for (key, node) in script.entries() {
            if !is_data(&key.name) {
                continue;
            }
            let value = match &node.value {
                Value::String(text) => text.clone(),
                Value::Integer(n) => n.to_string(),
                Value::Bool(is) => is.to_string(),
                other => {
                    let message = format!(
                        "`script.{}` is {}, but must be a text",
                        key.name,
                        other.kind()
                    );
                    super::value::fault_at(script, node, message);
                    continue;
                }
            };
            self.add(&key.name, &value);
        }
    }

    fn add(&mut self, name: &str, value: &str) {
        self.attributes.push((name.to_owned(), value.to_owned()));
    }
}

/// Whether a key is a `data-` attribute, which each service names as it likes.
fn is_data(key: &str) -> bool {
    let name = key.strip_prefix("data-");
    name.is_some_and(|name| {
        !name.is_empty()
            && name.chars().all(|c| {
                c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.')
            })
    })
}

/// Whether a text is the path of a file of the site.
fn is_own_file(path: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/');
    !path.is_empty()
        && path.chars().all(is_plain)
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// Whether a text is a valid integrity value.
fn is_integrity(text: &str) -> bool {
    let is_hash = |word: &str| {
        let hash = ["sha256-", "sha384-", "sha512-"].iter();
        let hash = hash.filter_map(|kind| word.strip_prefix(kind)).next();
        hash.is_some_and(|hash| {
            hash.len() > 40
                && hash
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '='))
        })
    };
    let mut words = text.split_whitespace().peekable();
    words.peek().is_some() && words.all(is_hash)
}
