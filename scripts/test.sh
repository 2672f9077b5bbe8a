#!/bin/sh
# The whole test suite: what it needs, then every test; and when root runs it, the tests that meet the kernel once more as an
# ordinary user, who takes another way into the sandbox, and those of the sandbox in virtual machines with other kernels, on cgroup
# v2. What is not run is said: on a host that cannot isolate programs, most of what meets the kernel.
# Usage: scripts/test.sh, or scripts/test.sh --machines for the virtual machines alone, and all of them.
set -eu
cd "$(dirname "$0")/.."
. scripts/packages.sh
PATH="${HOME:=/root}/.cargo/bin:$PATH"

# The targets of tests/ that meet the kernel, beside the API's.
kernel_targets="sandbox escape languages warm cli"
# Virtual machines: who runs the tests there, the promise whose attacks run there (or all promises, and the rest of the sandbox's
# tests), and options of vm.sh. The first two have both kernels, both layouts of the cgroup tree and both kinds of user in half the
# time, and the promises that differ most by kernel and cgroup: all of them take a quarter of an hour under emulation.
machines="root bombs --kernel=bookworm
ordinary proc --kernel=trixie --systemd"
all_machines="root all --kernel=bookworm
ordinary all --kernel=trixie --systemd
root all --kernel=trixie --systemd
ordinary all --kernel=bookworm
root all --kernel=bookworm --systemd
ordinary all --kernel=trixie
root all --kernel=trixie
ordinary all --kernel=bookworm --systemd"

main() {
    if [ "${1:-}" = --machine ]; then
        shift
        machine "$@"
        return
    fi
    log=$(mktemp)
    trap 'rm -f "$log" "$log.passed" "$log.doctor"' EXIT
    timed "What the tests need" install
    if [ "${1:-}" = --machines ]; then
        machines_are_ready || fail "$missing"
        timed "In virtual machines" in_machines "$all_machines"
        summary
        return
    fi
    if ! isolates; then
        elsewhere
        return
    fi
    timed "All tests" tests --workspace
    timed "Random input, a minute for each of what parses it" fuzz
    timed "The page, in a browser" page
    if [ "$(id -u)" = 0 ]; then
        # Cargo starts the test programs by this script.
        triple=$(rustc -vV | sed -n 's/^host: //p' | tr 'a-z-' 'A-Z_')
        export "CARGO_TARGET_${triple}_RUNNER=$PWD/scripts/ordinary_user.sh"
        timed "The tests that meet the kernel, as an ordinary user" as_ordinary_user
    else
        echo "NOT RUN: what only root can do: you are an ordinary user" >>"$log"
    fi
    if machines_are_ready; then
        timed "In virtual machines" in_machines "$machines"
    else
        echo "NOT RUN: virtual machines: $missing" >>"$log"
    fi
    summary
}

# What the tests run in their sandboxes beside the toolchains (Debian's own Python whatever else there is, gcc, ps, findmnt, mawk),
# what makes system calls fail, and what gives root away.
install() {
    # The program that is tested has the page in it.
    scripts/web.sh build
    [ -x /usr/bin/python3 ] || install_packages python3
    have gcc || install_packages gcc libc6-dev
    have strace || install_packages strace
    have perl || install_packages perl
    have ps || install_packages procps
    have mawk || install_packages mawk
    have mount || install_packages mount
    { have findmnt && have setpriv && have unshare; } || install_packages util-linux
    # Which languages are missing can be tried out only where a sandbox works.
    ! isolates || scripts/languages.sh
}

# Of the API's tests not those of hostile clients and of a long load: they take long, and what they meet is the same for every user.
as_ordinary_user() {
    # shellcheck disable=SC2046 # a list of words
    tests $(printf -- '--test %s ' $kernel_targets)
    tests --test api -- --skip hostile:: --skip soak::
}

# All at once: they share the processors, and a minute on the clock.
fuzz() {
    export CODECANVAS_FUZZ_SECONDS=60
    tests --test fuzz -- --test-threads 32
    unset CODECANVAS_FUZZ_SECONDS
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

# For a host that cannot: what needs no sandbox is tested here, the sandbox itself in virtual machines alone.
elsewhere() {
    printf '\n== THIS HOST CANNOT ISOLATE PROGRAMS:\n' | tee -a "$log"
    grep -i missing "$log.doctor" | tee -a "$log"
    machines_are_ready || fail "The tests of the sandbox need a virtual machine: $missing"
    timed "The tests that need no sandbox" tests --workspace --exclude codecanvas
    timed "The program's own" tests --package codecanvas --bins
    timed "In virtual machines" in_machines "$machines"
    for target in $kernel_targets api; do
        [ "$target" = sandbox ] || echo "NOT RUN: $target: this host cannot isolate programs, and emulation is too slow for it" >>"$log"
    done
    summary
}

# Whether virtual machines can run here; if not, $missing is the reason. Fetches what they need, one after another.
machines_are_ready() {
    missing=$(echo "$all_machines" | while read -r _ _ options; do
        # shellcheck disable=SC2086 # a list of words
        scripts/vm.sh $options --prepare </dev/null 2>&1 || exit 1
    done) || { missing=$(echo "$missing" | tail -n 1) && false; }
}

# Runs the tests of the sandbox in some virtual machines, one per processor at a time, and attacks.
in_machines() {
    cargo test --locked --no-run --test sandbox 2>&1 | tee -a "$log"
    program=$(sed -n 's|.*Executable tests/sandbox/main.rs (\(.*\))|\1|p' "$log" | tail -n 1)
    [ -x "$program" ] || fail "The tests of the sandbox were not built."
    { echo "$1" | xargs -P "$(nproc)" -I MACHINE scripts/test.sh --machine MACHINE "$program" && : >"$log.passed"; } 2>&1 |
        tee -a "$log"
    [ -e "$log.passed" ] || exit 1
    rm "$log.passed"
}

# One of them: what it prints comes at its end and in one piece, since others may run beside it.
machine() {
    output=$(mktemp)
    trap 'rm -f "$output"' EXIT
    echo "== In a virtual machine: $1"
    status=0
    # shellcheck disable=SC2086 # a list of words
    scripts/vm.sh ${1#* * } "PATH='$PATH' HOME='$HOME' '$PWD/scripts/vm-tests.sh' '$2' ${1%% --*}" >"$output" 2>&1 || status=$?
    echo "== What was printed in the virtual machine: $1"
    cat "$output"
    return $status
}

# Runs tests, chosen by words of cargo's and, behind `--`, of the test program's, and keeps what they print. (A pipe's exit status is
# that of its last command, hence the file.)
tests() {
    case " $* " in *" -- "*) ;; *) set -- "$@" -- ;; esac
    { cargo test --locked "$@" --show-output && : >"$log.passed"; } 2>&1 | tee -a "$log"
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
