// Reads all that the kernel laid on the stack at the start, and looks for bytes that are no argument, variable or vector.
// expect: stopped

#include <elf.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>

extern char **environ;
static char *spans[300][2];
static int count;

static void known(void *from, size_t size) {
    spans[count][0] = from, spans[count++][1] = (char *)from + size;
}

int main(int argc, char **argv) {
    for (int i = 0; i < argc; i++) known(argv[i], strlen(argv[i]) + 1);
    char **variable = environ;
    for (; *variable && count < 200; variable++) known(*variable, strlen(*variable) + 1);
    // 16 bytes for AT_RANDOM; names of the program and the machine.
    known((void *)getauxval(AT_RANDOM), 16);
    unsigned long names[] = {AT_EXECFN, AT_PLATFORM, AT_BASE_PLATFORM};
    for (int i = 0; i < 3; i++)
        if (getauxval(names[i])) known((void *)getauxval(names[i]), strlen((char *)getauxval(names[i])) + 1);
    // Behind the variables lie the vectors.
    Elf64_auxv_t *vector = (Elf64_auxv_t *)(variable + 1);
    for (; vector->a_type != AT_NULL; vector++)
        if (vector->a_type > 64) printf("ESCAPED: vector %lu\n", vector->a_type);
    char *at = (char *)(vector + 1), *name = (char *)getauxval(AT_EXECFN);
    char *end = name + strlen(name) + 1 + 8;
    int strange = 0;
    for (; at < end; at++) {
        int is_known = *at == 0;
        for (int i = 0; i < count; i++) is_known |= at >= spans[i][0] && at < spans[i][1];
        if (!is_known && strange++ < 10) printf("ESCAPED: %02x at %p\n", *at & 255, (void *)at);
    }
    // Far below, no call of this program has ever been.
    char *deep = (char *)argv - (1 << 20);
    for (int i = 0; i < 1 << 19; i++)
        if (((volatile char *)deep)[i]) return printf("ESCAPED: %02x deep in the stack\n", deep[i] & 255), 0;
    printf("stopped: %d things, nothing else\n", count);
}
