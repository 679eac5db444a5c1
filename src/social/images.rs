//! Renders social images and caches them by their SVG, so that unchanged ones are
//! not rendered again.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::{draw, picture};

/// Part of the cache key. Raise it when the same SVG renders differently.
const EDITION: &str = "offprint card 1";

/// The first and last bytes of every complete PNG.
const PNG_HEAD: &[u8] = b"\x89PNG\r\n\x1a\n";
const PNG_TAIL: &[u8] = b"IEND\xae\x42\x60\x82";

/// Renders images and caches them in a folder, which may be deleted at any time.
#[derive(Debug)]
pub struct SocialImages {
    folder: PathBuf,
    /// The files in use by the current site.
    used: Mutex<BTreeSet<String>>,
}

impl SocialImages {
    /// A renderer that caches in a folder.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            used: Mutex::default(),
        }
    }

    /// The PNG of an SVG.
    ///
    /// # Errors
    /// Returns what is wrong with the SVG.
    pub fn card(&self, svg: &[u8]) -> Result<Vec<u8>, String> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(EDITION.as_bytes());
        hasher.update(svg);
        let mut name = hasher.finalize().to_hex().to_string();
        name.truncate(32);
        name.push_str(".png");
        let kept = fs::read(self.folder.join(&name)).ok();
        let is_whole = |png: &Vec<u8>| png.starts_with(PNG_HEAD) && png.ends_with(PNG_TAIL);
        let png = match kept.filter(is_whole) {
            Some(png) => png,
            None => {
                let png = picture::png(&draw::draw(svg)?);
                self.keep(&name, &png);
                png
            }
        };
        self.used
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name);
        Ok(png)
    }

    /// Caches an image. If that fails, it is simply rendered again next time.
    fn keep(&self, name: &str, png: &[u8]) {
        let attempt = || -> std::io::Result<()> {
            fs::create_dir_all(&self.folder)?;
            let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
            file.write_all(png)?;
            file.persist(self.folder.join(name))?;
            Ok(())
        };
        let _ = attempt();
    }

    /// Deletes cached images not used since this value was created. If none were
    /// used, as in previews, it keeps everything for the next build.
    pub fn tidy(&self) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.is_empty() {
            return;
        }
        let Ok(files) = fs::read_dir(&self.folder) else {
            return;
        };
        for file in files.filter_map(Result::ok) {
            if !used.contains(&*file.file_name().to_string_lossy()) {
                let _ = fs::remove_file(file.path());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SVG: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' width='1200' height='630'>\
        <text x='80' y='300' font-size='90'>Aa</text></svg>";

    #[test]
    fn a_kept_card_is_used_and_a_broken_one_drawn_anew() {
        let folder = tempfile::tempdir().unwrap();
        let press = SocialImages::new(folder.path());
        let drawn = press.card(SVG).unwrap();
        let kept: Vec<PathBuf> = fs::read_dir(folder.path())
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        assert_eq!(fs::read(&kept[0]).unwrap(), drawn);
        fs::write(&kept[0], &drawn[..100]).unwrap();
        assert_eq!(SocialImages::new(folder.path()).card(SVG).unwrap(), drawn);
        SocialImages::new(folder.path()).tidy();
        assert!(kept[0].exists());
        let press = SocialImages::new(folder.path());
        let other = [SVG, b" "].concat();
        press.card(&other).unwrap();
        press.tidy();
        assert!(!kept[0].exists());
    }

    #[test]
    fn a_card_that_is_no_svg_is_said_to_be_none() {
        let folder = tempfile::tempdir().unwrap();
        assert!(SocialImages::new(folder.path()).card(b"<svg>").is_err());
    }
}
