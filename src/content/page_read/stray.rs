//! Stray keys: page keys that somebody added below a table's header, where TOML
//! assigns them to the table.

use crate::config::Fields;
use crate::diagnostics::Diagnostic;

/// Reports keys in a table that belong to the page. Call this after the page's own
/// keys were asked for.
pub(super) fn report_strays(table: &Fields<'_, '_>, page: &Fields<'_, '_>, name: &str) {
    let own = table.asked();
    for known in page.asked() {
        if own.contains(&known) {
            continue;
        }
        let Some((key, _)) = table.entries().iter().find(|(key, _)| key.name == known) else {
            continue;
        };
        // Mark the key as asked for, so that it is reported only here.
        table.node(known);
        table.document().report(
            Diagnostic::error(
                "misplaced-key",
                format!("`{known}` is in the table `{name}`, where it has no effect"),
            )
            .field(known)
            .help(format!(
                "move it above `[{name}]`, to the page's own keys: `{known} = …`"
            )),
            key.span.clone(),
        );
    }
}
