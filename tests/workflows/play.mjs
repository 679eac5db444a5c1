/**
 * A runner to play with: it takes the shell steps of a job in order, as the service would
 * start them, and puts stand-ins in the place of what the service and the network would
 * bring: variables, expressions, artifacts, a `curl` that finds a made-up release in a folder,
 * a `cargo` that installs the binary under test, a `gh` that writes down what it was asked.
 */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

export const project = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const offprint = resolve(process.env.OFFPRINT_BIN ?? join(project, "target/debug/offprint"));
export const folder = mkdtempSync(join(tmpdir(), "offprint-workflows-"));
export const version = /version = "(.+)"/.exec(readFileSync(join(project, "Cargo.toml"), "utf8"))[1];

export const machine = run("uname", ["-m"]).trim();

export function run(command, args, options = {}) {
  const done = spawnSync(command, args, { encoding: "utf8", ...options });
  assert.equal(done.status, 0, `${command} ${args.join(" ")}\n${done.stdout}${done.stderr}${done.error ?? ""}`);
  return done.stdout;
}

export function git(cwd, ...args) {
  return run("git", args, { cwd });
}

export function yaml(file) {
  return parse(readFileSync(file, "utf8"));
}

const digest = (day, ...titles) => `Mar ${day}\n${titles.map((title) => `\nA Paper About ${title}\n\nWe show how ${title.toLowerCase()} are made.\n`).join("")}`;

/** A new site with two papers, and the bare repository that it was pushed to. */
export function pushedSite(name, ...args) {
  const site = join(folder, name);
  const remote = `${site}.git`;
  run(offprint, ["new", site, "--empty", ...args]);
  run("git", ["init", "--quiet", "--bare", "--initial-branch", "main", remote]);
  git(remote, "config", "receive.advertisePushOptions", "true");
  git(site, "init", "--quiet", "--initial-branch", "main");
  git(site, "remote", "add", "origin", remote);
  mkdirSync(join(site, "static/.well-known"), { recursive: true });
  writeFileSync(join(site, "static/.well-known/security.txt"), "Contact: mailto:a@example.org\n");
  pushDigest(site, 14, "Gates", "Doors");
  return { site, remote };
}

/** Pushes a digest of two more papers. */
export function pushDigest(site, day, ...titles) {
  writeFileSync(join(site, `content/digests/2025-03-${day}.txt`), digest(day, ...titles));
  git(site, "add", ".");
  git(site, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "A digest");
  if (git(site, "ls-remote", "origin")) git(site, "-c", "user.name=A", "-c", "user.email=a@example.org", "pull", "--quiet", "--rebase", "origin", "main");
  git(site, "push", "--quiet", "origin", "HEAD:main");
}

export function commits(remote, branch = "main") {
  return Number(git(remote, "rev-list", "--count", branch));
}

export function files(remote, branch = "main") {
  return git(remote, "-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", branch).trim().split("\n");
}

/** The archive that `release.yml` would have packed, with its checksum; made once. */
export function makeRelease(target = `${machine}-unknown-linux-gnu`, at = "release", program = `exec "${offprint}" "$@"`) {
  const release = join(folder, at);
  const name = `offprint-${version}-${target}`;
  if (existsSync(join(release, `${name}.tar.gz.sha256`))) return release;
  mkdirSync(join(release, name), { recursive: true });
  // The real program is large; a script that calls it passes for it.
  writeFileSync(join(release, name, "offprint"), `#!/bin/sh\n${program}\n`, { mode: 0o755 });
  writeFileSync(join(release, name, "README.md"), "Offprint\n");
  run("tar", ["--create", "--gzip", "--file", `${name}.tar.gz`, name], { cwd: release });
  writeFileSync(join(release, `${name}.tar.gz.sha256`), run("sha256sum", [`${name}.tar.gz`], { cwd: release }));
  return release;
}

/** The same release with a checksum that is not that of the archive. */
export function damagedRelease(name, sum = `${"0".repeat(64)}  `) {
  const damaged = join(folder, name);
  const archive = `offprint-${version}-${machine}-unknown-linux-gnu.tar.gz`;
  cpSync(makeRelease(), damaged, { recursive: true });
  writeFileSync(join(damaged, `${archive}.sha256`), sum && `${sum}${archive}\n`);
  return damaged;
}

/** What the tools in a runner's `bin` do. */
export const TOOLS = {
  /** Finds the files of a release in a folder, by the last part of the address. */
  curl: (release) => `
output="" urls=()
while [ $# -gt 0 ]; do
  case "$1" in
    --output) output="$2"; shift ;;
    --write-out) shift; echo "$OFFPRINT_NEWEST" ;;
    https://*) urls+=("$1") ;;
  esac
  shift
done
for url in "\${urls[@]}"; do
  case "$url" in */releases/latest) continue ;; esac
  if [ ! -e "${release}/\${url##*/}" ]; then echo "curl: (22) The requested URL returned error: 404 $url" >&2; exit 22; fi
  cp "${release}/\${url##*/}" "\${output:-.}"
done
`,
  cargo: () => `while [ $# -gt 0 ]; do [ "$1" = --root ] && root="$2"; shift; done\nmkdir -p "$root/bin"; cp "${offprint}" "$root/bin/offprint"\n`,
  /** Writes down what it was asked, with the text of a comment; opens no pull request if told so. */
  gh: (log) => `
command="$1 $2"
{ printf '%s\\n' "$*"; while [ $# -gt 0 ]; do case "$1" in --body-file) cat "$2" ;; esac; shift; done; echo ----; } >> "${log}"
if [ "$command" = "pr create" ]; then exit "\${GH_REFUSES:-0}"; fi
`,
};

/** A runner: a folder of its own with tools, a home, and what steps leave for each other. */
export class Runner {
  constructor(name, { release = makeRelease(), known = {}, env = {}, hits = false } = {}) {
    this.at = join(folder, `runner-${name}`);
    this.known = { "runner.temp": join(this.at, "temp"), "github.token": "token", ...known };
    this.release = release;
    this.steps = 0;
    for (const made of ["bin", "home", "temp", "artifacts"]) mkdirSync(join(this.at, made), { recursive: true });
    this.path = join(this.at, "path");
    this.output = join(this.at, "output");
    writeFileSync(this.path, "");
    this.log = join(this.at, "gh.log");
    writeFileSync(this.log, "");
    this.tool("curl", TOOLS.curl(release));
    this.tool("cargo", TOOLS.cargo());
    this.tool("gh", TOOLS.gh(this.log));
    this.hits = hits;
    if (hits) this.install(".local/bin");
    this.env = {
      HOME: join(this.at, "home"),
      RUNNER_TEMP: this.known["runner.temp"],
      GITHUB_PATH: this.path,
      GITHUB_OUTPUT: this.output,
      GITHUB_REF_NAME: "main",
      GITHUB_REPOSITORY: "reader/papers-site",
      GITHUB_SERVER_URL: "https://github.com",
      GIT_CONFIG_NOSYSTEM: "1",
      ...env,
    };
  }

  tool(name, script) {
    writeFileSync(join(this.at, "bin", name), `#!/bin/bash\nset -eu\n${script}`, { mode: 0o755 });
  }

  /** Puts the program where a cache would have put it. */
  install(to) {
    const at = join(this.at, "home", to);
    mkdirSync(at, { recursive: true });
    copyFileSync(join(this.release, `offprint-${version}-${machine}-unknown-linux-gnu`, "offprint"), join(at, "offprint"));
    chmodSync(join(at, "offprint"), 0o755);
  }

  asked() {
    return readFileSync(this.log, "utf8");
  }

  /** A script as the service would start it. */
  shell(script, cwd, env = {}) {
    const added = readFileSync(this.path, "utf8").split("\n").filter(Boolean).reverse();
    const path = [...added, join(this.at, "bin"), process.env.PATH].join(":");
    this.steps += 1;
    return spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
      cwd,
      encoding: "utf8",
      env: { ...this.env, ...env, PATH: path },
    });
  }

  /** The steps of a job or a composite action in order. */
  job(steps, cwd, constants = {}) {
    for (const step of steps) {
      if (step.if !== undefined && !this.holds(step.if, cwd)) continue;
      const uses = step.uses ?? "";
      if (uses.startsWith("./")) {
        const action = yaml(join(cwd, uses, "action.yml"));
        for (const [name, input] of Object.entries(action.inputs ?? {})) this.known[`inputs.${name}`] = input.default;
        this.job(action.runs.steps, cwd, constants);
      } else if (uses) {
        this.action(uses.split("/").at(-1).split("@")[0], step, cwd);
      } else {
        const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([key, value]) => [key, this.filled(value)]));
        assert.ok(!/\$\{\{/.test(step.run), `${step.name}: an expression within a script`);
        writeFileSync(this.output, "");
        const done = this.shell(step.run, cwd, { ...constants, ...own });
        assert.equal(done.status, 0, `${step.name}\n${done.stdout}${done.stderr}`);
        for (const line of readFileSync(this.output, "utf8").split("\n").filter(Boolean)) {
          const [key, value] = line.split(/=(.*)/s);
          this.known[`steps.${step.id}.outputs.${key}`] = value;
        }
      }
      if (step.id) this.known[`steps.${step.id}.outcome`] = "success";
    }
  }

  /** What the actions of others do, as far as the steps after them need it. */
  action(name, step, cwd) {
    if (name === "cache") this.known[`steps.${step.id}.outputs.cache-hit`] = this.hits ? "true" : "";
    if (name === "upload-artifact" || name === "upload-pages-artifact") {
      const from = resolve(cwd, this.filled(step.with.path));
      const to = join(this.at, "artifacts", step.with.name ?? "github-pages");
      const hidden = step.with["include-hidden-files"] === true;
      if (statSync(from).isFile()) return void cpSync(from, join(to, from.split("/").at(-1)));
      cpSync(from, to, { recursive: true, filter: (path) => hidden || !path.slice(from.length).includes("/.") });
    }
    if (name === "download-artifact") cpSync(join(this.at, "artifacts", step.with.name), this.filled(step.with.path), { recursive: true });
  }

  /** What the service would put in place of an expression. */
  filled(value) {
    return String(value).replace(/\$\{\{\s*([^}]+?)\s*\}\}/g, (_, expression) => this.value(expression));
  }

  value(expression) {
    assert.ok(expression in this.known, `the test does not know ${expression}`);
    return this.known[expression];
  }

  holds(condition, cwd) {
    return condition.replace(/^\$\{\{\s*|\s*\}\}$/g, "").split(" && ").every((one) => {
      if (one === "!cancelled()") return true;
      const [, left, operator, right] = /^(.+) (==|!=) '(.*)'$/.exec(one);
      const file = /^hashFiles\('(.+)'\)$/.exec(left)?.[1];
      const value = file ? (existsSync(join(cwd, file)) ? "hash" : "") : this.value(left);
      return (value === right) === (operator === "==");
    });
  }
}

/** A clone for a run, as the checkout of the service makes it. */
export function clone(remote, name) {
  const at = join(folder, name);
  run("git", ["clone", "--quiet", remote, at]);
  return at;
}
