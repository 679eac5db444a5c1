/** Publishing on each service: the jobs run on clones of a new site that was pushed. */

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Runner, clone, commits, damagedRelease, files, folder, git, pushDigest, pushedSite, run, version, yaml } from "./play.mjs";

const NO_RELEASE = join(folder, "no-release");

export function github() {
  const { site, remote } = pushedSite("github-site");
  const workflow = yaml(join(site, ".github/workflows/publish.yml"));
  const action = yaml(join(site, ".github/actions/offprint/action.yml"));
  assert.equal(action.inputs.version.default, version);
  let ran = 0;
  const publish = (name, options = {}) => {
    const at = clone(remote, `github-${name}`);
    const runner = new Runner(`github-${name}`, {
      known: { "runner.arch": "X64", "steps.pages.outputs.base_url": "https://reader.example.org/papers-site" },
      ...options,
    });
    runner.job(workflow.jobs.build.steps, at);
    assert.ok(existsSync(join(runner.at, "home/.local/bin/offprint")), "the program was installed");
    ran += runner.steps;
    return { at, runner };
  };

  let { at, runner } = publish("first");
  assert.equal(commits(remote), 2, "what was imported is committed");
  assert.ok(files(remote).includes("content/papers/2025/a-paper-about-gates.md"));
  assert.match(git(remote, "log", "-1", "--format=%an", "main"), /github-actions/);
  assert.ok(existsSync(join(at, "public/papers/a-paper-about-doors/index.html")));
  assert.match(readFileSync(join(at, "public/feed.xml"), "utf8"), /https:\/\/reader\.example\.org\/papers-site\//);
  const kept = workflow.jobs.build.steps.find((step) => step.name === "Restore caches").with.path;
  assert.ok(kept.split("\n").includes(".offprint/cache"), "the cache is kept between runs");
  assert.ok(existsSync(join(runner.at, "artifacts/github-pages/.well-known/security.txt")), "hidden files are handed over");

  ({ at } = publish("again", { release: NO_RELEASE }));
  assert.equal(commits(remote), 2, "nothing new, no commit");
  assert.ok(existsSync(join(at, "public/index.html")));

  // A download with another checksum is neither used nor built around.
  assert.throws(() => publish("damaged", { release: damagedRelease("damaged-github") }), /Install[^]*FAILED/);

  // A branch that takes no push keeps no site back.
  pushDigest(site, 15, "Walls", "Roofs");
  writeFileSync(join(remote, "hooks/pre-receive"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  ({ at } = publish("protected"));
  assert.equal(commits(remote), 3, "nothing was pushed");
  assert.ok(existsSync(join(at, "public/papers/a-paper-about-walls/index.html")));

  // The schedule is renewed by the schedule alone, and with no commit.
  const alive = workflow.jobs["keep-alive"];
  assert.equal(alive.if, "github.event_name == 'schedule'");
  runner = new Runner("alive");
  runner.job(alive.steps, at);
  assert.match(runner.asked(), /^api --method PUT repos\/reader\/papers-site\/actions\/workflows\/publish\.yml\/enable\n/);

  // A pull request is built and checked on what it would be, and kept with its hidden files.
  const check = yaml(join(site, ".github/workflows/check.yml"));
  at = clone(remote, "github-check");
  runner = new Runner("github-check", { hits: true, known: { "runner.arch": "X64" } });
  runner.job(check.jobs.check.steps, at);
  assert.equal(JSON.parse(readFileSync(join(runner.at, "temp/offprint.sarif"), "utf8")).version, "2.1.0");
  assert.ok(existsSync(join(runner.at, "artifacts/preview/papers/a-paper-about-walls/index.html")));
  assert.ok(existsSync(join(runner.at, "artifacts/preview/.well-known/security.txt")));
  assert.equal(commits(remote), 3, "a check pushes nothing");
  return ran + runner.steps + 1;
}

export function gitlab() {
  const { site, remote } = pushedSite("gitlab-site", "--ci", "gitlab");
  const jobs = yaml(join(site, ".gitlab-ci.yml"));
  assert.equal(jobs.variables.OFFPRINT_VERSION, version);
  let ran = 0;
  const start = (name, job, env = {}, options = {}) => {
    const at = clone(remote, `gitlab-${name}`);
    options.before?.(at);
    git(at, "checkout", "--quiet", "--detach", "HEAD");
    const runner = new Runner(`gitlab-${name}`, options);
    const predefined = { CI_PROJECT_DIR: at, CI_COMMIT_BRANCH: "main", CI_PAGES_URL: "https://reader.example.org/papers-site", CI_REPOSITORY_URL: remote, CI_SERVER_HOST: "gitlab.example.org", ...env };
    const variables = Object.fromEntries(Object.entries(jobs.variables).map(([key, value]) => [key, value.replace(/\$(CI_\w+)/g, (_, known) => predefined[known])]));
    // One shell takes all lines of a job.
    const script = [...jobs.default.before_script, ...jobs[job].script].join("\n");
    const done = runner.shell(script, at, { ...predefined, ...variables });
    if (options.fails) {
      assert.notEqual(done.status, 0);
      return at;
    }
    assert.equal(done.status, 0, `${job}\n${done.stdout}${done.stderr}`);
    ran += jobs.default.before_script.length + jobs[job].script.length;
    for (const path of jobs[job].artifacts.paths) assert.ok(existsSync(join(at, path, "index.html")), "the folder of the artifact");
    return at;
  };

  let at = start("first", "pages");
  assert.equal(commits(remote), 2, "what was imported is committed");
  assert.match(git(remote, "log", "-1", "--format=%an", "main"), /GitLab CI/);
  assert.match(readFileSync(join(at, "public/feed.xml"), "utf8"), /https:\/\/reader\.example\.org\/papers-site\//);
  assert.ok(existsSync(join(at, "public/.well-known/security.txt")));
  assert.ok(existsSync(join(at, ".offprint/program/bin/offprint")), "the program is where the cache looks");

  at = start("again", "pages", { BASE_URL: "https://papers.example.org" }, { release: NO_RELEASE });
  assert.equal(commits(remote), 2, "nothing new, no commit");
  assert.match(readFileSync(join(at, "public/feed.xml"), "utf8"), /https:\/\/papers\.example\.org\//);

  pushDigest(site, 15, "Walls", "Roofs");
  at = start("check", "check");
  assert.ok(existsSync(join(at, "public/papers/a-paper-about-walls/index.html")));
  assert.equal(commits(remote), 3, "a check pushes nothing");
  const broken = (site) => {
    writeFileSync(join(site, "offprint.toml"), "[site\n");
    mkdirSync(join(site, "public"));
    writeFileSync(join(site, "public/index.html"), "an earlier site");
  };
  at = start("broken", "check", {}, { before: broken, fails: true });
  assert.ok(!existsSync(join(at, "public")), "a build that fails leaves no preview");

  writeFileSync(join(remote, "hooks/pre-receive"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  at = start("protected", "pages");
  assert.equal(commits(remote), 3, "nothing was pushed, and the site is there");

  const kept = jobs.default.cache.flatMap((one) => one.paths);
  assert.ok(kept.includes(".offprint/cache"), "the cache is kept between runs");
  return ran;
}

export function forgejo() {
  const { site, remote } = pushedSite("forgejo-site", "--ci", "forgejo");
  const workflow = yaml(join(site, ".forgejo/workflows/publish.yml"));
  assert.equal(workflow.env.OFFPRINT_VERSION, version);
  let ran = 0;
  const publish = (name, env = {}, options = {}) => {
    const at = clone(remote, `forgejo-${name}`);
    const runner = new Runner(`forgejo-${name}`, {
      env: { GITHUB_SERVER_URL: "https://codeberg.org", GITHUB_REPOSITORY: "Reader/papers-site", ...env },
      ...options,
    });
    runner.job(workflow.jobs.publish.steps, at, workflow.env);
    ran += runner.steps;
    return at;
  };
  const published = (path) => git(remote, "show", `pages:${path}`);

  publish("first");
  assert.equal(commits(remote), 2, "what was imported is committed");
  assert.equal(commits(remote, "pages"), 1);
  assert.match(published("feed.xml"), /https:\/\/reader\.codeberg\.page\/papers-site\//);
  assert.match(published(".well-known/security.txt"), /mailto/);
  assert.ok(files(remote, "pages").every((path) => !/^(content|offprint\.toml|public)/.test(path)), "the built tree and nothing else");

  publish("again", {}, { release: NO_RELEASE });
  assert.equal(commits(remote), 2, "nothing new, no commit");
  assert.equal(commits(remote, "pages"), 1, "the same site is not published twice");

  // What is there stays below what comes: nothing is forced.
  const before = git(remote, "rev-parse", "pages").trim();
  pushDigest(site, 15, "Walls", "Roofs");
  publish("more");
  assert.equal(git(remote, "rev-parse", "pages^").trim(), before);
  assert.match(published("papers/a-paper-about-walls/index.html"), /Walls/);

  // The repository "pages" has the address of its owner; an address in the settings stays.
  publish("root", { GITHUB_REPOSITORY: "Reader/pages" });
  assert.match(published("feed.xml"), /https:\/\/reader\.codeberg\.page\/(?!pages)/);
  const settings = readFileSync(join(site, "offprint.toml"), "utf8");
  assert.match(settings, /^base_url = ""$/m);
  writeFileSync(join(site, "offprint.toml"), settings.replace('base_url = ""', 'base_url = "https://papers.example.org/"'));
  pushDigest(site, 16, "Floors", "Stairs");
  publish("domain");
  assert.match(published("feed.xml"), /https:\/\/papers\.example\.org\//);
  assert.doesNotMatch(published("feed.xml"), /codeberg\.page/);

  const check = yaml(join(site, ".forgejo/workflows/check.yml"));
  const at = clone(remote, "forgejo-check");
  const runner = new Runner("forgejo-check");
  const count = commits(remote);
  runner.job(check.jobs.check.steps, at, check.env);
  assert.match(run("tar", ["--list", "--file", join(runner.at, "artifacts/preview/preview.tar.gz")]), /public\/\.well-known\/security\.txt/);
  assert.equal(commits(remote), count, "a check pushes nothing");
  return ran + runner.steps;
}
