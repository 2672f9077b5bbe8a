// Goes to the gate once more, in this process and in others: nobody is on its other side.
// expect: stopped

const { spawnSync } = require('child_process');
const fs = require('fs');
const gate = '/etc/standby/gate.js';
for (const [what, options] of [['as it is', {}], ['with a number that it knows', { stdio: Array(61).fill('pipe') }]]) {
  const child = spawnSync(process.execPath, ['-e', 'console.log("went on")'], {
    ...options, env: { NODE_OPTIONS: '--require=' + gate }, timeout: 2000, input: undefined,
  });
  if (fs.existsSync(gate) && String(child.stdout).includes('went on')) console.log('ESCAPED:', what);
}
for (const file of [gate, '/etc/standby/gate.so', '/etc/standby/new']) {
  try { fs.writeFileSync(file, 'x'); console.log('ESCAPED: wrote', file); } catch {}
}
console.log('stopped: it leads nowhere');
