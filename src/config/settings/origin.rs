//! Origins: hosts that the Content-Security-Policy may name. They are inserted into
//! the policy text, so only valid origins are accepted.

use url::Url;

use super::value::fault;
use crate::config::fields::Fields;

/// The origins in a key's list, normalised. Invalid entries are reported.
pub(super) fn origins(fields: &Fields<'_, '_>, key: &'static str) -> Option<Vec<String>> {
    let given = fields.strings(key)?;
    let mut origins = Vec::with_capacity(given.len());
    for text in given {
        match origin(&text, key) {
            Ok(origin) => origins.push(origin),
            Err(help) => fault(
                fields,
                key,
                format!("`{text}` is not an origin that can be allowed"),
                &help,
            ),
        }
    }
    Some(origins)
}

/// Normalises an origin for the policy, for example `https://example.org`; its
/// domain may start with `*.`. The error says what to write instead.
fn origin(text: &str, key: &str) -> Result<String, String> {
    let word = text.trim_matches(['\'', '"']).to_lowercase();
    match word.as_str() {
        "self" => return Err("remove it: the site itself is always allowed".to_owned()),
        "inline" | "unsafe-inline" if key == "styles" => {
            return Err("remove it: inline styles are always allowed".to_owned());
        }
        "inline" | "unsafe-inline" | "unsafe-eval" | "unsafe-hashes" => {
            return Err(
                "inline scripts are never allowed, since text from strangers could contain \
                 one; put the script into a file in static/, and name that in a [[script]] or \
                 in a template"
                    .to_owned(),
            );
        }
        "*" | "https:" | "http:" | "data:" | "blob:" => {
            return Err("name each host, such as https://example.org".to_owned());
        }
        _ => {}
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        let host = text.trim_matches('/');
        return Err(match parsed("https", host) {
            Some(origin) => format!("write it as {origin}"),
            None => "write it as https://example.org".to_owned(),
        });
    };
    if scheme == "http" {
        return Err(match parsed("https", rest) {
            Some(origin) => {
                format!(
                    "write it as {origin}; files loaded over http can be modified on the \
                    way"
                )
            }
            None => "write it as https://example.org".to_owned(),
        });
    }
    if scheme != "https" && !(key == "connect" && scheme == "wss") {
        return Err("write it as https://example.org".to_owned());
    }
    let bare = rest.strip_suffix('/').unwrap_or(rest);
    let origin = parsed(scheme, bare);
    match origin.filter(|_| !bare.contains(['/', '?', '#', '\\'])) {
        Some(origin) => Ok(origin),
        None => Err(match parsed(scheme, rest) {
            Some(origin) => format!("write only the origin: {origin}"),
            None => "write it as https://example.org".to_owned(),
        }),
    }
}

/// The origin of a URL given as scheme and rest.
fn parsed(scheme: &str, rest: &str) -> Option<String> {
    let (star, rest) = match rest.strip_prefix("*.") {
        Some(domain) => ("*.", domain),
        None => ("", rest),
    };
    let url = Url::parse(&format!("{scheme}://{rest}")).ok()?;
    let host = url.host_str()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let fits = url.username().is_empty()
        && url.password().is_none()
        && host.contains('.')
        && host.chars().all(is_plain);
    let port = url.port().map(|port| format!(":{port}"));
    fits.then(|| format!("{scheme}://{star}{host}{}", port.unwrap_or_default()))
}

/// The origin of a script's URL.
pub(super) fn origin_of(address: &str) -> Option<String> {
    parsed("https", address.strip_prefix("https://")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_one_form() {
        for (text, want) in [
            ("https://plausible.io", "https://plausible.io"),
            ("https://Plausible.io/", "https://plausible.io"),
            ("https://a.org:8443", "https://a.org:8443"),
            ("https://a.org:443", "https://a.org"),
            ("https://*.disquscdn.com", "https://*.disquscdn.com"),
            ("https://münchen.example", "https://xn--mnchen-3ya.example"),
        ] {
            assert_eq!(origin(text, "scripts").as_deref(), Ok(want), "{text}");
        }
        assert!(origin("wss://a.org", "connect").is_ok());
    }

    #[test]
    fn nothing_else_gets_into_a_policy() {
        for (text, help) in [
            ("plausible.io", "https://plausible.io"),
            ("https://plausible.io/js/script.js", "https://plausible.io"),
            ("http://a.org", "https://a.org"),
            ("'unsafe-inline'", "static/"),
            ("unsafe-eval", "static/"),
            ("'self'", "always allowed"),
            ("*", "each host"),
            ("https:", "each host"),
            ("https://", "example.org"),
            ("https://*", "example.org"),
            ("https://a.*.org", "example.org"),
            ("https://a.org;script-src *", "example.org"),
            ("https://a.org script-src", "example.org"),
            ("https://a.org'", "example.org"),
            ("https://user:secret@a.org", "example.org"),
            ("https://a.org?x", "https://a.org"),
            ("https://localhost", "example.org"),
            ("javascript:alert(1)", "example.org"),
            ("wss://a.org", "example.org"),
            ("", "example.org"),
        ] {
            let fault = origin(text, "scripts").unwrap_err();
            assert!(fault.contains(help), "{text}: {fault}");
        }
    }

    proptest::proptest! {
        #[test]
        fn an_origin_has_no_sign_that_a_policy_knows(text in ".{0,40}") {
            for text in [text.clone(), format!("https://{text}"), format!("https://a.org{text}")] {
                if let Ok(origin) = origin(&text, "connect") {
                    let is_plain =
                        |c: char| c.is_ascii_alphanumeric() || "./:-*".contains(c);
                    proptest::prop_assert!(origin.chars().all(is_plain), "{origin}");
                }
            }
        }
    }
}
