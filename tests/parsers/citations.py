"""Reads citations back with parsers from PyPI and compares them with what was
to be written: BibTeX by bibtexparser and pybtex, RIS by rispy, CSL-JSON by
citeproc-py.

    python citations.py FOLDER

FOLDER holds the files that the test of the thousand papers writes where
OFFPRINT_CITATIONS names it. Exits with 1 at the first format with a difference.
"""

import json
import pathlib
import re
import sys
import unicodedata

import bibtexparser
import rispy
from bibtexparser.bparser import BibTexParser
from pylatexenc.latex2text import LatexNodes2Text
from pybtex.database import parse_string


def plain(tex):
    """What TeX prints. The converter draws quotation marks and dashes, which
    are not the question here, as TeX does; undo it."""
    # A command of LaTeX's own that the converter does not know.
    tex = tex.replace("\\textbar{}", "|")
    text = LatexNodes2Text(keep_comments=True).latex_to_text(tex)
    return straight(text)


def straight(text):
    for drawn, typed in [("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("''", '"')]:
        text = text.replace(drawn, typed)
    return unicodedata.normalize("NFC", re.sub(r"\s+", " ", text)).strip()


def words(names):
    """The words of a list of names, whatever their order within a name."""
    return [sorted(straight(name).replace(",", " ").split()) for name in names]


def compare(what, wanted, found):
    wrong = 0
    for paper in wanted:
        title, authors = found.get(paper["key"], ("", []))
        expected = straight(paper["title"])
        if title != expected or words(authors) != words(paper["authors"]):
            wrong += 1
            if wrong <= 5:
                print(f"{what}: {paper['key']}\n  wanted {expected} {paper['authors']}\n  found  {title} {authors}")
    print(f"{what}: {len(wanted) - wrong} of {len(wanted)} intact, {len(found)} found")
    return wrong == 0 and len(found) == len(wanted)


def by_bibtexparser(text):
    parser = BibTexParser(common_strings=True, interpolate_strings=True)
    found = {}
    for entry in bibtexparser.loads(text, parser).entries:
        authors = [a for a in re.split(r"\s+and\s+", entry.get("author", "")) if a]
        found[entry["ID"]] = (plain(entry["title"]), [plain(a) for a in authors])
    return found


def by_pybtex(text):
    found = {}
    for key, entry in parse_string(text, "bibtex").entries.items():
        authors = [plain(str(person)) for person in entry.persons.get("author", [])]
        found[key] = (plain(entry.fields["title"]), authors)
    return found


def by_rispy(text, wanted):
    entries = rispy.loads(text)
    return {
        paper["key"]: (straight(entry["title"]), entry.get("authors", []))
        for paper, entry in zip(wanted, entries)
    }


def by_citeproc(data):
    from citeproc.source.json import CiteProcJSON

    found = {}
    for key, reference in CiteProcJSON(data).items():
        names = [
            name.get("literal") or " ".join(filter(None, [name.get("given"), name.get("family"), name.get("suffix")]))
            for name in next(item for item in data if item["id"] == key).get("author", [])
        ]
        found[key] = (straight(str(reference.title)), names)
    return found


def main():
    folder = pathlib.Path(sys.argv[1])
    # RIS has CR LF, which reading as text would turn into LF.
    read = lambda name: (folder / name).read_bytes().decode("utf-8")
    wanted = json.loads(read("wanted.json"))
    bib = read("papers.bib")
    ris = read("papers.ris")
    assert ris.count("\r\n") == ris.count("\n"), "RIS lines end in CR LF"
    good = [
        compare("bibtexparser", wanted, by_bibtexparser(bib)),
        compare("pybtex", wanted, by_pybtex(bib)),
        compare("rispy", wanted, by_rispy(ris, wanted)),
        compare("citeproc-py", wanted, by_citeproc(json.loads(read("papers.json")))),
    ]
    sys.exit(0 if all(good) else 1)


main()
