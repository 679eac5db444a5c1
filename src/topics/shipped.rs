//! The taxonomies that ship with the program, as data.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::TopicSource;
use crate::model::{Topic, TopicId};

/// The shipped taxonomies: name, file, text.
const SHIPPED: [(&str, &str, &str); 1] =
    [("ai", "taxonomy/ai.toml", include_str!("taxonomy/ai.toml"))];

/// The names of the shipped taxonomies.
pub fn shipped_names() -> impl Iterator<Item = &'static str> {
    SHIPPED.iter().map(|(name, _, _)| *name)
}

/// The topics of a shipped taxonomy, in its order; `None` where none has that
/// name.
pub fn shipped(name: &str) -> Option<Vec<Topic>> {
    let (_, _, text) = SHIPPED.iter().find(|(known, _, _)| *known == name)?;
    let file: File = toml::from_str(text).expect("a test reads every shipped taxonomy");
    Some(file.topic.into_iter().map(Entry::into_topic).collect())
}

/// The file of a shipped taxonomy, for diagnostics.
pub fn shipped_source(name: &str) -> Option<TopicSource> {
    let (_, file, text) = SHIPPED.iter().find(|(known, _, _)| *known == name)?;
    Some(TopicSource {
        file: Arc::from(*file),
        text: Arc::from(*text),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    topic: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    name: String,
    scope: String,
    parent: Option<String>,
    threshold: Option<f64>,
    introduction: String,
    #[serde(rename = "match")]
    rule: String,
}

impl Entry {
    fn into_topic(self) -> Topic {
        let id = |text: &str| TopicId::parse(text).expect("a test reads every shipped taxonomy");
        let mut topic = Topic::new(id(&self.id), self.name);
        topic.scope = self.scope;
        topic.parent = self.parent.as_deref().map(id);
        topic.threshold = self.threshold;
        topic.introduction = self.introduction.trim().to_owned();
        topic.rule = self.rule.trim().to_owned();
        topic
    }
}

/// The topics of a site: its own, and those of a shipped taxonomy that it does
/// not have. What a topic of the site leaves empty (name, scope, parent, rule,
/// threshold, introduction) it has from the shipped topic of its id, so that a
/// file with a pin or an introduction alone does not lose the rule. A shipped
/// topic whose id is an alias of the site's was renamed or merged into that one.
pub fn with_shipped(own: Vec<Topic>, shipped: Vec<Topic>) -> Vec<Topic> {
    let mut own = own;
    let mut topics = Vec::with_capacity(own.len() + shipped.len());
    let moved: BTreeMap<TopicId, TopicId> = own
        .iter()
        .flat_map(|topic| {
            topic
                .aliases
                .iter()
                .map(|alias| (alias.clone(), topic.id.clone()))
        })
        .filter(|(alias, _)| own.iter().all(|topic| topic.id != *alias))
        .collect();
    for mut base in shipped {
        if moved.contains_key(&base.id) {
            continue;
        }
        if let Some(parent) = base.parent.as_ref().and_then(|id| moved.get(id)) {
            base.parent = Some(parent.clone()).filter(|parent| *parent != base.id);
        }
        match own.iter().position(|topic| topic.id == base.id) {
            Some(at) => topics.push(inherited(own.remove(at), base)),
            None => topics.push(base),
        }
    }
    topics.append(&mut own);
    topics
}

fn inherited(own: Topic, base: Topic) -> Topic {
    let or = |own: String, base: String| if own.trim().is_empty() { base } else { own };
    Topic {
        id: own.id,
        name: or(own.name, base.name),
        scope: or(own.scope, base.scope),
        parent: own.parent.or(base.parent),
        rule: or(own.rule, base.rule),
        threshold: own.threshold.or(base.threshold),
        pinned: own.pinned,
        exclude: own.exclude,
        aliases: own.aliases,
        introduction: or(own.introduction, base.introduction),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topics::Taxonomy;

    #[test]
    fn every_shipped_taxonomy_compiles_without_a_remark() {
        for name in shipped_names() {
            let topics = shipped(name).unwrap();
            let source = |_: &Topic| shipped_source(name);
            let (_, diagnostics) = Taxonomy::compile(topics, &source);
            let style = crate::diagnostics::Style::Plain;
            let text = crate::diagnostics::render_all(&diagnostics, style, 50);
            assert!(diagnostics.is_empty(), "{text}");
        }
    }
}
