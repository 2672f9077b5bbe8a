// Ten macros that stand for a million million empty declarations.
// expect: compile cpu_time_exceeded
// compile-limit: cpu_time=2s memory=1GiB

#define A ;;;;;;;;;;;;;;;;
#define B A A A A A A A A A A A A A A A A
#define C B B B B B B B B B B B B B B B B
#define D C C C C C C C C C C C C C C C C
#define E D D D D D D D D D D D D D D D D
#define F E E E E E E E E E E E E E E E E
#define G F F F F F F F F F F F F F F F F
#define H G G G G G G G G G G G G G G G G
#define I H H H H H H H H H H H H H H H H
#define J I I I I I I I I I I I I I I I I
J
int main(void) { return 0; }
