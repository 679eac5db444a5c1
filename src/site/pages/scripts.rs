//! The scripts that the settings add to pages, as HTML.

use crate::config::{ScriptPlace, ScriptSettings};
use crate::render::escape;

/// The scripts of one place of a page, each in a line of its own. `root` is the way to
/// the site's root.
pub(super) fn html(scripts: &[&ScriptSettings], place: ScriptPlace, root: &str) -> String {
    let mut html = String::new();
    for script in scripts.iter().filter(|script| script.place == place) {
        if let Some(target) = &script.target {
            html.push_str(&format!("<div id=\"{}\"></div>\n", escape(target)));
        }
        let root = if script.origin.is_some() { "" } else { root };
        html.push_str(&format!(
            "<script src=\"{}{}\"",
            escape(root),
            escape(&script.src)
        ));
        for (name, value) in &script.attributes {
            html.push_str(&format!(" {name}"));
            if !value.is_empty() {
                html.push_str(&format!("=\"{}\"", escape(value)));
            }
        }
        html.push_str("></script>\n");
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    #[test]
    fn a_script_is_written_with_its_attributes() {
        let (settings, _) = Settings::parse(
            "[[script]]\nsrc = \"https://a.org/x.js?a=1&b=2\"\nasync = true\ndata-name = 'a \"b\" <c>'\n[[script]]\nsrc = \"js/own.js\"\ndefer = false\n[[script]]\nsrc = \"https://b.org/c.js\"\nplace = \"end\"\ntarget = \"comments\"\n",
        );
        let scripts: Vec<_> = settings.scripts.iter().collect();
        assert_eq!(
            html(&scripts, ScriptPlace::Head, "../"),
            "<script src=\"https://a.org/x.js?a=1&amp;b=2\" async data-name=\"a &quot;b&quot; &lt;c&gt;\"></script>\n<script src=\"../js/own.js\"></script>\n"
        );
        assert_eq!(
            html(&scripts, ScriptPlace::End, "../"),
            "<div id=\"comments\"></div>\n<script src=\"https://b.org/c.js\" defer></script>\n"
        );
    }
}
