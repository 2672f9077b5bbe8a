// Hides its work behind the time that its interpreter used before there was a program.
// limit: cpu_time=300ms wall_time=60s
// expect: cpu_time_exceeded

process.cpuUsage = () => ({ user: 0, system: 0 });
process.uptime = () => 0;
const children = [];
for (let i = 0; i < 2; i++) children.push(require('child_process').spawn('/bin/sh', ['-c', 'while :; do :; done'], { detached: true, stdio: 'ignore' }));
for (;;);
