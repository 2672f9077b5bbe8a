# Makes what rustc links by: a program that knows what the C compiler would say to the linker.
# Usage: prepare.sh RUSTC CC FOLDER FLAG …
set -eu
rustc=$1 cc=$2 folder=$3
shift 3

# The words around HERE are what the C compiler adds. It links by a program of its own, with a plugin for that.
words() {
    "$cc" '-###' -pie -nodefaultlibs -Wl,HERE -o OUT 2>&1 | grep -F ' HERE' | tail -n 1 >line
    [ -s line ] || return
    eval "set -- $(cat line)"
    shift
    list=
    printf '#define CC "%s"\n' "$cc"
    while [ $# -gt 0 ]; do
        case $1 in
        -plugin | -o) shift ;;
        -plugin-opt=* | -pie) ;;
        HERE) printf '#define BEFORE %s\n' "$list" && list= ;;
        *) list="$list\"$1\", " ;;
        esac
        shift
    done
    printf '#define BEHIND %s\n' "$list"
}

# By its name rustc knows what it has to say to it. What is tried leaves nothing to the C compiler.
make() {
    words >words.h &&
        { "$cc" -O2 -static -I. -o cc .codecanvas/link.c || "$cc" -O2 -I. -o cc .codecanvas/link.c; } &&
        mkdir -p try && "$cc" -DTRY -I. -o try/cc .codecanvas/link.c &&
        echo 'fn main() { println!("fine {}", 1.5f64.sin() > 0.9) }' >try.rs &&
        "$rustc" "$@" -Clinker=./try/cc -o tried try.rs && [ "$(./tried)" = 'fine true' ]
}

if make "$@" >/dev/null 2>&1; then cp cc "$folder/cc"; else ln -s "$cc" "$folder/cc"; fi
