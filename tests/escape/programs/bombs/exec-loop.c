// Executes itself over and over, so that it is a new program each time.
// expect: cpu_time_exceeded
// limit: cpu_time=300ms wall_time=60s
#include <unistd.h>

int main(int argc, char **argv) {
    execv("/proc/self/exe", argv);
    return argc;
}
