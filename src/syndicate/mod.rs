//! Syndication: files for readers and programs that follow the site. Feeds (Atom,
//! JSON Feed), feed lists (OPML), the sitemap and `robots.txt` for search engines,
//! `llms.txt` for language models, `security.txt`, and digests as e-mails.
//!
//! Everything here is a pure function of its input; nothing looks at the clock.

mod atom;
mod feed;
mod json_feed;
mod letter;
mod letter_html;
mod letter_text;
mod link_set;
mod llms;
mod opml;
mod resource_sync;
mod robots;
mod security_txt;
mod share;
mod sitemap;
mod twin;
mod xml;

pub use atom::atom;
pub use feed::{Archive, Category, EntryLink, Feed, FeedEntry, NO_DAY, archive_parts};
pub use json_feed::json_feed;
pub use letter::{Letter, LetterLink, LetterPaper, LetterWords, MAX_LETTER_BYTES};
pub use letter_html::email_html;
pub use letter_text::email_txt;
pub use link_set::{LINK_SET_TYPE, Signpost, link_set};
pub use llms::{LlmsLink, LlmsSection, llms_txt};
pub use opml::{Outline, OutlineGroup, opml};
pub use resource_sync::{CAPABILITY_LIST, Resource, resource_sync};
pub use robots::{AiRobots, Robots, robots};
pub use security_txt::{SECURITY_TXT, security_txt};
pub use share::{NETWORKS, share_url};
pub use sitemap::sitemap;
pub use twin::{Twin, TwinPaper, twin};

#[cfg(test)]
mod tests;
