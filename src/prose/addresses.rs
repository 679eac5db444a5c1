//! Addresses: where one begins in a source, and how far it reaches.

use std::ops::Range;

use memchr::memmem;

/// Hosts that authors name without a scheme.
const BARE_HOSTS: [&str; 9] = [
    "github.com/",
    "huggingface.co/",
    "gitlab.com/",
    "bitbucket.org/",
    "aka.ms/",
    "bit.ly/",
    "goo.gl/",
    "youtu.be/",
    "anonymous.4open.science/",
];

/// Finds addresses: with a scheme, with `www.`, or of a host that needs none.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut starts = Vec::new();
    for found in memmem::find_iter(bytes, "://") {
        let scheme = ["https", "http", "HTTPS", "HTTP", "Https", "Http"]
            .iter()
            .find(|scheme| bytes[..found].ends_with(scheme.as_bytes()));
        if let Some(scheme) = scheme {
            starts.push(found - scheme.len());
        }
    }
    let stands_alone = |at: usize| {
        !bytes[..at].last().is_some_and(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'/' | b'.' | b'@' | b'-' | b'_')
        })
    };
    starts.extend(memmem::find_iter(bytes, "www.").filter(|at| stands_alone(*at)));
    if memchr::memchr(b'/', bytes).is_some() {
        for host in BARE_HOSTS {
            starts.extend(memmem::find_iter(bytes, host).filter(|at| stands_alone(*at)));
        }
        for found in memmem::find_iter(bytes, ".github.io") {
            let name = bytes[..found]
                .iter()
                .rev()
                .take_while(|b| b.is_ascii_alphanumeric() || **b == b'-')
                .count();
            if name > 0 && stands_alone(found - name) {
                starts.push(found - name);
            }
        }
    }
    starts.sort_unstable();
    let mut found: Vec<Range<usize>> = Vec::new();
    for start in starts {
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        // Cheaper to ask than how far it reaches, and mostly the answer.
        let after_scheme = text[start..]
            .split_once("://")
            .filter(|(scheme, _)| scheme.len() <= 5)
            .map_or(&text[start..], |(_, rest)| rest);
        if !after_scheme.starts_with(|c: char| c.is_alphanumeric()) {
            continue;
        }
        let end = start + address_len(&text[start..]);
        // Something must follow the scheme and look like a host.
        let host = text[start..end].split("://").last().unwrap_or_default();
        if host.len() >= 4 && host.contains('.') && host.starts_with(|c: char| c.is_alphanumeric())
        {
            found.push(start..end);
        }
    }
    found
}

/// The longest address that is looked for, in bytes: browsers and servers refuse
/// longer ones.
const MAX_ADDRESS: usize = 2_048;

/// How far an address reaches: up to a character that no address has, without
/// the punctuation of the sentence around it.
pub(super) fn address_len(text: &str) -> usize {
    let text = &text[..text.floor_char_boundary(MAX_ADDRESS)];
    let mut end = text.len();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = match c {
            // `\_`, `\#`, `\%`, `\&`, `\~` are TeX's spelling of one character.
            '\\' => !chars
                .peek()
                .is_some_and(|(_, next)| matches!(next, '_' | '#' | '%' | '&' | '~')),
            '<' | '>' | '"' | '`' | '{' | '}' | '|' | '^' | '“' | '”' | '’' | '‘' | '，' | '。'
            | '）' | '…' => true,
            '$' => true,
            _ => c.is_whitespace() || c.is_control(),
        };
        if ends {
            end = at;
            break;
        }
        // Two sentences run together: `…/repo.We`, `…/repo).The`.
        if c == ')' && !text[..at].contains('(') {
            end = at;
            break;
        }
    }
    // How many more brackets close than open in what is left.
    let surplus = |open, close| {
        let count = |bracket| text[..end].matches::<char>(bracket).count() as isize;
        count(close) - count(open)
    };
    let (mut round, mut square) = (surplus('(', ')'), surplus('[', ']'));
    loop {
        let Some(last) = text[..end].chars().next_back() else {
            return 0;
        };
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '\\' | '~' => {}
            ')' if round > 0 => round -= 1,
            ']' if square > 0 => square -= 1,
            _ => return end,
        }
        end -= last.len_utf8();
    }
}
