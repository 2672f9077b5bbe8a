// Stands in for the C compiler by which rustc links. That one starts two more programs before the linker, all of which find out anew what
// is always the same; this one has it from prepare.sh, and becomes the linker at once. Whatever is out of the ordinary is left to the C
// compiler.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// CC, and what it puts before and behind the words for the linker: BEFORE, BEHIND.
#include "words.h"

static const char *const before[] = {BEFORE};
static const char *const behind[] = {BEHIND};

static const char mold[] = "-B/usr/libexec/mold";
static const char of_rustc[] = "/gcc-ld";

static int begins(const char *word, const char *with) { return !strncmp(word, with, strlen(with)); }

static int ends(const char *word, const char *with) {
    size_t length = strlen(word), tail = strlen(with);
    return length >= tail && !strcmp(word + length - tail, with);
}

static int is_file(const char *word) {
    return word[0] != '-' && (ends(word, ".o") || ends(word, ".rlib") || ends(word, ".a") || ends(word, ".so"));
}

// The words for the linker, and which linker that is; null if it is not as simple as that. Folders to search come before the C compiler's own.
static char *translate(int count, char **words, char **to) {
    char *linker = NULL;
    int is_position_independent = 0, without_libraries = 0, with_lld = 0, with_mold = 0;
    *to++ = "ld.lld";
    for (int i = 1; i < count; i++) {
        if (!strcmp(words[i], "-L") && i + 1 < count) {
            *to++ = words[i];
            *to++ = words[++i];
        } else if (begins(words[i], "-L")) {
            *to++ = words[i];
        }
    }
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) *to++ = (char *)before[i];
    for (int i = 1; i < count; i++) {
        char *word = words[i];
        if (!strcmp(word, "-m64")) continue;
        else if (!strcmp(word, "-nodefaultlibs")) without_libraries = 1;
        else if (!strcmp(word, "-fuse-ld=lld")) with_lld = 1;
        else if (!strcmp(word, mold)) with_mold = 1;
        else if (begins(word, "-B") && ends(word, of_rustc)) {
            linker = strdup(word + 2);
            if (linker) strcpy(linker + strlen(linker) - strlen(of_rustc), "/");
        } else if (!strcmp(word, "-pie")) {
            is_position_independent = 1;
            *to++ = word;
        } else if (begins(word, "-Wl,")) {
            for (char *part = strtok(word + 4, ","); part; part = strtok(NULL, ",")) *to++ = part;
        } else if (!strcmp(word, "-L")) {
            i++;
        } else if (begins(word, "-L")) {
            continue;
        } else if (!strcmp(word, "-o") && i + 1 < count) {
            *to++ = word;
            *to++ = words[++i];
        } else if (begins(word, "-l") || is_file(word)) {
            *to++ = word;
        } else {
            return NULL;
        }
    }
    if (!is_position_independent || !without_libraries) return NULL;
    // Starting threads takes longer than they save.
    if (with_lld) *to++ = "--threads=1";
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) *to++ = (char *)behind[i];
    *to = NULL;
    if (!with_lld) return with_mold ? "/usr/libexec/mold/ld" : NULL;
    char *lld = linker ? malloc(strlen(linker) + sizeof "rust-lld") : NULL;
    return lld ? strcat(strcpy(lld, linker), "rust-lld") : NULL;
}

int main(int count, char **words) {
    size_t length = sizeof before / sizeof *before + sizeof behind / sizeof *behind + 3;
    char **copies = calloc(count + 1, sizeof *copies);
    for (int i = 0; copies && i < count; i++) {
        copies[i] = strdup(words[i]);
        if (!copies[i]) return 1;
        // No word has more parts than letters.
        length += strlen(words[i]) + 1;
    }
    char **linked = calloc(length, sizeof *linked);
    if (!copies || !linked) return 1;
    char *linker = translate(count, copies, linked);
    if (linker) execv(linker, linked);
#ifdef TRY
    return 126;
#endif
    words[0] = CC;
    execv(CC, words);
    return 127;
}
