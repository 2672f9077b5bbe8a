# Sourced by the other scripts: Debian packages, installed only when they are missing.

have() {
    command -v "$1" >/dev/null 2>&1
}

fail() {
    echo "$*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif have sudo; then
        sudo "$@"
    else
        fail "This needs root, and there is no sudo. Run as root: $*"
    fi
}

# The package lists, fetched at most once. A mirror that fails is not the end: the lists at hand may do.
update_packages() {
    [ -n "${packages_updated:-}" ] || as_root apt-get update -qq || true
    packages_updated=yes
}

install_packages() {
    have apt-get || fail "Please install, as this system does it: $*"
    missing=
    for package in "$@"; do
        dpkg-query --show --showformat '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    echo "Installing:$missing" >&2
    update_packages
    # shellcheck disable=SC2086 # a list of words
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
}
