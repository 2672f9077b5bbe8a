#!/bin/sh
# Fuzzes one target for some seconds: scripts/fuzz.sh TARGET SECONDS. What it finds is in fuzz/artifacts.
set -eu
cd "$(dirname "$0")/.."
PATH="${HOME:=/root}/.cargo/bin:$PATH"
target=${1:-}
seconds=${2:-60}

if [ ! -e "fuzz/fuzz_targets/$target.rs" ]; then
    echo "There is no target '$target'. Say make fuzz TARGET=… with one of:" >&2
    ls fuzz/fuzz_targets | sed 's/\.rs$//; s/^/  /' >&2
    exit 2
fi
if ! cargo +nightly --version >/dev/null 2>&1; then
    echo "Fuzzing needs a nightly compiler, for its sanitizers: rustup toolchain install nightly" >&2
    exit 2
fi
if ! cargo fuzz --version >/dev/null 2>&1; then
    echo "Fuzzing needs cargo-fuzz: cargo install cargo-fuzz" >&2
    exit 2
fi
# New finds stay out of the saved corpus: its entries have names, and each has been looked at.
mkdir -p "fuzz/found/$target"
exec cargo +nightly fuzz run "$target" "fuzz/found/$target" "fuzz/corpus/$target" -- -max_total_time="$seconds"
