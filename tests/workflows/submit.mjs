/**
 * Papers that somebody sends by an issue: what is well meant becomes a pull request, and what
 * is not is text like any other, in the file, in the comment and in the log.
 */

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Runner, clone, commits, files, folder, git, pushedSite, yaml } from "./play.mjs";

/** The body that GitHub makes of the form. */
const form = (text) => `### Papers\n\n\`\`\`text\n${text}\n\`\`\`\n`;
const papers = "A Paper About Wells\n\nWe show how wells are dug.\n\nA Paper About Roads\n\nWe show how roads are laid.";

const HOSTILE = [
  "$(touch pwned) `touch pwned` ${HOME}; touch pwned #",
  "```\n@everyone [click](https://evil.example.org) <img src=x onerror=alert(1)>\n````text\n`````",
  "::set-output name=read::true\n::add-mask::a\n##[add-path]/tmp",
  "../../.github/workflows/evil.yml\n\n../../../etc/passwd\n\ncontent/digests/../../offprint.toml",
  "' ; touch pwned ; '\n\n\" ; touch pwned ; \"\n\n\\$(touch pwned)",
  "-- \n--help\n\n+++\ntitle = \"x\"\n+++",
  "\u202Eelbisrever\u202C \u0007\u001B[31mred\u001B[0m \uFFFE",
];

export function submit() {
  const { site, remote } = pushedSite("sent-site");
  const workflow = yaml(join(site, ".github/workflows/submit.yml"));
  assert.deepEqual(workflow.on, { issues: { types: ["labeled"] } });
  assert.equal(workflow.jobs.read.if, "github.event.label.name == 'papers'");
  const listed = files(remote);
  const first = git(remote, "rev-parse", "main").trim();
  let ran = 0;
  let sent = 0;

  const send = (number, body, env = {}) => {
    const event = join(folder, `event-${number}.json`);
    writeFileSync(event, JSON.stringify({ action: "labeled", label: { name: "papers" }, issue: { number, title: "$(touch pwned)", body } }));
    const known = {
      "runner.arch": "X64",
      "github.server_url": "https://github.com",
      "github.repository": "reader/papers-site",
      "github.run_id": "7",
      "github.event.issue.number": String(number),
      "github.event.issue.created_at": "2026-11-30T23:59:59Z",
      "github.event.repository.default_branch": "main",
    };
    sent += 1;
    const runner = new Runner(`sent-${sent}`, { hits: true, known, env: { GITHUB_EVENT_PATH: event, ...env } });
    const reads = clone(remote, `sent-${sent}-read`);
    runner.job(workflow.jobs.read.steps, reads);
    runner.known["needs.read.outputs.read"] = runner.filled(workflow.jobs.read.outputs.read);
    const proposes = clone(remote, `sent-${sent}-propose`);
    runner.job(workflow.jobs.propose.steps, proposes);
    ran += runner.steps;
    for (const at of [reads, proposes, runner.at]) assert.ok(!existsSync(join(at, "pwned")), "what was sent was run");
    const has = git(remote, "branch", "--list", `papers/issue-${number}`) !== "";
    if (has) {
      const added = files(remote, `papers/issue-${number}`).filter((path) => !listed.includes(path));
      for (const path of added) assert.match(path, /^content\/(digests\/2026-11-30-issue-\d+\.(txt|md)|papers\/\w+\/[\w-]+\.md|urls\.tsv)$/, "only pages of papers");
      for (const path of listed) assert.equal(git(remote, "rev-parse", `papers/issue-${number}:${path}`), git(remote, "rev-parse", `main:${path}`), path);
    }
    return { runner, asked: runner.asked(), has };
  };

  // What the form sends, with the line ends of a browser.
  let { runner, asked, has } = send(1, form(papers).replaceAll("\n", "\r\n"));
  assert.ok(has, asked);
  assert.equal(git(remote, "show", "papers/issue-1:content/digests/2026-11-30-issue-1.txt"), `${papers}\n`, "the text without the form");
  assert.ok(files(remote, "papers/issue-1").some((path) => path.endsWith("/a-paper-about-wells.md")));
  assert.match(asked, /^pr create --base main --head papers\/issue-1 --title Papers of issue 1 --body Closes #1\.\n/);
  assert.match(asked, /^pr comment papers\/issue-1 /m);
  assert.doesNotMatch(asked, /warning/);
  assert.match(asked, /^ {4}content\/digests\/2026-11-30-issue-1\.txt \([\w-]+\): 2 read, 2 new$/m);
  assert.ok(existsSync(join(runner.at, "artifacts/preview/papers/a-paper-about-roads/index.html")), "the preview");
  assert.equal(commits(remote), 1, "main is as it was");

  // The same once more: what somebody may have worked on is left alone.
  const before = git(remote, "rev-parse", "papers/issue-1");
  writeFileSync(runner.log, "");
  runner.job(workflow.jobs.propose.steps, clone(remote, "sent-again"));
  assert.equal(git(remote, "rev-parse", "papers/issue-1"), before);
  assert.match(runner.asked(), /^issue comment 1 --body The branch `papers\/issue-1` already exists/);

  // Where Actions may open no pull requests, a link does.
  ({ asked, has } = send(2, form(papers), { GH_REFUSES: "1" }));
  assert.ok(has);
  assert.match(asked, /^\[Open the pull request\]\(https:\/\/github\.com\/reader\/papers-site\/compare\/main\.\.\.papers\/issue-2\?expand=1\)$/m);

  // Nothing, and too much.
  ({ asked, has } = send(3, null));
  assert.ok(!has);
  assert.match(asked, /^issue comment 3 [^]*^No pull request was opened:$[^]*^ {4}There is no text\.$/m);
  ({ asked, has } = send(4, form("A line of a megabyte\n".repeat(50_000))));
  assert.ok(!has);
  assert.match(asked, /^ {4}The text has more than 250,000 bytes\.$/m);
  assert.ok(asked.length < 2000);

  // What is hostile, each as the text of the form, as a title, and all of it without the form.
  const all = HOSTILE.join("\n\n");
  for (const [at, body] of [form(all), form(HOSTILE.map((one) => `${one.split("\n")[0]}\n\nWe show how ${one} is done.`).join("\n\n")), all].entries()) {
    ({ asked } = send(10 + at, body));
    quotes(asked);
  }

  // Once more when it was merged: there is nothing to open a pull request for.
  git(remote, "branch", "--quiet", "--force", "main", "papers/issue-1");
  git(remote, "branch", "--quiet", "--delete", "--force", "papers/issue-1");
  ({ asked, has } = send(1, form(papers)));
  assert.ok(!has);
  assert.match(asked, /^No pull request was opened:$[^]*^ {4}The site has all of it already\.$/m);
  git(remote, "branch", "--quiet", "--force", "main", first);

  // Should the first job itself be taken over, the second one still takes only content/ of
  // what it left, and only so much text.
  ({ runner } = send(20, form(papers)));
  git(remote, "branch", "--quiet", "--delete", "--force", "papers/issue-20");
  const outcome = join(runner.at, "artifacts/outcome");
  const patch = readFileSync(join(outcome, "papers.patch"), "utf8");
  const evil = patch.slice(0, patch.indexOf("diff --git", 1)).replaceAll(/content\/digests\/[\w.-]+/g, ".github/workflows/evil.yml");
  assert.match(evil, /^\+\+\+ b\/\.github\/workflows\/evil\.yml$/m);
  writeFileSync(join(outcome, "papers.patch"), patch + evil);
  writeFileSync(join(outcome, "import.txt"), Buffer.concat(Array.from({ length: 4000 }, () => Buffer.from("```\n@everyone\x07 \xff\xc3 `````````` # \r<b>\n", "latin1"))));
  writeFileSync(runner.log, "");
  runner.job(workflow.jobs.propose.steps, clone(remote, "sent-taken-over"));
  assert.deepEqual(files(remote, "papers/issue-20").filter((path) => !listed.includes(path) && !path.startsWith("content/")), []);
  assert.ok(runner.asked().length > 20_000);
  quotes(runner.asked());
  return ran;
}

/** Whether nothing but our own words is Markdown in what was said. */
function quotes(asked) {
  const own = [
    /^(pr|issue) (create|comment) [\w ./#-]*$/, /^-{4}$/, /^$/, /^ {4}/,
    /^The papers were imported:$/, /^No pull request was opened:$/, /^The resulting site:$/,
    /^If the site could be built, it is the artifact `preview` of https:\/\/github\.com\/reader\/papers-site\/actions\/runs\/7$/,
  ];
  for (const line of asked.split("\n")) {
    const plain = line.replace(/--body-file \S+/, "--body-file");
    assert.ok(own.some((one) => one.test(plain)), `in a comment: ${JSON.stringify(line)}`);
  }
  assert.doesNotMatch(asked, /[\0-\x08\x0B-\x1F\x7F]/);
  assert.ok(asked.length < 65_536, "GitHub takes no longer comment");
}
