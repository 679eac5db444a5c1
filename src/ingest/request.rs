//! Reading one file, with the options the user gave for it.

use std::collections::BTreeMap;

use super::decode::{Guess, NotText, decode};
use super::detect::{Detection, detect};
use super::tally::ImportTally;
use super::{
    Format, ParsedFile, bibtex, json, library_xml, listing, mail, markdown, page_text, references,
    refusal, ris, sites, surrogates, suspect, table, tagged, unpack, xml, yaml,
};
use crate::diagnostics::{Code, Diagnostic, count};
use crate::model::Date;

/// One file to read.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The file's name as the user gave it, or "-".
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// The format, if the user gave one; otherwise it is detected.
    pub format: Option<Format>,
    /// The digest's date, if the user gave one. It wins.
    pub date: Option<Date>,
    /// The date of an earlier digest, to complete a date without a year.
    pub earlier: Option<Date>,
    /// `[import.columns]`: column names by field name.
    pub columns: &'a BTreeMap<String, String>,
}

impl<'a> Request<'a> {
    /// A file to read, with its format and date left to be detected.
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        static NO_COLUMNS: BTreeMap<String, String> = BTreeMap::new();
        Self {
            name,
            bytes,
            format: None,
            date: None,
            earlier: None,
            columns: &NO_COLUMNS,
        }
    }
}

/// Reads a file. This never fails; errors are in the result's diagnostics.
pub fn read(request: &Request<'_>) -> ParsedFile {
    let detection = detect(request.name, request.bytes);
    let format = request
        .format
        .or(detection.format())
        .unwrap_or(Format::PageText);
    let mut tally = ImportTally::new(format, request.name);
    match (request.format, detection) {
        (None, Detection::Foreign { what, help }) => {
            let said = Diagnostic::error(
                "unreadable-format",
                format!("this is {what}, which cannot be read"),
            );
            tally.say(said.at(tally.whole()).help(help));
        }
        _ => read_packed(request, &mut tally),
    }
    tally.close()
}

/// Reads a file, decompressing it if necessary.
fn read_packed(request: &Request<'_>, tally: &mut ImportTally) {
    let unpacked = unpack::unpack(request.bytes);
    let packing = unpack::packing(request.bytes).unwrap_or_default();
    match unpacked.fault {
        Some(unpack::UnpackError::TooLarge) => {
            let said = Diagnostic::error(
                "too-large",
                "this decompresses to more than a gigabyte, or to more than 250 times its size",
            );
            tally.say(
                said.at(tally.whole())
                    .help("decompress it, and split it if it is large"),
            );
            return;
        }
        Some(unpack::UnpackError::Damaged(what)) => {
            let said = Diagnostic::warning(
                "damaged",
                format!("this file, compressed with {packing}, is truncated or damaged: {what}"),
            );
            tally.say(said.at(tally.whole()).help(
                "download it again; what could be decompressed was read, and nothing \
                        is removed",
            ));
        }
        None => {}
    }
    if let Some(inner) = unpack::packing(&unpacked.bytes).filter(|_| !packing.is_empty()) {
        let said = Diagnostic::error(
            "packed-twice",
            format!("this is compressed twice, with {packing} around {inner}"),
        );
        tally.say(said.at(tally.whole()).help("decompress it once"));
        return;
    }
    let mail = mail::open(&unpacked.bytes);
    let inner = Request {
        name: unpack::bare_name(request.name),
        bytes: mail
            .as_ref()
            .map_or(&unpacked.bytes[..], |mail| mail.text.as_bytes()),
        date: request
            .date
            .or_else(|| mail.as_ref().and_then(|mail| mail.day)),
        ..*request
    };
    read_text(&inner, tally);
}

fn read_text(request: &Request<'_>, tally: &mut ImportTally) {
    let decoded = match decode(request.bytes) {
        Ok(decoded) => decoded,
        Err(why) => {
            tally.say(no_text(&why).at(tally.whole()));
            return;
        }
    };
    if let Some(guess) = decoded.guess {
        tally.say(guessed(guess, request.bytes.len()).at(tally.whole()));
    }
    let removed = decoded.removed;
    if removed.count > 0 {
        let message = format!(
            "{} removed, the first on this line",
            count(removed.count, "control character")
        );
        let shown = decoded.text.lines().nth(removed.line - 1);
        let place = tally.line(removed.line, shown.unwrap_or_default());
        let said = Diagnostic::warning("control-characters", message).at(place);
        tally.say(said.help("the text was read without them; check what is around them"));
    }
    if decoded.text.trim().is_empty() {
        let said = Diagnostic::warning("empty-file", "this file is empty");
        tally.say(said.at(tally.whole()));
        tally.reading.date = request.date;
        return;
    }
    if let Some(said) = refusal::service_error(&decoded.text) {
        let said = Diagnostic::error(
            Code::SERVICE_ERROR,
            format!("this is not a digest, but a service's error message: {said}"),
        );
        tally.say(
            said.at(tally.whole())
                .help("check that you have access, wait a while, and download it again"),
        );
        return;
    }
    let mut text = decoded.text.as_ref();
    let (mended, halves) = surrogates::mended(text);
    if is_json(tally.reading.format) {
        text = &mended;
        say_halves(&halves, text, tally);
    }
    match tally.reading.format {
        Format::PageText => page_text::read(request, text, tally),
        Format::Markdown => markdown::read(request, text, tally),
        Format::References => references::read(request, text, tally),
        Format::SitePage => sites::read(request, text, tally),
        Format::Yaml => yaml::read(request, text, tally),
        Format::Csv | Format::Tsv => table::read(request, text, tally),
        Format::Bibtex => bibtex::read(request, text, tally),
        Format::Ris => ris::read(request, text, tally),
        Format::Medline | Format::WebOfScience | Format::Endnote => {
            tagged::read(request, text, tally);
        }
        Format::PubmedXml | Format::EndnoteXml | Format::ZoteroRdf | Format::Mods => {
            library_xml::read(request, text, tally);
        }
        Format::ArxivApi | Format::Feed | Format::Oai => xml::read(request, text, tally),
        Format::ArxivListing => listing::read(request, text, tally),
        Format::Jsonl
        | Format::Json
        | Format::CslJson
        | Format::HuggingFace
        | Format::ArxivSnapshot
        | Format::OpenReview
        | Format::SemanticScholar
        | Format::OpenAlex
        | Format::Crossref
        | Format::DailyArxiv
        | Format::CvArxivDaily
        | Format::Paperlists => json::read(request, text, tally),
    }
    suspect::look(text, tally);
}

fn no_text(why: &NotText) -> Diagnostic {
    match why {
        NotText::Binary => Diagnostic::error("not-text", "this is not a text file")
            .help("provide the digest as text, in UTF-8"),
        NotText::Encoding => Diagnostic::error(
            "not-text",
            "this is not UTF-8 text, and no other encoding gives a plausible result",
        )
        .help("save it as UTF-8"),
    }
}

/// The warning that the encoding was guessed.
fn guessed(guess: Guess, all: usize) -> Diagnostic {
    let Guess {
        encoding,
        bytes,
        lost,
    } = guess;
    let mut message = if bytes == all {
        format!("this is not UTF-8; it was read as {encoding}")
    } else {
        let bytes = count(bytes, "byte");
        format!("part of this is not UTF-8; {bytes} were read as {encoding}")
    };
    if lost > 0 {
        message.push_str(&format!(
            ", and {} could not be decoded",
            count(lost, "character")
        ));
    }
    Diagnostic::warning("encoding", message)
        .help("check accented letters and quotation marks, or save the file as UTF-8")
}

fn is_json(format: Format) -> bool {
    matches!(
        format,
        Format::Jsonl
            | Format::Json
            | Format::CslJson
            | Format::HuggingFace
            | Format::ArxivSnapshot
            | Format::OpenReview
            | Format::SemanticScholar
            | Format::OpenAlex
            | Format::Crossref
            | Format::DailyArxiv
            | Format::CvArxivDaily
            | Format::Paperlists
    )
}

/// Reports characters that were cut in half.
fn say_halves(halves: &[usize], text: &str, tally: &mut ImportTally) {
    let Some(first) = halves.first() else { return };
    let shown = text.lines().nth(first - 1).unwrap_or_default();
    let message = format!(
        "{} cut in half (a lone surrogate), the first on this line",
        count(halves.len(), "character")
    );
    let said = Diagnostic::warning("lone-surrogate", message).at(tally.line(*first, shown));
    tally.say(said.help("each became \u{fffd}; download the file again, or correct it by hand"));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Good and bad values as people and programs write them. Braces are balanced
    /// later, because an entry with unbalanced braces is rejected before its values
    /// are read.
    const WORDS: &str = "and|AND|others|et al\\.|Smith|van|de|Jr\\.|0001|[,;:.~/<>&|-]|\\\\['\"`^uvci]|\\\\textquoteright|[{}]|\\$|10\\.1000/a|%2F|https://a\\.test/x|2001|-05|1[0-9]|mar|May|é|李|\"";

    fn value() -> impl proptest::strategy::Strategy<Value = String> {
        use proptest::strategy::Strategy as _;
        let words = proptest::collection::vec(WORDS, 0..10);
        (words, proptest::bool::ANY).prop_map(|(words, spaced)| {
            let text = words.join(if spaced { " " } else { "" });
            let mut depth = 0usize;
            let mut balanced: String = text
                .chars()
                .filter(|c| match c {
                    '{' => {
                        depth += 1;
                        true
                    }
                    '}' => {
                        let opened = depth > 0;
                        depth = depth.saturating_sub(1);
                        opened
                    }
                    _ => true,
                })
                .collect();
            balanced.extend(std::iter::repeat_n('}', depth));
            balanced
        })
    }

    proptest::proptest! {
        /// A well-formed bibliography is read to the end and accepted, whatever its
        /// values.
        #[test]
        fn any_values_of_references_are_read(
            values in proptest::collection::vec(value(), 11),
        ) {
            let fields = ["author", "journal", "booktitle", "date", "year", "month", "doi", "url", "pages", "note", "title"];
            let pairs = || fields.iter().zip(&values);
            let bibtex: String = pairs().map(|(name, value)| format!("  {name} = {{{value}}},\n")).collect();
            let bibtex = format!("@article{{k,\n title = {{A title}},\n{bibtex}}}\n@misc{{l, crossref = {{k}}, title = {{B}}}}\n");
            let tags = ["AU", "JO", "T2", "DA", "PY", "Y1", "DO", "UR", "SP", "N1", "KW"];
            let ris: String = tags.iter().zip(&values).map(|(tag, value)| format!("{tag}  - {value}\n")).collect();
            let ris = format!("TY  - JOUR\nTI  - A title\n{ris}ER  - \nTY  - JOUR\nTI  - B\nER  - \n");
            let object: serde_json::Map<String, serde_json::Value> = pairs()
                .filter(|(name, _)| **name != "title")
                .map(|(name, value)| ((*name).to_owned(), value.clone().into()))
                .chain([("title".to_owned(), "A title".into())])
                .collect();
            let json = serde_json::json!([object, {"title": "B"}]).to_string();
            let columns = std::collections::BTreeMap::new();
            for text in [bibtex, ris, json] {
                let reading = read(&Request {
                    name: "x",
                    bytes: text.as_bytes(),
                    format: None,
                    date: None,
                    earlier: None,
                    columns: &columns,
                });
                proptest::prop_assert_eq!(reading.records.len(), 2, "{}", text);
            }
        }

        /// Any file, read as any format, is read to the end, and every record is
        /// either accepted or rejected.
        #[test]
        fn any_text_is_read_as_any_format(
            text in "(title|\\[A Title of It\\]\\(https://a.org\\)|\\|--\\||author|TY  - |ER  - |TI  - |<entry>|</entry>|<title>|arXiv:2510.12345|Title:|@misc\\{|- |[{}\\[\\]\",:;<>/&|@=#\\\\\n\t a-c1é]){0,40}",
            number in 0usize..Format::all().count(),
        ) {
            let format = Format::all().nth(number);
            let columns = std::collections::BTreeMap::new();
            for format in [None, format] {
                let reading = read(&Request {
                    name: "x",
                    bytes: text.as_bytes(),
                    format,
                    date: None,
                    earlier: None,
                    columns: &columns,
                });
                proptest::prop_assert_eq!(reading.read, reading.records.len() + reading.rejected);
            }
        }

        #[test]
        fn any_bytes_are_read_as_any_format(
            bytes in proptest::collection::vec(0u8.., 0..200),
            number in 0usize..Format::all().count(),
        ) {
            let columns = std::collections::BTreeMap::new();
            let reading = read(&Request {
                name: "x",
                bytes: &bytes,
                format: Format::all().nth(number),
                date: None,
                earlier: None,
                columns: &columns,
            });
            proptest::prop_assert_eq!(reading.read, reading.records.len() + reading.rejected);
        }
    }
}
