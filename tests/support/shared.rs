//! The folder of real digests that stands beside the repository of those who
//! work on it. Elsewhere it is missing, and what is measured on it cannot be.

use std::path::{Path, PathBuf};

/// The real digest.
pub const DIGEST: &str = "digests/hf-papers-mar-14.txt";

/// Where a file of the folder is, or `None` where there is no such folder; the
/// test then says that it was skipped. With `OFFPRINT_REQUIRE_SHARED=1` a
/// missing file is a failure.
pub fn file(inner: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("OFFPRINT_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let path = folder.join(inner);
    if path.is_file() {
        return Some(std::path::absolute(&path).expect("the path is absolute"));
    }
    assert!(
        std::env::var_os("OFFPRINT_REQUIRE_SHARED").is_none_or(|value| value != "1"),
        "{} is missing and OFFPRINT_REQUIRE_SHARED=1",
        path.display()
    );
    // Past the harness, which shows what a test prints only where it fails.
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "skipped: {} is not here", path.display());
    None
}
