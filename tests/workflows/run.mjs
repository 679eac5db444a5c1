/**
 * What runs on the machines of others, as far as it can be tried without them: the workflows
 * of this repository and those that `offprint new` writes for each service, the action,
 * `install.sh` and the Dockerfile. Linters read them, and their shell steps run in order on
 * clones of new sites; `play.mjs` plays the runner.
 */

import { rmSync } from "node:fs";
import { action, docker, install } from "./install.mjs";
import { lint } from "./lint.mjs";
import { notes } from "./notes.mjs";
import { folder } from "./play.mjs";
import { forgejo, github, gitlab } from "./publish.mjs";
import { submit } from "./submit.mjs";

try {
  const linted = await lint();
  docker();
  notes();
  const steps = [github, gitlab, forgejo, submit, action].reduce((sum, play) => sum + play(), 0);
  console.log(`${linted} files linted, ${steps} shell steps run, install.sh run ${install()} times`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
