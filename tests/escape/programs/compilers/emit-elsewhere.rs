// Has intermediate files and dependencies written where the host's programs are.
// expect: compile exited 1
// compile-arg: --emit=dep-info=/etc/planted,asm=/usr/bin/planted,link=/usr/bin/planted2

fn main() {}
