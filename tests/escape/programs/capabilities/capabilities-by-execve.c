// Keeps capabilities over execve by each old trick: an interpreter script, a file without a name, the loader, a copy in memory.
// expect: stopped

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int look(const char *how) {
    char line[200];
    int lines = 0;
    for (FILE *status = fopen("/proc/self/status", "r"); fgets(line, sizeof line, status);)
        if (strncmp(line, "Cap", 3) == 0 && ++lines && strcmp(strchr(line, '\t') + 1, "0000000000000000\n")) printf("ESCAPED: %s: %s", how, line);
    return lines;
}

int main(int argc, char **argv) {
    if (argc > 1) return look(argv[argc - 1]);
    int self = open("/proc/self/exe", O_RDONLY), memory = memfd_create("copy", 0);
    while (sendfile(memory, self, 0, 1 << 20) > 0) {}
    int script = open("/work/script", O_CREAT | O_WRONLY, 0755);
    dprintf(script, "#!/work/a.out script\n");
    fchmod(script, 06755), close(script);
    for (int way = 0; way < 4; way++) {
        if (fork() == 0) {
            if (way == 0) execl("/work/script", "script", NULL);
            if (way == 1) execveat(self, "", (char *[]){"x", "descriptor", 0}, (char *[]){0}, AT_EMPTY_PATH);
            if (way == 2) fexecve(memory, (char *[]){"x", "memory", 0}, (char *[]){0});
            if (way == 3) execl("/lib64/ld-linux-x86-64.so.2", "ld", "/work/a.out", "loader", NULL), execl("/lib/ld-linux-aarch64.so.1", "ld", "/work/a.out", "loader", NULL);
            _exit(0);
        }
        int status;
        wait(&status);
        if (WEXITSTATUS(status) != 5) return 1;
    }
    if (look("itself") != 5) return 1;
    puts("stopped");
}
