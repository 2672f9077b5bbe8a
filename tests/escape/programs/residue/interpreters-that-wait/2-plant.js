// Changes whatever the next program's interpreter might share with this one's.
// expect: stopped
// limit: cpu_time=30s wall_time=60s

const fs = require('fs');
const mark = 'codecanvas-left-by-another';
for (const place of ['/tmp/' + mark, '/dev/shm/' + mark, mark, '/etc/standby/' + mark, '/usr/' + mark]) try { fs.writeFileSync(place, mark); } catch {}
process.env.LEFT = mark;
globalThis.left = mark;
Object.prototype.left = mark;
require('module').prototype.require = () => mark;
const seen = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name) && +name !== process.pid);
for (const pid of seen) console.log('ESCAPED: sees', pid, fs.readFileSync(`/proc/${pid}/cmdline`, 'latin1'));
// 1 is init: the kernel keeps such signals from it without a word.
for (let pid = 2; pid < 35000; pid++) {
  // By the number of one of its threads it would kill itself.
  if (fs.existsSync('/proc/self/task/' + pid)) continue;
  try { process.kill(pid, 'SIGKILL'); console.log('ESCAPED: killed', pid); } catch {}
}
console.log('stopped: alone');
