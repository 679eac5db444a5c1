//! The archive of a portable site: one folder, so that unpacking it makes no mess.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs files of a folder into an archive, in which they lie in a folder of that name.
/// The same files give the same archive.
///
/// # Errors
/// Gives what cannot be read or written; an archive that was there stays.
pub fn pack(root: &Path, paths: &[String], name: &str, archive: &Path) -> io::Result<u64> {
    let folder = match archive.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let new = tempfile::NamedTempFile::new_in(folder)?;
    let mut writer = ZipWriter::new(BufWriter::new(File::create(new.path())?));
    let plain = SimpleFileOptions::default()
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for path in paths {
        let bytes = fs::read(root.join(path))?;
        // What is compressed already gets no smaller.
        let method = match path.ends_with(".png") {
            true => CompressionMethod::Stored,
            false => CompressionMethod::Deflated,
        };
        writer
            .start_file(format!("{name}/{path}"), plain.compression_method(method))
            .map_err(io::Error::other)?;
        writer.write_all(&bytes)?;
    }
    let mut sink = writer.finish().map_err(io::Error::other)?;
    sink.flush()?;
    let bytes = new.as_file().metadata()?.len();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = fs::set_permissions(new.path(), fs::Permissions::from_mode(0o644));
    }
    new.persist(archive).map_err(|error| error.error)?;
    Ok(bytes)
}
