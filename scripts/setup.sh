#!/bin/sh
# Makes this machine able to build codecanvas: a C compiler with its linker, Rust, and the components of Rust that are named as
# arguments (rustfmt, clippy). Where all is there it changes nothing and takes no time.
set -eu
cd "$(dirname "$0")/.."
. scripts/packages.sh
PATH="${HOME:=/root}/.cargo/bin:$PATH"

wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)

main() {
    have cc || install_packages gcc libc6-dev
    rust_is_new_enough || get_rust
    rust_is_new_enough || fail "Rust $wanted or newer is needed, and could not be installed; see https://rustup.rs"
    for component in "$@"; do
        has_component "$component" || get_component "$component"
    done
}

rust_is_new_enough() {
    have cargo && have rustc && at_least "$(rustc --version 2>/dev/null | cut -d ' ' -f 2)"
}

# Whether a version is the wanted one or newer.
at_least() {
    [ -n "$1" ] && [ "$(printf '%s\n' "$wanted" "${1%%-*}" | sort -V | head -n 1)" = "$wanted" ]
}

get_rust() {
    if ! have rustup; then
        if ! have apt-get; then
            get_rustup
        else
            update_packages
            if at_least "$(candidate rustc)"; then
                install_packages rustc cargo
                return
            elif [ -n "$(candidate rustup)" ]; then
                install_packages rustup
            else
                install_packages curl ca-certificates
                get_rustup
            fi
        fi
    fi
    have rustup || fail "Rust $wanted or newer is needed, and rustup could not be installed; see https://rustup.rs"
    rustup toolchain install stable --profile minimal --no-self-update
    # The user's own choice of a default stays; this directory gets what it needs.
    rustup default >/dev/null 2>&1 || rustup default stable
    rust_is_new_enough || rustup override set stable
}

get_rustup() {
    have curl || fail "Rust $wanted or newer is needed, and curl to fetch it; see https://rustup.rs"
    echo "Installing Rust by rustup, into $HOME/.cargo and $HOME/.rustup" >&2
    curl --proto '=https' --tlsv1.2 --silent --show-error --fail https://sh.rustup.rs |
        RUSTUP_INIT_SKIP_PATH_CHECK=yes sh -s -- -y --quiet --no-modify-path --profile minimal --default-toolchain stable
}

# The version of a package that apt would install; nothing when there is none.
candidate() {
    apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: \([0-9].*\)/\1/p' | cut -d + -f 1
}

has_component() {
    case $1 in
        rustfmt) cargo fmt --version ;;
        clippy) cargo clippy --version ;;
    esac >/dev/null 2>&1
}

get_component() {
    if have rustup; then
        rustup component add "$1"
    else
        case $1 in
            clippy) install_packages rust-clippy ;;
            *) install_packages "$1" ;;
        esac
    fi
}

main "$@"
