"""Reads the references of every article with three parsers, and compares them with the articles."""
import json
import sys
import urllib.request

import bibtexparser
import pybtex.database
import rispy

address = sys.argv[1]


def export(name):
    with urllib.request.urlopen(f"{address}/api/v1/export?sort=oldest&format={name}") as answer:
        return answer.read().decode("utf-8")


hits = [json.loads(line) for line in export("jsonl").splitlines()]

ris = rispy.loads(export("ris"))
assert len(ris) == len(hits), (len(ris), len(hits))
for reference, hit in zip(ris, hits):
    assert reference["type_of_reference"] == "NEWS"
    assert reference["accession_number"] == hit["id"], reference
    assert reference.get("title", "") == hit["headline"].strip(), reference
    assert reference.get("authors", []) == hit["byline"], reference
    assert reference.get("year") == (hit["date"] or "")[:4] or not hit["date"], reference

bibtex = export("bibtex")
for entries, author in [
    (pybtex.database.parse_string(bibtex, "bibtex").entries.values(), lambda entry: len(entry.persons.get("author", []))),
    (bibtexparser.parse_string(bibtex).entries, None),
]:
    entries = list(entries)
    assert len(entries) == len(hits), (len(entries), len(hits))
    for entry, hit in zip(entries, hits):
        fields = entry.fields if author else {field.key: field.value for field in entry.fields}
        if hit["date"]:
            assert fields["year"] == hit["date"][:4], fields
        if hit["url"]:
            assert fields["url"] == hit["url"], fields
        if author:
            assert author(entry) == len(hit["byline"]), (entry.persons, hit["byline"])
assert not bibtexparser.parse_string(bibtex).failed_blocks
print(f"{len(hits)} references by rispy, pybtex and bibtexparser")
