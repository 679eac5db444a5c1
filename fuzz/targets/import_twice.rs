//! Imports any bytes into an empty site: the result can be read, and importing
//! again changes nothing.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use offprint::config::Settings;
use offprint::content::{Content, ImportOptions, Input, import};
use offprint::model::DigestId;

fn run(site: &Path, bytes: &[u8]) -> offprint::content::ImportReport {
    let input = Input {
        // Named after its digest, as on the command line.
        name: "2025-03-14.txt".to_owned(),
        id: DigestId::parse("2025-03-14").expect("a day is an id"),
        bytes: bytes.to_vec(),
    };
    let options = ImportOptions::default();
    import(site, &Settings::default(), vec![input], &options)
}

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let first = run(folder.path(), bytes);
    let (_, found) = Content::read(folder.path());
    assert!(
        !found.has_errors(),
        "import wrote what cannot be read: {found:?}"
    );
    if first.failed() {
        return;
    }
    let second = run(folder.path(), bytes);
    assert!(!second.failed(), "{:?}", second.diagnostics);
    assert_eq!(first.total.read, second.total.read);
    assert_eq!(second.total.new, 0, "the second import found new papers");
    assert_eq!(second.total.updated, 0, "the second import changed papers");
});
