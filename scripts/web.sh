#!/bin/sh
# The playground's page: `build` makes web/dist, which the program takes in when it is built; `test` checks it and has a browser use
# it, with the program that $CODECANVAS names. Where the page is newer than its sources `build` does nothing.
set -eu
cd "$(dirname "$0")/.."
. scripts/packages.sh

# What Vite asks for.
node_wanted=20.19.0

main() {
    case $1 in
        build) is_fresh || build ;;
        test) checks ;;
    esac
}

build() {
    get_node
    in_web 'npm ci --no-audit --no-fund --loglevel=error && npm run --silent build'
    touch web/dist
}

is_fresh() {
    [ -e web/dist/index.html ] && [ -z "$(find web docs/openapi.json -newer web/dist -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' | head -n 1)" ]
}

checks() {
    [ -d web/node_modules ] || build
    get_node
    [ -x /usr/bin/chromium ] || install_packages chromium
    in_web 'npm run --silent check && npm test --silent && npm run --silent e2e'
}

# Debian's own Node may be too old for Vite; then the registry's package of Node serves, for this alone.
get_node() {
    have npm || install_packages nodejs npm
}

in_web() {
    version=$(node --version 2>/dev/null || echo v0)
    if [ "$(printf '%s\n' "$node_wanted" "${version#v}" | sort -V | head -n 1)" = "$node_wanted" ]; then
        (cd web && sh -c "$1")
    else
        (cd web && npx --yes --package node@22 -- sh -c "$1")
    fi
}

main "$@"
