//! Publishes to a branch, as served by GitHub Pages, Codeberg Pages and others. A
//! publish is a single commit made without a work tree, so readers see the old site
//! or the new one, never a mix. Files on the branch that are not ours stay, such as
//! a `CNAME` written by the host.

mod git;

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::config::History;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::site::{Progress, Record};

use super::changes::{Changes, FileChange, There};
use super::program::{nothing, run, said};
use super::publisher::{Publisher, Sending};
use super::tree::Tree;
use git::{Git, failed, of_site};

/// The branch's commit, fetched into our repository.
const THERE: &str = "refs/offprint/there";

/// The new commit.
const NEW: &str = "refs/offprint/new";

/// The length of an object ID in SHA-256 repositories.
const SHA256: usize = 64;

/// The committer if git knows none.
const NOBODY: &str = "Offprint <offprint@localhost>";

/// A branch to publish to.
#[derive(Debug)]
pub(super) struct Branch {
    site: PathBuf,
    git: Git,
    /// The repository's URL.
    url: String,
    branch: String,
    /// The site's folder, ending in `/`; empty for the root.
    folder: String,
    history: History,
    /// The branch's commit; `None` if there is no such branch.
    there: Option<String>,
    /// The domain in the branch's own `CNAME`.
    domain: Option<String>,
}

impl Branch {
    /// Opens a branch. `keep` is the folder for our copy of it.
    pub(super) fn open(
        (site, keep): (&Path, &Path),
        remote: &str,
        (branch, folder, history): (&str, &str, History),
    ) -> Result<Self, Diagnostics> {
        let git = Git::new(site, &keep.join("repository.git"))?;
        refuse_source(site, remote, (branch, folder))?;
        std::fs::create_dir_all(keep).map_err(|error| {
            Diagnostic::error(
                "unwritable",
                format!("{} cannot be written: {error}", keep.display()),
            )
            .help("check permissions and free space")
        })?;
        Ok(Self {
            site: site.to_owned(),
            git,
            url: address(site, remote)?,
            branch: branch.to_owned(),
            folder: match folder {
                "" => String::new(),
                folder => format!("{folder}/"),
            },
            history,
            there: None,
            domain: None,
        })
    }

    /// The branch's current commit.
    fn tip(&self) -> Result<Option<String>, Diagnostics> {
        let name = format!("refs/heads/{}", self.branch);
        let told = self.git.ask(&["ls-remote", "--refs", &self.url, &name])?;
        let told = String::from_utf8_lossy(&told);
        let lines = told.lines().filter_map(|line| line.split_once('\t'));
        Ok(lines
            .filter(|(_, found)| *found == name)
            .map(|(id, _)| id.to_owned())
            .next())
    }

    /// Fetches the branch's commit without its history.
    fn fetch(&self, tip: &str) -> Result<(), Diagnostics> {
        if self
            .git
            .try_ask(&["rev-parse", "--verify", "--quiet", THERE])
            .as_deref()
            == Some(tip)
        {
            return Ok(());
        }
        let what = format!("+refs/heads/{}:{THERE}", self.branch);
        let arguments = [
            "fetch",
            "--quiet",
            "--no-tags",
            "--depth=1",
            &self.url,
            &what,
        ];
        self.git.ask(&arguments).map(|_| ())
    }

    /// Looks up the branch and fetches its commit.
    fn look(&mut self) -> Result<(), Diagnostics> {
        let is_new = self.git.init("sha1")?;
        self.there = self.tip()?;
        let Some(tip) = self.there.clone() else {
            return Ok(());
        };
        let is_long = tip.len() == SHA256;
        if is_long && is_new {
            self.git.forget();
            self.git.init("sha256")?;
        }
        match self.fetch(&tip) {
            // Leftovers of an interrupted run may be in the way.
            Err(_) if !is_new => {
                self.git.forget();
                self.git.init(if is_long { "sha256" } else { "sha1" })?;
                self.fetch(&tip)
            }
            fetched => fetched,
        }
    }

    /// The files in the site's folder of the branch, with their object IDs.
    fn files_there(&self) -> Result<HashMap<String, String>, Diagnostics> {
        if self.there.is_none() {
            return Ok(HashMap::new());
        }
        let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", THERE];
        if !self.folder.is_empty() {
            arguments.extend(["--", &self.folder]);
        }
        let told = self.git.ask(&arguments)?;
        let told = String::from_utf8_lossy(&told);
        let files = told.split('\0').filter_map(|line| {
            let (facts, path) = line.split_once('\t')?;
            let mut facts = facts.split(' ');
            let (mode, _, id) = (facts.next()?, facts.next()?, facts.next()?);
            let path = path.strip_prefix(&self.folder)?;
            // A link or an executable always differs from our file, whatever it
            // contains.
            let id = if mode == "100644" { id } else { mode };
            Some((path.to_owned(), id.to_owned()))
        });
        Ok(files.collect())
    }

    /// The text of a file on the branch.
    fn text_there(&self, path: &str) -> Option<String> {
        let name = format!("{THERE}:{}{path}", self.folder);
        self.git.try_ask(&["cat-file", "blob", &name])
    }

    /// Git's object IDs for the files of a tree, in order.
    fn ids(&self, tree: &Tree) -> Result<Vec<String>, Diagnostics> {
        let mut command = self
            .git
            .command(&["hash-object", "--stdin-paths", "--no-filters"]);
        command.current_dir(tree.root());
        let told = self.git.tell(&mut command, |input| {
            for path in tree.paths() {
                // Git treats a line that starts with a quotation mark as quoted.
                match path.contains(['"', '\n']) {
                    true => writeln!(input, "{}", quoted(path))?,
                    false => writeln!(input, "{path}")?,
                }
            }
            Ok(())
        })?;
        let told = String::from_utf8_lossy(&told);
        Ok(told.lines().map(ToOwned::to_owned).collect())
    }

    /// Makes the commit.
    fn commit(&self, tree: &Tree, changes: &Changes, who: &str) -> Result<(), Diagnostics> {
        let message = self.message(changes);
        let arguments = ["fast-import", "--quiet", "--force", "--date-format=now"];
        let mut command = self.git.command(&arguments);
        self.git
            .tell(&mut command, |input| {
                self.stream(tree, changes, (who, &message), input)
            })
            .map(|_| ())
    }

    /// Writes the commit in git's fast-import format.
    fn stream(
        &self,
        tree: &Tree,
        changes: &Changes,
        (who, message): (&str, &str),
        input: &mut dyn Write,
    ) -> io::Result<()> {
        writeln!(
            input,
            "commit {NEW}\ncommitter {who} now\ndata {}\n{message}",
            message.len()
        )?;
        match (&self.there, self.history) {
            (Some(there), History::Keep) => writeln!(input, "from {there}")?,
            // Keep all files, but not the history.
            (Some(there), History::One) => {
                let files = self
                    .git
                    .try_ask(&["rev-parse", &format!("{there}^{{tree}}")]);
                let files = files.ok_or_else(|| io::Error::other("the branch has no files"))?;
                writeln!(input, "M 040000 {files} \"\"")?;
            }
            (None, _) => {}
        }
        for (path, change) in changes.files() {
            let name = quoted(&format!("{}{path}", self.folder));
            if *change == FileChange::Removed {
                writeln!(input, "D {name}")?;
                continue;
            }
            let bytes = tree.read(path)?;
            writeln!(input, "M 100644 inline {name}\ndata {}", bytes.len())?;
            input.write_all(&bytes)?;
            writeln!(input)?;
        }
        writeln!(input, "done")
    }

    /// The commit message.
    fn message(&self, changes: &Changes) -> String {
        let mut message = format!(
            "Publish: {} new, {} changed, {} removed\n",
            changes.count(FileChange::New),
            changes.count(FileChange::Changed),
            changes.count(FileChange::Removed)
        );
        if let Some(commit) = of_site(&self.site, &["rev-parse", "--verify", "--quiet", "HEAD"])
            .ok()
            .filter(|output| output.status.success())
        {
            let commit = String::from_utf8_lossy(&commit.stdout).trim().to_owned();
            message.push_str(&format!("\nBuilt from commit {commit}.\n"));
        }
        message
    }

    /// The committer: the user git has configured for the site.
    fn who(&self) -> String {
        let told = of_site(&self.site, &["var", "GIT_COMMITTER_IDENT"]);
        let known = told.ok().filter(|output| output.status.success());
        let text = known.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
        // Name, email, time.
        let who = text
            .as_deref()
            .and_then(|text| text.split_inclusive('>').next());
        match who {
            Some(who) if who.ends_with('>') => who.to_owned(),
            _ => NOBODY.to_owned(),
        }
    }
}

impl Publisher for Branch {
    fn place(&self) -> String {
        let folder = match self.folder.is_empty() {
            true => String::new(),
            false => format!(", folder {}", self.folder.trim_end_matches('/')),
        };
        format!("branch {} of {}{folder}", self.branch, self.url)
    }

    fn compare(&mut self, tree: &Tree) -> Result<Changes, Diagnostics> {
        self.look()?;
        let there = self.files_there()?;
        let record = self
            .text_there(Record::FILE)
            .map(|text| Record::parse(&text))
            .unwrap_or_default();
        let is_ours = |path: &str| path == Record::FILE || record.has(path);
        let ids = self.ids(tree)?;
        let mut changes = Changes::default();
        for (path, id) in tree.paths().iter().zip(&ids) {
            changes.add(
                path,
                match there.get(path) {
                    None => There::No,
                    Some(found) if found == id => There::Same,
                    Some(_) if is_ours(path) => There::Other,
                    Some(_) => There::Foreign,
                },
            );
        }
        for path in there.keys() {
            changes.find(path, is_ours(path), tree);
        }
        self.domain = match there.contains_key("CNAME") && !is_ours("CNAME") {
            true => self.text_there("CNAME"),
            false => None,
        };
        Ok(changes.sorted())
    }

    fn notes(&self, tree: &Tree) -> Vec<Diagnostic> {
        let Some(domain) = self.domain.as_deref().filter(|_| !tree.has("CNAME")) else {
            return Vec::new();
        };
        let message = format!("the branch's own CNAME names {domain}, and is kept");
        vec![Diagnostic::note("own-domain", message).help(format!(
            "add `cname = \"{domain}\"` to the target, so that feeds and the sitemap use it too"
        ))]
    }

    fn send(
        &mut self,
        tree: &Tree,
        changes: &Changes,
        progress: &dyn Progress,
    ) -> Result<Sending, Diagnostics> {
        progress.begin("sending", None);
        let sent = self.try_send(tree, changes);
        progress.end();
        sent
    }
}

impl Branch {
    fn try_send(&self, tree: &Tree, changes: &Changes) -> Result<Sending, Diagnostics> {
        let who = self.who();
        if self.commit(tree, changes, &who).is_err() {
            // Leftovers of an interrupted run may be in the way.
            self.git.forget();
            let is_long = self.there.as_ref().is_some_and(|tip| tip.len() == SHA256);
            self.git.init(if is_long { "sha256" } else { "sha1" })?;
            if let Some(tip) = &self.there {
                self.fetch(tip)?;
            }
            self.commit(tree, changes, &who)?;
        }
        let what = format!("{NEW}:refs/heads/{}", self.branch);
        let lease = format!(
            "--force-with-lease=refs/heads/{}:{}",
            self.branch,
            self.there.as_deref().unwrap_or_default()
        );
        let mut arguments = vec!["push", "--quiet"];
        if self.history == History::One && self.there.is_some() {
            arguments.push(&lease);
        }
        arguments.extend([self.url.as_str(), &what]);
        let output = run(&mut self.git.command(&arguments), nothing)
            .map_err(|fault| Diagnostics::from(*fault))?;
        if output.status.success() {
            let _ = self.git.ask(&["update-ref", THERE, NEW]);
            return Ok(Sending::Done);
        }
        // Look at the branch to see whether the push was refused because somebody
        // else pushed first.
        match self.tip() {
            Ok(tip) if tip != self.there => Ok(Sending::Contended),
            _ => Err(failed(&output)),
        }
    }
}

/// Refuses the branch that the site is built from: pages would end up among its
/// sources.
fn refuse_source(site: &Path, remote: &str, to: (&str, &str)) -> Result<(), Diagnostics> {
    let own = of_site(site, &["symbolic-ref", "--quiet", "--short", "HEAD"])?;
    let own = String::from_utf8_lossy(&own.stdout).trim().to_owned();
    let is_name = !remote.contains(['/', ':', '\\']);
    if !is_name || to != (own.as_str(), "") {
        return Ok(());
    }
    let message = format!("the site is built from the branch `{own}`");
    Err(Diagnostic::error("source-branch", message)
        .help("publish to another branch, or to a folder of this one with `folder = \"docs\"`")
        .into())
}

/// The URL of a remote: by its name in the site's repository, or the text itself.
fn address(site: &Path, remote: &str) -> Result<String, Diagnostics> {
    let told = of_site(site, &["remote", "get-url", "--push", remote])?;
    if told.status.success() {
        let url = String::from_utf8_lossy(&told.stdout).trim().to_owned();
        // Paths are relative to the top of the repository.
        let top = of_site(site, &["rev-parse", "--show-toplevel"])?;
        let top = String::from_utf8_lossy(&top.stdout).trim().to_owned();
        return Ok(absolute(Path::new(&top), url));
    }
    // A remote's name has neither slash nor colon; a URL has at least one.
    if remote.contains(['/', ':', '\\']) {
        return Ok(absolute(site, remote.to_owned()));
    }
    let message = format!(
        "the site is not in a git repository with a remote `{remote}` ({})",
        said(&told)
    );
    Err(Diagnostic::error("no-remote", message)
        .help(
            "run `git remote add origin URL` there, or set `remote = \"https://…\"` in the \
            target",
        )
        .into())
}

/// Makes a repository path relative to the site absolute.
fn absolute(site: &Path, url: String) -> String {
    let path = site.join(&url);
    match path.is_dir() {
        true => std::fs::canonicalize(&path).map_or(url, |path| path.display().to_string()),
        false => url,
    }
}

/// A path, quoted for fast-import.
fn quoted(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 2);
    out.push('"');
    for c in path.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_quoted() {
        assert_eq!(quoted("a \"b\"\\c\nd"), "\"a \\\"b\\\"\\\\c\\nd\"");
    }
}
