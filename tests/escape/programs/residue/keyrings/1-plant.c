// Leaves keys in the keyrings of its user, of its session and in persistent ones, which outlive every process.
// expect: stopped
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
    // From the thread's (-1) over session (-3) and user (-4) to the persistent one of the requestor (-8).
    for (int ring = -1; ring >= -8; ring--)
        if (syscall(SYS_add_key, "user", "residue", "secret", 6, ring) >= 0 || errno != ENOSYS)
            printf("ESCAPED add_key to %d: %s\n", ring, strerror(errno));
    for (int operation = 0; operation < 40; operation++)
        if (syscall(SYS_keyctl, operation, -4, 0, 0, 0) >= 0 || errno != ENOSYS)
            printf("ESCAPED keyctl %d: %s\n", operation, strerror(errno));
    if (syscall(SYS_request_key, "user", "residue", "call-out", -4) >= 0 || errno != ENOSYS)
        printf("ESCAPED request_key: %s\n", strerror(errno));
    puts("stopped: ENOSYS");
}
