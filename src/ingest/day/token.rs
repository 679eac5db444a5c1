//! Tokens of a date: numbers, names of months and weekdays, and separators.

use jiff::civil::Weekday;

/// Longer texts are not searched for dates.
const MAX_LENGTH: usize = 240;

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// A number and its count of digits.
    Number(u32, usize),
    Month(i8),
    /// A month in another language than English. Only counts with a day before it
    /// ("3 mars", "12. Dez.").
    ForeignMonth(i8),
    Weekday(Weekday),
    /// 年, 月, 日 and their Korean equivalents.
    Unit(char),
    /// A hyphen or dash.
    Dash,
    /// A slash, dot, comma, colon or bracket.
    Mark(char),
    /// The word "of", also in other languages: "de", "del".
    Of,
    Word,
}

pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        let length = if c.is_ascii_digit() {
            let end = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            out.push(Token::Number(rest[..end].parse().unwrap_or(u32::MAX), end));
            end + ordinal(&rest[end..])
        } else if c.is_alphabetic() {
            let unit = matches!(c, '年' | '月' | '日' | '号' | '號' | '년' | '월' | '일');
            let end = if unit {
                c.len_utf8()
            } else {
                rest.find(|c: char| !c.is_alphabetic() || matches!(c, '年' | '月' | '日'))
                    .unwrap_or(rest.len())
            };
            out.push(if unit {
                Token::Unit(c)
            } else {
                word(&rest[..end])
            });
            end
        } else {
            match c {
                '-' | '–' | '—' | '‐' | '‑' => out.push(Token::Dash),
                c if c.is_whitespace() => {}
                c => out.push(Token::Mark(c)),
            }
            c.len_utf8()
        };
        rest = rest[length..].trim_start();
    }
    Some(out)
}

/// The length of "st", "nd", "rd", "th", French "er" or a superscript letter after
/// a number.
fn ordinal(rest: &str) -> usize {
    if let Some(sign) = rest.chars().next().filter(|c| matches!(c, 'º' | 'ª' | '°')) {
        return sign.len_utf8();
    }
    let known = rest
        .get(..2)
        .is_some_and(|s| ["st", "nd", "rd", "th", "er"].contains(&s.to_ascii_lowercase().as_str()));
    let ends = !rest.chars().nth(2).is_some_and(char::is_alphanumeric);
    if known && ends { 2 } else { 0 }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Months and their abbreviations in German, French, Spanish, Portuguese, Italian,
/// Dutch, the Nordic languages, Polish, Czech, Russian and Turkish. English words
/// ("set", "ago", "gen") are left out.
const FOREIGN: [&str; 12] = [
    "januar jänner janvier enero janeiro gennaio januari stycznia ledna января ocak janv jän ene янв",
    "februar feber février febrero fevereiro febbraio februari lutego února февраля şubat févr fév fevr fev febr фев",
    "märz mars marzo março maart marts marca března марта mär mrz mrt мар",
    "avril abril aprile april kwietnia dubna апреля nisan avr abr апр",
    "mai mayo maio maggio mei maj maja května мая mayıs",
    "juni juin junio junho giugno czerwca června июня haziran июн",
    "juli juillet julio julho luglio lipca července июля temmuz juil июл",
    "août agosto augustus augusti sierpnia srpna августа ağustos aoû авг",
    "septembre septiembre setembro settembre września září сентября eylül sett сен",
    "oktober octobre octubre outubro ottobre oktober października října октября ekim okt ott окт",
    "novembre noviembre novembro listopada listopadu ноября kasım noy ноя нояб",
    "dezember décembre diciembre dezembro dicembre december grudnia prosince декабря aralık dez déc dic дек",
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

fn word(text: &str) -> Token {
    let text = text.to_lowercase();
    let starts = |full: &str| text.len() >= 3 && full.starts_with(&text);
    if let Some(n) = MONTHS
        .iter()
        .position(|m| *m == text || (text.len() == 3 && starts(m)) || (text == "sept" && starts(m)))
    {
        // There are only twelve.
        return Token::Month(i8::try_from(n + 1).unwrap_or(1));
    }
    if matches!(text.as_str(), "of" | "de" | "del") {
        return Token::Of;
    }
    let is_foreign = |names: &str| names.split(' ').any(|name| name == text);
    if let Some(n) = FOREIGN.iter().position(|names| is_foreign(names)) {
        return Token::ForeignMonth(i8::try_from(n + 1).unwrap_or(1));
    }
    match WEEKDAYS
        .iter()
        .find(|(name, _)| starts(name) && (text.len() <= 5 || *name == text))
    {
        Some((_, weekday)) => Token::Weekday(*weekday),
        None => Token::Word,
    }
}
