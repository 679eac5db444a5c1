//! Blocked: what the site's templates load and its own policy does not allow. A browser
//! says so to nobody but who looks into its console.

use std::collections::BTreeSet;

use crate::config::{FILE_NAME, Settings};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::render::{Asset, Load, LoadKind, Theme, loads};

/// The template that every page builds on, and the variable that is the policy there.
const BASE: (&str, &str) = ("base.html", "page.policy");

/// Compares the templates with the policy.
pub(super) fn check(settings: &Settings, theme: &Theme) -> Diagnostics {
    let mut found = Diagnostics::new();
    found.extend(missing_scripts(settings, theme));
    let Some(base) = root_of(theme, BASE.0) else {
        return found;
    };
    if !text(base).contains(BASE.1) {
        found.extend(without_policy(settings, base));
        return found;
    }
    let mut said = BTreeSet::new();
    for (name, asset) in &theme.templates {
        // These have policies of their own.
        if !name.ends_with(".html") || name.ends_with("handout.html") {
            continue;
        }
        let text = text(asset);
        for load in loads(&text) {
            let key = key(load.kind);
            if is_allowed(settings, &load)
                || !said.insert((&asset.origin, load.origin.clone(), key))
            {
                continue;
            }
            let place = Place::span(asset.origin.as_str(), &text, load.span.clone());
            found.push(blocked(&load, key).at(place));
        }
    }
    found
}

/// The scripts that the settings name and the site does not have.
fn missing_scripts<'a>(
    settings: &'a Settings,
    theme: &'a Theme,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let own = settings.scripts.iter();
    let own = own.filter(|script| script.origin.is_none());
    let missing = own.filter(|script| !theme.statics.contains_key(&script.src));
    missing.map(|script| {
        let message = format!("a [[script]] names `{}`, which is not there", script.src);
        Diagnostic::warning("no-script", message)
            .at(Place::file(FILE_NAME))
            .field("src")
            .help(format!("put the script into static/{}", script.src))
    })
}

/// The template at the end of the chain that a template extends.
fn root_of<'t>(theme: &'t Theme, name: &str) -> Option<&'t Asset> {
    let mut asset = theme.template(name)?;
    // Templates that extend one another in a ring are found elsewhere.
    for _ in 0..16 {
        let text = text(asset);
        let Some(next) = extended(&text) else {
            break;
        };
        asset = theme.templates.get(next).or_else(|| theme.template(next))?;
    }
    Some(asset)
}

/// The template that another one extends, which its first tag says.
fn extended(template: &str) -> Option<&str> {
    let tag = template.trim_start().strip_prefix("{%")?;
    let name = tag.trim_start_matches(['-', ' ']).strip_prefix("extends")?;
    name.trim_start().split(['"', '\'', '`']).nth(1)
}

fn text(asset: &Asset) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(&asset.bytes)
}

/// Reports that no page contains what the settings ask for.
fn without_policy(settings: &Settings, base: &Asset) -> Option<Diagnostic> {
    let security = &settings.security;
    let asked = [
        &security.scripts,
        &security.styles,
        &security.fonts,
        &security.images,
        &security.media,
        &security.frames,
        &security.connect,
    ];
    let is_asked = !settings.scripts.is_empty() || asked.iter().any(|list| !list.is_empty());
    is_asked.then(|| {
        let message = "`[security]` and `[[script]]` change nothing: this template does not write `page.policy`";
        Diagnostic::warning("no-policy", message)
            .at(Place::file(base.origin.clone()))
            .help("take over the lines with `page.policy`, `page.head_html` and `page.end_html` from `offprint theme show templates/base.html`")
    })
}

/// The key of `[security]` that allows something.
fn key(kind: LoadKind) -> &'static str {
    match kind {
        LoadKind::Script | LoadKind::ScriptInPage => "scripts",
        LoadKind::Style => "styles",
        LoadKind::Image => "images",
        LoadKind::Frame => "frames",
    }
}

fn is_allowed(settings: &Settings, load: &Load) -> bool {
    let security = &settings.security;
    let allowed = match load.kind {
        LoadKind::ScriptInPage => return false,
        LoadKind::Script => &security.scripts,
        LoadKind::Style => &security.styles,
        LoadKind::Image => &security.images,
        LoadKind::Frame => &security.frames,
    };
    let added = settings.scripts.iter();
    let added = added.filter_map(|script| script.origin.as_ref());
    allowed
        .iter()
        .chain(added)
        .any(|origin| covers(origin, &load.origin))
}

/// Whether an origin, which may begin with `*.`, covers another.
fn covers(pattern: &str, origin: &str) -> bool {
    match pattern.split_once("*.") {
        Some((scheme, domain)) => origin
            .strip_prefix(scheme)
            .and_then(|host| host.strip_suffix(domain))
            .is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')),
        None => pattern == origin,
    }
}

fn blocked(load: &Load, key: &str) -> Diagnostic {
    let origin = &load.origin;
    if load.kind == LoadKind::ScriptInPage {
        let message =
            "browsers do not run this script: a page's policy allows only scripts in files";
        return Diagnostic::warning("blocked", message)
            .help("put it into a file in static/, and write `<script src=\"{{ root }}name.js\"></script>`");
    }
    let what = match load.kind {
        LoadKind::Style => "style sheet",
        LoadKind::Image => "picture",
        LoadKind::Frame => "page",
        LoadKind::Script | LoadKind::ScriptInPage => "script",
    };
    let message =
        format!("browsers do not load this {what}: the policy of a page does not allow {origin}");
    let secure = origin.replacen("http:", "https:", 1);
    let help = match secure == *origin {
        true => format!("add `{key} = [\"{origin}\"]` to `[security]` in offprint.toml"),
        false => format!(
            "load it over https, and add `{key} = [\"{secure}\"]` to `[security]` in offprint.toml"
        ),
    };
    Diagnostic::warning("blocked", message).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_says_first_what_it_extends() {
        assert_eq!(extended("{% extends \"a.html\" %}x"), Some("a.html"));
        assert_eq!(extended("\n{%- extends 'b.html' -%}"), Some("b.html"));
        assert_eq!(
            extended("{% block x %}extends \"a.html\"{% endblock %}"),
            None
        );
    }

    #[test]
    fn a_star_stands_for_the_hosts_below_a_domain() {
        assert!(covers("https://a.org", "https://a.org"));
        assert!(covers("https://*.a.org", "https://b.a.org"));
        for other in [
            "https://a.org",
            "https://ba.org",
            "http://b.a.org",
            "https://.a.org",
        ] {
            assert!(!covers("https://*.a.org", other), "{other}");
        }
    }
}
