//! Access to the folder of real digests next to the developers' repository.
//! Elsewhere it is missing, and tests that need it are skipped.

use std::path::{Path, PathBuf};

/// The real digest.
pub const DIGEST: &str = "digests/hf-papers-mar-14.txt";

/// The path of a file in the folder. `None` if there is no such folder; the test
/// then prints that it was skipped. With `OFFPRINT_REQUIRE_SHARED=1`, a missing
/// file is a failure.
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
    // Bypass the test harness, which hides the output of passing tests.
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "skipped: {} is not here", path.display());
    None
}
