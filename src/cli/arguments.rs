//! The arguments of the command line. From this one definition come parsing,
//! help, completions and the manual page.

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
/// A digest is a list of research papers. Offprint makes of it Markdown pages
/// that people may edit, and of these a site with a page for each paper and each
/// topic, ready for any static host.
#[derive(Debug, Parser)]
#[command(name = "offprint", version, max_term_width = 100)]
pub(super) struct Arguments {
    /// The folder of the site [default: the nearest one above that has an offprint.toml]
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) site: Option<PathBuf>,

    /// Print one report as JSON on standard output, everything else on standard error
    #[arg(long, global = true)]
    pub(super) json: bool,

    /// Print nothing but errors and warnings
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,

    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a new site
    New(New),
    /// Turn digests into Markdown pages
    Import(Import),
    /// Fetch what is new at the sources of the settings into content/digests/
    Fetch(Fetch),
    /// Build the site
    Build(Build),
    /// Look for dead links, faults of pages and feeds, and limits of hosts
    Check(Check),
    /// Build the site, check it, and send what changed to where readers find it
    Publish(Publish),
    /// Show the site on this machine while it is edited
    Serve(Serve),
    /// Take papers away for good, or bring them back
    Remove(Remove),
    /// List, show, copy and make themes
    Theme(ThemeArguments),
    /// Write papers in a format of other programs
    Export(Export),
    /// Show the topics, and why a paper has the ones it has
    Topics(Topics),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
pub(super) struct New {
    /// The folder to make
    pub(super) dir: PathBuf,

    /// Leave the sample digest out
    #[arg(long)]
    pub(super) empty: bool,

    /// The service that builds and publishes the site whenever it is pushed
    #[arg(long, value_enum, value_name = "SERVICE", default_value_t = Ci::Github)]
    pub(super) ci: Ci,
}

/// The services that a new site can have workflows for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Ci {
    /// GitHub Actions and GitHub Pages
    Github,
    /// GitLab CI/CD and GitLab Pages
    Gitlab,
    /// Forgejo Actions, such as on Codeberg, and its branch `pages`
    Forgejo,
    /// None: the site is published by hand
    None,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// Digest files; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,

    /// The day the digest is of, such as 2025-03-14
    #[arg(long, value_name = "DATE")]
    pub(super) date: Option<Date>,

    /// The format [default: told from the content]
    #[arg(long, value_name = "FORMAT", value_parser = format_of_name)]
    pub(super) format: Option<Format>,

    /// Write nothing if any record is rejected
    #[arg(long)]
    pub(super) strict: bool,

    /// Print the rules by which digests are read and abstracts repaired
    #[arg(long)]
    pub(super) explain: bool,

    /// Write nothing, and list the papers as they were read
    #[arg(long)]
    pub(super) dry_run: bool,

    /// Let a digest lose papers that it listed before
    #[arg(long)]
    pub(super) allow_shrink: bool,
}

#[derive(Debug, Args)]
pub(super) struct Build {
    /// Where the site is published, over what the settings say
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,

    /// Where to write [default: public, or portable]
    #[arg(long, short, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,

    /// Build drafts too
    #[arg(long)]
    pub(super) drafts: bool,

    /// Leave new files of content/digests/ alone
    #[arg(long)]
    pub(super) no_import: bool,

    /// Make a site that opens from a disk or a stick, in portable/
    #[arg(long)]
    pub(super) portable: bool,

    /// Pack the portable site into portable.zip too
    #[arg(long, requires = "portable")]
    pub(super) zip: bool,

    /// Leave pages as the templates write them, for reading their source
    #[arg(long)]
    pub(super) readable: bool,

    /// Remove what earlier builds wrote, then write everything anew
    #[arg(long)]
    pub(super) clean: bool,

    /// Render every file, and fail if one that counted as up to date was not
    #[arg(long)]
    pub(super) verify: bool,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Where the site is published, over what the settings say
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,

    /// Check drafts too
    #[arg(long)]
    pub(super) drafts: bool,

    /// Count what this host does not take as errors
    #[arg(long, value_name = "HOST", value_parser = PossibleValuesParser::new(HOSTS.iter().map(|host| host.name)))]
    pub(super) host: Option<String>,

    /// Ask the addresses of other sites that the content names; what is known stays known
    /// for a month
    #[arg(long)]
    pub(super) external: bool,

    /// How long to ask, in minutes; the next run goes on
    #[arg(long, value_name = "N", default_value_t = 10, requires = "external")]
    pub(super) minutes: u64,

    /// The pause between two requests to one host, in seconds
    #[arg(long, value_name = "S", default_value_t = 1.0, value_parser = seconds, requires = "external")]
    pub(super) pace: f64,

    /// Also ask addresses of this machine and its network
    #[arg(long, requires = "external")]
    pub(super) private: bool,

    /// The service that is asked for archived copies; empty for none
    #[arg(
        long,
        value_name = "URL",
        default_value = "https://archive.org/wayback/available",
        requires = "external"
    )]
    pub(super) archive: String,

    /// Print what was found as SARIF, for code scanning
    #[arg(long)]
    pub(super) sarif: bool,
}

#[derive(Debug, Args)]
pub(super) struct Publish {
    /// A target of the settings, or a type: github-pages, artifact, folder, rsync, s3
    /// [default: the target that says so, or the only one]
    pub(super) target: Option<String>,

    /// Where to, over what the settings say: a remote, a file, a folder or a bucket; paths
    /// count from the present folder
    #[arg(long, value_name = "PLACE")]
    pub(super) to: Option<String>,

    /// Where readers find the site, over what the settings say
    #[arg(long, value_name = "URL")]
    pub(super) base_url: Option<String>,

    /// Build, list what would change there, and send nothing
    #[arg(long)]
    pub(super) dry_run: bool,

    /// Let more pages go than `max_shrink` allows
    #[arg(long)]
    pub(super) allow_shrink: bool,

    /// Replace files there that Offprint did not write
    #[arg(long)]
    pub(super) replace: bool,

    /// Send every file to the store again, whatever is known to be there
    #[arg(long)]
    pub(super) resend: bool,

    /// Send the site without checking it
    #[arg(long)]
    pub(super) unchecked: bool,

    /// Leave new files of content/digests/ alone
    #[arg(long)]
    pub(super) no_import: bool,
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The port; where it is busy, the next free one is used
    #[arg(long, short, default_value_t = 4000, value_name = "N")]
    pub(super) port: u16,

    /// The address to listen on; 0.0.0.0 shows the site to the whole network
    #[arg(long, default_value = "127.0.0.1", value_name = "H")]
    pub(super) host: IpAddr,

    /// Open the site in a browser
    #[arg(long)]
    pub(super) open: bool,

    /// Show drafts too
    #[arg(long)]
    pub(super) drafts: bool,
}

#[derive(Debug, Args)]
pub(super) struct Remove {
    /// The papers: their slugs, addresses or identifiers
    #[arg(required = true, value_name = "SLUG")]
    pub(super) papers: Vec<String>,

    /// Why, for those who come to the paper's address
    #[arg(long, value_name = "TEXT", conflicts_with = "restore")]
    pub(super) reason: Option<String>,

    /// Bring papers back that were removed
    #[arg(long)]
    pub(super) restore: bool,
}

#[derive(Debug, Args)]
pub(super) struct Fetch {
    /// The day to fetch for [default: today, universal time]
    #[arg(long, value_name = "DATE")]
    pub(super) date: Option<Date>,

    /// Look up papers without identifiers at arXiv, by their exact titles
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

    /// Where to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    /// Only papers that a query asks for, such as 'author:zhao year:2024..'
    #[arg(long, value_name = "QUERY")]
    pub(super) query: Option<String>,

    /// The papers nearest in meaning to a paper (its slug) or to a text, nearest first
    #[arg(long, value_name = "SLUG|TEXT")]
    pub(super) near: Option<String>,

    /// How many papers --near gives
    #[arg(long, value_name = "N", requires = "near", default_value_t = 20)]
    pub(super) limit: usize,

    /// Only papers that these .tex or .aux files cite, under the keys they use
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(super) cited: Vec<PathBuf>,

    /// Fail if a key that is cited is not found
    #[arg(long, requires = "cited")]
    pub(super) strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// One JSON object a line, as the program sees the papers
    Jsonl,
    /// BibTeX
    Bibtex,
    /// RIS
    Ris,
    /// CSL-JSON
    CslJson,
    /// A table with commas between its columns
    Csv,
    /// A page in one file that needs nothing beside it, to send to somebody
    Html,
}

#[derive(Debug, Args)]
pub(super) struct ThemeArguments {
    #[command(subcommand)]
    pub(super) command: ThemeCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum ThemeCommand {
    /// List the themes that this site can use
    List,
    /// Print a file of the site's theme, such as templates/paper.html
    Show {
        /// Its path within the theme; without one, all paths are listed
        file: Option<String>,
    },
    /// Copy files of the theme into the site, where they stand over the theme's
    Eject {
        /// Their paths within the theme
        #[arg(required = true, value_name = "FILE")]
        files: Vec<String>,
    },
    /// Tell what a template sees: its variables and their fields
    Context {
        /// The template, such as paper.html; without one, all are listed
        template: Option<String>,
    },
    /// Make a theme of one's own in themes/, which builds on the present one
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
    /// List the topics with how many papers each has
    List,
    /// Show the terms that speak for each topic of a paper, and for those it missed
    Explain(ExplainTopics),
    /// Show a topic's page, or the page that a topic that ships would have
    Show(ShowTopic),
    /// Find topics in the papers that have none
    Suggest(SuggestTopics),
}

#[derive(Debug, Args)]
pub(super) struct ExplainTopics {
    /// The paper: its slug, or an identifier such as 2403.03507
    #[arg(value_name = "SLUG")]
    pub(super) paper: String,

    /// Show all topics that anything speaks for, not only those narrowly missed
    #[arg(long)]
    pub(super) all: bool,
}

#[derive(Debug, Args)]
pub(super) struct ShowTopic {
    /// The topic
    #[arg(value_name = "ID")]
    pub(super) id: String,
}

#[derive(Debug, Args)]
pub(super) struct SuggestTopics {
    /// Make pages of them in content/topics/
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
        _ => Err("write a number of seconds up to 3600, such as 1 or 0.5".to_owned()),
    }
}

/// The format of a name, or what to write instead.
fn format_of_name(name: &str) -> Result<Format, String> {
    Format::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = Format::all().map(|format| format.name()).collect();
        match nearest(name, known.iter().copied()) {
            Some(near) => format!("there is no such format; did you mean `{near}`?"),
            None => format!("known formats are {}", known.join(", ")),
        }
    })
}
