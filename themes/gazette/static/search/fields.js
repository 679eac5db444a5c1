// The names of the query grammar. Written from `src/topics/query/field.rs`; a test
// keeps this file current, and writes it with INSTA_UPDATE=always.

/** Fields in which terms are looked for. */
export const TEXT_FIELDS = ['title', 'author', 'venue', 'keyword', 'category', 'funding', 'topic', 'abstract'];
/** Those of them whose words are in columns, and not in the terms of the index. */
export const TEXT_COLUMNS = ['venue', 'category', 'funding'];
/** All names before a colon. */
export const FIELD_NAMES = ['title', 'author', 'venue', 'keyword', 'category', 'funding', 'topic', 'abstract', 'year', 'date', 'id', 'has', 'upvotes', 'stars', 'citations', 'comments'];
/** What is counted. */
export const METRICS = ['upvotes', 'stars', 'citations', 'comments'];
/** What a paper can have. */
export const PARTS = ['paper', 'pdf', 'code', 'project', 'model', 'dataset', 'demo', 'video', 'discussion', 'abstract', 'award'];
/** The registries whose identifiers are recognised by their name. */
export const REGISTRIES = ['arxiv', 'doi', 'openreview', 'acl', 'pmid', 's2', 's2corpus'];
