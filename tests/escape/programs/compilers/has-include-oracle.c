// Asks the preprocessor which files of the host there are.
// expect: stopped
// compile-arg: -I/
// compile-arg: -iquote/proc/1/root
// compile-arg: -isysroot/
#include <stdio.h>

int main(void) {
#if !__has_include("/etc/passwd") || !__has_include(<etc/passwd>)
    puts("the oracle is blind");
    return 1;
#endif
#if __has_include("@LURE_FILE@")
    puts("ESCAPED the lure is there");
#endif
#if __has_include("/etc/shadow") || __has_include(<etc/shadow>) || __has_include("etc/shadow")
    puts("ESCAPED /etc/shadow is there");
#endif
#if __has_include("/etc/machine-id") || __has_include("/etc/ssh/sshd_config") || __has_include("/etc/fstab")
    puts("ESCAPED the host's /etc is there");
#endif
#if __has_include("/root/.bashrc") || __has_include("/root/.profile") || __has_include("/var/lib/dpkg/status")
    puts("ESCAPED the host's folders are there");
#endif
#if __has_include("/proc/1/environ") || __has_include("/proc/@LURE_PID@/environ") || __has_include("/sys/kernel/uevent_seqnum")
    puts("ESCAPED a process or the kernel is there");
#endif
    puts("stopped");
}
