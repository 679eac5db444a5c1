//! The policy of a page: what a browser may load for it. That is the site's own, and
//! beside it only what the settings and the page's own Markdown name.

use crate::config::{ScriptSettings, SecuritySettings};

/// The policy, as `Content-Security-Policy` has it, of a page to which the settings add
/// some scripts and whose Markdown shows pictures from some origins. It stands in every
/// page, so it says no more than it must, and has no sign that HTML would escape in an
/// attribute between double quotes.
pub(super) fn policy(
    security: &SecuritySettings,
    scripts: &[&ScriptSettings],
    pictures: &[String],
) -> String {
    // A script of the site's choice may do anything in the page; that it may show and
    // send something too adds nothing, and it would not work without.
    let mut own = vec!["'self'"];
    push_new(
        &mut own,
        scripts.iter().filter_map(|script| script.origin.as_deref()),
    );
    let own = own.join(" ");
    // Formulas and tables have styles of their own, and style sheets have pictures and
    // fonts. Scripts are not of this: they have the next line.
    let mut policy = format!("default-src {own} data: 'unsafe-inline';script-src {own}");
    for origin in &security.scripts {
        policy.push_str(&format!(" {origin}"));
    }
    for (name, always, origins) in [
        ("style-src", " 'unsafe-inline'", [&security.styles[..], &[]]),
        ("img-src", " data:", [pictures, &security.images]),
        ("font-src", " data:", [&security.fonts, &[]]),
        ("media-src", "", [&security.media, &[]]),
        ("frame-src", "", [&security.frames, &[]]),
        ("connect-src", "", [&security.connect, &[]]),
    ] {
        let mut sources = Vec::new();
        push_new(
            &mut sources,
            origins.into_iter().flatten().map(String::as_str),
        );
        // What is not named is as the default is.
        if !sources.is_empty() {
            policy.push_str(&format!(";{name} {own}{always} {}", sources.join(" ")));
        }
    }
    policy.push_str(";base-uri 'none'");
    policy
}

fn push_new<'a>(sources: &mut Vec<&'a str>, further: impl Iterator<Item = &'a str>) {
    for source in further {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    fn of(settings: &str, pictures: &[String]) -> String {
        let (settings, found) = Settings::parse(settings);
        assert!(found.is_empty(), "{found:?}");
        let scripts: Vec<_> = settings.scripts.iter().collect();
        policy(&settings.security, &scripts, pictures)
    }

    #[test]
    fn a_page_loads_nothing_from_elsewhere() {
        assert_eq!(
            of("", &[]),
            "default-src 'self' data: 'unsafe-inline';script-src 'self';base-uri 'none'"
        );
    }

    #[test]
    fn what_the_settings_name_is_allowed_and_no_more() {
        let policy = of(
            "[security]\nscripts = [\"https://a.org\"]\nstyles = [\"https://fonts.org\"]\nimages = [\"https://p.org\"]\nconnect = [\"wss://a.org\"]\n",
            &["https://q.org".to_owned(), "https://p.org".to_owned()],
        );
        assert_eq!(
            policy,
            "default-src 'self' data: 'unsafe-inline';script-src 'self' https://a.org;style-src 'self' 'unsafe-inline' https://fonts.org;img-src 'self' data: https://q.org https://p.org;connect-src 'self' wss://a.org;base-uri 'none'"
        );
    }

    #[test]
    fn where_a_script_comes_from_it_may_load_and_send() {
        let policy = of(
            "[security]\nframes = [\"https://f.org\"]\n[[script]]\nsrc = \"https://giscus.app/client.js\"\n[[script]]\nsrc = \"own.js\"\n",
            &[],
        );
        assert_eq!(
            policy,
            "default-src 'self' https://giscus.app data: 'unsafe-inline';script-src 'self' https://giscus.app;frame-src 'self' https://giscus.app https://f.org;base-uri 'none'"
        );
    }
}
