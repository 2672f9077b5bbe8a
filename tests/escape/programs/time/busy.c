// Runs in a circle.
// expect: cpu_time_exceeded
// limit: cpu_time=300ms wall_time=60s
int main(void) {
    for (volatile long n = 0;; n++) continue;
}
