/** Release notes: what `scripts/release-notes` takes from CHANGELOG.md. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { project } from "./play.mjs";

export function notes() {
  const ask = (version) => spawnSync(join(project, "scripts/release-notes"), [version], { encoding: "utf8" });
  const found = ask("Unreleased");
  assert.equal(found.status, 0, found.stderr);
  assert.match(found.stdout, /^\s*### Added\n/);
  // Neither the heading itself nor what comes after the section.
  assert.doesNotMatch(found.stdout, /^## /m);
  const missing = ask("999.0.0");
  assert.equal(missing.status, 1);
  assert.match(missing.stderr, /CHANGELOG\.md has no section for 999\.0\.0/);
}
