// == a code
process.exit(3);
// == exitCode
process.exitCode = 4;
// == exitCode and later
process.exitCode = 5; setTimeout(() => console.log('later'), 5);
// == exit in the middle
console.log('a'); process.exit(); console.log('b');
// == exit events
process.on('exit', (code) => console.log('exit', code)); process.on('beforeExit', (code) => console.log('beforeExit', code)); console.log('main');
// == before exit more
let n = 0; process.on('beforeExit', () => { if (n++ < 2) setTimeout(() => console.log('again', n), 1); });
// == a code in an exit event
process.on('exit', () => { process.exitCode = 9; });
// == an error
throw new Error('oops');
// == an error deep down
function a() { b(); } function b() { throw new TypeError('deep'); }
a();
// == an error of another kind
throw { not: 'an error' };
// == a string
throw 'text';
// == null
throw null;
// == an error with a cause
throw new Error('outer', { cause: new RangeError('inner') });
// == an error with properties
const error = new Error('x'); error.code = 'E'; error.more = { a: 1 }; throw error;
// == a syntax error
let x = ;
// == a syntax error further down
console.log('never');

function f( { 
// == a reference error
console.log(nope);
// == an error in a timer
setTimeout(() => { throw new Error('late'); }, 1); process.on('exit', (code) => console.log('exit', code));
// == an error in a tick
process.nextTick(() => { throw new Error('tick'); });
// == an error in an event
new (require('events'))().emit('error', new Error('unheard'));
// == a rejection
Promise.reject(new Error('rejected'));
// == a rejection of no error
Promise.reject(5);
// == a rejection in an async function
(async () => { await null; throw new TypeError('async'); })();
// == a handled rejection
process.on('unhandledRejection', (reason) => console.log('unhandled', reason.message)); Promise.reject(new Error('r'));
// == a caught exception
process.on('uncaughtException', (error, origin) => console.log(error.message, origin)); setTimeout(() => console.log('goes on'), 5); throw new Error('caught');
// == the stack as text
console.log(new Error('here').stack);
// == the stack in a function
function f() { return new Error('in f').stack; } console.log(f());
// == the stack in a timer
setTimeout(() => console.log(new Error('timer').stack), 1);
// == the stack in a tick
process.nextTick(() => console.log(new Error('tick').stack));
// == the stack in a promise
Promise.resolve().then(() => console.log(new Error('promise').stack));
// == the stack in an immediate
setImmediate(() => console.log(new Error('immediate').stack));
// == the stack of calls
Error.prepareStackTrace = (_, calls) => calls.map((call) => [call.getFileName(), call.getLineNumber(), call.getFunctionName(), call.isToplevel()]);
console.log(new Error().stack);
// == the whole stack
Error.stackTraceLimit = 100; console.log(new Error('all').stack);
// == the stack of a module {"files": {"package.json": "{\"type\": \"module\"}"}}
console.log(new Error('module').stack); throw new Error('thrown');
// == the stack from a file beside {"files": {"other.js": "exports.f = () => { throw new Error('there'); };"}}
require('./other').f();
// == a stack that overflows
function f() { f(); } try { f(); } catch (error) { console.log(error instanceof RangeError, error.message); }
// == a signal
process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 1000);
// == killed
process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 1000);
// == aborted {"limits": {"wall_time_ms": 10000}}
process.abort();
// == a signal that is handled
process.on('SIGTERM', (name, number) => { console.log(name, number); process.exit(7); }); process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 1000);
// == interrupt
process.once('SIGINT', () => console.log('int')); process.kill(process.pid, 'SIGINT'); setTimeout(() => {}, 20);
// == too much processor time {"limits": {"cpu_time_ms": 300}}
console.log('started'); for (;;);
// == too much time {"limits": {"wall_time_ms": 300}}
console.log('started'); setTimeout(() => {}, 100000);
// == too much output
for (;;) require('fs').writeSync(1, 'x'.repeat(1000));
// == output that is cut {"limits": {"output_bytes": 100}}
for (let i = 0; i < 100; i++) console.log('line', i);
// == too much memory {"limits": {"memory_bytes": 150000000}}
const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 1));
// == a file too large {"limits": {"file_size_bytes": 100000}}
try { require('fs').writeFileSync('a', 'x'.repeat(200000)); } catch (error) { console.log(error.code); }
// == a disk too small {"limits": {"disk_bytes": 1000000}}
try { require('fs').writeFileSync('a', 'x'.repeat(2000000)); } catch (error) { console.log(error.code); }
// == too many open files {"limits": {"open_files": 100}}
const fs = require('fs'); let n = 0; try { for (;;) { fs.openSync('/dev/null'); n++; } } catch (error) { console.log(error.code, n); }
// == very few open files {"limits": {"open_files": 50}}
const fs = require('fs'); let n = 0; try { for (;;) { fs.openSync('/dev/null'); n++; } } catch (error) { console.log(error.code, n); }
// == an assertion
require('assert').strictEqual(1, 2);
// == an exit in an exception
try { process.exit(2); } finally { console.log('finally'); }
// == really
process.reallyExit(6);
// == a domain
const d = require('domain').create(); d.on('error', (error) => console.log('domain', error.message)); d.run(() => setTimeout(() => { throw new Error('x'); }, 1));
// == a warning
process.emitWarning('careful', { code: 'W1' }); new Buffer(1);
// == deprecated
require('util').deprecate(() => console.log('old'), 'do not', 'D1')();
// == unref
setTimeout(() => console.log('never'), 10000).unref(); console.log('now');
