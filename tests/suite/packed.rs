//! Compressed digests are decompressed; errors are reported without losing what
//! could be read.

use std::io::Write as _;

use crate::support::{Site, digest, record};

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(text).unwrap();
    packer.finish().unwrap()
}

fn zstd(text: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
}

fn xz(text: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(6);
    let mut packer = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
    packer.write_all(text).unwrap();
    packer.finish().unwrap()
}

fn papers(numbers: std::ops::Range<usize>) -> String {
    let records: Vec<_> = numbers
        .map(|n| record(&format!("Gears of Kind {n}")))
        .collect();
    digest(&records)
}

#[test]
fn compression_is_detected_from_the_bytes() {
    let text = papers(0..3);
    for (name, bytes) in [
        ("a.jsonl.gz", gzip(text.as_bytes())),
        ("a.jsonl.xz", xz(text.as_bytes())),
        ("a.jsonl.zst", zstd(text.as_bytes())),
        ("no-suffix", xz(text.as_bytes())),
    ] {
        let site = Site::new().file(&format!("in/{name}"), &bytes);
        let outcome = site
            .import(format!("in/{name}"))
            .date("2025-03-14")
            .succeed();
        assert!(
            outcome.stdout.contains("(jsonl): 3 read, 3 new"),
            "{name}: {}",
            outcome.stdout
        );
        // Standard input is decompressed too.
        let site = Site::new();
        let outcome = site.import("-").date("2025-03-14").stdin(bytes).succeed();
        assert!(
            outcome.stdout.contains("3 read, 3 new"),
            "{name}: {}",
            outcome.stdout
        );
    }
}

#[test]
fn concatenated_files_are_read_completely() {
    let (one, two) = (papers(0..40), papers(40..90));
    for (name, pack) in [
        ("gz", gzip as fn(&[u8]) -> Vec<u8>),
        ("xz", xz),
        ("zst", zstd),
    ] {
        let bytes = [pack(one.as_bytes()), pack(two.as_bytes())].concat();
        let site = Site::new().file("in/a", bytes);
        let outcome = site.import("in/a").date("2025-03-14").succeed();
        assert!(
            outcome.stdout.contains("90 read, 90 new"),
            "{name}: {}",
            outcome.stdout
        );
    }
}

#[test]
fn a_truncated_file_yields_its_complete_records() {
    let packed = gzip(papers(0..2_000).as_bytes());
    let site = Site::new().file("in/a", &packed[..packed.len() * 3 / 4]);
    let outcome = site.import("in/a").date("2025-03-14").succeed();
    assert!(
        outcome.stderr.contains("warning[damaged]"),
        "{}",
        outcome.stderr
    );
    let papers = site.offprint(&["export"]).succeed().stdout.lines().count();
    assert!(
        (1_000..2_000).contains(&papers),
        "{papers}: {}",
        outcome.stdout
    );
    // It removes nothing that existed.
    let site = Site::new().file("in/a", &packed);
    site.import("in/a").date("2025-03-14").succeed();
    site.write("in/a", &packed[..packed.len() / 2]);
    site.import("in/a").date("2025-03-14").succeed();
    assert_eq!(
        site.offprint(&["export"]).succeed().stdout.lines().count(),
        2_000
    );
}

#[test]
fn a_checksum_mismatch_is_reported() {
    let mut packed = zstd(papers(0..3).as_bytes());
    *packed.last_mut().unwrap() ^= 1;
    let site = Site::new().file("in/a", packed);
    let outcome = site.import("in/a").date("2025-03-14").outcome();
    assert!(outcome.stderr.contains("checksum"), "{}", outcome.stderr);
}

#[test]
fn decompression_bombs_and_double_compression_are_refused() {
    for (bytes, said) in [
        (gzip(&vec![b' '; 64 << 20]), "250 times its size"),
        (gzip(&gzip(papers(0..3).as_bytes())), "compressed twice"),
    ] {
        let site = Site::new().file("in/a", bytes);
        let outcome = site.import("in/a").date("2025-03-14").fail();
        assert!(outcome.stderr.contains(said), "{}", outcome.stderr);
        assert!(!site.has("content/papers"));
    }
}
