// Uses what restores checkpoints: choosing the next process id, other programs' mappings, and its own name and layout.
// expect: stopped

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int main() {
    const char *files[] = {"/proc/sys/kernel/ns_last_pid", "/proc/self/clear_refs", "/proc/1/map_files", "/proc/1/pagemap"};
    for (int i = 0; i < 4; i++) {
        int fd = open(files[i], i < 2 ? O_WRONLY : O_RDONLY);
        printf("%s%s: %s\n", fd >= 0 ? "ESCAPED " : "", files[i], strerror(errno));
    }
    int wish = 77;
    struct clone_args arguments = {.exit_signal = 17, .set_tid = (unsigned long)&wish, .set_tid_size = 1};
    long pid = syscall(SYS_clone3, &arguments, sizeof arguments);
    if (pid == 0) _exit(0);
    if (pid > 0) printf("ESCAPED: clone3 gave process %ld\n", pid);
    if (prctl(PR_SET_MM, PR_SET_MM_EXE_FILE, open("/usr/bin/env", O_RDONLY), 0, 0) == 0) puts("ESCAPED: another program's name");
    if (prctl(PR_SET_MM, PR_SET_MM_START_BRK, 0x10000000, 0, 0) == 0) puts("ESCAPED: another heap");
    char name[20];
    long got = readlink("/proc/self/exe", name, sizeof name);
    if (got > 0 && memmem(name, got, "/usr/bin/env", 12)) puts("ESCAPED: the program is another");
    // In pagemap the frame's number is zero for who may not know it.
    unsigned long entry = 0;
    pread(open("/proc/self/pagemap", O_RDONLY), &entry, 8, (unsigned long)&entry / 4096 * 8);
    if (entry & ((1UL << 55) - 1)) printf("ESCAPED: this page lies in frame %lx\n", entry);
    puts("stopped");
}
