// Searches every keyring, and the kernel's list of keys, for what the last program left.
// expect: stopped
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    const int search = 10, read = 11;
    char line[512];
    for (int ring = -1; ring >= -8; ring--) {
        if (syscall(SYS_keyctl, search, ring, "user", "residue", 0) >= 0 || errno != ENOSYS) printf("ESCAPED found in %d\n", ring);
        if (syscall(SYS_keyctl, read, ring, line, sizeof line) >= 0 || errno != ENOSYS) printf("ESCAPED read %d\n", ring);
    }
    const char *lists[] = {"/proc/keys", "/proc/key-users"};
    for (int i = 0; i < 2; i++) {
        FILE *list = fopen(lists[i], "r");
        while (list && fgets(line, sizeof line, list)) printf("ESCAPED %s: %s", lists[i], line);
    }
    puts("stopped");
}
