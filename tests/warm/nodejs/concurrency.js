// == turns of the loop
setImmediate(() => console.log('immediate')); process.nextTick(() => console.log('tick')); Promise.resolve().then(() => console.log('promise')); queueMicrotask(() => console.log('microtask')); console.log('main');
// == ticks and promises
for (let i = 0; i < 3; i++) { process.nextTick(console.log, 'tick', i); Promise.resolve(i).then((i) => console.log('promise', i)); }
// == timers
setTimeout(console.log, 20, 'b'); setTimeout(console.log, 2, 'a'); const t = setInterval(() => { console.log('i'); clearInterval(t); }, 30);
// == timers of no time
setTimeout(() => console.log('1'), 0); setTimeout(() => console.log('2'), 1); setTimeout(() => console.log('3'), 0);
// == a timer's numbers
const t = setTimeout(() => {}, 5); console.log(t[Symbol.toPrimitive](), t._idleTimeout, typeof t._idleStart, t.hasRef());
// == timers of promises
require('timers/promises').setTimeout(5, 'value').then(console.log);
// == a thread
const { Worker, isMainThread, parentPort, workerData, threadId } = require('worker_threads');
if (isMainThread) { const w = new Worker(__filename, { workerData: 20 }); w.on('message', (m) => console.log('message', m)); w.on('exit', (code) => console.log('exit', code)); } else parentPort.postMessage([workerData + 1, threadId, process.argv, process.execArgv, process.env]);
// == a thread's modules
const { Worker, isMainThread } = require('worker_threads');
if (isMainThread) new Worker(__filename); else console.log(Object.keys(require.cache), module.id, require.main === module, process._preload_modules, Object.keys(require('module')._pathCache));
// == a thread of text
const { Worker } = require('worker_threads');
new Worker('console.log("in", require("worker_threads").isMainThread, process.uptime() < 5, Object.keys(require.cache))', { eval: true }).on('exit', (code) => console.log(code));
// == a thread with its own environment
const { Worker } = require('worker_threads');
new Worker('console.log(process.env, process.argv)', { eval: true, env: { A: '1' }, argv: ['x'] });
// == a thread that shares the environment
const { Worker, SHARE_ENV } = require('worker_threads');
new Worker('process.env.X = "y"', { eval: true, env: SHARE_ENV }).on('exit', () => console.log(process.env.X));
// == a thread that throws
const { Worker } = require('worker_threads');
new Worker('throw new Error("in the thread")', { eval: true }).on('error', (error) => console.log(error.message)).on('exit', (code) => console.log(code));
// == a thread that is not caught: which of Node's own frames the stack has depends on when the thread's end is noticed
const { Worker } = require('worker_threads');
Error.stackTraceLimit = 0;
new Worker('null.x', { eval: true });
// == a thread that exits
const { Worker } = require('worker_threads');
new Worker('process.exit(3)', { eval: true }).on('exit', (code) => console.log(code));
// == many threads
const { Worker, isMainThread, parentPort } = require('worker_threads');
if (isMainThread) { let sum = 0, left = 4; for (let i = 0; i < 4; i++) new Worker(__filename).on('message', (n) => { sum += n; if (!--left) console.log(sum); }); } else parentPort.postMessage(10);
// == shared memory
const { Worker } = require('worker_threads'); const shared = new Int32Array(new SharedArrayBuffer(4));
new Worker('Atomics.add(require("worker_threads").workerData, 0, 5)', { eval: true, workerData: shared }).on('exit', () => console.log(shared[0]));
// == a thread of a module {"files": {"w.mjs": "import { parentPort } from 'node:worker_threads'; parentPort.postMessage(import.meta.url);"}}
new (require('worker_threads').Worker)('./w.mjs').on('message', console.log);
// == a command
console.log(require('child_process').execSync('echo out; pwd; id -u | wc -l').toString());
// == a process of node
const { execFileSync } = require('child_process'); console.log(execFileSync(process.execPath, ['-p', '[process.argv, process.execArgv, process._preload_modules, Object.keys(process.env)]']).toString());
// == a fork {"files": {"child.js": "process.send([process.argv.slice(2), process.execArgv, Object.keys(require.cache), process.env.A]); process.on('message', (m) => { console.log('child got', m); process.disconnect(); });"}}
const child = require('child_process').fork('./child.js', ['x'], { env: { ...process.env, A: '1' } });
child.on('message', (m) => { console.log('parent got', m); child.send('bye'); }); child.on('exit', (code) => console.log('exit', code));
// == a spawn
const child = require('child_process').spawn('sh', ['-c', 'cat; echo err >&2; exit 3']); child.stdout.on('data', (d) => console.log('out', d.toString())); child.stderr.on('data', (d) => console.log('err', d.toString())); child.on('close', (code, signal) => console.log(code, signal)); child.stdin.end('fed\n');
// == a spawn of nothing
require('child_process').spawn('/nope').on('error', (error) => console.log(error.code, error.syscall));
// == descriptors of a child
console.log(require('child_process').execSync('ls /proc/self/fd').toString());
// == a child's signal
const child = require('child_process').spawn('sleep', ['10']); child.on('exit', (code, signal) => console.log(code, signal)); child.kill();
// == cluster
const cluster = require('cluster'); if (cluster.isPrimary) { cluster.fork().on('message', (m) => console.log('from worker', m)).on('exit', (code) => console.log('worker exit', code)); } else { process.send([cluster.worker.id, process.argv.length, process.execArgv]); cluster.worker.disconnect(); }
// == a server
const http = require('http'); const server = http.createServer((_, response) => response.end('answer')).listen(0, '127.0.0.1', () => http.get({ port: server.address().port, host: '127.0.0.1' }, (response) => response.on('data', (d) => { console.log(response.statusCode, d.toString()); server.close(); })));
// == a socket of unix
const net = require('net'); const server = net.createServer((socket) => socket.end('hi')).listen('/tmp/s', () => net.connect('/tmp/s').on('data', (d) => { console.log(d.toString()); server.close(); }));
// == fetch without a network
fetch('http://example.org').catch((error) => console.log(error.message, error.cause?.code));
// == a name that is local
require('dns').lookup('localhost', (error, address) => console.log(error, address));
// == compression
const zlib = require('zlib'); zlib.gzip('abc', (_, z) => zlib.gunzip(z, (_, text) => console.log(text.toString())));
// == hashes
console.log(require('crypto').createHash('sha256').update('abc').digest('hex')); require('crypto').pbkdf2('a', 'b', 10, 16, 'sha1', (_, key) => console.log(key.toString('hex')));
// == async hooks but for promises, of which Node 18 makes one of its own
const hooks = require('async_hooks'); const seen = []; hooks.createHook({ init(id, type) { if (type !== 'PROMISE') seen.push(type); } }).enable(); setTimeout(() => require('fs').writeSync(1, seen.join() + '\n'), 5);
// == async local storage
const storage = new (require('async_hooks').AsyncLocalStorage)(); storage.run(5, () => setTimeout(() => console.log(storage.getStore()), 1)); console.log(storage.getStore());
// == events
const e = new (require('events'))(); e.once('a', (x) => console.log('a', x)); e.emit('a', 1); console.log(e.emit('a', 2));
// == abort
const c = new AbortController(); c.signal.addEventListener('abort', () => console.log('aborted', c.signal.reason.name)); c.abort();
// == message channels
const { port1, port2 } = new MessageChannel(); port2.on('message', (m) => { console.log(m); port2.close(); }); port1.postMessage({ a: 1 });
// == web streams
new Response('text').text().then(console.log);
// == garbage
const r = new WeakRef({}); console.log(typeof r.deref()); new FinalizationRegistry(() => {}).register({}, 1);
// == web assembly
WebAssembly.instantiate(Uint8Array.from([0, 97, 115, 109, 1, 0, 0, 0])).then((w) => console.log(Object.keys(w)));
// == inspector
console.log(require('inspector').url());
// == test runner
console.log(typeof require('node:test'), typeof require('node:test').describe);
// == generators and so on
function* g() { yield 1; yield 2; } console.log([...g()], structuredClone({ a: new Date(0) }), Object.groupBy?.([1, 2], (n) => n % 2) ?? 'none', [3, 1, 2].toSorted?.());
