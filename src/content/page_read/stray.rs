//! Strays: keys of a page that stand in one of its tables because somebody added
//! them below the table's header, where TOML counts them to the table.

use crate::config::Fields;
use crate::diagnostics::Diagnostic;

/// Reports the keys of a table that are keys of the page. The page's own keys
/// were asked for before.
pub(super) fn report_strays(table: &Fields<'_, '_>, page: &Fields<'_, '_>, name: &str) {
    let own = table.asked();
    for known in page.asked() {
        if own.contains(&known) {
            continue;
        }
        let Some((key, _)) = table.entries().iter().find(|(key, _)| key.name == known) else {
            continue;
        };
        // It is said once, here.
        table.node(known);
        table.document().report(
            Diagnostic::error(
                "misplaced-key",
                format!("`{known}` is in the table `{name}`, where it does nothing"),
            )
            .field(known)
            .help(format!(
                "move it above `[{name}]`, to the keys of the page: `{known} = …`"
            )),
            key.span.clone(),
        );
    }
}
