// == kinds
console.log(process.stdin.constructor.name, process.stdout.constructor.name, process.stderr.constructor.name, process.stdin.fd, process.stdout.fd, process.stderr.fd, process.stdout.isTTY);
// == kinds with input {"stdin": "abc"}
console.log(process.stdin.constructor.name, process.stdin.isTTY, process.stdin.readableFlowing, process.stdin.path);
// == properties of stdout
console.log(process.stdout._type, process.stdout.writable, process.stdout.writableLength, process.stdout.writableHighWaterMark, process.stdout.columns, process.stdout.readable, process.stdout.destroyed);
// == keys of stdout
console.log(Object.keys(process.stdout), Object.keys(process.stderr), process.stdout.eventNames());
// == handle of stdout
console.log(process.stdout._handle?.constructor.name, process.stdout._handle?.fd, process.stdout.listenerCount('error'));
// == all input {"stdin": "žluť\n🦀"}
console.log(require('fs').readFileSync(0, 'utf8'));
// == all input of nothing
console.log(JSON.stringify(require('fs').readFileSync(0, 'utf8')));
// == input by name {"stdin": "abc"}
console.log(require('fs').readFileSync('/dev/stdin', 'utf8'));
// == events {"stdin": "a\nb\n"}
process.stdin.on('data', (piece) => console.log(piece)).on('end', () => console.log('end')).on('close', () => console.log('close'));
// == events of nothing
process.stdin.on('data', (piece) => console.log(piece)).on('end', () => console.log('end'));
// == readable {"stdin": "abcdef"}
process.stdin.setEncoding('utf8'); process.stdin.on('readable', () => { let c; while ((c = process.stdin.read(2)) !== null) console.log(c); });
// == lines {"stdin": "1\n2\n3\n"}
require('readline').createInterface({ input: process.stdin }).on('line', (line) => console.log(+line * 2)).on('close', () => console.log('closed'));
// == questions {"stdin": "me\n"}
const lines = require('readline').createInterface({ input: process.stdin, output: process.stdout });
lines.question('who? ', (who) => { console.log('hello', who); lines.close(); });
// == awaited lines {"stdin": "1\n2\n3"}
(async () => { let sum = 0; for await (const line of require('readline').createInterface({ input: process.stdin })) sum += +line; console.log(sum); })();
// == promised questions {"stdin": "a\nb\n"}
(async () => { const lines = require('readline/promises').createInterface({ input: process.stdin }); console.log(await lines.question('? '), await new Promise((done) => lines.once('line', done))); lines.close(); })();
// == awaited pieces {"stdin": "abc"}
(async () => { for await (const piece of process.stdin) console.log(piece.toString()); })();
// == pipes {"stdin": "shout\n"}
const { Transform } = require('stream');
process.stdin.pipe(new Transform({ transform(piece, _, done) { done(null, piece.toString().toUpperCase()); } })).pipe(process.stdout);
// == input that is not read {"stdin": "abc"}
console.log('done');
// == paused {"stdin": "abc"}
process.stdin.pause(); console.log(process.stdin.isPaused());
// == read by the descriptor {"stdin": "abcdef"}
const piece = Buffer.alloc(4); console.log(require('fs').readSync(0, piece), piece.toString(), require('fs').readSync(0, piece), piece.toString());
// == a stat of each
const fs = require('fs'); for (const n of [0, 1, 2]) { const s = fs.fstatSync(n); console.log(s.isFile(), s.isFIFO(), s.isCharacterDevice(), s.size, s.mode.toString(8), s.uid === process.getuid()); }
// == a stat with input {"stdin": "abc"}
const fs = require('fs'); const s = fs.fstatSync(0); console.log(s.isFile(), s.size, s.mode.toString(8), s.uid, s.nlink);
// == standard output by name
require('fs').writeFileSync('/dev/stdout', 'by name\n'); require('fs').appendFileSync('/dev/stderr', 'err\n');
// == to the descriptor
require('fs').writeSync(1, 'one\n'); require('fs').writeSync(2, 'two\n');
// == order
console.log(1); process.stdout.write('2\n'); require('fs').writeSync(1, '3\n'); console.error('e'); console.log(4);
// == callbacks
process.stdout.write('a\n', () => console.log('written')); console.log('b');
// == a lot
for (let i = 0; i < 20000; i++) console.log('line', i);
// == a lot at once
process.stdout.write('x'.repeat(500000) + '\n');
// == a lot and exit
process.stdout.write('x'.repeat(50000) + '\n'); process.exit(0);
// == bytes
process.stdout.write(Buffer.from([0, 255, 10]));
// == console
console.log('%s %d %i %f %j %o %O %%', 'a', 1.5, 1.5, '2.5', { a: 1 }, [1], { b: {} }); console.info('i'); console.debug('d'); console.warn('w');
// == console of objects
console.log({ a: [1, { b: new Map([[1, 2]]) }], f() {}, s: Symbol('x'), d: new Date(0), e: new Error('x').message, u: undefined, n: null });
// == tables and groups
console.table([{ a: 1, b: 2 }, { a: 3 }]); console.group('g'); console.log('in'); console.groupEnd(); console.count(); console.count(); console.assert(false, 'no');
// == a directory of the console
console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 }); console.trace('here');
// == times of the console
console.time('t'); console.timeEnd('u');
// == a console of one's own
new console.Console(process.stderr).log('to stderr'); console.log(Object.keys(console));
// == colours
console.log(process.stdout.hasColors?.(), process.stdout.getColorDepth?.(), require('util').inspect('a', { colors: true }));
// == ended output
process.stdout.end('last\n'); console.log('more');
// == destroyed output
process.stdout.destroy(); console.log('nobody reads this'); console.error('this they do');
// == closed output
require('fs').closeSync(1); try { require('fs').writeSync(1, 'x'); } catch (error) { console.error(error.code); }
// == cork
process.stdout.cork(); process.stdout.write('a'); process.stdout.write('b\n'); process.stdout.uncork();
// == backpressure
console.log(process.stdout.write('x'.repeat(100) + '\n'), process.stdout.writableNeedDrain);
// == output of children
const { spawnSync } = require('child_process'); console.log('before'); spawnSync('sh', ['-c', 'echo child; echo err >&2'], { stdio: 'inherit' }); console.log('after');
// == input of children {"stdin": "abc"}
require('child_process').spawnSync('cat', { stdio: 'inherit' });
// == terminal
console.log(require('tty').isatty(0), require('tty').isatty(1)); try { new (require('tty').ReadStream)(0); } catch (error) { console.log(error.code); }
