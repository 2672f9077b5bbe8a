#!/bin/sh
# The whole test suite: what it needs, then every test; and when root runs it, the tests that meet the kernel once more as an
# ordinary user, who takes another way into the sandbox. On a host that cannot isolate programs, the tests of the sandbox run in a
# virtual machine, and what is not run is said.
set -eu
cd "$(dirname "$0")/.."
. scripts/packages.sh
PATH="${HOME:=/root}/.cargo/bin:$PATH"

# The targets of tests/ that meet the kernel.
kernel_targets="sandbox languages cli api"
# Those of them that run in a virtual machine in good time.
machine_targets="sandbox"

main() {
    log=$(mktemp)
    trap 'rm -f "$log" "$log.passed" "$log.doctor"' EXIT
    timed "What the tests need" install
    if [ "${1:-}" = --machine ] || ! isolates; then
        elsewhere
        return
    fi
    timed "All tests" tests --workspace
    timed "The page, in a browser" page
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
    # The program that is tested has the page in it.
    scripts/web.sh build
    [ -x /usr/bin/python3 ] || install_packages python3
    have gcc || install_packages gcc libc6-dev
    have ps || install_packages procps
    have mawk || install_packages mawk
    have mount || install_packages mount
    { have findmnt && have setpriv && have unshare; } || install_packages util-linux
    # Which languages are missing can be tried out only where a sandbox works.
    ! isolates || scripts/languages.sh
}

# The page, used by a browser.
page() {
    cargo build --locked --bin codecanvas
    { CODECANVAS=$PWD/target/debug/codecanvas scripts/web.sh test && : >"$log.passed"; } 2>&1 | tee -a "$log"
    [ -e "$log.passed" ] || exit 1
    rm "$log.passed"
}

# Whether this host can run a program in a sandbox; if not, what is amiss stands in $log.
isolates() {
    cargo run --quiet --locked -- doctor >"$log.doctor" 2>&1
}

# For a host that cannot: what needs no sandbox is tested here, the sandbox itself in a virtual machine.
elsewhere() {
    if ! isolates; then
        printf '\n== THIS HOST CANNOT ISOLATE PROGRAMS:\n' | tee -a "$log"
        grep -i missing "$log.doctor" | tee -a "$log"
    fi
    [ "$(id -u)" = 0 ] || fail "Run this as root: then the tests of the sandbox run in a virtual machine."
    timed "The tests that need no sandbox" tests --workspace --exclude codecanvas
    timed "The program's own" tests --package codecanvas --bins
    # shellcheck disable=SC2046 # a list of words
    cargo test --locked --no-run $(printf -- '--test %s ' $machine_targets) 2>&1 | tee -a "$log"
    for target in $machine_targets; do
        timed "In a virtual machine: $target" in_machine "$target"
    done
    timed "In a virtual machine, as an ordinary user: sandbox" in_machine sandbox scripts/ordinary_user.sh
    for target in $kernel_targets; do
        case " $machine_targets " in *" $target "*) ;; *) echo "NOT RUN: $target: this host cannot isolate programs, and emulation is too slow for it" >>"$log" ;; esac
    done
    summary
}

in_machine() {
    program=$(sed -n "s|.*Executable tests/$1/main.rs (\(.*\))|\1|p" "$log" | tail -n 1)
    [ -x "$program" ] || fail "The tests of $1 were not built."
    echo "     Running tests/$1/main.rs ($program)" | tee -a "$log"
    # No shell of the machine may be needed to know whether it passed: its exit status is passed on.
    { scripts/vm.sh "cd '$PWD' && PATH='$PATH' HOME='$HOME' INSTA_UPDATE=no INSTA_WORKSPACE_ROOT='$PWD' ${2:-} '$program' --show-output --color never" &&
        : >"$log.passed"; } 2>&1 | tee -a "$log"
    [ -e "$log.passed" ] || exit 1
    rm "$log.passed"
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

main "$@"
