// Raises each resource limit above its ceiling.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

int main() {
    for (int resource = 0; resource < RLIM_NLIMITS; resource++) {
        struct rlimit old, more, now;
        getrlimit(resource, &old);
        if (old.rlim_max == RLIM_INFINITY) continue;
        for (int i = 0; i < 3; i++) {
            more.rlim_max = i == 0 ? RLIM_INFINITY : i == 1 ? old.rlim_max + 1 : (rlim_t)-2;
            more.rlim_cur = i == 2 ? old.rlim_max : more.rlim_max;
            int results[] = {setrlimit(resource, &more), prlimit(0, resource, &more, 0), prlimit(getpid(), resource, &more, 0)};
            for (int j = 0; j < 3; j++)
                if (results[j] == 0) printf("ESCAPED: limit %d raised\n", resource);
        }
        getrlimit(resource, &now);
        if (now.rlim_max > old.rlim_max) printf("ESCAPED: limit %d is %ld\n", resource, (long)now.rlim_max);
    }
    puts("stopped: EPERM");
}
