//! Stamps: file metadata that tells whether a file changed, so that unchanged files
//! need not be read.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

/// A file changed this recently may change again within one tick of the file
/// system's clock, without a new stamp.
const SETTLED: Duration = Duration::from_millis(100);

/// A file's size, times and inode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    size: u64,
    /// When its content changed, in seconds and nanoseconds since 1970.
    modified: (i64, i64),
    /// When anything about it changed. Unlike the modification time, programs
    /// cannot set it back.
    changed: (i64, i64),
    inode: u64,
    device: u64,
}

impl Stamp {
    /// The stamp of a file written by others. `None` if it is not reliable: the
    /// system has no such times, or the file changed a moment ago.
    pub fn of(file: &Metadata) -> Option<Self> {
        let stamp = Self::at_once(file)?;
        let (seconds, nanos) = stamp.changed;
        let changed = Duration::new(u64::try_from(seconds).ok()?, u32::try_from(nanos).ok()?);
        let age = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH + changed);
        (age.ok()? > SETTLED).then_some(stamp)
    }

    /// The stamp of a file we have just written.
    #[cfg(unix)]
    pub fn at_once(file: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Some(Self {
            size: file.size(),
            modified: (file.mtime(), file.mtime_nsec()),
            changed: (file.ctime(), file.ctime_nsec()),
            inode: file.ino(),
            device: file.dev(),
        })
    }

    /// Always `None`: this system does not report when a file's metadata changed.
    #[cfg(not(unix))]
    pub fn at_once(_: &Metadata) -> Option<Self> {
        None
    }

    /// The size of the file, in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }
}

#[cfg(test)]
mod tests {
    #[cfg(unix)]
    #[test]
    fn a_file_that_changed_has_another_stamp_or_none() {
        use super::*;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        let stamp = || Stamp::of(&std::fs::metadata(&path).unwrap());
        std::fs::write(&path, "one").unwrap();
        assert_eq!(stamp(), None, "it is too young");
        std::thread::sleep(SETTLED * 2);
        let first = stamp();
        assert!(first.is_some());
        assert_eq!(stamp(), first);
        std::fs::write(&path, "two").unwrap();
        std::thread::sleep(SETTLED * 2);
        assert_ne!(stamp(), first);
    }
}
