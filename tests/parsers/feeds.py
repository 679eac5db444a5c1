"""Reads feeds, OPML and sitemap back with parsers from PyPI: Atom by feedparser,
OPML by listparser, the sitemap by lxml, JSON Feed by the rules of its
specification.

    python feeds.py FOLDER

FOLDER holds the files that the test of the samples writes where OFFPRINT_FEEDS
names it. Stops at the first difference.
"""

import json
import pathlib
import sys
from datetime import datetime

import feedparser
import listparser
from lxml import etree

HOSTILE = "</script><script>alert(1)</script> & \"quotes\" 'and' <b> ]]> {x} \\y %z $a_b^c~d #e --"

folder = pathlib.Path(sys.argv[1])

# Sanitising is the reader's business; here it would hide what was written.
feedparser.SANITIZE_HTML = False
feed = feedparser.parse((folder / "feed.xml").read_bytes())
assert not feed.bozo, feed.bozo_exception
assert feed.version == "atom10"
assert feed.feed.title == HOSTILE
assert feed.feed.updated_parsed and feed.feed.author == "Ada Müller"
full, minimal, hostile = feed.entries
assert [a.name for a in full.authors] == ["Jiawei Zhao", "Ada Müller"]
assert full.content[0].value == "<p>Low-rank <b>gradients</b> &amp; less memory.</p>"
assert full.tags[0].term == "efficiency" and full.tags[0].label == "Efficiency & Scaling"
assert [link.rel for link in full.links] == ["alternate", "related", "enclosure", "related"]
assert full.published == "2025-03-13T00:00:00Z"
assert minimal.title == "What Is Left?" and not minimal.get("content")
assert hostile.title == HOSTILE, hostile.title
assert hostile.authors[0].name == HOSTILE
assert HOSTILE in hostile.summary
assert len({entry.id for entry in feed.entries}) == 3
print("Atom: feedparser agrees")

data = json.loads((folder / "feed.json").read_text("utf-8"))
assert data["version"] == "https://jsonfeed.org/version/1.1" and data["title"] == HOSTILE
for item in data["items"]:
    assert item["id"] and ("content_html" in item or "content_text" in item)
    datetime.fromisoformat(item["date_modified"])
    for attachment in item.get("attachments", []):
        assert attachment["url"].startswith("https://") and attachment["mime_type"]
assert data["items"][2]["title"] == HOSTILE
assert feedparser.parse((folder / "feed.json").read_bytes()).version in ("json11", "")
print("JSON Feed: by its specification")

opml = listparser.parse((folder / "opml.xml").read_bytes())
assert not opml.bozo and opml.meta.title == HOSTILE
assert [outline.title for outline in opml.feeds] == ["Papers", HOSTILE]
print("OPML: listparser agrees")

sitemap = etree.parse(str(folder / "sitemap.xml"))
places = sitemap.findall(".//{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
assert [place.text for place in places] == ["https://site.example.org/papers/x/?a=1&b=%C3%BC"]
print("sitemap: lxml agrees")
