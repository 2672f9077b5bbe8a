// Raises ambient capabilities, which would outlive an execve; also with junk in the upper half of the arguments.
// expect: stopped

#include <errno.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    unsigned long junk[] = {0, 0xdeadbeefUL << 32};
    for (int i = 0; i < 2; i++)
        for (unsigned long cap = 0; cap <= 40; cap++) {
            if (syscall(SYS_prctl, PR_CAP_AMBIENT | junk[i], PR_CAP_AMBIENT_RAISE, cap, 0, 0) == 0 || errno != EPERM)
                printf("ESCAPED: %lu raised, errno %d\n", cap, errno);
            if (syscall(SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, cap, 0, 0) != 0)
                printf("ESCAPED: %lu is ambient\n", cap);
        }
    puts("stopped: EPERM");
}
