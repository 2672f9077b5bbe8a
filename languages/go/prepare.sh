# Compiles the standard library, and notes what `go build` gives its compiler and its linker for a program of one file.
# Usage: prepare.sh GO FOLDER
set -eu
go=$1 folder=$2

"$go" build std

# Sandboxes see the folder here.
seen=/prepared
"$go" list -export -f '{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}' std | sed "s|=$folder/|=$seen/|" >"$folder/std"
# What is internal can be linked, and not imported.
grep -Ev '^packagefile (vendor/|([^=]*/)?internal(/|=))' "$folder/std" >"$folder/compile.cfg"

mkdir program
cp .codecanvas/prepare.go program/main.go
cd program
"$go" build -n "-ldflags=-s -w" -o a.out . >../commands 2>&1
{
    sed -n "s|_$PWD|_/work|; /^modinfo /p" ../commands
    cat "$folder/std"
} >"$folder/link.cfg"
{
    echo "tools='$("$go" env GOTOOLDIR)'"
    echo "compile='$(sed -n 's/.*compile .* \(-lang=[^ ]*\) .*/\1/p' ../commands) $(sed -n 's/.*compile .* \(-goversion [^ ]*\) .*/\1/p' ../commands)'"
    echo "link='$(sed -n 's/.*link .* \(-X=runtime.godebugDefault=[^ ]*\) .*/\1/p' ../commands)'"
} >"$folder/flags"
cp ../.codecanvas/build.sh "$folder/build.sh"
