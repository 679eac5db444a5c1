//! Compiling topics into a taxonomy: every rule is read, every reference
//! checked, and every mistake is reported with its location.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::matching::{Program, Scope, sought};
use super::{Field, Query, QueryError, Taxonomy, Term};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, nearest};
use crate::model::{Topic, TopicId};
use crate::text::for_each_token;

/// The file that a topic is written in.
#[derive(Debug, Clone)]
pub struct TopicSource {
    /// Its name as the user knows it.
    pub file: Arc<str>,
    /// Its text.
    pub text: Arc<str>,
}

impl Taxonomy {
    /// Makes topics ready to score papers. `source` gives the file a topic is
    /// written in, and is asked only where something is wrong.
    ///
    /// The taxonomy can be used whatever the diagnostics say: a topic whose rule
    /// is wrong has none, a parent or threshold that is wrong is left out, and of
    /// two topics with one id the first stays.
    pub fn compile(
        topics: Vec<Topic>,
        source: &dyn Fn(&Topic) -> Option<TopicSource>,
    ) -> (Self, Diagnostics) {
        let mut report = Report {
            source,
            diagnostics: Diagnostics::new(),
        };
        let mut topics = first_of_each_id(topics, &mut report);
        check_parents(&mut topics, &mut report);
        check_aliases(&topics, &mut report);
        let mut queries = Vec::new();
        let mut topic_of = Vec::new();
        for (number, topic) in topics.iter_mut().enumerate() {
            check_threshold(topic, &mut report);
            if let Some(query) = read_rule(topic, &mut report) {
                queries.push(query);
                topic_of.push(number);
            }
        }
        let program = Program::new(&queries, Scope::Rule);
        (Self::new(topics, program, topic_of), report.diagnostics)
    }
}

struct Report<'a> {
    source: &'a dyn Fn(&Topic) -> Option<TopicSource>,
    diagnostics: Diagnostics,
}

impl Report<'_> {
    /// Adds a diagnostic where `text` stands as the topic's `key`.
    fn push(&mut self, topic: &Topic, key: &str, text: &str, diagnostic: Diagnostic) {
        self.push_within(topic, key, text, 0..text.len(), diagnostic);
    }

    /// The same with a part of `text` pointed at.
    fn push_within(
        &mut self,
        topic: &Topic,
        key: &str,
        text: &str,
        part: Range<usize>,
        diagnostic: Diagnostic,
    ) {
        let place = match (self.source)(topic) {
            Some(source) => match locate(&source.text, key, text, part) {
                Some(span) => Place::span(source.file, &source.text, span),
                None => Place::file(source.file),
            },
            None => Place::span(format!("topic {}", topic.id), text, part),
        };
        self.diagnostics.push(diagnostic.at(place));
    }
}

/// The bytes of a file that a part of a key's value takes up there, or those of
/// the key where the value is written in another way than it reads.
fn locate(file: &str, key: &str, value: &str, part: Range<usize>) -> Option<Range<usize>> {
    let (at, behind) = find_key(file, key)?;
    let rest = &file[behind..];
    if !value.is_empty() {
        if let Some(found) = rest.find(value) {
            let at = behind + found;
            return Some(at + part.start..at + part.end);
        }
        // In a string with escapes a quotation mark has a backslash before it.
        let escaped = |text: &str| text.replace('\\', r"\\").replace('"', "\\\"");
        if let Some(found) = rest.find(&escaped(value)) {
            let at = behind + found;
            let [start, end] = [part.start, part.end].map(|to| at + escaped(&value[..to]).len());
            return Some(start..end);
        }
    }
    Some(at..at + key.len())
}

/// Where a line of a file begins with a key, and where its value may begin.
fn find_key(file: &str, key: &str) -> Option<(usize, usize)> {
    let mut start = 0;
    for line in file.split_inclusive('\n') {
        let name = line.trim_start();
        let at = start + line.len() - name.len();
        let value = name.strip_prefix(key).map(str::trim_start);
        if let Some(value) = value.filter(|value| value.starts_with(['=', ':'])) {
            return Some((at, start + line.len() - value.len() + 1));
        }
        start += line.len();
    }
    None
}

fn first_of_each_id(topics: Vec<Topic>, report: &mut Report<'_>) -> Vec<Topic> {
    let mut seen = HashSet::new();
    let mut kept = Vec::with_capacity(topics.len());
    for topic in topics {
        if seen.insert(topic.id.folded()) {
            kept.push(topic);
        } else {
            let message = format!("there are two topics with the id `{}`", topic.id);
            let diagnostic = Diagnostic::error("duplicate-topic", message)
                .help("give one of the files another name");
            report.push(&topic, "name", &topic.name, diagnostic);
        }
    }
    kept
}

fn check_parents(topics: &mut [Topic], report: &mut Report<'_>) {
    let known: Vec<TopicId> = topics.iter().map(|topic| topic.id.clone()).collect();
    for topic in topics.iter_mut() {
        let Some(parent) = topic.parent.clone().filter(|p| !known.contains(p)) else {
            continue;
        };
        let names = known.iter().map(TopicId::as_str);
        let help = match nearest(parent.as_str(), names) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "name the id of another topic, or leave `parent` out".to_owned(),
        };
        let message = format!("the parent `{parent}` is not a topic");
        let diagnostic = Diagnostic::error("unknown-parent", message)
            .field("parent")
            .help(help);
        report.push(topic, "parent", parent.as_str(), diagnostic);
        topic.parent = None;
    }
    break_circles(topics, report);
}

/// Leaves out the parent that makes a topic its own ancestor.
fn break_circles(topics: &mut [Topic], report: &mut Report<'_>) {
    let number: HashMap<TopicId, usize> = topics
        .iter()
        .enumerate()
        .map(|(number, topic)| (topic.id.clone(), number))
        .collect();
    for start in 0..topics.len() {
        let mut at = start;
        // No path without a circle is longer than there are topics.
        for _ in 0..topics.len() {
            let parent = topics[at].parent.as_ref();
            let Some(next) = parent.and_then(|id| number.get(id)) else {
                break;
            };
            at = *next;
            if at == start {
                let topic = &mut topics[start];
                let message = format!("the topic `{}` is its own ancestor", topic.id);
                let parent = topic.parent.take();
                let diagnostic = Diagnostic::error("parent-circle", message)
                    .field("parent")
                    .help("leave `parent` out in one of the topics of the circle");
                let text = parent.as_ref().map_or("", TopicId::as_str);
                report.push(&topics[start], "parent", text, diagnostic);
                break;
            }
        }
    }
}

fn check_aliases(topics: &[Topic], report: &mut Report<'_>) {
    let mut owner: HashMap<String, &TopicId> = topics
        .iter()
        .map(|topic| (topic.id.folded(), &topic.id))
        .collect();
    for topic in topics {
        for alias in &topic.aliases {
            let other = *owner.entry(alias.folded()).or_insert(&topic.id);
            if *other != topic.id || *alias == topic.id {
                let message = format!("the alias `{alias}` leads to the topic `{other}` already");
                let diagnostic = Diagnostic::error("alias-taken", message)
                    .field("aliases")
                    .help("remove the alias here or there");
                report.push(topic, "aliases", alias.as_str(), diagnostic);
            }
        }
    }
}

fn check_threshold(topic: &mut Topic, report: &mut Report<'_>) {
    let Some(threshold) = topic.threshold else {
        return;
    };
    if !(threshold.is_finite() && threshold > 0.0) {
        let message = format!("the threshold {threshold} is not above 0");
        let diagnostic = Diagnostic::error("bad-threshold", message)
            .field("threshold")
            .help("write a number such as 2.0, or leave `threshold` out");
        report.push(topic, "threshold", "", diagnostic);
        topic.threshold = None;
    }
}

fn read_rule(topic: &Topic, report: &mut Report<'_>) -> Option<Query> {
    let rule = topic.rule.trim();
    if rule.is_empty() {
        warn_of_emptiness(topic, report);
        return None;
    }
    let query = match Query::parse_rule(rule).and_then(|query| {
        check_terms(rule, &query)?;
        Ok(query)
    }) {
        Ok(query) => query,
        Err(error) => {
            let mut diagnostic = Diagnostic::error(error.code, error.message).field("match");
            diagnostic.help = error.help;
            report.push_within(topic, "match", rule, error.span, diagnostic);
            return None;
        }
    };
    if !can_score(&query) {
        let message = "no paper can score by this rule, for it only says what is left out";
        let diagnostic = Diagnostic::warning("rule-without-terms", message)
            .field("match")
            .help("add the terms that speak for the topic");
        report.push(topic, "match", rule, diagnostic);
    }
    warn_of_repeats(topic, rule, &query, report);
    Some(query)
}

/// Tells of a rule that somebody began and left empty. Without a rule a topic has
/// what is pinned to it and the papers that name it, which is as good.
fn warn_of_emptiness(topic: &Topic, report: &mut Report<'_>) {
    let is_there = |source: TopicSource| find_key(&source.text, "match").is_some();
    if topic.pinned.is_empty() && (report.source)(topic).is_some_and(is_there) {
        let diagnostic = Diagnostic::warning("rule-empty", "the rule is empty")
            .field("match")
            .help("write the terms that speak for the topic, or leave `match` out");
        report.push(topic, "match", "", diagnostic);
    }
}

/// Tells of terms that look for the same words as an earlier one of the rule:
/// what is found counts twice, which few authors mean.
fn warn_of_repeats(topic: &Topic, rule: &str, query: &Query, report: &mut Report<'_>) {
    let mut seen: HashMap<(Option<Field>, String), &Term> = HashMap::new();
    let mut repeats = Vec::new();
    each_speaking_term(query, None, &mut |field, term| {
        let mut first = None;
        for words in sought(term) {
            first = first.or(seen.insert((field, words), term));
        }
        repeats.extend(first.map(|first| (first, term)));
    });
    for (first, second) in repeats {
        let message = format!("{second} finds the same words as {first} and counts them twice");
        let diagnostic = Diagnostic::warning("rule-repeated-term", message)
            .field("match")
            .help("remove one of the two");
        let span = span_of(rule, &second.to_string(), true);
        report.push_within(topic, "match", rule, span, diagnostic);
    }
}

/// Where a term occurs in a rule, the first or the last time, and not as a part
/// of a longer word; all of the rule where it is written in another way.
fn span_of(rule: &str, term: &str, last: bool) -> Range<usize> {
    let parts = |c: char| c.is_whitespace() || matches!(c, '"' | '(' | ')' | ':' | '^' | '-');
    let mut places = rule.match_indices(term).filter(|(at, _)| {
        let before = rule[..*at].chars().next_back();
        let behind = rule[at + term.len()..].chars().next();
        before.is_none_or(parts) && behind.is_none_or(parts)
    });
    let place = if last { places.last() } else { places.next() };
    place.map_or(0..rule.len(), |(at, _)| at..at + term.len())
}

/// Calls `f` with each term that speaks for a paper, and its field.
fn each_speaking_term<'a>(
    query: &'a Query,
    field: Option<Field>,
    f: &mut dyn FnMut(Option<Field>, &'a Term),
) {
    match query {
        Query::Term(term) => f(field, term),
        Query::In(field, inner) => each_speaking_term(inner, Some(*field), f),
        Query::Weight(inner, _) => each_speaking_term(inner, field, f),
        Query::And(items) | Query::Or(items) => {
            for item in items {
                each_speaking_term(item, field, f);
            }
        }
        Query::Not(_)
        | Query::Id(_)
        | Query::Has(_)
        | Query::Year(_)
        | Query::Date(_)
        | Query::Count(..) => {}
    }
}

/// Refuses a term in which there is no word, since nobody means one.
fn check_terms(rule: &str, query: &Query) -> Result<(), QueryError> {
    let mut wordless = None;
    each_term(query, &mut |term| {
        let mut words = 0;
        for_each_token(term.text(), &mut |_| words += 1);
        if words == 0 && wordless.is_none() {
            wordless = Some(term.text().to_owned());
        }
    });
    let Some(text) = wordless else {
        return Ok(());
    };
    let error = QueryError {
        code: "rule-wordless-term",
        message: format!("there is no word in `{text}`"),
        span: span_of(rule, &text, false),
        help: Some("remove it, or write what it stands for in letters".to_owned()),
    };
    Err(error)
}

fn each_term(query: &Query, f: &mut dyn FnMut(&Term)) {
    match query {
        Query::Term(term) => f(term),
        Query::In(_, inner) | Query::Not(inner) | Query::Weight(inner, _) => each_term(inner, f),
        Query::And(items) | Query::Or(items) => items.iter().for_each(|item| each_term(item, f)),
        Query::Id(_) | Query::Has(_) | Query::Year(_) | Query::Date(_) | Query::Count(..) => {}
    }
}

/// Whether there is something that speaks for a paper.
fn can_score(query: &Query) -> bool {
    match query {
        Query::Term(_)
        | Query::Id(_)
        | Query::Has(_)
        | Query::Year(_)
        | Query::Date(_)
        | Query::Count(..) => true,
        Query::In(_, inner) | Query::Weight(inner, _) => can_score(inner),
        Query::And(items) | Query::Or(items) => items.iter().any(can_score),
        Query::Not(_) => false,
    }
}
