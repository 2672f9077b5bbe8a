// Changes resource limits of init, its parent and the host's processes by prlimit.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

int main(void) {
    int targets[] = {1, getppid(), @LURE_PID@, -1};
    for (int t = 0; t < 4; t++)
        for (int resource = 0; resource < 16; resource++) {
            struct rlimit old = {0, 0};
            int answer = prlimit(targets[t], resource, 0, &old);
            if (!answer || errno != EPERM) printf("ESCAPED read %d of %d: %s\n", resource, targets[t], strerror(errno));
            // A null pointer sets nothing, junk at address 8 is looked at only after leave was given: EFAULT.
            answer = prlimit(targets[t], resource, (void *)8, 0);
            if (!answer || errno != EPERM) printf("ESCAPED set %d of %d: %s\n", resource, targets[t], strerror(errno));
        }
    // Its own hard limits only go down.
    for (int resource = 0; resource < 16; resource++) {
        struct rlimit now, more;
        getrlimit(resource, &now);
        if (now.rlim_max == RLIM_INFINITY) continue;
        more = (struct rlimit){now.rlim_cur, now.rlim_max + 1};
        if (!setrlimit(resource, &more) || errno != EPERM) printf("ESCAPED raised %d: %s\n", resource, strerror(errno));
    }
    puts("stopped: EPERM");
}
