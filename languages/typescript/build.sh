# Compiles a program: without flags its types are left out and looked at by nobody, with flags tsc checks them.
# Usage: build.sh NODE TSC ENTRYPOINT [FLAG …] -- SOURCE …
node=$1 tsc=$2 entrypoint=$3
shift 3

# Where esbuild puts a property of a class otherwise than TypeScript does: parameters of a constructor that are properties too.
own_way='constructor[[:space:]]*(\([^)]*)?$|constructor.*(public|private|protected|readonly)'

# Whatever esbuild does not understand is told in TypeScript's words.
strip() {
    ! grep -Eqs "$own_way" -- "$@" && esbuild "$@" --tsconfig=.codecanvas/strip.json --format=cjs --platform=node \
        --target=es2022 --sourcemap=inline --sources-content=false --outdir=. --outbase=. >/dev/null 2>&1 ||
        "$node" .codecanvas/strip.js "$tsc" "$@"
}

# Not every host has the types of Node.js, and a browser's would collide with names that programs like to use (`name`, `event`).
# So a short description of Node.js comes along, and every program has the same types whatever the host.
# `force`: a file without imports has its names for itself, too.
check() {
    "$node" "$tsc" .codecanvas/node.d.ts --target es2022 --lib es2022 --module commonjs --moduleDetection force \
        --esModuleInterop --resolveJsonModule --skipLibCheck --noEmitOnError --inlineSourceMap --pretty false "$@" "$entrypoint"
}

if [ "$1" = -- ]; then
    shift
    strip "$@"
else
    flags=0
    while [ "$1" != -- ]; do
        set -- "$@" "$1"
        shift
        flags=$((flags + 1))
    done
    shift $(($# - flags))
    check "$@"
fi
status=$?
# The program has no use for it, and of an ordinary user only what is no folder is kept for later runs.
rm -r .codecanvas
exit $status
