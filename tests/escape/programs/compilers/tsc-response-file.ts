// Has tsc take its arguments from a file of the host, the first of which it would name as missing.
// expect: compile failed
// compile-limit: cpu_time=120s wall_time=240s
// compile-arg: @@LURE_FILE@

console.log("ESCAPED");
