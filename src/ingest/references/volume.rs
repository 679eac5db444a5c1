//! Volumes: proceedings, or books with chapters, with their editors, series, pages
//! and publisher.

use serde_json::Value;

use super::container::{Members, pages};
use super::people::{is_people, people};
use super::year_of;

/// Parses the text after "In".
pub(super) fn members(text: &str) -> Members {
    let Edited {
        editors,
        name,
        tail,
    } = edited(text);
    let (name, rest) = split_name(&name);
    let tail = format!("{rest} {tail}");
    let name = name.trim().trim_end_matches([',', '.', ';']);
    let publisher = publisher(&tail);
    let lower = name.to_lowercase();
    let is_book = lower.contains("handbook") || lower.contains("encyclop");
    let is_chapter = is_book || !is_conference(name) && (editors.is_some() || publisher.is_some());
    let mut out: Members = vec![
        ("venue", Value::from(name)),
        (
            "kind",
            Value::from(if is_chapter {
                "chapter"
            } else {
                "inproceedings"
            }),
        ),
    ];
    if let Some(editors) = editors {
        out.push(("editors", people(&editors)));
    }
    out.extend(pages(&tail).map(|pages| ("pages", Value::from(pages))));
    out.extend(
        number_behind(&tail, &["volume ", "vol. ", "Vol. ", "Volume "])
            .map(|n| ("volume", Value::from(n))),
    );
    out.extend(series(&tail).map(|name| ("series", Value::from(name))));
    out.extend(publisher.map(|name| ("publisher", Value::from(name))));
    out
}

/// `Advances in Neural Information Processing Systems, 33:1877–1901, 2020`:
/// proceedings with volume numbers, like a journal.
pub(super) fn numbered(text: &str) -> Option<Members> {
    if !text.starts_with("Advances in ")
        && !text.starts_with("Proceedings of Machine Learning Research")
    {
        return None;
    }
    let (name, rest) = text.split_once(", ")?;
    let (volume, rest) = rest.split_once(':')?;
    let is_number = !volume.is_empty() && volume.bytes().all(|b| b.is_ascii_digit());
    let pages = pages(rest.split([',', ' ']).next()?)?;
    is_number.then(|| {
        vec![
            ("venue", Value::from(name)),
            ("kind", Value::from("inproceedings")),
            ("volume", Value::from(volume)),
            ("pages", Value::from(pages)),
        ]
    })
}

/// Editors, the volume's name, and the rest.
struct Edited {
    editors: Option<String>,
    name: String,
    tail: String,
}

fn edited(text: &str) -> Edited {
    let whole = |editors: Option<&str>, name: &str, tail: &str| Edited {
        editors: editors.map(str::to_owned),
        name: name.to_owned(),
        tail: tail.to_owned(),
    };
    // "Handbook of Ropes, edited by Paul Quince and Rita Roe, 45–67. …"
    if let Some(at) = text.find(", edited by ").or_else(|| text.find(", ed. by ")) {
        let rest = text[at..].split_once(" by ").map_or("", |(_, rest)| rest);
        let ends: Vec<usize> = rest
            .match_indices([',', '.'])
            .map(|(at, _)| at)
            .filter(|at| rest[at + 1..].starts_with(' '))
            .chain([rest.len()])
            .take(40)
            .collect();
        // Initials have full stops too, and a publisher looks like a name.
        let fits = |end: &&usize| {
            is_people(&rest[..**end])
                && !is_publisher(rest[..**end].rsplit(", ").next().unwrap_or_default())
        };
        let end = ends
            .iter()
            .find(|end| fits(end) && rest[..**end].contains(" and "))
            .or_else(|| ends.iter().find(fits));
        if let Some(end) = end {
            return whole(Some(&rest[..*end]), &text[..at], &rest[*end..]);
        }
    }
    for mark in [
        "(Eds.)",
        "(Ed.)",
        "(eds.)",
        "(ed.)",
        "(Eds)",
        "(eds)",
        ", editors.",
        ", editor.",
        ", Eds.",
        ", Ed.",
        ", eds.",
        ", ed.",
    ] {
        let Some(at) = text.find(mark) else { continue };
        let before = text[..at].trim();
        let after = text[at + mark.len()..].trim_start_matches([',', '.', ':', ' ']);
        // "P. Quince & R. Roe (Eds.), Handbook of ropes (pp. 45–67)."
        if is_people(before) {
            return whole(Some(before), after, "");
        }
        // "Handbook of Ropes, P. Quince and R. Roe, Eds."
        let split = before
            .match_indices("; ")
            .chain(before.match_indices(", "))
            .map(|(at, _)| at)
            .take(40)
            .find(|at| is_people(&before[at + 2..]));
        if let Some(at) = split {
            return whole(
                Some(&before[at + 2..]),
                &before[..at],
                &format!(". {after}"),
            );
        }
    }
    whole(None, text, "")
}

/// Where a volume's name ends: before pages, a year or a place.
fn split_name(text: &str) -> (&str, &str) {
    let ends = [
        " (pp", ", pp", ", pages", " pp.", ", vol", ". ", ", ser.", "; ",
    ];
    let mut end = ends
        .iter()
        .filter_map(|end| {
            text.match_indices(end)
                .map(|(at, _)| at)
                .find(|at| !end.starts_with('.') || !abbreviates(&text[..*at]))
        })
        .min()
        .unwrap_or(text.len());
    // "(Turin: ACM)" has the place and the publisher.
    if let Some(at) = text[..end].find(" (")
        && let Some((inside, _)) = text[at + 2..].split_once(')')
        && inside.contains(": ")
    {
        end = at;
    }
    // A year or a place after a comma.
    for (at, _) in text[..end].match_indices(", ") {
        let rest = &text[at + 2..];
        let is_year = rest.get(..4).and_then(year_of).is_some();
        let first = rest.split([' ', '.']).next().unwrap_or_default();
        let is_pages =
            first.contains(['-', '–']) && first.starts_with(|c: char| c.is_ascii_digit());
        let part = rest.split(", ").next().unwrap_or_default();
        let is_place =
            !part.to_lowercase().starts_with("and ") && at > 12 && text[..at].ends_with([')', '.']);
        if is_year || is_place || is_pages || is_publisher(part) && !is_conference(part) {
            end = at;
            break;
        }
    }
    // Nature's "Proc. 31st Int. Conf. Lamps 7–15 (ICL, 2020)".
    let pages = text[..end].match_indices(' ').map(|(at, _)| at).find(|at| {
        let word = text[at + 1..].split(' ').next().unwrap_or_default();
        let ends = word.split_once(['–', '-']);
        let digits = |end: &str| !end.is_empty() && end.bytes().all(|b| b.is_ascii_digit());
        ends.is_some_and(|(first, last)| digits(first) && digits(last))
    });
    let end = pages.unwrap_or(end);
    text.split_at(end)
}

/// Whether a name is a conference's.
fn is_conference(name: &str) -> bool {
    let lower = name.to_lowercase();
    let says = [
        "proceedings",
        "proc.",
        "conference",
        "conf.",
        "symposium",
        "symp.",
        "workshop",
        "meeting",
        "congress",
        "advances in neural",
        "findings of",
        "lecture notes",
    ];
    let acronym = name
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| word.chars().filter(|c| c.is_uppercase()).count() >= 3);
    says.iter().any(|word| lower.contains(word))
        || acronym
        || name
            .split(|c: char| !c.is_ascii_digit())
            .any(|word| year_of(word).is_some())
}

/// Whether a text ends in an abbreviation, whose full stop does not end the name:
/// "in Proc".
fn abbreviates(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    const SHORT: [&str; 20] = [
        "Annu",
        "Artif",
        "Assoc",
        "Adv",
        "Comput",
        "Conf",
        "Eng",
        "Int",
        "Intell",
        "Learn",
        "Mach",
        "Natl",
        "Proc",
        "Sci",
        "Soc",
        "Symp",
        "Syst",
        "Trans",
        "Univ",
        "Workshop Proc",
    ];
    last.chars().count() <= 1
        || SHORT.contains(&last)
        || last.chars().count() <= 4
            && last.starts_with(char::is_uppercase)
            && !last.bytes().all(|b| b.is_ascii_uppercase())
}

/// The number after a label.
fn number_behind(text: &str, labels: &[&str]) -> Option<String> {
    let at = labels
        .iter()
        .find_map(|label| Some(text.find(label)? + label.len()))?;
    let number: String = text[at..]
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric())
        .collect();
    number
        .contains(|c: char| c.is_ascii_digit())
        .then_some(number)
}

/// The series of a volume: "LNCS", "(Lecture Notes in Computer Science, vol. 1)".
fn series(text: &str) -> Option<&str> {
    const SERIES: [&str; 9] = [
        "LNCS",
        "LNAI",
        "LNEE",
        "LNBIP",
        "CCIS",
        "LIPIcs",
        "EPTCS",
        "CEUR Workshop Proceedings",
        "Lecture Notes in ",
    ];
    let (at, name) = SERIES
        .iter()
        .find_map(|name| Some((text.find(name)?, *name)))?;
    if !name.ends_with(' ') {
        return Some(name);
    }
    let rest = &text[at..];
    let end = rest.find([',', '(', ')', '.', ';']).unwrap_or(rest.len());
    Some(rest[..end].trim())
}

/// The publisher of a book or volume: the name after its place, else the part with
/// typical words.
pub(super) fn publisher(text: &str) -> Option<String> {
    for (at, _) in text.match_indices(": ") {
        let place = text[..at].rsplit([';', '(']).next().unwrap_or_default();
        let place = place.rsplit(". ").next().unwrap_or_default().trim();
        let rest = &text[at + 2..];
        let end = stop(rest);
        let name = rest[..end].trim();
        let is_place = place.starts_with(char::is_uppercase)
            && place.split(' ').count() <= 6
            && !place.contains(|c: char| c.is_ascii_digit());
        // MDPI's "Harbour Press: London, UK" has them the other way round.
        if is_publisher(place) && !is_publisher(name) {
            return Some(place.to_owned());
        }
        // In "New York (NY): …", the place precedes the bracket.
        let in_brackets = text[..at].ends_with(')');
        if (is_place || in_brackets)
            && name.starts_with(char::is_uppercase)
            && !name.contains(|c: char| c.is_ascii_digit())
        {
            return Some(name.to_owned());
        }
    }
    text.split([',', ';', '(', ')'])
        .flat_map(|part| {
            // "(pp. 45–67). Harbour Press": the full stop of "Univ." does not end
            // it.
            let start = part
                .match_indices(". ")
                .map(|(at, _)| at)
                .filter(|at| !abbreviates(&part[..*at]))
                .last()
                .map_or(0, |at| at + 2);
            [&part[start..], part]
        })
        .map(|part| part.trim().trim_matches('.').trim())
        .find(|part| {
            is_publisher(part)
                && part.starts_with(char::is_uppercase)
                && part.split(' ').count() <= 8
        })
        .map(str::to_owned)
}

/// Where a publisher's name ends.
fn stop(text: &str) -> usize {
    text.char_indices()
        .find(|(at, c)| match c {
            ',' | ';' | '(' | ')' => true,
            '.' => {
                text[at + 1..].is_empty()
                    || text[at + 1..].starts_with(' ') && !abbreviates(&text[..*at])
            }
            _ => false,
        })
        .map_or(text.len(), |(at, _)| at)
}

/// Whether a text contains words typical of publishers. Names of societies count
/// only if nothing else follows: "IEEE Access" is a journal.
pub(super) fn is_publisher(text: &str) -> bool {
    const WORDS: [&str; 24] = [
        "birkhäuser",
        "books",
        "crc",
        "elsevier",
        "hall",
        "house",
        "kluwer",
        "mcgraw-hill",
        "mifflin",
        "o'reilly",
        "o’reilly",
        "palgrave",
        "pearson",
        "penguin",
        "press",
        "prentice",
        "publisher",
        "publishers",
        "publishing",
        "routledge",
        "sons",
        "springer",
        "verlag",
        "wiley",
    ];
    const SOCIETIES: [&str; 9] = [
        "aaai",
        "acm",
        "ieee",
        "pmlr",
        "sage",
        "siam",
        "usenix",
        "ieee computer society",
        "curran associates",
    ];
    text.split([',', ':', ';', '(', ')']).any(|segment| {
        let lower = segment.trim().trim_end_matches('.').to_lowercase();
        let last = lower.rsplit(". ").next().unwrap_or_default();
        SOCIETIES.contains(&last)
            || lower.split([' ', '-']).any(|word| WORDS.contains(&word.trim_end_matches('.')))
            // MLA's "Lakeside UP".
            || segment.split(' ').any(|word| word == "UP")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volumes_are_taken_apart() {
        for (text, want) in [
            (
                "P. Quince & R. Roe (Eds.), Handbook of ropes (pp. 45–67). Harbour Press",
                "Handbook of ropes|chapter|45-67|Harbour Press",
            ),
            (
                "Handbook of Ropes, P. Quince and R. Roe, Eds. London, U.K.: Harbour Press, 2018, pp. 45–67",
                "Handbook of Ropes|chapter|45-67|Harbour Press",
            ),
            (
                "Handbook of Ropes, Paul Quince and Rita Roe (Eds.). Harbour Press, London, 45–67",
                "Handbook of Ropes|chapter|45-67|Harbour Press",
            ),
            (
                "Handbook of Ropes, edited by Paul Quince and Rita Roe, 45–67. London: Harbour Press, 2018",
                "Handbook of Ropes|chapter|45-67|Harbour Press",
            ),
            (
                "Quince P, Roe R, editors. Handbook of ropes. London: Harbour Press; 2018. p. 45-67",
                "Handbook of ropes|chapter|45-67|Harbour Press",
            ),
            (
                "Quince, P. and Roe, R. (eds.) Ropes of today. London: Harbour Press, pp. 45–67",
                "Ropes of today|chapter|45-67|Harbour Press",
            ),
            (
                "Hart, B., Ito, S. (eds.) ICL 2020. LNCS, vol. 12345, pp. 7–15. Springer, Cham (2020)",
                "ICL 2020|inproceedings|7-15|12345|LNCS|Springer",
            ),
            (
                "Handbook of Ropes; Quince, P., Roe, R., Eds.; Harbour Press: London, UK, 2018; Volume 2, pp. 45–67",
                "Handbook of Ropes|chapter|45-67|2|Harbour Press",
            ),
            (
                "Proceedings of the 31st Conference on Lamps (Turin: ACM), 7–15",
                "Proceedings of the 31st Conference on Lamps|inproceedings|7-15|ACM",
            ),
            (
                "Proc. 31st Int. Conf. Lamps 7–15 (ICL, 2020)",
                "Proc. 31st Int. Conf. Lamps|inproceedings|7-15",
            ),
            (
                "Proceedings of the 31st Conference on Lamps (ICL ’20). ACM, New York, NY, USA, 7–15",
                "Proceedings of the 31st Conference on Lamps (ICL ’20)|inproceedings|7-15|ACM",
            ),
            (
                "Proc. 31st Int. Conf. Lamps (ICL), Turin, Italy, 2020, pp. 7–15",
                "Proc. 31st Int. Conf. Lamps (ICL)|inproceedings|7-15",
            ),
        ] {
            let got: Vec<String> = members(text)
                .into_iter()
                .filter(|(name, _)| *name != "editors")
                .map(|(_, value)| value.as_str().unwrap_or_default().to_owned())
                .collect();
            assert_eq!(got.join("|"), want, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "([A-Ca-cÄ .,:;()0-9–]|\\(Eds\\.\\)|, edited by |, Eds\\.|Press|pp\\. ){0,40}") {
            let _ = members(&text);
            let _ = publisher(&text);
        }
    }
}
