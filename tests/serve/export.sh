#!/usr/bin/env bash
# An export over HTTP is what `morgue search --all` prints, in memory that does not grow with the number of hits.
# usage: export.sh MORGUE INDEX [OUTPUT…]; prints the hits, the bytes, the seconds, and what memory the server came to.
#
# Resident memory has the pages of the index in it, which are the system's to take back; `RssAnon` is what the server holds.
set -euo pipefail
morgue=$1
index=$2
shift 2
[ $# -gt 0 ] || set -- jsonl csv ris bibtex
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT

"$morgue" serve --index "$index" --port 0 2>"$work/log" &
server=$!
until grep -q 'listening on' "$work/log"; do sleep 0.1; done
address=$(sed -n 's/^listening on //p' "$work/log")

# What the server holds, in kB, at its highest while something runs.
highest() {
    local most=0 now
    "$@" &
    while kill -0 $! 2>/dev/null; do
        now=$(sed -n 's/^RssAnon:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$server/status")
        [ "$now" -le "$most" ] || most=$now
        sleep 0.05
    done
    wait $!
    held=$most
}

curl -sf "$address/api/v1/search?q=the&limit=1000" >/dev/null
for output in "$@"; do
    # Few hits, and then all of them.
    highest curl -sf "$address/api/v1/export?q=date:..1700&format=$output" -o "$work/few"
    few=$held
    begin=$(date +%s.%N)
    highest curl -sf "$address/api/v1/export?format=$output" -o "$work/served"
    took=$(echo "$(date +%s.%N) - $begin" | bc)
    "$morgue" search --index "$index" --all --output "$output" >"$work/printed" 2>"$work/said"
    cmp "$work/served" "$work/printed"
    echo "$output: $(sed 's/,.*//' "$work/said"), $(stat -c %s "$work/served") bytes, $took s; $few kB held for few hits, $held kB for all"
    [ "$held" -lt $((few + 64 * 1024)) ]
done
