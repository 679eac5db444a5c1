//! Pages: an outline of each kind, so that whoever changes a template sees what
//! became of it.

use crate::support::Site;
use crate::support::outline::outline;

#[test]
fn every_kind_of_page_has_its_outline() {
    let site = Site::fixture("orchard");
    site.build().succeed();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, path) in [
            ("home", "index.html"),
            ("papers", "papers/index.html"),
            (
                "paper",
                "papers/grafting-old-wood-onto-young-rootstock/index.html",
            ),
            (
                "withdrawn",
                "papers/a-withdrawn-claim-about-pears/index.html",
            ),
            ("topics", "topics/index.html"),
            ("topic", "topics/grafting/index.html"),
            ("digests", "digests/index.html"),
            ("digest", "digests/2025-03-01/index.html"),
            ("free-page", "about/index.html"),
            ("search", "search/index.html"),
            ("error", "404.html"),
        ] {
            let page = site.read(&format!("public/{path}"));
            insta::assert_snapshot!(name, outline(&page));
        }
    });
}
