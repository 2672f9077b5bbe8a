#!/bin/sh
# Installs the toolchains that the languages of this machine lack, and has done once what their compilers need. Which packages these are, the program itself knows.
# Arguments go to cargo: --release for the build that `make run` serves.
set -eu
cd "$(dirname "$0")/.."
. scripts/packages.sh
PATH="${HOME:=/root}/.cargo/bin:$PATH"

codecanvas() {
    cargo run --quiet --locked "$@"
}

missing=$(codecanvas "$@" -- langs --packages)
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086 # a list of words
    install_packages $missing
    if [ -n "$(codecanvas "$@" -- langs --packages)" ]; then
        codecanvas "$@" -- langs >&2
        fail "Some languages still do not work; the last column says why."
    fi
fi
optional=$(codecanvas "$@" -- langs --optional-packages)
if [ -n "$optional" ]; then
    # In a shell of its own, for whoever cannot install does without.
    # shellcheck disable=SC2086 # a list of words
    (install_packages $optional) || echo "codecanvas: without $optional, compiling takes longer" >&2
fi
codecanvas "$@" -- prepare
