//! The command-line arguments. Parsing, help, shell completions and the manual page
//! are all generated from this definition.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::HOSTS;
use crate::diagnostics::nearest;
use crate::ingest::Format;
use crate::model::Date;

/// A static site generator for paper digests.
///
/// A digest is a list of research papers. Offprint turns digests into Markdown
/// pages that people can edit, and these into a site with a page for each paper and
/// topic, ready for any static host.
#[derive(Debug, Parser)]
#[command(name = "offprint", version, max_term_width = 100)]
pub(super) struct Arguments {
    /// The site's folder [default: the nearest parent folder with an offprint.toml]
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) site: Option<PathBuf>,

    /// Print a JSON report to standard output, and everything else to standard
    /// error
    #[arg(long, global = true)]
    pub(super) json: bool,

    /// Print only errors and warnings
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,

    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create a new site
    New(New),
    /// Turn digests into Markdown pages
    Import(Import),
    /// Fetch new papers from the configured sources into content/digests/
    Fetch(Fetch),
    /// Build the site
    Build(Build),
    /// Check for dead links, faulty pages and feeds, and exceeded host limits
    Check(Check),
    /// Build and check the site, then send what changed to a host
    Publish(Publish),
    /// Preview the site while editing it
    Serve(Serve),
    /// Remove papers for good, or restore them
    Remove(Remove),
    /// List, show, copy and create themes
    Theme(ThemeArguments),
    /// Export papers to other formats
    Export(Export),
    /// Show topics, and explain why a paper has its topics
    Topics(Topics),
    /// Print shell completions
    Completions(Completions),
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
pub(super) struct New {
    /// The folder to create
    pub(super) dir: PathBuf,

    /// Leave out the sample digest
    #[arg(long)]
    pub(super) empty: bool,

    /// The service that builds and publishes the site on each push
    #[arg(long, value_enum, value_name = "SERVICE", default_value_t = Ci::Github)]
    pub(super) ci: Ci,
}

/// The services that `offprint new` can create workflows for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Ci {
    /// GitHub Actions and GitHub Pages
    Github,
    /// GitLab CI/CD and GitLab Pages
    Gitlab,
    /// Forgejo Actions, for example on Codeberg, with the branch `pages`
    Forgejo,
    /// None: the site is published manually
    None,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// Digest files or URLs; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,

    /// The digest's date, such as 2025-03-14
    #[arg(long, value_name = "DATE")]
    pub(super) date: Option<Date>,

    /// The format [default: detected from the content]
    #[arg(long, value_name = "FORMAT", value_parser = format_of_name)]
    pub(super) format: Option<Format>,

    /// Write nothing if any record is rejected
    #[arg(long)]
    pub(super) strict: bool,

    /// Print the rules for reading digests and repairing abstracts
    #[arg(long)]
    pub(super) explain: bool,

    /// Write nothing; list the papers as they were read
    #[arg(long)]
    pub(super) dry_run: bool,

    /// Let a digest lose papers that it listed before
    #[arg(long)]
    pub(super) allow_shrink: bool,
}

#[derive(Debug, Args)]
pub(super) struct Build {
    /// The site's base URL, instead of the one in the settings
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,

    /// The output folder [default: public, or portable]
    #[arg(long, short, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,

    /// Include drafts
    #[arg(long)]
    pub(super) drafts: bool,

    /// Do not import new files in content/digests/
    #[arg(long)]
    pub(super) no_import: bool,

    /// Build a site that opens from disk or a USB stick, in portable/
    #[arg(long)]
    pub(super) portable: bool,

    /// Also pack the portable site into portable.zip
    #[arg(long, requires = "portable")]
    pub(super) zip: bool,

    /// Do not minify pages, so that their source stays readable
    #[arg(long)]
    pub(super) readable: bool,

    /// Delete the output of earlier builds and write everything again
    #[arg(long)]
    pub(super) clean: bool,

    /// Render every file, and fail if one that was considered up to date differs
    #[arg(long)]
    pub(super) verify: bool,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The site's base URL, instead of the one in the settings
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,

    /// Include drafts
    #[arg(long)]
    pub(super) drafts: bool,

    /// Treat this host's limits as errors
    #[arg(long, value_name = "HOST", value_parser = PossibleValuesParser::new(HOSTS.iter().map(|host| host.name)))]
    pub(super) host: Option<String>,

    /// Check links to other sites; results are kept for a month
    #[arg(long)]
    pub(super) external: bool,

    /// Time limit in minutes; the next run continues
    #[arg(long, value_name = "N", default_value_t = 10, requires = "external")]
    pub(super) minutes: u64,

    /// The pause between two requests to the same host, in seconds
    #[arg(long, value_name = "S", default_value_t = 1.0, value_parser = seconds, requires = "external")]
    pub(super) pace: f64,

    /// Also check addresses of this machine and its network
    #[arg(long, requires = "external")]
    pub(super) private: bool,

    /// The service to ask for archived copies; empty for none
    #[arg(
        long,
        value_name = "URL",
        default_value = "https://archive.org/wayback/available",
        requires = "external"
    )]
    pub(super) archive: String,

    /// Print the findings as SARIF, for code scanning
    #[arg(long)]
    pub(super) sarif: bool,
}

#[derive(Debug, Args)]
pub(super) struct Publish {
    /// A target in the settings, or a type: github-pages, artifact, folder, rsync,
    /// s3 [default: the default target, or the only one]
    pub(super) target: Option<String>,

    /// The destination, instead of the one in the settings: a remote, a file, a
    /// folder or a bucket; paths are relative to the current folder
    #[arg(long, value_name = "PLACE")]
    pub(super) to: Option<String>,

    /// The site's base URL, instead of the one in the settings
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,

    /// Build and list what would change, but send nothing
    #[arg(long)]
    pub(super) dry_run: bool,

    /// Allow removing more pages than `max_shrink` permits
    #[arg(long)]
    pub(super) allow_shrink: bool,

    /// Replace files there that Offprint did not write
    #[arg(long)]
    pub(super) replace: bool,

    /// Send every file again, even if it is known to be up to date
    #[arg(long)]
    pub(super) resend: bool,

    /// Publish without checking the site first
    #[arg(long)]
    pub(super) unchecked: bool,

    /// Do not import new files in content/digests/
    #[arg(long)]
    pub(super) no_import: bool,
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The port; if it is busy, the next free one is used
    #[arg(long, short, default_value_t = 4000, value_name = "N")]
    pub(super) port: u16,

    /// The address to listen on; 0.0.0.0 makes the site visible to the whole
    /// network
    #[arg(long, default_value = "127.0.0.1", value_name = "H")]
    pub(super) host: IpAddr,

    /// Open the site in a browser
    #[arg(long)]
    pub(super) open: bool,

    /// Include drafts
    #[arg(long)]
    pub(super) drafts: bool,
}

#[derive(Debug, Args)]
pub(super) struct Remove {
    /// The papers: slugs, URLs or identifiers
    #[arg(required = true, value_name = "SLUG")]
    pub(super) papers: Vec<String>,

    /// The reason, shown at the paper's URL
    #[arg(long, value_name = "TEXT", conflicts_with = "restore")]
    pub(super) reason: Option<String>,

    /// Restore papers that were removed
    #[arg(long)]
    pub(super) restore: bool,
}

#[derive(Debug, Args)]
pub(super) struct Fetch {
    /// The date to fetch for [default: today, UTC]
    #[arg(long, value_name = "DATE")]
    pub(super) date: Option<Date>,

    /// Look up papers without identifiers at arXiv, by exact title
    #[arg(long)]
    pub(super) enrich: bool,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// The format [default: jsonl; bibtex with --cited]
    #[arg(long, value_enum)]
    pub(super) format: Option<ExportFormat>,

    /// Only papers of this topic
    #[arg(long, value_name = "ID")]
    pub(super) topic: Option<String>,

    /// Only papers of this digest
    #[arg(long, value_name = "ID")]
    pub(super) digest: Option<String>,

    /// The output file [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    /// Only papers that match a query, such as 'author:zhao year:2024..'
    #[arg(long, value_name = "QUERY")]
    pub(super) query: Option<String>,

    /// Only papers cited in these .tex or .aux files, with the keys used there
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(super) cited: Vec<PathBuf>,

    /// Fail if a cited key is not found
    #[arg(long, requires = "cited")]
    pub(super) strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// JSON Lines: one paper per line, with everything the program knows
    Jsonl,
    /// BibTeX
    Bibtex,
    /// RIS
    Ris,
    /// CSL-JSON
    CslJson,
    /// Comma-separated values
    Csv,
    /// A single self-contained HTML page
    Html,
}

#[derive(Debug, Args)]
pub(super) struct ThemeArguments {
    #[command(subcommand)]
    pub(super) command: ThemeCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum ThemeCommand {
    /// List the themes this site can use
    List,
    /// Print a file of the site's theme, such as templates/paper.html
    Show {
        /// Its path within the theme; if omitted, list all paths
        file: Option<String>,
    },
    /// Copy theme files into the site, where they override the theme's
    Eject {
        /// Their paths within the theme
        #[arg(required = true, value_name = "FILE")]
        files: Vec<String>,
    },
    /// Describe the variables available in a template
    Context {
        /// The template, such as paper.html; if omitted, list all templates
        template: Option<String>,
    },
    /// Create a theme in themes/ that extends the current one
    New {
        /// Its name
        name: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct Topics {
    #[command(subcommand)]
    pub(super) command: TopicsCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum TopicsCommand {
    /// List the topics with their number of papers
    List,
    /// Show the terms behind each topic of a paper, and behind those it missed
    Explain(ExplainTopics),
    /// Find topics in papers that have none
    Suggest(SuggestTopics),
}

#[derive(Debug, Args)]
pub(super) struct ExplainTopics {
    /// The paper: a slug, or an identifier such as 2403.03507
    #[arg(value_name = "SLUG")]
    pub(super) paper: String,

    /// Show all topics with any matching term, not only near misses
    #[arg(long)]
    pub(super) all: bool,
}

#[derive(Debug, Args)]
pub(super) struct SuggestTopics {
    /// Write them as pages to content/topics/
    #[arg(long)]
    pub(super) write: bool,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}

/// A pause in seconds, up to an hour.
fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.0..=3600.0).contains(&seconds) => Ok(seconds),
        _ => Err("write a number of seconds from 0 to 3600, such as 1 or 0.5".to_owned()),
    }
}

/// The format with this name. The error lists the valid ones.
fn format_of_name(name: &str) -> Result<Format, String> {
    Format::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = Format::all().map(|format| format.name()).collect();
        match nearest(name, known.iter().copied()) {
            Some(near) => format!("unknown format; did you mean `{near}`?"),
            None => format!("known formats are {}", known.join(", ")),
        }
    })
}
