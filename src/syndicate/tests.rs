use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
use quick_xml::Reader;
use quick_xml::events::Event;

use super::feed::clean;
use super::*;
use crate::cite::one_line;
use crate::cite::samples::HOSTILE;
use crate::model::Date;

const DAY: Date = Date::constant(2025, 3, 14);

fn full() -> FeedEntry {
    FeedEntry {
        external_url: Some("https://arxiv.org/abs/2403.03507".into()),
        title_html: Some("GaLore: <i>Memory</i>-Efficient &amp; small".into()),
        published: Some(Date::constant(2025, 3, 13)),
        authors: vec!["Jiawei Zhao".into(), "Ada Müller".into()],
        summary: "Low-rank gradients.\nLess memory.".into(),
        content_html: "<p>Low-rank <b>gradients</b> &amp; less memory.</p>".into(),
        categories: vec![Category {
            id: "efficiency".into(),
            label: "Efficiency & Scaling".into(),
            scheme: Some("https://site.example.org/topics/".into()),
        }],
        links: vec![
            EntryLink {
                rel: "enclosure".into(),
                href: "https://arxiv.org/pdf/2403.03507".into(),
                media_type: Some("application/pdf".into()),
                title: Some("PDF".into()),
            },
            EntryLink {
                rel: "related".into(),
                href: "https://code.example.org/galore?a=1&b=2".into(),
                media_type: None,
                title: None,
            },
            EntryLink {
                rel: "enclosure".into(),
                href: "javascript:alert(1)".into(),
                media_type: Some("text/html".into()),
                title: None,
            },
        ],
        language: Some("en".into()),
        ..FeedEntry::new(
            "https://site.example.org/papers/galore/",
            "https://site.example.org/papers/galore/",
            "GaLore: Memory-Efficient & small",
            DAY,
        )
    }
}

fn minimal() -> FeedEntry {
    let url = "https://site.example.org/papers/minimal/";
    FeedEntry::new(url, url, "What Is Left?", DAY)
}

fn hostile() -> FeedEntry {
    FeedEntry {
        authors: vec![HOSTILE.into(), "\u{1}\u{FFFF}".into()],
        summary: format!("a\r\nb\u{0}\u{b}{HOSTILE}"),
        content_html: format!("<p>{HOSTILE}\u{1b}</p>"),
        categories: vec![Category {
            id: HOSTILE.into(),
            label: HOSTILE.into(),
            scheme: None,
        }],
        ..FeedEntry::new(
            "https://site.example.org/papers/hostile/",
            "https://site.example.org/papers/hostile/?a=\"&b='",
            HOSTILE,
            DAY,
        )
    }
}

fn feed<'a>(entries: &'a [FeedEntry], archive: Archive<'a>, title: &'a str) -> Feed<'a> {
    Feed {
        id: "https://site.example.org/topics/efficiency/",
        title,
        subtitle: "Papers on efficiency.",
        home_url: "https://site.example.org/topics/efficiency/",
        feed_url: "https://site.example.org/topics/efficiency/feed.xml",
        json_url: "https://site.example.org/topics/efficiency/feed.json",
        language: "en",
        updated: DAY,
        author: Some("Ada Müller"),
        hub: Some("https://hub.example.org/"),
        categories: &[],
        entries: entries.iter().collect(),
        archive,
    }
}

#[test]
fn a_feed_as_atom_and_as_json() {
    let entries = [full(), minimal(), hostile()];
    let newest = Archive {
        previous: Some("https://site.example.org/feed-2.xml"),
        previous_json: Some("https://site.example.org/feed-2.json"),
        ..Archive::default()
    };
    insta::assert_snapshot!(atom(&feed(&entries, newest, "Efficiency")));
    insta::assert_snapshot!(json_feed(&feed(&entries, newest, "Efficiency")));
}

/// If `OFFPRINT_FEEDS` names a folder, the samples are written there for parsers in
/// other languages (`tests/parsers/`).
#[test]
fn the_samples_can_be_written_for_other_parsers() {
    let Some(folder) = std::env::var_os("OFFPRINT_FEEDS") else {
        return;
    };
    let entries = [full(), minimal(), hostile()];
    let feed = feed(&entries, Archive::default(), HOSTILE);
    let words = LetterWords::default();
    let letter = letter(vec![paper("GaLore"), paper(HOSTILE)], &words);
    let page = "https://site.example.org/papers/x/?a=1&b=ü".to_owned();
    let sitemap = sitemap(
        &[(page, Some(DAY))],
        Clone::clone,
        "https://site.example.org/",
    );
    for (name, content) in [
        ("feed.xml", &atom(&feed)),
        ("feed.json", &json_feed(&feed)),
        ("opml.xml", &opml(HOSTILE, &groups(HOSTILE))),
        ("sitemap.xml", &sitemap[0].1),
        ("email.html", &email_html(&letter)),
    ] {
        let path = std::path::Path::new(&folder).join(name);
        std::fs::write(path, content).unwrap();
    }
}

#[test]
fn a_part_of_the_archive_names_its_neighbours() {
    let part = Archive {
        current: Some("https://site.example.org/feed.xml"),
        previous: Some("https://site.example.org/feed-1.xml"),
        previous_json: None,
        next: Some("https://site.example.org/feed-3.xml"),
    };
    let mut feed = feed(&[], part, "Efficiency");
    feed.author = None;
    feed.hub = None;
    insta::assert_snapshot!(atom(&feed));
    insta::assert_snapshot!(json_feed(&feed));
}

fn groups(text: &str) -> Vec<OutlineGroup> {
    let outline = |title: &str, path: &str| Outline {
        title: title.into(),
        description: String::new(),
        feed_url: format!("https://site.example.org/{path}feed.xml"),
        home_url: format!("https://site.example.org/{path}"),
    };
    vec![
        OutlineGroup {
            title: String::new(),
            outlines: vec![Outline {
                description: "All papers.".into(),
                ..outline("Papers", "")
            }],
        },
        OutlineGroup {
            title: "Topics".into(),
            outlines: vec![outline(text, "topics/x/")],
        },
        OutlineGroup {
            title: "Authors".into(),
            outlines: Vec::new(),
        },
    ]
}

#[test]
fn opml_lists_the_feeds_by_group() {
    insta::assert_snapshot!(opml("Papers & more", &groups(HOSTILE)));
}

fn letter<'a>(papers: Vec<LetterPaper<'a>>, words: &'a LetterWords) -> Letter<'a> {
    Letter {
        title: "14 March 2025",
        site: "Papers & more",
        day: "Friday, 14 March 2025",
        note: "A good day.\n\nFor low ranks.",
        url: Some("https://site.example.org/digests/2025-03-14/"),
        language: "en",
        papers,
        words,
    }
}

fn paper(title: &str) -> LetterPaper<'_> {
    LetterPaper {
        title,
        url: Some("https://site.example.org/papers/x/?a=1&b=2"),
        authors: "Jiawei Zhao, Ada Müller",
        venue: "ICML 2024",
        summary: "It projects gradients into a space of low rank, so that the states of the optimizer take less memory.",
        topics: vec![
            LetterLink {
                label: "Efficiency & Scaling",
                url: Some("https://site.example.org/topics/efficiency/"),
            },
            LetterLink {
                label: "Training",
                url: None,
            },
        ],
    }
}

#[test]
fn a_letter_as_html_and_as_text() {
    let words = LetterWords::default();
    let bare = LetterPaper {
        url: Some("javascript:alert(1)"),
        authors: "",
        venue: "",
        summary: "",
        topics: Vec::new(),
        ..paper("What Is Left?")
    };
    let letter = letter(vec![paper("GaLore"), bare, paper(HOSTILE)], &words);
    insta::assert_snapshot!(email_html(&letter));
    insta::assert_snapshot!(email_txt(&letter));
}

#[test]
fn a_letter_holds_what_fits_and_counts_the_rest() {
    let words = LetterWords::default();
    let letter = letter(vec![paper("GaLore"); 1_000], &words);
    for (text, title) in [
        (email_html(&letter), ">GaLore<"),
        (email_txt(&letter), "\nGaLore\n"),
    ] {
        assert!(text.len() <= MAX_LETTER_BYTES);
        let shown = text.matches(title).count();
        // The first title also appears in the preview text.
        let shown = shown - usize::from(title.starts_with('>'));
        assert!(shown > 50, "{shown}");
        assert!(
            text.contains(&format!("and {} more", 1_000 - shown)),
            "{shown}"
        );
    }
}

#[test]
fn no_text_is_so_long_that_a_letter_holds_no_paper() {
    let words = LetterWords::default();
    let long = "\"&ü ".repeat(100_000);
    let url = format!("https://a.org/{}", "&".repeat(480));
    let topic = LetterLink {
        label: &long,
        url: Some(&url),
    };
    let paper = LetterPaper {
        title: &long,
        url: Some(&url),
        authors: &long,
        venue: &long,
        summary: &long,
        topics: vec![topic; 30],
    };
    let letter = Letter {
        title: &long,
        site: &long,
        day: &long,
        note: &long,
        url: Some(&url),
        language: &long,
        papers: vec![paper; 100],
        words: &words,
    };
    assert!(email_html(&letter).len() <= MAX_LETTER_BYTES);
    assert!(email_html(&letter).contains("<h2"));
    assert!(email_txt(&letter).len() <= MAX_LETTER_BYTES);
    assert!(email_txt(&letter).contains(" more"));
}

/// All texts and attribute values of a document. An error if it is not well-formed.
fn texts(xml: &str) -> Result<Vec<String>, String> {
    let mut reader = Reader::from_str(xml);
    let mut texts = Vec::new();
    let mut text = String::new();
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(start) | Event::Empty(start) => {
                text.clear();
                for attribute in start.attributes() {
                    let attribute = attribute.map_err(|e| e.to_string())?;
                    let value = quick_xml::escape::unescape(&attribute.value).unwrap();
                    texts.push(value.into_owned());
                }
            }
            Event::Text(part) => text.push_str(&part.xml10_content()),
            Event::GeneralRef(reference) => {
                let whole = format!("&{};", reference.xml10_content());
                text.push_str(&quick_xml::escape::unescape(&whole).unwrap());
            }
            Event::End(_) => texts.push(std::mem::take(&mut text)),
            Event::Eof => return Ok(texts),
            _ => {}
        }
    }
}

proptest! {
    #[test]
    fn any_text_reads_back_from_atom(text in any::<String>(), html in any::<String>()) {
        let mut entry = full();
        entry.title_html = None;
        entry.title = text.clone();
        entry.summary = format!("{text}.");
        entry.content_html = format!("<p>{html}");
        entry.authors = vec![format!("x {text}")];
        entry.categories[0].label = format!("y {text}");
        entry.links[0].href = text.clone();
        let xml = atom(&feed(std::slice::from_ref(&entry), Archive::default(), &text));
        let found = texts(&xml).map_err(proptest::test_runner::TestCaseError::fail)?;
        for want in [
            one_line(&text),
            clean(&entry.summary),
            clean(&entry.content_html),
            one_line(&entry.authors[0]),
            one_line(&entry.categories[0].label),
        ] {
            prop_assert!(found.contains(&want), "{:?} is not in {}", want, xml);
        }
        let plain = |c: char| crate::cite::is_plain_char(c) || c == '\n' || c == '\t';
        prop_assert!(xml.chars().all(plain));
    }

    #[test]
    fn the_parts_of_an_archive_hold_each_entry_once(total in 0usize..500, limit in 0usize..60) {
        let parts = archive_parts(total, limit);
        let mut next = 0;
        for part in &parts {
            prop_assert_eq!(part.start, next);
            prop_assert_eq!(part.len(), limit);
            next = part.end;
        }
        // Entries in no archive document are in the feed itself.
        prop_assert!(total - next <= limit || limit == 0);
        // One more paper must not change existing archive documents.
        let more = archive_parts(total + 1, limit);
        if !parts.is_empty() {
            prop_assert_eq!(&more[..parts.len()], &parts[..]);
        }
    }

    #[test]
    fn any_text_reads_back_from_json_feed(text in any::<String>(), html in any::<String>()) {
        let mut entry = full();
        entry.title = text.clone();
        entry.content_html = format!("<p>{html}");
        let json = json_feed(&feed(&[entry], Archive::default(), "t"));
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        let item = &read["items"][0];
        let title = item["title"].as_str().unwrap_or_default();
        prop_assert_eq!(title, one_line(&text));
        let content = clean(&format!("<p>{html}"));
        prop_assert_eq!(item["content_html"].as_str(), Some(content.as_str()));
    }

    #[test]
    fn any_text_reads_back_from_opml(text in any::<String>()) {
        let xml = opml(&text, &groups(&text));
        let found = texts(&xml).map_err(proptest::test_runner::TestCaseError::fail)?;
        let want = one_line(&text);
        prop_assert_eq!(found.iter().filter(|f| **f == want).count() >= 3, true);
    }

    #[test]
    fn any_text_stays_text_in_a_letter(text in any::<String>()) {
        let words = LetterWords::default();
        let html = email_html(&letter(vec![paper(&text)], &words));
        let plain = email_html(&letter(vec![paper("x")], &words));
        prop_assert_eq!(html.matches('<').count(), plain.matches('<').count());
        prop_assert_eq!(html.matches('"').count(), plain.matches('"').count());
    }
}
