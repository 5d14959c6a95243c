"""Reads the feeds of a server with feedparser, and compares them with the hits of the same query; and the file of a watch."""
import json
import sys
import urllib.parse
import urllib.request

import feedparser

address, watched = sys.argv[1:]
for query in ["", "prisoner", "lang:ar", "zzzz"]:
    asked = urllib.parse.urlencode({"q": query, "limit": 30, "sort": "newest"})
    with urllib.request.urlopen(f"{address}/api/v1/search?{asked}") as answer:
        hits = json.load(answer)["hits"]
    for name in ["atom", "rss"]:
        url = f"{address}/feeds/{name}?{asked}"
        feed = feedparser.parse(url)
        assert feed.status == 200 and not feed.bozo, (url, feed.get("bozo_exception"))
        assert feed.version == {"atom": "atom10", "rss": "rss20"}[name], feed.version
        ids = ["urn:morgue:article:" + urllib.parse.quote(hit["id"], safe="-._~") for hit in hits]
        assert [entry.id for entry in feed.entries] == ids, url
        for entry, hit in zip(feed.entries, hits):
            assert entry.title == " ".join((hit["headline"] or "(no headline)").split()), (entry.title, hit)
            assert entry.link.startswith(address + "/article?id="), entry.link
            if hit["date"] and len(hit["date"]) >= 10:
                assert entry.published_parsed is not None, (url, hit)
        again = feedparser.parse(url, etag=feed.etag)
        assert again.status == 304, again.status
        print(f"{name} {query!r}: {len(feed.entries)} entries")

feed = feedparser.parse(watched)
assert not feed.bozo and feed.version == "atom10", (feed.get("bozo_exception"), feed.version)
assert len(feed.entries) > 10 and all(entry.title and entry.id for entry in feed.entries)
print(f"watch: {len(feed.entries)} entries")
