//! Slots: the type of a field and where it is stored in a paper's facts.

use super::FieldValue;
use crate::model::{Date, Day, Facts, LinkKind, Metrics, PaperId, People, PublicationKind, Slug};

/// Reads a slot.
type Get<T> = fn(&Facts) -> &T;

/// Changes a slot.
type GetMut<T> = fn(&mut Facts) -> &mut T;

/// A field's place in [`Facts`], by type.
#[derive(Debug, Clone, Copy)]
pub enum Slot {
    /// A text that is empty if unknown.
    Line(Get<String>, GetMut<String>),
    /// A one-line text.
    Text(Get<Option<String>>, GetMut<Option<String>>),
    /// A list of texts.
    Words(Get<Vec<String>>, GetMut<Vec<String>>),
    /// Identifiers.
    Ids(Get<Vec<PaperId>>, GetMut<Vec<PaperId>>),
    /// Slugs.
    Slugs(Get<Vec<Slug>>, GetMut<Vec<Slug>>),
    /// Topic IDs. An empty list means "no topics", which is different from unset.
    Topics(Get<Option<Vec<Slug>>>, GetMut<Option<Vec<Slug>>>),
    /// Authors or editors.
    People(Get<People>, GetMut<People>),
    /// A calendar day.
    Date(Get<Option<Date>>, GetMut<Option<Date>>),
    /// A date that may be known only to the month or year.
    Day(Get<Option<Day>>, GetMut<Option<Day>>),
    /// A year.
    Year(Get<Option<i16>>, GetMut<Option<i16>>),
    /// A publication kind.
    Kind(
        Get<Option<PublicationKind>>,
        GetMut<Option<PublicationKind>>,
    ),
    /// A yes-or-no value.
    Flag(Get<bool>, GetMut<bool>),
    /// A link of this kind.
    Link(LinkKind),
    /// A number reported by a source.
    Count(&'static str),
    /// The site's own fields.
    Extra,
}

/// Builds the slot for a field of [`Facts`].
macro_rules! slot {
    ($kind:ident $($path:ident).+) => {
        $crate::model::schema::Slot::$kind(|facts| &facts.$($path).+, |facts| &mut facts.$($path).+)
    };
}
pub(super) use slot;

fn words<T: ToString>(list: &[T]) -> Option<FieldValue> {
    let words = || list.iter().map(ToString::to_string).collect();
    (!list.is_empty()).then(|| FieldValue::Words(words()))
}

fn slugs(words: &[String]) -> Vec<Slug> {
    let slugs = words.iter().map(|word| Slug::parse(word));
    slugs.filter_map(Result::ok).collect()
}

fn counted(metrics: &Metrics, name: &str) -> Option<FieldValue> {
    let number = metrics.get(name)?;
    Some(FieldValue::Number(
        i64::try_from(*number).unwrap_or(i64::MAX),
    ))
}

impl Slot {
    /// The slot's value.
    pub(super) fn get(&self, facts: &Facts) -> Option<FieldValue> {
        match *self {
            Self::Line(get, _) => Some(get(facts))
                .filter(|text| !text.is_empty())
                .map(|text| FieldValue::Text(text.clone())),
            Self::Text(get, _) => get(facts).clone().map(FieldValue::Text),
            Self::Words(get, _) => words(get(facts)),
            Self::Ids(get, _) => words(get(facts)),
            Self::Slugs(get, _) => words(get(facts)),
            Self::Topics(get, _) => {
                let topics = get(facts).as_ref()?;
                Some(FieldValue::Words(
                    topics.iter().map(Slug::to_string).collect(),
                ))
            }
            Self::People(get, _) => Some(get(facts))
                .filter(|people| !people.is_empty())
                .map(|people| FieldValue::People(people.clone())),
            Self::Date(get, _) => get(facts).map(FieldValue::Date),
            Self::Day(get, _) => get(facts).map(FieldValue::Day),
            Self::Year(get, _) => get(facts).map(|year| FieldValue::Number(year.into())),
            Self::Kind(get, _) => get(facts).map(FieldValue::Kind),
            Self::Flag(get, _) => get(facts).then_some(FieldValue::Flag(true)),
            Self::Link(kind) => facts.links.get(&kind).cloned().map(FieldValue::Text),
            Self::Count(name) => counted(&facts.metrics, name),
            Self::Extra => (!facts.extra.is_empty())
                .then(|| FieldValue::Free(serde_json::Value::Object(facts.extra.clone()))),
        }
    }

    /// The type, in words for the documentation.
    pub fn holds(&self) -> &'static str {
        match self {
            Self::Line(..) | Self::Text(..) => "text",
            Self::Words(..) => "list of texts",
            Self::Ids(..) => "list of identifiers",
            Self::Slugs(..) | Self::Topics(..) => "list of page names",
            Self::People(..) => "list of [names](content.md#names)",
            Self::Date(..) => "date",
            Self::Day(..) => "date, possibly incomplete",
            Self::Year(..) | Self::Count(_) => "number",
            Self::Kind(..) => "[kind](citations.md#what-kind-of-publication-it-is)",
            Self::Flag(..) => "true or false",
            Self::Link(_) => "address",
            Self::Extra => "table",
        }
    }

    /// Calls `f` with each searchable text. Words and phrases never span two texts.
    pub fn each_text<'a>(&self, facts: &'a Facts, f: &mut dyn FnMut(&'a str)) {
        match *self {
            Self::Line(get, _) => f(get(facts)),
            Self::Text(get, _) => get(facts).iter().for_each(|text| f(text)),
            Self::Words(get, _) => get(facts).iter().for_each(|word| f(word)),
            Self::People(get, _) => get(facts).iter().for_each(|who| f(who.name.as_str())),
            Self::Slugs(get, _) => get(facts).iter().for_each(|slug| f(slug.as_str())),
            _ => {}
        }
    }

    /// Sets the slot's value. A value of another type is ignored.
    pub(super) fn set(&self, facts: &mut Facts, value: FieldValue) {
        match (*self, value) {
            (Self::Line(_, slot), FieldValue::Text(text)) => *slot(facts) = text,
            (Self::Text(_, slot), FieldValue::Text(text)) => *slot(facts) = Some(text),
            (Self::Words(_, slot), FieldValue::Words(words)) => *slot(facts) = words,
            (Self::Ids(_, slot), FieldValue::Words(words)) => {
                *slot(facts) = words.iter().filter_map(|id| PaperId::parse(id)).collect();
            }
            (Self::Slugs(_, slot), FieldValue::Words(words)) => *slot(facts) = slugs(&words),
            (Self::Topics(_, slot), FieldValue::Words(words)) => *slot(facts) = Some(slugs(&words)),
            (Self::People(_, slot), FieldValue::People(people)) => *slot(facts) = people,
            (Self::Date(_, slot), FieldValue::Date(day)) => *slot(facts) = Some(day),
            (Self::Day(_, slot), FieldValue::Day(day)) => *slot(facts) = Some(day),
            (Self::Year(_, slot), FieldValue::Number(year)) => {
                *slot(facts) = i16::try_from(year).ok()
            }
            (Self::Kind(_, slot), FieldValue::Kind(kind)) => *slot(facts) = Some(kind),
            (Self::Flag(_, slot), FieldValue::Flag(flag)) => *slot(facts) = flag,
            (Self::Link(kind), FieldValue::Text(url)) => {
                facts.links.insert(kind, url);
            }
            (Self::Count(name), FieldValue::Number(number)) => {
                if let Ok(number) = u64::try_from(number) {
                    facts.metrics.insert(name.to_owned(), number);
                }
            }
            (Self::Extra, FieldValue::Free(serde_json::Value::Object(extra))) => {
                facts.extra = extra
            }
            _ => {}
        }
    }
}
