//! Decompresses gzip, xz and zstd files, within a size limit.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::MultiGzDecoder;
use lzma_rust2::XzReader;
use ruzstd::decoding::StreamingDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};

/// The largest decompressed size, in bytes. Even a metadata dump of all of arXiv is
/// below 5 GB, and digests are far smaller.
const MAX_UNPACKED: u64 = 1 << 30;

/// The largest compression ratio. Paper metadata compresses to a tenth at best; a
/// ratio of a thousand is an attack.
const MAX_RATIO: u64 = 250;

/// The decompressed size that is always allowed, whatever the ratio.
const SMALL: u64 = 16 << 20;

/// The memory limit for an xz dictionary, in KiB. The strongest preset needs 64 MiB
/// plus overhead.
const MAX_DICTIONARY: u32 = 160 * 1024;

/// The result of decompression.
#[derive(Debug)]
pub(super) struct Unpacked<'a> {
    /// The bytes to read.
    pub(super) bytes: Cow<'a, [u8]>,
    /// Why they may be incomplete.
    pub(super) fault: Option<UnpackError>,
}

/// Why a compressed file is incomplete.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum UnpackError {
    /// Its decompressed size exceeds the limit.
    TooLarge,
    /// It is truncated or damaged, for the reason given.
    Damaged(String),
}

/// A file's compression, recognised by its first bytes.
pub(super) fn packing(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x1f, 0x8b, ..] => Some("gzip"),
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some("xz"),
        // A frame, or a skippable frame.
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some("zstd"),
        _ => None,
    }
}

/// A file's name without its compression suffix.
pub(super) fn bare_name(name: &str) -> &str {
    [".gz", ".xz", ".zst"]
        .iter()
        .find_map(|suffix| name.strip_suffix(suffix))
        .unwrap_or(name)
}

/// Decompresses a file if it is compressed, judging by its bytes.
pub(super) fn unpack(bytes: &[u8]) -> Unpacked<'_> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let most = size.saturating_mul(MAX_RATIO).clamp(SMALL, MAX_UNPACKED);
    unpack_up_to(bytes, most)
}

/// The first bytes of a file's content.
pub(super) fn head(bytes: &[u8], length: usize) -> Cow<'_, [u8]> {
    match packing(bytes) {
        None => Cow::Borrowed(&bytes[..bytes.len().min(length)]),
        Some(_) => unpack_up_to(bytes, length as u64).bytes,
    }
}

fn unpack_up_to(bytes: &[u8], most: u64) -> Unpacked<'_> {
    let mut out = Vec::new();
    let result = match packing(bytes) {
        Some("gzip") => collect(MultiGzDecoder::new(bytes), most, &mut out),
        Some("xz") => {
            let reader = XzReader::new_mem_limit(bytes, true, MAX_DICTIONARY);
            collect(reader, most, &mut out)
        }
        Some("zstd") => frames(bytes, most, &mut out),
        _ => {
            return Unpacked {
                bytes: Cow::Borrowed(bytes),
                fault: None,
            };
        }
    };
    Unpacked {
        bytes: Cow::Owned(out),
        fault: result.err(),
    }
}

/// Reads to the end or to the limit. What was read before an error is kept.
fn collect(reader: impl Read, most: u64, out: &mut Vec<u8>) -> Result<(), UnpackError> {
    let room = most.saturating_sub(out.len() as u64);
    let result = reader.take(room + 1).read_to_end(out);
    if out.len() as u64 > most {
        out.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        return Err(UnpackError::TooLarge);
    }
    result
        .map(|_| ())
        .map_err(|error| UnpackError::Damaged(error.to_string()))
}

/// Reads all frames of a zstd file. Concatenated files have several, some of which
/// may be skippable.
fn frames(bytes: &[u8], most: u64, out: &mut Vec<u8>) -> Result<(), UnpackError> {
    let mut rest = bytes;
    let damaged = |what: &dyn ToString| UnpackError::Damaged(what.to_string());
    while !rest.is_empty() {
        let mut decoder = match StreamingDecoder::new(rest) {
            Ok(decoder) => decoder,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => {
                // An eight-byte header marks it and gives its length.
                let end = usize::try_from(length)
                    .unwrap_or(usize::MAX)
                    .saturating_add(8);
                rest = rest.get(end..).unwrap_or_default();
                continue;
            }
            Err(error) => return Err(damaged(&error)),
        };
        collect(&mut decoder, most, out)?;
        let (left, frame) = decoder.into_parts();
        let sums = (
            frame.get_checksum_from_data(),
            frame.get_calculated_checksum(),
        );
        if let (Some(said), Some(found)) = sums
            && said != found
        {
            return Err(UnpackError::Damaged(
                "its checksum does not match".to_owned(),
            ));
        }
        rest = left;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
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
            (1_000, Some(UnpackError::TooLarge))
        );
        let torso = unpack(&packed[..packed.len() / 2]);
        assert!(matches!(torso.fault, Some(UnpackError::Damaged(_))));
    }

    fn zstd(text: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
    }

    #[test]
    fn every_frame_is_read_and_its_checksum_compared() {
        let skipped = b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc";
        let mut joined = [&zstd(b"one ")[..], skipped, &zstd(b"two")].concat();
        assert_eq!(&*unpack(&joined).bytes, b"one two");
        assert_eq!(unpack(&joined).fault, None);
        *joined.last_mut().unwrap() ^= 1;
        assert!(matches!(
            unpack(&joined).fault,
            Some(UnpackError::Damaged(_))
        ));
    }

    #[test]
    fn what_packs_too_well_is_refused() {
        let packed = gzip(&vec![b' '; 64 << 20]);
        let unpacked = unpack(&packed);
        assert_eq!(unpacked.fault, Some(UnpackError::TooLarge));
        assert!(unpacked.bytes.len() as u64 <= SMALL.max(packed.len() as u64 * MAX_RATIO));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_unpacked(magic in 0usize..3, rest in proptest::collection::vec(0u8.., 0..200)) {
            let magic: &[u8] = [&b"\x1f\x8b"[..], b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd"][magic];
            let _ = unpack_up_to(&[magic, &rest].concat(), 10_000);
        }
    }
}
