//! `offprint theme context`: describes what a template can use, for theme authors
//! who do not have the source.

use std::io;

use crate::diagnostics::{Diagnostic, nearest};
use crate::render::{Field, TemplateReference};
use crate::site::templates;

use super::console::Console;

pub(super) fn run(template: Option<&str>, console: &Console) -> io::Result<bool> {
    let all = templates();
    let Some(asked) = template else {
        let width = widest(all.iter().map(|template| template.name));
        for template in &all {
            console.line(&format!("{:width$}  {}", template.name, template.about))?;
        }
        return Ok(true);
    };
    // Accept the name as `theme show` prints it.
    let name = asked.strip_prefix("templates/").unwrap_or(asked);
    let Some(template) = all.iter().find(|template| template.name == name) else {
        let said = Diagnostic::error("no-template", format!("there is no page template `{name}`"));
        let list = "`offprint theme context` lists the page templates; templates that they \
            extend or include see the same variables";
        let said = match nearest(name, all.iter().map(|template| template.name)) {
            Some(near) => said.help(format!("did you mean `{near}`? {list}")),
            None => said.help(list),
        };
        console.diagnostics(&said.into(), true);
        return Ok(false);
    };
    print(template, console)?;
    Ok(true)
}

fn print(template: &TemplateReference, console: &Console) -> io::Result<()> {
    console.line(&format!("{}: {}", template.name, template.about))?;
    print_fields(&template.variables, console)?;
    for of in &template.types {
        console.line("")?;
        console.line(&format!("{}: {}", of.name, of.about))?;
        print_fields(&of.fields, console)?;
    }
    Ok(())
}

fn print_fields(fields: &[Field], console: &Console) -> io::Result<()> {
    let kinds: Vec<String> = fields.iter().map(kind).collect();
    let names = widest(fields.iter().map(|field| field.name.as_str()));
    let width = widest(kinds.iter().map(String::as_str));
    for (field, kind) in fields.iter().zip(&kinds) {
        console.line(&format!(
            "  {:names$}  {kind:width$}  {}",
            field.name, field.about
        ))?;
    }
    Ok(())
}

fn kind(field: &Field) -> String {
    if field.is_optional {
        format!("{} or none", field.kind)
    } else {
        field.kind.to_string()
    }
}

fn widest<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
}
