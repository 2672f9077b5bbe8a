#!/bin/sh
# The whole test suite: what it needs, then every test; and when root runs it, the tests that meet the kernel once more as an
# ordinary user, who takes another way into the sandbox.
set -eu
cd "$(dirname "$0")/.."
. scripts/packages.sh
PATH="${HOME:=/root}/.cargo/bin:$PATH"

# The targets of tests/ that meet the kernel.
kernel_targets="sandbox languages cli api"

main() {
    log=$(mktemp)
    trap 'rm -f "$log" "$log.passed"' EXIT
    timed "What the tests need" install
    timed "All tests" tests --workspace
    if [ "$(id -u)" = 0 ]; then
        # Cargo starts the test programs by this script.
        triple=$(rustc -vV | sed -n 's/^host: //p' | tr 'a-z-' 'A-Z_')
        export "CARGO_TARGET_${triple}_RUNNER=$PWD/scripts/ordinary_user.sh"
        # shellcheck disable=SC2046 # a list of words
        timed "The tests that meet the kernel, as an ordinary user" tests $(printf -- '--test %s ' $kernel_targets)
    else
        echo "NOT RUN: what only root can do: you are an ordinary user" >>"$log"
    fi
    summary
}

# What the tests run in their sandboxes beside the toolchains (Debian's own Python whatever else there is, gcc, ps, findmnt, mawk),
# and what gives root away.
install() {
    [ -x /usr/bin/python3 ] || install_packages python3
    have gcc || install_packages gcc libc6-dev
    have ps || install_packages procps
    have mawk || install_packages mawk
    have mount || install_packages mount
    { have findmnt && have setpriv && have unshare; } || install_packages util-linux
    scripts/languages.sh
}

# Runs tests and keeps what they print. (A pipe's exit status is that of its last command, hence the file.)
tests() {
    { cargo test --locked "$@" -- --show-output && : >"$log.passed"; } 2>&1 | tee -a "$log"
    [ -e "$log.passed" ] || exit 1
    rm "$log.passed"
}

timed() {
    title=$1
    shift
    started=$(date +%s)
    echo "== $title" | tee -a "$log"
    "$@"
    echo "$(($(date +%s) - started)) s: $title" >>"$log"
}

# Where the time went, and what this host or user has no means to test.
summary() {
    printf '\nTime, and the slowest of the tests:\n'
    grep '^[0-9]* s: ' "$log"
    # "Running tests/cli/main.rs (target/debug/deps/cli-0123456789abcdef)", and some lines later "… finished in 12.34s"
    awk '/^ *Running / { name = $NF; gsub(/.*\/|-[0-9a-f]*\)$/, "", name) }
         /^ *Doc-tests / { name = $0 }
         /^test result:/ { sub(/s$/, "", $NF); printf "%7.1f s  %s\n", $NF, name }' "$log" | sort -rn | head -n 8
    if grep -q '^NOT RUN' "$log"; then
        printf '\nNOT RUN on this host or by this user:\n'
        sed -n 's/^NOT RUN: /  /p' "$log" | sort -u
    fi
}

main
