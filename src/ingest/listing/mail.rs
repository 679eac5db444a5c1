//! Reads a paper in arXiv's e-mails: labelled lines with indented continuations,
//! then the abstract between two lines of `\\\\`.

use super::super::lines::Line;
use super::{LabelledValues, label};

/// The values in a block of lines.
pub(super) fn fields(block: &[Line<'_>]) -> LabelledValues {
    let mut fields: LabelledValues = Vec::new();
    let mut bars = 0;
    for line in &block[1..] {
        let text = line.text.trim();
        if text.starts_with("\\\\") {
            bars += 1;
            if bars == 1 {
                fields.push(("abstract", String::new()));
            }
            continue;
        }
        if bars > 1 || text.starts_with("-----") || text.starts_with("%%") {
            // The rest belongs to the e-mail.
            bars = bars.max(2);
            continue;
        }
        if bars == 0 && text.starts_with("replaced with revised version") {
            fields.push(("", String::new()));
            continue;
        }
        match label(text) {
            Some((field, value)) if bars == 0 => fields.push((field, value.to_owned())),
            // Continues a value.
            _ => {
                if let Some((field, value)) = fields.last_mut() {
                    let gap = if *field == "abstract" && line.text.starts_with("  ") && bars > 0 {
                        "\n\n"
                    } else {
                        " "
                    };
                    if !value.is_empty() && !text.is_empty() {
                        value.push_str(gap);
                    }
                    value.push_str(text);
                }
            }
        }
    }
    fields
}
