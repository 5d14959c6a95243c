#!/usr/bin/env python3
"""Invented articles as JSON Lines, always the same: `articles.py N > news.jsonl`."""
import json, random, sys

STEP = 500


def articles(number):
    """STEP articles; those of another number are others."""
    words = ["tide", "pier", "keeper", "lamp", "storm", "mail", "crew", "quay", "council", "fare", "winter", "repair"]
    lines = []
    for record in range(STEP):
        pick = random.Random(number * STEP + record)
        body = " ".join(pick.choice(words) for _ in range(200))
        lines.append(json.dumps({
            "id": f"load:{number}-{record}", "headline": f"The ferry harbour {pick.choice(words)} {record}",
            "date": f"19{pick.randrange(10, 99)}-0{pick.randrange(1, 9)}-1{pick.randrange(0, 9)}",
            "source": f"Courier {pick.randrange(5)}", "body": f"Ferry harbour, day {record}. {body}."}))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for number in range(int(sys.argv[1]) // STEP):
        sys.stdout.write(articles(number))
