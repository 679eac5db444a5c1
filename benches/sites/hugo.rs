//! The same papers built with Hugo: the same pages, lists and topic feeds from
//! plain templates, without search.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::edit::Subject;
use super::figures::{Figures, Output};
use super::hugo_program::Program;
use super::preview::{self, Timed};
use super::process;
use super::site::Site;
use super::weight::Weight;

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

/// The papers as a Hugo site.
#[derive(Debug)]
pub(crate) struct HugoSite<'a> {
    program: &'a Program,
    folder: PathBuf,
}

impl<'a> HugoSite<'a> {
    /// Writes the papers as a Hugo site.
    pub(crate) fn make(
        program: &'a Program,
        folder: PathBuf,
        papers: &Site,
    ) -> Result<Self, String> {
        let site = Self { program, folder };
        site.write("hugo.toml", CONFIG)?;
        site.write("layouts/_default/baseof.html", BASE)?;
        site.write("layouts/_default/single.html", SINGLE)?;
        site.write("layouts/_default/list.html", LIST)?;
        site.write("layouts/_default/taxonomy.html", LIST)?;
        site.write("layouts/_default/terms.html", TERMS)?;
        let home = LIST.replace(".RegularPages", "site.RegularPages");
        site.write("layouts/index.html", &home)?;
        for paper in papers.export()? {
            site.write_paper(&paper)?;
        }
        Ok(site)
    }

    fn write(&self, path: &str, text: &str) -> Result<(), String> {
        let path = self.folder.join(path);
        let parent = path.parent().ok_or("a file has a folder")?;
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&path, text))
            .map_err(|error| error.to_string())
    }

    fn write_paper(&self, paper: &Value) -> Result<(), String> {
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
        self.write(&format!("content/papers/{}.md", text("slug")), &page)
    }

    fn public(&self) -> PathBuf {
        self.folder.join("public")
    }

    /// Builds the site. Hugo always renders and writes everything.
    pub(crate) fn build(&self, name: &str) -> Result<Figures, String> {
        let mut command = self.program.command();
        command.arg("--source").arg(&self.folder);
        let (_, usage) = process::run(command.arg("--destination").arg(self.public()))?;
        let weight = Weight::of(&self.public());
        Ok(Figures {
            name: name.to_owned(),
            usage,
            stages: Vec::new(),
            output: Some(Output {
                files: weight.files(),
                written: weight.files(),
                bytes: weight.bytes(),
            }),
        })
    }

    /// Times Hugo's own preview.
    pub(crate) fn preview(&self, edits: usize) -> Result<Timed, String> {
        let subjects = Subject::some(&self.folder.join("content/papers"), edits.max(1));
        let port = preview::free_port()?;
        let root = format!("http://127.0.0.1:{port}/papers/");
        let mut command = self.program.command();
        command
            .args(["server", "--bind", "127.0.0.1", "--renderToMemory"])
            .args(["--port", &port.to_string(), "--source"])
            .arg(&self.folder);
        preview::time(&mut command, &root, &subjects, edits)
    }
}
