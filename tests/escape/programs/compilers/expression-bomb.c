// A sum of a million million numbers, all of which the compiler keeps.
// expect: compile memory_exceeded
// needs: memory limit
// otherwise: compile exited 1
// compile-limit: memory=128MiB cpu_time=60s wall_time=240s

#define A n + n + n + n + n + n + n + n + n + n + n + n + n + n + n + n
#define B A + A + A + A + A + A + A + A + A + A + A + A + A + A + A + A
#define C B + B + B + B + B + B + B + B + B + B + B + B + B + B + B + B
#define D C + C + C + C + C + C + C + C + C + C + C + C + C + C + C + C
#define E D + D + D + D + D + D + D + D + D + D + D + D + D + D + D + D
#define F E + E + E + E + E + E + E + E + E + E + E + E + E + E + E + E
#define G F + F + F + F + F + F + F + F + F + F + F + F + F + F + F + F
#define H G + G + G + G + G + G + G + G + G + G + G + G + G + G + G + G
int main(int n, char **arguments) { return H; }
