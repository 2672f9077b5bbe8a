#!/bin/sh
# What runs in the virtual machine (see test.sh), as root, as an ordinary user, or as both: whether all limits are enforced by cgroup v2, the
# tests of the sandbox, and the escape suite.
# Usage: scripts/vm-tests.sh TEST-PROGRAM root|ordinary|both [PROMISE…]; the escape suite attacks on these promises, or on all.
set -eu
cd "$(dirname "$0")/.."

# The files of cgroup v2 by which limits are to be enforced there.
mechanisms="memory.max pids.max cpu.stat"

main() {
    test_program=$1
    output=$(dirname "$(dirname "$1")")
    users=$2
    shift 2
    if [ "$users" != ordinary ]; then
        as="env INSTA_UPDATE=no INSTA_WORKSPACE_ROOT=$PWD"
        suite "root" "$@"
    fi
    if [ "$users" != root ]; then
        as=scripts/ordinary_user.sh
        suite "an ordinary user" "$@"
    fi
}

suite() {
    echo "== As $1: Linux $(uname -r), process 1 is $(cat /proc/1/comm), in the group $(sed 's/^0:://' /proc/self/cgroup)"
    shift
    doctor=$($as "$output/codecanvas" doctor) || { echo "$doctor"; exit 1; }
    for mechanism in $mechanisms; do
        echo "$doctor" | grep "^full .*cgroup v2 $mechanism" || { echo "$mechanism is missing"; echo "$doctor"; exit 1; }
    done
    echo "     Running tests/sandbox/main.rs ($test_program)"
    # Not what is the same on every kernel, and takes long under emulation: calls that fail, clients of the launcher that mean harm.
    $as "$test_program" --show-output --color never --skip faults:: --skip hostile::
    $as "$output/codecanvas" attack --jobs 1 "$@"
    echo "$(cut -d . -f 1 /proc/uptime) seconds after the machine's start"
}

main "$@"
