// Has the compiler write its output where the host's programs are.
// expect: compile failed
// compile-limit: cpu_time=120s wall_time=240s
// compile-arg: --outDir
// compile-arg: /usr/bin

console.log("ESCAPED");
