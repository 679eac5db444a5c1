/**
 * Without Rust: `install.sh` against a `curl` that finds a release in a folder, the action of
 * this repository on a runner, and what the Dockerfile copies.
 */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { Runner, damagedRelease, folder, git, machine, makeRelease, project, pushedSite, version, yaml } from "./play.mjs";

const SYSTEMS = [
  ["Linux", "x86_64", "x86_64-unknown-linux-gnu"],
  ["Linux", "aarch64", "aarch64-unknown-linux-gnu"],
  ["Darwin", "x86_64", "x86_64-apple-darwin"],
  ["Darwin", "arm64", "aarch64-apple-darwin"],
  ["MINGW64_NT-10.0-26100", "x86_64", "x86_64-pc-windows-msvc"],
];

export function install() {
  // The names that release.yml packs are those that are looked for.
  const packed = yaml(join(project, ".github/workflows/release.yml")).jobs.build.strategy.matrix.include.map((one) => one.target);
  assert.deepEqual(SYSTEMS.map(([, , target]) => target).sort(), packed.sort());
  let ran = 0;
  const start = (name, args, { system = "Linux", processor = machine, release, env = {}, tools = {} } = {}) => {
    const runner = new Runner(`install-${name}`, { release: release ?? makeRelease() });
    runner.tool("uname", `case "\${1:-}" in -s) echo ${system} ;; -m) echo ${processor} ;; esac\n`);
    runner.tool("ldd", "echo 'ldd (GNU libc) 2.41'\n");
    for (const [tool, script] of Object.entries(tools)) runner.tool(tool, script);
    ran += 1;
    const done = spawnSync("sh", [join(project, "install.sh"), ...args], {
      encoding: "utf8",
      env: { HOME: runner.env.HOME, TMPDIR: runner.env.RUNNER_TEMP, PATH: `${join(runner.at, "bin")}:${process.env.PATH}`, OFFPRINT_NEWEST: `https://github.com/offprint-press/offprint/releases/tag/v${version}`, ...env },
    });
    assert.deepEqual(readdirSync(runner.env.RUNNER_TEMP), [], "nothing is left behind");
    return { ...done, home: runner.env.HOME };
  };
  const works = (done, at) => {
    assert.equal(done.status, 0, done.stderr);
    assert.match(done.stdout, new RegExp(`^installed offprint ${version.replaceAll(".", "\\.")} as ${at}/offprint$`, "m"));
    assert.equal(statSync(join(at, "offprint")).mode & 0o777, 0o755);
    assert.deepEqual(readdirSync(at), ["offprint"]);
  };
  const fails = (done, said) => {
    assert.equal(done.status, 1, done.stdout);
    assert.match(done.stderr, said);
    assert.ok(!existsSync(join(done.home, ".local/bin/offprint")), "nothing is installed");
  };

  let done = start("newest", []);
  works(done, join(done.home, ".local/bin"));
  assert.match(done.stdout, /is not in your PATH[^]*export PATH="[^"]*\/\.local\/bin:\$PATH"\nnext:\n {4}offprint new my-papers\n$/);
  const to = join(folder, "a folder", "bin");
  done = start("named", ["--version", `v${version}`, "--to", to], { env: { PATH: `${join(folder, "runner-install-named/bin")}:${to}:${process.env.PATH}` } });
  works(done, to);
  assert.doesNotMatch(done.stdout, /PATH/);
  done = start("which", ["--newest"]);
  assert.equal(done.stdout, `${version}\n`);
  // A Mac has shasum.
  done = start("mac", [], { system: "Darwin", processor: "arm64", release: makeRelease("aarch64-apple-darwin") });
  works(done, join(done.home, ".local/bin"));
  // Of Windows only the archive is looked for here; it has the other suffix.
  fails(start("windows", [], { system: "MINGW64_NT-10.0", processor: "x86_64", release: folder }), new RegExp(`offprint-${version}-x86_64-pc-windows-msvc\\.zip\\.sha256 could not be downloaded`));

  fails(start("damaged", [], { release: damagedRelease("damaged") }), /does not have the checksum that the release names; nothing was installed/);
  fails(start("empty", [], { release: damagedRelease("empty", "") }), /the checksum of .* is empty/);

  fails(start("plan9", [], { system: "Plan9", processor: "x86_64" }), /there is no release for Plan9 on x86_64\n {2}build it, which needs Rust: cargo install/);
  fails(start("riscv", [], { processor: "riscv64" }), /there is no release for Linux on riscv64/);
  fails(start("musl", [], { tools: { ldd: "echo 'musl libc (x86_64)' >&2; exit 1\n" } }), /there is no release for Linux with musl/);
  fails(start("absent", ["--version", "99.0.0"]), /offprint-99\.0\.0-.* could not be downloaded/);
  fails(start("unreleased", [], { env: { OFFPRINT_NEWEST: "https://github.com/offprint-press/offprint/releases" } }), /has no release yet/);
  fails(start("odd", ["--version", "1/../../x"]), /1\/\.\.\/\.\.\/x is no version/);
  fails(start("valueless", ["--to"]), /--to needs a value/);
  fails(start("option", ["--force"]), /there is no option --force/);
  const useless = makeRelease(`${machine}-unknown-linux-gnu`, "useless", "exit 1");
  fails(start("useless", [], { release: useless }), /the program does not run on this system; nothing was installed/);

  // A script that was cut off on its way does nothing.
  const script = readFileSync(join(project, "install.sh"), "utf8");
  const half = spawnSync("sh", ["-s"], { input: script.slice(0, script.lastIndexOf("main ")), encoding: "utf8" });
  assert.equal(half.stdout, "");
  return ran;
}

/** The action of this repository, on a runner that has no Rust. */
export function action() {
  const { remote } = pushedSite("action-site", "--ci", "none");
  const { runs, inputs } = yaml(join(project, "action.yml"));
  let ran = 0;
  const use = (name, given, tag, newest = "") => {
    const at = join(folder, `action-${name}`);
    git(folder, "clone", "--quiet", remote, at);
    const known = Object.fromEntries(Object.entries(inputs).map(([key, input]) => [`inputs.${key}`, given[key] ?? input.default]));
    const runner = new Runner(`action-${name}`, {
      known: { ...known, "github.action_ref": tag },
      env: { GITHUB_ACTION_PATH: project, OFFPRINT_NEWEST: newest },
    });
    runner.tool("cargo", "exit 1\n");
    runner.job(runs.steps, at);
    ran += runner.steps;
    assert.equal(runner.known["steps.release.outputs.version"], version);
    assert.equal(readFileSync(runner.path, "utf8"), `${join(runner.at, "home/.offprint-program")}\n`);
    return { at, runner };
  };
  // The tag that the action is used at, the newest, and the one that is named.
  let { at } = use("tag", { args: "build --base-url https://papers.example.org/" }, `v${version}`);
  assert.match(readFileSync(join(at, "public/feed.xml"), "utf8"), /https:\/\/papers\.example\.org\//);
  ({ at } = use("newest", {}, "main", `https://github.com/offprint-press/offprint/releases/tag/v${version}`));
  assert.ok(existsSync(join(at, "public/index.html")));
  let runner;
  ({ at, runner } = use("only", { version: `v${version}`, args: "" }, "main"));
  assert.ok(!existsSync(join(at, "public")));
  // The next step has it.
  assert.equal(runner.shell("offprint --version", at).stdout, `offprint ${version}\n`);
  // What is given as arguments is not run.
  ({ at } = use("words", { args: "build --output out$(touch${IFS}pwned)" }, `v${version}`));
  assert.ok(!existsSync(join(at, "pwned")) && !existsSync(join(at, "public")));
  return ran;
}

/** What the Dockerfile copies is there, and is all that the program is compiled from. */
export function docker() {
  const text = readFileSync(join(project, "Dockerfile"), "utf8").replaceAll("\\\n", " ");
  const copied = [...text.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, words]) => words.trim().split(/\s+/).slice(0, -1));
  assert.ok(copied.length > 5);
  const ignored = readFileSync(join(project, ".dockerignore"), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
  assert.equal(ignored[0], "*");
  for (const path of copied) {
    assert.ok(existsSync(join(project, path)), `${path} is not there`);
    assert.ok(ignored.includes(`!${path}`), `.dockerignore keeps ${path} from the Dockerfile`);
  }
  assert.equal(ignored.length, copied.length + 1, ".dockerignore lets in what is not copied");
  assert.match(text, /^USER 1000:1000$/m);

  const within = (path) => copied.some((one) => path === one || path.startsWith(`${one}/`));
  const manifest = readFileSync(join(project, "Cargo.toml"), "utf8");
  const named = [...manifest.matchAll(/^path = "(.+)"$/gm)].map(([, path]) => path);
  const sources = readdirSync(join(project, "src"), { recursive: true }).filter((path) => path.endsWith(".rs")).map((path) => join("src", path));
  const included = sources.flatMap((path) => [...readFileSync(join(project, path), "utf8").matchAll(/include_(?:str|bytes)!\(\s*"([^"]+)"/g)].map(([, file]) => join(dirname(path), file)));
  assert.ok(included.some((path) => path.startsWith("content/")));
  for (const path of [...named, ...included, "build.rs", "Cargo.lock"]) assert.ok(within(path), `the Dockerfile does not copy ${path}`);
  const profile = /--profile (\w+)/.exec(text)[1];
  assert.ok(manifest.includes(`[profile.${profile}]`) && text.includes(`/target/${profile}/offprint`));
}
