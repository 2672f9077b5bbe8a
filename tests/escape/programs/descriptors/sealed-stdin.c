// Changes its own standard input: writes, cuts, grows, maps, unseals and reopens it for writing.
// expect: stopped
// stdin: what it was given

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void must_fail(const char *what, long result) {
    printf("%s%s: %s\n", result == -1 ? "" : "ESCAPED ", what, strerror(errno));
}

int main() {
    const int all = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
    int seals = fcntl(0, F_GET_SEALS);
    printf("seals %#x\n", seals);
    if (seals >= 0 && (seals & all) != all) printf("ESCAPED: the seals are %#x\n", seals);
    must_fail("write", write(0, "x", 1));
    must_fail("pwrite", pwrite(0, "x", 1, 0));
    must_fail("ftruncate", ftruncate(0, 0));
    must_fail("fallocate", fallocate(0, 0, 0, 1 << 20));
    must_fail("a writable map", mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 0, 0) == MAP_FAILED ? -1 : 0);
    must_fail("another seal", fcntl(0, F_ADD_SEALS, F_SEAL_FUTURE_WRITE));
    if (seals >= 0) {
        int again = open("/proc/self/fd/0", O_RDWR);
        must_fail("write by a new descriptor", again < 0 ? -1 : write(again, "x", 1));
        must_fail("truncate by a new descriptor", again < 0 ? -1 : ftruncate(again, 0));
        must_fail("its owner", fchown(0, 0, 0));
    }
    char line[100] = "";
    if (!fgets(line, sizeof line, stdin) || strcmp(strtok(line, "\n"), "what it was given") != 0) return 1;
    puts("stopped");
}
