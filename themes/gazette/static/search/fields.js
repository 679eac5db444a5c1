// The names of the query grammar. Written from `src/topics/query/field.rs`; a test
// keeps this file current, and writes it with INSTA_UPDATE=always.

/** Fields in which terms are looked for. */
export const TEXT_FIELDS = ['title', 'abstract', 'author', 'topic', 'venue', 'keyword', 'category'];
/** All names before a colon. */
export const FIELD_NAMES = ['title', 'abstract', 'author', 'topic', 'venue', 'keyword', 'category', 'year', 'date', 'id', 'has', 'upvotes', 'stars', 'citations', 'comments'];
/** What is counted. */
export const METRICS = ['upvotes', 'stars', 'citations', 'comments'];
/** What a paper can have. */
export const PARTS = ['paper', 'pdf', 'code', 'project', 'model', 'dataset', 'demo', 'video', 'discussion', 'abstract', 'award'];
/** The registries whose identifiers are recognised by their name. */
export const REGISTRIES = ['arxiv', 'doi', 'openreview', 'acl', 'pmid', 's2', 's2corpus'];
