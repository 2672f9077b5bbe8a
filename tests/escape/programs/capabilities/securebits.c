// Unlocks the secure bits, so that user id 0 would mean power again, and asks to keep capabilities over a change of ids.
// expect: stopped

#include <errno.h>
#include <linux/securebits.h>
#include <stdio.h>
#include <sys/prctl.h>

static void must_fail(const char *what, int result) {
    printf("%s%s: %d, errno %d\n", result == -1 && errno == EPERM ? "" : "ESCAPED ", what, result, errno);
}

int main() {
    const int locks = SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED;
    int before = prctl(PR_GET_SECUREBITS);
    if ((before & locks) != locks || !(before & SECBIT_NOROOT)) printf("ESCAPED: the bits are %#x\n", before);
    must_fail("no bits", prctl(PR_SET_SECUREBITS, 0, 0, 0, 0));
    must_fail("keep capabilities", prctl(PR_SET_SECUREBITS, before | SECBIT_KEEP_CAPS, 0, 0, 0));
    must_fail("keepcaps", prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0));
    must_fail("bounding set", prctl(PR_CAPBSET_DROP, 1, 0, 0, 0));
    if (prctl(PR_GET_SECUREBITS) != before) puts("ESCAPED: the bits have changed");
    puts("stopped");
}
