//! `offprint theme`: helps theme authors.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::config::{FILE_NAME, Settings};
use crate::diagnostics::{Diagnostic, Place, nearest, printable_line};
use crate::model::slugify;
use crate::render::{Asset, Theme, shipped_themes, themes};

use super::arguments::{ThemeArguments, ThemeCommand};
use super::console::Console;

pub(super) fn run(
    command: &ThemeArguments,
    site: Option<PathBuf>,
    console: &Console,
) -> io::Result<bool> {
    // The template context is the same for all sites, so no site is needed.
    if let ThemeCommand::Context { template } = &command.command {
        return super::context::run(template.as_deref(), console);
    }
    let Some(site) = console.site(site) else {
        return Ok(false);
    };
    let settings = match Settings::load(&site) {
        Ok(settings) => settings,
        Err(found) => {
            console.diagnostics(&found, true);
            return Ok(false);
        }
    };
    // What makes or names themes works where the one in use is not there yet.
    match &command.command {
        ThemeCommand::List => {
            list(&site, &settings, console)?;
            return Ok(true);
        }
        ThemeCommand::New { name } => {
            let parent = parent_of(&site, name, &settings);
            let made = new(&site, name, &parent)?;
            if made.is_ok() {
                let use_it = match settings.theme == *name {
                    true => format!("it is in use, as {FILE_NAME} says"),
                    false => format!("use it with theme = \"{name}\" in {FILE_NAME}"),
                };
                console.line(&format!(
                    "themes/{name}: a theme that builds on {parent}; {use_it}"
                ))?;
            }
            return told(made, console);
        }
        _ => {}
    }
    let theme = match Theme::load(&site, &settings) {
        Ok(theme) => theme,
        Err(found) => {
            console.diagnostics(&found, true);
            return Ok(false);
        }
    };
    let outcome = match &command.command {
        ThemeCommand::Show { file: None } => {
            for path in theme.files.keys() {
                console.line(&printable_line(path))?;
            }
            Ok(())
        }
        ThemeCommand::Show { file: Some(file) } => match find(&theme, file) {
            Ok(asset) => return io::stdout().write_all(&asset.bytes).map(|()| true),
            Err(said) => Err(said),
        },
        ThemeCommand::Eject { files } => {
            let found: Result<Vec<_>, _> = files
                .iter()
                .map(|file| Ok((file, find(&theme, file)?, target(&site, file)?)))
                .collect();
            match found {
                Ok(found) => {
                    for (file, asset, path) in found {
                        make(&path, &asset.bytes)?;
                        console.line(&format!(
                            "{file}: copied from {}; edit it as you like",
                            asset.origin
                        ))?;
                    }
                    Ok(())
                }
                Err(said) => Err(said),
            }
        }
        // Handled above.
        ThemeCommand::Context { .. } | ThemeCommand::List | ThemeCommand::New { .. } => Ok(()),
    };
    told(outcome, console)
}

/// Says what went wrong, if anything did.
fn told(outcome: Result<(), Box<Diagnostic>>, console: &Console) -> io::Result<bool> {
    match outcome {
        Ok(()) => Ok(true),
        Err(said) => {
            console.diagnostics(&(*said).into(), true);
            Ok(false)
        }
    }
}

/// Names the themes that there are, and which is in use.
fn list(site: &Path, settings: &Settings, console: &Console) -> io::Result<()> {
    for (name, description) in themes(site) {
        let used = if name == settings.theme {
            " (in use)"
        } else {
            ""
        };
        console.line(&format!("{name}{used}: {description}"))?;
    }
    Ok(())
}

/// What a new theme builds on: the theme in use, or the default one where that is the
/// new theme itself or is not there.
fn parent_of(site: &Path, name: &str, settings: &Settings) -> String {
    let is_there = themes(site)
        .iter()
        .any(|(other, _)| *other == settings.theme);
    if is_there && settings.theme != name {
        settings.theme.clone()
    } else {
        Settings::default().theme
    }
}

fn find<'a>(theme: &'a Theme, file: &str) -> Result<&'a Asset, Box<Diagnostic>> {
    theme.files.get(file).ok_or_else(|| {
        let said = Diagnostic::error("no-file", format!("the theme has no file `{file}`"));
        Box::new(
            match nearest(file, theme.files.keys().map(String::as_str)) {
                Some(near) => said.help(format!("did you mean `{near}`?")),
                None => said.help("`offprint theme show` lists its files"),
            },
        )
    })
}

/// Where a site's own file overrides a theme's.
fn target(site: &Path, file: &str) -> Result<PathBuf, Box<Diagnostic>> {
    if !file.starts_with("templates/") && !file.starts_with("static/") {
        let said = Diagnostic::error(
            "no-place",
            format!(
                "`{file}` cannot be overridden by a \
            site"
            ),
        );
        return Err(Box::new(said.help(
            "only templates and static files can be; for anything else create a theme: \
             `offprint theme new NAME`",
        )));
    }
    let path = site.join(file);
    if path.exists() {
        let said = Diagnostic::error("exists", format!("`{file}` already exists"));
        return Err(Box::new(
            said.at(Place::file(file.to_owned()))
                .help("move it away if you want the theme's version"),
        ));
    }
    Ok(path)
}

fn make(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}

/// Creates a theme with its own style sheet that extends another theme.
fn new(site: &Path, name: &str, parent: &str) -> io::Result<Result<(), Box<Diagnostic>>> {
    if name.is_empty()
        || slugify(name, 60) != name
        || shipped_themes().iter().any(|other| other == name)
    {
        let said = Diagnostic::error("name", format!("`{name}` is not a valid name for a theme"));
        return Ok(Err(Box::new(said.help(
            "use lower-case letters, digits and hyphens, and avoid the names of built-in themes",
        ))));
    }
    let folder = site.join("themes").join(name);
    if folder.exists() {
        let said = Diagnostic::error("exists", format!("`themes/{name}` already exists"));
        return Ok(Err(Box::new(said.help("choose another name"))));
    }
    make(
        &folder.join("theme.toml"),
        format!(
            "name = \"{name}\"\ndescription = \"\"\nextends = \"{parent}\"\n\n\
             # An option shows in templates as `theme.<name>` and is set in the [theme] table of\n\
             # offprint.toml.\n[options]\n"
        )
        .as_bytes(),
    )?;
    make(
        &folder.join("templates/base.html"),
        format!(
            "{{% extends \"theme/{parent}/base.html\" %}}\n\
             {{% block styles %}}{{{{ super() }}}}<link rel=\"stylesheet\" href=\"{{{{ root }}}}{{{{ \"{name}.css\" | asset }}}}\">\n\
             {{% endblock %}}\n"
        )
        .as_bytes(),
    )?;
    make(
        &folder.join(format!("static/{name}.css")),
        b"/* What this theme does otherwise. */\n",
    )?;
    Ok(Ok(()))
}
