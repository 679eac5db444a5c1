//! Killed runs: if a run ends at any moment, the next one recovers.

use std::fs;
use std::process::Child;
use std::time::{Duration, Instant};

use crate::support::digest::many;
use crate::support::{Site, Tree};

/// Kills a run after a delay unless it ends first; returns whether it was killed.
fn kill_after(mut child: Child, delay: Duration) -> bool {
    std::thread::sleep(delay);
    let was_running = child.try_wait().expect("the run can be asked").is_none();
    let _ = child.kill();
    child.wait().expect("the run ends");
    was_running
}

/// How long an undisturbed run takes.
fn duration(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// Moments from the start of a run to shortly after its end.
fn moments(whole: Duration, n: u32) -> impl Iterator<Item = Duration> {
    (1..=n).map(move |i| whole * i / n)
}

/// Files that a run left unfinished.
fn unfinished(tree: &Tree) -> Vec<&str> {
    tree.paths()
        .filter(|path| {
            let name = path.rsplit('/').next().unwrap_or(path);
            name.contains(".tmp") || name.starts_with(".tmp") || name.ends_with('~')
        })
        .collect()
}

#[test]
fn a_killed_build_is_repaired_by_the_next() {
    let site = Site::new().file("content/digests/2025-01-01.jsonl", many(300));
    site.offprint(&["import", "content/digests/2025-01-01.jsonl"])
        .succeed();
    let whole = duration(|| drop(site.build().succeed()));
    let clean = site.tree("public");
    let mut killed = 0;
    for (i, moment) in moments(whole, 16).enumerate() {
        // Both from scratch and over an existing tree that has to change.
        if i % 2 == 0 {
            site.remove_folder("public");
            site.remove_folder(".offprint");
        } else {
            site.replace(
                "offprint.toml",
                "[topics]",
                "[site]\ntitle = \"Other\"\n[topics]",
            );
            site.build().succeed();
            site.write("offprint.toml", "[topics]\ntaxonomy = \"none\"\n");
        }
        killed += usize::from(kill_after(site.build().spawn(), moment));
        site.build().succeed();
        site.tree("public").assert_same(&clean);
    }
    assert!(killed >= 4, "only {killed} of 16 runs were killed in time");
}

#[test]
fn a_killed_import_is_completed_by_the_next() {
    let text = many(600);
    let site = || Site::new().file("content/digests/2025-01-01.jsonl", &text);
    let import = ["import", "content/digests/2025-01-01.jsonl"];
    let clean = site();
    // The shortest of several runs: on a busy machine, a single one may take far
    // longer than those to be killed.
    let whole = duration(|| drop(clean.offprint(&import).succeed()));
    let again = |site: Site| duration(|| drop(site.offprint(&import).succeed()));
    let whole = whole.min(again(site())).min(again(site()));
    let clean = clean.tree("content");
    let mut killed = 0;
    for (i, moment) in moments(whole, 12).enumerate() {
        let site = site();
        killed += usize::from(kill_after(site.offprint(&import).spawn(), moment));
        // A build imports what is not yet recorded, so it recovers too.
        if i % 2 == 0 {
            site.offprint(&import).succeed();
        } else {
            site.build().succeed();
        }
        let healed = site.tree("content");
        healed.assert_same(&clean);
        assert_eq!(unfinished(&healed), Vec::<&str>::new());
    }
    assert!(killed >= 3, "only {killed} of 12 runs were killed in time");
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let site = Site::new().file("content/digests/2025-01-01.jsonl", many(200));
    site.build().succeed();
    let clean = site.tree("public");
    fs::remove_dir_all(site.path("public")).unwrap();
    let runs: Vec<Child> = (0..3).map(|_| site.build().spawn()).collect();
    for mut run in runs {
        run.wait().expect("the run ends");
    }
    site.build().succeed();
    site.tree("public").assert_same(&clean);
}
