/**
 * The HTML validator over whole sites: those that are named, else the sample site
 * and one with authors and venues. Needs Java.
 */

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const project = resolve(here, "../..");
const offprint = resolve(process.env.OFFPRINT_BIN ?? join(project, "target/debug/offprint"));

const folder = mkdtempSync(join(tmpdir(), "offprint-validate-"));
try {
  const sites = process.argv.slice(2);
  if (sites.length === 0) {
    for (const [name, site] of [["sample", project], ["orchard", join(project, "tests/fixtures/orchard")]]) {
      const output = join(folder, name);
      const copy = join(folder, `${name}-site`);
      cpSync(site, copy, { recursive: true, filter: (path) => !/\/(?:target|node_modules|public|\.git|\.offprint)(?:\/|$)/.test(path.slice(site.length)) });
      const built = spawnSync(offprint, ["build", "--no-import", "--site", copy, "--output", output, "--base-url", "https://example.org/repo/"], { encoding: "utf8" });
      if (built.status !== 0) throw new Error(built.stdout + built.stderr);
      sites.push(output);
    }
  }
  const jar = join(here, "node_modules/vnu-jar/build/dist/vnu.jar");
  const done = spawnSync("java", ["-Xss4m", "-jar", jar, "--skip-non-html", "--errors-only", "--format", "text", ...sites], { encoding: "utf8", maxBuffer: 1 << 26 });
  if (done.error) throw done.error;
  if (done.status !== 0) {
    console.error(done.stderr.split("\n").slice(0, 40).join("\n"));
    process.exitCode = 1;
  } else {
    console.log(`no error in ${sites.length} sites`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
