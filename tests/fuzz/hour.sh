#!/bin/sh
# Runs every reader, and what opens files, for an equal share of a time, one after the other, and prints a table.
#
#   cargo +nightly fuzz build --fuzz-dir tests/fuzz
#   tests/fuzz/hour.sh FOLDER [SECONDS] [SEEDS]
#
# FOLDER keeps the programs, what was found, and the inputs from run to run. SEEDS may have a folder of files for each format;
# the fixtures of tests/format are always taken. FORMATS="json csv" runs these alone. A reader that falls is started again.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
work=$1
total=${2:-3600}
seeds=${3:-}
built=${CARGO_TARGET_DIR:-$root/tests/fuzz/target}/x86_64-unknown-linux-gnu/release
mkdir -p "$work"
cp "$built/read" "$built/source" "$work"

all=$(sed -n '/pub const FORMATS/,/^];/s/^        name: "\(.*\)",/\1/p' "$root/src/format/mod.rs")
formats=${FORMATS:-source $all}
share=$((total / $(echo "$formats" | wc -w)))

printf '%-10s %10s %8s %8s %8s\n' format runs a_second covered findings
for format in $formats; do
    inputs=$work/inputs/$format
    found=$work/found/$format
    log=$work/$format.log
    mkdir -p "$inputs" "$found"
    : >"$log"
    program=read
    fixtures=$root/tests/format/$format
    if [ "$format" = source ]; then
        program=source
        fixtures=$root/tests/format
    fi
    find "$fixtures" ${seeds:+$(test -d "$seeds/$format" && echo "$seeds/$format")} \
        -type f ! -name '*.rs' ! -name '*.snap' -size -256k |
        while read -r file; do
            head -c 65536 "$file" >"$inputs/seed-$(basename "$file")"
        done
    if [ "$format" = source ]; then
        # A story in every packing, and in every packing of a packing: see the target.
        for inside in 0 1 2 3 4 5 6 7 8 9; do
            for outside in 0 1 2 3 4 5 6 7 8 9; do
                recipe=$(printf '\\%03o' $((outside * 16 + inside)))
                printf "$recipe"'\000\000\000Harbour reopens\n\nIt is open again.\377{"headline": "Ferry"}' \
                    >"$inputs/seed-$outside-$inside"
            done
        done
    fi
    end=$(($(date +%s) + share))
    runs=0
    while left=$((end - $(date +%s))) && [ "$left" -gt 1 ]; do
        MORGUE_FORMAT=$format "$work/$program" "$inputs" -max_total_time="$left" -max_len=65536 -timeout=10 \
            -rss_limit_mb=2048 -artifact_prefix="$found/" -print_final_stats=1 >"$log.part" 2>&1 || true
        runs=$((runs + $(sed -n 's/^stat::number_of_executed_units: *//p' "$log.part" | tail -1 | grep . || echo 0)))
        covered=$(grep -o 'cov: [0-9]*' "$log.part" | tail -1 | cut -c6-)
        cat "$log.part" >>"$log"
    done
    rm -f "$log.part"
    printf '%-10s %10d %8d %8s %8d\n' "$format" "$runs" $((runs / share)) "${covered:-}" "$(find "$found" -type f | wc -l)"
done
