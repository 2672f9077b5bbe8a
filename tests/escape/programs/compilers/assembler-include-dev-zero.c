// Has the assembler read a line that never ends.
// expect: compile memory_exceeded
// needs: memory limit
// otherwise: compile exited 1
// compile-limit: memory=128MiB cpu_time=60s wall_time=240s

__asm__(".include \"/dev/zero\"");
int main(void) { return 0; }
