# Compiles headers of the standard library: all of them, for programs that begin with bits/stdc++.h, and those that programs begin with
# most. GCC looks for a compiled header before the header itself, and takes it when it is what a program includes first and was compiled
# with the same flags.
# Usage: prepare.sh G++ FOLDER FLAG …
set -eu
gxx=$1 folder=$2
shift 2
mkdir "$folder/bits"

cat >rest.cpp <<'EOF'
#include <bits/stdc++.h>
int main() {
    std::map<std::string, std::vector<int>> words{{"fi", {1, 2}}, {"ne", {3}}};
    std::ostringstream text;
    for (const auto &[word, numbers] : words) text << word;
    std::cout << text.str() << std::accumulate(words["fi"].begin(), words["fi"].end(), 0) << std::regex_replace("a1", std::regex("[0-9]"), "!");
}
EOF

compile() {
    echo "#include <$header>" >headers.hpp
    "$gxx" "$@" -x c++-header -o "$folder/$header.gch" headers.hpp
}

# The same, with the plugin; a compiler that cannot do that has nothing to say that anybody needs to read.
compile_instantiated() {
    {
        echo "#include <$header>"
        echo '#pragma codecanvas instantiate'
    } >instantiated-headers.hpp
    { echo "#include <$header>" && cat rest.cpp; } >program.cpp
    "$gxx" -fplugin=./instantiate.so "$@" -x c++-header -o "$folder/$header.gch" instantiated-headers.hpp &&
        "$gxx" "$@" "-I$folder" -o ./program program.cpp && [ "$(./program)" = 'fine3a!' ]
} >/dev/null 2>&1

"$gxx" -x c -shared -fPIC -O1 -o ./instantiate.so .codecanvas/instantiate.c >/dev/null 2>&1 || true
for header in bits/stdc++.h iostream vector string algorithm map; do
    # Where what is compiled cannot be taken, GCC wants the header in the same folder.
    printf '#pragma GCC system_header\n#include_next <%s>\n' "$header" >"$folder/$header"
    compile_instantiated "$@" || compile "$@"
done
