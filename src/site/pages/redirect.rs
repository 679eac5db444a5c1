//! Redirects from old addresses.

use crate::render;
use crate::site::jobs::{Job, root_of};
use crate::site::output::GENERATOR;

use super::Pages;

impl Pages<'_> {
    pub(super) fn redirect(&self, job: &Job, to: &str) -> Vec<u8> {
        let target = format!("{}{}", root_of(&job.path), render::escape_url_path(to));
        let target = render::escape(&target);
        let canonical = if self.settings.base_url.is_empty() {
            String::new()
        } else {
            format!(
                "<link rel=\"canonical\" href=\"{}{}\">\n",
                render::escape(&self.settings.base_url),
                render::escape_url_path(to)
            )
        };
        let moved = render::escape(&self.word("moved"));
        let page = format!(
            "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'\">\n<title>{moved}</title>\n<meta name=\"generator\" content=\"{GENERATOR}\">\n<meta name=\"robots\" content=\"noindex\">\n{canonical}<meta http-equiv=\"refresh\" content=\"0; url={target}\">\n</head>\n<body>\n<p><a href=\"{target}\">{moved}</a></p>\n</body>\n</html>\n",
            render::escape(&self.settings.language),
            crate::model::direction(&self.settings.language),
        );
        match self.kit.bundles {
            Some(_) => render::portable(&page).into_bytes(),
            None => page.into_bytes(),
        }
    }
}
