// Leaves 9,000 files with odd names where the program runs, more than that may have itself.
// expect: stopped
// compile-arg: -wrapper
// compile-arg: /bin/bash,-c,"$0" "$@"; for i in {1..9000}; do : > "$i"$'\n'; done; mkdir -p -- -rf '*' $'\e[2J'
// compile-limit: disk_files=12000 cpu_time=60s
#include <dirent.h>
#include <stdio.h>

int main(void) {
    int files = 0;
    DIR *folder = opendir("/work");
    while (readdir(folder)) files++;
    puts(files > 9000 ? "stopped" : "they are not there");
}
