// Raises each capability by capset, in each of the three sets that it can change.
// expect: stopped

#include <errno.h>
#include <linux/capability.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    for (int cap = 0; cap <= 40; cap++)
        for (int set = 0; set < 3; set++) {
            struct __user_cap_data_struct wish[2] = {0}, got[2];
            unsigned bit = 1u << cap % 32;
            *(&wish[cap / 32].effective + set) = bit;
            int result = syscall(SYS_capset, &header, wish), error = errno;
            syscall(SYS_capget, &header, got);
            if (result == 0 || error != EPERM || got[0].effective | got[1].effective | got[0].permitted | got[1].permitted)
                printf("ESCAPED: capability %d in set %d: %d, errno %d\n", cap, set, result, error);
        }
    puts("stopped: EPERM");
}
