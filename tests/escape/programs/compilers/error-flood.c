// A million million errors, none of which the compiler may leave out.
// expect: compile output_exceeded
// compile-limit: cpu_time=120s wall_time=240s
// compile-arg: -fmax-errors=0
// compile-arg: -ftrack-macro-expansion=0

#define WORDS "the end of the world and of all that is written about it "
#define PAGE WORDS WORDS WORDS WORDS WORDS WORDS WORDS WORDS WORDS WORDS WORDS WORDS WORDS WORDS WORDS WORDS
#define A _Static_assert(0, PAGE PAGE PAGE PAGE PAGE PAGE PAGE PAGE);
#define B A A A A A A A A A A A A A A A A
#define C B B B B B B B B B B B B B B B B
#define D C C C C C C C C C C C C C C C C
#define E D D D D D D D D D D D D D D D D
#define F E E E E E E E E E E E E E E E E
#define G F F F F F F F F F F F F F F F F
#define H G G G G G G G G G G G G G G G G
H
int main(void) { return 0; }
