// Leaves its group: by a mount of the group file system, by clone3 into another one, by a fresh group namespace.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void must_fail(const char *what, long result) {
    printf("%s%s: %s\n", result == -1 && (errno == EPERM || errno == ENOSYS) ? "" : "ESCAPED ", what, strerror(errno));
}

int main() {
    mkdir("/work/group", 0755);
    must_fail("cgroup2", mount("none", "/work/group", "cgroup2", 0, 0));
    const char *controllers[] = {"memory", "pids", "rdma", "cpuset", "none,name=systemd"};
    for (int i = 0; i < 5; i++) must_fail(controllers[i], mount("none", "/work/group", "cgroup", 0, controllers[i]));
    must_fail("fsopen", syscall(SYS_fsopen, "cgroup2", 0));
    must_fail("a namespace", unshare(CLONE_NEWCGROUP));
    struct clone_args arguments = {.flags = CLONE_INTO_CGROUP, .exit_signal = 17, .cgroup = open("/work/group", O_RDONLY | O_DIRECTORY)};
    must_fail("clone3", syscall(SYS_clone3, &arguments, sizeof arguments));
    must_fail("setns", setns(open("/proc/self/ns/cgroup", O_RDONLY), CLONE_NEWCGROUP));
    if (access("/work/group/cgroup.procs", F_OK) == 0 || access("/work/group/tasks", F_OK) == 0) puts("ESCAPED: the groups are there");
    puts("stopped");
}
