// Makes a cookie that keeps others off its processor core, and shares or takes those of others.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    unsigned long cookie = 0, junk[] = {0, 1UL << 32, 0xdeadbeefUL << 32};
    for (int j = 0; j < 3; j++)
        for (int command = 0; command < 5; command++)
            for (int pid = 0; pid <= 1; pid++)
                for (int scope = 0; scope < 3; scope++)
                    // 62 is PR_SCHED_CORE.
                    if (syscall(SYS_prctl, 62 | junk[j], command, pid, scope, &cookie) != -1 || errno != EPERM)
                        printf("ESCAPED: command %d, errno %d\n", command, errno);
    puts("stopped: EPERM");
}
