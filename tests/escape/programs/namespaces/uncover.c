// Takes away mounts to see what they cover: the masks of /proc, /work, /tmp, the root itself.
// expect: stopped
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
    char line[4096], place[1024];
    int flags[] = {0, MNT_DETACH, MNT_FORCE, MNT_EXPIRE, UMOUNT_NOFOLLOW | MNT_DETACH}, tried = 0;
    FILE *file = fopen("/proc/self/mountinfo", "r");
    struct stat before, after;
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "%*d %*d %*s %*s %1023s", place) != 1) continue;
        // One that is covered by another, as what was compiled before is by the working directory, has no name any more.
        int seen = !stat(place, &before);
        for (int f = 0; f < 5; f++, tried++)
            if (!umount2(place, flags[f]) || errno != EPERM) printf("ESCAPED %s flags %d: %s\n", place, flags[f], strerror(errno));
        if (!stat(place, &after) != seen) printf("ESCAPED %s has changed\n", place);
        else if (seen && (before.st_dev != after.st_dev || before.st_ino != after.st_ino)) printf("ESCAPED %s is another one\n", place);
    }
    puts(tried > 50 ? "stopped: EPERM" : "hardly a mount was seen");
}
