#!/bin/sh
# Runs a test program as a user without any privilege, at the same paths: cargo starts the test programs by it (see test.sh).
#
# The checkout may lie where nobody but root may look, and test programs have its path compiled in. So the program gets a mount
# namespace of its own in which copies that everyone may read stand at the paths of the checkout and of cargo's output. They
# are in memory and gone with the namespace.
set -eu
umask 022

# A number that no account has, and no sandbox.
user=60597

main() {
    if [ "$1" = --inside ]; then
        shift
        inside "$@"
    else
        stage=$(mktemp -d /tmp/codecanvas-test.XXXXXX)
        trap 'rmdir "$stage"' EXIT
        unshare --mount --propagation private "$0" --inside "$stage" "$@"
    fi
}

inside() {
    stage=$1
    shift
    checkout=$PWD
    output=$(dirname "$(dirname "$(readlink -f "$1")")")
    mount -t tmpfs -o mode=755 codecanvas-test "$stage"
    mkdir -p "$stage/checkout" "$stage/output/deps" "$stage/home"
    tar --exclude-vcs --exclude=./target -cf - . | tar -C "$stage/checkout" -xf -
    cp "$output/codecanvas" "$stage/output/"
    cp "$1" "$stage/output/deps/"
    chmod -R go+rX "$stage/checkout" "$stage/output"
    chown $user:$user "$stage/home"

    put checkout "$checkout"
    put output "$output"
    cd "$checkout"
    # insta would ask cargo for this folder, but this user may have no cargo.
    exec setpriv --reuid=$user --regid=$user --clear-groups env \
        HOME="$stage/home" TMPDIR="$stage/home" USER=$user LOGNAME=$user \
        INSTA_WORKSPACE_ROOT="$checkout" INSTA_UPDATE=no CODECANVAS_TEST_AS_ORDINARY_USER=1 "$@"
}

# Lets a copy stand at a path. A folder on the way that the user may not enter gets an empty one in its place.
put() {
    way=$2
    closed=
    while [ "$way" != / ]; do
        way=$(dirname "$way")
        [ ! -e "$way" ] || setpriv --reuid=$user --regid=$user --clear-groups test -x "$way" || closed=$way
    done
    [ -z "$closed" ] || mount -t tmpfs -o mode=755 codecanvas-test "$closed"
    mkdir -p "$2"
    mount --bind "$stage/$1" "$2"
}

main "$@"
