// Where Node.js waits that was started ahead of need, until its program is there. It is loaded before any program, hides what it can of
// itself, and returns: all that follows is Node's own.
'use strict';

const fs = require('fs');
const INIT = 60;

const Module = module.constructor;
delete Module._cache[__filename];
for (const key of Object.keys(Module._pathCache)) delete Module._pathCache[key];
const preloaded = Object.getOwnPropertyDescriptor(process, '_preload_modules');
if (preloaded) Object.defineProperty(process, '_preload_modules', { ...preloaded, value: [] });

// Threads of the program load this as well; by then the variable that leads here is gone.
if (process.env.NODE_OPTIONS) wait();

function wait() {
  const piece = Buffer.alloc(1 << 16);
  rehearse(piece);
  const { uptime } = process;
  const came = uptime();
  try {
    process.dlopen({ exports: {} }, __dirname + '/gate.so');
  } catch (error) {
    // It has nothing to offer, so that it is not kept; this is how it looks when it has done its work.
    if (!error.message.includes('self-register')) process.reallyExit(1);
  }
  const waited = uptime() - came;
  process.uptime = { uptime: () => uptime() - waited }.uptime;
  const words = read(INIT, piece).split('\0');
  const count = 1 + Number(words[0]);
  if (!(count > 2)) process.reallyExit(1);
  process.argv.push(...words.slice(3 + process.execArgv.length, count));
  take(words.slice(count, -1));
  fs.writeSync(INIT, 'p');
  fs.closeSync(INIT);
}

// What most programs do: done once, it is in memory and compiled. Nothing of it is left to be done, and no number is used up: the
// stream leads nowhere, and what it puts off is dropped.
function rehearse(piece) {
  const { nextTick } = process;
  process.nextTick = () => {};
  const nowhere = () => 0;
  const handle = { getAsyncId: () => 1, writeUtf8String: nowhere, readStart: nowhere, readStop: nowhere, unref: nowhere };
  require('tty');
  require('readline');
  void [fs.ReadStream, fs.WriteStream];
  const stream = new (require('net').Socket)({ handle, readable: false, writable: true });
  // Not by way of a console: the first one that is used looks at the standard streams, which are not there yet.
  const { formatWithOptions } = require('util');
  for (let i = 0; i < 3; i++) stream.write(formatWithOptions({}, '%s', i, { rehearsed: [i, true] }) + '\n', nowhere);
  process.nextTick = nextTick;
  // And what is done here when the program comes.
  const file = fs.openSync(__filename);
  read(file, piece).split('\0');
  fs.closeSync(file);
  take(Object.entries(process.env).map((variable) => variable.join('=')));
  try {
    process.dlopen({ exports: {} }, __dirname + '/gate.js');
  } catch {
    // It is none.
  }
}

function read(file, piece) {
  const pieces = [];
  for (let length; (length = fs.readSync(file, piece)) > 0; ) pieces.push(Buffer.from(piece.subarray(0, length)));
  return Buffer.concat(pieces).toString();
}

// Makes the environment what it is to be, in the order in which it would be.
function take(variables) {
  const pairs = variables.map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]);
  const names = Object.keys(process.env);
  const same = (count) => pairs.slice(0, count).every(([name], index) => name === names[index]);
  if (!same(names.length)) for (const name of names) delete process.env[name];
  for (const [name, value] of pairs) if (process.env[name] !== value) process.env[name] = value;
}
