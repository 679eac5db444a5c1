//! `[security]`: what pages may load from other origins, and whom to contact about
//! vulnerabilities.

use super::origin::origins;
use super::value::{fault, set};
use crate::config::fields::Fields;
use crate::model::Date;

/// What pages may load from other origins, and whom to contact about
/// vulnerabilities.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SecuritySettings {
    /// `scripts`: origins of scripts.
    pub scripts: Vec<String>,
    /// `styles`: origins of style sheets.
    pub styles: Vec<String>,
    /// `fonts`: origins of fonts.
    pub fonts: Vec<String>,
    /// `images`: origins of images.
    pub images: Vec<String>,
    /// `media`: origins of audio and video.
    pub media: Vec<String>,
    /// `frames`: origins of pages embedded in frames.
    pub frames: Vec<String>,
    /// `connect`: origins that scripts may send requests to.
    pub connect: Vec<String>,
    /// `contact`: where to report vulnerabilities.
    pub contact: Vec<String>,
    /// `expires`: the last day on which the contacts are valid.
    pub expires: Option<Date>,
}

impl SecuritySettings {
    pub(super) fn read(security: Fields<'_, '_>) -> Self {
        let mut read = Self::default();
        set(&mut read.scripts, origins(&security, "scripts"));
        set(&mut read.styles, origins(&security, "styles"));
        set(&mut read.fonts, origins(&security, "fonts"));
        set(&mut read.images, origins(&security, "images"));
        set(&mut read.media, origins(&security, "media"));
        set(&mut read.frames, origins(&security, "frames"));
        set(&mut read.connect, origins(&security, "connect"));
        read.read_contact(&security);
        security.finish();
        read
    }

    fn read_contact(&mut self, security: &Fields<'_, '_>) {
        self.expires = security.date("expires");
        for contact in security.strings("contact").unwrap_or_default() {
            if is_contact(&contact) {
                self.contact.push(contact);
            } else {
                let help = match contact.contains('@') {
                    true => format!("write it as mailto:{}", contact.trim()),
                    false => "write it as mailto:… or https://…".to_owned(),
                };
                let message = format!("`{contact}` is not a contact URL");
                fault(security, "contact", message, &help);
            }
        }
        if !self.contact.is_empty() && security.node("expires").is_none() {
            fault(
                security,
                "contact",
                "`security.contact` needs an expiry date".to_owned(),
                "add a line such as expires = 2027-06-30, at most a year from now; \
                 security.txt (RFC 9116) requires one",
            );
        }
    }
}

/// Whether a text is a contact URL that security.txt accepts.
fn is_contact(text: &str) -> bool {
    let Ok(url) = url::Url::parse(text) else {
        return false;
    };
    // It is written to a line of the file unchanged.
    let is_whole = text.chars().all(|c| c.is_ascii_graphic());
    is_whole
        && match url.scheme() {
            "https" => url.host_str().is_some(),
            "mailto" => url.path().contains('@'),
            "tel" => !url.path().is_empty(),
            _ => false,
        }
}
