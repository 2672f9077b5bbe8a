// Becomes root, its own neighbour, and nobody, by every call that changes ids.
// expect: stopped

#define _GNU_SOURCE
#include <stdio.h>
#include <sys/fsuid.h>
#include <sys/types.h>
#include <unistd.h>

static uid_t uid;
static gid_t gid;

static void check(const char *how, unsigned id, int result) {
    uid_t u[3];
    gid_t g[3];
    getresuid(u, u + 1, u + 2), getresgid(g, g + 1, g + 2);
    int changed = setfsuid(-1) != (int)uid || setfsgid(-1) != (int)gid;
    for (int i = 0; i < 3; i++) changed |= u[i] != uid || g[i] != gid;
    if (changed || result == 0) printf("ESCAPED: %s to %u: %d\n", how, id, result);
}

int main() {
    uid = getuid(), gid = getgid();
    if (uid == 0 || gid == 0) puts("ESCAPED: started as root");
    unsigned ids[] = {0, uid + 1, uid - 1, 1, 1000, 65534};
    for (int i = 0; i < 6; i++) {
        unsigned id = ids[i];
        check("setuid", id, setuid(id));
        check("seteuid", id, seteuid(id));
        check("setreuid", id, setreuid(id, id));
        check("setreuid, effective", id, setreuid(-1, id));
        check("setresuid", id, setresuid(id, id, id));
        check("setresuid, saved", id, setresuid(-1, -1, id));
        check("setgid", id, setgid(id));
        check("setegid", id, setegid(id));
        check("setregid", id, setregid(id, id));
        check("setresgid", id, setresgid(id, id, id));
        setfsuid(id), check("setfsuid", id, -1);
        setfsgid(id), check("setfsgid", id, -1);
    }
    puts("stopped");
}
