//! `robots.txt`: search engines are welcome, and here is the sitemap.

use crate::cite::web_address;

/// The file. The sitemap is named where the site knows its own address, given
/// with `/` at its end.
pub fn robots(base_url: Option<&str>) -> String {
    let mut file = String::from("User-agent: *\nAllow: /\n");
    if let Some(base) = base_url.and_then(web_address) {
        file.push_str(&format!("\nSitemap: {base}sitemap.xml\n"));
    }
    file
}
