//! Themes: translations, commands for theme authors, and theme inheritance.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::Site;
use crate::support::crawl::crawl;

fn words(language: &str) -> toml::Table {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("themes/gazette/i18n/{language}.toml"));
    fs::read_to_string(path).unwrap().parse().unwrap()
}

/// The placeholders of a pattern, for example `{n}`.
fn fields(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

/// The published path of a theme's asset.
fn asset(site: &Site, name: &str) -> String {
    let tree = site.tree("public/assets");
    let mut paths = tree
        .paths()
        .filter(|path| path.ends_with(&format!("/{name}")));
    let path = paths.next().unwrap_or("nowhere");
    format!("public/assets/{path}")
}

#[test]
fn every_language_has_all_texts_and_placeholders() {
    let english = words("en");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/gazette/i18n");
    let files = std::fs::read_dir(folder).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let languages: Vec<String> = names
        .filter_map(|name| Some(name.strip_suffix(".toml")?.to_owned()))
        .filter(|language| language != "en")
        .collect();
    assert!(languages.len() >= 5, "{languages:?}");
    for language in &languages {
        let other = words(language);
        let keys = |table: &toml::Table| table.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(keys(&english), keys(&other), "{language}");
        for (key, text) in &english {
            let (ours, theirs) = (text.as_str().unwrap(), other[key].as_str().unwrap());
            // A separator may be a narrow space.
            assert!(!theirs.trim_matches(' ').is_empty(), "{language}: {key}");
            assert_eq!(fields(ours), fields(theirs), "{language}: {key}");
        }
    }
}

/// Every translated text is used by a template, script or source file, and every
/// text used exists.
#[test]
fn templates_use_only_existing_texts() {
    let english = words("en");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/gazette/templates");
    for entry in walkdir::WalkDir::new(folder) {
        let path = entry.unwrap().into_path();
        if path.is_dir() {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for (at, _) in text.match_indices("t.") {
            let name: String = text[at + 2..]
                .chars()
                .take_while(|c| c.is_ascii_lowercase() || *c == '_' || c.is_ascii_digit())
                .collect();
            let is_word = text[..at].ends_with([' ', '=', '(']);
            assert!(
                !is_word || english.contains_key(&name),
                "{}: t.{name}",
                path.display()
            );
        }
    }
}

#[test]
fn a_site_uses_its_language() {
    for (language, dir, day, word) in [
        ("de", "", "14. März 2025", "Alle Arbeiten"),
        ("zh-CN", "", "2025年3月14日", "全部论文"),
        ("es", "", "14 de marzo de 2025", "Todos los artículos"),
        ("fr-CA", "", "14 mars 2025", "Tous les articles"),
        ("ja", "", "2025年3月14日", "すべての論文"),
        ("ar", " dir=\"rtl\"", "14 March 2025", "All papers"),
    ] {
        let site = Site::new()
            .settings(&format!(
                "[site]\nlanguage = \"{language}\"\n[topics]\ntaxonomy = \"none\"\n"
            ))
            .file(
                "content/digests/2025-03-14.txt",
                "A Title of a Paper\n\nIts abstract, in one paragraph, which is long enough.\n",
            );
        site.build().succeed();
        let page = site.read("public/index.html");
        assert!(
            page.contains(&format!("<html lang=\"{language}\"{dir}>")),
            "{page}"
        );
        assert!(page.contains(day), "{day}\n{page}");
        assert!(
            site.read("public/papers/index.html").contains(word),
            "{word}"
        );
    }
}

#[test]
fn the_theme_preprint_is_built_by_inheritance() {
    let site = Site::fixture("orchard");
    let settings = site
        .read("offprint.toml")
        .replace("[site]\n", "[site]\ntheme = \"preprint\"\n");
    site.write("offprint.toml", settings);
    site.build().succeed();
    assert!(site.read("public/index.html").contains("/preprint.css\""));
    assert!(site.has(&asset(&site, "preprint.css")) && site.has(&asset(&site, "style.css")));
    crawl(&site.tree("public"), "/papers/").assert_sound();
}

#[test]
fn theme_commands_list_copy_and_create() {
    let site = Site::fixture("orchard");
    let listed = site.offprint(&["theme", "list"]).succeed().stdout;
    assert!(
        listed.contains("gazette (in use)") && listed.contains("preprint"),
        "{listed}"
    );
    let shown = site
        .offprint(&["theme", "show", "templates/card.html"])
        .succeed()
        .stdout;
    assert!(shown.contains("<article class=\"card"), "{shown}");
    site.offprint(&["theme", "show", "templates/cart.html"])
        .fail()
        .stderr_contains("templates/card.html");
    site.offprint(&["theme", "eject", "templates/footer.html", "static/site.js"])
        .succeed();
    assert!(site.read("templates/footer.html").contains("colophon"));
    assert!(site.has("static/site.js"));
    // Existing files are never overwritten.
    site.write("templates/footer.html", "mine");
    site.offprint(&["theme", "eject", "templates/footer.html"])
        .fail()
        .stderr_contains("already exists");
    assert_eq!(site.read("templates/footer.html"), "mine");
    site.remove("templates/footer.html");
    site.offprint(&["theme", "new", "my-theme"]).succeed();
    let settings = site
        .read("offprint.toml")
        .replace("[site]\n", "[site]\ntheme = \"my-theme\"\n");
    site.write("offprint.toml", settings);
    site.build().succeed();
    assert!(site.read("public/index.html").contains("my-theme.css"));
    site.offprint(&["theme", "new", "my-theme"])
        .fail()
        .stderr_contains("already exists");
    for name in ["../x", "gazette", "a b"] {
        site.offprint(&["theme", "new", name]).fail();
    }
}

/// A theme is named in the settings first, and made then.
#[test]
fn a_theme_that_the_settings_name_already_can_be_made() {
    let site = Site::fixture("orchard");
    let settings = site
        .read("offprint.toml")
        .replace("[site]\n", "[site]\ntheme = \"term\"\n");
    site.write("offprint.toml", settings);
    site.offprint(&["theme", "show"])
        .fail()
        .stderr_contains("no theme `term`");
    let listed = site.offprint(&["theme", "list"]).succeed().stdout;
    assert!(listed.contains("gazette"), "{listed}");
    let made = site.offprint(&["theme", "new", "term"]).succeed().stdout;
    assert!(made.contains("builds on gazette"), "{made}");
    site.build().succeed();
    assert!(site.read("public/index.html").contains("term.css"));
    // Beside one that is not there, another one builds on the default as well.
    site.replace("offprint.toml", "theme = \"term\"", "theme = \"tern\"");
    let other = site.offprint(&["theme", "new", "other"]).succeed().stdout;
    assert!(other.contains("builds on gazette"), "{other}");
}

/// The example is made from the documentation alone, and has to go on working.
#[test]
fn the_example_of_a_theme_builds() {
    let site = Site::fixture("orchard");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/programme");
    for entry in walkdir::WalkDir::new(&example) {
        let path = entry.unwrap().into_path();
        if path.is_file() {
            let inner = path.strip_prefix(&example).unwrap().display().to_string();
            let inner = inner.replace('\\', "/");
            site.write(
                &format!("themes/programme/{inner}"),
                fs::read_to_string(&path).unwrap(),
            );
        }
    }
    let settings = site
        .read("offprint.toml")
        .replace("[site]\n", "[site]\ntheme = \"programme\"\n");
    site.write("offprint.toml", settings);
    site.build().succeed();
    assert!(site.read("public/index.html").contains("class=\"opening\""));
    assert!(site.has(&asset(&site, "programme.css")));
    crawl(&site.tree("public"), "/papers/").assert_sound();
}

#[test]
fn one_block_can_be_overridden() {
    let site = Site::fixture("orchard").file(
        "templates/paper.html",
        "{% extends \"theme/gazette/paper.html\" %}\n{% block footer %}<footer>Our own</footer>{% endblock %}\n",
    );
    site.build().succeed();
    let paper = site.read("public/papers/unnamed-seedlings/index.html");
    assert!(
        paper.contains("<footer>Our own</footer>") && paper.contains("<article class=\"paper\""),
        "{paper}"
    );
    assert!(!site.read("public/index.html").contains("Our own"));
}

#[test]
fn the_front_page_shows_as_many_papers_as_configured() {
    let papers: String = (0..30)
        .map(|n| format!("{{\"title\": \"Paper Number {n}\"}}\n"))
        .collect();
    let cards = |settings: &str| {
        let site = Site::new()
            .settings(settings)
            .file("content/digests/2025-03-14.jsonl", &papers);
        site.build().succeed();
        let home = site.read("public/index.html");
        let more = home.contains(&format!(
            "{} more",
            30 - home.matches("class=\"card\"").count()
        ));
        assert!(more, "{home}");
        assert_eq!(home.contains("is-sans"), settings.contains("sans"));
        home.matches("class=\"card\"").count()
    };
    assert_eq!(cards(""), 24);
    assert_eq!(cards("[theme]\nfront_papers = 8\nfonts = \"sans\"\n"), 8);
    assert_eq!(cards("[theme]\nfront_papers = 1\n"), 1);
    assert_eq!(cards("[theme]\nfront_papers = 4\n"), 4);
}

#[test]
fn options_reach_the_page_and_are_validated() {
    let site = Site::new().settings("[theme]\naccent = \"forest\"\ndensity = \"compact\"\n");
    site.build().succeed();
    let page = site.read("public/index.html");
    assert!(page.contains("accent-forest is-compact"), "{page}");
    assert!(
        site.read(&asset(&site, "style.css"))
            .contains(".accent-forest")
    );
    for (option, said) in [
        (
            "accent = \"puce\"",
            "it can be oxblood, ink, forest, indigo",
        ),
        ("accent = 3", "the theme wants"),
        ("acent = \"ink\"", "did you mean `accent`"),
    ] {
        let site = Site::new().settings(&format!("[theme]\n{option}\n"));
        site.build().fail().stderr_contains(said);
    }
}

#[test]
fn an_endless_template_is_stopped_at_its_line() {
    const MANY: &str = "range(end=100000)";
    let mib = "{% set_global s = \"0123456789abcdef\" %}{% for i in range(end=16) %}{% set_global s = s ~ s %}{% endfor %}";
    for (what, text) in [
        ("loops that do nothing", format!("{{% set r = {MANY} %}}{{% for a in r %}}\n{{% for b in r %}}{{% for c in r %}}{{% endfor %}}{{% endfor %}}{{% endfor %}}")),
        ("loops of calls", format!("{{% for a in {MANY} %}}\n{{% for b in {MANY} -%}} x {{%- endfor %}}{{% endfor %}}")),
        ("a comprehension", format!("{{% set r = {MANY} %}}{{% for a in r %}}\n{{% set b = [x for x in r if x] %}}{{% endfor %}}")),
        ("a text that doubles", "{% set_global s = \"x\" %}{% for i in range(end=60) %}\n{% set_global s = s ~ s %}{% endfor %}".to_owned()),
        ("a text that doubles without a loop", format!("\n{{% set_global s = \"0123456789\" %}}\n{}", "{% set_global s = s ~ s %}".repeat(60)).replacen('\n', "", 1)),
        ("a text that replaces itself", format!("{mib}\n{{% set t = s | replace(from=\"a\", to=s) %}}")),
        ("a list joined by itself", format!("{mib}\n{{% set t = {MANY} | join(sep=s) %}}")),
        ("a text gathered in a variable", format!("{mib}\n{{% set t %}}{{% for a in {MANY} %}}{{{{ s }}}}{{% endfor %}}{{% endset %}}")),
        ("a page that never ends", format!("{mib}\n{{% for a in {MANY} %}}{{{{ s }}}}{{% endfor %}}")),
    ] {
        let site = Site::new().file("templates/404.html", &text);
        let said = site.build().fail().stderr;
        assert!(said.contains("error[template-bound]"), "{what}: {said}");
        assert!(said.contains("--> templates/404.html:2:"), "{what}: {said}");
        assert!(!said.contains("__"), "{what}: {said}");
        assert!(!site.has("public/index.html"), "{what}");
    }
}

#[test]
fn papers_and_sites_declare_their_text_direction() {
    for (site_language, paper_language, html, heading) in [
        (
            "en",
            "ar",
            "<html lang=\"en\">",
            "<h1 lang=\"ar\" dir=\"rtl\">",
        ),
        (
            "ar",
            "en",
            "<html lang=\"ar\" dir=\"rtl\">",
            "<h1 lang=\"en\" dir=\"ltr\">",
        ),
        (
            "fa-IR",
            "az-Arab",
            "<html lang=\"fa-IR\" dir=\"rtl\">",
            "<h1 lang=\"az-Arab\" dir=\"rtl\">",
        ),
        (
            "ar-Latn",
            "ar",
            "<html lang=\"ar-Latn\">",
            "<h1 lang=\"ar\" dir=\"rtl\">",
        ),
    ] {
        let site = Site::new()
            .settings(&format!(
                "[site]\nlanguage = \"{site_language}\"\n[topics]\ntaxonomy = \"none\"\n"
            ))
            .file(
                "content/papers/a.md",
                format!("+++\ntitle = \"A\"\nlanguage = \"{paper_language}\"\n+++\nText.\n"),
            );
        site.build().succeed();
        let page = site.read("public/papers/a/index.html");
        for part in [html, heading] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
    }
    // The style sheet uses no physical sides, which would be wrong in right-to-left
    // text.
    let css = Site::new();
    css.build().succeed();
    let css = css.read(&asset(&css, "style.css"));
    for side in [
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "border-left",
        "border-right",
        "text-align: left",
        "text-align: right",
        " left:",
        " right:",
    ] {
        assert!(!css.contains(side), "{side}");
    }
}

#[test]
fn a_template_may_start_with_a_byte_order_mark() {
    let site = Site::new().file(
        "templates/404.html",
        "\u{feff}{% extends \"theme/gazette/404.html\" %}{% block title %}Nowhere{% endblock %}",
    );
    site.build().succeed();
    assert!(
        site.read("public/404.html")
            .contains("<title>Nowhere</title>")
    );
}
