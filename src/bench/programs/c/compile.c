#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct counted {
    const char *word;
    int times;
};

static int by_word(const void *left, const void *right) {
    return strcmp(((const struct counted *)left)->word, ((const struct counted *)right)->word);
}

int main(void) {
    const char *words[] = {"apples", "pears", "apples", "pears", "apples"};
    struct counted counts[5];
    size_t known = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = 0;
        while (at < known && strcmp(counts[at].word, words[i]) != 0) at++;
        if (at == known) counts[known++] = (struct counted){words[i], 0};
        counts[at].times++;
    }
    qsort(counts, known, sizeof *counts, by_word);
    for (size_t i = 0; i < known; i++) printf("%s %d\n", counts[i].word, counts[i].times);
}
