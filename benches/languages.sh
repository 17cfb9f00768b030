#!/usr/bin/env bash
# Compares the program with all languages of the repository and with the two of its authors. Prints instructions of a startup,
# resident memory at rest and size of the binary, and fails if one of them exceeds its limit.
# The largest page of each language, and so of each script, is in the output of `cargo gates`; `cargo test` prints the time of
# each test program.
#
# Builds both in temporary copies of the repository, for which it needs some minutes, Linux and valgrind.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CARGO_TARGET_DIR=$PWD/target/languages

# Builds the repository in the folder $1 as the program $2.
build() {
    (cd "$1" && cargo build --quiet --release --locked --bin veto)
    cp "$CARGO_TARGET_DIR/release/veto" "$2"
}

# Starts the program $1 below the command in the other arguments, if any, and waits until it serves; sets `server`.
start() {
    local program=$1
    shift
    : >"$work/out"
    "$@" "$program" --port 0 --log error >"$work/out" 2>"$work/log" &
    server=$!
    until [ -s "$work/out" ]; do
        kill -0 "$server" || { cat "$work/log"; exit 1; }
        sleep 0.1
    done
}

stop() {
    kill -TERM "$server"
    wait "$server" || true
}

instructions() {
    # Valgrind counts a `rep movsb` once for each byte.
    local tunables=glibc.cpu.x86_rep_movsb_threshold=1000000000:glibc.cpu.x86_rep_stosb_threshold=1000000000
    start "$1" env GLIBC_TUNABLES="$tunables" valgrind --tool=callgrind --callgrind-out-file=/dev/null
    stop
    sed -n 's/.*Collected : //p' "$work/log"
}

resident_kib() {
    start "$1"
    sleep 1
    sed -n 's/^VmRSS:[[:space:]]*\([0-9]*\) kB/\1/p' "/proc/$server/status"
    stop
}

# Measures the program $1 with $2 languages; sets `startup`, `resident` and `size`.
measure() {
    startup=$(instructions "$1")
    resident=$(resident_kib "$1")
    size=$(stat -c %s "$1")
    printf '%-12s %12d instructions of a startup %8d KiB at rest %10d bytes\n' "$2 languages" "$startup" "$resident" "$size"
}

# Says so if $1, measured as $2, exceeds the limit $3.
limit() {
    (($2 <= $3)) || { echo "$1: $2 exceeds $3"; exceeded=1; }
}

mkdir "$work/repository"
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents -t "$work/repository"
count=$(find locales -mindepth 1 -maxdepth 1 -type d | wc -l)
build "$work/repository" "$work/veto-many"
find "$work/repository/locales" -mindepth 1 -maxdepth 1 ! -name en ! -name de -exec rm -r {} +
build "$work/repository" "$work/veto-few"
measure "$work/veto-few" 2
startup_of_few=$startup
measure "$work/veto-many" "$count"

exceeded=0
limit 'instructions of a startup' "$startup" "$((startup_of_few * 102 / 100))"
limit 'KiB at rest' "$resident" "$((12 * 1024))"
limit 'bytes of the binary' "$size" 16000000
exit "$exceeded"
