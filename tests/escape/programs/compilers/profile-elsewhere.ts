// Has the compiler write a profile of itself among the host's settings.
// expect: stopped
// compile-limit: cpu_time=120s wall_time=240s
// compile-arg: --generateCpuProfile
// compile-arg: /etc/ld.so.preload
import * as fs from "fs";

console.log(fs.existsSync("/etc/ld.so.preload") ? "ESCAPED it is there" : "stopped");
