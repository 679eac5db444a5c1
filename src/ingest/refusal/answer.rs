//! Responses that are nothing but an error message, as text, JSON or XML.

use serde_json::{Map, Value};

use super::markup::{element_name, lower_head, skip_prolog};
use super::wording::is_error_title;

/// The longest document that can be an error, in bytes.
const MAX_ERROR: usize = 64 * 1024;

/// The longest text that is recognised as an error by its first words, in bytes.
const MAX_TEXT: usize = 2_000;

/// How deep an error may be nested in a response.
const MAX_DEPTH: usize = 4;

/// The message of a document that is nothing but an error.
pub fn service_error(text: &str) -> Option<String> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.len() > MAX_ERROR {
        return None;
    }
    let said = match text.as_bytes().first()? {
        b'{' | b'[' => of_json(&serde_json::from_str(text).ok()?)?,
        b'"' => serde_json::from_str::<String>(text)
            .ok()
            .filter(|said| is_error_title(said))?,
        b'<' => of_xml(text)?,
        _ => of_text(text)?,
    };
    let said = crate::text::clean_line(&said);
    let short: String = said.chars().take(160).collect();
    Some(if short.is_empty() {
        "it does not say which".to_owned()
    } else {
        short
    })
}

/// The first line of a short text that is worded as an error.
fn of_text(text: &str) -> Option<String> {
    let first = text.lines().next()?;
    let is_short = text.len() <= MAX_TEXT && text.lines().count() <= 12;
    (is_short && is_error_title(first)).then(|| first.to_owned())
}

/// The content of an element whose name means an error.
fn of_xml(text: &str) -> Option<String> {
    let (rest, _) = skip_prolog(text);
    let name = element_name(rest)?;
    let is_error = [
        "error",
        "errors",
        "fault",
        "exception",
        "problem",
        "failure",
    ]
    .iter()
    .any(|word| name == *word || name.ends_with(&format!("{word}response")));
    let is_status = matches!(name.as_str(), "response" | "result" | "envelope" | "status") && {
        let head = lower_head(rest);
        [
            "\"error\"",
            "\"fail",
            "'error'",
            "<error",
            "<fault",
            ":fault",
            "<code>4",
            "<code>5",
        ]
        .iter()
        .any(|sign| head.contains(sign))
    };
    (is_error || is_status).then(|| crate::ingest::marks::prose(rest).into_owned())
}

/// Keys under which responses have an error.
const ERROR_KEYS: [&str; 8] = [
    "error",
    "errors",
    "fault",
    "exception",
    "errormessage",
    "errorcode",
    "errordescription",
    "errortype",
];

/// Keys under which responses have an error's number.
const STATUS_KEYS: [&str; 6] = [
    "status",
    "code",
    "statuscode",
    "httpstatus",
    "httpcode",
    "httpstatuscode",
];

/// Keys that only papers have.
const PAPER_KEYS: [&str; 15] = [
    "authors",
    "author",
    "abstract",
    "doi",
    "arxiv",
    "arxivid",
    "eprint",
    "year",
    "venue",
    "journal",
    "booktitle",
    "issued",
    "published",
    "publicationdate",
    "keywords",
];

/// The message of a response that is an error and contains no papers.
fn of_json(value: &Value) -> Option<String> {
    match value {
        Value::Object(fields) => of_object(fields),
        Value::Array(items) if (1..=3).contains(&items.len()) => {
            let said: Option<Vec<String>> = items.iter().map(of_json).collect();
            said?.into_iter().next()
        }
        _ => None,
    }
}

fn of_object(fields: &Map<String, Value>) -> Option<String> {
    if holds_papers(fields, 0) {
        return None;
    }
    let says_no = ["success", "ok", "succeeded"]
        .iter()
        .any(|key| fields.get(*key) == Some(&Value::Bool(false)));
    let message = message(fields, 0);
    let is_error =
        says_no || has_error(fields, 0) || message.as_deref().is_some_and(is_error_title);
    is_error.then(|| message.unwrap_or_default())
}

/// A normalised key: `status_code` and `statusCode` become `statuscode`.
fn folded(key: &str) -> String {
    key.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// Whether an object is a paper, or contains a list of papers.
fn holds_papers(fields: &Map<String, Value>, depth: usize) -> bool {
    fields.iter().any(|(key, value)| {
        let key = folded(key);
        if ERROR_KEYS.contains(&key.as_str()) {
            return false;
        }
        let is_filled = match value {
            Value::Null | Value::Bool(_) => false,
            Value::String(text) => !text.trim().is_empty(),
            Value::Array(items) => !items.is_empty(),
            Value::Object(fields) => !fields.is_empty(),
            Value::Number(_) => true,
        };
        match value {
            _ if PAPER_KEYS.contains(&key.as_str()) => is_filled,
            Value::Array(items) => items.iter().any(|item| match item {
                Value::Object(fields) => of_object(fields).is_none(),
                _ => false,
            }),
            Value::Object(fields) => depth < MAX_DEPTH && holds_papers(fields, depth + 1),
            _ => false,
        }
    })
}

/// Whether an object has an error, directly or nested.
fn has_error(fields: &Map<String, Value>, depth: usize) -> bool {
    fields.iter().any(|(key, value)| {
        let key = folded(key);
        if ERROR_KEYS.contains(&key.as_str()) {
            return match value {
                Value::Null | Value::Bool(false) => false,
                Value::Bool(true) => true,
                Value::Number(number) => number.as_f64() != Some(0.0),
                Value::String(text) => !text.trim().is_empty() && text != "0",
                Value::Array(items) => !items.is_empty(),
                Value::Object(fields) => !fields.is_empty(),
            };
        }
        if STATUS_KEYS.contains(&key.as_str()) {
            return is_error_status(value);
        }
        match value {
            Value::Object(fields) => depth < MAX_DEPTH && has_error(fields, depth + 1),
            _ => false,
        }
    })
}

fn is_error_status(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.as_u64().is_some_and(|n| (400..600).contains(&n)),
        Value::String(text) => {
            let text = text.trim().to_ascii_lowercase();
            let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<u32>().is_ok_and(|n| (400..600).contains(&n))
                || [
                    "error",
                    "fail",
                    "failed",
                    "failure",
                    "denied",
                    "unauthorized",
                    "forbidden",
                ]
                .contains(&text.as_str())
        }
        _ => false,
    }
}

/// The message that explains the error.
fn message(fields: &Map<String, Value>, depth: usize) -> Option<String> {
    const KEYS: [&str; 9] = [
        "title",
        "message",
        "detail",
        "error",
        "errormessage",
        "errordescription",
        "reason",
        "description",
        "msg",
    ];
    let under = |key: &&str| {
        let (_, value) = fields.iter().find(|(name, _)| folded(name) == *key)?;
        match value {
            Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
            Value::Object(fields) if depth < MAX_DEPTH => message(fields, depth + 1),
            _ => None,
        }
    };
    let inner = || {
        fields.values().find_map(|value| match value {
            Value::Object(fields) if depth < MAX_DEPTH => message(fields, depth + 1),
            Value::Array(items) if depth < MAX_DEPTH => match items.first()? {
                Value::Object(fields) => message(fields, depth + 1),
                Value::String(text) => Some(text.clone()),
                _ => None,
            },
            _ => None,
        })
    };
    KEYS.iter().find_map(under).or_else(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_told_in_whatever_form_it_comes() {
        for text in [
            "Unauthorized",
            "  401 Unauthorized\n",
            "Error 1020: Access denied\nRay ID: 3",
            "HTTP Status 403 – Forbidden",
            "Access Denied\n\nYou don't have permission to access this server.\nReference 18",
            "Please log in to continue.",
            "upstream connect error or disconnect/reset before headers",
            "API rate limit exceeded for 203.0.113.7.",
            "{\"title\":\"Unauthorized\",\"status\":401}",
            "{\"type\":\"about:blank\",\"title\":\"Your session has ended\",\"status\":440,\"detail\":\"x\"}",
            "{\"error\":{\"code\":403,\"message\":\"The caller may not\",\"status\":\"PERMISSION_DENIED\"}}",
            "{\"message\":\"Forbidden\"}",
            "{\"success\":false,\"message\":\"Who are you?\"}",
            "{\"papers\":[],\"error\":\"token expired\"}",
            "{\"meta\":{\"code\":401},\"data\":[]}",
            "{\"errors\":[{\"title\":\"Not Found\",\"status\":\"404\"}]}",
            "[{\"title\":\"Unauthorized\",\"status\":401}]",
            "\"Not authorized\"",
            "<error>denied</error>",
            "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>",
            "<problem xmlns=\"urn:ietf:rfc:7807\"><title>Unauthorized</title></problem>",
            "<response status=\"error\"><msg>no</msg></response>",
            "<soap:Envelope><soap:Body><soap:Fault>x</soap:Fault></soap:Body></soap:Envelope>",
        ] {
            assert!(service_error(text).is_some(), "{text}");
        }
        for text in [
            "{\"notes\":[],\"count\":0}",
            "[]",
            "{}",
            "{\"title\":\"A paper\",\"status\":\"Published\",\"error\":null}",
            "{\"title\":\"A paper\",\"authors\":[\"Ann\"],\"code\":500}",
            "{\"title\":\"Unauthorized\",\"authors\":[\"Ann\"],\"abstract\":\"x\"}",
            "{\"status\":\"ok\",\"message\":{\"items\":[{\"title\":[\"Gears\"]}]}}",
            "{\"errors\":[],\"papers\":[{\"title\":\"Gears\"}]}",
            "{\"papers\":[{\"title\":\"Gears\"}],\"error\":\"one page failed\"}",
            "Errors in Clocks: A Survey\n\nClocks err.",
            "404 Ways to Fail\n\nWe list them.",
            "Forbidden Patterns in Permutations\n\nWe count.",
            "Access Denied: Locks and Their Keys\n\nWe lock.",
            "Just a Moment: On Torque\n\nWe turn.",
        ] {
            assert_eq!(service_error(text), None, "{text}");
        }
    }
}
