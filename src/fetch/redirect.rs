//! Redirects: where a service may send us. It may redirect freely within its own
//! site, but otherwise only to the public web. No service should be able to make us
//! request what only this machine or its network can reach (SSRF).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

use super::error::FetchError;

/// The most redirects to follow.
pub(super) const MAX_REDIRECTS: usize = 5;

/// Whether a URL is on the site that was asked first: the same host and port, or
/// the same host upgraded to TLS.
pub(super) fn is_same_site(first: &Url, next: &Url) -> bool {
    let is_secured = first.scheme() == "http"
        && next.scheme() == "https"
        && first.port().is_none()
        && next.port().is_none();
    first.host() == next.host()
        && (is_secured
            || (first.scheme() == next.scheme()
                && first.port_or_known_default() == next.port_or_known_default()))
}

/// The URL that `at` redirects to.
pub(super) fn follow(first: &Url, at: &Url, location: &str) -> Result<Url, FetchError> {
    let fault = |what: &str| Err(FetchError::Redirect(what.to_owned()));
    let Ok(mut next) = at.join(location) else {
        return fault("which is none");
    };
    if !matches!(next.scheme(), "http" | "https") {
        return fault("which is not an http or https URL");
    }
    let names = |url: &Url| (url.username().to_owned(), url.password().map(str::to_owned));
    let is_same_site = is_same_site(first, &next);
    if names(&next) != (String::new(), None) && !(is_same_site && names(&next) == names(first)) {
        return fault("which contains a user name or a password");
    }
    if is_same_site {
        // Credentials in the original URL apply to the whole site. HTTP URLs can
        // carry both, so setting them cannot fail.
        let _ = next.set_username(first.username());
        let _ = next.set_password(first.password());
        return Ok(next);
    }
    if next.host().is_none() {
        return fault("which is none");
    }
    match is_public_host(&next) {
        true => Ok(next),
        false => fault(PRIVATE),
    }
}

/// Whether a URL's host is not a private IP address. Host names are checked after
/// resolving, when the URL is [requested](PublicOnly).
pub(super) fn is_public_host(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => is_public(IpAddr::V4(address)),
        Some(Host::Ipv6(address)) => is_public(IpAddr::V6(address)),
        Some(Host::Domain(_)) | None => true,
    }
}

/// Why a private address is refused.
const PRIVATE: &str = "which only this machine or its network can reach";

/// A resolver that returns only public addresses.
#[derive(Debug, Default)]
pub(super) struct PublicOnly(DefaultResolver);

/// The error for a host without a public address.
#[derive(Debug)]
pub(super) struct NotPublic;

impl std::fmt::Display for NotPublic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(PRIVATE)
    }
}

impl std::error::Error for NotPublic {}

impl Resolver for PublicOnly {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.0.resolve(uri, config, timeout)?;
        let mut public = self.empty();
        for address in found.iter().filter(|address| is_public(address.ip())) {
            public.push(*address);
        }
        if public.is_empty() {
            return Err(ureq::Error::Other(Box::new(NotPublic)));
        }
        Ok(public)
    }
}

/// The fault for a request that failed for want of a public address.
pub(super) fn not_public(error: &ureq::Error) -> Option<FetchError> {
    match error {
        ureq::Error::Other(other) if other.is::<NotPublic>() => {
            Some(FetchError::Redirect(PRIVATE.to_owned()))
        }
        _ => None,
    }
}

/// Whether an IP address is public.
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(a == 0
        || a >= 224
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_documentation()
        // Reserved for providers, protocols and benchmarks.
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b)))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let inner = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match (a, b, c, d, e, f) {
        // An embedded IPv4 address, translated or tunnelled.
        (0x64, 0xff9b, 0, 0, 0, 0) => inner(g, h),
        (0x2002, high, low, ..) => inner(high, low),
        (0x2001, 0xdb8, ..) | (0x2001, 0, ..) => false,
        // All global unicast addresses start like this.
        _ => a & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(first: &str, location: &str) -> String {
        let first = Url::parse(first).unwrap();
        match follow(&first, &first, location) {
            Ok(next) => next.to_string(),
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn a_service_sends_on_within_its_site_or_to_the_web() {
        for (first, location, want) in [
            ("http://127.0.0.1:8000/a", "/b", "http://127.0.0.1:8000/b"),
            ("http://a.test/a", "https://a.test/b", "https://a.test/b"),
            ("https://a.test/a", "https://b.test/b", "https://b.test/b"),
            (
                "https://a.test/a",
                "http://93.184.215.14/",
                "http://93.184.215.14/",
            ),
            ("http://u:p@a.test/a", "/b", "http://u:p@a.test/b"),
            (
                "http://u:p@a.test/a",
                "http://a.test/b",
                "http://u:p@a.test/b",
            ),
            // Credentials for one site are not sent to another.
            ("http://u:p@a.test/a", "http://b.test/b", "http://b.test/b"),
            ("https://u:p@a.test/a", "http://a.test/b", "http://a.test/b"),
        ] {
            assert_eq!(outcome(first, location), want, "{first} to {location}");
        }
        for (first, location, want) in [
            (
                "http://127.0.0.1:8000/a",
                "http://127.0.0.1:9000/",
                "only this machine",
            ),
            ("http://a.test/", "http://10.0.0.1/", "only this machine"),
            ("http://a.test/", "http://[::1]/", "only this machine"),
            (
                "http://a.test/",
                "http://[::ffff:192.168.0.1]/",
                "only this machine",
            ),
            (
                "http://a.test/",
                "http://169.254.169.254/latest/",
                "only this machine",
            ),
            ("http://a.test/", "http://0x7f.1/", "only this machine"),
            ("http://a.test/", "http://2130706433/", "only this machine"),
            ("http://a.test/", "//0/", "only this machine"),
            (
                "http://a.test/",
                "file:///etc/passwd",
                "not an http or https URL",
            ),
            (
                "http://a.test/",
                "ftp://a.test/",
                "not an http or https URL",
            ),
            (
                "http://a.test/",
                "data:text/plain,x",
                "not an http or https URL",
            ),
            (
                "http://a.test/",
                "http://u:p@a.test/",
                "a user name or a password",
            ),
            (
                "http://a.test/",
                "https://u@b.test/",
                "a user name or a password",
            ),
            (
                "http://u:p@a.test/",
                "http://u:q@a.test/",
                "a user name or a password",
            ),
            ("http://a.test/", "http://", "which is none"),
        ] {
            let said = outcome(first, location);
            assert!(said.contains(want), "{first} to {location}: {said}");
        }
    }

    #[test]
    fn only_what_is_given_out_to_the_world_is_public() {
        for address in [
            "1.1.1.1",
            "193.0.0.1",
            "2606:4700::1111",
            "64:ff9b::101:101",
        ] {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "0.0.0.0",
            "100.64.0.1",
            "172.16.0.1",
            "192.0.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "fc00::1",
            "fe80::1",
            "ff02::1",
            "2001:db8::1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "::7f00:1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
    }
}
