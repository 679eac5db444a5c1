//! SARIF 2.1.0: findings for code scanning, which shows them at their lines in pull
//! requests.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::diagnostics::{Diagnostic, Diagnostics};

/// The findings as a SARIF log.
pub fn sarif(found: &Diagnostics) -> Value {
    let codes: BTreeSet<&str> = found.iter().map(|said| said.code.as_str()).collect();
    let rules: Vec<Value> = codes.iter().map(|code| json!({ "id": code })).collect();
    let results: Vec<Value> = found.iter().map(result).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Offprint",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(said: &Diagnostic) -> Value {
    let text = match &said.help {
        Some(help) => format!("{}: {help}", said.message),
        None => said.message.clone(),
    };
    let mut result = json!({
        "ruleId": said.code.as_str(),
        // Our severities have the same names as SARIF's levels.
        "level": said.severity,
        "message": { "text": text },
    });
    if let Some(place) = &said.place {
        let uri: String = url::form_urlencoded::byte_serialize(place.file.as_bytes())
            .collect::<String>()
            .replace("%2F", "/")
            .replace('+', "%20");
        let mut physical = json!({ "artifactLocation": { "uri": uri } });
        if let Some(line) = place.line {
            let mut region = json!({ "startLine": line });
            if let Some(column) = place.column {
                region["startColumn"] = column.into();
            }
            physical["region"] = region;
        }
        result["locations"] = json!([{ "physicalLocation": physical }]);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Place;

    #[test]
    fn each_finding_has_its_rule_its_level_and_its_place() {
        let mut found = Diagnostics::new();
        found.push(
            Diagnostic::warning("dead-link", "it leads nowhere")
                .at(Place::line("content/a b.md", 3, "  [x](y)"))
                .help("correct it"),
        );
        let log = sarif(&found);
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "dead-link");
        let result = &run["results"][0];
        assert_eq!(result["level"], "warning");
        assert_eq!(result["message"]["text"], "it leads nowhere: correct it");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "content/a%20b.md");
        assert_eq!(place["region"], json!({ "startLine": 3, "startColumn": 3 }));
    }
}
