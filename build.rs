//! Sets `OFFPRINT_SOURCE` to a hash of the program's source. Caches depend on it,
//! since another version may read or render things differently. Also makes the fonts
//! that the program ships.

#[path = "build/fonts.rs"]
mod fonts;

use std::error::Error;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::{env, fs, io};

/// The files that determine how pages are made.
const SOURCES: [&str; 5] = ["src", "themes", "build", "Cargo.toml", "Cargo.lock"];

fn main() -> Result<(), Box<dyn Error>> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let mut hasher = DefaultHasher::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        hash(&Path::new(&root).join(source), &mut hasher)?;
    }
    println!("cargo::rustc-env=OFFPRINT_SOURCE={:016x}", hasher.finish());
    // They take seconds, and change with the crates that make them alone.
    let mut hasher = DefaultHasher::new();
    for source in ["build", "Cargo.lock"] {
        hash(&Path::new(&root).join(source), &mut hasher)?;
    }
    fonts::write(Path::new(&env::var("OUT_DIR")?), hasher.finish())
}

fn hash(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    if path.is_dir() {
        let entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path()));
        let mut entries = entries.collect::<io::Result<Vec<_>>>()?;
        entries.sort();
        return entries.iter().try_for_each(|entry| hash(entry, hasher));
    }
    // A packaged crate may have no lock file.
    if path.exists() {
        path.file_name().hash(hasher);
        fs::read(path)?.hash(hasher);
    }
    Ok(())
}
