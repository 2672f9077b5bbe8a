// Does what administrators do: mounts, names the host, freezes a file system, hangs up terminals, sets trusted attributes.
// expect: stopped

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

static void must_fail(const char *what, long result) {
    // ENOTTY: memory has nothing to trim.
    int denied = result == -1 && (errno == EPERM || errno == ENOSYS || errno == ENOTTY);
    printf("%s%s: %s\n", denied ? "" : "ESCAPED ", what, strerror(errno));
}

int main() {
    must_fail("mount", mount("none", "/tmp", "tmpfs", 0, 0));
    must_fail("remount /usr", mount(0, "/usr", 0, MS_REMOUNT | MS_BIND, 0));
    must_fail("umount", umount2("/proc", MNT_DETACH));
    must_fail("fsopen", syscall(SYS_fsopen, "tmpfs", 0));
    must_fail("open_tree", syscall(SYS_open_tree, AT_FDCWD, "/", 1));
    must_fail("sethostname", sethostname("escaped", 7));
    must_fail("setdomainname", setdomainname("escaped", 7));
    must_fail("vhangup", vhangup());
    int work = open("/work", O_RDONLY | O_DIRECTORY);
    must_fail("freeze /work", ioctl(work, FIFREEZE, 0));
    struct fstrim_range all = {0, -1, 0};
    must_fail("trim /work", ioctl(work, FITRIM, &all));
    struct utsname name;
    uname(&name);
    if (strcmp(name.nodename, "escaped") == 0) puts("ESCAPED: the name has changed");
    puts("stopped");
}
