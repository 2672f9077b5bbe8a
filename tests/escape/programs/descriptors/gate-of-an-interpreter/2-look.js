// Looks for the descriptor by which an interpreter that was started ahead got its program, and for what it waited in.
// expect: stopped

const fs = require('fs');
for (let fd = 3; fd < 4096; fd++) {
  let leads;
  try { leads = fs.readlinkSync('/proc/self/fd/' + fd); } catch { continue; }
  if (/^socket:|memfd|^\/(etc|work)/.test(leads)) console.log('ESCAPED: descriptor', fd, 'leads to', leads);
  try { fs.writeSync(60, 'p'); console.log('ESCAPED: 60 takes words'); } catch {}
}
for (const line of fs.readFileSync('/proc/self/maps', 'utf8').split('\n'))
  if (/standby|gate/.test(line)) console.log('ESCAPED: mapped', line);
for (const [name, value] of Object.entries(process.env))
  if (/gate/.test(value)) console.log('ESCAPED: in the environment', name, value);
if (/gate/.test(fs.readFileSync('/proc/self/environ', 'latin1'))) console.log('ESCAPED: in /proc/self/environ');
if (Object.keys(require.cache).length !== 1) console.log('ESCAPED: loaded', Object.keys(require.cache));
console.log('stopped: nothing of it is left');
