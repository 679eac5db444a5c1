//! A field: one named value of a paper's page, in a form in which pages and
//! records can be compared, fingerprinted and written alike.

use std::borrow::Cow;

use toml_edit::{Array, InlineTable};

use super::page_read::without_marks;
use crate::model::{Author, Date, Day, Kind, LinkKind, Paper, People, Record};

/// The name of a field: a key of the front matter, `links.code`, or `body`.
pub(super) type FieldName = Cow<'static, str>;

/// The name under which the body is tracked.
pub(super) const BODY: &str = "body";

/// How many digits a fingerprint has.
pub(super) const FINGERPRINT: usize = 6;

/// The value of a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum FieldValue {
    Text(String),
    Words(Vec<String>),
    People(People),
    Date(Date),
    Day(Day),
    Kind(Kind),
    Number(i64),
    Flag(bool),
    /// A value of a field of people's own.
    Free(serde_json::Value),
}

impl FieldValue {
    /// The value as TOML writes it.
    pub(super) fn to_toml(&self) -> toml_edit::Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Words(words) => Array::from_iter(words.iter().map(String::as_str)).into(),
            Self::People(people) => {
                let others = people.others.then(|| People::OTHERS.into());
                Array::from_iter(people.iter().map(author_to_toml).chain(others)).into()
            }
            Self::Date(day) => date_to_toml(&day.to_string()),
            Self::Day(day) => match day.date() {
                Some(_) => date_to_toml(&day.to_string()),
                None => day.to_string().into(),
            },
            Self::Kind(kind) => kind.key().into(),
            Self::Free(value) => free_to_toml(value),
            Self::Number(number) => (*number).into(),
            Self::Flag(flag) => (*flag).into(),
        }
    }

    /// A short hash that tells whether somebody changed the value.
    pub(super) fn fingerprint(&self) -> String {
        let text = match self {
            Self::Text(text) => text.clone(),
            other => other.to_toml().to_string(),
        };
        let mut hash = blake3::hash(text.as_bytes()).to_hex().to_string();
        hash.truncate(FINGERPRINT);
        hash
    }
}

fn date_to_toml(day: &str) -> toml_edit::Value {
    day.parse().unwrap_or_else(|_| day.into())
}

/// What JSON has and TOML has not is nothing at all, which is left out.
fn free_to_toml(value: &serde_json::Value) -> toml_edit::Value {
    use serde_json::Value;
    match value {
        Value::Null => "".into(),
        Value::Bool(flag) => (*flag).into(),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(number), _) => number.into(),
            (None, Some(number)) => number.into(),
            (None, None) => number.to_string().into(),
        },
        Value::String(text) => text.as_str().into(),
        Value::Array(items) => {
            let items = items.iter().filter(|item| !item.is_null());
            Array::from_iter(items.map(free_to_toml)).into()
        }
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(_, value)| !value.is_null());
            InlineTable::from_iter(fields.map(|(key, value)| (key, free_to_toml(value)))).into()
        }
    }
}

fn author_to_toml(author: &Author) -> toml_edit::Value {
    if author.is_plain() {
        return author.name.as_str().into();
    }
    let name = &author.name;
    let mut table = InlineTable::new();
    if name.is_plain() {
        table.insert("name", name.as_str().into());
    } else if name.is_literal() {
        table.insert("literal", name.as_str().into());
    } else {
        for (key, part) in [
            ("family", name.family()),
            ("given", name.given()),
            ("particle", name.particle()),
            ("suffix", name.suffix()),
        ] {
            if !part.is_empty() {
                table.insert(key, part.into());
            }
        }
    }
    if let Some(orcid) = &author.orcid {
        table.insert("orcid", orcid.as_str().into());
    }
    if let Some(affiliation) = &author.affiliation {
        table.insert("affiliation", affiliation.as_str().into());
    }
    table.into()
}

/// What a source can say about a paper, and a person can change, field by field.
/// Identifiers, digests and the day of listing gather instead of replacing one
/// another and are handled by the merge itself.
pub(super) fn of_record(record: &Record) -> Vec<(FieldName, FieldValue)> {
    let mut fields = Vec::new();
    let mut text = |name: &'static str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            fields.push((FieldName::from(name), FieldValue::Text(value.to_owned())));
        }
    };
    text("title", Some(&record.title));
    text(BODY, Some(&without_marks(&record.abstract_text)));
    text("venue", record.venue.as_deref());
    text("award", record.award.as_deref());
    text("status", record.status.as_deref());
    text("comment", record.comment.as_deref());
    text("license", record.license.as_deref());
    text("language", record.language.as_deref());
    text("summary", record.summary.as_deref());
    text("citation_key", record.citation_key.as_deref());
    for (name, people) in [("authors", &record.authors), ("editors", &record.editors)] {
        if !people.is_empty() {
            fields.push((name.into(), FieldValue::People(people.clone())));
        }
    }
    for (name, words) in [
        ("keywords", &record.keywords),
        ("categories", &record.categories),
    ] {
        if !words.is_empty() {
            fields.push((name.into(), FieldValue::Words(words.clone())));
        }
    }
    if let Some(day) = record.published {
        fields.push(("published".into(), FieldValue::Day(day)));
    }
    if let Some(day) = record.updated {
        fields.push(("updated".into(), FieldValue::Date(day)));
    }
    if let Some(year) = record.year {
        fields.push(("year".into(), FieldValue::Number(year.into())));
    }
    if record.withdrawn {
        fields.push(("withdrawn".into(), FieldValue::Flag(true)));
    }
    if let Some(kind) = record.publication.kind {
        fields.push(("publication.kind".into(), FieldValue::Kind(kind)));
    }
    for (name, value) in record.publication.fields() {
        if let Some(value) = value {
            fields.push((
                format!("publication.{name}").into(),
                FieldValue::Text(value.clone()),
            ));
        }
    }
    for (kind, url) in &record.links {
        fields.push((
            format!("links.{}", kind.key()).into(),
            FieldValue::Text(url.clone()),
        ));
    }
    for (name, n) in &record.metrics {
        fields.push((
            format!("metrics.{name}").into(),
            FieldValue::Number(i64::try_from(*n).unwrap_or(i64::MAX)),
        ));
    }
    for (name, value) in &record.extra {
        fields.push((
            format!("extra.{name}").into(),
            FieldValue::Free(value.clone()),
        ));
    }
    fields
}

/// All fields of a paper in the order in which its page has them; the body last.
pub(super) fn of_paper(paper: &Paper) -> Vec<(FieldName, FieldValue)> {
    let mut fields: Vec<(FieldName, FieldValue)> = Vec::new();
    // A page that is only coming into being has no title yet.
    if !paper.title.is_empty() {
        fields.push(("title".into(), FieldValue::Text(paper.title.clone())));
    }
    let mut words = |name: &'static str, words: Vec<String>| {
        if !words.is_empty() {
            fields.push((name.into(), FieldValue::Words(words)));
        }
    };
    words("ids", paper.ids.iter().map(ToString::to_string).collect());
    for (name, people) in [("authors", &paper.authors), ("editors", &paper.editors)] {
        if !people.is_empty() {
            fields.push((name.into(), FieldValue::People(people.clone())));
        }
    }
    if let Some(day) = paper.date {
        fields.push(("date".into(), FieldValue::Date(day)));
    }
    if let Some(day) = paper.published {
        fields.push(("published".into(), FieldValue::Day(day)));
    }
    if let Some(day) = paper.updated {
        fields.push(("updated".into(), FieldValue::Date(day)));
    }
    if let Some(year) = paper.year {
        fields.push(("year".into(), FieldValue::Number(year.into())));
    }
    if !paper.digests.is_empty() {
        fields.push((
            "digests".into(),
            FieldValue::Words(paper.digests.iter().map(ToString::to_string).collect()),
        ));
    }
    if let Some(venue) = &paper.venue {
        fields.push(("venue".into(), FieldValue::Text(venue.clone())));
    }
    for (name, words) in [
        ("keywords", &paper.keywords),
        ("categories", &paper.categories),
    ] {
        if !words.is_empty() {
            fields.push((name.into(), FieldValue::Words(words.clone())));
        }
    }
    for (name, value) in [
        ("award", &paper.award),
        ("status", &paper.status),
        ("comment", &paper.comment),
        ("license", &paper.license),
        ("language", &paper.language),
        ("summary", &paper.summary),
        ("short", &paper.short),
        ("citation_key", &paper.citation_key),
    ] {
        if let Some(value) = value {
            fields.push((name.into(), FieldValue::Text(value.clone())));
        }
    }
    if let Some(topics) = &paper.topics {
        fields.push((
            "topics".into(),
            FieldValue::Words(topics.iter().map(ToString::to_string).collect()),
        ));
    }
    for (name, flag) in [("withdrawn", paper.withdrawn), ("draft", paper.draft)] {
        if flag {
            fields.push((name.into(), FieldValue::Flag(true)));
        }
    }
    if let Some(kind) = paper.publication.kind {
        fields.push(("publication.kind".into(), FieldValue::Kind(kind)));
    }
    for (name, value) in paper.publication.fields() {
        if let Some(value) = value {
            fields.push((
                format!("publication.{name}").into(),
                FieldValue::Text(value.clone()),
            ));
        }
    }
    for (kind, url) in &paper.links {
        fields.push((
            format!("links.{}", kind.key()).into(),
            FieldValue::Text(url.clone()),
        ));
    }
    for (name, n) in &paper.metrics {
        fields.push((
            format!("metrics.{name}").into(),
            FieldValue::Number(i64::try_from(*n).unwrap_or(i64::MAX)),
        ));
    }
    for (name, value) in &paper.extra {
        fields.push((
            format!("extra.{name}").into(),
            FieldValue::Free(value.clone()),
        ));
    }
    if !paper.abstract_text.is_empty() {
        fields.push((BODY.into(), FieldValue::Text(paper.abstract_text.clone())));
    }
    fields
}

/// One field of a paper.
pub(super) fn get(paper: &Paper, name: &str) -> Option<FieldValue> {
    // A page has some twenty fields; looking through them keeps one list of them.
    of_paper(paper)
        .into_iter()
        .find(|(n, _)| n == name)
        .map(|(_, value)| value)
}

/// Sets a field that [`of_record`] can give. A value of another kind is ignored:
/// none arises.
pub(super) fn set(paper: &mut Paper, name: &str, value: FieldValue) {
    use FieldValue::{Date, Day, Flag, Free, Kind, Number, People, Text, Words};
    match (name, value) {
        ("title", Text(text)) => paper.title = text,
        (BODY, Text(text)) => paper.abstract_text = text,
        ("venue", Text(text)) => paper.venue = Some(text),
        ("award", Text(text)) => paper.award = Some(text),
        ("status", Text(text)) => paper.status = Some(text),
        ("comment", Text(text)) => paper.comment = Some(text),
        ("license", Text(text)) => paper.license = Some(text),
        ("language", Text(text)) => paper.language = Some(text),
        ("summary", Text(text)) => paper.summary = Some(text),
        ("short", Text(text)) => paper.short = Some(text),
        ("citation_key", Text(text)) => paper.citation_key = Some(text),
        ("authors", People(people)) => paper.authors = people,
        ("editors", People(people)) => paper.editors = people,
        ("keywords", Words(words)) => paper.keywords = words,
        ("categories", Words(words)) => paper.categories = words,
        ("published", Day(day)) => paper.published = Some(day),
        ("updated", Date(day)) => paper.updated = Some(day),
        ("date", Date(day)) => paper.date = Some(day),
        ("publication.kind", Kind(kind)) => paper.publication.kind = Some(kind),
        ("year", Number(year)) => paper.year = i16::try_from(year).ok(),
        ("withdrawn", Flag(flag)) => paper.withdrawn = flag,
        ("draft", Flag(flag)) => paper.draft = flag,
        (name, Text(text)) => {
            if let Some(slot) = name
                .strip_prefix("publication.")
                .and_then(|name| paper.publication.field_mut(name))
            {
                *slot = Some(text);
            } else if let Some(kind) = name.strip_prefix("links.").and_then(LinkKind::from_key) {
                paper.links.insert(kind, text);
            }
        }
        (name, Free(value)) => {
            if let Some(name) = name.strip_prefix("extra.") {
                paper.extra.insert(name.to_owned(), value);
            }
        }
        (name, Number(n)) => {
            if let (Some(name), Ok(n)) = (name.strip_prefix("metrics."), u64::try_from(n)) {
                paper.metrics.insert(name.to_owned(), n);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Slug, Source};

    #[test]
    fn whatever_a_record_says_a_paper_can_hold() {
        let mut record = Record::new(Source::TEXT, 1, "T");
        record.abstract_text = "A".into();
        record.authors = vec![Author::named("X")].into();
        record.editors = vec![Author::named("et al.")].into();
        record.citation_key = Some("x2024".into());
        record.publication.kind = Some(Kind::Book);
        record.extra.insert("rating".into(), 5.into());
        record.venue = Some("V".into());
        record.award = Some("W".into());
        record.status = Some("S".into());
        record.comment = Some("C".into());
        record.license = Some("L".into());
        record.language = Some("en".into());
        record.summary = Some("M".into());
        record.keywords = vec!["k".into()];
        record.categories = vec!["c".into()];
        record.published = Day::parse("2024-01");
        record.updated = "2024-01-03".parse().ok();
        record.year = Some(2024);
        record.withdrawn = true;
        record.publication.volume = Some("3".into());
        record.links.insert(LinkKind::Code, "https://a.org".into());
        record.metrics.insert("upvotes".into(), 3);
        let mut paper = Paper::new(Slug::parse("t").unwrap(), "");
        for (name, value) in of_record(&record) {
            set(&mut paper, &name, value.clone());
            assert_eq!(get(&paper, &name), Some(value), "{name}");
        }
    }
}
