# Compiles all of the standard library's headers. GCC looks for a compiled header before the header itself, and takes it if it was compiled
# with the same flags.
# Usage: prepare.sh G++ FOLDER FLAG …
set -eu
gxx=$1 compiled=$2/bits/stdc++.h.gch
shift 2
mkdir "${compiled%/*}"

echo '#include <bits/stdc++.h>' >headers.hpp
{
    cat headers.hpp
    echo '#pragma codecanvas instantiate'
} >instantiated-headers.hpp
cat >program.cpp <<'EOF'
#include <bits/stdc++.h>
int main() {
    std::map<std::string, std::vector<int>> words{{"fi", {1, 2}}, {"ne", {3}}};
    std::ostringstream text;
    for (const auto &[word, numbers] : words) text << word;
    std::cout << text.str() << std::accumulate(words["fi"].begin(), words["fi"].end(), 0) << std::regex_replace("a1", std::regex("[0-9]"), "!");
}
EOF

# The words of a compiler that cannot do that are nothing that anybody has to read.
instantiated() {
    "$gxx" -x c -shared -fPIC -O1 -o ./instantiate.so .codecanvas/instantiate.c &&
        "$gxx" -fplugin=./instantiate.so "$@" -x c++-header -o "$compiled" instantiated-headers.hpp &&
        "$gxx" "$@" "-I${compiled%/bits/*}" -o ./program program.cpp &&
        [ "$(./program)" = 'fine3a!' ]
}

instantiated "$@" >/dev/null 2>&1 || "$gxx" "$@" -x c++-header -o "$compiled" headers.hpp
