//! Runs git as a child process, so that the user's authentication setup works here
//! too.

use std::ffi::OsStr;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::publish::program::{nothing, run, said};

/// Settings of the site's repository to pass on when its remote is used from
/// another repository: authentication and URL rewriting.
const PASSED: &str = r"^(http|https|credential|url|core\.sshcommand|protocol|ssh)\b";

/// A bare repository for making commits.
#[derive(Debug)]
pub(super) struct Git {
    folder: PathBuf,
    /// Settings copied from the site's repository.
    settings: Vec<(String, String)>,
}

impl Git {
    /// The repository in a folder. [`Self::init`] creates it.
    pub(super) fn new(site: &Path, folder: &Path) -> Result<Self, Diagnostics> {
        let told = of_site(
            site,
            &[
                "config",
                "--null",
                "--show-scope",
                "--includes",
                "--get-regexp",
                PASSED,
            ],
        )?;
        let text = String::from_utf8_lossy(&told.stdout).into_owned();
        let mut parts = text.split('\0');
        let mut settings = Vec::new();
        while let (Some(scope), Some(entry)) = (parts.next(), parts.next()) {
            // User-level settings apply anyway, and an HTTP header must not be sent
            // twice.
            if !matches!(scope, "local" | "worktree") {
                continue;
            }
            let (key, value) = entry.split_once('\n').unwrap_or((entry, "true"));
            settings.push((key.to_owned(), value.to_owned()));
        }
        Ok(Self {
            // Some commands run in other folders.
            folder: std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()),
            settings,
        })
    }

    /// Creates the repository if necessary. Returns whether it is new.
    pub(super) fn init(&self, format: &str) -> Result<bool, Diagnostics> {
        if self.folder.join("HEAD").is_file() {
            return Ok(false);
        }
        let mut command = Command::new("git");
        command
            .args(["init", "--quiet", "--bare", "--template="])
            .arg(format!("--object-format={format}"))
            .arg(&self.folder);
        let output = run(&mut command, nothing).map_err(|fault| Diagnostics::from(*fault))?;
        succeeded(output).map(|_| true)
    }

    /// Deletes the repository. It can be rebuilt.
    pub(super) fn forget(&self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }

    /// A command in the repository.
    pub(super) fn command<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new("git");
        command.arg("--git-dir").arg(&self.folder).args(arguments);
        command.env("GIT_CONFIG_COUNT", self.settings.len().to_string());
        for (n, (key, value)) in self.settings.iter().enumerate() {
            command.env(format!("GIT_CONFIG_KEY_{n}"), key);
            command.env(format!("GIT_CONFIG_VALUE_{n}"), value);
        }
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        // Without a terminal, a prompt would wait forever.
        if !std::io::stdin().is_terminal() {
            command.env("GIT_TERMINAL_PROMPT", "0");
            if std::env::var_os("GIT_SSH_COMMAND").is_none()
                && !self
                    .settings
                    .iter()
                    .any(|(key, _)| key == "core.sshcommand")
            {
                command.env("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
            }
        }
        command
    }

    /// Runs a command that must succeed, and returns its output.
    pub(super) fn ask(&self, arguments: &[&str]) -> Result<Vec<u8>, Diagnostics> {
        self.tell(&mut self.command(arguments), nothing)
    }

    /// The same, with input.
    pub(super) fn tell(
        &self,
        command: &mut Command,
        feed: impl FnOnce(&mut dyn Write) -> std::io::Result<()> + Send,
    ) -> Result<Vec<u8>, Diagnostics> {
        let output = run(command, feed).map_err(|fault| Diagnostics::from(*fault))?;
        succeeded(output)
    }

    /// Runs a command that may fail. Returns its output if it succeeds.
    pub(super) fn try_ask(&self, arguments: &[&str]) -> Option<String> {
        let output = run(&mut self.command(arguments), nothing).ok()?;
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        output.status.success().then_some(text)
    }
}

/// Runs git in the site's folder, which need not be a repository.
pub(super) fn of_site(site: &Path, arguments: &[&str]) -> Result<Output, Diagnostics> {
    let mut command = Command::new("git");
    command.arg("-C").arg(site).args(arguments);
    run(&mut command, nothing).map_err(|fault| Diagnostics::from(*fault))
}

fn succeeded(output: Output) -> Result<Vec<u8>, Diagnostics> {
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(failed(&output))
}

/// The error for a failed command.
pub(super) fn failed(output: &Output) -> Diagnostics {
    let message = format!("git: {}", said(output));
    Diagnostic::error("git", message)
        .help("check that `git push` works, and publish again; it continues from here")
        .into()
}
