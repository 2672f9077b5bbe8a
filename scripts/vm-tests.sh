#!/bin/sh
# What runs in the virtual machine (see test.sh), as root or as an ordinary user: whether all limits are enforced by cgroup v2, the tests
# of the sandbox, and the escape suite.
# Usage: scripts/vm-tests.sh TEST-PROGRAM root|ordinary all|PROMISE; with a promise, only attacks on that one, and only those of the
# sandbox's tests that have to do with kernels.
set -eu
cd "$(dirname "$0")/.."

# The files of cgroup v2 by which limits are to be enforced there.
mechanisms="memory.max pids.max cpu.stat"

main() {
    test_program=$1
    output=$(dirname "$(dirname "$1")")
    user=$2
    promise=$3
    case $user in
        root) as="env INSTA_UPDATE=no INSTA_WORKSPACE_ROOT=$PWD" ;;
        ordinary) as=scripts/ordinary_user.sh ;;
    esac
    echo "== As $user: Linux $(uname -r), process 1 is $(cat /proc/1/comm), in the group $(sed 's/^0:://' /proc/self/cgroup)"
    doctor=$($as "$output/codecanvas" doctor) || { echo "$doctor"; exit 1; }
    for mechanism in $mechanisms; do
        echo "$doctor" | grep "^full .*cgroup v2 $mechanism" || { echo "$mechanism is missing"; echo "$doctor"; exit 1; }
    done
    echo "     Running tests/sandbox/main.rs ($test_program)"
    # Not what is the same on every kernel, and takes long under emulation: calls that fail, clients of the launcher that mean harm.
    set -- --skip faults:: --skip hostile::
    [ "$promise" = all ] || set -- "$@" --skip live:: --skip standby:: --skip templates::
    $as "$test_program" --show-output --color never "$@"
    [ "$promise" != all ] || promise=
    # shellcheck disable=SC2086 # none, or one word
    $as "$output/codecanvas" attack --jobs 1 $promise
    echo "$(cut -d . -f 1 /proc/uptime) seconds after the machine's start"
}

main "$@"
