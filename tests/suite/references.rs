//! References in the configured citation styles, including style files.

use crate::support::Site;

/// A site's own style.
const HOUSE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>House Style</title><id>house</id><updated>2025-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout suffix="!">
    <names variable="author"><name and="text"/></names>
    <text variable="title" prefix=": " font-style="italic"/>
    <date variable="issued" prefix=" ("  suffix=")"><date-part name="year"/></date>
  </layout></bibliography>
</style>
"#;

const DEPENDENT: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0">
  <info><title>A Journal</title><id>journal</id>
  <link href="http://www.zotero.org/styles/apa" rel="independent-parent"/>
  <updated>2025-01-01T00:00:00+00:00</updated></info>
</style>
"#;

fn site(styles: &str) -> Site {
    Site::new()
        .settings(&format!("[citations]\nstyles = [{styles}]\n"))
        .file("styles/house.csl", HOUSE)
        .file("styles/journal.csl", DEPENDENT)
        .file("styles/none.csl", "<p>not a style</p>")
        .file(
            "content/papers/ink.md",
            "+++\ntitle = \"Ink & Paper\"\nauthors = [\"Ada Apple\", { family = \"García Márquez\", given = \"Gabo\" }]\n\
             venue = \"Journal of Ink\"\npublication.volume = \"3\"\nyear = 2025\n+++\nWe look at ink.\n",
        )
}

#[test]
fn a_site_chooses_citation_styles_or_provides_its_own() {
    let site = site("\"nature\", \"styles/house.csl\"");
    site.build().succeed();
    let sheet = site.read("public/papers/ink/cite.html");
    for part in [
        "<dt>Nature</dt><dd>Apple, A. &amp; García Márquez, G. Ink &amp; Paper. <i>Journal of Ink</i> <b>3,</b> (2025).",
        "<dt>House Style</dt><dd>Ada Apple and Gabo García Márquez<i>: Ink &amp; Paper</i> (2025)!",
    ] {
        assert!(sheet.contains(part), "{part}\n{sheet}");
    }
    assert!(!sheet.contains("<dt>APA</dt>"), "{sheet}");
    let page = site.read("public/papers/ink/index.html");
    assert!(page.contains("Nature, House Style, RIS"), "{page}");
}

#[test]
fn an_unusable_style_is_an_error_with_its_place() {
    for (style, said) in [
        ("natur", "did you mean `nature`?"),
        ("vancouver", "come out without authors"),
        ("styles/gone.csl", "cannot be read"),
        ("../house.csl", "outside of the site"),
        ("/etc/house.csl", "outside of the site"),
        (
            "styles/journal.csl",
            "variant of http://www.zotero.org/styles/apa",
        ),
        ("styles/none.csl", "not a CSL style"),
    ] {
        let outcome = site(&format!("\"apa\", \"{style}\"")).build().fail();
        for part in [said, "offprint.toml:", "citation-style"] {
            assert!(outcome.stderr.contains(part), "{style}: {}", outcome.stderr);
        }
    }
}
