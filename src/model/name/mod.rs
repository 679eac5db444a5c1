//! Names of people, split into parts, and names of groups, which are kept whole.
//!
//! A name is stored as readable text, "Hendrik van den Bergh Jr.", plus the
//! positions of its parts. Texts, tables and exports therefore agree on the parts:
//! a two-word family name stays one name, and a group's name is never split.

mod others;
mod words;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use others::{is_others, without_others};
pub use words::is_group;
use words::{is_east_asian, is_initials, is_particle, is_spelled_out, is_suffix};

/// The name of a person or of a group.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Name {
    /// The name in reading order.
    text: Box<str>,
    form: Form,
}

/// Where the parts of the text begin, in bytes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
enum Form {
    /// The text has no parts: a group, or a name whose parts are unknown.
    #[default]
    Literal,
    /// "Given particle Family Suffix", joined by single spaces. Holds the lengths
    /// of the given names, the particle and the suffix; the rest is the family
    /// name.
    Western {
        given: u16,
        particle: u16,
        suffix: u16,
    },
    /// "particle Family JA", as PubMed and Scopus write it. Holds the lengths of
    /// the particle and the initials.
    Turned { particle: u16, given: u16 },
    /// Family name first, without a space after it. Holds its length.
    Eastern { family: u16 },
}

impl Name {
    /// Parses a name as people write it: "Hendrik van den Bergh Jr.", or family
    /// name first, followed by a comma.
    ///
    /// Initials after a name are given names ("Doe JA", "van der Berg P"). The
    /// number by which DBLP distinguishes namesakes is dropped ("Wei Wang 0001").
    /// Groups, and Chinese, Japanese or Korean names without a comma, stay whole.
    pub fn parse(text: &str) -> Self {
        let text = one_line(text);
        let text = without_number(&text);
        if is_group(text) {
            return Self::literal(text);
        }
        if text.contains(',') {
            return Self::parse_inverted(text);
        }
        if text.chars().any(is_east_asian) {
            return Self::literal(text);
        }
        let mut words: Vec<&str> = text.split(' ').collect();
        let suffix = match words[..] {
            [_, .., last] if is_suffix(last) => {
                words.pop();
                last
            }
            _ => "",
        };
        let initials = words.iter().rev().take_while(|w| is_initials(w)).count();
        let mut first = words.len().saturating_sub(1);
        if (1..words.len()).contains(&initials)
            && words[..words.len() - initials]
                .iter()
                .all(|w| is_spelled_out(w))
        {
            let (family, given) = words.split_at(words.len() - initials);
            // In "Vijay Kumar B. G." the trailing initials stand for a father or a
            // place, as is common in South India. None of the parts is a family
            // name.
            let spelled = family.iter().filter(|word| !is_particle(word)).count();
            if spelled > 1 && initials > 1 {
                return Self::literal(text);
            }
            let (family, given) = (family.join(" "), given.join(" "));
            // Keep undotted initials where the source put them; readers of such
            // lists expect them there.
            if suffix.is_empty() && !given.contains('.') {
                return Self::turned(&family, &given);
            }
            return Self::from_parts(&family, &given, "", suffix);
        }
        // A name that begins with a particle has no given name: "van Gogh".
        while first > 0 && is_particle(words[first - 1]) {
            first -= 1;
        }
        let (given, family) = words.split_at(first);
        Self::from_parts(&family.join(" "), &given.join(" "), "", suffix)
    }

    /// Parses a BibTeX name: "First von Last", "von Last, First", "von Last, Jr.,
    /// First", or RIS's "Last, First, Jr.". A comma always ends the family name
    /// here; pass group names with commas to [`Self::literal`].
    pub fn parse_inverted(text: &str) -> Self {
        let text = one_line(text);
        // Libraries distinguish namesakes by their years: "Müller, Jürgen, 1960-".
        let parts: Vec<&str> = text
            .split(',')
            .map(str::trim)
            .enumerate()
            .filter(|(at, part)| !(part.is_empty() || *at > 0 && is_lifetime(part)))
            .map(|(_, part)| part)
            .collect();
        match parts[..] {
            [only] if text.contains(',') => Self::literal(only),
            [only] => Self::parse(only),
            [whole, suffix] if is_suffix(suffix) => {
                let name = Self::parse(whole);
                match name.form {
                    Form::Western { .. } if name.suffix().is_empty() => {
                        Self::from_parts(name.family(), name.given(), name.particle(), suffix)
                    }
                    _ => Self::from_parts(whole, "", "", suffix),
                }
            }
            [family, given] => Self::from_parts(family, given, "", ""),
            [family, given, suffix] if is_suffix(suffix) => {
                Self::from_parts(family, given, "", suffix)
            }
            [family, suffix, given] => Self::from_parts(family, given, "", suffix),
            _ => Self::literal(&text),
        }
    }

    /// A name whose parts the source gave. Lower-case words before the family name
    /// become its particle, as in BibTeX and CSL, even if the source put them into
    /// the family name. A name with a single part stays whole.
    pub fn from_parts(family: &str, given: &str, particle: &str, suffix: &str) -> Self {
        let (family, given) = (one_line(family), one_line(given));
        let mut given = without_number(&given).to_owned();
        let (mut particle, suffix) = (one_line(particle), one_line(suffix));
        let mut family = without_number(&family);
        let suffix = if is_lifetime(&suffix) {
            String::new()
        } else {
            suffix
        };
        // Sources without a suffix field put it after the family name.
        let suffix = match family.rsplit_once(' ') {
            Some((rest, last)) if suffix.is_empty() && is_suffix(last) => {
                family = rest.trim_end_matches(',');
                last.to_owned()
            }
            _ => suffix,
        };
        // PubMed puts it after the given names: "King, Martin Luther Jr".
        let suffix = match given.rsplit_once(' ') {
            Some((rest, last)) if suffix.is_empty() && is_suffix(last) => {
                let suffix = last.to_owned();
                given = rest.trim_end_matches(',').to_owned();
                suffix
            }
            _ => suffix,
        };
        let leading = leading_particle(family);
        if particle.is_empty() && leading > 0 {
            particle = family[..leading].trim_end().to_owned();
            family = &family[leading..];
        }
        if family.is_empty() {
            let rest = [given.as_str(), &particle, &suffix];
            return Self::literal(&joined(&rest));
        }
        let is_eastern = particle.is_empty()
            && suffix.is_empty()
            && !given.is_empty()
            && [family, &given]
                .iter()
                .all(|part| part.chars().all(is_east_asian));
        let length = |part: &str| u16::try_from(part.len()).ok();
        let (text, form) = if is_eastern {
            let form = length(family).map(|family| Form::Eastern { family });
            (format!("{family}{given}"), form)
        } else {
            let form = || {
                Some(Form::Western {
                    given: length(&given)?,
                    particle: length(&particle)?,
                    suffix: length(&suffix)?,
                })
            };
            let alone = given.is_empty() && particle.is_empty() && suffix.is_empty();
            let text = joined(&[&given, &particle, family, &suffix]);
            (text, if alone { None } else { form() })
        };
        Self {
            text: text.into(),
            form: form.unwrap_or_default(),
        }
    }

    /// "van der Berg P": a family name followed by initials.
    fn turned(family: &str, given: &str) -> Self {
        let length = |text: &str| u16::try_from(text.len()).ok();
        let particle = family[..leading_particle(family)].trim_end();
        let form = length(particle).zip(length(given));
        Self {
            text: format!("{family} {given}").into(),
            form: form.map_or(Form::Literal, |(particle, given)| Form::Turned {
                particle,
                given,
            }),
        }
    }

    /// A name that must not be split: a group's, or one whose parts are unknown.
    pub fn literal(text: &str) -> Self {
        Self {
            text: one_line(text).into(),
            form: Form::Literal,
        }
    }

    /// The name in reading order: "Hendrik van den Bergh Jr.".
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the name is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether the name has no parts.
    pub fn is_literal(&self) -> bool {
        self.form == Form::Literal
    }

    /// The family name without its particle. If the name has no parts, all of it.
    pub fn family(&self) -> &str {
        match self.form {
            Form::Literal => &self.text,
            Form::Western { particle, .. } | Form::Turned { particle, .. } => {
                let surname = self.surname();
                surname[usize::from(particle).min(surname.len())..].trim_start_matches(' ')
            }
            Form::Eastern { family } => &self.text[..usize::from(family)],
        }
    }

    /// The family name with its particle, "van den Bergh".
    pub fn surname(&self) -> &str {
        match self.form {
            Form::Western { given, suffix, .. } => {
                let end = self.text.len() - usize::from(suffix);
                self.text[usize::from(given)..end].trim_matches(' ')
            }
            Form::Turned { given, .. } => {
                self.text[..self.text.len() - usize::from(given)].trim_end_matches(' ')
            }
            _ => self.family(),
        }
    }

    /// The given names; empty if the name has no parts.
    pub fn given(&self) -> &str {
        match self.form {
            Form::Literal => "",
            Form::Western { given, .. } => &self.text[..usize::from(given)],
            Form::Turned { given, .. } => &self.text[self.text.len() - usize::from(given)..],
            Form::Eastern { family } => &self.text[usize::from(family)..],
        }
    }

    /// The particle before the family name, "van den".
    pub fn particle(&self) -> &str {
        match self.form {
            Form::Western { particle, .. } | Form::Turned { particle, .. } => {
                &self.surname()[..usize::from(particle)]
            }
            _ => "",
        }
    }

    /// The suffix, for example "Jr."
    pub fn suffix(&self) -> &str {
        match self.form {
            Form::Western { suffix, .. } => &self.text[self.text.len() - usize::from(suffix)..],
            _ => "",
        }
    }

    /// The sortable form: "van den Bergh, Hendrik, Jr.".
    pub fn inverted(&self) -> String {
        let given = match self.given() {
            "" => String::new(),
            given => format!(", {given}"),
        };
        let suffix = match self.suffix() {
            "" => String::new(),
            suffix => format!(", {suffix}"),
        };
        format!("{}{given}{suffix}", self.surname())
    }

    /// Whether [`Self::parse`] recovers the same parts from the plain text.
    pub fn is_plain(&self) -> bool {
        !without_others(&self.text).1 && Self::parse(&self.text) == *self
    }

    /// The name with `change` applied to each part.
    pub fn map(&self, change: impl Fn(&str) -> String) -> Self {
        match self.form {
            Form::Literal => Self::literal(&change(&self.text)),
            Form::Turned { .. } => Self::parse(&change(&self.text)),
            _ => Self::from_parts(
                &change(self.family()),
                &change(self.given()),
                &change(self.particle()),
                &change(self.suffix()),
            ),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn joined(parts: &[&str]) -> String {
    let known: Vec<&str> = parts.iter().copied().filter(|p| !p.is_empty()).collect();
    known.join(" ")
}

/// Collapses each run of white space to one space.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// "Wei Wang 0001" without the number DBLP uses to distinguish namesakes.
fn without_number(name: &str) -> &str {
    let mut name = name;
    while let Some((rest, number)) = name.rsplit_once(' ')
        && number.len() == 4
        && number.bytes().all(|b| b.is_ascii_digit())
    {
        name = rest;
    }
    name
}

/// Whether a part gives somebody's years: "1960-", "1901-1980", "b. 1950".
fn is_lifetime(part: &str) -> bool {
    let bare = part
        .trim_start_matches(['b', 'd', 'c', 'a', 'f', 'l', '.', ' '])
        .trim_end_matches('.');
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    matches!(digits, 4 | 8)
        && bare
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | '?' | ' '))
}

/// The length of the lower-case words at the start of a family name, if another
/// word follows them.
fn leading_particle(family: &str) -> usize {
    let mut at = 0;
    for word in family.split_inclusive(' ') {
        let is_lower = word.chars().next().is_some_and(char::is_lowercase);
        if !(is_lower || word.starts_with('\'')) || !word.ends_with(' ') {
            break;
        }
        at += word.len();
    }
    let rest_is_lower = family[at..].chars().next().is_some_and(char::is_lowercase);
    if rest_is_lower && !family[..at].trim_end().split(' ').all(is_particle) {
        0
    } else {
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(name: &Name) -> String {
        if name.is_literal() {
            return format!("={}", name.as_str());
        }
        let parts = [name.given(), name.particle(), name.family(), name.suffix()];
        parts.join("|")
    }

    #[test]
    fn names_are_read_as_people_write_them() {
        for (text, want, inverted) in [
            ("Jiawei Zhao", "Jiawei||Zhao|", "Zhao, Jiawei"),
            (
                "Laurens van der Maaten",
                "Laurens|van der|Maaten|",
                "van der Maaten, Laurens",
            ),
            ("Maria de la Cruz", "Maria|de la|Cruz|", "de la Cruz, Maria"),
            ("Sammy Davis Jr.", "Sammy||Davis|Jr.", "Davis, Sammy, Jr."),
            ("Sammy Davis, Jr.", "Sammy||Davis|Jr.", "Davis, Sammy, Jr."),
            ("Goulet, Nicolas", "Nicolas||Goulet|", "Goulet, Nicolas"),
            (
                "van den Bergh, Jr., Hendrik",
                "Hendrik|van den|Bergh|Jr.",
                "van den Bergh, Hendrik, Jr.",
            ),
            (
                "García Márquez, Gabo",
                "Gabo||García Márquez|",
                "García Márquez, Gabo",
            ),
            ("Davis, Sammy, Jr", "Sammy||Davis|Jr", "Davis, Sammy, Jr"),
            ("Plato", "=Plato", "Plato"),
            ("van Gogh", "|van|Gogh|", "van Gogh"),
            ("boyd, danah", "danah||boyd|", "boyd, danah"),
            ("Doe J.", "J.||Doe|", "Doe, J."),
            ("Doe JA", "JA||Doe|", "Doe, JA"),
            ("Doe J. A.", "J. A.||Doe|", "Doe, J. A."),
            ("van der Berg P", "P|van der|Berg|", "van der Berg, P"),
            ("O'Neil P-J", "P-J||O'Neil|", "O'Neil, P-J"),
            ("de la Cruz MA", "MA|de la|Cruz|", "de la Cruz, MA"),
            ("de la Cruz M. A.", "M. A.|de la|Cruz|", "de la Cruz, M. A."),
            (
                "Vijay Kumar B. G.",
                "=Vijay Kumar B. G.",
                "Vijay Kumar B. G.",
            ),
            (
                "Garcia Marquez J.P.",
                "J.P.||Garcia Marquez|",
                "Garcia Marquez, J.P.",
            ),
            (
                "Garcia Marquez J-P",
                "J-P||Garcia Marquez|",
                "Garcia Marquez, J-P",
            ),
            (
                "J. R. R. Tolkien",
                "J. R. R.||Tolkien|",
                "Tolkien, J. R. R.",
            ),
            ("JA Doe", "JA||Doe|", "Doe, JA"),
            ("Wei Wang 0001", "Wei||Wang|", "Wang, Wei"),
            ("Wang 0001, Wei", "Wei||Wang|", "Wang, Wei"),
            ("Wang, Wei 0001", "Wei||Wang|", "Wang, Wei"),
            ("Müller, Jürgen, 1960-", "Jürgen||Müller|", "Müller, Jürgen"),
            (
                "Müller, Jürgen, 1901–1980.",
                "Jürgen||Müller|",
                "Müller, Jürgen",
            ),
            (
                "King, Martin Luther Jr",
                "Martin Luther||King|Jr",
                "King, Martin Luther, Jr",
            ),
            ("Müller J 3rd", "J||Müller|3rd", "Müller, J, 3rd"),
            (
                "The FOO Collaboration",
                "=The FOO Collaboration",
                "The FOO Collaboration",
            ),
            (
                "Smith and Sons, Inc.",
                "=Smith and Sons, Inc.",
                "Smith and Sons, Inc.",
            ),
            (
                "Lakeside University",
                "=Lakeside University",
                "Lakeside University",
            ),
            ("DeepSeek-AI", "=DeepSeek-AI", "DeepSeek-AI"),
            ("王小明", "=王小明", "王小明"),
            ("李, 明", "明||李|", "李, 明"),
            (", Ann", "=Ann", "Ann"),
            ("A, B, C, D", "=A, B, C, D", "A, B, C, D"),
            ("", "=", ""),
        ] {
            let name = Name::parse(text);
            assert_eq!(
                (parts(&name).as_str(), name.inverted().as_str()),
                (want, inverted),
                "{text}"
            );
        }
        for (text, shown) in [
            ("李, 明", "李明"),
            ("Doe J.", "J. Doe"),
            ("Doe JA", "Doe JA"),
        ] {
            assert_eq!(Name::parse(text).as_str(), shown);
        }
        assert_eq!(
            Name::parse("van den Bergh, Jr., Hendrik").as_str(),
            "Hendrik van den Bergh Jr."
        );
    }

    #[test]
    fn a_person_called_like_no_group_stays_a_person() {
        for name in ["Ai Weiwei", "Qingyao Ai", "Team Lee", "Research Fellow"] {
            assert!(!Name::parse(name).is_literal(), "{name}");
        }
    }

    #[test]
    fn plain_text_stands_for_a_name_only_where_it_tells_the_parts() {
        for (name, plain) in [
            (Name::parse("Jiawei Zhao"), true),
            (Name::parse("Doe JA"), true),
            (
                Name::from_parts("van den Bergh", "Hendrik", "", "Jr."),
                true,
            ),
            (Name::from_parts("García Márquez", "Gabo", "", ""), false),
            (Name::from_parts("明", "李", "", ""), false),
            (Name::literal("Smith and Sons, Inc."), true),
            (Name::literal("Jane Doe"), false),
            (Name::literal("OpenAI"), true),
            (Name::literal("et al."), false),
        ] {
            assert_eq!(name.is_plain(), plain, "{name}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_parts_that_join_to_a_name(text in "([A-Za-z]{1,3}|van|Jr\\.|[ ,.'0-9-]|明|\\PC){0,24}") {
            let name = Name::parse(&text);
            let again = Name::from_parts(name.family(), name.given(), name.particle(), name.suffix());
            if !name.is_literal() {
                if !matches!(name.form, Form::Turned { .. }) {
                    proptest::prop_assert_eq!(&again, &name);
                }
                proptest::prop_assert_eq!(again.inverted(), name.inverted());
                proptest::prop_assert_eq!(name.map(str::to_owned), name);
            }
        }

        #[test]
        fn parts_are_kept(family in "[A-Z][a-z]{0,4}( [A-Z][a-z]{0,4})?", given in "[A-Za-z. ]{0,9}", particle in "(van|de la)?", suffix in "(Jr\\.|III)?") {
            // Sources without a suffix field append it to one of the other parts.
            let hides_suffix = |text: &str| {
                let words: Vec<&str> = text.split_whitespace().collect();
                words.len() > 1 && words.last().is_some_and(|last| is_suffix(last))
            };
            proptest::prop_assume!(!hides_suffix(&family) && !hides_suffix(&given));
            let name = Name::from_parts(&family, &given, &particle, &suffix);
            if !name.is_literal() {
                let given: Vec<&str> = given.split_whitespace().collect();
                proptest::prop_assert_eq!(name.family(), family);
                proptest::prop_assert_eq!(name.given(), given.join(" "));
                proptest::prop_assert_eq!(name.particle(), particle);
                proptest::prop_assert_eq!(name.suffix(), suffix);
            }
        }
    }
}
