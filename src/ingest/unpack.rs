//! Unpacking: files packed with gzip, xz or zstd are read through, up to a bound
//! on what they unpack to.

use std::borrow::Cow;
use std::io::{self, Read};

/// The most bytes that a file may unpack to. The largest corpus that is handed
/// around, all of arXiv, is below 5 GB; a digest is far below this.
const MAX_UNPACKED: u64 = 1 << 30;

/// What came of unpacking.
#[derive(Debug)]
pub(super) struct Unpacked<'a> {
    /// The bytes that are to be read.
    pub(super) bytes: Cow<'a, [u8]>,
    /// Why they may not be all.
    pub(super) fault: Option<Fault>,
}

/// Why a packed file does not give all that it should.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It unpacks to more than is read.
    TooLarge,
    /// It is cut off or damaged; the reason as the unpacker gives it.
    Damaged(String),
}

/// How a file is packed, by its first bytes.
pub(super) fn packing(bytes: &[u8]) -> Option<&'static str> {
    [
        (&b"\x1f\x8b"[..], "gzip"),
        (b"\xfd7zXZ\0", "xz"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
    ]
    .into_iter()
    .find_map(|(magic, name)| bytes.starts_with(magic).then_some(name))
}

/// The name of a file without the suffix of its packing.
pub(super) fn bare_name(name: &str) -> &str {
    [".gz", ".xz", ".zst"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))
        .unwrap_or(name)
}

/// Unpacks a file that is packed. It is told from its bytes.
pub(super) fn unpack(bytes: &[u8]) -> Unpacked<'_> {
    unpack_up_to(bytes, MAX_UNPACKED)
}

/// The first bytes of what is in a file.
pub(super) fn head(bytes: &[u8], length: usize) -> Cow<'_, [u8]> {
    match packing(bytes) {
        None => Cow::Borrowed(&bytes[..bytes.len().min(length)]),
        Some(_) => unpack_up_to(bytes, length as u64).bytes,
    }
}

fn unpack_up_to(bytes: &[u8], most: u64) -> Unpacked<'_> {
    match packing(bytes) {
        Some("gzip") => collect(flate2::read::MultiGzDecoder::new(bytes), most),
        Some("xz") => collect(lzma_rust2::XzReader::new(bytes, true), most),
        Some("zstd") => match ruzstd::decoding::StreamingDecoder::new(bytes) {
            Ok(reader) => collect(reader, most),
            Err(error) => Unpacked {
                bytes: Cow::Owned(Vec::new()),
                fault: Some(Fault::Damaged(error.to_string())),
            },
        },
        _ => Unpacked {
            bytes: Cow::Borrowed(bytes),
            fault: None,
        },
    }
}

fn collect<'a>(reader: impl Read, most: u64) -> Unpacked<'a> {
    let mut out = Vec::new();
    // What was read before an error stays.
    let result: io::Result<usize> = reader.take(most + 1).read_to_end(&mut out);
    let fault = match result {
        Err(error) => Some(Fault::Damaged(error.to_string())),
        Ok(_) if out.len() as u64 > most => {
            out.truncate(usize::try_from(most).unwrap_or(usize::MAX));
            Some(Fault::TooLarge)
        }
        Ok(_) => None,
    };
    Unpacked {
        bytes: Cow::Owned(out),
        fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(text).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn packed_files_are_read_through() {
        let packed = gzip(b"A title");
        assert_eq!(&*unpack(&packed).bytes, b"A title");
        assert_eq!(&*unpack(b"plain").bytes, b"plain");
        assert_eq!(bare_name("a.jsonl.xz"), "a.jsonl");
    }

    #[test]
    fn a_bomb_and_a_torso_are_told() {
        let packed = gzip(&vec![b' '; 100_000]);
        let bomb = unpack_up_to(&packed, 1_000);
        assert_eq!(
            (bomb.bytes.len(), bomb.fault),
            (1_000, Some(Fault::TooLarge))
        );
        let torso = unpack(&packed[..packed.len() / 2]);
        assert!(matches!(torso.fault, Some(Fault::Damaged(_))));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_unpacked(magic in 0usize..3, rest in proptest::collection::vec(0u8.., 0..200)) {
            let magic: &[u8] = [&b"\x1f\x8b"[..], b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"][magic];
            let _ = unpack_up_to(&[magic, &rest].concat(), 10_000);
        }
    }
}
