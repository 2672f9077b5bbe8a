// Looks for what the last program changed.
// expect: stopped

const fs = require('fs');
const mark = 'codecanvas-left-by-another';
for (const place of ['/tmp/', '/dev/shm/', '', '/etc/standby/', '/usr/']) if (fs.existsSync(place + mark)) console.log('ESCAPED:', place);
if (process.env.LEFT || globalThis.left || {}.left) console.log('ESCAPED: something of the last one');
if (require('os').tmpdir() !== '/tmp') console.log('ESCAPED: its modules');
console.log('stopped: nothing');
