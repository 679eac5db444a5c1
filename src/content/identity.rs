//! Identity: decides which pages and records are the same paper.
//!
//! Pages and records that share an identifier are the same paper. Without
//! identifiers, they match by title and first author, or by title alone if only one
//! other paper has it, provided that year, volume, issue and pages do not
//! contradict. The result does not depend on the order of pages and records.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::model::{DigestId, PaperId, Record, Slug};
use crate::text::{clean_line, title_key};

use super::field::{self, FieldValue};
use super::imported::Owner;
use super::same_title::{Known, Said, contradict, joins};
use super::tree::PaperPage;

/// Pages and records that are the same paper, as indices into the input.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Group {
    pub(super) pages: Vec<usize>,
    pub(super) records: Vec<usize>,
}

/// A group that resembles another but was not joined with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resemblance {
    /// The record that might belong to another paper.
    pub(super) record: usize,
    /// The page it resembles, or else the record.
    pub(super) other: Result<usize, usize>,
    /// Why they were not joined.
    pub(super) reason: Apart,
}

/// Why papers with the same title were not joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Apart {
    /// Their identifiers differ.
    Ids,
    /// Their years, volumes, issues or pages differ.
    Place,
    /// Only the titles match.
    Unsure,
}

/// The groups that hold a record, and the resemblances. `digest` returns the digest
/// that a record comes from.
pub(super) fn groups<'a>(
    pages: &'a [PaperPage],
    records: &'a [&Record],
    digest: impl Fn(usize) -> Option<&'a DigestId>,
) -> (Vec<Group>, Vec<Resemblance>) {
    let mut nodes: Vec<Node<'_>> = pages.iter().map(Node::of_page).collect();
    let of_records = records.iter().enumerate();
    nodes.extend(of_records.map(|(at, record)| Node::of_record(record, digest(at))));
    let mut sets = Sets::new(nodes.len());
    join_by_id(&nodes, &mut sets);
    let titles = by_title(&nodes, pages, records);
    let mut resemblances = Vec::new();
    for members in titles.values() {
        join_again(&nodes, members, &mut sets, pages.len());
        join_by_title(&nodes, members, &mut sets);
        resemblances.extend(left_apart(&nodes, members, &mut sets, pages.len()));
    }
    let mut by_root: BTreeMap<usize, Group> = BTreeMap::new();
    for record in 0..records.len() {
        by_root
            .entry(sets.root(pages.len() + record))
            .or_default()
            .records
            .push(record);
    }
    for page in 0..pages.len() {
        if let Some(group) = by_root.get_mut(&sets.root(page)) {
            group.pages.push(page);
        }
    }
    (by_root.into_values().collect(), resemblances)
}

/// The key a title is compared by: its letters and digits, or the title itself if
/// it has none, so that a paper called "…" is recognised again.
pub(super) fn title_of(title: &str) -> String {
    let key = title_key(title);
    if key.is_empty() {
        clean_line(title)
    } else {
        key
    }
}

/// What identifies a page or a record.
struct Node<'a> {
    ids: &'a [PaperId],
    title: String,
    /// The folded family name of the first author. `None` if it is unknown, or if a
    /// person changed it.
    author: Option<String>,
    /// Its year, volume, issue and pages.
    said: Said,
    /// The digests that list the page, or the one the record comes from.
    digests: Vec<&'a DigestId>,
}

impl<'a> Node<'a> {
    fn of_page(page: &'a PaperPage) -> Self {
        let paper = &page.paper;
        let authors =
            (!paper.authors.is_empty()).then(|| FieldValue::People(paper.authors.clone()));
        let edited = page.imported.0.contains_key("authors")
            && page.imported.owner("authors", authors.as_ref()) == Owner::Person;
        Self {
            ids: &paper.ids,
            title: title_of(&paper.title),
            author: paper
                .authors
                .first()
                .filter(|_| !edited)
                .map(|author| title_key(author.family())),
            // What a person wrote or corrected is no clue to what sources say.
            said: Said::of(&paper.facts).without(|name| {
                let value = field::get(paper, name);
                page.imported.owner(name, value.as_ref()) == Owner::Person
            }),
            digests: paper.digests.iter().collect(),
        }
    }

    fn of_record(record: &'a Record, digest: Option<&'a DigestId>) -> Self {
        Self {
            ids: &record.ids,
            title: title_of(&record.title),
            author: record
                .authors
                .first()
                .map(|author| title_key(author.family())),
            said: Said::of(&record.facts),
            digests: digest.into_iter().collect(),
        }
    }
}

fn join_by_id(nodes: &[Node<'_>], sets: &mut Sets) {
    let mut first: HashMap<&PaperId, usize> = HashMap::new();
    for (node, Node { ids, .. }) in nodes.iter().enumerate() {
        for id in *ids {
            match first.get(id) {
                Some(other) => sets.join(node, *other),
                None => {
                    first.insert(id, node);
                }
            }
        }
    }
}

/// The nodes of each title that a record has. If a person changed a page's title,
/// the page is also found under the imported one.
fn by_title(
    nodes: &[Node<'_>],
    pages: &[PaperPage],
    records: &[&Record],
) -> BTreeMap<String, Vec<usize>> {
    let mut titles: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, record) in nodes[pages.len()..].iter().enumerate() {
        if !record.title.is_empty() {
            titles
                .entry(record.title.clone())
                .or_default()
                .push(pages.len() + at);
        }
    }
    let mut former: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut edited_slugs: HashMap<&str, usize> = HashMap::new();
    for (at, page) in pages.iter().enumerate() {
        if let Some(members) = titles.get_mut(&nodes[at].title) {
            members.push(at);
        }
        let title = FieldValue::Text(page.paper.title.clone());
        if let Some(provenance) = page.imported.0.get("title")
            && provenance.hash != title.fingerprint()
        {
            former.entry(&provenance.hash).or_default().push(at);
            edited_slugs.insert(page.paper.slug.as_str(), at);
        }
    }
    if former.is_empty() {
        return titles;
    }
    for (at, record) in records.iter().enumerate() {
        let key = &nodes[pages.len() + at].title;
        let hash = FieldValue::Text(record.title.clone()).fingerprint();
        let mut found: BTreeSet<usize> = former
            .get(hash.as_str())
            .into_iter()
            .flatten()
            .copied()
            .collect();
        if let Some(slug) = Slug::from_title(&record.title) {
            found.extend(edited_slugs.get(slug.as_str()));
        }
        if let Some(members) = titles.get_mut(key) {
            members.extend(found);
            members.sort_unstable();
            members.dedup();
        }
    }
    titles
}

/// What is known about each set of nodes already joined.
fn known(nodes: &[Node<'_>], members: &[usize], sets: &mut Sets) -> Vec<Known> {
    let mut by_root: BTreeMap<usize, Known> = BTreeMap::new();
    for &member in members {
        let root = sets.root(member);
        let known = by_root.entry(root).or_insert_with(|| Known::new(root));
        known.has_ids |= !nodes[member].ids.is_empty();
        known.authors.extend(nodes[member].author.clone());
        known.add(&nodes[member].said);
    }
    by_root.into_values().collect()
}

/// Joins a page with the record it was imported from when the same digest is
/// imported again: the one with that title and author, even if its year was
/// corrected.
fn join_again(nodes: &[Node<'_>], members: &[usize], sets: &mut Sets, pages: usize) {
    type Pair = (Vec<usize>, Vec<usize>);
    let mut listed: BTreeMap<(&DigestId, Option<&str>), Pair> = BTreeMap::new();
    for &member in members {
        let node = &nodes[member];
        for digest in &node.digests {
            let key = (*digest, node.author.as_deref());
            let (of_pages, of_records) = listed.entry(key).or_default();
            if member < pages {
                of_pages.push(member);
            } else {
                of_records.push(member);
            }
        }
    }
    for (of_pages, of_records) in listed.into_values() {
        if let ([page], [record]) = (of_pages.as_slice(), of_records.as_slice())
            && (nodes[*page].ids.is_empty() || nodes[*record].ids.is_empty())
        {
            sets.join(*page, *record);
        }
    }
}

fn join_by_title(nodes: &[Node<'_>], members: &[usize], sets: &mut Sets) {
    let all = known(nodes, members, sets);
    if all.len() < 2 {
        return;
    }
    let mut by_author: BTreeMap<Option<&String>, Vec<&Known>> = BTreeMap::new();
    for set in &all {
        if set.authors.is_empty() && !set.has_ids {
            by_author.entry(None).or_default().push(set);
        }
        for author in &set.authors {
            by_author.entry(Some(author)).or_default().push(set);
        }
    }
    for sets_of_one in by_author.values() {
        for (one, other) in joins(sets_of_one) {
            sets.join(one, other);
        }
    }
    // Join by title alone if exactly two have it and nothing contradicts.
    if let [one, other] = known(nodes, members, sets).as_slice()
        && !(one.has_ids && other.has_ids)
        && (one.authors.is_empty() || other.authors.is_empty())
        && !contradict(one, other)
    {
        sets.join(one.root, other.root);
    }
}

/// The two smallest nodes of some sets, each with its set.
#[derive(Default)]
struct Least(Vec<(usize, usize)>);

impl Least {
    fn add(&mut self, first: usize, set: usize) {
        self.0.push((first, set));
        self.0.sort_unstable();
        self.0.truncate(2);
    }

    /// The smallest node of another set.
    fn beside(&self, set: usize) -> Option<(usize, usize)> {
        self.0.iter().copied().find(|(_, of)| *of != set)
    }
}

fn left_apart(
    nodes: &[Node<'_>],
    members: &[usize],
    sets: &mut Sets,
    pages: usize,
) -> Vec<Resemblance> {
    let all = known(nodes, members, sets);
    if all.len() < 2 {
        return Vec::new();
    }
    let mut first_of: BTreeMap<usize, usize> = BTreeMap::new();
    for &member in members {
        let root = sets.root(member);
        let first = first_of.entry(root).or_insert(member);
        *first = (*first).min(member);
    }
    // Sets resemble each other if they share an author or one has none.
    let (mut any, mut nobody) = (Least::default(), Least::default());
    let mut by_author: BTreeMap<&str, Least> = BTreeMap::new();
    for (at, set) in all.iter().enumerate() {
        let first = first_of[&set.root];
        any.add(first, at);
        if set.authors.is_empty() {
            nobody.add(first, at);
        }
        for author in &set.authors {
            by_author.entry(author).or_default().add(first, at);
        }
    }
    let mut found = Vec::new();
    for (at, set) in all.iter().enumerate() {
        let first = first_of[&set.root];
        // Existing pages were reported when they were imported.
        if first < pages {
            continue;
        }
        let others = match set.authors.is_empty() {
            true => any.beside(at),
            false => {
                let shared = set.authors.iter().map(|author| &by_author[author.as_str()]);
                let all = shared.chain([&nobody]);
                all.filter_map(|least| least.beside(at)).min()
            }
        };
        if let Some((other, of)) = others {
            let reason = match (set.has_ids, contradict(set, &all[of])) {
                (true, _) => Apart::Ids,
                (false, true) => Apart::Place,
                (false, false) => Apart::Unsure,
            };
            found.push(Resemblance {
                record: first - pages,
                other: if other < pages {
                    Ok(other)
                } else {
                    Err(other - pages)
                },
                reason,
            });
        }
    }
    found
}

/// Disjoint sets of nodes. The root of a set is its smallest node, so that the
/// result does not depend on the order of joining.
struct Sets(Vec<usize>);

impl Sets {
    fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.0[node] != node {
            self.0[node] = self.0[self.0[node]];
            node = self.0[node];
        }
        node
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Author, Source};

    fn record(title: &str, author: &str, ids: &[&str]) -> Record {
        let mut record = Record::new(Source::TEXT, 1, title);
        if !author.is_empty() {
            record.authors.push(Author::named(author));
        }
        record.ids = ids.iter().filter_map(|id| PaperId::parse(id)).collect();
        record
    }

    /// The groups as sets of records, in any order.
    fn grouped(records: &[Record]) -> BTreeSet<Vec<usize>> {
        let refs: Vec<&Record> = records.iter().collect();
        groups(&[], &refs, |_| None)
            .0
            .into_iter()
            .map(|group| group.records)
            .collect()
    }

    #[test]
    fn what_shares_an_id_is_one_paper_even_through_a_third() {
        let records = [
            record("One name", "A", &["arxiv:2403.03507"]),
            record("Another name", "B", &["doi:10.1/x"]),
            record("A third", "C", &["arxiv:2403.03507v2", "doi:10.1/X"]),
        ];
        assert_eq!(grouped(&records), BTreeSet::from([vec![0, 1, 2]]));
    }

    #[test]
    fn without_id_title_and_first_author_decide() {
        let records = [
            record("GaLore: Low Rank", "Jiawei Zhao", &["arxiv:2403.03507"]),
            record("GaLore — low rank!", "Zhao, Jiawei", &[]),
            record("GaLore: Low Rank", "Somebody Else", &[]),
        ];
        assert_eq!(grouped(&records), BTreeSet::from([vec![0, 1], vec![2]]));
    }

    #[test]
    fn a_title_alone_joins_only_where_one_other_has_it() {
        let one = [
            record("Preface", "", &[]),
            record("Preface", "A", &["doi:10.1/a"]),
        ];
        assert_eq!(grouped(&one), BTreeSet::from([vec![0, 1]]));
        let two = [
            record("Preface", "", &[]),
            record("Preface", "A", &["doi:10.1/a"]),
            record("Preface", "B", &["doi:10.1/b"]),
        ];
        assert_eq!(grouped(&two), BTreeSet::from([vec![0], vec![1], vec![2]]));
        let refs: Vec<&Record> = two.iter().collect();
        let resemblances = groups(&[], &refs, |_| None).1;
        assert_eq!(resemblances.len(), 3);
        assert_eq!(resemblances[0].reason, Apart::Unsure);
    }

    #[test]
    fn different_ids_keep_equal_titles_apart() {
        let records = [
            record("T", "A", &["arxiv:2403.00001"]),
            record("T", "A", &["doi:10.1/a"]),
        ];
        assert_eq!(grouped(&records), BTreeSet::from([vec![0], vec![1]]));
    }

    /// A record of a journal's "Editorial".
    fn column(author: &str, year: i16, volume: &str, pages: &str, ids: &[&str]) -> Record {
        let mut record = record("Editorial", author, ids);
        record.year = (year > 0).then_some(year);
        record.venue = (!volume.is_empty() || !pages.is_empty()).then(|| "J".to_owned());
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        record.publication.volume = some(volume);
        record.publication.pages = some(pages);
        record
    }

    #[test]
    fn what_contradicts_is_another_paper() {
        for (records, want) in [
            // Recurring columns of a journal.
            (
                vec![
                    column("A", 2001, "1", "1--3", &[]),
                    column("A", 2002, "2", "1--3", &[]),
                    column("A", 2002, "2", "1–3", &[]),
                    column("A", 2002, "2", "7", &[]),
                ],
                vec![vec![0], vec![1, 2], vec![3]],
            ),
            // Nothing contradicts; one record just has more.
            (
                vec![
                    column("A", 2001, "1", "", &[]),
                    column("A", 2001, "", "5-6", &[]),
                    column("A", 0, "1", "5", &[]),
                ],
                vec![vec![0, 1, 2]],
            ),
            // It joins the only one that fits.
            (
                vec![
                    column("A", 2001, "1", "5", &[]),
                    column("A", 2002, "2", "5", &[]),
                    column("A", 2001, "", "", &[]),
                    column("A", 0, "2", "", &[]),
                    column("A", 0, "", "5", &[]),
                ],
                vec![vec![0], vec![1, 3], vec![2, 4]],
            ),
            // The year of a preprint is not a contradiction.
            (
                vec![
                    column("A", 2023, "", "", &["arxiv:2301.00001"]),
                    column("A", 2024, "5", "1-9", &[]),
                ],
                vec![vec![0, 1]],
            ),
            // If several contradict each other, the one without a place joins none
            // of them.
            (
                vec![
                    column("A", 2023, "", "", &["arxiv:2301.00001"]),
                    column("A", 2024, "5", "1-9", &[]),
                    column("A", 2025, "6", "1-9", &[]),
                ],
                vec![vec![0], vec![1], vec![2]],
            ),
            (
                vec![
                    column("A", 2023, "4", "1", &["doi:10.1/a"]),
                    column("A", 2024, "5", "1", &["doi:10.1/b"]),
                    column("A", 2024, "5", "", &[]),
                    column("A", 2025, "6", "1", &[]),
                ],
                vec![vec![0], vec![1, 2], vec![3]],
            ),
            // No authors.
            (
                vec![
                    column("", 2001, "1", "1", &[]),
                    column("", 2001, "1", "1", &[]),
                    column("", 2001, "1", "9", &[]),
                ],
                vec![vec![0, 1], vec![2]],
            ),
            (
                vec![
                    column("", 2001, "1", "1", &[]),
                    column("A", 2002, "2", "1", &["doi:10.1/a"]),
                ],
                vec![vec![0], vec![1]],
            ),
            // Only years.
            (
                vec![
                    column("A", 2001, "", "", &[]),
                    column("A", 2002, "", "", &[]),
                ],
                vec![vec![0], vec![1]],
            ),
        ] {
            let want: BTreeSet<Vec<usize>> = want.into_iter().collect();
            assert_eq!(grouped(&records), want, "{records:#?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_order_of_records_does_not_matter(
            specs in proptest::collection::vec((0usize..2, 0usize..3, proptest::collection::vec(0usize..4, 0..2), 0i16..3, 0usize..3), 1..9),
            seed in 0usize..1000,
        ) {
            let records: Vec<Record> = specs
                .iter()
                .map(|(title, author, ids, year, volume)| {
                    let ids: Vec<String> = ids.iter().map(|id| format!("doi:10.1/{id}")).collect();
                    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
                    let year = [0, 2001, 2002][usize::from(*year as u8)];
                    let mut record = column(["", "Ann A", "Bob B"][*author], year, ["", "1", "2"][*volume], "", &ids);
                    record.title = format!("Title {title}");
                    record
                })
                .collect();
            let mut order: Vec<usize> = (0..records.len()).collect();
            order.sort_by_key(|i| (i * 7919 + seed) % 31);
            let shuffled: Vec<Record> = order.iter().map(|i| records[*i].clone()).collect();
            let back: BTreeSet<Vec<usize>> = grouped(&shuffled)
                .into_iter()
                .map(|group| {
                    let mut group: Vec<usize> = group.into_iter().map(|i| order[i]).collect();
                    group.sort_unstable();
                    group
                })
                .collect();
            proptest::prop_assert_eq!(grouped(&records), back);
        }
    }
}
