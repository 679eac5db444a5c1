use super::*;
use crate::cite::Item;
use crate::cite::samples::samples;
use crate::model::{Author, Paper, Slug};

#[test]
fn each_style_writes_each_kind() {
    let mut lines = Vec::new();
    for style in Style::ALL {
        lines.push(format!("{}\n", style.label()));
        for (name, sample) in samples() {
            let citation = text(&sample.work(), style);
            lines.push(format!("{name}\n{}\n{}\n", citation.plain, citation.html));
        }
    }
    insta::assert_snapshot!(lines.join("\n"));
}

fn authored(count: usize, style: Style) -> String {
    let mut paper = Paper::new(Slug::parse("x").unwrap(), "X");
    paper.authors = (1..=count)
        .map(|n| Author::named(format!("G{n} F{n}")))
        .collect();
    paper.year = Some(2024);
    text(&Work::of(Item::new(&paper, "X")), style).plain
}

#[test]
fn long_lists_of_authors_are_cut_as_each_style_has_it() {
    let apa = authored(20, Style::Apa);
    assert!(apa.contains("F19, G., & F20, G. (2024)"), "{apa}");
    let apa = authored(21, Style::Apa);
    assert!(apa.contains("F19, G., . . . F21, G. (2024)"), "{apa}");
    assert!(!apa.contains("F20"), "{apa}");
    assert!(authored(2, Style::Mla).starts_with("F1, G1, and G2 F2. "));
    assert!(authored(3, Style::Mla).starts_with("F1, G1, et al. "));
    assert!(authored(6, Style::Chicago).contains("G5 F5, and G6 F6. "));
    assert!(authored(7, Style::Chicago).starts_with("F1, G1, G2 F2, G3 F3, et al. "));
    assert!(authored(6, Style::Ieee).contains("G. F5, and G. F6, "));
    assert!(authored(7, Style::Ieee).starts_with("G. F1 et al., "));
}

#[test]
fn a_paper_without_author_or_year_says_so_or_nothing() {
    let paper = Paper::new(Slug::parse("x").unwrap(), "Some Title");
    let plain = |style| text(&Work::of(Item::new(&paper, "Some Title")), style).plain;
    assert_eq!(plain(Style::Apa), "Some Title. (n.d.).");
    assert_eq!(plain(Style::Mla), "“Some Title.”");
    assert_eq!(plain(Style::Chicago), "“Some Title.” n.d.");
    assert_eq!(plain(Style::Ieee), "“Some Title.”");
}

proptest::proptest! {
    #[test]
    fn html_is_the_plain_text_escaped_with_italics(
        title in "\\PC{0,30}", name in "\\PC{0,30}", venue in "\\PC{0,30}"
    ) {
        let mut paper = Paper::new(Slug::parse("x").unwrap(), title.as_str());
        paper.authors.push(Author::named(name));
        paper.venue = Some(venue);
        for style in Style::ALL {
            let citation = text(&Work::of(Item::new(&paper, &title)), style);
            let bare = citation.html.replace("<i>", "").replace("</i>", "");
            proptest::prop_assert!(!bare.contains(['<', '>', '"', '\'']));
            let read = html_escape::decode_html_entities(&bare);
            proptest::prop_assert_eq!(read.as_ref(), citation.plain.as_str());
        }
    }
}
