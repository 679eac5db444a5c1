//! Templates, compiled: what turns a context into a page. Every fault of a
//! template becomes a diagnostic that points into the file it came from.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Serialize;
use tera::{Context, ErrorKind, Tera, Value};

use crate::diagnostics::{Diagnostic, Diagnostics, Place, nearest};

use super::budget::{self, Page};
use super::constants::{Constants, Settled};
use super::context::Globals;
use super::filters;
use super::metered::{Metered, metered};
use super::portable::portable;
use super::print::{Print, TemplatePrints};
use super::squeeze::squeeze;
use super::template::{Template, TemplateContext};
use super::theme::Theme;
use super::theme_files::Asset;

/// What stands for the way to the site's root in HTML that is rendered once and
/// used on pages of different depth. Cleaned text cannot contain it.
pub const ROOT: &str = "\u{fdd0}";

/// The templates that a theme must have.
const REQUIRED: [&str; 19] = [
    "404.html",
    "author.html",
    "authors.html",
    "base.html",
    "card.html",
    "digest.html",
    "digests.html",
    "index.html",
    "page.html",
    "paper.html",
    "papers.html",
    "row.html",
    "saved.html",
    "search.html",
    "topic.html",
    "topics.html",
    "trends.html",
    "venue.html",
    "venues.html",
];

/// Compiled templates.
#[derive(Debug)]
pub struct Renderer {
    tera: Tera,
    /// Whether pages keep what HTML lets one leave out.
    is_readable: bool,
    /// Whether pages open from a disk.
    is_portable: bool,
    sources: BTreeMap<String, Asset>,
    /// The templates as they are rendered: with the calls that keep them in bounds.
    metered: BTreeMap<String, Metered>,
    /// The same before that: with what is the same on every page put in.
    settled: BTreeMap<String, Settled>,
    prints: TemplatePrints,
}

impl Renderer {
    /// Compiles the templates of a theme. `globals` are what every template sees;
    /// `extend` adds functions to those that templates can call.
    ///
    /// # Errors
    /// Gives the faults of all templates.
    pub fn new(
        theme: &Theme,
        globals: &Globals,
        extend: fn(&mut Tera),
    ) -> Result<Self, Diagnostics> {
        let mut found = Diagnostics::new();
        let words = Arc::new(theme.words.clone());
        let assets = Arc::new(theme.assets.clone());
        let prefixes: Vec<String> = theme
            .chain
            .iter()
            .map(|name| format!("theme/{name}/"))
            .collect();
        let base = || {
            let mut tera = Tera::new();
            tera.autoescape_on([".html", ".htm", ".xml", ".svg"]);
            extend(&mut tera);
            budget::register(&mut tera);
            filters::register(&mut tera, &words, &assets);
            tera
        };
        let mut renderer = Self {
            tera: base(),
            is_readable: true,
            is_portable: false,
            sources: theme.templates.clone(),
            metered: BTreeMap::new(),
            settled: BTreeMap::new(),
            prints: TemplatePrints::of(theme, globals),
        };
        let mut texts: Vec<(String, String)> = Vec::new();
        for (name, asset) in &theme.templates {
            match std::str::from_utf8(&asset.bytes) {
                Ok(text) => texts.push((name.clone(), text.to_owned())),
                Err(_) => found.push(
                    Diagnostic::error("not-utf8", "the template is not UTF-8 text")
                        .at(Place::file(asset.origin.clone()))
                        .help("save the file as UTF-8"),
                ),
            }
        }
        // Each by itself first: a batch stops at its first fault.
        for (name, text) in &texts {
            let mut alone = base();
            if let Err(error) = alone.add_raw_template(name, text)
                && matches!(error.kind(), ErrorKind::SyntaxError(_))
            {
                let fault = renderer.explain(&error, name);
                found.push(fault.help("correct the template here"));
            }
        }
        for name in REQUIRED {
            let known = |candidate: &String| {
                candidate == name
                    || prefixes
                        .iter()
                        .any(|prefix| *candidate == format!("{prefix}{name}"))
            };
            if !theme.templates.keys().any(known) {
                let theme_name = theme.chain.first().map_or("", String::as_str);
                found.push(
                    Diagnostic::error("missing-template", format!("the theme `{theme_name}` has no template `{name}`"))
                        .at(Place::file(format!("themes/{theme_name}/templates/{name}")))
                        .help("add the file, or build on a theme that has it with `extends = \"gazette\"` in theme.toml"),
                );
            }
        }
        if found.has_errors() {
            return Err(found);
        }
        let constants = Constants::of(globals, &theme.assets, &texts);
        let texts: Vec<(String, String)> = texts
            .into_iter()
            .map(|(name, text)| {
                let settled = constants.put_into(&text);
                let metered = metered(&settled.text);
                // What the engine would not take with its calls is taken without.
                let with_calls = base().add_raw_template(&name, &metered.text);
                let is_taken = !with_calls
                    .is_err_and(|error| matches!(error.kind(), ErrorKind::SyntaxError(_)));
                if !is_taken {
                    return (name, text);
                }
                let text = metered.text.clone();
                renderer.metered.insert(name.clone(), metered);
                renderer.settled.insert(name.clone(), settled);
                (name, text)
            })
            .collect();
        if let Err(error) = renderer
            .tera
            .set_fallback_prefixes(prefixes)
            .and_then(|()| renderer.tera.add_raw_templates(texts))
        {
            found.push(renderer.explain(&error, ""));
            return Err(found);
        }
        match Context::from_serialize(globals) {
            Ok(globals) => renderer.tera.global_context().extend(globals),
            Err(error) => found.push(renderer.explain(&error, "")),
        }
        if found.has_errors() {
            return Err(found);
        }
        Ok(renderer)
    }

    /// Leaves pages as the templates write them, for those who read their source.
    #[must_use]
    pub fn readable(self, is_readable: bool) -> Self {
        Self {
            is_readable,
            ..self
        }
    }

    /// Makes pages that open from a disk.
    #[must_use]
    pub fn portable(self, is_portable: bool) -> Self {
        Self {
            is_portable,
            ..self
        }
    }

    /// The print of a page, without rendering it. `None` where there is no such
    /// template.
    pub fn print<C: TemplateContext>(
        &self,
        template: &Template<C>,
        inputs: &impl Serialize,
        root: &str,
    ) -> Option<Print> {
        self.prints.page(
            template.name,
            inputs,
            root,
            (self.is_readable, self.is_portable),
        )
    }

    /// The print of a template with all that it may use, for pages that show what was
    /// made with it.
    pub fn template_print<C: TemplateContext>(&self, template: &Template<C>) -> Option<Print> {
        self.prints.template(template.name)
    }

    /// Renders a page and puts `root`, the way to the site's root, in place of
    /// its mark, squeezed unless it is to be [`readable`](Self::readable).
    ///
    /// # Errors
    /// Gives the fault and where in which template it is.
    pub fn render<C: TemplateContext>(
        &self,
        template: &Template<C>,
        context: &C,
        root: &str,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut page = put_root(self.write(template, context)?, root);
        if self.is_portable {
            page = portable(&String::from_utf8_lossy(&page)).into_bytes();
        }
        Ok(if self.is_readable {
            page
        } else {
            squeeze(page)
        })
    }

    /// Renders a part that several pages use; the mark of the root stays in it.
    ///
    /// # Errors
    /// Gives the fault and where in which template it is.
    pub fn render_part<C: TemplateContext>(
        &self,
        template: &Template<C>,
        context: &C,
    ) -> Result<Value, Box<Diagnostic>> {
        let html = self.write(template, context)?;
        Ok(Value::safe_string(String::from_utf8_lossy(&html).trim()))
    }

    /// Renders within bounds.
    fn write<C: TemplateContext>(
        &self,
        template: &Template<C>,
        context: &C,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        budget::begin();
        let mut page = Page(Vec::with_capacity(16 * 1024));
        context
            .variables()
            .and_then(|context| self.tera.render_to(template.name, &context, &mut page))
            .map_err(|error| Box::new(self.explain_in(&error, template)))?;
        Ok(page.0)
    }

    fn explain_in<C: JsonSchema>(&self, error: &tera::Error, template: &Template<C>) -> Diagnostic {
        let mut diagnostic = self.explain(error, template.name);
        if let Some(bound) = budget::exceeded() {
            diagnostic.code = "template-bound".into();
            diagnostic.message = bound.message();
            diagnostic.help = Some(
                "a page is made of what the site has; let a loop go through that, or through less of it"
                    .to_owned(),
            );
        }
        if diagnostic.help.is_none() {
            let variables = template.reference().variables;
            let names: Vec<&str> = variables.iter().map(|field| field.name.as_str()).collect();
            diagnostic.help = Some(format!(
                "in scope are {}; `offprint theme context {}` tells of each",
                names.join(", "),
                template.name
            ));
        }
        diagnostic
    }

    fn explain(&self, error: &tera::Error, template: &str) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let code = if matches!(error.kind(), ErrorKind::SyntaxError(_)) {
                    "template-syntax"
                } else {
                    "template"
                };
                let mut message = report.message().trim().to_owned();
                let mut cause = std::error::Error::source(error);
                while let Some(inner) = cause {
                    message = format!("{message}: {inner}");
                    cause = inner.source();
                }
                let name = if report.filename().is_empty() {
                    template
                } else {
                    report.filename()
                };
                let Some(asset) = self.sources.get(name) else {
                    return Diagnostic::error(code, format!("{name}: {message}"));
                };
                let text = String::from_utf8_lossy(&asset.bytes);
                let span = report.span().range.clone();
                let span = match self.metered.get(name) {
                    Some(metered) => metered.origin(span),
                    None => span,
                };
                let span = match self.settled.get(name) {
                    Some(settled) => settled.origin(span),
                    None => span,
                };
                Diagnostic::error(code, message).at(Place::span(asset.origin.clone(), &text, span))
            }
            ErrorKind::MissingParent { current, parent } => {
                let place = self.sources.get(current).map(|asset| {
                    let text = String::from_utf8_lossy(&asset.bytes);
                    let at = text.find(parent.as_str()).unwrap_or(0);
                    Place::span(asset.origin.clone(), &text, at..at + parent.len())
                });
                let diagnostic = Diagnostic::error(
                    "missing-template",
                    format!("there is no template `{parent}` to extend"),
                );
                let diagnostic = match nearest(parent, self.sources.keys().map(String::as_str)) {
                    Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                    None => diagnostic.help(
                        "name a template of the site, or one of a theme such as `theme/gazette/base.html`",
                    ),
                };
                match place {
                    Some(place) => diagnostic.at(place),
                    None => diagnostic,
                }
            }
            _ => {
                let diagnostic = Diagnostic::error("template", error.to_string());
                match self.sources.get(template) {
                    Some(asset) => diagnostic.at(Place::file(asset.origin.clone())),
                    None => diagnostic,
                }
            }
        }
    }
}

fn put_root(html: Vec<u8>, root: &str) -> Vec<u8> {
    let finder = memchr::memmem::Finder::new(ROOT);
    let mut marks = finder.find_iter(&html).peekable();
    if marks.peek().is_none() {
        return html;
    }
    let mut out = Vec::with_capacity(html.len());
    let mut from = 0;
    for at in marks {
        out.extend_from_slice(&html[from..at]);
        out.extend_from_slice(root.as_bytes());
        from = at + ROOT.len();
    }
    out.extend_from_slice(&html[from..]);
    out
}
