//! E-mail messages saved as `.eml` files. The digest is the text of the message,
//! and its date is when it was sent.

use mail_parser::MessageParser;

use crate::model::Date;

/// The longest message, in bytes.
const MAX_MESSAGE: usize = 64 * 1024 * 1024;

/// The longest header section, in bytes.
const MAX_HEADERS: usize = 64 * 1024;

/// A message.
#[derive(Debug, PartialEq)]
pub(super) struct Mail {
    /// Its plain-text parts, or the text of its HTML parts if there are none.
    pub(super) text: String,
    /// The date it was sent, in the sender's time zone.
    pub(super) day: Option<Date>,
}

/// Parses a file that is a message.
pub(super) fn open(bytes: &[u8]) -> Option<Mail> {
    if bytes.len() > MAX_MESSAGE || !begins_message(bytes) {
        return None;
    }
    let message = MessageParser::default().parse(bytes)?;
    let parts = (0..message.text_body_count()).filter_map(|n| message.body_text(n));
    let text = parts.collect::<Vec<_>>().join("\n\n");
    let day = message.date().and_then(|sent| {
        let year = i16::try_from(sent.year).ok()?;
        let (month, day) = (i8::try_from(sent.month).ok()?, i8::try_from(sent.day).ok()?);
        Date::new(year, month, day).ok()
    });
    Some(Mail { text, day })
}

/// Whether a file begins with e-mail headers, including some that only programs
/// write. If somebody copied the visible headers from a mail window, it is plain
/// text.
fn begins_message(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(MAX_HEADERS)];
    let mut written = 0;
    let mut made = 0;
    for (n, line) in head.split(|byte| *byte == b'\n').enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        // Indented lines continue a value; mbox files begin with "From ".
        if line.is_empty() {
            break;
        }
        if n > 0 && line.starts_with(b" ")
            || line.starts_with(b"\t")
            || n == 0 && line.starts_with(b"From ")
        {
            continue;
        }
        let Some(end) = memchr::memchr(b':', line) else {
            return false;
        };
        let name = line[..end].to_ascii_lowercase();
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if name.is_empty() || !name.iter().all(is_name) {
            return false;
        }
        match &name[..] {
            b"from" | b"to" | b"subject" | b"date" => written += 1,
            b"message-id"
            | b"mime-version"
            | b"received"
            | b"return-path"
            | b"content-type"
            | b"content-transfer-encoding"
            | b"delivered-to" => made += 1,
            _ => {}
        }
    }
    written >= 2 && made >= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_told_from_text_about_them() {
        for (text, want) in [
            (
                "From: a@b.org\nSubject: x\nMIME-Version: 1.0\n\nText\n",
                true,
            ),
            (
                "Received: by x\n\tfor y\r\nFrom: a@b.org\r\nTo: c@d.org\r\n\r\nText\r\n",
                true,
            ),
            (
                "From a@b.org Fri Mar 14\nFrom: a@b.org\nDate: Fri, 14 Mar 2025\nMessage-ID: <1>\n\nText",
                true,
            ),
            (
                "From: a@b.org\nSubject: x\nDate: Fri, 14 Mar 2025\n\nText",
                false,
            ),
            ("Title: Gears\nAuthors: Jane Doe\n\nAbstract", false),
            (
                "Gears in the Cellar\nFrom: a@b.org\nSubject: x\nMIME-Version: 1.0\n",
                false,
            ),
            ("", false),
        ] {
            assert_eq!(begins_message(text.as_bytes()), want, "{text}");
        }
    }

    #[test]
    fn the_text_is_decoded_and_the_day_is_the_sender_s() {
        let head = "From: a@b.org\nSubject: Papers\nDate: Fri, 14 Mar 2025 23:30:00 -0800\nMIME-Version: 1.0\n";
        for (rest, text) in [
            (
                "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nM=C3=BCller turns =\ngears.\n",
                "Müller turns gears.",
            ),
            (
                "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nTcO8bGxlciB0dXJucyBnZWFycy4=\n",
                "Müller turns gears.",
            ),
            (
                "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlain.\n--b\nContent-Type: text/html\n\n<p>Marked.</p>\n--b--\n",
                "Plain.",
            ),
            (
                "Content-Type: text/html; charset=utf-8\n\n<html><head><style>p {}</style></head><body><p>One &amp; two</p><p>Three</p></body></html>\n",
                "One & two\nThree",
            ),
        ] {
            let mail = open(format!("{head}{rest}").as_bytes()).unwrap();
            let lines: Vec<&str> = mail.text.lines().map(str::trim).collect();
            let shown = lines.join("\n").replace("\n\n\n", "\n\n");
            assert_eq!(shown.trim(), text);
            assert_eq!(mail.day, Some(Date::constant(2025, 3, 14)));
        }
    }
}
