//! Bulk data for programs that copy the whole library.

use std::io::Read;

use ruzstd::decoding::StreamingDecoder;
use serde_json::Value;

use crate::support::Site;

fn site(harvest: &str) -> Site {
    let site = Site::fixture("orchard");
    let settings = site.read("offprint.toml");
    site.write(
        "offprint.toml",
        format!("{settings}\n[harvest]\n{harvest}\n"),
    );
    site
}

#[test]
fn the_dump_is_what_export_writes() {
    let site = site("dump = true");
    site.build().succeed();
    let packed = std::fs::read(site.path("public/papers.jsonl.zst")).unwrap();
    let mut dump = String::new();
    let mut decoder = StreamingDecoder::new(packed.as_slice()).unwrap();
    decoder.read_to_string(&mut dump).unwrap();
    let export = |format: &str| {
        site.offprint(&["export", "--format", format])
            .succeed()
            .stdout
    };
    assert_eq!(dump, export("jsonl"));
    assert_eq!(site.read("public/papers.bib"), export("bibtex"));
    let front = site.read("public/index.html");
    assert!(front.contains("<a href=\"papers.jsonl.zst\">"), "{front}");
    // A changed abstract changes the paper's entry, and nothing else does.
    let again = site
        .offprint(&["build", "--readable", "--verify"])
        .succeed();
    assert!(!again.stderr.contains("untrue-record"), "{again}");
    site.replace(
        "content/papers/2024/the-russet-that-kept.md",
        "title: \"The",
        "title: \"Anew: The",
    );
    site.build().succeed();
    assert_ne!(
        std::fs::read(site.path("public/papers.jsonl.zst")).unwrap(),
        packed
    );
}

#[test]
fn a_harvester_finds_its_way_from_the_host_to_every_paper() {
    let site = site("resourcesync = true");
    site.build().succeed();
    let next = |file: &str, name: &str| {
        let text = site.read(&format!("public/{file}"));
        let locations = text.split("<loc>").skip(1);
        let mut locations = locations.map(|rest| rest.split("</loc>").next().unwrap().to_owned());
        let found = locations.find(|loc| loc.ends_with(name));
        let found = found.unwrap_or_else(|| panic!("{name}:\n{text}"));
        let path = found.strip_prefix("https://orchard.test/papers/");
        path.unwrap_or_else(|| panic!("{found}")).to_owned()
    };
    let front = site.read("public/index.html");
    let link = "<link rel=\"resourcesync\" type=\"application/xml\" href=\"resourcesync/capabilitylist.xml\">";
    assert!(front.contains(link), "{front}");
    let capabilities = next(".well-known/resourcesync", "capabilitylist.xml");
    let list = site.read(&format!(
        "public/{}",
        next(&capabilities, "resourcelist.xml")
    ));
    let papers = std::fs::read_dir(site.path("public/papers")).unwrap();
    let papers: Vec<String> = papers
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| site.has(&format!("public/papers/{name}/paper.bib")))
        .collect();
    assert!(papers.len() > 3);
    for paper in papers {
        assert!(
            list.contains(&format!("/papers/{paper}/</loc>")),
            "{paper}\n{list}"
        );
    }
    let changes = site.read(&format!("public/{}", next(&capabilities, "changelist.xml")));
    let days: Vec<&str> = changes
        .split("datetime=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert!(days.len() > 3 && days.is_sorted(), "{changes}");
    site.offprint(&["check"]).succeed();
}

#[test]
fn signposts_link_a_paper_to_its_resources() {
    let site = site("linksets = true");
    site.build().succeed();
    let folder = "public/papers/grafting-old-wood-onto-young-rootstock";
    let page = site.read(&format!("{folder}/index.html"));
    let head = page.split("</head>").next().unwrap();
    for link in [
        "<link rel=\"linkset\" type=\"application/linkset+json\" href=\"linkset.json\">",
        "<link rel=\"type\" href=\"https://schema.org/AboutPage\">",
        "<link rel=\"type\" href=\"https://schema.org/ScholarlyArticle\">",
    ] {
        assert!(head.contains(link), "{link}\n{head}");
    }
    let set: Value = serde_json::from_str(&site.read(&format!("{folder}/linkset.json"))).unwrap();
    let own = &set["linkset"][0];
    let anchor = own["anchor"].as_str().unwrap();
    assert!(
        anchor.ends_with("/papers/grafting-old-wood-onto-young-rootstock/"),
        "{set}"
    );
    for form in own["describedby"].as_array().unwrap() {
        let name = form["href"].as_str().unwrap().rsplit('/').next().unwrap();
        assert!(site.has(&format!("{folder}/{name}")), "{name}");
    }
}

#[test]
fn bulk_data_is_written_only_on_request() {
    let site = site("");
    site.build().succeed();
    for path in [
        "papers.jsonl.zst",
        "papers.bib",
        "resourcesync",
        ".well-known",
        "papers/grafting-old-wood-onto-young-rootstock/linkset.json",
    ] {
        assert!(!site.has(&format!("public/{path}")), "{path}");
    }
}
