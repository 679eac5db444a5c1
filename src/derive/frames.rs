//! Frames: a file to which records are appended, each with its length and its hash.
//! A record that is cut off or damaged is skipped; everything after an impossible
//! length is ignored.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use rayon::prelude::*;

/// Before each record: its length and the first half of its hash.
const HEAD: usize = 4 + HASH;
const HASH: usize = 16;

/// The longest record, in bytes.
const MOST: usize = 64 * 1024 * 1024;

/// How much is read at a time, in bytes.
const WINDOW: usize = 8 * 1024 * 1024;

/// Reads the records of a file that begins with `head`, some at a time, and gives
/// how many bytes of the file are sound: what comes behind them is to be
/// overwritten. A record whose hash is wrong is left out.
pub(super) fn read(
    path: &Path,
    head: &[u8],
    mut take: impl FnMut(Vec<&[u8]>) + Send,
) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let mut start = vec![0; head.len()];
    if file.read_exact(&mut start).is_err() || start != head {
        return Ok(0);
    }
    let mut sound = head.len() as u64;
    let mut window: Vec<u8> = Vec::new();
    let mut behind: Vec<u8> = Vec::new();
    loop {
        let mut rest = window.as_slice();
        let mut records = Vec::new();
        while let Some((record, behind)) = next(rest) {
            records.push(record);
            rest = behind;
        }
        sound += (window.len() - rest.len()) as u64;
        if needed(rest) > MOST {
            take(records.into_par_iter().filter_map(whole).collect());
            return Ok(sound);
        }
        // The next ones are read while these are taken.
        behind.clear();
        behind.extend_from_slice(rest);
        let most = WINDOW.max(needed(rest)) as u64;
        let ((), read) = rayon::join(
            || take(records.into_par_iter().filter_map(whole).collect()),
            || Read::by_ref(&mut file).take(most).read_to_end(&mut behind),
        );
        if read? == 0 {
            return Ok(sound);
        }
        std::mem::swap(&mut window, &mut behind);
    }
}

/// How many bytes the record at the beginning has with its head; more than is
/// allowed where its length cannot be true.
fn needed(bytes: &[u8]) -> usize {
    match bytes.first_chunk::<4>() {
        Some(length) => u32::from_le_bytes(*length) as usize + HEAD,
        None => HEAD,
    }
}

/// The record at the beginning with its head, and what is behind it. `None` where it
/// is not all there.
fn next(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let needed = needed(bytes);
    if needed > MOST || bytes.len() < needed {
        return None;
    }
    Some(bytes.split_at(needed))
}

/// A record without its head, unless its hash is wrong.
fn whole(record: &[u8]) -> Option<&[u8]> {
    let (head, record) = record.split_at(HEAD);
    (blake3::hash(record).as_bytes()[..HASH] == head[4..]).then_some(record)
}

/// A record as it is stored in the file. `None` if it is too long.
pub(super) fn frame(record: &[u8]) -> Option<Vec<u8>> {
    let length = u32::try_from(record.len()).ok()?;
    if record.len() + HEAD > MOST {
        return None;
    }
    let mut frame = Vec::with_capacity(record.len() + HEAD);
    frame.extend_from_slice(&length.to_le_bytes());
    frame.extend_from_slice(&blake3::hash(record).as_bytes()[..HASH]);
    frame.extend_from_slice(record);
    Some(frame)
}

/// Opens a file to add records behind its first `sound` bytes; a new one begins
/// with `head`.
pub(super) fn open(path: &Path, head: &[u8], sound: u64) -> io::Result<BufWriter<File>> {
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)?;
    file.set_len(sound)?;
    file.seek(SeekFrom::Start(sound))?;
    let mut writer = BufWriter::with_capacity(1 << 20, file);
    if sound == 0 {
        writer.write_all(head)?;
    }
    Ok(writer)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAME: &[u8] = b"frames 1\n";

    fn write(path: &Path, records: &[Vec<u8>], sound: u64) {
        let mut writer = open(path, NAME, sound).unwrap();
        for record in records {
            writer.write_all(&frame(record).unwrap()).unwrap();
        }
        writer.flush().unwrap();
    }

    fn all(path: &Path) -> (Vec<Vec<u8>>, u64) {
        let mut found = Vec::new();
        let sound = read(path, NAME, |records| {
            found.extend(records.into_iter().map(<[u8]>::to_vec));
        });
        (found, sound.unwrap())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_was_cut_off_or_changed_is_left_out_and_the_rest_is_there(
            records in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..200), 1..20),
            at in any::<prop::sample::Index>(),
            flip in 1..=255_u8,
            cut in any::<bool>(),
        ) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("f");
            write(&path, &records, 0);
            prop_assert_eq!(all(&path).0, records.clone());
            let mut bytes = std::fs::read(&path).unwrap();
            let at = at.index(bytes.len());
            if cut { bytes.truncate(at) } else { bytes[at] ^= flip }
            std::fs::write(&path, &bytes).unwrap();
            let (left, sound) = all(&path);
            prop_assert!(left.len() < records.len() || (cut && at == bytes.len()));
            prop_assert!(left.iter().all(|record| records.contains(record)));
            // What is added then is found.
            write(&path, &[b"new".to_vec()], sound);
            let (then, _) = all(&path);
            prop_assert_eq!(then.last().unwrap(), b"new");
            prop_assert_eq!(then.len(), left.len() + 1);
        }
    }
}
