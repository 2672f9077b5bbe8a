# Compiles a program of one file as `go build` does, but without finding out again what the standard library consists of. Whatever is
# out of the ordinary, or wrong, is left to `go build`, whose words the client then gets.
# Usage: build.sh GO FOLDER-OF-THE-PROGRAM ENTRYPOINT [FLAG …]
go=$1 directory=$2 entrypoint=$3
shift 3

# One file, whose name and comments say nothing to `go build`.
is_plain() {
    case $directory$entrypoint in
    .*[_/]*) return 1 ;;
    esac
    set -- *
    [ "$*" = "$entrypoint" ] && ! grep -Eq '^[[:space:]]*//(go:|[[:space:]]*\+build)' "$entrypoint"
}

if [ $# = 0 ] && is_plain; then
    . /prepared/flags
    # shellcheck disable=SC2086 # lists of words
    "$tools/compile" -o /tmp/main.a -p main -complete -nolocalimports -pack $compile -importcfg /prepared/compile.cfg "./$entrypoint" &&
        "$tools/link" -o a.out -buildmode=exe -s -w $link -importcfg /prepared/link.cfg /tmp/main.a && exit
    rm -f a.out
fi >/dev/null 2>&1
exec "$go" build "-ldflags=-s -w" -o a.out "$@" "./$directory"
