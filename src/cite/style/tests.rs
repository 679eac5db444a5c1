use serde_json::{Value, json};

use super::*;
use crate::cite::Item;
use crate::cite::samples::samples;
use crate::model::{Author, Day, LinkKind, Name, Paper, PaperId, People, PublicationKind, Slug};

fn styles() -> Vec<Style> {
    let open = |name: &&str| Style::open(name, Path::new(""), "en").unwrap();
    DEFAULT_STYLES.iter().map(open).collect()
}

/// Lists of names, with what is special about each.
const NAMES: [(&str, &str); 14] = [
    ("one", "Zhao|Jiawei"),
    ("two", "Zhao|Jiawei; Müller|Ada B."),
    ("three", "Zhao|Jiawei; Müller|Ada; Roe|Jean-Paul"),
    ("four", "Zhao|Jiawei; Müller|Ada; Roe|Jean-Paul; Lee|Bo"),
    (
        "eight",
        "Fa|Ga; Fb|Gb; Fc|Gc; Fd|Gd; Fe|Ge; Ff|Gf; Fg|Gg; Fh|Gh",
    ),
    (
        "twenty-two",
        "Fa|Ga; Fb|Gb; Fc|Gc; Fd|Gd; Fe|Ge; Ff|Gf; Fg|Gg; Fh|Gh; Fi|Gi; Fj|Gj; Fk|Gk; Fl|Gl; Fm|Gm; Fn|Gn; Fo|Go; Fp|Gp; Fq|Gq; Fr|Gr; Fs|Gs; Ft|Gt; Fu|Gu; Fv|Gv",
    ),
    ("particle", "Bergh|Hendrik|van den"),
    ("suffix", "Costa|P. T.||Jr.; Roe|Ann"),
    ("compound", "García Márquez|Gabo"),
    ("group", "Lakeside University"),
    ("group and person", "World Weather Organization; Doe|Jane"),
    ("eastern", "李|明; 王|小明"),
    ("one word", "Plato"),
    ("none", ""),
];

fn people(list: &str) -> People {
    let name = |text: &str| {
        let parts: Vec<&str> = text.split('|').collect();
        let at = |n: usize| parts.get(n).copied().unwrap_or_default();
        match parts.len() {
            1 => Name::literal(parts[0]),
            _ => Name::from_parts(at(0), at(1), at(2), at(3)),
        }
    };
    list.split("; ")
        .filter(|text| !text.is_empty())
        .map(|text| Author {
            name: name(text),
            ..Author::named("")
        })
        .collect()
}

fn set(paper: &mut Paper, slot: &str, value: &str) {
    let publication = &mut paper.publication;
    let slot = match slot {
        "volume" => &mut publication.volume,
        "number" => &mut publication.number,
        "pages" => &mut publication.pages,
        "publisher" => &mut publication.publisher,
        _ => &mut publication.series,
    };
    *slot = Some(value.to_owned());
}

fn paper(kind: PublicationKind, names: &str) -> Paper {
    let title = "Low-rank training of large models: A study";
    let mut paper = Paper::new(Slug::parse("x").unwrap(), title);
    let list = NAMES.iter().find(|(name, _)| *name == names).unwrap().1;
    paper.authors = people(list);
    paper.published = Day::parse("2024-03-14");
    paper.publication.kind = Some(kind);
    let mut id = None;
    match kind {
        PublicationKind::Article => {
            paper.venue = Some("Journal of Rows".into());
            set(&mut paper, "volume", "12");
            set(&mut paper, "number", "3");
            set(&mut paper, "pages", "101–109");
            id = PaperId::parse("10.1000/j.1");
        }
        PublicationKind::Proceedings => {
            paper.venue = Some("Proceedings of the Foo Conference".into());
            set(&mut paper, "publisher", "ACM");
            set(&mut paper, "pages", "1–8");
            set(&mut paper, "series", "LNCS");
            set(&mut paper, "volume", "7");
            id = PaperId::parse("10.1000/p.1");
        }
        PublicationKind::Preprint => id = PaperId::parse("arxiv:2403.03507"),
        PublicationKind::Thesis | PublicationKind::MastersThesis => {
            set(&mut paper, "publisher", "Lakeside University")
        }
        PublicationKind::Report => {
            set(&mut paper, "publisher", "Institute of Rows");
            set(&mut paper, "number", "7");
        }
        PublicationKind::Book => set(&mut paper, "publisher", "Foo Press"),
        PublicationKind::Chapter => {
            paper.venue = Some("The Book of Chapters".into());
            set(&mut paper, "publisher", "Foo Press");
            set(&mut paper, "pages", "45–60");
            paper.editors = people("Ford|Ann; Moss|Kai");
        }
        PublicationKind::Dataset | PublicationKind::Software => {
            set(&mut paper, "publisher", "Zenodo");
            id = PaperId::parse("10.1000/d.1");
        }
        PublicationKind::Patent => {
            paper.venue = Some("United States".into());
            set(&mut paper, "publisher", "Foo Company");
            set(&mut paper, "number", "US 1234567 B2");
        }
        PublicationKind::WebPage | PublicationKind::Other => {
            set(&mut paper, "publisher", "Somebody")
        }
    }
    paper.ids.extend(id);
    paper
}

/// The rows of the table: what is special, and the paper.
fn rows() -> Vec<(String, Paper)> {
    const KINDS: [PublicationKind; 13] = [
        PublicationKind::Article,
        PublicationKind::Proceedings,
        PublicationKind::Preprint,
        PublicationKind::Thesis,
        PublicationKind::MastersThesis,
        PublicationKind::Report,
        PublicationKind::Book,
        PublicationKind::Chapter,
        PublicationKind::Dataset,
        PublicationKind::Software,
        PublicationKind::Patent,
        PublicationKind::WebPage,
        PublicationKind::Other,
    ];
    let mut rows = Vec::new();
    for kind in KINDS {
        for names in ["one", "three", "group"] {
            rows.push((format!("{} by {names}", kind.key()), paper(kind, names)));
        }
    }
    let common = ["one", "three", "group"];
    for (names, _) in NAMES.iter().filter(|(name, _)| !common.contains(name)) {
        for kind in [PublicationKind::Article, PublicationKind::Proceedings] {
            rows.push((format!("{} by {names}", kind.key()), paper(kind, names)));
        }
    }
    let mut special =
        |what: &str, kind: PublicationKind, names: &str, change: &dyn Fn(&mut Paper)| {
            let mut paper = paper(kind, names);
            change(&mut paper);
            rows.push((format!("{}: {what}", kind.key()), paper));
        };
    special("no year", PublicationKind::Article, "one", &|paper| {
        paper.published = None
    });
    special("no year", PublicationKind::Preprint, "one", &|paper| {
        paper.published = None
    });
    special("a month", PublicationKind::Article, "one", &|paper| {
        paper.published = Day::parse("2024-03");
    });
    special("a question", PublicationKind::Article, "two", &|paper| {
        paper.title = "Does “attention” matter?".into();
    });
    special(
        "a question",
        PublicationKind::Proceedings,
        "two",
        &|paper| {
            paper.title = "Does “attention” matter?".into();
        },
    );
    special("edited", PublicationKind::Book, "none", &|paper| {
        paper.editors = people("Ford|Ann; Moss|Kai");
    });
    special("an edition", PublicationKind::Book, "one", &|paper| {
        paper.publication.edition = Some("2nd".into());
        paper.publication.isbn = Some("978-0-262-03384-8".into());
    });
    special(
        "an edition in words",
        PublicationKind::Book,
        "one",
        &|paper| {
            paper.publication.edition = Some("Second edition".into());
        },
    );
    special("looked at", PublicationKind::WebPage, "one", &|paper| {
        paper
            .links
            .insert(LinkKind::Paper, "https://gears.test/page".into());
        paper.accessed = Day::parse("2024-05-06");
    });
    special(
        "many authors",
        PublicationKind::Chapter,
        "twenty-two",
        &|_| {},
    );
    rows
}

#[test]
fn a_table_of_kinds_and_names_in_each_style() {
    let (styles, rows) = (styles(), rows());
    assert!(rows.len() >= 60, "{}", rows.len());
    let mut table = String::new();
    let mut dump = Vec::new();
    for (what, paper) in &rows {
        let work = Work::of(Item::new(paper, &paper.title));
        table.push_str(&format!("# {what}\n"));
        let mut texts = serde_json::Map::new();
        for style in &styles {
            let text = style.text(&work).plain;
            table.push_str(&format!("{}: {text}\n", style.label()));
            texts.insert(style.key().to_owned(), Value::from(text));
        }
        let item: Value = serde_json::from_str(&for_styles(&work)).unwrap();
        dump.push(json!({ "row": what, "item": item, "texts": texts }));
    }
    insta::assert_snapshot!(table);
    // For checks with another CSL processor; see tests/parsers.
    if let Some(folder) = std::env::var_os("OFFPRINT_CITATIONS") {
        let path = Path::new(&folder).join("styles.json");
        std::fs::write(path, Value::Array(dump).to_string()).unwrap();
    }
}

#[test]
fn a_list_that_breaks_off_says_so() {
    let mut paper = paper(PublicationKind::Article, "one");
    for (names, wanted) in [
        (
            "one",
            [
                "Zhao, J., et al. (2024)",
                "Zhao, Jiawei, et al.",
                "Zhao, Jiawei, et al.",
                "J. Zhao et al.,",
            ],
        ),
        (
            "two",
            [
                "Zhao, J., Müller, A. B., et al. (2024)",
                "Zhao, Jiawei, et al.",
                "Zhao, Jiawei, Ada B. Müller, et al.",
                "J. Zhao, A. B. Müller, et al.,",
            ],
        ),
    ] {
        paper.authors = people(NAMES.iter().find(|(name, _)| *name == names).unwrap().1);
        paper.authors.others = true;
        let work = Work::of(Item::new(&paper, &paper.title));
        for (style, wanted) in styles().iter().zip(wanted) {
            let text = style.text(&work).plain;
            assert!(text.starts_with(wanted), "{}: {text}", style.label());
        }
    }
}

#[test]
fn what_strangers_wrote_is_escaped() {
    for (name, sample) in samples() {
        for style in styles() {
            let citation = style.text(&sample.work());
            let bare = citation
                .html
                .replace("<i>", "")
                .replace("</i>", "")
                .replace("<b>", "")
                .replace("</b>", "");
            assert!(!bare.contains(['<', '>', '"', '\'']), "{name}: {bare}");
            assert!(!citation.plain.contains('\n'), "{name}: {}", citation.plain);
        }
    }
}

#[test]
fn every_style_of_the_archive_opens_or_says_why_not() {
    for name in names() {
        match Style::open(name, Path::new(""), "en") {
            Ok(style) => assert!(!style.label().is_empty() && !style.key().is_empty()),
            Err(error) => assert!(
                matches!(
                    error,
                    StyleError::NoBibliography | StyleError::WithoutAuthors
                ),
                "{name}"
            ),
        }
    }
    assert_eq!(
        Style::open("natur", Path::new(""), "en").unwrap_err(),
        StyleError::Unknown {
            nearest: Some("nature")
        }
    );
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(60))]

    /// No input makes a style fail the build.
    #[test]
    fn any_fields_give_a_line(
        title in "[^\\p{C}]{0,40}",
        family in "[^\\p{C}|;]{0,20}",
        given in "[-A-Za-z. '’é李]{0,12}",
        fields in proptest::collection::vec("[-–0-9A-Za-z ,.:()&“”\"']{0,12}", 6),
        kind in 0usize..13,
        year in 0i16..3000,
    ) {
        let kinds = rows();
        let (_, mut paper) = kinds[(kind * 3) % kinds.len()].clone();
        paper.title = title;
        paper.authors = People::default();
        paper.authors.push(Author { name: Name::from_parts(&family, &given, "van", ""), ..Author::named("") });
        paper.authors.push(Author::named(&family));
        paper.published = Some(Day::of_year(year));
        let publication = &mut paper.publication;
        publication.volume = Some(fields[0].clone());
        publication.number = Some(fields[1].clone());
        publication.pages = Some(fields[2].clone());
        publication.publisher = Some(fields[3].clone());
        publication.series = Some(fields[4].clone());
        paper.venue = Some(fields[5].clone());
        let work = Work::of(Item::new(&paper, &paper.title));
        for style in styles() {
            let _ = style.text(&work);
        }
    }
}
