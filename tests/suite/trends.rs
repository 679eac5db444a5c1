//! Trends, and statistics on topic pages: charts with numbers, rising words, most
//! linked papers.

use crate::support::crawl::crawl;
use crate::support::outline::outline;
use crate::support::{Site, html};

const SETTINGS: &str = "[site]\nbase_url = \"https://mill.test/\"\n[topics]\ntaxonomy = \"none\"\n[search]\nengine = \"auto\"\n";

/// Months with their number of papers.
const MONTHS: [(usize, usize); 3] = [(1, 30), (2, 0), (3, 40)];

/// Three months of digests about mills; the last is about turbines.
fn mill() -> Site {
    let mut site = Site::new()
        .settings(SETTINGS)
        .file(
            "content/topics/wheels.md",
            "+++\nname = \"Wheels\"\nmatch = 'wheel^3'\n+++\n",
        )
        .file(
            "content/topics/turbines.md",
            "+++\nname = \"Turbines\"\nmatch = 'turbine^3'\n+++\n",
        );
    for (month, count) in MONTHS {
        for n in 0..count {
            let text = if month == 3 && n < 15 {
                "A turbine turns."
            } else {
                "A wheel turns."
            };
            let code = match n {
                0 | 1 => "[links]\ncode = \"https://github.com/Mill/Stones\"\n",
                2 => "[links]\ncode = \"https://www.github.com/mill/stones.git\"\n",
                3 => "[links]\nproject = \"https://mill.example.org/x\"\n",
                _ => "",
            };
            site = site.file(
                &format!("content/papers/p{month}-{n:02}.md"),
                format!(
                    "+++\ntitle = \"{} {n} of {month}\"\ndate = 2025-{month:02}-10\nyear = {}\n{code}[metrics]\nupvotes = {n}\n+++\n{text}\n",
                    if month == 3 && n < 5 { "Turbine" } else { "Paper" },
                    2020 + month,
                ),
            );
        }
    }
    site
}

/// The rows of a page's tables, as text.
fn rows(page: &str) -> Vec<Vec<String>> {
    let root = html::parse(page).unwrap();
    root.named("tr")
        .into_iter()
        .map(|row| {
            row.elements()
                .into_iter()
                .filter(|cell| matches!(cell.name.as_str(), "td" | "th"))
                .map(|cell| cell.text().trim().to_owned())
                .collect()
        })
        .collect()
}

fn row<'r>(rows: &'r [Vec<String>], name: &str) -> Vec<&'r str> {
    let row = rows.iter().find(|row| row[0] == name);
    row.unwrap_or_else(|| panic!("no row {name} in {rows:?}"))
        .iter()
        .map(String::as_str)
        .collect()
}

#[test]
fn trends_follow_the_weeks_of_listing() {
    let site = mill();
    site.build().succeed();
    let page = site.read("public/trends/index.html");
    let rows = rows(&page);
    assert_eq!(
        row(&rows, "Week of 6 January 2025"),
        ["Week of 6 January 2025", "30"]
    );
    assert_eq!(
        row(&rows, "Week of 3 February 2025"),
        ["Week of 3 February 2025", "0"]
    );
    assert_eq!(
        row(&rows, "Week of 10 March 2025"),
        ["Week of 10 March 2025", "40"]
    );
    assert!(page.contains(
        "Week of 6 January 2025: 30; Week of 10 March 2025: 40; most: Week of 10 March 2025, 40."
    ));
    // The table by week, the figure with the total, and the numbers.
    let wheels: Vec<_> = rows.iter().filter(|row| row[0] == "Wheels").collect();
    let weeks = ["30", "0", "0", "0", "0", "0", "0", "0", "0", "25"];
    assert_eq!(wheels[0][1..], weeks);
    assert_eq!(wheels[1], &["Wheels", "", "55"]);
    assert_eq!(wheels[2][1..], weeks);
    // The strongest week of a topic is the darkest, whatever the others have.
    assert!(page.contains("<td class=heat-5>30") || page.contains("<td class=\"heat-5\">30"));
    assert!(page.contains("heat-4>25") || page.contains("heat-4\">25"));
}

/// Moves the papers of a month of the mill to a day.
fn moved(site: &Site, month: usize, day: impl Fn(usize) -> String) {
    for n in 0..MONTHS[month - 1].1 {
        let path = format!("content/papers/p{month}-{n:02}.md");
        site.replace(&path, &format!("2025-{month:02}-10"), &day(n));
    }
}

#[test]
fn less_than_two_months_go_by_day_and_more_than_a_year_by_month() {
    let site = mill();
    moved(&site, 1, |n| format!("2025-02-{:02}", 3 + n % 10));
    site.build().succeed();
    let page = site.read("public/trends/index.html");
    let days = rows(&page);
    assert!(page.contains("By the day"), "{page}");
    assert_eq!(row(&days, "3 February 2025"), ["3 February 2025", "3"]);
    assert_eq!(row(&days, "10 March 2025"), ["10 March 2025", "40"]);
    assert_eq!(
        days.iter()
            .filter(|row| row[0].ends_with("March 2025"))
            .count(),
        10
    );
    // The table goes by week all the same.
    let wheels: Vec<_> = days.iter().filter(|row| row[0] == "Wheels").collect();
    assert_eq!(wheels[0][1..], ["21", "9", "0", "0", "0", "25"]);
    let site = mill();
    moved(&site, 1, |_| "2024-01-10".to_owned());
    site.build().succeed();
    let page = site.read("public/trends/index.html");
    let months = rows(&page);
    assert!(page.contains("By the month"), "{page}");
    assert_eq!(row(&months, "January 2024"), ["January 2024", "30"]);
    assert_eq!(row(&months, "February 2024"), ["February 2024", "0"]);
    assert_eq!(row(&months, "March 2025"), ["March 2025", "40"]);
    // The table shows the newest periods, as many as fit.
    let wheels: Vec<_> = months.iter().filter(|row| row[0] == "Wheels").collect();
    assert_eq!(wheels[0].len(), 14);
    let site = mill();
    moved(&site, 1, |_| "2015-01-10".to_owned());
    site.build().succeed();
    let page = site.read("public/trends/index.html");
    assert!(page.contains("By the year"), "{page}");
    assert_eq!(row(&rows(&page), "2015"), ["2015", "30"]);
}

#[test]
fn rising_words_say_how_they_were_found() {
    let site = mill();
    site.build().succeed();
    let page = site.read("public/trends/index.html");
    let rows = rows(&page);
    assert_eq!(row(&rows, "turbine"), ["turbine", "", "37.5 %", "0.0 %"]);
    // "turns" is in every paper, and "wheel" did not grow.
    assert!(
        !rows
            .iter()
            .any(|row| row[0] == "wheel" || row[0] == "turns"),
        "{rows:?}"
    );
    assert!(page.contains("the 40 papers from 10 March 2025 to 16 March 2025"));
    assert!(page.contains("href=\"../search/?q=turbine\""));
}

#[test]
fn what_papers_link_to_is_counted_once_a_paper() {
    let site = mill();
    site.build().succeed();
    let rows = rows(&site.read("public/trends/index.html"));
    assert_eq!(row(&rows, "Mill/Stones"), ["Mill/Stones", "", "6"]);
    assert_eq!(row(&rows, "github.com"), ["github.com", "", "6"]);
    assert_eq!(
        row(&rows, "mill.example.org"),
        ["mill.example.org", "", "2"]
    );
}

#[test]
fn a_single_digest_is_described_as_one() {
    let site = Site::new().settings(SETTINGS);
    site.write("content/digests/2025-03-14.txt", "Mar 14\n\nOn a Wheel that Turns\n\nIt turns, and we say how and how fast, in all weathers.\n\nOn a Stone that Grinds\n\nIt grinds, and we say how and how fine, in all seasons.\n");
    site.build().succeed();
    let page = site.read("public/trends/index.html");
    assert!(page.contains("There is only one digest so far"), "{page}");
    assert!(page.contains("No repository is linked from more than one paper."));
    assert!(!page.contains("class=\"chart\""));
    // An empty site has no trends.
    let empty = Site::new();
    empty.build().succeed();
    assert!(!empty.has("public/trends"));
}

/// If all papers were listed on one day, their publication years are used.
#[test]
fn papers_listed_on_one_day_use_publication_years() {
    let site = mill();
    for (month, count) in MONTHS {
        for n in 0..count {
            let path = format!("content/papers/p{month}-{n:02}.md");
            site.replace(&path, &format!("2025-{month:02}-10"), "2025-03-10");
        }
    }
    site.replace("content/papers/p1-00.md", "year = 2021", "year = 9000");
    site.write(
        "content/digests/2025-03-10.md",
        "+++\ndate = 2025-03-10\npapers = [\"p1-00\", \"p1-01\"]\n+++\n",
    );
    site.build().succeed();
    let page = site.read("public/trends/index.html");
    let rows = rows(&page);
    assert!(page.contains("By year of publication"));
    assert_eq!(row(&rows, "2021"), ["2021", "29"]);
    assert_eq!(row(&rows, "2023"), ["2023", "40"]);
    // Future years are ignored.
    assert!(!page.contains("9000"));
}

#[test]
fn early_years_are_combined() {
    let site = mill();
    site.replace("content/papers/p1-00.md", "year = 2021", "year = 1003");
    site.replace("content/papers/p1-01.md", "year = 2021", "year = 1850");
    site.build().succeed();
    let page = site.read("public/topics/wheels/index.html");
    let rows = rows(&page);
    assert_eq!(row(&rows, "1984 and earlier"), ["1984 and earlier", "2"]);
    assert_eq!(row(&rows, "2021"), ["2021", "28"]);
    assert!(rows.len() < 50);
}

#[test]
fn a_topic_shows_years_and_most_noted_papers() {
    let site = mill();
    site.build().succeed();
    let page = site.read("public/topics/wheels/index.html");
    assert_eq!(row(&rows(&page), "2021"), ["2021", "30"]);
    assert!(page.contains("<title id=\"op-years-title\">Papers on Wheels by year</title>"));
    let noted = page.split("Most upvoted").last().unwrap();
    let noted: Vec<&str> = noted
        .split("<small>")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap())
        .collect();
    assert_eq!(noted, ["39", "38", "37", "36", "35"]);
    assert!(page.contains("data-noted=\"39\""));
    assert!(page.contains("order.js"));
    // All papers are from one year, so there is no chart.
    let page = site.read("public/topics/turbines/index.html");
    assert!(!page.contains("class=\"chart\""));
}

#[test]
fn pages_with_charts_are_sound_and_the_same_every_time() {
    let site = mill();
    site.build().succeed();
    let tree = site.tree("public");
    crawl(&tree, "/a/b/").assert_sound();
    let other = mill();
    other.build().succeed();
    tree.assert_same(&other.tree("public"));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.add_filter("assets/[0-9a-f]{10}/", "assets/[hash]/");
    settings.bind(|| {
        insta::assert_snapshot!("trends", outline(&site.read("public/trends/index.html")));
    });
}

#[test]
fn counts_are_weighted_by_age() {
    let line = |title: &str, upvotes: u32| {
        format!(r#"{{"title": "{title}", "abstract": "Text.", "upvotes": {upvotes}}}"#)
    };
    let site = Site::new()
        .file(
            "content/digests/2025-03-04.jsonl",
            [line("Old and Loved", 400), line("Old and Liked", 60)].join("\n"),
        )
        .file(
            "content/digests/2025-03-14.jsonl",
            [
                line("New and Quiet", 3),
                line("New and Loved", 30),
                line("Not Counted", 0),
            ]
            .join("\n"),
        );
    site.build().succeed();
    let trends = site.read("public/trends/index.html");
    let place = |page: &str, title: &str| page.find(title).unwrap_or_else(|| panic!("{title}"));
    // 30 / 2^1.5 = 10.6, 400 / 12^1.5 = 9.6, 60 / 12^1.5 = 1.4, 3 / 2^1.5 = 1.1.
    let order = [
        "New and Loved",
        "Old and Loved",
        "Old and Liked",
        "New and Quiet",
    ];
    let section = &trends[place(&trends, "id=\"op-trending\"")..];
    let section = &section[..section.find("</section>").unwrap()];
    let places: Vec<usize> = order.iter().map(|title| place(section, title)).collect();
    assert!(places.is_sorted(), "{section}");
    assert!(!section.contains("Not Counted"), "{section}");
    assert!(section.contains("to the power of 1.5"), "{section}");
    // The front page shows the newest digest, highest counts first.
    let home = site.read("public/index.html");
    let front = &home[place(&home, "class=\"front\"")..];
    let lead = &front[..place(front, "class=\"rail\"")];
    assert!(lead.contains("New and Loved"), "{lead}");
    assert!(lead.contains("Most upvoted first"), "{lead}");
    let rail = &front[place(front, "class=\"rail\"")..];
    assert!(place(rail, "New and Loved") < place(rail, "Old and Loved"));
    // Without counts, the digest's own order is used.
    let plain = Site::new().file(
        "content/digests/2025-03-14.jsonl",
        "{\"title\": \"Zebras\"}\n{\"title\": \"Apes\"}\n",
    );
    plain.build().succeed();
    let home = plain.read("public/index.html");
    assert!(place(&home, "Zebras") < place(&home, "Apes"));
    assert!(
        !plain
            .read("public/trends/index.html")
            .contains("id=\"op-trending\"")
    );
}

/// Citations take years: what has many of them does not trend.
#[test]
fn only_upvotes_make_a_trend() {
    let line = |title: &str, citations: u32| {
        format!(r#"{{"title": "{title}", "abstract": "Text.", "citations": {citations}}}"#)
    };
    let site = Site::new()
        .file("content/digests/2025-03-04.jsonl", line("Much Cited", 400))
        .file(
            "content/digests/2025-03-14.jsonl",
            [line("Cited", 3), line("Not Cited", 0)].join("\n"),
        );
    site.build().succeed();
    let trends = site.read("public/trends/index.html");
    assert!(!trends.contains("Trending"), "{trends}");
    let counted = rows(&trends);
    assert_eq!(row(&counted, "Much Cited"), ["Much Cited", "400"]);
    assert_eq!(row(&counted, "Cited"), ["Cited", "3"]);
    assert!(!counted.iter().any(|row| row[0] == "Not Cited"));
    assert!(!site.read("public/index.html").contains("Trending"));
}
