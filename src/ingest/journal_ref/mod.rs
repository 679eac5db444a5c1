//! Parses arXiv journal references, free text typed by authors such as
//! `Phys.Rev. D60 (1999) 084001`. If the numbers are unclear, the whole text
//! becomes the venue.

mod meeting;

use serde_json::Value;

use meeting::is_proceedings;

/// A parsed reference.
#[derive(Debug, Default, PartialEq, Eq)]
struct Reference {
    venue: String,
    /// The series of a journal that restarted its numbering: "(2)".
    series: Option<String>,
    is_proceedings: bool,
    volume: Option<String>,
    number: Option<String>,
    pages: Option<String>,
    year: Option<i16>,
}

/// The longest text that is parsed, in bytes.
const MAX_LENGTH: usize = 500;

/// What a reference says, by field name.
pub(super) fn members(text: &str) -> Vec<(&'static str, Value)> {
    let text = crate::ingest::tex::plain(&crate::text::clean_line(text));
    if text.is_empty() {
        return Vec::new();
    }
    let found = if text.len() > MAX_LENGTH {
        Reference {
            is_proceedings: is_proceedings(&text),
            venue: text,
            ..Reference::default()
        }
    } else {
        parse(&text)
    };
    let kind = if found.is_proceedings {
        "inproceedings"
    } else {
        "article"
    };
    let mut out = vec![
        ("venue", Value::from(found.venue)),
        ("kind", Value::from(kind)),
    ];
    out.extend(found.series.map(|text| ("series", Value::from(text))));
    out.extend(found.volume.map(|text| ("volume", Value::from(text))));
    out.extend(found.number.map(|text| ("number", Value::from(text))));
    out.extend(found.pages.map(|text| ("pages", Value::from(text))));
    out.extend(found.year.map(|year| ("year", Value::from(year))));
    out
}

fn parse(text: &str) -> Reference {
    let is_proceedings = is_proceedings(text);
    let whole = |year| Reference {
        venue: text.to_owned(),
        is_proceedings,
        year,
        ..Reference::default()
    };
    let text = text.trim_end_matches(['.', ',', ';', ' ']);
    let text = text
        .strip_prefix("In ")
        .or(text.strip_prefix("in "))
        .unwrap_or(text);
    let (mut rest, year) = without_year(text);
    // "(ICML 2024), PMLR 235:1-20, 2024" states the year twice.
    if let Some(twice) = year.and_then(|year| rest.trim_end().strip_suffix(&format!(", {year}"))) {
        rest = twice.to_owned();
    }
    // Do not parse several references in one text.
    if rest.contains(';') && year.is_none() || rest.contains("Erratum") {
        return whole(year);
    }
    if is_proceedings {
        return proceedings(text, &rest, year);
    }
    let (name, behind) = name(&rest);
    let name = name.trim_end_matches([',', ':', ';', ' ']).trim();
    if !name.chars().any(char::is_alphabetic) {
        return whole(year);
    }
    let Some(mut numbers) = numbers(behind) else {
        return whole(year);
    };
    // "J. Stat. Mech. (2019) P123456" has pages but no volume.
    if numbers.pages.is_none() && numbers.number.is_none() && !numbers.said_volume {
        let looks_like_page = numbers
            .volume
            .as_ref()
            .is_some_and(|v| v.contains('-') || v.starts_with(['P', 'L']) || v.len() > 5);
        if looks_like_page {
            numbers.pages = numbers.volume.take();
        }
    }
    let (name, series) = without_series(name);
    Reference {
        venue: name.to_owned(),
        series,
        is_proceedings: false,
        volume: numbers.volume,
        number: numbers.number,
        pages: numbers.pages,
        year,
    }
}

/// A journal's name without its series: "Annals of Math. (2)", "Bull. Amer. Math.
/// Soc. (N.S.)".
fn without_series(name: &str) -> (&str, Option<String>) {
    let parted = name
        .strip_suffix(')')
        .and_then(|name| name.rsplit_once('('));
    let Some((journal, inside)) = parted else {
        return (name, None);
    };
    let plain: String = inside.chars().filter(|c| c.is_alphanumeric()).collect();
    let is_number = matches!(plain.len(), 1 | 2) && plain.bytes().all(|b| b.is_ascii_digit());
    let is_new = ["ns", "newseries", "ser2", "3rdser", "2ndser"]
        .iter()
        .any(|word| word.eq_ignore_ascii_case(&plain));
    match is_number || is_new {
        true if !journal.trim().is_empty() => (journal.trim_end(), Some(inside.trim().to_owned())),
        _ => (name, None),
    }
}

/// Names of proceedings contain numbers ("38th", "ICML 2021"), so only labelled
/// pages and the volume of a known series are split off.
fn proceedings(text: &str, rest: &str, year: Option<i16>) -> Reference {
    let mut found = Reference {
        venue: text.to_owned(),
        is_proceedings: true,
        year,
        ..Reference::default()
    };
    // "PMLR 139:123-145", "LNCS 1234, pp. 1-15", "EPTCS 123, 2013, pp. 1-15".
    for series in ["PMLR", "LNCS", "EPTCS", "LNAI", "LIPIcs", "CEUR-WS"] {
        let Some(at) = rest.find(series) else {
            continue;
        };
        if let Some(numbers) = numbers(&rest[at + series.len()..]) {
            let name = rest[..at]
                .trim()
                .trim_end_matches([',', ';', ':', '(', '.']);
            found.venue = if name.is_empty() { series } else { name }
                .trim()
                .to_owned();
            found.volume = numbers.volume;
            found.pages = numbers.pages;
            return found;
        }
    }
    for label in ["pages ", "pp. ", "pp.", "p. "] {
        let Some(at) = text.find(label) else { continue };
        let pages: String = text[at + label.len()..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-–—: ".contains(*c))
            .collect();
        let pages = range(pages.trim());
        if !pages.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let name = text[..at].trim_end_matches([',', ';', ':', '(', ' ', '.']);
        found.venue = name.to_owned();
        found.pages = Some(pages);
        break;
    }
    found
}

/// The text without its year, and the year: in brackets, or by itself at the end or
/// between commas.
fn without_year(text: &str) -> (String, Option<i16>) {
    for (at, _) in text.match_indices('(') {
        let Some(end) = text[at..].find(')') else {
            break;
        };
        let inside = &text[at + 1..at + end];
        // "(Jun 2014)", "(2021)".
        let word = inside.rsplit([' ', ',']).next().unwrap_or_default();
        let others = inside[..inside.len() - word.len()].trim();
        if let Some(year) = year_of(word).filter(|_| !others.contains(|c: char| c.is_ascii_digit()))
        {
            let rest = format!(
                "{} {}",
                text[..at].trim_end(),
                text[at + end + 1..].trim_start()
            );
            return (
                rest.trim().trim_end_matches([',', ' ']).to_owned(),
                Some(year),
            );
        }
    }
    let words: Vec<&str> = text.split_inclusive([' ', ',', ':', ';']).collect();
    let bare = |word: &str| word.trim_end_matches([' ', ',', ':', ';', '.']).to_owned();
    let found = words
        .iter()
        .enumerate()
        .rev()
        .filter(|(at, word)| {
            let ends = *at + 1 == words.len();
            let apart = ends || word.ends_with(',') || word.ends_with(' ');
            apart && year_of(&bare(word)).is_some()
        })
        .map(|(at, _)| at)
        .next();
    match found {
        Some(at) => {
            let year = year_of(&bare(words[at]));
            let before: String = words[..at].concat();
            let after: String = words[at + 1..].concat();
            let rest = format!("{}, {}", before.trim_end_matches([' ', ',']), after.trim());
            (rest.trim_matches([',', ' ']).to_owned(), year)
        }
        None => (text.to_owned(), None),
    }
}

fn year_of(word: &str) -> Option<i16> {
    let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    is_year.then(|| word.parse().ok()).flatten()
}

/// The journal's name, up to the first label or number, and the rest.
fn name(text: &str) -> (&str, &str) {
    let mut at = 0;
    for word in text.split_inclusive([' ', ',']) {
        let bare = word.trim_end_matches([' ', ',', '.', ':']).to_lowercase();
        let label = matches!(
            bare.as_str(),
            "vol" | "volume" | "no" | "issue" | "pp" | "pages" | "art" | "article" | "p"
        ) || bare.strip_prefix("vol.").is_some_and(|n| !n.is_empty());
        if at > 0 && (label || begins_number(word)) {
            return text.split_at(at);
        }
        // "Mon.Not.Roy.Astron.Soc.400:1234", "Phys.Rev.D60:084001".
        if let Some(dot) = glued(word) {
            return text.split_at(at + dot);
        }
        at += word.len();
    }
    (text, "")
}

/// Whether a word is a volume: digits, preceded by at most one letter.
fn begins_number(word: &str) -> bool {
    let rest = word
        .strip_prefix(|c: char| c.is_ascii_uppercase())
        .unwrap_or(word);
    let rest = rest.strip_prefix(['.', ':']).unwrap_or(rest);
    rest.starts_with(|c: char| c.is_ascii_digit())
}

/// The end of an abbreviation that is directly followed by a number.
fn glued(word: &str) -> Option<usize> {
    let digit = word.find(|c: char| c.is_ascii_digit())?;
    let short = word[digit..].trim_end().len() <= 3;
    if digit >= 3 && short && word[..digit].bytes().all(|b| b.is_ascii_uppercase()) {
        return Some(digit);
    }
    let stop = word[..digit].rfind('.')?;
    let between = &word[stop + 1..digit];
    let letters = word[..stop].chars().filter(|c| c.is_alphabetic()).count();
    (between.len() <= 1 && letters > 1).then_some(stop + 1)
}

#[derive(Debug, Default)]
struct Numbers {
    volume: Option<String>,
    number: Option<String>,
    pages: Option<String>,
    said_volume: bool,
}

/// Parses volume, issue and pages. `None` if anything is left over.
fn numbers(text: &str) -> Option<Numbers> {
    let mut found = Numbers::default();
    let text = text.replace("--", "-").replace(['–', '—'], "-");
    let spaced = text.replace('(', " (").replace(')', ") ");
    let mut label = None;
    let mut dash = false;
    for word in spaced.split([' ', ',', ':', ';']).filter(|w| !w.is_empty()) {
        let bare = word.trim_matches(['.', '(', ')']);
        let in_brackets = word.starts_with('(');
        let lower = bare.to_lowercase();
        let said = match lower.as_str() {
            "vol" | "volume" | "v" => Some("volume"),
            "no" | "issue" | "number" | "nr" | "iss" => Some("number"),
            "pp" | "pages" | "page" | "p" | "pgs" | "art" | "article" | "id" => Some("pages"),
            _ => None,
        };
        if said.is_some() {
            label = said;
            continue;
        }
        if bare.is_empty() || lower == "and" {
            continue;
        }
        if bare == "-" {
            dash = true;
            continue;
        }
        // "vol.12", "pp.45-67", "no.3".
        let (word_label, value) = ["vol.", "no.", "pp.", "p."]
            .iter()
            .find_map(|before| Some((*before, lower.strip_prefix(before)?)))
            .filter(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()))
            .map_or((None, bare), |(before, rest)| {
                let said = match before {
                    "vol." => "volume",
                    "no." => "number",
                    _ => "pages",
                };
                (Some(said), &bare[bare.len() - rest.len()..])
            });
        let digits = value.chars().filter(char::is_ascii_digit).count();
        let months = in_brackets && value.chars().all(char::is_alphabetic);
        if months {
            continue;
        }
        if digits == 0 || value.len() > 24 {
            return None;
        }
        if dash && found.pages.is_some() {
            let first = found.pages.take().unwrap_or_default();
            found.pages = Some(format!("{first}-{value}"));
            dash = false;
            continue;
        }
        let slot = match word_label.or(label.take()) {
            Some("volume") => {
                found.said_volume = true;
                &mut found.volume
            }
            Some("number") => &mut found.number,
            Some(_) => &mut found.pages,
            None if in_brackets && found.volume.is_some() => &mut found.number,
            None if found.volume.is_none() => &mut found.volume,
            None if found.pages.is_none() => &mut found.pages,
            // "12, 3, 45-67": the middle number is the issue.
            None if found.number.is_none() => {
                found.number = found.pages.take();
                &mut found.pages
            }
            None => return None,
        };
        if slot.is_some() {
            return None;
        }
        *slot = Some(value.to_owned());
    }
    found.pages = found.pages.map(|pages| range(&pages));
    Some(found)
}

/// Pages with the dash used in records.
fn range(text: &str) -> String {
    let text = text.replace("--", "-").replace(['–', '—'], "-");
    let parts: Vec<&str> = text.split('-').map(str::trim).collect();
    match parts[..] {
        [first, last] if !first.is_empty() && !last.is_empty() => format!("{first}-{last}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let found = parse(text);
        format!(
            "{}{}{} | {} | {} | {} | {}",
            if found.is_proceedings { "in " } else { "" },
            found.venue,
            found
                .series
                .map_or(String::new(), |series| format!(" [{series}]")),
            found.volume.as_deref().unwrap_or("-"),
            found.number.as_deref().unwrap_or("-"),
            found.pages.as_deref().unwrap_or("-"),
            found.year.map_or("-".to_owned(), |year| year.to_string()),
        )
    }

    #[test]
    fn references_are_taken_apart_as_far_as_they_are_clear() {
        for (text, want) in [
            (
                "Phys.Rev. D60 (1999) 084001",
                "Phys.Rev. | D60 | - | 084001 | 1999",
            ),
            (
                "Phys.Rev.D60:084001,1999",
                "Phys.Rev. | D60 | - | 084001 | 1999",
            ),
            (
                "Annals of Math. (2), vol. 5 (1999), no. 3, 101–120",
                "Annals of Math. [2] | 5 | 3 | 101-120 | 1999",
            ),
            (
                "Ann. of Math. (2) 149 (1999), no. 3, 1077--1096",
                "Ann. of Math. [2] | 149 | 3 | 1077-1096 | 1999",
            ),
            (
                "Bull. Amer. Math. Soc. (N.S.) 40 (2003), 123-139",
                "Bull. Amer. Math. Soc. [N.S.] | 40 | - | 123-139 | 2003",
            ),
            (
                "J. London Math. Soc. (2) 75 (2007) 45-66",
                "J. London Math. Soc. [2] | 75 | - | 45-66 | 2007",
            ),
            (
                "Proc. Amer. Math. Soc. 12(2) (1999), 5-9",
                "Proc. Amer. Math. Soc. | 12 | 2 | 5-9 | 1999",
            ),
            ("JHEP 05 (2024) 123", "JHEP | 05 | - | 123 | 2024"),
            ("JHEP05(2024)123", "JHEP | 05 | - | 123 | 2024"),
            ("JCAP10(2020)015", "JCAP | 10 | - | 015 | 2020"),
            (
                "Astron. Astrophys. 600, A1 (2024)",
                "Astron. Astrophys. | 600 | - | A1 | 2024",
            ),
            ("A&A 600, A1 (2024)", "A&A | 600 | - | A1 | 2024"),
            (
                "Phys. Rev. Lett. 120, 101301 (2018)",
                "Phys. Rev. Lett. | 120 | - | 101301 | 2018",
            ),
            (
                "Nature 521 (2015) 436-444",
                "Nature | 521 | - | 436-444 | 2015",
            ),
            (
                "Nature 521, 436–444 (2015).",
                "Nature | 521 | - | 436-444 | 2015",
            ),
            (
                "Journal of Foo, Vol. 12, No. 3, pp. 45--67, 2019",
                "Journal of Foo | 12 | 3 | 45-67 | 2019",
            ),
            (
                "Journal of Foo, vol. 12(3), pages 45-67, 2019",
                "Journal of Foo | 12 | 3 | 45-67 | 2019",
            ),
            ("J. Foo 12(3):45-67, 2019", "J. Foo | 12 | 3 | 45-67 | 2019"),
            (
                "Foo Letters 2019, 12, 45",
                "Foo Letters | 12 | - | 45 | 2019",
            ),
            (
                "Foo Math. 31 (2020), no. 4, 123-140",
                "Foo Math. | 31 | 4 | 123-140 | 2020",
            ),
            (
                "Journal of Machine Learning Research 15(Jun):1929-1958, 2014",
                "Journal of Machine Learning Research | 15 | - | 1929-1958 | 2014",
            ),
            (
                "Mon.Not.Roy.Astron.Soc.400:1234-1240,2009",
                "Mon.Not.Roy.Astron.Soc. | 400 | - | 1234-1240 | 2009",
            ),
            (
                "J. Stat. Mech. (2019) P123456",
                "J. Stat. Mech. | - | - | P123456 | 2019",
            ),
            (
                "Proc. Natl. Acad. Sci. USA 117 (2020) 1-9",
                "Proc. Natl. Acad. Sci. USA | 117 | - | 1-9 | 2020",
            ),
            (
                "Proceedings of the Royal Society A 476, 20190123 (2020)",
                "Proceedings of the Royal Society A | 476 | - | 20190123 | 2020",
            ),
            ("Journal of Foo", "Journal of Foo | - | - | - | -"),
            (
                "Accepted by the Journal of Foo, 2024",
                "Accepted by the Journal of Foo | - | - | - | 2024",
            ),
            (
                "Proceedings of the 38th International Conference on Machine Learning, PMLR 139:123-145, 2021",
                "in Proceedings of the 38th International Conference on Machine Learning | 139 | - | 123-145 | 2021",
            ),
            (
                "Proc. of ACL 2020, pages 1-10",
                "in Proc. of ACL 2020 | - | - | 1-10 | 2020",
            ),
            ("NeurIPS 2021", "in NeurIPS 2021 | - | - | - | 2021"),
            (
                "EPTCS 123, 2013, pp. 1-15",
                "in EPTCS | 123 | - | 1-15 | 2013",
            ),
        ] {
            assert_eq!(shown(text), want, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[A-Ca-c0-9 .,:;()é-]{0,40}(vol\\. |\\(2019\\)|pp\\. )?[0-9a-c ,:-]{0,20}") {
            let _ = members(&text);
        }
    }
}
