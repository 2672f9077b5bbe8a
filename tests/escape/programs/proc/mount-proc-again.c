// Mounts /proc again, where nothing covers it, or makes the one that is there writable and shows all processes in it.
// expect: stopped
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static void attempt(const char *what, int result) {
    if (result == 0 || errno != EPERM) printf("ESCAPED %s: %s\n", what, result ? strerror(errno) : "done");
}

int main(void) {
    mkdir("/work/proc", 0755);
    attempt("proc in /work", mount("proc", "/work/proc", "proc", 0, 0));
    attempt("proc with hidepid=0", mount("proc", "/work/proc", "proc", 0, "hidepid=0"));
    attempt("proc over proc", mount("proc", "/proc", "proc", 0, 0));
    attempt("remount", mount("proc", "/proc", "proc", MS_REMOUNT, "hidepid=0"));
    attempt("remount the mount", mount(0, "/proc", 0, MS_REMOUNT | MS_BIND, 0));
    attempt("bind", mount("/proc", "/work/proc", 0, MS_BIND, 0));
    attempt("bind sys", mount("/proc/sys", "/work/proc", 0, MS_BIND, 0));
    attempt("uncover", umount2("/proc/keys", MNT_DETACH));
    attempt("uncover all", umount2("/proc", MNT_DETACH));
    struct stat st;
    if (!access("/work/proc/version", F_OK) || !access("/proc/1", F_OK) || access("/proc/self", F_OK)) puts("ESCAPED /proc is another one");
    if (stat("/proc/keys", &st) == 0 && !S_ISCHR(st.st_mode)) puts("ESCAPED what was covered is not any more");
    puts("stopped: EPERM");
}
