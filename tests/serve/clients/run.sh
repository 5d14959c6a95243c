#!/usr/bin/env bash
# Has the server judged by programs of others: a validator of OpenAPI, a fuzzer of every route that is driven by the
# description, readers of feeds and of references; and runs the recipes of the README.
# usage: run.sh MORGUE PYTHON, a python that has what requirements.txt says
set -euo pipefail
morgue=$(realpath "$1")
bin=$(dirname "$2")
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT

cd "$root"
"$morgue" index --index "$work/index" sample-corpus 2>/dev/null
"$morgue" serve --index "$work/index" --port 0 2>"$work/log" &
server=$!
for _ in $(seq 100); do
    grep -q 'listening on' "$work/log" && break
    sleep 0.1
done
address=$(sed -n 's/^listening on //p' "$work/log")

echo '-- the description of the API is valid'
curl -sf "$address/api/openapi.json" >"$work/openapi.json"
"$bin/openapi-spec-validator" "$work/openapi.json"

echo '-- every route answers as it is described, whatever it is asked'
# A query is a language, which no schema tells: that some texts are refused is no fault.
bin=$(realpath -s "$bin")
(
    cd "$work" # where it keeps what it has found
    "$bin/schemathesis" run "$address/api/openapi.json" --checks all --exclude-checks positive_data_acceptance \
        --max-examples "${EXAMPLES:-50}" --request-timeout 20 --seed 1 --no-color
) >"$work/fuzz" || {
    cat "$work/fuzz"
    exit 1
}
tail -n 3 "$work/fuzz"

echo '-- feeds and references are read by others'
watched=(--quiet --index "$work/watched")
"$morgue" index "${watched[@]}" sample-corpus/transmarine
"$morgue" watch add "${watched[@]}" everything --to feed --path "$work/watch.atom"
"$morgue" index "${watched[@]}" sample-corpus
"$bin/python" "$here/feeds.py" "$address" "$work/watch.atom"
"$bin/python" "$here/references.py" "$address"

echo '-- the recipes of the README'
"$bin/python" "$here/recipes.py" "$address" README.md "$work"
