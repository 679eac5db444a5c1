"""Reads what a site offers to programs with clients from PyPI, over HTTP as they would:
the lists of ResourceSync with resync, Signposting and link sets with signposting,
security.txt with sectxt, the dump with zstandard, robots.txt with Python's own parser,
a feed's hub with feedparser.

    python harvest.py OFFPRINT SITE

builds a copy of SITE, serves it on a port of this machine, and stops at the first
difference.
"""

import datetime
import functools
import http.server
import io
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.request
import urllib.robotparser

import feedparser
import sectxt
import zstandard
from resync.capability_list import CapabilityList
from resync.change_list import ChangeList
from resync.resource_list import ResourceList
from resync.source_description import SourceDescription
from signposting import find_signposting_html, find_signposting_linkset

offprint, fixture = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
around = pathlib.Path(tempfile.mkdtemp(prefix="offprint-harvest-"))
shutil.copytree(fixture, around / "site")
expires = datetime.date.today() + datetime.timedelta(days=200)
with open(around / "site/offprint.toml", "a", encoding="utf-8") as settings:
    settings.write(f"""
[feeds]
hub = "https://hub.test/"
[security]
contact = ["mailto:safe@orchard.test", "https://orchard.test/report"]
expires = {expires}
[robots]
ai = "search"
disallow = ["/search/"]
[harvest]
dump = true
resourcesync = true
linksets = true
""")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(
    ("127.0.0.1", 0), functools.partial(Quiet, directory=str(around / "out"))
)
base = f"http://127.0.0.1:{server.server_port}/papers/"
subprocess.run(
    [offprint, "build", "--quiet", "--site", around / "site", "--output", around / "out/papers", "--base-url", base],
    check=True,
    stderr=subprocess.DEVNULL,
)
threading.Thread(target=server.serve_forever, daemon=True).start()


def fetch(path):
    with urllib.request.urlopen(base + path) as answer:
        return answer.read()


# The dump: what `export` writes, and every paper in it.
dump = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(fetch("papers.jsonl.zst"))).read()
papers = [json.loads(line) for line in dump.splitlines()]
assert len(papers) > 4 and all(paper["title"] and paper["slug"] for paper in papers)
assert fetch("papers.bib").count(b"\n@") + 1 >= len(papers)
print(f"dump: zstandard reads {len(papers)} papers")

# ResourceSync: from the host to every paper.
description = SourceDescription()
description.read(base + ".well-known/resourcesync")
assert description.md["capability"] == "description"
[capability_list] = [resource.uri for resource in description.resources]
capabilities = CapabilityList()
capabilities.read(capability_list)
where = {resource.capability: resource.uri for resource in capabilities.resources}
assert set(where) == {"resourcelist", "changelist"}, where
resources = ResourceList()
resources.read(where["resourcelist"])
assert resources.md_at and resources.up == capability_list, resources.md
assert {resource.uri for resource in resources} == {
    f"{base}papers/{paper['slug']}/" for paper in papers
}
for resource in resources:
    urllib.request.urlopen(resource.uri).close()
    for link in resource.ln or []:
        urllib.request.urlopen(link["href"]).close()
changes = ChangeList()
changes.read(where["changelist"])
assert changes.md_from
days = [change.lastmod for change in changes]
assert days == sorted(days) and len(days) >= 4, days
assert {change.change for change in changes} <= {"created", "updated"}
print(f"ResourceSync: resync reads {len(resources)} resources and {len(days)} changes")

# Signposting: pages and link sets say the same.
seen = set()
for paper in papers:
    page = f"{base}papers/{paper['slug']}/"
    posts = find_signposting_html(page)
    assert posts.linksets and len(posts.linksets) == 1, page
    [linkset] = posts.linksets
    of_set = find_signposting_linkset(linkset.target).for_context(page)
    same = lambda post: (str(post.rel), str(post.target))
    own = {same(post) for post in posts if str(post.rel) != "linkset"}
    assert own == {same(post) for post in of_set}, (own, of_set)
    assert len(posts.describedBy) == 3
    for form in posts.describedBy:
        urllib.request.urlopen(form.target).close()
        assert form.type, form
    assert {str(post.target) for post in posts.types} == {
        "https://schema.org/AboutPage",
        "https://schema.org/ScholarlyArticle",
    }
    seen.update(rel for rel, _ in own)
assert {"cite-as", "describedby", "type", "item", "license", "author"} <= seen, seen
print(f"Signposting: signposting follows {', '.join(sorted(seen))}")

# security.txt. It is not at the root here, nor does http say where it is.
parsed = sectxt.Parser(fetch(".well-known/security.txt"))
assert parsed.is_valid(), parsed.errors
assert not parsed.errors, parsed.errors
print("security.txt: sectxt agrees")

robots = urllib.robotparser.RobotFileParser()
robots.parse(fetch("robots.txt").decode().splitlines())
for agent, path, allowed in [
    ("Googlebot", "", True),
    ("Googlebot", "search/", False),
    ("GPTBot", "", False),
    ("CCBot", "papers/", False),
    ("OAI-SearchBot", "papers/", True),
]:
    assert robots.can_fetch(agent, base + path) is allowed, (agent, path)
assert robots.site_maps() == [base + "sitemap.xml"]
print("robots.txt: Python's parser agrees")

feed = feedparser.parse(fetch("feed.xml"))
hubs = [link.href for link in feed.feed.links if link.rel == "hub"]
assert not feed.bozo and hubs == ["https://hub.test/"], feed.feed.links
assert json.loads(fetch("feed.json"))["hubs"] == [{"type": "WebSub", "url": "https://hub.test/"}]
print("hub: feedparser agrees")

server.shutdown()
shutil.rmtree(around)
