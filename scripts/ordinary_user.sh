#!/bin/sh
# Runs a test program, or codecanvas, as a user without any privilege, at the same paths: cargo starts the test programs by it (see
# test.sh).
#
# The checkout may lie where nobody but root may look, and test programs have its path compiled in. So the program gets a mount
# namespace of its own in which copies that everyone may read stand at the paths of the checkout and of cargo's output. They
# are in memory and gone with the namespace.
#
# Where everything is on cgroup v2 the user gets a subtree of it to itself, as an administrator gives one: under systemd a scope with
# Delegate=yes, else a group made by hand. Where neither can be had, the tests say what the user's host cannot enforce.
set -eu
umask 022

# A number that no account has, and no sandbox.
user=60597

groups=/sys/fs/cgroup

main() {
    case $1 in
        --scope)
            shift
            give_user "$(sed -n 's/^0:://p' /proc/self/cgroup)"
            isolate "$@"
            ;;
        --inside)
            shift
            inside "$@"
            ;;
        *)
            if [ ! -e $groups/cgroup.controllers ]; then
                isolate "$@"
            elif [ -d /run/systemd/system ]; then
                systemd-run --quiet --scope --collect --property=Delegate=yes "$0" --scope "$@"
            else
                group=/codecanvas-test.$$
                trap leave_group EXIT
                if enter_group 2>/dev/null; then give_user $group; fi
                (isolate "$@")
            fi
            ;;
    esac
}

# Makes a group in the root, and this shell its first process. A container's root may refuse that.
enter_group() {
    echo '+memory +pids +cpu' >$groups/cgroup.subtree_control && mkdir $groups$group && echo $$ >$groups$group/cgroup.procs
}

leave_group() {
    [ ! -d $groups$group ] || { echo $$ >$groups/cgroup.procs && find $groups$group -depth -type d -exec rmdir {} +; }
}

# Lets the user make groups in a group, and move processes about in it: what the kernel calls delegation.
give_user() {
    chown $user:$user "$groups$1"
    while read -r file; do
        [ ! -e "$groups$1/$file" ] || chown $user:$user "$groups$1/$file"
    done </sys/kernel/cgroup/delegate
}

isolate() {
    stage=$(mktemp -d /tmp/codecanvas-test.XXXXXX)
    trap 'rmdir "$stage"' EXIT
    unshare --mount --propagation private "$0" --inside "$stage" "$@"
}

inside() {
    stage=$1
    shift
    checkout=$PWD
    folder=$(dirname "$(readlink -f "$1")")
    output=${folder%/deps}
    mount -t tmpfs -o mode=755 codecanvas-test "$stage"
    mkdir -p "$stage/checkout" "$stage/output/deps" "$stage/home"
    tar --exclude-vcs --exclude=./target --exclude=./web/node_modules -cf - . | tar -C "$stage/checkout" -xf -
    cp "$output/codecanvas" "$stage/output/"
    [ "$folder" = "$output" ] || cp "$1" "$stage/output/deps/"
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
