// Looks into each of the five capability sets for each capability that the kernel knows.
// expect: stopped

#include <linux/capability.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2];
    if (syscall(SYS_capget, &header, data) != 0) return 1;
    int known = 0;
    // The kernel answers -1 for a number that is no capability: there are at least 41.
    for (int cap = 0; prctl(PR_CAPBSET_READ, cap, 0, 0, 0) >= 0; cap++, known++) {
        unsigned word = cap / 32, bit = 1u << cap % 32;
        if (data[word].effective & bit) printf("ESCAPED: %d is effective\n", cap);
        if (data[word].permitted & bit) printf("ESCAPED: %d is permitted\n", cap);
        if (data[word].inheritable & bit) printf("ESCAPED: %d is inheritable\n", cap);
        if (prctl(PR_CAPBSET_READ, cap, 0, 0, 0)) printf("ESCAPED: %d is in the bounding set\n", cap);
        if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, cap, 0, 0)) printf("ESCAPED: %d is ambient\n", cap);
    }
    if (known < 38) return 1;
    printf("stopped: none of %d capabilities\n", known);
}
