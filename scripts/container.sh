#!/bin/sh
# Tries out what docs/deploy.md says of containers: a Docker Engine of its own, with everything in a temporary folder, an image made
# by debootstrap and by the Dockerfile of that document, and what `codecanvas doctor` finds with each set of flags; then real runs.
# Usage: scripts/container.sh. The program is $CODECANVAS, or built. Root runs this. Nothing is left but the packages.
set -eu
cd "$(dirname "$0")/.."
. scripts/packages.sh
PATH="${HOME:=/root}/.cargo/bin:$PATH"

capabilities="SYS_ADMIN NET_ADMIN SETUID SETGID SETPCAP CHOWN KILL"
calls="clone fsconfig fsmount fsopen mount mount_setattr move_mount open_tree pivot_root sethostname umount2 unshare"
no_cgroup="weaker memory limit, weaker process limit, weaker processor time"
# Where a Docker Engine keeps things whatever it is told.
elsewhere="/etc/docker /opt/containerd /run/containerd /run/docker"

main() {
    [ "$(id -u)" = 0 ] || fail "A Docker Engine needs root."
    install
    work=$(mktemp -d)
    group=codecanvas-trial-$$
    export DOCKER_HOST="unix://$work/socket" DOCKER_CONFIG="$work/client" DOCKER_BUILDKIT=0
    new=
    for place in $elsewhere; do [ -e "$place" ] || new="$new $place"; done
    trap clean_up EXIT
    trap 'exit 1' HUP INT TERM
    start_engine
    make_image
    make_profiles
    failures=0
    try_as_root
    try_as_user
    [ "$failures" = 0 ] || fail "$failures of these are not as docs/deploy.md has it."
    echo "All is as docs/deploy.md has it."
}

install() {
    program=${CODECANVAS:-$PWD/target/debug/codecanvas}
    [ -n "${CODECANVAS:-}" ] || cargo build --locked --bin codecanvas
    [ -x "$program" ] || fail "There is no $program."
    { have dockerd && have docker; } || install_packages docker.io
    have debootstrap || install_packages debootstrap
    have jq || install_packages jq
    have curl || install_packages curl
    have unshare || install_packages util-linux
}

# No bridge, and no rule of a firewall: containers have the host's network. Its mounts are in a namespace of its own and gone with it.
start_engine() {
    echo '{}' >"$work/engine.json"
    unshare --mount --propagation private dockerd --config-file "$work/engine.json" --host "$DOCKER_HOST" --pidfile "$work/pid" \
        --data-root "$work/data" --exec-root "$work/run" --bridge none --iptables=false --ip6tables=false --ip-forward=false \
        --exec-opt native.cgroupdriver=cgroupfs --cgroup-parent "/$group" >"$work/log" 2>&1 &
    engine=$!
    tries=0
    until docker version >/dev/null 2>&1; do
        tries=$((tries + 1))
        { kill -0 "$engine" 2>/dev/null && [ "$tries" -lt 120 ]; } || fail "The Docker Engine did not start: $(tail -n 5 "$work/log")"
        sleep 1
    done
    docker info --format 'Docker Engine {{.ServerVersion}}, cgroup v{{.CgroupVersion}}, {{.Driver}}, {{.SecurityOptions}}' 2>/dev/null
}

# The image of docs/deploy.md, on a Debian of this host's release: the program was linked to its C library.
make_image() {
    echo "== Image"
    mkdir "$work/context"
    debootstrap --variant=minbase "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$work/debian" >"$work/debootstrap.log" 2>&1 ||
        fail "debootstrap failed: $(tail -n 5 "$work/debootstrap.log")"
    tar -C "$work/debian" -c . | docker import - codecanvas-debian >/dev/null
    rm -rf "$work/debian"
    cp "$program" "$work/context/codecanvas"
    sed -n '/^```dockerfile$/,/^```$/ { /^```/d; s/^FROM .*/FROM codecanvas-debian/; p }' docs/deploy.md >"$work/context/Dockerfile"
    docker build --quiet --network host --tag codecanvas "$work/context" >"$work/build.log" 2>&1 ||
        fail "The image was not built: $(tail -n 5 "$work/build.log")"
}

# Docker's own profile of this release, as Debian packages it, and more calls.
make_profiles() {
    (cd "$work" && apt-get download -qq golang-github-docker-docker-dev >apt.log 2>&1) || fail "No profile: $(cat "$work/apt.log")"
    dpkg-deb --fsys-tarfile "$work"/golang-github-docker-docker-dev*.deb |
        tar -xO ./usr/share/gocode/src/github.com/docker/docker/profiles/seccomp/default.json >"$work/default.json"
    profile pivot_root >"$work/root.json"
    # shellcheck disable=SC2086 # a list of words
    profile $calls >"$work/user.json"
}

profile() {
    jq '.syscalls += [{names: $ARGS.positional, action: "SCMP_ACT_ALLOW"}]' "$work/default.json" --args "$@"
}

try_as_root() {
    echo "== As root"
    flags="--security-opt seccomp=$work/root.json --security-opt apparmor=unconfined"
    with="--cap-drop ALL $(added "")"
    found missing "no flag" ""
    found missing "the capabilities only" "$with"
    found missing "the profile only" "$flags"
    for capability in $capabilities; do
        found missing "without $capability" "$flags --cap-drop ALL $(added "$capability")"
    done
    found full "all of them" "$flags $with"
    found full "a profile of none" "$with --security-opt seccomp=unconfined --security-opt apparmor=unconfined"
    found full "Docker's capabilities and two more" "$flags --cap-add SYS_ADMIN --cap-add NET_ADMIN"
    hardened="--read-only --tmpfs /run --memory 1g --pids-limit 512 --security-opt no-new-privileges"
    found missing "--read-only alone" "$flags $with --read-only"
    found full "all, hardened" "$flags $with $hardened"
    found "$no_cgroup" "all, cgroups as they are" "$flags $with --entrypoint codecanvas"
    runs 137 "$flags $with $hardened"
    serves "$flags $with $hardened"
    attack "$flags $with"
}

try_as_user() {
    echo "== As a user"
    user="--user 1000 --cap-drop ALL --security-opt no-new-privileges"
    flags="$user --security-opt seccomp=$work/user.json --security-opt apparmor=unconfined"
    found missing "no flag" "--user 1000"
    found missing "without the profile" "$user --security-opt systempaths=unconfined"
    found missing "/proc covered" "$flags"
    flags="$flags --security-opt systempaths=unconfined"
    found "weaker user ids, $no_cgroup" "all of them" "$flags"
    hardened="--read-only --tmpfs /tmp --memory 1g --pids-limit 512"
    found "weaker user ids, $no_cgroup" "all, hardened" "$flags $hardened"
    # Without a cgroup the program is refused memory, and fails by itself.
    runs 1 "$flags $hardened"
    serves "$flags $hardened"
    attack "$flags"
}

# Flags for all capabilities but one.
added() {
    for added in $capabilities; do
        [ "$added" = "$1" ] || printf -- '--cap-add %s ' "$added"
    done
}

# Runs codecanvas in a container with these flags and arguments.
contained() {
    contained=$1
    shift
    in_time=0
    # shellcheck disable=SC2086 # a list of words
    timeout --kill-after 5 "${patience:-120}" docker run --rm --init --name trial --network host --cgroupns private \
        --volume "$work/programs:/programs:ro" $contained codecanvas "$@" || in_time=$?
    # A client that is ended does not always take its container along.
    [ "$in_time" != 124 ] && [ "$in_time" != 137 ] || docker rm --force trial >/dev/null 2>&1 || :
    return "$in_time"
}

# Whether doctor finds this with these flags: full, missing, or what is weaker. Swap and core dumps are the host's.
found() {
    contained "$3" doctor --json >"$work/doctor" 2>"$work/errors" || :
    verdict=$(jq -r 'if .isolates then [.mechanisms[] | select(.status == "weaker" and .name != "swap" and .name != "core dumps")
        | "weaker " + .name] | join(", ") | if . == "" then "full" else . end else "missing" end' "$work/doctor" 2>/dev/null) || verdict=
    reason=$(jq -r '[.mechanisms[] | select(.status == "missing") | .name + ": " + .detail] | join("; ")' "$work/doctor" 2>/dev/null) || reason=
    [ -n "$verdict" ] || verdict="nothing: $(tail -n 1 "$work/errors")"
    tell "$2" "$1" "$verdict" "$reason"
}

tell() {
    if [ "$2" = "$3" ]; then
        echo "ok    $1: $3${4:+ ($4)}"
    else
        echo "WRONG $1: $3${4:+ ($4)}, and not: $2"
        failures=$((failures + 1))
    fi
}

# Real programs; the first argument is the exit code of one that needs too much memory.
runs() {
    mkdir -p "$work/programs"
    echo 'print("hello")' >"$work/programs/hello.py"
    printf '#include <stdio.h>\nint main(void) { puts("hello"); }\n' >"$work/programs/hello.c"
    echo 'print(len(bytearray(200 << 20)))' >"$work/programs/memory.py"
    echo 'import time; time.sleep(60)' >"$work/programs/sleep.py"
    cat >"$work/programs/bomb.py" <<'PROGRAM'
import os, time
born = 0
try:
    while os.fork():
        born += 1
    time.sleep(5)
except OSError:
    print("refused after", born)
PROGRAM
    ran 0 hello "Python" "$2" run /programs/hello.py
    ran 0 hello "C" "$2" run /programs/hello.c
    ran 0 hello "a command" "$2" exec -- echo hello
    ran "$1" "" "a memory limit" "$2" run --limit memory=64MiB /programs/memory.py
    ran 0 "refused after 19" "a limit of processes" "$2" run --limit processes=20 /programs/bomb.py
    ran 124 "" "a limit of time" "$2" run --limit wall_time=500ms /programs/sleep.py
    # This one would take a minute.
    took=$(grep -o 'ran for [0-9]*' "$work/errors" | tr -dc 0-9)
    [ "${took:-60}" -lt 10 ] || tell "the limit of time is kept" "yes" "no, $(cat "$work/errors")"
}

ran() {
    code=0
    expected="$1 $2" title=$3 flags_of_run=$4
    shift 4
    contained "$flags_of_run" "$@" >"$work/output" 2>"$work/errors" </dev/null || code=$?
    tell "$title" "$expected" "$code $(cat "$work/output")"
}

# The server, asked from outside the container; a stop must end it by itself.
serves() {
    port=10199
    # shellcheck disable=SC2086 # a list of words
    docker run --detach --name server --network host --cgroupns private $1 codecanvas serve --listen 127.0.0.1:$port >/dev/null
    tries=0
    until curl -sf "http://127.0.0.1:$port/readyz" >/dev/null || [ "$tries" = 60 ]; do
        tries=$((tries + 1))
        sleep 1
    done
    answer=$(curl -s "http://127.0.0.1:$port/api/v1/run" -H 'Content-Type: application/json' -d '{"language": "python3", "source": "print(6 * 7)"}' | jq -r .stdout) || answer=
    tell "the server, from outside" 42 "$answer"
    docker stop --time 40 server >/dev/null
    tell "its end" 0 "$(docker inspect --format '{{.State.ExitCode}}' server)"
    docker rm server >/dev/null
}

# What there is of hostile programs, when this codecanvas has any.
attack() {
    contained "$1" attack --help >/dev/null 2>&1 || return 0
    code=0
    patience=900
    contained "$1" attack >"$work/output" 2>&1 </dev/null || code=$?
    patience=
    tell "attacks" 0 "$code" "$(tail -n 1 "$work/output")"
    [ "$code" = 0 ] || tail -n 40 "$work/output"
}

clean_up() {
    if [ -n "${engine:-}" ]; then
        running=$(docker ps --quiet 2>/dev/null) || running=
        # shellcheck disable=SC2086 # a list of words
        [ -z "$running" ] || docker rm --force $running >/dev/null
        kill "$engine" 2>/dev/null || :
        wait "$engine" 2>/dev/null || :
    fi
    find /sys/fs/cgroup -depth -type d -path "*/$group*" -exec rmdir {} + 2>/dev/null || :
    # shellcheck disable=SC2086 # a list of words
    rm -rf "$work" $new
}

main "$@"
