// What programs use of Node.js, for hosts without its full description: the globals and modules that small programs need
// are described; of the other modules only the names are known, and everything in them is `any`.

declare var global: typeof globalThis;
declare var require: { (id: string): any; resolve(id: string): string; main: any; cache: any };
declare var module: { exports: any; id: string; filename: string; children: any[]; paths: string[] };
declare var exports: any;
declare var __dirname: string;
declare var __filename: string;

interface Console {
  log(...values: any[]): void;
  info(...values: any[]): void;
  debug(...values: any[]): void;
  warn(...values: any[]): void;
  error(...values: any[]): void;
  trace(...values: any[]): void;
  dir(value: any, options?: any): void;
  table(data: any, columns?: readonly string[]): void;
  assert(condition?: any, ...values: any[]): void;
  count(label?: string): void;
  countReset(label?: string): void;
  group(...labels: any[]): void;
  groupEnd(): void;
  time(label?: string): void;
  timeEnd(label?: string): void;
  timeLog(label?: string, ...values: any[]): void;
}
declare var console: Console;

declare namespace NodeJS {
  interface ErrnoException extends Error {
    errno?: number;
    code?: string;
    path?: string;
    syscall?: string;
  }
  interface Timeout {
    ref(): this;
    unref(): this;
    hasRef(): boolean;
    refresh(): this;
    [Symbol.toPrimitive](): number;
  }
  type Timer = Timeout;
  interface Immediate {
    ref(): this;
    unref(): this;
  }
  interface EventEmitter {
    on(event: string | symbol, listener: (...args: any[]) => void): this;
    once(event: string | symbol, listener: (...args: any[]) => void): this;
    off(event: string | symbol, listener: (...args: any[]) => void): this;
    addListener(event: string | symbol, listener: (...args: any[]) => void): this;
    removeListener(event: string | symbol, listener: (...args: any[]) => void): this;
    removeAllListeners(event?: string | symbol): this;
    setMaxListeners(count: number): this;
    listeners(event: string | symbol): Function[];
    emit(event: string | symbol, ...args: any[]): boolean;
    listenerCount(event: string | symbol): number;
  }
  interface ReadStream extends EventEmitter, AsyncIterable<any> {
    fd: number;
    isTTY: boolean;
    setEncoding(encoding: BufferEncoding): this;
    read(size?: number): any;
    pause(): this;
    resume(): this;
    pipe<T>(to: T): T;
    [key: string]: any;
  }
  interface WriteStream extends EventEmitter {
    fd: number;
    isTTY: boolean;
    columns: number;
    rows: number;
    write(data: string | Uint8Array, encoding?: any, done?: (error?: Error) => void): boolean;
    end(...args: any[]): this;
    [key: string]: any;
  }
  interface ProcessEnv {
    [name: string]: string | undefined;
  }
  interface MemoryUsage {
    rss: number;
    heapTotal: number;
    heapUsed: number;
    external: number;
    arrayBuffers: number;
  }
  interface Process extends EventEmitter {
    stdin: ReadStream;
    stdout: WriteStream;
    stderr: WriteStream;
    argv: string[];
    argv0: string;
    execPath: string;
    env: ProcessEnv;
    exitCode?: number;
    pid: number;
    ppid: number;
    platform: string;
    arch: string;
    version: string;
    versions: Record<string, string>;
    exit(code?: number): never;
    abort(): never;
    cwd(): string;
    chdir(directory: string): void;
    nextTick(callback: (...args: any[]) => void, ...args: any[]): void;
    hrtime: { (since?: [number, number]): [number, number]; bigint(): bigint };
    uptime(): number;
    cpuUsage(since?: any): { user: number; system: number };
    memoryUsage(): MemoryUsage;
    [key: string]: any;
  }
}
declare var process: NodeJS.Process;

type BufferEncoding =
  | "ascii" | "utf8" | "utf-8" | "utf16le" | "utf-16le" | "ucs2" | "ucs-2" | "base64" | "base64url" | "latin1" | "binary" | "hex";

interface Buffer extends Uint8Array {
  readonly buffer: ArrayBuffer;
  toString(encoding?: BufferEncoding, start?: number, end?: number): string;
  toJSON(): { type: "Buffer"; data: number[] };
  equals(other: Uint8Array): boolean;
  compare(other: Uint8Array): number;
  write(text: string, ...rest: any[]): number;
  slice(start?: number, end?: number): Buffer;
  subarray(start?: number, end?: number): Buffer;
  [method: `read${string}` | `write${string}`]: any;
}
declare var Buffer: {
  from(data: any, encoding?: any, length?: number): Buffer;
  alloc(size: number, fill?: any, encoding?: BufferEncoding): Buffer;
  allocUnsafe(size: number): Buffer;
  concat(list: readonly Uint8Array[], length?: number): Buffer;
  byteLength(data: any, encoding?: BufferEncoding): number;
  compare(a: Uint8Array, b: Uint8Array): number;
  isBuffer(value: any): value is Buffer;
  isEncoding(encoding: string): boolean;
};

declare function setTimeout(callback: (...args: any[]) => void, ms?: number, ...args: any[]): NodeJS.Timeout;
declare function setInterval(callback: (...args: any[]) => void, ms?: number, ...args: any[]): NodeJS.Timeout;
declare function setImmediate(callback: (...args: any[]) => void, ...args: any[]): NodeJS.Immediate;
declare function clearTimeout(timer?: NodeJS.Timeout | number | string | null): void;
declare function clearInterval(timer?: NodeJS.Timeout | number | string | null): void;
declare function clearImmediate(timer?: NodeJS.Immediate | null): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T, options?: any): T;
declare function atob(data: string): string;
declare function btoa(data: string): string;
declare function fetch(input: any, init?: any): Promise<any>;

declare var performance: { now(): number; timeOrigin: number; mark(name: string): any; measure(name: string, ...marks: any[]): any };
declare var crypto: any;
declare var WebAssembly: any;
declare class URL {
  constructor(url: string, base?: string | URL);
  static canParse(url: string, base?: string): boolean;
  hash: string; host: string; hostname: string; href: string; password: string; pathname: string;
  port: string; protocol: string; search: string; username: string;
  readonly origin: string;
  readonly searchParams: URLSearchParams;
  toString(): string;
  toJSON(): string;
}
declare class URLSearchParams implements Iterable<[string, string]> {
  constructor(init?: any);
  append(name: string, value: string): void;
  delete(name: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string): boolean;
  set(name: string, value: string): void;
  sort(): void;
  forEach(callback: (value: string, name: string, all: URLSearchParams) => void): void;
  entries(): IterableIterator<[string, string]>;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
}
declare class TextEncoder {
  encode(text?: string): Uint8Array;
}
declare class TextDecoder {
  constructor(label?: string, options?: any);
  decode(data?: any, options?: any): string;
}
declare class AbortSignal {
  readonly aborted: boolean;
  readonly reason: any;
  static timeout(ms: number): AbortSignal;
  addEventListener(type: string, listener: (event: any) => void): void;
  removeEventListener(type: string, listener: (event: any) => void): void;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: any): void;
}
declare class Event {
  constructor(type: string, init?: any);
  readonly type: string;
}
declare class EventTarget {
  addEventListener(type: string, listener: (event: any) => void, options?: any): void;
  removeEventListener(type: string, listener: (event: any) => void): void;
  dispatchEvent(event: Event): boolean;
}

declare module "fs" {
  export function readFileSync(file: any, options: BufferEncoding | { encoding: BufferEncoding; flag?: string }): string;
  export function readFileSync(file: any, options?: any): Buffer;
  export function writeFileSync(file: any, data: any, options?: any): void;
  export function appendFileSync(file: any, data: any, options?: any): void;
  export function existsSync(path: any): boolean;
  export function unlinkSync(path: any): void;
  export function mkdirSync(path: any, options?: any): any;
  export function rmSync(path: any, options?: any): void;
  export function readdirSync(path: any): string[];
  export function readdirSync(path: any, options: any): any[];
  export const promises: any, constants: any;
  export const accessSync: any, chmodSync: any, closeSync: any, copyFileSync: any, createReadStream: any, createWriteStream: any;
  export const fstatSync: any, lstatSync: any, mkdtempSync: any, openSync: any, readSync: any, realpathSync: any, renameSync: any;
  export const rmdirSync: any, statSync: any, symlinkSync: any, truncateSync: any, utimesSync: any, writeSync: any;
  export const access: any, appendFile: any, close: any, mkdir: any, open: any, read: any, readFile: any, readdir: any, rename: any;
  export const rm: any, stat: any, unlink: any, watch: any, write: any, writeFile: any;
  export type Stats = any;
  export type Dirent = any;
}
declare module "node:fs" {
  import fs = require("fs");
  export = fs;
}
declare module "readline" {
  export interface Interface extends NodeJS.EventEmitter, AsyncIterable<string> {
    question(query: string, callback: (answer: string) => void): void;
    setPrompt(prompt: string): void;
    prompt(preserveCursor?: boolean): void;
    write(data: string): void;
    pause(): this;
    resume(): this;
    close(): void;
    on(event: "line", listener: (line: string) => void): this;
    on(event: string | symbol, listener: (...args: any[]) => void): this;
    once(event: "line", listener: (line: string) => void): this;
    once(event: string | symbol, listener: (...args: any[]) => void): this;
  }
  export type ReadLine = Interface;
  export function createInterface(options: { input: any; output?: any; [option: string]: any }): Interface;
  export function createInterface(input: any, output?: any): Interface;
  export const clearLine: any, cursorTo: any, moveCursor: any, promises: any;
}
declare module "node:readline" {
  export * from "readline";
}
declare module "path" {
  export function join(...parts: string[]): string;
  export function resolve(...parts: string[]): string;
  export function normalize(path: string): string;
  export function relative(from: string, to: string): string;
  export function dirname(path: string): string;
  export function basename(path: string, suffix?: string): string;
  export function extname(path: string): string;
  export function isAbsolute(path: string): boolean;
  export function parse(path: string): { root: string; dir: string; base: string; ext: string; name: string };
  export function format(path: any): string;
  export const sep: string, delimiter: string, posix: any, win32: any;
}
declare module "node:path" {
  export * from "path";
}
declare module "events" {
  interface EventEmitter extends NodeJS.EventEmitter {}
  class EventEmitter {
    constructor(options?: any);
    static once(emitter: any, event: string | symbol): Promise<any[]>;
    static defaultMaxListeners: number;
  }
  namespace EventEmitter {
    export { EventEmitter };
  }
  export = EventEmitter;
}
declare module "stream" {
  import EventEmitter = require("events");
  export class Stream extends EventEmitter {
    [key: string]: any;
  }
  export class Readable extends Stream implements AsyncIterable<any> {
    static from(data: any, options?: any): Readable;
    [Symbol.asyncIterator](): AsyncIterableIterator<any>;
  }
  export class Writable extends Stream {}
  export class Duplex extends Readable {}
  export class Transform extends Duplex {}
  export class PassThrough extends Transform {}
  export const pipeline: any, finished: any, promises: any, addAbortSignal: any;
}
declare module "http" {
  import { Readable, Writable } from "stream";
  export class IncomingMessage extends Readable {}
  export class ServerResponse extends Writable {}
  export class Server extends Writable {}
  export const createServer: any, request: any, get: any, Agent: any, METHODS: string[], STATUS_CODES: Record<number, string>;
}
declare module "worker_threads" {
  import EventEmitter = require("events");
  export class Worker extends EventEmitter {
    constructor(file: string | URL, options?: any);
    postMessage(value: any, transfer?: any): void;
    terminate(): Promise<number>;
    readonly threadId: number;
  }
  export type MessagePort = any;
  export const isMainThread: boolean, parentPort: any, workerData: any, threadId: number, MessageChannel: any;
}

declare module "assert"; declare module "async_hooks"; declare module "buffer"; declare module "child_process";
declare module "cluster"; declare module "constants"; declare module "crypto"; declare module "dgram"; declare module "dns";
declare module "fs/promises"; declare module "http2"; declare module "https"; declare module "inspector";
declare module "module"; declare module "net"; declare module "os"; declare module "perf_hooks"; declare module "process";
declare module "punycode"; declare module "querystring"; declare module "readline/promises";
declare module "stream/promises"; declare module "string_decoder"; declare module "timers";
declare module "timers/promises"; declare module "tls"; declare module "tty"; declare module "url"; declare module "util";
declare module "v8"; declare module "vm"; declare module "zlib";

declare module "node:events" {
  import EventEmitter = require("events");
  export = EventEmitter;
}
declare module "node:stream" {
  export * from "stream";
}
declare module "node:http" {
  export * from "http";
}
declare module "node:worker_threads" {
  export * from "worker_threads";
}
declare module "node:*";
