// Leaves files of the compile phase in /tmp and /dev/shm: only the working directory goes on.
// expect: stopped
// compile-arg: -wrapper
// compile-arg: /bin/sh,-c,"$0" "$@"; echo x > /tmp/left; echo x > /dev/shm/left; echo x > /work/left
#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
    const char *folders[] = {"/tmp", "/dev/shm"};
    for (int i = 0; i < 2; i++) {
        DIR *folder = opendir(folders[i]);
        for (struct dirent *entry; (entry = readdir(folder));)
            if (entry->d_name[0] != '.') printf("ESCAPED %s/%s\n", folders[i], entry->d_name);
    }
    puts(access("/work/left", F_OK) ? "the working directory is not there" : "stopped");
}
